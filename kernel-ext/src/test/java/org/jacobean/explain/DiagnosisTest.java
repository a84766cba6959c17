package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.jacobean.explain.Diagnosis.Finding;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What is said of each mistake, on one small batch; that all are found is held by {@link DiagnosisProofTest}. */
class DiagnosisTest {

    private static final Matrix X = Matrix.parse("1 2; 3 -1; -2 4; 5 7; 1 -6").named("pixels");
    private static final Matrix W = Matrix.parse("2 -3 5; 1 4 -7").named("w1");
    private static final Matrix B = Matrix.row(1, 2, -4).named("b1");
    private static final Matrix DLDF = Matrix.parse("1 -2 3; 4 6 -5; 2 1 -8; -3 9 2; 7 -1 4");
    private static final Forward PASS = new Linear(W, B).forward(X);
    private static final Gradients GRADS = PASS.backward(DLDF);
    /** dL/dw1[1,1] = 1·1 + 3·4 − 2·2 − 5·3 + 1·7 = 1, and so on. */
    private static final Matrix DLDW = Matrix.parse("1 58 18; -57 63 -31");

    @Test
    void whatIsRight() {
        assertEquals(DLDW, GRADS.of("w"));
        Diagnosis diagnosis = Diagnosis.of(GRADS, "dL/dw1", DLDW);
        assertTrue(diagnosis.right());
        assertEquals(List.of(), diagnosis.findings());
        assertEquals("your dL/dw1 is right", diagnosis.summary());
        assertEquals("Diagnosis of dL/dw1: right", diagnosis.toString());
        assertEquals(Matrix.zeros(2, 3), diagnosis.errors());
    }

    /** One part in 100,000 is the same number, a little more is not; past 1e-9 it is said. */
    @Test
    void theTolerance() {
        Matrix one = Matrix.row(8.0);
        Gradients grads = new Linear(Matrix.row(1.0)).forward(one).backward(Matrix.row(1.0));
        assertEquals(
                "your dL/dw is right",
                Diagnosis.of(grads, "w", one.scale(1 + 0.9e-9)).summary());
        assertEquals(
                "your dL/dw is right to 3e-7 of its size",
                Diagnosis.of(grads, "w", one.scale(1 + 3e-7)).summary());
        assertEquals(
                "your dL/dw is right to 1.2e-7 of its size, as float32 would give",
                Diagnosis.of(grads, "w", one.scale(1 + Math.ulp(1f))).summary());
        assertTrue(Diagnosis.of(grads, "w", one.scale(1 + 0.99e-5)).right());
        assertFalse(Diagnosis.of(grads, "w", one.scale(1 + 1.01e-5)).right());
    }

    @Test
    void mistakesWithTheBatch() {
        says(
                "your dL/dw1 is the right one divided by 5, the number of rows: sum over the batch, don't average",
                "w",
                DLDW.scale(0.2));
        says(
                """
                more than one mistake gives these numbers:
                your dL/dw1 is the right one times 5, the number of rows: the sum over the batch is all there is to it
                your dL/dw1 is 5 times the right one, as if 5 passes were added up: set it to zero before each pass""",
                "w",
                DLDW.scale(5));
        says(
                "your dL/dw1 is that of row 1, the first, alone: sum over all 5 rows",
                "w",
                Matrix.parse("1 -2 3; 2 -4 6"));
        says("your dL/db1 is that of row 2 alone: sum over all 5 rows", "b", Matrix.row(4, 6, -5));
        // dL/db1 = 11 13 -4, less the last row.
        says("your dL/db1 leaves out row 5, the last, of the batch: sum over all 5 rows", "b", Matrix.row(4, 14, -8));
        says(
                """
                your dL/db1 is 5 × 3: it must be 1 × 3, the shape of b1
                your dL/db1 is dL/df itself, not summed over the batch: sum each column of dL/df, since every row shares the biases""",
                "b",
                DLDF);
        says(
                """
                your dL/db1 is 1 × 1: it must be 1 × 3, the shape of b1
                your dL/db1 is summed over the outputs too: sum each column of dL/df by itself""",
                "b",
                Matrix.row(20.0));
        says(
                "your dL/db1 is summed over the outputs too, with the sum in every element: sum each column of dL/df by"
                        + " itself",
                "b",
                Matrix.row(20, 20, 20));
        // Σ pixels = 8 6
        says(
                "your dL/dw1 is made of the sums of pixels and of dL/df over the batch: multiply row by row and then sum, as"
                        + " pixelsᵀ·dL/df does",
                "w",
                Matrix.parse("88 104 -32; 66 78 -24"));
        says(
                """
                your dL/dpixels is 1 × 2: it must be 5 × 2, the shape of pixels
                your dL/dpixels is summed over the batch: dL/dpixels has a row for each row of pixels""",
                "x",
                GRADS.of("x").columnSums());
    }

