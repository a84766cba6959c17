package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jacobean.formula.Expression;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Where NaN and ∞ begin, at each place on the way forward and back, and that no step is taken from there. */
class NotFiniteTest {

    private static final Loss MSE = new MeanSquaredError();

    /** 1 → 2 → 1, so that every number can be followed by hand. */
    private final Matrix w1 = Matrix.row(2, -3).named("w1");

    private final Matrix b1 = Matrix.row(0, 1).named("b1");
    private final Matrix w2 = Matrix.column(1, 1).named("w2");
    private final Matrix x = Matrix.column(1, 2, 3);
    private final Matrix y = Matrix.column(1, 1, 1);

    private Network network(Matrix first, Matrix second) {
        return Network.of(new Linear(first, b1), new Relu(), new Linear(second));
    }

    @Test
    void finiteNumbersAreNoCase() {
        NetworkGradients grads = network(w1, w2).forward(x).backward(MSE, y);
        assertEquals(Optional.empty(), grads.pass().notFinite());
        assertEquals(Optional.empty(), grads.notFinite());
        assertTrue(Matrix.row(Double.MAX_VALUE, -0.0).isFinite());
        assertFalse(Matrix.row(1, Double.NaN).isFinite());
        assertFalse(Matrix.row(Double.NEGATIVE_INFINITY, 1).isFinite());
    }

    @Test
    void anInputIsNamedByItsRow() {
        assertEquals(
                "the loss is NaN: it begins with x, which was given: x[2,1] is NaN; look where it comes from; %flow (in"
                        + " Java Flow.of) of this pass shows every step",
                message(() -> network(w1, w2).forward(x.with(1, 0, Double.NaN)).backward(MSE, y)));
        assertEquals(
                "the loss is NaN: y[3,1] is NaN",
                message(() -> network(w1, w2).forward(x).backward(MSE, y.with(2, 0, Double.NaN))));
    }

    @Test
    void weightsThatWereSoBefore() {
        assertEquals(
                "the loss is NaN: it begins with w2, of layer 3 (Linear 2 → 1 without b), before this pass: all 2"
                        + " entries are not finite (1 NaN, 1 ±∞); look where it comes from; %flow (in Java Flow.of) of"
                        + " this pass shows every step",
                message(() -> network(w1, Matrix.column(Double.NEGATIVE_INFINITY, Double.NaN))
                        .forward(x)
                        .backward(MSE, y)));
        // The other way about: w1 comes before what it makes of x.
        NetworkPass pass = network(w1.with(0, 1, Double.NaN), w2).forward(x);
        assertEquals("w1", pass.notFinite().orElseThrow().name());
        assertEquals("w1[2]", pass.notFinite().orElseThrow().element());
    }

    @Test
    void anOutputThatOverflows() {
        // l1 = x·[1e308 -3] + [0 1]: 1e308, 2e308 and 3e308, of which two are beyond 1.8e308.
        NetworkPass pass = network(w1.with(0, 0, 1e308), w2).forward(x);
        NotFinite first = pass.notFinite().orElseThrow();
        assertEquals(
                "l1, the output of layer 1 (Linear 1 → 2): 2 of 6 entries are ±∞, the first l1[2,1]; it was computed"
                        + " from finite numbers, up to 1e308 in w1",
                first.toString());
        assertEquals(1, first.row());
        assertEquals(0, first.column());
        assertEquals(0, first.nans());
        assertEquals(2, first.infinities());
        assertEquals(Set.of("x", "w1", "b1"), first.from().keySet());
        assertEquals(
                "the loss is ∞: it begins with " + first
                        + "; try a smaller learning rate; %flow (in Java Flow.of) of this pass shows every step",
                message(() -> pass.backward(MSE, y)));
        // One output alone is named with its value.
        assertEquals(
                "f, the output of layer 3 (Linear 2 → 1 without b): f[3,1] is ∞; it was computed from finite numbers,"
                        + " up to 4.2e307 in w2",
                network(w1, Matrix.column(4.2e307, 1))
                        .forward(x)
                        .notFinite()
                        .orElseThrow()
                        .toString());
    }

    @Test
    void aLossThatOverflowsByItself() {
        // f = 2e200 and more, whose squares are beyond the range, while f is not.
        assertEquals(
                "the loss is ∞: f and y are too far apart for the range of a double; try a smaller learning rate",
                message(() -> network(w1, w2.scale(1e200)).forward(x).backward(MSE, y)));
    }

    @Test
    void gradientsThatOverflowAreNotUsed() {
        // dL/df = 1e300 in each row; dL/dw2 = l2ᵀ·dL/df is fine; dL/dl2 = dL/df·1e10 is not.
        Network network = network(w1, Matrix.column(1e10, 1));
        NetworkGradients grads = network.forward(x).backward(y.scale(1e300));
        assertEquals(
                "the network stays as it was, since these gradients are not finite: it begins with dL/dl2, which layer"
                        + " 3 (Linear 2 → 1 without b) sends back: 3 of 6 entries are ±∞, the first dL/dl2[1,1]; it was"
                        + " computed from finite numbers, up to 1e300 in dL/df; try a smaller learning rate; %flow (in"
                        + " Java Flow.of) of these gradients shows every step",
                message(() -> network.minus(grads, 0.1)));
        // Here a gradient of weights is the first: l2 = 2, 4 and 6 in its first column, and 6e307·(2 + 4 + 6)
        // overflows.
        Network small = network(w1, w2);
        NetworkGradients large = small.forward(x).backward(y.scale(6e307));
        assertEquals(
                "the network stays as it was, since these gradients are not finite: it begins with dL/dw2, which layer"
                    + " 3 (Linear 2 → 1 without b) computes: dL/dw2[1,1] is ∞; it was computed from finite numbers, up"
                    + " to 6e307 in dL/df; try a smaller learning rate; %flow (in Java Flow.of) of these gradients"
                    + " shows every step",
                message(() -> small.minus(large, 0.1)));
    }

