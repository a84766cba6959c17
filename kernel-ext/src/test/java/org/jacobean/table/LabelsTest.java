package org.jacobean.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Names of rows, columns and elements count from 1, and leave out the only row of a vector. */
class LabelsTest {

    @Test
    void ofAMatrix() {
        labels("w[2,·]", "w[·,3]", "w[2,3]", Matrix.ones(2, 3).named("w"), 1, 2);
        labels("[2,·]", "[·,3]", "[2,3]", Matrix.ones(2, 3), 1, 2);
        labels("dL/dx[2,·]", "dL/dx[·,1]", "dL/dx[2,1]", Matrix.column(1, 2).named("dL/dx"), 1, 0);
    }

    @Test
    void ofAVector() {
        labels("x", "x[3]", "x[3]", Matrix.row(1, 2, 3).named("x"), 0, 2);
        labels("[·]", "[3]", "[3]", Matrix.row(1, 2, 3), 0, 2);
    }

    private static void labels(String row, String column, String element, Matrix matrix, int i, int j) {
        Labels labels = Labels.of(matrix);
        assertEquals(row, labels.row(i));
        assertEquals(column, labels.column(j));
        assertEquals(element, labels.element(i, j));
    }
}
