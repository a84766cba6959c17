package org.jacobean.matrix;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;

/**
 * w [n × m]: a dense, immutable matrix of doubles, row by row; a vector is a matrix of one row.
 *
 * <p>Accessors count from 0, as every Java library does: {@code w.get(0, 1)}. Names of elements, in labels, tables and
 * messages, count from 1, as the lesson does: {@code w[1,2]} is that same number.
 *
 * <p>A matrix has at least one row and one column. Arrays are copied on their way in and out. An operation returns a new
 * matrix without a name; equality ignores names. Operands that do not fit are a {@link ShapeException}, a row or column
 * past the edge is an {@link IndexOutOfBoundsException}, and anything else that is no matrix is an
 * {@link IllegalArgumentException}. Whatever goes through all numbers ends with a
 * {@link java.util.concurrent.CancellationException} when its thread is interrupted, be they many or few: so a loop over
 * small matrices ends too.
 */
public final class Matrix {

    private final int rows;
    private final int columns;
    /** Row by row, or column by column where {@link #transposed}: a transpose shares its numbers. */
    private final double[] entries;

    private final boolean transposed;
    private final String name;

    private Matrix(int rows, int columns, double[] entries, boolean transposed, String name) {
        this.rows = rows;
        this.columns = columns;
        this.entries = entries;
        this.transposed = transposed;
        this.name = name;
    }

    private Matrix(int rows, int columns, double[] entries) {
        this(rows, columns, entries, false, null);
    }

    // Made from numbers

    /** The matrix whose row i is {@code rows[i]}; the rows are copied. */
    public static Matrix of(double[][] rows) {
        require(
                rows != null && rows.length > 0 && rows[0] != null && rows[0].length > 0,
                "a matrix needs at least one row and one column");
        int columns = rows[0].length;
        double[] entries = allocate(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            int row = i;
            Parts.stopIfInterrupted();
            require(
                    rows[i] != null && rows[i].length == columns,
                    () -> MatrixText.ragged(row + 1, rows[row] == null ? 0 : rows[row].length, columns));
            System.arraycopy(rows[i], 0, entries, i * columns, columns);
        }
        return new Matrix(rows.length, columns, entries);
    }

    /** A vector: [1 × n]. One whole number needs its point, {@code row(2.0)}, since {@code w.row(2)} is a row of w. */
    public static Matrix row(double... values) {
        require(values.length > 0, "a vector needs at least one entry");
        return new Matrix(1, values.length, values.clone());
    }

    /** [n × 1]. One whole number needs its point, {@code column(2.0)}, since {@code w.column(2)} is a column of w. */
    public static Matrix column(double... values) {
        require(values.length > 0, "a column needs at least one entry");
        return new Matrix(values.length, 1, values.clone());
    }

    /**
     * The matrix that {@code rows} spell: {@code parse("0.1 0.2; 0.3 0.4")}, {@code parse("0.1 0.2", "0.3 0.4")},
     * {@code parse("[[0.1, 0.2], [0.3, 0.4]]")}, or what {@link #toString} printed.
     *
     * <p>Each string is a row or several: rows end with {@code ;} or a line's end, entries part by blanks, tabs or commas,
     * and {@code #} begins a comment that ends with its line. An entry is a number such as {@code 0.5}, {@code -2e-3},
     * {@code 1/3}, {@code nan} or {@code inf}.
     *
     * @throws IllegalArgumentException naming the row and the entry that could not be read
     */
    public static Matrix parse(String... rows) {
        return MatrixText.parse(String.join("\n", rows));
    }

