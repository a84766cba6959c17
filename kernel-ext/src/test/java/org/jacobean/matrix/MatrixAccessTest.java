package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is asked of a matrix, counted from 0, and the two changes that keep its numbers: another entry, another name. */
class MatrixAccessTest {

    private final Matrix w = Matrix.parse("1 2 3; 4 5 6").named("w");

    @Test
    void aMatrixKnowsItsShapeAndEntries() {
        assertEquals(2, w.rows());
        assertEquals(3, w.columns());
        assertEquals("2 × 3", w.shape());
        assertEquals("1,000 × 1", Matrix.ones(1000, 1).shape());
        assertEquals(4, w.get(1, 0));
        assertEquals(3, w.get(0, 2));
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, w.stream().toArray());
    }

    @Test
    void aRowIsAVectorAndAColumnIsAColumn() {
        assertArrayEquals(new double[][] {{4, 5, 6}}, w.row(1).toArray());
        assertArrayEquals(new double[][] {{3}, {6}}, w.column(2).toArray());
        assertEquals(Optional.empty(), w.row(1).name());
    }

    @Test
    void withReplacesOneEntryOfACopyThatKeepsTheName() {
        Matrix changed = w.with(1, 0, 9);
        assertArrayEquals(new double[][] {{1, 2, 3}, {9, 5, 6}}, changed.toArray());
        assertArrayEquals(new double[][] {{1, 2, 3}, {4, 5, 6}}, w.toArray());
        assertEquals(Optional.of("w"), changed.name());
    }

    @Test
    void aNameCanBeGivenAndTakenAway() {
        Matrix plain = Matrix.row(1, 2);
        assertEquals(Optional.empty(), plain.name());
        assertEquals("something", plain.label("something"));
        assertEquals("w", w.label("something"));
        assertEquals(Optional.empty(), w.named(null).name());
        assertEquals(Optional.of("w"), w.name());
    }

    @Test
    void anOperationDropsTheName() {
        Matrix[] results = {
            w.transpose(),
            w.plus(w),
            w.minus(w),
            w.hadamard(w),
            w.scale(1),
            w.map(a -> a),
            w.columnSums(),
            w.times(Matrix.identity(3)),
            w.plusRow(Matrix.zeros(1, 3)),
            w.column(0)
        };
        for (Matrix result : results) {
            assertEquals(Optional.empty(), result.name());
        }
    }

    @Test
    void anElementPastTheEdgeIsNamedWithTheShape() {
        Matrix plain = Matrix.parse("1 2 3; 4 5 6");
        outside(
                "matrix.get: there is no row 2; the matrix is 2 × 3, and in Java its rows count from 0 to 1",
                () -> plain.get(2, 0));
        outside(
                "matrix.get: there is no column 3; the matrix is 2 × 3, and in Java its columns count from 0 to 2",
                () -> plain.get(0, 3));
        outside("w.get: there is no row -1; w is 2 × 3, and in Java its rows count from 0 to 1", () -> w.get(-1, 0));
        outside(
                "w.get: there is no column -1; w is 2 × 3, and in Java its columns count from 0 to 2",
                () -> w.get(0, -1));
        outside("w.row: there is no row 2; w is 2 × 3, and in Java its rows count from 0 to 1", () -> w.row(2));
        outside(
                "w.column: there is no column 3; w is 2 × 3, and in Java its columns count from 0 to 2",
                () -> w.column(3));
        outside("w.with: there is no row 2; w is 2 × 3, and in Java its rows count from 0 to 1", () -> w.with(2, 0, 1));
        outside(
                "w.with: there is no column 3; w is 2 × 3, and in Java its columns count from 0 to 2",
                () -> w.with(0, 3, 1));
        outside(
                "matrix.get: there is no row 2; the matrix is 2 × 3, and in Java its rows count from 0 to 1",
                () -> plain.transpose().transpose().get(2, 0));
        outside(
                "matrix.get: there is no row 3; the matrix is 3 × 2, and in Java its rows count from 0 to 2",
                () -> plain.transpose().get(3, 0));
    }

    private static void outside(String message, Executable access) {
        assertEquals(
                message, assertThrows(IndexOutOfBoundsException.class, access).getMessage());
    }
}
