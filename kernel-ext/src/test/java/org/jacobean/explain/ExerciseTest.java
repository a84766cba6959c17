package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jacobean.explain.Exercise.Failure;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What a learner's rule is told: what came out, and what was done wrong, but neither the rule nor the numbers. */
class ExerciseTest {

    private static final String W =
            "hint: take one weight, w[1,1]: which elements of f does it move, and by how much in each row?";
    private static final String B = "hint: b[1] is added in every row: by how much does L move when b[1] grows by 1?";
    private static final String X =
            "hint: take one input, x[1,1]: it reaches L through every output of its row; by which weight each time?";

    @Test
    void aRightRulePassesEveryCase() {
        for (Exercise exercise : List.of(
                Exercise.weights((x, dLdf) -> x.transpose().times(dLdf)),
                Exercise.biases(Matrix::columnSums),
                Exercise.input((dLdf, w) -> dLdf.times(w.transpose())))) {
            assertTrue(exercise.passed());
            assertEquals(6, exercise.right());
            assertEquals(6, exercise.cases());
            assertEquals(Optional.empty(), exercise.failure());
        }
        Exercise exercise = Exercise.biases(Matrix::columnSums);
        assertEquals("dL/db: 6 of 6 cases right", exercise.toString());
        assertEquals(
                "dL/db: 6 of 6 cases right: one row, one input, one output, as many inputs as outputs, zeros among the"
                        + " numbers, a batch of 5 rows",
                exercise.summary());
    }

    /** Without a batch a mean is a sum: the first case is right. */
    @Test
    void anAverage() {
        Exercise exercise =
                Exercise.weights((x, dLdf) -> x.transpose().times(dLdf).scale(1.0 / x.rows()));
        assertEquals("dL/dw: 1 of 6 cases right: the easiest that is wrong has one input", exercise.summary());
        Failure failure = failure(exercise);
        assertEquals(List.of("x", "dL/df"), List.copyOf(failure.given().keySet()));
        assertEquals(Matrix.column(3, -5), failure.given().get("x"));
        // (3·4 + 5·2) / 2, (3·1 − 5·6) / 2
        assertEquals(Optional.of(Matrix.row(11, -13.5)), failure.answer());
        assertEquals(
                List.of(
                        "your rule gave the shape of w, 1 × 2, but other numbers",
                        "your dL/dw is the right one divided by 2, the number of rows",
                        W),
                failure.says());
    }

    @Test
    void theFirstRowOnly() {
        Exercise exercise = Exercise.weights((x, dLdf) -> x.row(0).outer(dLdf.row(0)));
        assertEquals(
                List.of(
                        "your rule gave the shape of w, 1 × 2, but other numbers",
                        "your dL/dw is that of row 1, the first, alone",
                        W),
                failure(exercise).says());
        assertEquals(
                List.of(
                        "your rule gave the shape of b, 1 × 2, but other numbers",
                        "your dL/db is that of row 1, the first, alone",
                        B),
                failure(Exercise.biases(dLdf -> dLdf.row(0))).says());
    }

    @Test
    void transposed() {
        Exercise exercise = Exercise.weights((x, dLdf) -> dLdf.transpose().times(x));
        assertEquals("dL/dw: 0 of 6 cases right: the easiest that is wrong has one row", exercise.summary());
        assertEquals(
                List.of(
                        "your rule gave 2 × 3; dL/dw must be 3 × 2, the shape of w",
                        "your dL/dw is the right one transposed",
                        W),
                failure(exercise).says());
    }

