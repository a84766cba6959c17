package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jacobean.formula.Formula;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Rendered;
import org.junit.jupiter.api.Test;

/** When gradients are computed: those of the parameters on the way back, dL/dx when it is first asked for. */
class LazyGradientsTest {

    private static final Matrix W = Matrix.parse("0.5 2; 3 -4; -5 0.25").named("w");
    private static final Matrix X = Matrix.row(1, 2, 3);

    /** A linear layer that notes what it computes. */
    private record Noting(Linear linear, boolean alone, List<String> noted) implements Layer {

        static Noting of(Matrix w, boolean alone) {
            return new Noting(new Linear(w), alone, Collections.synchronizedList(new ArrayList<>()));
        }

        @Override
        public int inputs() {
            return linear.inputs();
        }

        @Override
        public int outputs() {
            return linear.outputs();
        }

        @Override
        public Map<String, Matrix> parameters() {
            return linear.parameters();
        }

        @Override
        public Layer with(String role, Matrix value) {
            return new Noting(linear.with(role, value), alone, noted);
        }

        @Override
        public Matrix output(Matrix x) {
            return linear.output(x);
        }

        @Override
        public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
            noted.add("all");
            return linear.gradients(x, dLdf);
        }

        @Override
        public Optional<Matrix> gradient(String role, Matrix x, Matrix dLdf) {
            if (!alone) {
                return Optional.empty();
            }
            noted.add(role);
            return linear.gradient(role, x, dLdf);
        }

        @Override
        public Formula formula() {
            return linear.formula();
        }
    }

    @Test
    void theGradientOfXWaitsUntilItIsAskedForAndIsComputedOnce() {
        Noting layer = Noting.of(W, true);
        Gradients grads = layer.forward(X).backward(Matrix.row(1, -2));
        assertEquals("Gradients of " + layer + ": dL/dx 1 × 3, dL/dw 3 × 2", grads.toString());
        assertEquals(List.of("x", "w"), List.copyOf(grads.roles()));
        assertEquals(List.of("w"), layer.noted);
        assertEquals(Matrix.row(-3.5, 11, -5.5), grads.of("x")); // w·[1 −2], by hand
        assertSame(grads.of("x"), grads.all().get("x"));
        assertSame(grads.of("w"), grads.all().get("w"));
        assertEquals(List.of("w", "x"), layer.noted);
    }

    @Test
    void gradientsThatComeTogetherAreComputedTogetherAndOnce() {
        Noting layer = Noting.of(W, false);
        Gradients grads = layer.forward(X).backward(Matrix.row(1, -2));
        assertEquals(Matrix.row(-3.5, 11, -5.5), grads.of("x"));
        assertEquals(Matrix.parse("1 -2; 2 -4; 3 -6"), grads.of("w"));
        assertEquals(List.of("all"), layer.noted);
    }

    @Test
    void manyThreadsGetOneAndTheSame() throws Exception {
        for (int round = 0; round < 50; round++) {
            Noting layer = Noting.of(W, true);
            Gradients grads = layer.forward(X).backward(Matrix.row(1, -2));
            CyclicBarrier together = new CyclicBarrier(4);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                Callable<Matrix> ask = () -> {
                    together.await();
                    return grads.of("x");
                };
                for (Future<Matrix> one : threads.invokeAll(Collections.nCopies(4, ask))) {
                    assertSame(grads.of("x"), one.get());
                }
            } finally {
                threads.shutdown();
            }
            assertEquals(List.of("w", "x"), layer.noted);
        }
    }

    @Test
    void whatWasInterruptedIsComputedByTheNextWhoAsks() {
        Gradients grads =
                new Linear(Matrix.ones(300, 200)).forward(Matrix.ones(1, 300)).backward(Matrix.ones(1, 200));
        Thread.currentThread().interrupt();
        try {
            assertThrows(CancellationException.class, () -> grads.of("x"));
        } finally {
            Thread.interrupted();
        }
        assertEquals(Matrix.ones(1, 300).scale(200), grads.of("x"));
    }

    @Test
    void gradientsOfANetworkAreSaidWithoutTheFirstOne() {
        Noting layer = Noting.of(W, true);
        NetworkGradients grads =
                Network.of(layer, new Relu()).forward(X.named("image")).backward(Matrix.row(1, -2));
        assertEquals(
                "NetworkGradients of " + layer
                        + ", Relu 2 → 2: dL/dimage 1 × 3, dL/dw 3 × 2, dL/dl1 1 × 2, dL/df 1 × 2",
                grads.toString());
        assertEquals(List.of("w"), layer.noted);
    }

    /** 1 · 4,000 · 3,000 multiplications are more than the ten million that a display takes upon itself. */
    @Test
    void aDisplayAsksForASmallOneAndNotForALargeOne() {
        Noting small = Noting.of(W, true);
        Rendered.of(small.forward(X).backward(Matrix.row(1, -2)));
        assertEquals(List.of("w", "x"), small.noted);

        Noting large = Noting.of(Matrix.ones(4_000, 3_000).named("w"), true);
        Gradients grads = large.forward(Matrix.ones(1, 4_000).named("x")).backward(Matrix.ones(1, 3_000));
        String text = Rendered.of(grads).text();
        assertEquals(List.of("w"), large.noted);
        assertEquals(
                List.of("dL/dx: 1 × 4,000, not computed yet, since it is large: of(\"x\") computes it"),
                text.lines().filter(line -> line.startsWith("dL/dx:")).toList());
        assertEquals(
                """
                gradients: 4,000 → 3,000

                       shape           norm  min  max
                dL/dw  4,000 × 3,000   3464    1    1
                dL/df  1 × 3,000      54.77    1    1
                dL/dx: 1 × 4,000, not computed yet, since it is large: of("x") computes it""",
                Rendered.of(Network.of(large).forward(Matrix.ones(1, 4_000)).backward(Matrix.ones(1, 3_000)))
                        .text()); // √12,000,000 and √3,000
        assertEquals(List.of("w", "w"), large.noted);
        grads.of("x");
        assertEquals(
                List.of("dL/dx: 1 × 4,000, norm 189737, min 3000, max 3000"),
                Rendered.of(grads)
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("dL/dx:"))
                        .toList()); // √4,000 · 3,000 = 189,737
    }
}
