package org.jacobean.table;

import org.jacobean.explain.ElementName;
import org.jacobean.matrix.Matrix;

/**
 * What the rows, columns and elements of a matrix are called, counted from 1: {@code w[2,·]}, {@code w[·,1]} and
 * {@code w[2,1]}, or {@code x[2]} for the second entry of a vector; without {@code w} where the matrix has no name. Rows
 * and columns leave out a long name too: a table says it once, above.
 */
public final class Labels {

    private static final int LONGEST_REPEATED = 8;

    private final Matrix matrix;
    private final String name;
    private final boolean vector;

    private Labels(Matrix matrix) {
        this.matrix = matrix;
        this.name = matrix.label("");
        this.vector = matrix.rows() == 1;
    }

    public static Labels of(Matrix matrix) {
        return new Labels(matrix);
    }

    /** Row {@code i}, counted from 0; a vector's only row is the vector. */
    public String row(int i) {
        return vector ? name.isEmpty() ? "[·]" : name : repeated() + "[" + (i + 1) + ",·]";
    }

    /** Column {@code j}, counted from 0. */
    public String column(int j) {
        return repeated() + (vector ? "[" : "[·,") + (j + 1) + "]";
    }

    /** The element in row {@code i} and column {@code j}, both counted from 0. */
    public String element(int i, int j) {
        return ElementName.of(matrix, i, j);
    }

    private String repeated() {
        return name.length() <= LONGEST_REPEATED ? name : "";
    }
}
