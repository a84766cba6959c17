package org.jacobean.view;

import java.util.Locale;
import org.jacobean.matrix.Matrix;

/**
 * What a matrix is like, in one line: {@code 3 × 2, norm 0.9539, min -0.5, max 0.6, 1 zero}.
 *
 * <p>norm = √(Σ a²) over all entries, so NaN where one of them is; min and max leave NaN out.
 */
final class Summary {

    private final Matrix matrix;
    private double norm;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double largest;
    private long zeros;
    private long nans;
    private long positiveInfinities;
    private long negativeInfinities;

    private Summary(Matrix matrix) {
        this.matrix = matrix;
    }

    static Summary of(Matrix matrix) {
        Summary summary = new Summary(matrix);
        matrix.stream().forEach(summary::add);
        boolean safe = summary.squares > 1e-280 && summary.squares < Double.POSITIVE_INFINITY;
        summary.norm = safe ? Math.sqrt(summary.squares) : norm(matrix, summary.largest);
        return summary;
    }

    private void add(double a) {
        squares += a * a;
        if (Double.isNaN(a)) {
            nans++;
            return;
        }
        min = Math.min(min, a);
        max = Math.max(max, a);
        if (a == 0) {
            zeros++;
        } else if (a == Double.POSITIVE_INFINITY) {
            positiveInfinities++;
        } else if (a == Double.NEGATIVE_INFINITY) {
            negativeInfinities++;
        } else {
            largest = Math.max(largest, Math.abs(a));
        }
    }

    /** Where squares overflow, vanish or are NaN: scaled by the largest number. */
    private static double norm(Matrix matrix, double largest) {
        double unit = largest == 0 ? 1 : largest;
        return unit
                * Math.sqrt(matrix.stream().map(a -> (a / unit) * (a / unit)).sum());
    }

    double norm() {
        return norm;
    }

    /** The smallest entry; NaN where all are. */
    double min() {
        return min <= max ? min : Double.NaN;
    }

    double max() {
        return min <= max ? max : Double.NaN;
    }

    /** The largest finite magnitude: where the colours are strongest. */
    double largest() {
        return largest;
    }

    String line(int significant) {
        StringBuilder line =
                new StringBuilder(matrix.shape()).append(", norm ").append(Digits.alone(norm, significant));
        if (min <= max) {
            line.append(", min ")
                    .append(Digits.alone(min, significant))
                    .append(", max ")
                    .append(Digits.alone(max, significant));
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
