package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.jacobean.formula.Expression.Element;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Losses, on numbers that can be checked in the head, and far out. */
class LossTest {

    private static final Loss MSE = new MeanSquaredError();
    private static final Loss ENTROPY = new CrossEntropy();
    private final Matrix f = Matrix.parse("1 2; 3 5; -1 0").named("f");

    @Test
    void theMeanOfAllSquares() {
        // Differences 1 −1; 0 3; −2 1: (1 + 1 + 0 + 9 + 4 + 1)/6; a slope is 2/6 of its difference.
        Matrix y = Matrix.parse("0 3; 3 2; 1 -1");
        assertEquals(16 / 6.0, MSE.value(f, y), 1e-15);
        assertTrue(MSE.gradient(f, y).isCloseTo(Matrix.parse("1/3 -1/3; 0 1; -2/3 1/3"), 1e-15));
        assertEquals(
                "MeanSquaredError: L = 2.6666666666666665", MSE.forward(f, y).toString());
    }

    @Test
    void minusTheLogarithmOfTheRightClass() {
        // exp gives 1 2 5 and 1 1 2: the classes 2 and 0 have the probabilities 5/8 and 1/4.
        Matrix logits = Matrix.parse("1 2 5; 1 1 2").map(Math::log);
        double value = (Math.log(8 / 5.0) + Math.log(4)) / 2;
        Matrix slopes = Matrix.parse("1/16 2/16 -3/16; -3/8 1/8 2/8");
        for (Matrix labels : new Matrix[] {Matrix.row(2, 0), Matrix.column(2, 0)}) {
            assertEquals(value, ENTROPY.value(logits, labels), 1e-15);
            assertTrue(ENTROPY.gradient(logits, labels).isCloseTo(slopes, 1e-15));
        }
    }

    @Test
    void whatIsTheSameInAllOfARowDoesNotMatter() {
        // log(e⁰ + e¹ + e²) − 1 = 1.4076059644443804, whatever is added to all three.
        for (double far : new double[] {0, 1000, -1000, 1e6}) {
            assertEquals(1.4076059644443804, ENTROPY.value(Matrix.row(far, far + 1, far + 2), Matrix.row(1.0)), 1e-9);
        }
        assertEquals(2000, ENTROPY.value(Matrix.row(1000, -1000), Matrix.row(1.0)));
        assertEquals(Matrix.row(1, -1), ENTROPY.gradient(Matrix.row(1000, -1000), Matrix.row(1.0)));
    }

    @Test
    void whatIsComputedIsWhatTheFormulaSays() {
        Matrix far = Matrix.parse("0 1000 -1000; 700 710 720; -800 -1000 -1000; 1 -2 0.5");
        LossPass[] passes = {
            MSE.forward(far, far.map(a -> a / 2 + 1)), ENTROPY.forward(far, Matrix.row(0, 2, 1, 1)),
        };
        for (LossPass pass : passes) {
            double value = pass.loss().formula().value(pass.values(), Map.of());
            // Up to 1,000² is added up, and exp(a) by logarithms rounds a times.
            assertEquals(value, pass.value(), 4000 * Math.ulp(1.0) * pass.value());
            for (int r = 0; r < 4; r++) {
                for (int j = 0; j < 3; j++) {
                    double slope = pass.loss()
                            .formula()
                            .derivative(new Element("f", r + 1, j + 1))
                            .value(pass.values(), Map.of());
                    assertEquals(slope, pass.gradient().get(r, j), 4000 * Math.ulp(1.0) * Math.max(1, Math.abs(slope)));
                }
            }
        }
    }

    @Test
    void everyGradientIsTheSlopeOfTheLoss() {
        Matrix outputs = Matrix.normal(4, 3, 1);
        LossPass[] passes = {
            MSE.forward(outputs, Matrix.normal(4, 3, 2)), ENTROPY.forward(outputs, Matrix.row(0, 2, 1, 1)),
        };
        for (LossPass pass : passes) {
            for (int r = 0; r < 4; r++) {
                for (int j = 0; j < 3; j++) {
                    // A central difference of h = 1e-5 is off by some h² = 1e-10 and by rounding, 1e-16/h = 1e-11.
                    double up = pass.loss().value(outputs.with(r, j, outputs.get(r, j) + 1e-5), pass.target());
                    double down = pass.loss().value(outputs.with(r, j, outputs.get(r, j) - 1e-5), pass.target());
                    assertEquals((up - down) / 2e-5, pass.gradient().get(r, j), 1e-9);
                }
            }
        }
    }

