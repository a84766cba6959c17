package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Exercise;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.Test;

/** What a diagnosis and an exercise look like, to the letter. */
class DiagnosisViewTest {

    /** dL/dw1 = 3·1 3·(−2); 4·1 4·(−2). */
    private static final Gradients GRADS = new Linear(Matrix.parse("1 2; 3 4").named("w1"))
            .forward(Matrix.row(3, 4))
            .backward(Matrix.row(1, -2));

    private static final Matrix DLDW = Matrix.parse("3 -6; 4 -8");

    @Test
    void aRightGradientIsOneLine() {
        assertEquals("your dL/dw1 is right", text(Diagnosis.of(GRADS, "w", DLDW)));
    }

    @Test
    void aMistakeIsItsSentence() {
        assertEquals(
                """
                your dL/dw1 is the right one with its sign flipped: the gradient points uphill;
                  the minus belongs to the step, w1 − rate·dL/dw1""",
                text(Diagnosis.of(GRADS, "w", DLDW.scale(-1))));
    }

    /** 2 off where the larger of the two is 8. */
    @Test
    void whatIsWrongInPartShowsWhere() {
        Diagnosis diagnosis = Diagnosis.of(GRADS, "w", DLDW.with(1, 1, -6));
        assertEquals(
                """
                your dL/dw1 is right but for dL/dw1[2,2]: look for what is different there

                relative error of dL/dw1: 2 × 2, norm 0.25, min 0, max 0.25, 3 zeros
                       [·,1]  [·,2]
                [1,·]      0      0
                [2,·]      0   0.25
                relative to the larger of the two, at least to the gradient's root mean square""",
                text(diagnosis));
        assertTrue(Rendered.of(diagnosis).html().orElseThrow().contains("background-color:#f4a552"));
    }

    @Test
    void anotherShapeHasNoErrors() {
        Diagnosis diagnosis = Diagnosis.of(GRADS, "w", Matrix.row(11, 17, 5));
        assertEquals(
                """
                your dL/dw1 is 1 × 3: it must be 2 × 2, the shape of w1
                none of the known mistakes gives these numbers""",
                text(diagnosis));
        assertEquals(
                "your dL/dw1 is 1 × 3: it must be 2 × 2, the shape of w1",
                assertThrows(IllegalArgumentException.class, () -> Tables.of(diagnosis))
                        .getMessage());
    }

    /** 9 off of 12, and 2 off of 8. */
    @Test
    void theTableHasTheWorstFirst() {
        assertEquals(
                """
                                             dL/dw1                            \s
                   element    |  right  |  supplied  |  absolute  |  relative  |
                ----------------------------------------------------------------
                 dL/dw1[1,1]  |      3  |        12  |         9  |      0.75  |
                 dL/dw1[2,2]  |     -8  |        -6  |         2  |      0.25  |
                 dL/dw1[1,2]  |     -6  |        -6  |         0  |         0  |
                 dL/dw1[2,1]  |      4  |         4  |         0  |         0  |\
                """,
                Tables.of(Diagnosis.of(GRADS, "w", Matrix.parse("12 -6; 4 -6"))).print());
    }

    @Test
    void anExerciseThatIsRightIsOneLine() {
        assertEquals(
                """
                dL/db: 6 of 6 cases right: one row, one input, one output, as many inputs as
                  outputs, zeros among the numbers, a batch of 5 rows""",
                text(Exercise.biases(Matrix::columnSums)));
    }

    @Test
    void anExerciseShowsTheEasiestCaseThatIsWrong() {
        assertEquals(
                """
                dL/db: 1 of 6 cases right: the easiest that is wrong has one input

                dL/df: 2 × 2, norm 7.55, min -2, max 6    yours: 2 × 2, norm 7.55, min -2, max 6
                            dL/df[·,1]  dL/df[·,2]                    yours[·,1]  yours[·,2]
                dL/df[1,·]           4           1        yours[1,·]           4           1
                dL/df[2,·]          -2           6        yours[2,·]          -2           6
                your rule gave 2 × 2; dL/db must be 1 × 2, the shape of b
                your dL/db is dL/df itself, not summed over the batch
                hint: b[1] is added in every row: by how much does L move when b[1] grows by 1?""",
                text(Exercise.biases(dLdf -> dLdf)));
    }

    private static String text(Object value) {
        return Rendered.of(value).text();
    }
}
