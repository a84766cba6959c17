package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import org.jacobean.explain.Confusion;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.Test;

/** What was taken for what, to the letter. */
class ConfusionViewTest {

    /** The largest stand in columns 2 0 1 0 2 1. */
    private final Matrix f = Matrix.parse("0 1 2; 3 1 2; 5 6 4; 1 0 0; 0 0 9; 0 2 1");

    private final Matrix y = Matrix.column(2, 0, 0, 0, 2, 0);

    @Test
    void theDiagonalStandsInBrackets() {
        assertEquals(
                """
                4 of 6 right, 66.7 %; most often 0 was taken for 1 (2 rows)

                a row for each class, a column for what was predicted
                     0    1    2
                0  [2]    2
                1       [0]
                2            [2]""",
                text(Confusion.of(f, y)));
        String html = Rendered.of(Confusion.of(f, y)).html().orElseThrow();
        // Half of the class 0 are right, all of the class 2; what is wrong is all of one kind.
        assertTrue(html.contains("title=\"class 0, predicted 0: 2\""), html);
        assertTrue(
                html.contains(Heat.of(-0.5, 1)) && html.contains(Heat.of(1, 1)) && html.contains(Heat.of(-1, 1)), html);
    }

    @Test
    void rowsWithoutAPredictionHaveAColumn() {
        Confusion some = Confusion.of(f.with(0, 0, Double.NaN), y);
        assertEquals(
                """
                3 of 6 right, 50.0 %; 1 row has a NaN and predicts nothing; most often 0 was
                  taken for 1 (2 rows)

                a row for each class, a column for what was predicted
                     0    1    2  none
                0  [2]    2
                1       [0]
                2            [1]     1""",
                text(some));
        assertEquals(
                """
                confusion: 3 × 5
                     class        0        1        2     none
                   integer  integer  integer  integer  integer
                0        0        2        2        0        0
                1        1        0        0        0        0
                2        2        0        0        1        1""",
                text(Tables.of(some)));
        assertEquals(4, Tables.of(Confusion.of(f, y)).columnCount());
    }

    @Test
    void ofManyClassesTheMiddleIsLeftOut() {
        Confusion many = Confusion.of(Matrix.identity(20), Matrix.zeros(20, 1));
        String text = text(many);
        assertTrue(text.startsWith("1 of 20 right, 5.0 %\n\n"), text);
        assertTrue(text.endsWith("\nshown: 12 of 20 rows, 12 of 20 columns"), text);
        assertEquals(
                "there are 5,001 classes, and Tablesaw copes with some 5,000 columns",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tables.of(Confusion.of(Matrix.zeros(1, 5001), Matrix.row(0.0))))
                        .getMessage());
    }

    @Test
    void anInterruptedTableIsGivenUp() {
        Confusion confusion = Confusion.of(f, y);
        Tables.of(confusion); // Tablesaw's own start takes an interrupt for itself
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: the table of the confusion was given up",
                    assertThrows(CancellationException.class, () -> Tables.of(confusion))
                            .getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    private static String text(Object value) {
        return Rendered.of(value).text();
    }
}
