package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/**
 * Each gradient against (L(v + h) − L(v − h)) / 2h, where L = Σ dL/df∘f.
 *
 * <p>L is a straight line in every single element, so that the quotient has no truncation error and h may be large. What is
 * left is rounding. With u = 2⁻⁵³ and S the sum of the magnitudes added up for L, an L of k terms is off by at most (k +
 * 2)uS (a product and at most k + 1 additions on the way of each term); two of them divided by 2h make (k + 2)uS/h. The
 * gradient itself adds no more than k terms of magnitudes below S/h: another kuS/h. A factor of 4 covers both, and the
 * rounding of the quotient.
 */
class FiniteDifferencesTest {

    private static final int[][] SHAPES = {
        {1, 1, 1}, {1, 1, 6}, {1, 6, 1}, {6, 1, 1}, {1, 3, 2}, {5, 3, 2}, {4, 4, 4}, {2, 7, 3}, {7, 2, 5},
    };
    private static final double H = 0.125;
    private static final double U = 0x1p-53;

    @Test
    void everyElementOfEveryGradientIsTheSlopeOfTheLoss() {
        int elements = 0;
        for (int[] shape : SHAPES) {
            int rows = shape[0];
            int n = shape[1];
            int m = shape[2];
            Matrix x = Matrix.normal(rows, n, 1);
            Matrix w = Matrix.normal(n, m, 2);
            Matrix b = Matrix.normal(1, m, 3);
            Matrix dLdf = Matrix.normal(rows, m, 4);
            Gradients grads = new Linear(w, b).forward(x).backward(dLdf);
            double magnitudes = loss(
                    x.map(v -> Math.abs(v) + H),
                    w.map(v -> Math.abs(v) + H),
                    b.map(v -> Math.abs(v) + H),
                    dLdf.map(Math::abs));
            double bound = 4 * (rows * m * (n + 1) + 2) * U * magnitudes / H;
            for (String role : new String[] {"x", "w", "b"}) {
                Matrix v = grads.pass().of(role);
                for (int i = 0; i < v.rows(); i++) {
                    for (int j = 0; j < v.columns(); j++) {
                        double up = v.get(i, j) + H;
                        double down = v.get(i, j) - H;
                        double slope = (loss(role, v.with(i, j, up), x, w, b, dLdf)
                                        - loss(role, v.with(i, j, down), x, w, b, dLdf))
                                / (up - down);
                        double difference = Math.abs(slope - grads.of(role).get(i, j));
                        assertTrue(
                                difference <= bound,
                                "dL/d" + role + "[" + (i + 1) + "," + (j + 1) + "] at " + rows + "·" + n + "·" + m
                                        + " differs by " + difference + ", more than " + bound);
                        elements++;
                    }
                }
            }
        }
        // Σ over the shapes of N·n + n·m + m.
        assertEquals(3 + 13 + 13 + 8 + 11 + 23 + 36 + 38 + 29, elements);
    }

    private static double loss(String role, Matrix v, Matrix x, Matrix w, Matrix b, Matrix dLdf) {
        return switch (role) {
            case "x" -> loss(v, w, b, dLdf);
            case "w" -> loss(x, v, b, dLdf);
            default -> loss(x, w, v, dLdf);
        };
    }

    /** Written out, so that nothing of the layer is taken for granted. */
    private static double loss(Matrix x, Matrix w, Matrix b, Matrix dLdf) {
        double loss = 0;
        for (int row = 0; row < x.rows(); row++) {
            for (int j = 0; j < w.columns(); j++) {
                double f = b.get(0, j);
                for (int i = 0; i < x.columns(); i++) {
                    f += x.get(row, i) * w.get(i, j);
                }
                loss += dLdf.get(row, j) * f;
            }
        }
        return loss;
    }
}