    @Test
    void aStepThatOverflowsIsNotTaken() {
        // f = w1 = 1, dL/df = 2 and 0.5: w1 − 1e308·2 is beyond the range, w1 − 1e308·0.5 is not.
        Network network = Network.of(new Linear(Matrix.row(1, 1)));
        NetworkGradients grads = network.forward(Matrix.parse("1")).backward(Matrix.row(0.5, 2));
        assertEquals(
                "the network stays as it was, since after this step w1[2] is -∞; try a smaller learning rate",
                message(() -> network.minus(grads, 1e308)));
        // 1 is nothing beside 1e308.
        NetworkGradients small = network.forward(Matrix.parse("1")).backward(Matrix.row(0.5, -1));
        assertEquals(
                Matrix.row(-0.5e308, 1e308),
                network.minus(small, 1e308).parameters().get("w1"));
        // A weight that was NaN before, whose gradient is 0.
        Network spoilt = Network.of(new Linear(Matrix.parse("1; nan")));
        assertEquals(
                "the network stays as it was, since after this step w1[2,1] is NaN; its numbers were not all"
                        + " finite before: go on from an earlier network",
                message(() -> spoilt.minus(spoilt.forward(Matrix.row(1, 1)).backward(Matrix.parse("0")), 0.1)));
    }

    @Test
    void aGradientThatCameInSo() {
        Network network = network(w1, w2);
        NetworkGradients grads = network.forward(x).backward(y.with(0, 0, Double.NaN));
        assertEquals(
                "the network stays as it was, since these gradients are not finite: it begins with dL/df, which was"
                    + " given: dL/df[1,1] is NaN; look where it comes from; %flow (in Java Flow.of) of these gradients"
                    + " shows every step",
                message(() -> network.minus(grads, 0.1)));
        // A pass that is not finite comes before its gradients.
        NetworkGradients later =
                network(w1.with(0, 0, Double.POSITIVE_INFINITY), w2).forward(x).backward(y);
        assertEquals("w1[1]", later.notFinite().orElseThrow().element());
    }

    /**
     * f = w, L = w², and each step multiplies w by 1 − 2η = −100: after 77 of them it is −2e154, and its square too large.
     */
    @Test
    void aLoopThatDivergesEndsWithFiniteWeights() {
        Network[] last = {Network.of(new Linear(Matrix.parse("2")))};
        String message = message(() -> {
            for (int step = 0; step < 100; step++) {
                NetworkGradients grads = last[0].forward(Matrix.parse("1")).backward(MSE, Matrix.parse("0"));
                last[0] = last[0].minus(grads, 50.5);
            }
        });
        assertEquals(
                "the loss is ∞: f and y are too far apart for the range of a double; try a smaller learning rate",
                message);
        // 77 times two roundings, of 1e-16 each.
        assertEquals(-2e154, last[0].parameters().get("w1").get(0, 0), 2e154 * 2e-14);
    }

    /** 1.7976…e308, the largest double, is 1.8e308 to two digits, and that is none any more. */
    @Test
    void theLargestDoubleIsNotInfinity() {
        NotFinite first = network(w1.with(0, 0, Double.MAX_VALUE), w2)
                .forward(x)
                .notFinite()
                .orElseThrow();
        assertEquals(
                "l1, the output of layer 1 (Linear 1 → 2): 2 of 6 entries are ±∞, the first l1[2,1]; it was computed"
                        + " from finite numbers, up to 1.8e308 in w1",
                first.toString());
    }

    /** A loss that leaves out where y is NaN, and whose gradient overflows elsewhere. */
    @Test
    void whereATargetIsMissingNoFiniteNumbersAreClaimed() {
        Loss gaps = new Loss() {
            @Override
            public double value(Matrix f, Matrix y) {
                return 0;
            }

            @Override
            public Matrix gradient(Matrix f, Matrix y) {
                return f.scale(Double.POSITIVE_INFINITY);
            }

            @Override
            public Expression formula() {
                return MSE.formula();
            }

            @Override
            public Matrix targets(Matrix f, Matrix y) {
                return y;
            }

            @Override
            public String toString() {
                return "Gaps";
            }
        };
        NetworkGradients grads = network(w1, w2).forward(x).backward(gaps, y.with(1, 0, Double.NaN));
        assertEquals(
                "dL/df, of Gaps: all 3 entries are ±∞",
                grads.notFinite().orElseThrow().toString());
    }

    // Interrupts

    @Test
    void anInterruptEndsEachStep() {
        Network network = network(w1, w2);
        NetworkPass pass = network.forward(x);
        NetworkGradients grads = pass.backward(MSE, y);
        String network0 = "interrupted: the network stays as it was before this step";
        assertEquals(network0, interrupted(() -> network.forward(x)));
        assertEquals(network0, interrupted(() -> pass.backward(y)));
        assertEquals(network0, interrupted(() -> network.minus(grads, 0.1)));
        assertEquals("interrupted: the forward pass was given up", interrupted(() -> new Relu().forward(x)));
        assertEquals("interrupted: the backward pass was given up", interrupted(() -> pass.layer(1)
                .backward(Matrix.ones(3, 2))));
    }

    private static String interrupted(Runnable step) {
        Thread.currentThread().interrupt();
        try {
            return assertThrows(CancellationException.class, step::run).getMessage();
        } finally {
            assertTrue(Thread.interrupted(), "the flag stays set");
        }
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
