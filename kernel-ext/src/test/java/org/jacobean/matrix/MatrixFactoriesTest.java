package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What each factory makes, and that the arrays it was given stay the caller's. */
class MatrixFactoriesTest {

    @Test
    void ofTakesRowAfterRow() {
        assertArrayEquals(
                new double[][] {{1, 2, 3}, {4, 5, 6}},
                Matrix.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).toArray());
    }

    @Test
    void rowIsAMatrixOfOneRowAndColumnAMatrixOfOneColumn() {
        assertArrayEquals(new double[][] {{1, 2, 3}}, Matrix.row(1, 2, 3).toArray());
        assertArrayEquals(new double[][] {{1}, {2}, {3}}, Matrix.column(1, 2, 3).toArray());
    }

    @Test
    void zerosOnesAndIdentityHoldWhatTheySay() {
        assertArrayEquals(
                new double[][] {{0, 0, 0}, {0, 0, 0}}, Matrix.zeros(2, 3).toArray());
        assertArrayEquals(
                new double[][] {{1, 1}, {1, 1}, {1, 1}}, Matrix.ones(3, 2).toArray());
        assertArrayEquals(
                new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
                Matrix.identity(3).toArray());
        assertArrayEquals(new double[][] {{1}}, Matrix.identity(1).toArray());
    }

    @Test
    void normalDrawsJavasGaussiansRowByRow() {
        Random random = new Random(42);
        double[][] expected = {
            {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()},
            {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()}
        };
        assertArrayEquals(expected, Matrix.normal(2, 3, 42).toArray());
        assertEquals(Matrix.normal(2, 3, 42), Matrix.normal(2, 3, 42));
    }

    /** The generator that the documentation of java.util.Random gives, written out: the numbers are the same everywhere. */
    @Test
    void uniformFollowsTheDocumentedGenerator() {
        long[] state = {(42 ^ 0x5DEECE66DL) & ((1L << 48) - 1)};
        double[][] expected = new double[2][2];
        for (double[] row : expected) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (((long) next(state, 26) << 27) + next(state, 27)) / (double) (1L << 53);
            }
        }
        assertArrayEquals(expected, Matrix.uniform(2, 2, 42).toArray());
    }

    private static int next(long[] state, int bits) {
        state[0] = (state[0] * 0x5DEECE66DL + 0xBL) & ((1L << 48) - 1);
        return (int) (state[0] >>> (48 - bits));
    }

    @Test
    void anArrayChangedAfterwardsChangesNoMatrix() {
        double[][] rows = {{1, 2}, {3, 4}};
        double[] values = {1, 2};
        Matrix of = Matrix.of(rows);
        Matrix row = Matrix.row(values);
        Matrix column = Matrix.column(values);
        rows[0][0] = 99;
        values[0] = 99;
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, of.toArray());
        assertArrayEquals(new double[][] {{1, 2}}, row.toArray());
        assertArrayEquals(new double[][] {{1}, {2}}, column.toArray());
    }

    @Test
    void anArrayThatWasHandedOutChangesNoMatrix() {
        Matrix matrix = Matrix.parse("1 2; 3 4");
        matrix.toArray()[1][0] = 99;
        matrix.transpose().toArray()[1][0] = 99;
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, matrix.toArray());
    }

    @Test
    void whatHasNoEntryOrUnequalRowsIsNoMatrix() {
        refuses("a matrix needs at least one row and one column", () -> Matrix.of(null));
        refuses("a matrix needs at least one row and one column", () -> Matrix.of(new double[][] {}));
        refuses("a matrix needs at least one row and one column", () -> Matrix.of(new double[][] {null}));
        refuses("a matrix needs at least one row and one column", () -> Matrix.of(new double[][] {{}}));
        refuses(
                "row 2 has 1 entry, row 1 has 2; every row of a matrix has as many entries as the first",
                () -> Matrix.of(new double[][] {{1, 2}, {3}}));
        refuses(
                "row 3 has 3 entries, row 1 has 2; every row of a matrix has as many entries as the first",
                () -> Matrix.of(new double[][] {{1, 2}, {3, 4}, {5, 6, 7}}));
        refuses(
                "row 2 has 0 entries, row 1 has 2; every row of a matrix has as many entries as the first",
                () -> Matrix.of(new double[][] {{1, 2}, null}));
        refuses("a vector needs at least one entry", () -> Matrix.row());
        refuses("a column needs at least one entry", () -> Matrix.column());
    }

    private static void refuses(String message, Executable make) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, make).getMessage());
    }
}