    @Test
    void mistakesWithAFactor() {
        says(
                "your dL/dw1 is the right one with its sign flipped: the gradient points uphill; the minus belongs to the"
                        + " step, w1 − rate·dL/dw1",
                "w",
                DLDW.scale(-1));
        says(
                "your dL/dw1 is the right one divided by 3, the number of outputs: a mean belongs to L, and then dL/df holds"
                        + " it already",
                "w",
                DLDW.scale(1 / 3.0));
        says(
                "your dL/dw1 is the right one divided by 15, the number of elements of f: a mean belongs to L, and then"
                        + " dL/df holds it already",
                "w",
                DLDW.scale(1 / 15.0));
        says(
                "your dL/dw1 is 7 times the right one, as if 7 passes were added up: set it to zero before each pass",
                "w",
                DLDW.scale(7));
        says("your dL/dw1 is the right one times 1e-9: look for a factor that does not belong", "w", DLDW.scale(1e-9));
        says("your dL/dw1 is the right one times 1.37: look for a factor that does not belong", "w", DLDW.scale(1.37));
        says(
                "your dL/dw1 is the right one times -0.2, its sign flipped and divided by 5, the number of rows: look for a"
                        + " minus, and for a factor that does not belong",
                "w",
                DLDW.scale(-0.2));
        says(
                "your dL/dw1 is the right one minus 0.5 in every element: look for a number that is added and does not"
                        + " belong",
                "w",
                DLDW.map(a -> a - 0.5));
        says("your dL/dw1 is all zero: it was never computed, or set to zero afterwards", "w", Matrix.zeros(2, 3));
    }

    /** n = 2: halved may be an average over the inputs. */
    @Test
    void allThatFitIsSaidTheMostSpecificFirst() {
        says(
                """
                more than one mistake gives these numbers:
                your dL/dw1 is the right one divided by 2, the number of inputs: a mean belongs to L, and then dL/df holds it already
                your dL/dw1 is the right one halved: a factor 2 is missing; that of a square's derivative belongs to dL/df""",
                "w",
                DLDW.scale(0.5));
        assertEquals(
                "Diagnosis of dL/dw1: divided by count, factor two",
                Diagnosis.of(GRADS, "w", DLDW.scale(0.5)).toString());
    }

