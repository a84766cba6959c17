package org.jacobean.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.LossPass;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;

/**
 * What a name such as {@code dL/dw[2,1]}, {@code dL/dx[3]} or {@code dL/dw} means: one element of a matrix, or all of it. In
 * the name rows and columns count from 1; {@link #row} and {@link #column} count from 0.
 *
 * <p>A name is a role or a variable's name, as for {@link Gradients#of} and {@link Forward#of}; blanks between its parts do
 * not matter. A matrix of one row may leave the row out.
 */
public final class ElementName {

    private static final Pattern NAME = Pattern.compile("([^\\[\\]]+?)\\s*(?:\\[([^\\[\\]]*)])?");
    private static final int WHOLE = -1;

    private final String role;
    private final Matrix matrix;
    private final int row;
    private final int column;

    private ElementName(String role, Matrix matrix, int row, int column) {
        this.role = role;
        this.matrix = matrix;
        this.row = row;
        this.column = column;
    }

    /**
     * A gradient or one element of it; {@code w[2,1]} is {@code dL/dw[2,1]}.
     *
     * @throws IllegalArgumentException saying what there is, when there is no such element
     */
    public static ElementName of(Gradients grads, String name) {
        requireGiven(grads, "gradients are", "them");
        Matcher parts = parts(name, "dL/dw[1,1]", "dL/dw");
        return of(grads.role(parts.group(1)), grads.of(parts.group(1)), parts.group(2));
    }

    /**
     * An operand or the output f of a pass, or one element of it.
     *
     * @throws IllegalArgumentException saying what there is, when there is no such element
     */
    public static ElementName of(Forward pass, String name) {
        requireGiven(pass, "pass is", "it");
        Matcher parts = parts(name, "f[1]", "f");
        String role = pass.role(parts.group(1));
        Matrix matrix = pass.of(role);
        return of(role, matrix.named(matrix.label(role)), parts.group(2));
    }

    /**
     * The gradient of a loss or one element of it, {@code dL/df[2,1]}.
     *
     * @throws IllegalArgumentException saying what there is, when there is no such element
     */
    public static ElementName of(LossPass loss, String name) {
        requireGiven(loss, "loss is", "it");
        Matcher parts = parts(name, "dL/df[1,1]", "dL/df");
        String of = parts.group(1).replaceFirst("^dL/d", "");
        if (!of.equals("f")) {
            throw new IllegalArgumentException("a loss has no " + Visible.quoted(parts.group(1)) + "; it has dL/df");
        }
        return of("f", loss.gradient(), parts.group(2));
    }

    /** x, w or b; f is the output, and of gradients dL/df, the one that came in. */
    public String role() {
        return role;
    }

    /** All of what was named, or of what it is an element of, by the name that labels use. */
    public Matrix matrix() {
        return matrix;
    }

    /** Whether a whole matrix was named. */
    public boolean whole() {
        return row == WHOLE;
    }

    /** The element's row, counted from 0. */
    public int row() {
        return element(row);
    }

    /** The element's column, counted from 0. */
    public int column() {
        return element(column);
    }

    /** The element. */
    public double value() {
        return matrix.get(row(), column());
    }

    /** {@code dL/dw[2,1]}, {@code dL/dx[3]} for the third entry of a vector, or {@code dL/dw}. */
    @Override
    public String toString() {
        return whole() ? matrix.label("") : of(matrix, row, column);
    }

    /** What the element in row {@code row} and column {@code column}, both counted from 0, is called: {@code w[2,1]}. */
    public static String of(Matrix matrix, int row, int column) {
        return matrix.label("") + "[" + (matrix.rows() == 1 ? "" : row + 1 + ",") + (column + 1) + "]";
    }

    private int element(int index) {
        if (whole()) {
            throw new IllegalStateException(this + " is a whole matrix, not an element");
        }
        return index;
    }

    private static void requireGiven(Object given, String what, String it) {
        if (given == null) {
            throw new IllegalArgumentException("the " + what + " null; did the cell that declares " + it + " fail?");
        }
    }

    private static Matcher parts(String name, String element, String whole) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "nothing was named; an element is named like " + element + ", and all of it " + whole);
        }
        Matcher parts = NAME.matcher(name.strip().replaceAll("\\s*/\\s*", "/"));
        if (!parts.matches()) {
            throw new IllegalArgumentException(Visible.quoted(name.strip())
                    + " names no element; an element is named like " + element + ", and all of it " + whole);
        }
        return parts;
    }

    /** @param indices what stands in the brackets, or null where there are none */
    private static ElementName of(String role, Matrix matrix, String indices) {
        if (indices == null) {
            return new ElementName(role, matrix, WHOLE, WHOLE);
        }
        String[] words = indices.replaceAll("\\s", "").split(",", -1);
        for (String word : words) {
            if (!word.matches("[+-]?\\d+")) {
                throw new IllegalArgumentException(written(matrix, indices) + " names no element: "
                        + (word.isEmpty()
                                ? "a number is missing"
                                : "'" + Visible.quoted(word) + "' is not a whole number")
                        + "; an element is named like " + of(matrix, 0, 0) + ", and all of it " + matrix.label(""));
            }
        }
        if (words.length > 2) {
            throw new IllegalArgumentException(written(matrix, indices)
                    + " names no element: it has a row and a column, such as " + of(matrix, 0, 0));
        }
        if (words.length == 1 && matrix.rows() > 1) {
            int row = index(words[0], matrix.rows());
            throw new IllegalArgumentException(matrix.label("") + " is " + matrix.shape()
                    + ": name the row and the column, such as " + of(matrix, Math.max(row, 0), 0));
        }
        int row = words.length == 1 ? 0 : index(words[0], matrix.rows());
        int column = index(words[words.length - 1], matrix.columns());
        if (row < 0 || column < 0) {
            throw new IllegalArgumentException("there is no " + written(matrix, indices) + ": " + whatThereIs(matrix));
        }
        return new ElementName(role, matrix, row, column);
    }

    private static String written(Matrix matrix, String indices) {
        return matrix.label("") + "[" + Visible.quoted(indices.replaceAll("\\s", "")) + "]";
    }

    /** Counted from 0, or -1 for what is past an edge. */
    private static int index(String word, int count) {
        String digits = word.replaceFirst("^\\+?0*", "");
        boolean inside = digits.matches("\\d{1,10}") && Long.parseLong(digits) <= count;
        return inside ? Integer.parseInt(digits) - 1 : -1;
    }

    private static String whatThereIs(Matrix matrix) {
        String is = matrix.label("") + " is " + matrix.shape() + ", so its ";
        return matrix.rows() == 1
                ? is + range("entries", "entry", matrix.columns())
                : is + range("rows", "row", matrix.rows()) + " and its "
                        + range("columns", "column", matrix.columns()).replace(" go from", " from");
    }

    private static String range(String many, String one, int count) {
        return count == 1 ? "only " + one + " is 1" : many + " go from 1 to " + count;
    }
}
