package org.jacobean.explain;

import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/**
 * A [p × q] of which single elements can be had before all of them are computed: of a hundred products that nobody
 * meant, most are told from the numbers in question by their first element.
 *
 * <p>Operands that do not fit give {@link #NONE}, which has no shape and so is like no matrix.
 */
final class Lazy {

    static final Lazy NONE = new Lazy(0, 0, (i, j) -> Double.NaN, () -> Lazy.NONE);

    interface Element {
        double at(int i, int j);
    }

    private interface Operation {
        double of(double a, double b);
    }

    private final int rows;
    private final int columns;
    private final Element element;
    /** The same numbers, each of them at hand; null where they are already. */
    private final Supplier<Lazy> whole;
    /** The matrix that this is; null where it is none yet. */
    private final Matrix matrix;

    private Lazy(int rows, int columns, Element element, Supplier<Lazy> whole, Matrix matrix) {
        this.rows = rows;
        this.columns = columns;
        this.element = element;
        this.whole = whole;
        this.matrix = matrix;
    }

    private Lazy(int rows, int columns, Element element, Supplier<Lazy> whole) {
        this(rows, columns, element, whole, null);
    }

    static Lazy of(Matrix a) {
        return new Lazy(a.rows(), a.columns(), a::get, null, a);
    }

    static Lazy of(int rows, int columns, Element element) {
        return new Lazy(rows, columns, element, null);
    }

    /** Numbers that are computed, all of them, once the first is asked for. */
    static Lazy of(int rows, int columns, Supplier<Matrix> numbers) {
        Matrix[] computed = new Matrix[1];
        Supplier<Lazy> once = () -> {
            computed[0] = computed[0] == null ? numbers.get() : computed[0];
            return of(computed[0]);
        };
        return new Lazy(rows, columns, (i, j) -> once.get().at(i, j), once);
    }

    boolean hasShapeOf(Matrix a) {
        return rows == a.rows() && columns == a.columns();
    }

    double at(int i, int j) {
        return element.at(i, j);
    }

    Lazy whole() {
        return whole == null ? this : whole.get();
    }

    Matrix matrix() {
        if (matrix != null) {
            return matrix;
        }
        double[][] entries = new double[rows][columns];
        Lazy its = whole();
        for (int i = 0; i < rows; i++) {
            stopIfInterrupted();
            for (int j = 0; j < columns; j++) {
                entries[i][j] = its.at(i, j);
            }
        }
        return Matrix.of(entries);
    }

    /** Aᵀ. */
    Lazy transpose() {
        return matrix != null
                ? of(matrix.transpose())
                : new Lazy(columns, rows, (i, j) -> at(j, i), whole == null ? null : () -> whole().transpose());
    }

    /** A·B, or {@link #NONE}. */
    Lazy times(Lazy b) {
        if (this == NONE || columns != b.rows) {
            return NONE;
        }
        return new Lazy(
                rows,
                b.columns,
                (i, j) -> {
                    double sum = 0;
                    for (int k = 0; k < columns; k++) {
                        sum += at(i, k) * b.at(k, j);
                    }
                    return sum;
                },
                () -> of(matrix().times(b.matrix())));
    }

    /** A∘B, where a single row or column is repeated to fit as NumPy would; or {@link #NONE}. */
    Lazy hadamard(Lazy b) {
        return combine(b, (x, y) -> x * y);
    }

    /** A∘[B > 0], or with another condition on B; or {@link #NONE}. */
    Lazy where(Lazy b, DoublePredicate condition) {
        return combine(b, (x, y) -> condition.test(y) ? x : 0);
    }

    /** A − B, repeated and fitted like {@link #hadamard}. */
    Lazy minus(Lazy b) {
        return combine(b, (x, y) -> x - y);
    }

    /** A + B, repeated and fitted likewise. */
    Lazy plus(Lazy b) {
        return combine(b, (x, y) -> x + y);
    }

    /** c·A. */
    Lazy scale(double factor) {
        return map(a -> factor * a);
    }

    /** A + c in every element. */
    Lazy plus(double constant) {
        return map(a -> a + constant);
    }

    private Lazy map(DoubleUnaryOperator function) {
        return new Lazy(
                rows,
                columns,
                (i, j) -> function.applyAsDouble(at(i, j)),
                whole == null ? null : () -> whole().map(function));
    }

    private Lazy combine(Lazy b, Operation operation) {
        if (!fit(rows, b.rows) || !fit(columns, b.columns)) {
            return NONE;
        }
        return new Lazy(
                Math.max(rows, b.rows),
                Math.max(columns, b.columns),
                (i, j) -> operation.of(repeated(i, j), b.repeated(i, j)),
                whole == null && b.whole == null ? null : () -> whole().combine(b.whole(), operation));
    }

    private double repeated(int i, int j) {
        return at(rows == 1 ? 0 : i, columns == 1 ? 0 : j);
    }

    private static boolean fit(int a, int b) {
        return a > 0 && b > 0 && (a == b || a == 1 || b == 1);
    }

    /** Σ over i of A[i,j], [1 × q]. */
    Lazy columnSums() {
        if (this == NONE) {
            return NONE;
        }
        return new Lazy(1, columns, (i, j) -> sum(j), () -> {
            Lazy its = whole();
            double[] sums = new double[columns];
            for (int k = 0; k < rows; k++) {
                stopIfInterrupted();
                for (int j = 0; j < columns; j++) {
                    sums[j] += its.at(k, j);
                }
            }
            return of(1, columns, (i, j) -> sums[j]);
        });
    }

    private double sum(int j) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += at(i, j);
        }
        return sum;
    }

    /** The one row of this in each of {@code count} rows. */
    Lazy inEveryRow(int count) {
        return combine(of(count, 1, (i, j) -> 0), (x, y) -> x);
    }

    /** The one column of this in each of {@code count} columns. */
    Lazy inEveryColumn(int count) {
        return transpose().inEveryRow(count).transpose();
    }

    /** Row r alone, [1 × q]. */
    Lazy row(int r) {
        return rows(1, i -> r);
    }

    /** All rows but row r; {@link #NONE} where it is the only one. */
    Lazy withoutRow(int r) {
        return rows <= 1 ? NONE : rows(rows - 1, i -> i < r ? i : i + 1);
    }

    /** With rows r and s exchanged. */
    Lazy exchanged(int r, int s) {
        return rows(rows, i -> i == r ? s : i == s ? r : i);
    }

    /** The rows going round: in the place of each the one {@code by} behind it. */
    Lazy rolled(int by) {
        return rows(rows, i -> Math.floorMod(i + by, rows));
    }

    Lazy rows(int from, int to) {
        return rows(to - from, i -> from + i);
    }

    private Lazy rows(int count, IntUnaryOperator from) {
        return new Lazy(
                count,
                columns,
                (i, j) -> at(from.applyAsInt(i), j),
                whole == null ? null : () -> whole().rows(count, from));
    }

    /** The same numbers, read row by row, in the shape of {@code a}; {@link #NONE} where they are more or fewer. */
    Lazy inShapeOf(Matrix a) {
        return (long) rows * columns != (long) a.rows() * a.columns()
                ? NONE
                : new Lazy(
                        a.rows(),
                        a.columns(),
                        (i, j) -> {
                            long k = (long) i * a.columns() + j;
                            return at((int) (k / columns), (int) (k % columns));
                        },
                        whole == null ? null : () -> whole().inShapeOf(a));
    }

    static void stopIfInterrupted() {
        Interrupts.check("the diagnosis");
    }
}