    @Test
    void mistakesWithTheProduct() {
        says(
                """
                your dL/dw1 is 3 × 2: it must be 2 × 3, the shape of w1
                your dL/dw1 is the right one transposed: it should be pixelsᵀ·dL/df, not dL/dfᵀ·pixels""",
                "w",
                DLDW.transpose());
        says(
                "your dL/dw1 was computed with f in the place of dL/df: it should be pixelsᵀ·dL/df, not pixelsᵀ·f",
                "w",
                X.transpose().times(PASS.output()));
        says("your dL/dw1 is w1: it should be pixelsᵀ·dL/df", "w", W);
        Matrix w = Matrix.parse("2 -3; 1 4");
        Gradients square = new Linear(w).forward(Matrix.row(5, 7)).backward(Matrix.row(1, -2));
        // [1 −2]·w = 2·1 − 2·1, −3 − 8; element by element and repeated: 2 6; 1 −8, two rows
        says(
                square,
                "your dL/dx has w where it must be transposed: it should be dL/df·wᵀ, not dL/df·w",
                "x",
                Matrix.row(0, -11));
        says(
                square,
                """
                your dL/dx is 2 × 2: it must be 1 × 2, the shape of x
                your dL/dx is the element-wise product w∘dL/df: it should be dL/df·wᵀ, a matrix product""",
                "x",
                Matrix.parse("2 6; 1 -8"));
    }

    /** f has numbers of both signs in every column but one, so a relu's mask takes something away. */
    @Test
    void mistakesWithARelu() {
        Matrix f = PASS.output();
        Matrix masked = DLDF.hadamard(f.map(a -> a > 0 ? 1 : 0));
        says(
                "your dL/db1 is computed with dL/df∘[f > 0]: that mask is not part of this layer; use dL/df as it came in",
                "b",
                masked.columnSums());
        Gradients relu = PASS.backward(masked);
        Matrix d = DLDF.named("dLdr");
        assertEquals(
                "your dL/db1 lacks the relu's mask, computed with dLdr instead of dLdr∘[f > 0]: dL/df is 0 where f is not"
                        + " above 0",
                Diagnosis.of(relu, "b", DLDF.columnSums()).against(d).summary());
        assertEquals(
                "your dL/db1 has the relu's mask taken from the wrong side, dLdr∘[dLdr > 0]: it should be dLdr∘[f > 0]",
                Diagnosis.of(relu, "b", DLDF.map(a -> Math.max(0, a)).columnSums())
                        .against(d)
                        .summary());
    }

    @Test
    void numbersOfAnotherPass() {
        Matrix old = W.map(a -> a + 0.25 * a * a).named("oldW");
        Diagnosis diagnosis = Diagnosis.of(GRADS, "x", DLDF.times(old.transpose()));
        assertEquals(List.of(), diagnosis.findings());
        assertEquals(
                "your dL/dpixels was computed with oldW in the place of w1: use the w1 of this pass, or run forward and"
                        + " backward again with oldW",
                diagnosis.against((Matrix) null, W, X, old, B).summary());
        assertEquals(
                Kind.OLD_OPERAND,
                diagnosis.against(old.named(null)).findings().get(0).kind());
        assertSame(diagnosis, diagnosis.against());
        assertEquals(
                "your dL/dpixels was computed with another w1, the one that the session has now: use the w1 of this pass,"
                        + " or run forward and backward again with the new one",
                diagnosis.against("w1", old).summary());
    }

    @Test
    void whatIsRightInPart() {
        says(
                "your dL/dw1 is right but for dL/dw1[2,1], where it is the negative of the right one: look for what is"
                        + " different there",
                "w",
                DLDW.with(1, 0, 57));
        says(
                "your dL/dw1 is right but for column 2, where it is twice the right one: look for what is different there",
                "w",
                Matrix.parse("1 116 18; -57 126 -31"));
        says(
                "your dL/dpixels is right but for row 2, where it is half the right one: look for what is different there",
                "x",
                GRADS.of("x")
                        .with(1, 0, GRADS.of("x").get(1, 0) / 2)
                        .with(1, 1, GRADS.of("x").get(1, 1) / 2));
        says(
                "your dL/dw1 is right but for dL/dw1[1,1], where it is 0: look for what is different there",
                "w",
                DLDW.with(0, 0, 0));
        // 5·10⁻⁴ of 63
        says(
                "your dL/dw1 is right but for dL/dw1[2,2], where it is off by 5e-4 of its size: look for what is different"
                        + " there",
                "w",
                DLDW.with(1, 1, 63 * (1 - 5e-4)));
        says(
                "your dL/dw1 is right but for row 2: look for what is different there",
                "w",
                Matrix.parse("1 58 18; 6 1 2"));
        says(
                "your dL/dw1 is right but for column 3: look for what is different there",
                "w",
                Matrix.parse("1 58 3; -57 63 5"));
        says(
                "your dL/dw1 is right but for dL/dw1[1,1], dL/dw1[1,2] and dL/dw1[2,3]: look for what is different there",
                "w",
                Matrix.parse("2 5 18; -57 63 5"));
    }

