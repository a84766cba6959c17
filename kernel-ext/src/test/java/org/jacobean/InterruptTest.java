package org.jacobean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jacobean.explain.Confusion;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Exercise;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.Flow;
import org.jacobean.explain.GradientCheck;
import org.jacobean.layer.Batch;
import org.jacobean.layer.Batches;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Softmax;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.jacobean.view.Chart;
import org.jacobean.view.Images;
import org.jacobean.view.Rendered;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/**
 * All that can take longer than a second ends when its thread is interrupted, and leaves the flag set.
 *
 * <p>Each row is work that is done over and over and interrupted after 0.3 s. One round takes a second or more wherever a
 * matrix that a test can afford is large enough for that. It must stop within 0.2 s, in one of three tries. What counts is
 * the time in which it ran, waited or had its garbage collected, and not that in which other programs held the processors.
 */
class InterruptTest {

    private static final long AFTER = 300; // ms
    private static final long WITHIN = 200; // ms
    private static final int TRIES = 3;
    private static final long GIVEN_UP = 20_000; // ms

    /** What to run, made ready only when its turn comes. */
    private record Row(String name, Supplier<Runnable> work) {

        static Row of(String name, Supplier<Runnable> work) {
            return new Row(name, work);
        }

        /** Of a matrix of 4 million numbers. */
        static Row sweep(String name, Consumer<Matrix> work) {
            return new Row(name, () -> {
                Matrix a = Matrix.uniform(2000, 2000, 1);
                return () -> work.accept(a);
            });
        }
    }

