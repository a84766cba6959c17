package org.jacobean.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One linear layer forward and backward, with every gradient asked for: what a person writes, on the public API. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LayerStep {

    /** x [N × n], w [n × m]. */
    @Param({"1,3,2", "1,784,50", "64,784,50", "256,784,256", "512,1024,1024", "1,4096,4096"})
    public String shape;

    private Matrix x;
    private Matrix dLdf;
    private Linear layer;

    @Setup
    public void draw() {
        int rows = sizes(shape)[0];
        int n = sizes(shape)[1];
        int m = sizes(shape)[2];
        x = Matrix.normal(rows, n, 1).named("x");
        layer = new Linear(
                Matrix.normal(n, m, 2).named("w"), Matrix.normal(1, m, 3).named("b"));
        dLdf = Matrix.normal(rows, m, 4);
    }

    @Benchmark
    public void step(Blackhole hole) {
        Gradients grads = layer.forward(x).backward(dLdf);
        hole.consume(grads.of("x"));
        hole.consume(grads.of("w"));
        hole.consume(grads.of("b"));
    }

    /** N, n and m. */
    static int[] sizes(String shape) {
        return Arrays.stream(shape.split(",")).mapToInt(Integer::parseInt).toArray();
    }
}