    /** The numbers of PyTorch have four decimals. */
    @Test
    void numbersWithFewDecimals() {
        Matrix x = Matrix.parse("0.31416 -1.4142; 2.7183 0.57722; -1.6180 1.2021");
        Gradients grads = new Linear(Matrix.parse("0.91597 -0.70711; 1.7321 2.2361"))
                .forward(x)
                .backward(Matrix.parse("1.1447 -0.69315; 0.26150 1.0986; -0.33333 0.14286"));
        Matrix right = grads.of("w");
        assertEquals(
                "your dL/dw is right to the 4 decimals that it is given with",
                Diagnosis.of(grads, "w", rounded(right)).summary());
        says(
                grads,
                "your dL/dw is the right one divided by 3, the number of rows, to 4 decimals: sum over the batch, don't"
                        + " average",
                "w",
                rounded(right.scale(1 / 3.0)));
        says(
                grads,
                """
                your dL/dx is 2 × 3: it must be 3 × 2, the shape of x
                your dL/dx is the right one transposed, to 4 decimals: it should be dL/df·wᵀ, not w·dL/dfᵀ""",
                "x",
                rounded(grads.of("x").transpose()));
        says(
                grads,
                "your dL/dx is right to 4 decimals but for dL/dx[1,1], where it is 0: look for what is different there",
                "x",
                rounded(grads.of("x")).with(0, 0, 0));
    }

    private static Matrix rounded(Matrix a) {
        return a.map(entry -> Math.rint(entry * 1e4) / 1e4);
    }

    /** A little more than the tolerance, and neither a factor nor an element of its own. */
    @Test
    void whatIsNear() {
        says(
                "your dL/dw1 agrees with the right one only to 1.2e-5 of its size, where 1e-5 is right: look for numbers"
                        + " that were rounded or measured",
                "w",
                DLDW.scale(1 + 1.2e-5));
        // 10⁻⁵ of 7.3, and not of float32, since the others are exact
        Gradients grads =
                new Linear(Matrix.row(1, 1, 1)).forward(Matrix.row(1.0)).backward(Matrix.row(-1.3, 5.1, -7.3));
        assertEquals(
                "your dL/dw is right to 1.4e-6 of its size",
                Diagnosis.of(grads, "w", Matrix.row(-1.3, 5.1, -7.30001)).summary());
    }

    @Test
    void twoMistakesAtOnce() {
        says(
                """
                your dL/dw1 is 3 × 2: it must be 2 × 3, the shape of w1
                your dL/dw1 is the right one transposed and divided by 5, the number of rows: it should be pixelsᵀ·dL/df, not dL/dfᵀ·pixels; and sum over the batch, don't average""",
                "w",
                DLDW.transpose().scale(0.2));
        says(
                """
                your dL/dw1 is 3 × 2: it must be 2 × 3, the shape of w1
                your dL/dw1 is the right one transposed and with its sign flipped: it should be pixelsᵀ·dL/df, not dL/dfᵀ·pixels; and look for a minus""",
                "w",
                DLDW.transpose().scale(-1));
        says(
                "your dL/dw1 is the right one divided by 25, the number of rows twice: sum over the batch, don't average",
                "w",
                DLDW.scale(1 / 25.0));
    }