    public static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, allocate(rows, columns));
    }

    public static Matrix ones(int rows, int columns) {
        double[] entries = allocate(rows, columns);
        Arrays.fill(entries, 1);
        return new Matrix(rows, columns, entries);
    }

    /** [n × n]: ones on the diagonal, zeros elsewhere. */
    public static Matrix identity(int n) {
        double[] entries = allocate(n, n);
        for (int i = 0; i < n; i++) {
            entries[i * n + i] = 1;
        }
        return new Matrix(n, n, entries);
    }

    /**
     * Numbers drawn from the normal distribution with mean 0 and standard deviation 1, row by row; the same
     * {@code seed} gives the same numbers on every machine.
     */
    public static Matrix normal(int rows, int columns, long seed) {
        Random random = new Random(seed);
        return drawn(rows, columns, random::nextGaussian);
    }

    /** Numbers drawn evenly from 0 (inclusive) to 1 (exclusive), row by row; reproducible like {@link #normal}. */
    public static Matrix uniform(int rows, int columns, long seed) {
        Random random = new Random(seed);
        return drawn(rows, columns, random::nextDouble);
    }

    private static Matrix drawn(int rows, int columns, DoubleSupplier numbers) {
        double[] entries = allocate(rows, columns);
        Parts.of(entries.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                entries[i] = numbers.getAsDouble();
            }
        });
        return new Matrix(rows, columns, entries);
    }

    // What it is

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** {@code 3 × 2}. */
    public String shape() {
        return shape(rows, columns);
    }

    /** The entry in row {@code row} and column {@code column}, both counted from 0. */
    public double get(int row, int column) {
        checkRow("get", row);
        checkColumn("get", column);
        return entries[index(row, column)];
    }

    /** Row {@code i}, counted from 0, as a vector [1 × columns]. */
    public Matrix row(int i) {
        checkRow("row", i);
        double[] values = new double[columns];
        Arrays.setAll(values, j -> entries[index(i, j)]);
        return new Matrix(1, columns, values);
    }

    /** Column {@code j}, counted from 0, as a column [rows × 1]. */
    public Matrix column(int j) {
        checkColumn("column", j);
        double[] values = new double[rows];
        Arrays.setAll(values, i -> entries[index(i, j)]);
        return new Matrix(rows, 1, values);
    }

    /**
     * Rows {@code from} to {@code to − 1}, counted from 0: {@code x.rows(0, 3)} is the first three.
     *
     * @throws IndexOutOfBoundsException when there are no such rows
     */
    public Matrix rows(int from, int to) {
        checkRange("rows", "row", from, to, rows);
        return block(from, 0, to - from, columns);
    }

    /**
     * Columns {@code from} to {@code to − 1}, counted from 0: {@code data.columns(0, 64)} is the first 64.
     *
     * @throws IndexOutOfBoundsException when there are no such columns
     */
    public Matrix columns(int from, int to) {
        checkRange("columns", "column", from, to, columns);
        return block(0, from, rows, to - from);
    }

    private Matrix block(int row, int column, int height, int width) {
        if (transposed) {
            return transpose().block(column, row, width, height).transpose();
        }
        double[] part = allocate(height, width);
        for (int i = 0; i < height; i++) {
            Parts.stopIfInterrupted();
            System.arraycopy(entries, (row + i) * columns + column, part, i * width, width);
        }
        return new Matrix(height, width, part);
    }

    /** The rows of these numbers, counted from 0, in this order: {@code x.rowsAt(7, 0, 7)} has row 7 twice. */
    public Matrix rowsAt(int... which) {
        require(
                which != null && which.length > 0,
                () -> label("matrix") + ".rowsAt: no row was asked for; a matrix needs at least one");
        double[] picked = allocate(which.length, columns);
        for (int i = 0; i < which.length; i++) {
            Parts.stopIfInterrupted();
            checkRow("rowsAt", which[i]);
            if (!transposed) {
                System.arraycopy(entries, which[i] * columns, picked, i * columns, columns);
            } else {
                for (int j = 0; j < columns; j++) {
                    picked[i * columns + j] = entries[index(which[i], j)];
                }
            }
        }
        return new Matrix(which.length, columns, picked);
    }

    /** This matrix with one entry replaced; it keeps its name, since it is the same quantity with another value. */
    public Matrix with(int row, int column, double value) {
        checkRow("with", row);
        checkColumn("with", column);
        double[] copy = entries.clone();
        copy[index(row, column)] = value;
        return new Matrix(rows, columns, copy, transposed, name);
    }

    /** A copy of the numbers: {@code toArray()[row][column]}. */
    public double[][] toArray() {
        double[][] copy = new double[rows][];
        for (int i = 0; i < rows; i++) {
            Parts.stopIfInterrupted();
            copy[i] = new double[columns];
            for (int j = 0; j < columns; j++) {
                copy[i][j] = entries[index(i, j)];
            }
        }
        return copy;
    }

    /** All entries, row by row. */
    public DoubleStream stream() {
        return transposed ? Parts.stream(entries.length, k -> entries[index(k / columns, k % columns)]) : numbers();
    }

    /** All entries, in the order in which they lie in memory. */
    private DoubleStream numbers() {
        return Parts.stream(entries.length, k -> entries[k]);
    }

    /** Each entry once, in the order in which they lie in memory: the quickest way through, where the order is no matter. */
    public void forEach(DoubleConsumer action) {
        Parts.of(entries.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                action.accept(entries[i]);
            }
        });
    }

    /** What it is called in labels and messages, if it has been {@link #named}. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The name as it can stand in a text, {@link Visible}, or {@code otherwise} where it has none. */
    public String label(String otherwise) {
        return name == null ? otherwise : Visible.of(name);
    }

    /** The same matrix, called {@code name} in labels and messages; {@code null} takes the name away. */
    public Matrix named(String name) {
        return new Matrix(rows, columns, entries, transposed, name);
    }

    // Arithmetic

    /**
     * C = A·B: {@code C[i,k] = Σ over j of A[i,j]·B[j,k]}; A [p × q], B [q × r], C [p × r].
     *
     * <p>NaN and ±∞ go through every product, also where the other factor is 0.
     */
    public Matrix times(Matrix other) {
        requireProduct(other);
        return new Matrix(rows, other.columns, product(other));
    }

    /**
     * A·B + 1·b: {@code b} added to every row of the product, in place; A [p × q], B [q × r], b [1 × r]. As
     * {@code times(other).plusRow(b)}, without a second matrix.
     */
    public Matrix timesPlusRow(Matrix other, Matrix b) {
        requireProduct(other);
        if (b == null || b.rows != 1 || b.columns != other.columns) {
            return times(other).plusRow(b); // which says what does not fit
        }
        double[] result = product(other);
        for (int i = 0; i < rows; i++) {
            Parts.stopIfInterrupted();
            int first = i * b.columns;
            for (int j = 0; j < b.columns; j++) {
                result[first + j] += b.entries[j];
            }
        }
        return new Matrix(rows, other.columns, result);
    }

    private double[] product(Matrix other) {
        double[] product = allocate(rows, other.columns);
        new Product(entries, transposed, other.entries, other.transposed, product, rows, columns, other.columns)
                .compute();
        return product;
    }

    private void requireProduct(Matrix other) {
        requireOperand("·", other);
        if (columns != other.rows) {
            Operand a = Operand.of(this, "A");
            Operand b = Operand.of(other, "B");
            throw ShapeException.of(
                    a + "·" + b + " does not fit",
                    Boxes.product(a, b),
                    Fact.of(a),
                    Fact.of(b),
                    Fact.rule(String.format(
                            Locale.ROOT,
                            "the columns of %s (%,d) must equal the rows of %s (%,d)",
                            a,
                            columns,
                            b,
                            other.rows)),
                    Fitting.products(a, b));
        }
    }

    /** Aᵀ: {@code Aᵀ[j,i] = A[i,j]}; A [p × q], Aᵀ [q × p]. Shares the numbers, so it costs nothing. */
    public Matrix transpose() {
        return new Matrix(columns, rows, entries, !transposed, null);
    }

    /** A + B, entry by entry; both of one shape. */
    public Matrix plus(Matrix other) {
        return combine("+", other, Double::sum);
    }

    /** A − B, entry by entry; both of one shape. */
    public Matrix minus(Matrix other) {
        return combine("−", other, (a, b) -> a - b);
    }

    /** A∘B, the product entry by entry; both of one shape. For the matrix product see {@link #times}. */
    public Matrix hadamard(Matrix other) {
        return combine("∘", other, (a, b) -> a * b);
    }

    /** c·A: every entry multiplied by {@code factor}. */
    public Matrix scale(double factor) {
        return map(a -> factor * a);
    }

    /** {@code function} of every entry. */
    public Matrix map(DoubleUnaryOperator function) {
        double[] result = allocate(rows, columns);
        Parts.of(result.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                result[i] = function.applyAsDouble(entries[i]);
            }
        });
        return new Matrix(rows, columns, result, transposed, null);
    }

    /** {@code function} of every entry and of that of {@code other} in its place, in one sweep; both of one shape. */
    public Matrix map(Matrix other, DoubleBinaryOperator function) {
        return combine("with", other, function);
    }

    /** A + 1·b: {@code b} added to every row; A [N × m], b [1 × m]. */
    public Matrix plusRow(Matrix b) {
        requireOperand("+", b);
        if (b.rows != 1 || b.columns != columns) {
            Operand left = Operand.of(this, "A");
            Operand right = Operand.of(b, "b");
            throw ShapeException.of(
                    left + " + " + right + " does not fit, row by row",
                    Boxes.rowFor(left, "+", right),
                    Fact.of(left),
                    Fact.of(right),
                    Fact.rule(right + " must be " + shape(1, columns) + ": one entry for each column of " + left),
                    Fitting.rowByRow(left, right));
        }
        double[] sum = allocate(rows, columns);
        for (int i = 0; i < rows; i++) {
            Parts.stopIfInterrupted();
            for (int j = 0; j < columns; j++) {
                sum[i * columns + j] = entries[index(i, j)] + b.entries[j];
            }
        }
        return new Matrix(rows, columns, sum);
    }

    /** The sum of each column: {@code s[1,j] = Σ over i of A[i,j]}; A [N × m], s [1 × m]. */
    public Matrix columnSums() {
        double[] sums = new double[columns];
        if (transposed) {
            for (int j = 0; j < columns; j++) {
                Parts.stopIfInterrupted();
                for (int i = 0; i < rows; i++) {
                    sums[j] += entries[j * rows + i];
                }
            }
        } else {
            for (int i = 0; i < rows; i++) {
                Parts.stopIfInterrupted();
                int first = i * columns;
                for (int j = 0; j < columns; j++) {
                    sums[j] += entries[first + j];
                }
            }
        }
        return new Matrix(1, columns, sums);
    }

    /** aᵀ·b: {@code C[i,j] = a[i]·b[j]}; vectors a [1 × n] and b [1 × m], C [n × m]. */
    public Matrix outer(Matrix other) {
        requireOperand("outer", other);
        if (rows != 1 || other.rows != 1) {
            Operand a = Operand.of(this, "a");
            Operand b = Operand.of(other, "b");
            throw ShapeException.of(
                    "the outer product of " + a + " and " + b + " does not fit",
                    "",
                    Fact.of(a),
                    Fact.of(b),
                    Fact.rule("both must be vectors, of one row"),
                    Fitting.products(a, b));
        }
        return transpose().times(other);
    }

    /** Whether no entry is NaN or infinite. */
    public boolean isFinite() {
        for (int i = 0; i < entries.length; i++) {
            Parts.stopIfInterrupted(i);
            if (!Double.isFinite(entries[i])) {
                return false;
            }
        }
        return true;
    }

    /** The sum of all entries. */
    public double sum() {
        return numbers().sum();
    }

    /** The mean of all entries. */
    public double mean() {
        return sum() / entries.length;
    }

    /**
     * σ = √(Σ (a − mean)² / count) over all entries: of these numbers as they are (divided by the count, as NumPy does),
     * not an estimate from a sample (divided by one less, as PyTorch does).
     */
    public double standardDeviation() {
        double mean = mean();
        return Math.sqrt(
                numbers().map(a -> (a - mean) * (a - mean)).sum() / entries.length);
    }

    // Comparison

    /**
     * Whether every entry differs by at most {@code tolerance} (inclusive) from that of {@code other}. A NaN is close to
     * nothing; an infinity only to itself; matrices of different shapes are not close.
     */
    public boolean isCloseTo(Matrix other, double tolerance) {
        requireOperand("≈", other);
        require(tolerance >= 0, () -> "a tolerance is 0 or more, not " + tolerance);
        if (rows != other.rows || columns != other.columns) {
            return false;
        }
        for (int i = 0; i < rows; i++) {
            Parts.stopIfInterrupted();
            for (int j = 0; j < columns; j++) {
                double a = entries[index(i, j)];
                double b = other.entries[other.index(i, j)];
                if (a != b && !(Math.abs(a - b) <= tolerance && Double.isFinite(a) && Double.isFinite(b))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Whether both are the very same numbers in memory, in the same order: a matrix and itself, whatever it is {@link
     * #named}.
     */
    public boolean sharesNumbersWith(Matrix other) {
        return entries == other.entries && transposed == other.transposed;
    }

    /** Of one shape, and the same numbers (NaN equals NaN, 0 equals −0); names do not count. */
    @Override
    public boolean equals(Object object) {
        if (!(object instanceof Matrix other) || rows != other.rows || columns != other.columns) {
            return false;
        }
        for (int i = 0; i < rows; i++) {
            Parts.stopIfInterrupted(i, columns);
            for (int j = 0; j < columns; j++) {
                double a = entries[index(i, j)];
                double b = other.entries[other.index(i, j)];
                if (a != b && !(Double.isNaN(a) && Double.isNaN(b))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 31 * rows + columns;
        for (int i = 0; i < rows; i++) {
            Parts.stopIfInterrupted(i, columns);
            for (int j = 0; j < columns; j++) {
                hash = 31 * hash + Double.hashCode(entries[index(i, j)] + 0.0);
            }
        }
        return hash;
    }

    /** One line that {@link #parse} reads back: {@code 2 × 2 [0.1 0.2; 0.3 0.4]}; past 10,000 entries it is cut with …. */
    @Override
    public String toString() {
        return MatrixText.print(this);
    }

    // Shared by this package

    /** Takes the array over, for callers that give it away. */
    static Matrix wrap(int rows, int columns, double[] entries) {
        return new Matrix(rows, columns, entries);
    }

    /** {@code 1,000 × 2}: how every message writes a shape. */
    public static String shape(long rows, long columns) {
        return String.format(Locale.ROOT, "%,d × %,d", rows, columns);
    }

    /**
     * Whether a matrix of this shape can be made here.
     *
     * @throws IllegalArgumentException when it has no entry, or more than this Java's memory or an array can hold
     */
    public static void checkSize(long rows, long columns) {
        require(
                rows >= 1 && columns >= 1,
                () -> "a matrix needs at least one row and one column, not " + shape(rows, columns));
        double bytes = 8.0 * rows * columns;
        long heap = Runtime.getRuntime().maxMemory();
        require(
                bytes <= heap,
                () -> "a matrix of " + shape(rows, columns) + " needs " + memory(bytes) + ", more than the "
                        + memory(heap) + " that this Java may use; make it smaller, or " + Memory.more());
        require(
                (double) rows * columns <= MAX_ENTRIES,
                () -> "a matrix of " + shape(rows, columns) + " has more entries than a Java array can hold ("
                        + String.format(Locale.ROOT, "%,d", MAX_ENTRIES) + ")");
    }

    private static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

    /** {@code 48 bytes}, {@code 1.2 MB}: how every message writes an amount of memory. */
    public static String memory(double bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        while (bytes >= 1000 && unit < units.length - 1) {
            bytes /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, bytes < 10 && unit > 0 ? "%,.1f %s" : "%,.0f %s", bytes, units[unit]);
    }

    /** So many entries fit into every heap. */
    private static final int SMALL = 10_000;

    private static double[] allocate(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > SMALL) {
            checkSize(rows, columns);
        }
        try {
            return new double[rows * columns];
        } catch (OutOfMemoryError e) {
            // What is free is known only by trying; nothing was allocated, so Java goes on as before.
            throw noRoom(rows, columns);
        }
    }

    private static IllegalArgumentException noRoom(int rows, int columns) {
        return new IllegalArgumentException("a matrix of " + shape(rows, columns) + " needs "
                + memory(8.0 * rows * columns) + ", and of the "
                + memory(Runtime.getRuntime().maxMemory())
                + " that this Java may use too little is free; make it smaller, let go of another (w = null;), or "
                + Memory.more());
    }

    private void requireOperand(String sign, Matrix other) {
        require(
                other != null,
                () -> label("A") + " " + sign + " null: what stands right of " + sign
                        + " is null; did the cell that declares it fail?");
    }

    private Matrix combine(String sign, Matrix other, DoubleBinaryOperator operation) {
        requireOperand(sign, other);
        if (rows != other.rows || columns != other.columns) {
            Operand a = Operand.of(this, "A");
            Operand b = Operand.of(other, "B");
            throw ShapeException.of(
                    a + " " + sign + " " + b + " does not fit",
                    Boxes.alike(a, sign, b),
                    Fact.of(a),
                    Fact.of(b),
                    Fact.rule("both must have the same shape"),
                    Fitting.entryByEntry(a, sign, b));
        }
        double[] result = allocate(rows, columns);
        if (transposed == other.transposed) {
            Parts.of(result.length, (from, to) -> {
                for (int i = from; i < to; i++) {
                    result[i] = operation.applyAsDouble(entries[i], other.entries[i]);
                }
            });
            return new Matrix(rows, columns, result, transposed, null);
        }
        for (int i = 0; i < rows; i++) {
            Parts.stopIfInterrupted();
            for (int j = 0; j < columns; j++) {
                result[i * columns + j] =
                        operation.applyAsDouble(entries[index(i, j)], other.entries[other.index(i, j)]);
            }
        }
        return new Matrix(rows, columns, result);
    }

    private int index(int row, int column) {
        return transposed ? column * rows + row : row * columns + column;
    }

    private void checkRow(String method, int row) {
        checkIndex(method, "row", row, rows);
    }

    private void checkColumn(String method, int column) {
        checkIndex(method, "column", column, columns);
    }

    private void checkRange(String method, String axis, int from, int to, int count) {
        String call = method + "(" + from + ", " + to + ")";
        require(
                from < to || from < 0,
                () -> label("matrix") + "." + call + " has no " + axis + ": the first is " + from + ", and " + to
                        + ", the end, is left out");
        checkIndex(call, axis, from, count);
        checkIndex(call, axis, to - 1, count);
    }

    private void checkIndex(String method, String axis, int index, int count) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(label("matrix") + "." + method + ": there is no " + axis + " " + index
                    + "; " + label("the matrix") + " is " + shape() + ", and in Java its " + axis + "s count from 0 to "
                    + (count - 1));
        }
    }

    private static void require(boolean condition, String message) {
        require(condition, () -> message);
    }

    private static void require(boolean condition, Supplier<String> message) {
        if (!condition) {
            throw new IllegalArgumentException(message.get());
        }
    }
}