    /** It throws where n ≠ m, and the hint of the exception stays untold. */
    @Test
    void aRuleThatThrows() {
        Failure failure = failure(Exercise.weights(Matrix::hadamard));
        assertEquals(Optional.empty(), failure.answer());
        assertEquals(
                List.of("your rule threw ShapeException: x ∘ dL/df does not fit; dL/dw must be 3 × 2", W),
                failure.says());
        assertEquals(
                List.of("your rule threw ShapeException: dL/df·w does not fit; dL/dx must be 1 × 3", X),
                failure(Exercise.input(Matrix::times)).says());
        assertEquals(
                List.of("your rule threw ShapeException: 2 × 3 and 2 × 1 do not fit; dL/dx must be 1 × 3", X),
                failure(Exercise.input((dLdf, w) -> w.transpose().times(dLdf.transpose())))
                        .says());
        assertEquals(
                List.of("your rule threw IllegalStateException; dL/db must be 1 × 2", B),
                failure(Exercise.biases(dLdf -> {
                            throw new IllegalStateException();
                        }))
                        .says());
        assertThrows(
                CancellationException.class,
                () -> Exercise.biases(dLdf -> {
                    throw new CancellationException();
                }));
    }

    @Test
    void nothing() {
        assertEquals(
                List.of("your rule returned null; dL/dw must be 3 × 2", W),
                failure(Exercise.weights((x, dLdf) -> null)).says());
        assertEquals(
                "the rule for dL/dw is null; did the cell that declares it fail?",
                assertThrows(IllegalArgumentException.class, () -> Exercise.weights(null))
                        .getMessage());
    }

    @Test
    void whatWasGivenComesBack() {
        assertEquals(
                List.of("your rule gave 1 × 3; dL/dw must be 3 × 2, the shape of w", "your dL/dw is x", W),
                failure(Exercise.weights((x, dLdf) -> x)).says());
        Exercise biases = Exercise.biases(dLdf -> dLdf);
        assertEquals("dL/db: 1 of 6 cases right: the easiest that is wrong has one input", biases.summary());
        assertEquals(
                List.of(
                        "your rule gave 2 × 2; dL/db must be 1 × 2, the shape of b",
                        "your dL/db is dL/df itself, not summed over the batch",
                        B),
                failure(biases).says());
    }

    /** {@code =} where {@code +=} belongs leaves the last row, or the last output; the easiest cases prove little. */
    @Test
    void loopsThatLeaveSomethingOut() {
        mistake("your dL/dw is that of row 2, the last, alone", Exercise.weights((x, d) -> last(x).outer(last(d))));
        mistake(
                "your dL/dw leaves out row 1, the first, of the batch",
                Exercise.weights((x, d) -> x.transpose().times(d).minus(x.row(0).outer(d.row(0)))));
        mistake(
                "your dL/dw leaves out row 1, the last, of the batch",
                Exercise.weights((x, d) -> x.transpose().times(d).minus(last(x).outer(last(d)))));
        mistake("your dL/dw is all zero", Exercise.weights((x, d) -> Matrix.zeros(x.columns(), d.columns())));
        mistake("your dL/dx is that of output 2, the last, alone", Exercise.input((d, w) -> d.column(d.columns() - 1)
                .times(w.column(w.columns() - 1).transpose())));
        mistake("your dL/dx is that of output 1, the first, alone", Exercise.input((d, w) -> d.column(0)
                .times(w.column(0).transpose())));
        mistake("your dL/dx is that of row 1, the first, alone", Exercise.input((d, w) -> d.row(0)
                .times(w.transpose())));
        mistake(
                "your dL/dx was computed with the dL/df of row 1, the first, in every row",
                Exercise.input(
                        (d, w) -> Matrix.ones(d.rows(), 1).times(d.row(0)).times(w.transpose())));
    }

    private static Matrix last(Matrix a) {
        return a.row(a.rows() - 1);
    }

    private static void mistake(String sentence, Exercise exercise) {
        assertEquals(sentence, failure(exercise).says().get(1));
    }

    /** Right in one case and wrong in others without one reason: no mistake is named. */
    @Test
    void withoutAReason() {
        Exercise exercise = Exercise.input((dLdf, w) -> Matrix.normal(dLdf.rows(), w.rows(), 1));
        assertFalse(exercise.passed());
        assertEquals(
                List.of("your rule gave the shape of x, 1 × 3, but other numbers", X),
                failure(exercise).says());
    }

    private static Failure failure(Exercise exercise) {
        assertFalse(exercise.passed());
        return exercise.failure().orElseThrow();
    }
}