    @Test
    void rowsAndOutputsThatAreTooManyOrTooFew() {
        // dL/db1 = 11 13 -4, with row 3 once more, and without rows 1 and 5.
        says(
                "your dL/db1 counts row 3 of the batch twice: sum over all 5 rows, each once",
                "b",
                Matrix.row(13, 14, -12));
        says("your dL/db1 leaves out rows 1 and 5 of the batch: sum over all 5 rows", "b", Matrix.row(3, 16, -11));
        says(
                "your dL/db1 was computed with the dL/df of row 1, the first, in every row: each row has its own dL/df",
                "b",
                Matrix.row(5, -10, 15));
        // dL/dpixels of output 2 alone: dL/df[·,2] times w1[·,2] = -3 4
        Matrix second = DLDF.column(1).times(Matrix.row(-3, 4));
        says("your dL/dpixels is that of output 2 alone: sum over all 3 outputs", "x", second);
        says(
                "your dL/dpixels leaves out output 2: sum over all 3 outputs",
                "x",
                GRADS.of("x").minus(second));
        says(
                "your dL/dw1 is that of output 3, the last, alone and 0 elsewhere: dL/dw1 has a column for each of the 3"
                        + " outputs",
                "w",
                Matrix.parse("0 0 18; 0 0 -31"));
    }

    @Test
    void rightNumbersInTheWrongPlaces() {
        says(
                "your dL/dw1 has columns 1 and 3 exchanged: each stands in the place of the other",
                "w",
                Matrix.parse("18 58 1; -31 63 -57"));
        says(
                "your dL/dw1 has rows 1 and 2 exchanged: each stands in the place of the other",
                "w",
                Matrix.parse("-57 63 -31; 1 58 18"));
        says(
                """
                your dL/dw1 is 1 × 6: it must be 2 × 3, the shape of w1
                your dL/dw1 holds the right numbers, but row by row in another shape: give it the shape of w1""",
                "w",
                Matrix.row(1, 58, 18, -57, 63, -31));
        says(
                """
                your dL/dw1 is 1 × 6: it must be 2 × 3, the shape of w1
                your dL/dw1 holds the right numbers, but column by column in another shape: give it the shape of w1""",
                "w",
                Matrix.row(1, -57, 58, 63, 18, -31));
    }

    @Test
    void whereTheRightOneIsNoNumber() {
        Matrix x = X.named("x").with(1, 1, Double.NaN);
        Gradients sick = new Linear(W.named("w")).forward(x).backward(DLDF);
        says(sick, "the right dL/dw is NaN in row 2, because x[2,2] is NaN: there yours cannot be compared", "w", DLDW);
        assertTrue(Diagnosis.of(sick, "w", sick.of("w")).right());
        // f is NaN too, of which dL/dx is not made
        assertTrue(Diagnosis.of(sick, "x", GRADS.of("x")).right());
    }

    @Test
    void whatIsNoNumber() {
        says(
                "your dL/dw1 is NaN or infinite in dL/dw1[1,1] and dL/dw1[2,3], and the rest is right: look for a division by"
                        + " 0, a log of 0 or an overflow there",
                "w",
                DLDW.with(0, 0, Double.NaN).with(1, 2, Double.NEGATIVE_INFINITY));
        says(
                "your dL/dw1 is NaN or infinite in dL/dw1[1,1], dL/dw1[1,2], dL/dw1[1,3] and 1 more, and of the other 2"
                        + " elements 1 is wrong: look for a division by 0, a log of 0 or an overflow there",
                "w",
                Matrix.parse("nan nan nan; inf 63 5"));
        Gradients sick = new Linear(W).forward(X.with(0, 0, Double.NaN)).backward(DLDF);
        assertTrue(Diagnosis.of(sick, "w", sick.of("w")).right());
    }

