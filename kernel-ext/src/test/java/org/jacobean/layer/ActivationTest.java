package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Layers without parameters. */
class ActivationTest {

    private static final List<Layer> ALL = List.of(new Relu(), new Sigmoid(), new Tanh(), new Softmax());

    /** Also where exp(x), exp(−x) or both leave the range of a double, and where f is 1 up to rounding. */
    private static final Matrix FAR =
            Matrix.parse("0 1000 -1000; 1000 1000 -1000; 700 710 720; -800 -1000 -1000; 30 -30 20; 1 -2 0.5");

    @Test
    void aReluHasTheSlopeZeroAtZero() {
        Gradients grads = new Relu().forward(Matrix.row(-2, 0, 3)).backward(Matrix.row(5, 7, -11));
        assertArrayEquals(new double[] {0, 0, 3}, grads.pass().output().toArray()[0]);
        assertEquals(Matrix.row(0, 0, -11), grads.of("x"));
    }

    @Test
    void byHand() {
        // σ(0) = ½, σ(ln 3) = 3/4; tanh(ln 2) = (2 − ½)/(2 + ½) = 0.6
        assertArrayEquals(
                new double[] {0.5, 0.75},
                new Sigmoid().output(Matrix.row(0, Math.log(3))).toArray()[0],
                1e-15);
        assertArrayEquals(
                new double[] {0.6}, new Tanh().output(Matrix.row(Math.log(2))).toArray()[0], 1e-15);
        assertArrayEquals(
                new double[] {1 / 6.0, 2 / 6.0, 3 / 6.0},
                new Softmax().output(Matrix.row(0, Math.log(2), Math.log(3))).toArray()[0],
                1e-15);
    }

    @Test
    void whatIsComputedIsWhatTheFormulaSays() {
        Matrix dLdf = Matrix.parse("1 -2 3; 0.5 4 -1; 2 -3 5; -1 2 -4; 1 1 2; 4 -7 2");
        int compared = 0;
        for (Layer layer : ALL) {
            Gradients grads = layer.forward(FAR).backward(dLdf);
            Formula formula = layer.formula();
            for (int r = 0; r < FAR.rows(); r++) {
                double largest = 0;
                for (int j = 0; j < FAR.columns(); j++) {
                    largest = Math.max(largest, Math.abs(dLdf.get(r, j)));
                }
                for (int j = 0; j < FAR.columns(); j++) {
                    String what = layer + "[" + (r + 1) + "," + (j + 1) + "]";
                    double f =
                            formula.body().value(grads.values(), Map.of(formula.row(), r + 1, formula.column(), j + 1));
                    // 1 − 2/(exp(2x) + 1) rounds at 1; exp(a) by logarithms rounds a times, and a is up to 2,000.
                    double rounding = 4000 * Math.ulp(1.0);
                    assertEquals(f, grads.pass().output().get(r, j), rounding, what);
                    double slope =
                            formula.gradient(new Element("x", r + 1, j + 1)).value(grads.values(), Map.of());
                    assertEquals(slope, grads.of("x").get(r, j), rounding * 3 * largest, what);
                    compared++;
                }
            }
        }
        assertEquals(4 * 18, compared);
    }

    @Test
    void whereFIsNearlyOneItsSlopeKeepsItsDigits() {
        // exp(−30) = 9.357622968840174e-14, and the slopes are exp(−30) and 4·exp(−60), up to twice their exp(−30)th.
        Matrix x = Matrix.row(30.0);
        assertEquals(
                9.357622968840174e-14,
                new Sigmoid().gradients(x, Matrix.row(1.0)).get("x").get(0, 0),
                2e-26);
        assertEquals(
                4 * 9.357622968840174e-14 * 9.357622968840174e-14,
                new Tanh().gradients(x, Matrix.row(1.0)).get("x").get(0, 0),
                1e-38);
    }

    @Test
    void everyGradientIsTheSlopeOfTheLoss() {
        Matrix dLdf = Matrix.normal(4, 5, 2);
        // No entry within h of 0, where a relu has no slope.
        Matrix x = Matrix.normal(4, 5, 1).map(a -> a + Math.copySign(0.1, a));
        for (Layer layer : ALL) {
            Matrix dLdx = layer.forward(x).backward(dLdf).of("x");
            for (int r = 0; r < 4; r++) {
                for (int j = 0; j < 5; j++) {
                    // A central difference of h = 1e-5 is off by some h² = 1e-10 and by rounding, 1e-16/h = 1e-11.
                    Matrix up = layer.output(x.with(r, j, x.get(r, j) + 1e-5));
                    Matrix down = layer.output(x.with(r, j, x.get(r, j) - 1e-5));
                    double slope = up.minus(down).hadamard(dLdf).sum() / 2e-5;
                    assertEquals(slope, dLdx.get(r, j), 1e-8, layer.toString());
                }
            }
        }
    }

    @Test
    void aRowOfASoftmaxSumsToOne() {
        Matrix f = new Softmax().output(FAR);
        for (int r = 0; r < f.rows(); r++) {
            assertEquals(1, f.row(r).sum(), 4 * Math.ulp(1.0));
        }
    }

    @Test
    void nanGoesThrough() {
        for (Layer layer : ALL) {
            assertTrue(Double.isNaN(layer.output(Matrix.row(Double.NaN, 1)).get(0, 0)), layer.toString());
        }
    }

    @Test
    void itTakesItsWidthFromX() {
        for (Layer layer : ALL) {
            assertEquals(0, layer.inputs());
            assertEquals(0, layer.outputs());
            assertEquals(Map.of(), layer.parameters());
            Forward pass = layer.forward(Matrix.zeros(2, 5));
            assertEquals(5, pass.layer().inputs());
            assertEquals(5, pass.layer().outputs());
            assertEquals(layer + " 5 → 5", pass.layer().toString());
            assertNotSame(layer, pass.layer());
            assertSame(pass.layer(), pass.layer().of(7));
        }
        assertEquals("Relu", new Relu().toString());
        assertEquals(
                "Gradients of Relu 2 → 2: dL/dx 1 × 2",
                new Relu().forward(Matrix.row(1, 2)).backward(Matrix.row(1, 2)).toString());
    }

    @Test
    void oneOfAnotherWidthIsRefused() {
        Layer relu = new Relu().of(3);
        assertEquals(
                """
                x does not fit the layer
                  x      1 × 2
                  layer  Relu 3 → 3
                  rule   a row of x (2) must have an entry for each input of the layer (3)
                  try    rows of 3 entries, or a layer with 2 inputs""",
                assertThrows(IllegalArgumentException.class, () -> relu.forward(Matrix.row(1, 2)))
                        .getMessage()
                        .replaceAll("\n  fits +(?=\n)", ""));
        assertEquals(
                "Relu has no parameters, and so no w",
                assertThrows(IllegalArgumentException.class, () -> relu.with("w", Matrix.row(1.0)))
                        .getMessage());
    }
}
