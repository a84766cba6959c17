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
                "your dL/dw is right to 3e-7 of its size, as float32 would give",
                Diagnosis.of(grads, "w", one.scale(1 + 3e-7)).summary());
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
                your dL/dw1 is the right one transposed: it is pixelsᵀ·dL/df, not dL/dfᵀ·pixels""",
                "w",
                DLDW.transpose());
        says(
                "your dL/dw1 was computed with f in the place of dL/df: it is pixelsᵀ·dL/df",
                "w",
                X.transpose().times(PASS.output()));
        says("your dL/dw1 is w1: it is pixelsᵀ·dL/df", "w", W);
        Matrix w = Matrix.parse("2 -3; 1 4");
        Gradients square = new Linear(w).forward(Matrix.row(5, 7)).backward(Matrix.row(1, -2));
        // [1 −2]·w = 2·1 − 2·1, −3 − 8; element by element and repeated: 2 6; 1 −8, two rows
        says(
                square,
                "your dL/dx has w where it must be transposed: it is dL/df·wᵀ, not dL/df·w",
                "x",
                Matrix.row(0, -11));
        says(
                square,
                """
                your dL/dx is 2 × 2: it must be 1 × 2, the shape of x
                your dL/dx is the element-wise product w∘dL/df: it is dL/df·wᵀ, a matrix product""",
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
                "your dL/db1 has the relu's mask taken from the wrong side, dLdr∘[dLdr > 0]: it is dLdr∘[f > 0]",
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
    }

    @Test
    void whatIsRightInPart() {
        says("your dL/dw1 is right but for dL/dw1[2,1]: look for what is different there", "w", DLDW.with(1, 0, 57));
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
        assertEquals("error of dL/dw", errors.label(""));
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