    private static Stream<Row> rows(Path directory) {
        return Stream.of(
                // Matrices
                Row.sweep("map", a -> a.map(Math::sin)),
                Row.sweep("map of two", a -> a.map(a, Math::pow)),
                Row.sweep("plus a transpose", a -> a.plus(a.transpose())),
                Row.sweep("plusRow", a -> a.plusRow(a.row(0))),
                Row.sweep("columnSums", a -> a.transpose().columnSums()),
                Row.sweep("sum", Matrix::sum),
                Row.sweep("standardDeviation", Matrix::standardDeviation),
                Row.sweep("stream", a -> a.transpose().stream().max()),
                Row.sweep("forEach", a -> a.forEach(v -> {})),
                Row.sweep("isFinite", Matrix::isFinite),
                Row.sweep("equals", a -> a.equals(a.with(1999, 1999, 7))),
                Row.sweep("isCloseTo", a -> a.isCloseTo(a.transpose(), 1)),
                Row.sweep("hashCode", Matrix::hashCode),
                Row.sweep("toArray and of", a -> Matrix.of(a.toArray())),
                Row.sweep("rows", a -> a.rows(0, 1999)),
                Row.sweep("rowsAt", a -> a.transpose().rowsAt(1, 2, 3)),
                Row.sweep("outer", a -> a.row(0).outer(a.row(1))),
                Row.of("small products", () -> {
                    Matrix a = Matrix.ones(2, 2);
                    return () -> a.times(a);
                }),
                Row.of("normal", () -> () -> Matrix.normal(5000, 4000, 1)),
                Row.of("product", () -> {
                    Matrix a = Matrix.uniform(1600, 1600, 1);
                    return () -> a.times(a);
                }),
                Row.of("product with a transpose", () -> {
                    Matrix a = Matrix.uniform(1600, 1600, 1);
                    return () -> a.transpose().times(a);
                }),
                Row.of("product of few long rows", () -> {
                    Matrix a = Matrix.ones(12, 1_000_000);
                    return () -> a.times(a.transpose());
                }),
                Row.of("parse", () -> {
                    String text = "0.125 0.25 0.375 0.5;".repeat(1_000_000);
                    return () -> Matrix.parse(text);
                }),
                // Layers
                Row.of("forward", () -> {
                    Linear layer = new Linear(Matrix.uniform(1600, 1600, 1));
                    Matrix x = Matrix.ones(1600, 1600);
                    return () -> layer.forward(x);
                }),
                Row.of("backward", () -> {
                    Forward pass = new Linear(Matrix.uniform(2000, 800, 1)).forward(Matrix.ones(800, 2000));
                    Matrix dLdf = Matrix.ones(800, 800);
                    return () -> pass.backward(dLdf).of("x");
                }),
                Row.of("activations", () -> {
                    Matrix x = Matrix.normal(1000, 1000, 1);
                    List<Layer> layers = List.of(new Relu(), new Sigmoid(), new Softmax());
                    return () -> layers.forEach(layer -> layer.forward(x).backward(x));
                }),
                Row.of("cross-entropy", () -> {
                    Matrix f = Matrix.uniform(200_000, 10, 1);
                    Matrix y = Matrix.zeros(200_000, 1);
                    return () -> new CrossEntropy().gradient(f, y).scale(new CrossEntropy().value(f, y));
                }),
                Row.of("mean squared error", () -> {
                    Matrix f = Matrix.uniform(2000, 1000, 1);
                    return () -> new MeanSquaredError().value(f, f);
                }),
                Row.of("network", () -> {
                    Network net = Network.of(Linear.he(1000, 1000, 1), new Relu(), Linear.he(1000, 1000, 2));
                    Matrix x = Matrix.ones(2000, 1000);
                    return () -> net.forward(x).backward(x);
                }),
                Row.of("training", () -> {
                    Matrix x = Matrix.normal(1000, 8, 1);
                    Matrix y = Matrix.zeros(1000, 1);
                    return () -> {
                        Network net = Network.of(Linear.he(8, 10, 1), new Relu(), Linear.he(10, 3, 2));
                        for (int epoch = 0; epoch < 100_000; epoch++) {
                            for (Batch batch : Batches.of(x, y, 32).shuffled(epoch)) {
                                net = net.minus(
                                        net.forward(batch.x()).backward(new CrossEntropy(), batch.y()), 0.01);
                            }
                        }
                    };
                }),
                Row.of("Jacobian", () -> {
                    Forward pass = new Linear(Matrix.ones(400, 400)).forward(Matrix.ones(1, 400));
                    return () -> Jacobian.of(pass, "w");
                }),
                Row.of("Jacobian of many outputs", () -> {
                    Forward pass = new Linear(Matrix.ones(3, 500_000)).forward(Matrix.ones(1, 3));
                    return () -> Jacobian.of(pass, "x");
                }),
                Row.of("Jacobian by nudging", () -> {
                    Forward pass = new Linear(Matrix.ones(400, 400)).forward(Matrix.ones(1, 400));
                    return () -> Jacobian.byNudging(pass, "w");
                }),
                // Explanations and checks
                Row.of("check of all", () -> {
                    Gradients grads = linear(100, 500, 500);
                    return () -> GradientCheck.all(grads, (done, total) -> {});
                }),
                Row.of("check of a tall batch", () -> {
                    Gradients grads = linear(200_000, 10, 5);
                    return () -> GradientCheck.of(grads);
                }),
                Row.of("check of a network", () -> {
                    NetworkGradients grads = network();
                    return () -> GradientCheck.of(grads);
                }),
                Row.of("diagnosis", () -> {
                    Gradients grads = linear(500, 1000, 1000);
                    Matrix mine = Matrix.normal(1000, 1000, 5);
                    return () -> Diagnosis.of(grads, "dL/dw", mine);
                }),
                Row.of("diagnosis of a bias", () -> {
                    Gradients grads = linear(2, 2, 200_000);
                    Matrix mine = grads.of("b").with(0, 5, 3);
                    return () -> Rendered.of(Diagnosis.of(grads, "dL/db", mine));
                }),
                Row.of("contributions", () -> {
                    Gradients grads = linear(20_000, 200, 200);
                    return () -> Contributions.of(grads, "dL/dw");
                }),
                Row.of("explanation of an output", () -> {
                    Forward pass = new Linear(Matrix.ones(3_000_000, 2)).forward(Matrix.ones(1, 3_000_000));
                    return () -> Explanation.of(pass, "f[2]");
                }),
                Row.of("explanation of a gradient", () -> {
                    Gradients grads = linear(2_000_000, 3, 2);
                    return () -> Explanation.of(grads, "dL/dw[2,1]");
                }),
                Row.of("flow", () -> {
                    NetworkGradients grads = network();
                    return () -> Rendered.of(Flow.of(grads));
                }),
                Row.of("confusion", () -> {
                    Matrix f = Matrix.uniform(200_000, 10, 1);
                    Matrix y = Matrix.zeros(200_000, 1);
                    return () -> Rendered.of(Confusion.of(f, y));
                }),
                Row.of("exercise", () -> () -> Exercise.weights((x, dLdf) -> {
                    while (true) { // a learner's slip
                        x.transpose().times(dLdf);
                    }
                })),
                // Tables
                Row.of("table of a matrix", () -> {
                    Matrix tall = Matrix.ones(1_000_000, 3);
                    return () -> Tables.of(tall);
                }),
                Row.of("tidy table", () -> {
                    Gradients grads = linear(2, 1000, 1000);
                    return () -> Tables.tidy(grads);
                }),
                Row.of("matrix of a table", () -> {
                    Table table = Tables.of(Matrix.ones(100_000, 20));
                    return () -> Tables.matrix(table);
                }),
                Row.of("CSV", () -> {
                    Path file = written(directory.resolve("a.csv"), "1.25,2.5,3,4,5,6,7,8,9,10\n".repeat(400_000));
                    return () -> Tables.readMatrix(file.toString());
                }),
                // Displays
                Row.sweep("display", a -> Rendered.of(a)),
                Row.sweep("histogram", a -> Rendered.of(Chart.histogram("a", a))),
                Row.of("images", () -> {
                    Matrix x = Matrix.uniform(60, 250_000, 1);
                    return () -> Rendered.of(Images.of(x, 500, 500));
                }));
    }

