package org.jacobean.view;

import org.jacobean.matrix.Matrix;

/**
 * How many of a matrix's finite numbers are in each of up to some twenty bins of one width; a bin holds its lower end and not
 * its upper. Whole numbers have bins of whole numbers.
 *
 * @param first the lower end of the first bin
 */
record Histogram(Matrix matrix, Summary summary, double first, double width, long[] counts) {

    private static final int MOST = 20;

    static Histogram of(Matrix matrix) {
        Summary summary = Summary.of(matrix);
        double min = matrix.stream().filter(Double::isFinite).min().orElse(0);
        double max = matrix.stream().filter(Double::isFinite).max().orElse(0);
        double bins = Math.min(MOST, 2 * Math.sqrt(matrix.rows() * (double) matrix.columns()));
        double width = round(max / bins - min / bins);
        if (width < 1 && matrix.stream().filter(Double::isFinite).allMatch(a -> a == Math.rint(a))) {
            width = 1;
        }
        // All numbers are one: its bin is as wide as makes a difference to a double.
        if (width == 0 || min + width == min) {
            width = min == 0 ? 1 : round(Math.abs(min) / 10);
        }
        double first = Math.floor(min / width) * width;
        long[] counts = new long[(int) Math.min(MOST + 2, Math.floor((max - first) / width) + 1)];
        double step = width;
        matrix.stream()
                .filter(Double::isFinite)
                .forEach(a -> counts[(int) Math.max(0, Math.min(counts.length - 1, Math.floor((a - first) / step)))]++);
        return new Histogram(matrix, summary, first, width, counts);
    }

    /** The lower end of bin {@code k}; of the one behind the last, the upper end of the last. */
    double end(int k) {
        return first + k * width;
    }

    /** The next number upward of 1, 2 or 5 and zeros. */
    private static double round(double width) {
        if (width == 0) {
            return 0;
        }
        double power = Math.pow(10, Math.floor(Math.log10(width)));
        for (double digit : new double[] {1, 2, 5}) {
            if (digit * power >= width) {
                return digit * power;
            }
        }
        return 10 * power;
    }
}
