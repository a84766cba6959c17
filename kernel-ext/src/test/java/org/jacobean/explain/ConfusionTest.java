package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What was taken for what, of a few rows that can be read by eye. */
class ConfusionTest {

    private final Matrix f =
            Matrix.parse("0 1 2; 3 1 2; 5 6 4; 1 0 0; 0 0 9; 0 2 1").named("f");
    private final Matrix y = Matrix.column(2, 0, 0, 0, 2, 0).named("y");
    private final Confusion confusion = Confusion.of(f, y);

    @Test
    void countedByHand() {
        // The largest stand in columns 2 0 1 0 2 1; of the class 0 two are right, and two taken for 1.
        assertArrayEquals(new int[] {2, 0, 1, 0, 2, 1}, confusion.predicted());
        assertEquals(2, confusion.count(0, 0));
        assertEquals(2, confusion.count(0, 1));
        assertEquals(2, confusion.count(2, 2));
        assertEquals(0, confusion.count(1, 1));
        assertEquals(0, confusion.count(2, 0));
        assertEquals(4, confusion.right());
        assertEquals(4 / 6.0, confusion.accuracy());
        assertArrayEquals(new int[] {2, 5}, confusion.wrong());
        assertEquals(3, confusion.classes());
        assertEquals(6, confusion.rows());
        assertEquals(
                "Confusion of 3 classes: 4 of 6 right, 66.7 %; most often 0 was taken for 1 (2 rows)",
                confusion.toString());
        assertEquals(confusion.toString(), Confusion.of(f, y.transpose()).toString());
    }

    @Test
    void theFirstOfSeveralLargest() {
        assertArrayEquals(
                new int[] {0, 1, 0},
                Confusion.of(Matrix.parse("1 1 1; 0 inf inf; -inf -inf -inf"), Matrix.row(0, 1, 0))
                        .predicted());
    }

    @Test
    void aRowWithNaNPredictsNothing() {
        Confusion some = Confusion.of(f.with(0, 0, Double.NaN).with(1, 2, Double.NaN), y);
        assertArrayEquals(new int[] {Confusion.NONE, Confusion.NONE, 1, 0, 2, 1}, some.predicted());
        assertArrayEquals(new int[] {0, 1, 2, 5}, some.wrong());
        assertEquals(2, some.without());
        assertEquals(1, some.count(2, Confusion.NONE));
        assertEquals(
                "2 of 6 right, 33.3 %; 2 rows have a NaN and predict nothing; most often 0 was taken for 1 (2 rows)",
                some.summary());
        assertEquals(
                "0 of 1 right, 0.0 %; 1 row has a NaN and predicts nothing",
                Confusion.of(Matrix.row(Double.NaN, 1), Matrix.row(1.0)).summary());
    }

    @Test
    void allAreRightOnlyWhenTheyAre() {
        Matrix scores = Matrix.zeros(2000, 2);
        assertEquals(
                "2,000 of 2,000 right, 100.0 %",
                Confusion.of(scores, Matrix.zeros(2000, 1)).summary());
        assertEquals(
                "1,999 of 2,000 right, 99.9 %",
                Confusion.of(scores, Matrix.zeros(2000, 1).with(7, 0, 1)).summary());
    }

    @Test
    void aPercentageIsRounded() {
        // 290/299 = 0.96989…, 1/16 = 0.0625 exactly, 1/2001 = 0.00049…
        assertEquals(97.0, percent(290, 299));
        assertEquals(6.3, percent(1, 16));
        assertEquals(0.0, percent(1, 2001));
        // 0.9994… and 0.9995 exactly
        assertEquals(99.9, percent(1800, 1801));
        assertEquals(99.9, percent(1999, 2000));
    }

    private static double percent(int right, int rows) {
        Matrix labels = Matrix.zeros(rows, 1).map(a -> 1);
        for (int r = 0; r < right; r++) {
            labels = labels.with(r, 0, 0);
        }
        String summary = Confusion.of(Matrix.zeros(rows, 2), labels).summary();
        return Double.parseDouble(summary.replaceAll(".* right, | %.*", ""));
    }

    @Test
    void manyClassesNeedNoMoreThanTheirRows() {
        // 100,000² counts would be 40 GB.
        Confusion wide = Confusion.of(Matrix.zeros(2, 100_000), Matrix.row(0, 99_999));
        assertEquals(1, wide.count(99_999, 0));
        assertEquals("1 of 2 right, 50.0 %", wide.summary());
    }

    @Test
    void nothingCanBeChanged() {
        confusion.predicted()[0] = 7;
        confusion.wrong()[0] = 7;
        assertEquals(2, confusion.predicted()[0]);
        assertEquals(2, confusion.wrong()[0]);
    }

    @Test
    void mistakes() {
        assertEquals(
                "y[2,1] is 3: a label is the number of a column of f, a whole number from 0 to 2, since f is 6 × 3",
                message(() -> Confusion.of(f, y.with(1, 0, 3))));
        assertEquals(
                """
                y does not fit f
                  f     6 × 3
                  y     5 × 1
                  rule  y has one label for each row of f, so it is 6 × 1 or 1 × 6
                  try   6 labels""",
                message(() -> Confusion.of(f, y.rows(0, 5).named("y"))));
        assertEquals(
                "f of a confusion is null; did the cell that declares it fail?", message(() -> Confusion.of(null, y)));
        assertEquals(
                "y of a confusion is null; did the cell that declares it fail?", message(() -> Confusion.of(f, null)));
        assertEquals(
                "confusion.count(0, 3): the classes count from 0 to 2",
                assertThrows(IndexOutOfBoundsException.class, () -> confusion.count(0, 3))
                        .getMessage());
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: the confusion was given up",
                    assertThrows(CancellationException.class, () -> Confusion.of(f, y))
                            .getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
