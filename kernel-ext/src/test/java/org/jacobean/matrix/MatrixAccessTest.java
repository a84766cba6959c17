package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
    void partsAreCopiesOfRowsOrColumns() {
        Matrix a = Matrix.parse("1 2 3 4; 5 6 7 8; 9 10 11 12").named("a");
        for (Matrix each :
                new Matrix[] {a, Matrix.of(a.transpose().toArray()).transpose().named("a")}) {
            assertEquals(Matrix.parse("5 6 7 8; 9 10 11 12"), each.rows(1, 3));
            assertEquals(Matrix.row(1, 2, 3, 4), each.rows(0, 1));
            assertEquals(a, each.rows(0, 3));
            assertEquals(Matrix.parse("2 3; 6 7; 10 11"), each.columns(1, 3));
            assertEquals(Matrix.column(4, 8, 12), each.columns(3, 4));
            assertEquals(Matrix.parse("9 10 11 12; 1 2 3 4; 9 10 11 12"), each.rowsAt(2, 0, 2));
            assertEquals(Matrix.row(5, 6, 7, 8), each.rowsAt(1));
            assertEquals(Matrix.parse("7; 11"), each.rows(1, 3).columns(2, 3));
            for (Matrix part : new Matrix[] {each.rows(0, 3), each.columns(0, 4), each.rowsAt(0, 1, 2)}) {
                assertEquals(Optional.empty(), part.name());
                assertFalse(part.sharesNumbersWith(each));
            }
        }
    }

    @Test
    void partsThatAreNotThereAreNamed() {
        outside(
                "w.rows(1, 5): there is no row 4; w is 2 × 3, and in Java its rows count from 0 to 1",
                () -> w.rows(1, 5));
        outside(
                "w.rows(-1, 1): there is no row -1; w is 2 × 3, and in Java its rows count from 0 to 1",
                () -> w.rows(-1, 1));
        outside(
                "w.columns(3, 4): there is no column 3; w is 2 × 3, and in Java its columns count from 0 to 2",
                () -> w.columns(3, 4));
        outside(
                "w.rowsAt: there is no row 2; w is 2 × 3, and in Java its rows count from 0 to 1",
                () -> w.rowsAt(0, 2));
        empty("w.rows(1, 1) has no row: the first is 1, and 1, the end, is left out", () -> w.rows(1, 1));
        empty("w.columns(2, 0) has no column: the first is 2, and 0, the end, is left out", () -> w.columns(2, 0));
        empty("w.rowsAt: no row was asked for; a matrix needs at least one", () -> w.rowsAt());
        empty("w.rowsAt: no row was asked for; a matrix needs at least one", () -> w.rowsAt((int[]) null));
    }

    private static void empty(String message, Executable access) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, access).getMessage());
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
