package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** df/dx, df/dw and df/db of one row, element by element and by nudging. */
class JacobianTest {

    private final Matrix w = Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6");
    private final Forward pass = new Linear(w, Matrix.row(0.01, -0.02)).forward(Matrix.row(1, 2, 3));

    @Test
    void ofXItIsTheWeightsTransposed() {
        assertArrayEquals(
                new double[][] {{0.1, 0.3, -0.5}, {0.2, -0.4, 0.6}},
                Jacobian.of(pass, "x").matrix().toArray());
        assertEquals(
                "df/dx = 2 × 3 [0.1 0.3 -0.5; 0.2 -0.4 0.6]",
                Jacobian.of(pass, "x").toString());
    }

    /** The weights of neuron j move f[j] by x and no other output; the elements of w stand row by row. */
    @Test
    void ofWItHoldsXOncePerNeuron() {
        assertArrayEquals(
                new double[][] {{1, 0, 2, 0, 3, 0}, {0, 1, 0, 2, 0, 3}},
                Jacobian.of(pass, "w").matrix().toArray());
    }

    @Test
    void ofBItIsTheIdentity() {
        assertArrayEquals(
                new double[][] {{1, 0}, {0, 1}}, Jacobian.of(pass, "b").matrix().toArray());
    }

    /**
     * f is a straight line in every single element, so nudging errs by rounding alone: with u = 2⁻⁵³ each f[j] is off by at
     * most (n + 2)uS[j], S[j] the sum of the magnitudes added for it; two of them over 2h, and h is at least ∛ε with ε = 2u,
     * make (n + 2)·ε^⅔/2·S[j]. Twice that leaves room for the rounding of the quotient.
     */
    @Test
    void nudgingFindsTheSameNumbers() {
        int entries = 0;
        for (int[] shape : new int[][] {{1, 1}, {1, 5}, {5, 1}, {3, 2}, {4, 4}, {8, 6}}) {
            int n = shape[0];
            Matrix x = Matrix.normal(1, n, 5);
            Matrix weights = Matrix.normal(n, shape[1], 6).scale(10);
            Matrix b = Matrix.normal(1, shape[1], 7);
            Forward forward = new Linear(weights, b).forward(x);
            // One more than each magnitude is beyond every nudge.
            Matrix magnitudes = grown(x).times(grown(weights)).plusRow(grown(b));
            for (String role : new String[] {"x", "w", "b"}) {
                Matrix exact = Jacobian.of(forward, role).matrix();
                Matrix measured = Jacobian.byNudging(forward, role).matrix();
                assertEquals(exact.shape(), measured.shape());
                for (int j = 0; j < exact.rows(); j++) {
                    double bound = (n + 2) * Math.cbrt(Math.ulp(1.0) * Math.ulp(1.0)) * magnitudes.get(0, j);
                    for (int k = 0; k < exact.columns(); k++) {
                        double difference = Math.abs(exact.get(j, k) - measured.get(j, k));
                        assertTrue(
                                difference <= bound,
                                "df/d" + role + " differs by " + difference + ", more than " + bound);
                        entries++;
                    }
                }
            }
        }
        // Σ over the shapes of m·(n + n·m + m).
        assertEquals(3 + 55 + 11 + 22 + 96 + 372, entries);
    }

    private static Matrix grown(Matrix matrix) {
        return matrix.map(a -> Math.abs(a) + 1);
    }

    @Test
    void itKnowsWhatItIsOf() {
        Jacobian exact = Jacobian.of(pass, "w");
        Jacobian measured = Jacobian.byNudging(pass, "df/dw");
        assertEquals("w", exact.role());
        assertEquals("w", measured.role());
        assertEquals(pass, exact.pass());
        assertFalse(exact.nudged());
        assertTrue(measured.nudged());
    }

    @Test
    void itIsNamedAfterTheVariable() {
        Forward named = new Linear(w.named("w1")).forward(Matrix.row(1, 2, 3).named("input"));
        assertEquals("df/dw1", Jacobian.of(named, "w1").matrix().label(""));
        assertEquals("df/dinput", Jacobian.of(named, "df/dinput").matrix().label(""));
        assertEquals("df/dinput", Jacobian.byNudging(named, "x").matrix().label(""));
    }

    @Test
    void aBatchIsRefusedWithTheWayOut() {
        Forward batch = new Linear(w).forward(Matrix.ones(4, 3).named("inputs"));
        String message =
                "df/dinputs is of one row, and this pass has 4; run the layer on one of them: layer.forward(inputs.row(0))";
        fails(message, () -> Jacobian.of(batch, "x"));
        fails(message, () -> Jacobian.byNudging(batch, "x"));
        fails(
                "df/dw is of one row, and this pass has 4; run the layer on one of them: layer.forward(inputs.row(0))",
                () -> Jacobian.of(batch, "w"));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        fails("this pass's operands have no q; they have x, w and b", () -> Jacobian.of(pass, "q"));
        fails("this pass's operands have no q; they have x, w and b", () -> Jacobian.byNudging(pass, "df/dq"));
        fails("this pass's operands have no dL/dw; they have x, w and b", () -> Jacobian.of(pass, "dL/dw"));
        fails("the pass is null; did the cell that declares it fail?", () -> Jacobian.of(null, "x"));
        fails("the pass is null; did the cell that declares it fail?", () -> Jacobian.byNudging(null, "x"));
    }

    @Test
    void anInterruptGivesItUpAndTheFlagStaysSet() {
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: df/dw was given up",
                    assertThrows(CancellationException.class, () -> Jacobian.byNudging(pass, "w"))
                            .getMessage());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    private static void fails(String message, Executable jacobian) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, jacobian).getMessage());
    }
}
