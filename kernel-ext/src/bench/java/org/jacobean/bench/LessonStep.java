package org.jacobean.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jacobean.layer.Linear;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.Relu;
import org.jacobean.matrix.Matrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** 50,000 × 784 → 50 → relu → 1, the mean squared error, and dL/dw1, dL/db1, dL/dw2, dL/db2 and dL/dx. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LessonStep {

    private static final List<String> WANTED = List.of("w1", "b1", "w2", "b2", "x");

    private Matrix x;
    private Matrix y;
    private Network network;

    @Setup
    public void draw() {
        x = Matrix.uniform(50_000, 784, 1);
        y = Matrix.normal(50_000, 1, 2);
        network = Network.of(Linear.he(784, 50, 3), new Relu(), Linear.he(50, 1, 4));
    }

    @Benchmark
    public void step(Blackhole hole) {
        NetworkGradients grads = network.forward(x).backward(new MeanSquaredError(), y);
        WANTED.forEach(name -> hole.consume(grads.of(name)));
    }

    /**
     * What the step takes of memory over the bytes of its data and gradients: x, y, the parameters, each layer's output, and
     * the gradient of each but y. Counted is all that is allocated, as if nothing had been freed on the way: the peak is no
     * more.
     */
    double memory() {
        draw();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        NetworkGradients grads = null;
        long allocated = 0;
        for (int k = 0; k < 2; k++) { // the second time no class is loaded
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            grads = network.forward(x).backward(new MeanSquaredError(), y);
            WANTED.forEach(grads::of);
            allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        }
        long given = bytes(List.of(x, y)) + bytes(network.parameters().values());
        long needed = bytes(Stream.of(
                        List.of(y),
                        grads.pass().values().values(),
                        grads.all().values())
                .flatMap(Collection::stream)
                .toList());
        return (double) (given + allocated) / needed;
    }

    private static long bytes(Collection<Matrix> matrices) {
        return matrices.stream()
                .mapToLong(matrix -> 8L * matrix.rows() * matrix.columns())
                .sum();
    }
}