    private static Gradients linear(int rows, int n, int m) {
        return new Linear(Matrix.normal(n, m, 1), Matrix.zeros(1, m))
                .forward(Matrix.normal(rows, n, 2))
                .backward(Matrix.normal(rows, m, 3));
    }

    private static NetworkGradients network() {
        return Network.of(Linear.he(300, 300, 1), new Relu(), Linear.he(300, 10, 2))
                .forward(Matrix.normal(2000, 300, 3))
                .backward(new MeanSquaredError(), Matrix.normal(2000, 10, 4));
    }

    private static Path written(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    List<DynamicTest> itStopsWhenItsThreadIsInterrupted(@TempDir Path directory) {
        List<DynamicTest> tests = new ArrayList<>(rows(directory)
                .map(row -> DynamicTest.dynamicTest(row.name, () -> interrupt(row)))
                .toList());
        assertEquals(51, tests.size());
        return tests;
    }

    private static void interrupt(Row row) throws InterruptedException {
        Runnable work = row.work.get();
        List<String> tries = new ArrayList<>();
        while (tries.size() < TRIES) {
            Attempt attempt = new Attempt(work);
            attempt.join(AFTER);
            Spent before = Spent.by(attempt);
            attempt.interrupt();
            attempt.join(2 * GIVEN_UP);
            assertFalse(attempt.isAlive(), row.name + " goes on");
            assertInstanceOf(CancellationException.class, attempt.thrown, row.name);
            assertTrue(attempt.thrown.getMessage().startsWith("interrupted: "), attempt.thrown.getMessage());
            assertTrue(attempt.flag, row.name + " took the flag away");
            long took = attempt.spent.since(before);
            if (took <= WITHIN) {
                return;
            }
            tries.add(took + " ms");
        }
        throw new AssertionError(row.name + " stopped only after " + tries);
    }

    /** How long a thread has been there, and how long of that it did something, both in ms. */
    private record Spent(long there, long doing) {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        static {
            THREADS.setThreadContentionMonitoringEnabled(true);
        }

        static Spent by(Thread thread) {
            ThreadInfo info = THREADS.getThreadInfo(thread.getId());
            long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum();
            return new Spent(
                    System.nanoTime() / 1_000_000,
                    collecting
                            + (info == null // it has ended
                                    ? 0
                                    : THREADS.getThreadCpuTime(thread.getId()) / 1_000_000
                                            + info.getWaitedTime()
                                            + info.getBlockedTime()));
        }

        long since(Spent before) {
            return Math.min(there - before.there, doing - before.doing);
        }
    }

    private static final class Attempt extends Thread {

        private final Runnable work;
        private Throwable thrown;
        private boolean flag;
        private Spent spent;

        Attempt(Runnable work) {
            this.work = work;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try {
                for (long end = System.nanoTime() + GIVEN_UP * 1_000_000; System.nanoTime() < end; ) {
                    work.run();
                }
            } catch (Throwable e) {
                thrown = e;
            }
            spent = Spent.by(this);
            flag = isInterrupted();
        }
    }
}
