package org.jacobean.view;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jacobean.matrix.Matrix;

/**
 * What a matrix, or an array, is like, in one line: {@code 3 × 2, norm 0.9539, min -0.5, max 0.6, 1 zero}.
 *
 * <p>norm = √(Σ a²) over all entries, so NaN where one of them is; min and max leave NaN out. It keeps no matrix.
 */
final class Summary {

    private final String shape;
    private double norm;
    private double squares;
    /** Of the finite ones. */
    private double least = Double.POSITIVE_INFINITY;

    private double most = Double.NEGATIVE_INFINITY;
    private long zeros;
    private long nans;
    private long positiveInfinities;
    private long negativeInfinities;

    private Summary(String shape) {
        this.shape = shape;
    }

    static Summary of(Matrix matrix) {
        return of(matrix.shape(), matrix::forEach);
    }

    /** @param numbers gives each number to whom it is called with, as often as it is called */
    static Summary of(String shape, Consumer<DoubleConsumer> numbers) {
        Summary summary = new Summary(shape);
        numbers.accept(summary::add);
        boolean safe = summary.squares > 1e-280 && summary.squares < Double.POSITIVE_INFINITY;
        summary.norm = safe ? Math.sqrt(summary.squares) : norm(numbers, summary.largest());
        return summary;
    }

    private void add(double a) {
        squares += a * a;
        if (!(Math.abs(a) <= Double.MAX_VALUE)) {
            addNotFinite(a);
            return;
        }
        if (a < least) {
            least = a;
        }
        if (a > most) {
            most = a;
        }
        if (a == 0) {
            zeros++;
        }
    }

    private void addNotFinite(double a) {
        if (Double.isNaN(a)) {
            nans++;
        } else if (a > 0) {
            positiveInfinities++;
        } else {
            negativeInfinities++;
        }
    }

    /** Where squares overflow, vanish or are NaN: scaled by the largest number. */
    private static double norm(Consumer<DoubleConsumer> numbers, double largest) {
        double unit = largest == 0 ? 1 : largest;
        double[] sum = {0};
        numbers.accept(a -> sum[0] += (a / unit) * (a / unit));
        return unit * Math.sqrt(sum[0]);
    }

    String shape() {
        return shape;
    }

    double norm() {
        return norm;
    }

    /** The smallest entry; NaN where all are. */
    double min() {
        return negativeInfinities > 0
                ? Double.NEGATIVE_INFINITY
                : least <= most ? least : positiveInfinities > 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    double max() {
        return positiveInfinities > 0
                ? Double.POSITIVE_INFINITY
                : least <= most ? most : negativeInfinities > 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }

    /** The largest finite magnitude: where the colours are strongest. */
    double largest() {
        return least <= most ? Math.max(Math.abs(least), Math.abs(most)) : 0;
    }

    long zeros() {
        return zeros;
    }

    /** How many are NaN or infinite. */
    long notFinite() {
        return nans + positiveInfinities + negativeInfinities;
    }

    String line(int significant) {
        StringBuilder line = new StringBuilder(shape).append(", norm ").append(Digits.alone(norm, significant));
        if (!Double.isNaN(min())) {
            line.append(", min ")
                    .append(Digits.alone(min(), significant))
                    .append(", max ")
                    .append(Digits.alone(max(), significant));
        }
        count(line, zeros, zeros == 1 ? "zero" : "zeros");
        count(line, nans, "NaN");
        count(line, positiveInfinities, "+∞");
        count(line, negativeInfinities, "-∞");
        return line.toString();
    }

    private static void count(StringBuilder line, long count, String what) {
        if (count > 0) {
            line.append(String.format(Locale.ROOT, ", %,d %s", count, what));
        }
    }
}