    @Test
    void whatNoMistakeExplains() {
        Diagnosis diagnosis = Diagnosis.of(GRADS, "w", Matrix.parse("9 8 7; 1 2 4"));
        assertEquals(
                "your dL/dw1 is wrong in 6 of 6 elements, most in dL/dw1[2,1], and none of the known mistakes gives these"
                        + " numbers",
                diagnosis.summary());
        assertEquals("Diagnosis of dL/dw1: no known mistake", diagnosis.toString());
        assertFalse(diagnosis.explained());
        assertEquals(
                "your dL/dpixels is wrong in 6 of 10 elements (rows 2 and 4 are right), most in dL/dpixels[1,1], and none"
                        + " of the known mistakes gives these numbers",
                Diagnosis.of(GRADS, "x", GRADS.of("x").plus(Matrix.parse("9 1; 0 0; 2 5; 0 0; 3 8")))
                        .summary());
        says(
                """
                your dL/dw1 is 1 × 4: it must be 2 × 3, the shape of w1
                none of the known mistakes gives these numbers""",
                "w",
                Matrix.row(9, 8, 7, 3));
    }

    /** 6 and 8 are right, of root mean square √50: below it errors are measured by it, and above by the number itself. */
    @Test
    void theRelativeErrorOfAnElement() {
        Gradients grads = new Linear(Matrix.row(1, 1)).forward(Matrix.row(2.0)).backward(Matrix.row(3, 4));
        Matrix errors = Diagnosis.of(grads, "w", Matrix.row(6.5, 10)).errors();
        assertEquals(0.5 / Math.sqrt(50), errors.get(0, 0), 1e-15);
        assertEquals(0.2, errors.get(0, 1), 1e-15);
        assertEquals("relative error of dL/dw", errors.label(""));
        assertEquals(
                "your dL/dw is 1 × 3: it must be 1 × 2, the shape of w",
                assertThrows(IllegalArgumentException.class, () -> Diagnosis.of(grads, "w", Matrix.row(1, 2, 3))
                                .errors())
                        .getMessage());
    }

    /** Any number is some multiple of another, and some constant more. */
    @Test
    void aSingleNumberProvesNoFactorAndNoConstant() {
        Gradients grads = new Linear(Matrix.row(11.0)).forward(Matrix.row(2.0)).backward(Matrix.row(3.0));
        assertEquals(List.of(), Diagnosis.of(grads, "w", Matrix.row(41.7)).findings());
        assertEquals(List.of(), Diagnosis.of(grads, "w", Matrix.row(42.0)).findings());
    }

    @Test
    void whatCannotBeAsked() {
        refuses("your dL/dw1 is null; did the cell that declares it fail?", GRADS, "w", null);
        refuses("the gradients are null; did the cell that declares them fail?", null, "w", DLDW);
        refuses(
                "dL/df came in, the layer did not compute it; ask for dL/dpixels, dL/dw1, dL/db1",
                GRADS,
                "dL/df",
                DLDF);
        refuses("these gradients have no z; they have x (pixels), w (w1) and b (b1)", GRADS, "z", DLDW);
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: the diagnosis was given up",
                    assertThrows(CancellationException.class, () -> Diagnosis.of(GRADS, "w", W))
                            .getMessage());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    private static void refuses(String message, Gradients grads, String name, Matrix mine) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Diagnosis.of(grads, name, mine))
                        .getMessage());
    }

    private static void says(String summary, String name, Matrix mine) {
        says(GRADS, summary, name, mine);
    }

    private static void says(Gradients grads, String summary, String name, Matrix mine) {
        Diagnosis diagnosis = Diagnosis.of(grads, name, mine);
        assertFalse(diagnosis.right());
        assertEquals(summary, diagnosis.summary());
        assertTrue(summary.contains(diagnosis.findings().get(0).says()));
        for (Finding finding : diagnosis.findings()) {
            assertEquals(finding.mistake() + ": " + finding.remedy(), finding.toString());
        }
    }
}