    @Test
    void aLossMayFollowASingleLayer() {
        // f = 2·x = 2 6, y = 1 2: dL/df = 1 4; dL/dw = 1·1 + 3·4
        Forward pass = new Linear(Matrix.parse("2")).forward(Matrix.column(1, 3));
        Gradients grads = pass.backward(MSE, Matrix.column(1, 2));
        assertEquals(Matrix.column(1, 4), grads.incoming());
        assertEquals(Matrix.parse("13"), grads.of("w"));
        LossPass other =
                new Linear(Matrix.parse("3")).forward(Matrix.column(1, 3)).loss(MSE, Matrix.column(1, 2));
        assertEquals(
                "this loss is of another pass: its f is not the f of this one; take it anew, as in"
                        + " pass.loss(new MeanSquaredError(), y)",
                message(() -> pass.backward(other)));
        assertEquals(
                "the loss is null; did the cell that declares it fail?", message(() -> pass.backward((LossPass) null)));
    }

    // Mistakes

    @Test
    void aColumnAgainstARowIsNotRepeatedInSilence() {
        Matrix column = Matrix.column(1, 2, 3).named("f");
        assertEquals(
                """
                y does not fit f
                  f     3 × 1
                  y     1 × 3
                  rule  y has an entry for each entry of f, so it has its shape; a library that
                        repeats rows and columns to fit would take the mean of 3 × 3 differences
                        without a word, and learn nothing
                  try   y.transpose() fits

                     1
                    ╔══╕         3
                    ║  │      ╔══════╕
                  3 ║  │  − 1 ║      │
                    ║  │      ╙──────┘
                    ╙──┘         y
                     f""",
                message(() -> MSE.value(column, Matrix.row(1, 2, 3).named("y"))));
        assertEquals(14 / 3.0, MSE.value(column, Matrix.row(0, 0, 0).transpose()), 1e-15);
    }

    @Test
    void anyOtherShapeIsRefused() {
        assertEquals(
                """
                y does not fit f
                  f     3 × 2
                  y     1 × 2
                  rule  y has an entry for each entry of f, so it has its shape
                  try   a matrix of 3 × 2
                """,
                facts(() -> MSE.gradient(f, Matrix.row(1, 2))));
        assertEquals(
                """
                target does not fit f
                  f       3 × 2
                  target  2 × 3
                  rule    target has an entry for each entry of f, so it has its shape
                  try     target.transpose() fits
                """,
                facts(() -> MSE.value(f, f.transpose().named("target"))));
    }

    @Test
    void labelsAreNumbersOfColumns() {
        assertEquals(
                "y[3] is 2: a label is the number of a column of f, a whole number from 0 to 1, since f is 3 × 2",
                message(() -> ENTROPY.value(f, Matrix.row(0, 1, 2))));
        assertEquals(
                "y[2,1] is -1: a label is the number of a column of f, a whole number from 0 to 1, since f is 3 × 2",
                message(() -> ENTROPY.gradient(f, Matrix.column(0, -1, 5).named("y"))));
        assertEquals(
                "digit[1] is 0.5: a label is the number of a column of f, a whole number from 0 to 1, since f is 3 × 2",
                message(() -> ENTROPY.value(f, Matrix.row(0.5, 1, 2).named("digit"))));
        assertEquals(
                "y[1] is NaN: a label is the number of a column of f, a whole number from 0 to 1, since f is 3 × 2",
                message(() -> ENTROPY.value(f, Matrix.row(Double.NaN, 1, 1))));
        assertEquals(
                """
                y does not fit f
                  f     3 × 2
                  y     1 × 2
                  rule  y has one label for each row of f, so it is 3 × 1 or 1 × 3
                  try   3 labels""",
                message(() -> ENTROPY.value(f, Matrix.row(0, 1))));
        assertEquals(
                """
                y does not fit f
                  f     3 × 2
                  y     3 × 2
                  rule  y has one label for each row of f, so it is 3 × 1 or 1 × 3
                  try   labels are numbers of columns, from 0 to 1, not rows of 0 and 1""",
                message(() -> ENTROPY.value(f, Matrix.parse("0 1; 1 0; 1 0"))));
    }

    @Test
    void aLossThatIsNoNumberIsRefused() {
        assertEquals(
                "the loss is NaN: f[2,1] is NaN",
                message(() -> MSE.forward(f.with(1, 0, Double.NaN).named("f"), f)));
        assertEquals(
                "the loss is ∞: y[3,2] is -∞",
                message(() ->
                        MSE.forward(f, f.with(2, 1, Double.NEGATIVE_INFINITY).named(null))));
        assertEquals(
                "the loss is ∞: f and y are too far apart for the range of a double",
                message(() -> MSE.forward(f, f.scale(1e200))));
        assertEquals("y of a loss is null; did the cell that declares it fail?", message(() -> MSE.forward(f, null)));
        assertEquals(
                "f of a loss is null; did the cell that declares it fail?", message(() -> ENTROPY.forward(null, f)));
        assertEquals("a matrix needs at least one row and one column, not 0 × 2", message(() -> Matrix.zeros(0, 2)));
    }

    private static String facts(Runnable mistake) {
        return message(mistake).split("(?<=\n)\n")[0];
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
