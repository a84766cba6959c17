package org.jacobean.bench;

import java.util.concurrent.TimeUnit;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.GradientCheck;
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

/** {@code %check grads --all}, a sample of it, and {@code %explain grads dL/dw[2,1]}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Check {

    /** Every element of x, w and b. */
    @State(Scope.Benchmark)
    public static class All {

        /** N, n, m. */
        @Param("8,64,32")
        public String shape;

        private Gradients grads;

        @Setup
        public void draw() {
            grads = gradients(shape);
        }
    }

    /** Layers that grow tenfold, over batches of one size. */
    @State(Scope.Benchmark)
    public static class Growing {

        @Param({"64,100,10", "64,1000,10", "64,1000,100"})
        public String shape;

        private Gradients grads;

        @Setup
        public void draw() {
            grads = gradients(shape);
        }
    }

    @Benchmark
    public GradientCheck all(All of) {
        return GradientCheck.all(of.grads);
    }

    @Benchmark
    public GradientCheck sample(Growing of) {
        return GradientCheck.sample(of.grads, 100, 1);
    }

    @Benchmark
    public Explanation explain(Growing of) {
        return Explanation.of(of.grads, "dL/dw[2,1]");
    }

    private static Gradients gradients(String shape) {
        int[] sizes = LayerStep.sizes(shape);
        Linear layer = new Linear(
                Matrix.normal(sizes[1], sizes[2], 2).named("w"),
                Matrix.normal(1, sizes[2], 3).named("b"));
        return layer.forward(Matrix.normal(sizes[0], sizes[1], 1).named("x"))
                .backward(Matrix.normal(sizes[0], sizes[2], 4));
    }
}
