package org.jacobean.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jacobean.matrix.Matrix;

/**
 * How many of a matrix's finite numbers are in each of up to some twenty bins of one width; a bin holds its lower end and
 * not its upper. Whole numbers have bins of whole numbers.
 *
 * @param ends from the lower end of the first bin to the upper end of the last: multiples of the width, each the double
 *     nearest to its decimals, and none infinite
 */
record Histogram(Summary summary, double[] ends, long[] counts) {

    private static final int MOST = 20;

    static Histogram of(Matrix matrix) {
        double min = matrix.stream().filter(Double::isFinite).min().orElse(0);
        double max = matrix.stream().filter(Double::isFinite).max().orElse(0);
        double bins = Math.min(MOST, 2 * Math.sqrt(matrix.rows() * (double) matrix.columns()));
        double width = max / bins - min / bins;
        boolean whole = matrix.stream().filter(Double::isFinite).allMatch(a -> a == Math.rint(a));
        double[] ends = ends(min, max, whole && width < 1 ? BigDecimal.ONE : width(width, min, max));
        long[] counts = new long[ends.length - 1];
        matrix.forEach(a -> {
            if (Double.isFinite(a)) {
                int end = Arrays.binarySearch(ends, a + 0.0); // no −0, which it takes for less than 0
                counts[Math.min(counts.length - 1, end >= 0 ? end : -end - 2)]++;
            }
        });
        return new Histogram(Summary.of(matrix), ends, counts);
    }

    /** Where all numbers are one, or nearly so, its bin is as wide as makes a difference to a double. */
    private static BigDecimal width(double width, double min, double max) {
        double largest = Math.max(Math.abs(min), Math.abs(max));
        return width >= Double.MIN_NORMAL && largest + width != largest
                ? round(width)
                : largest / 10 >= Double.MIN_NORMAL ? round(largest / 10) : BigDecimal.ONE;
    }

    /** The next number upward of 1, 2 or 5 and zeros. */
    private static BigDecimal round(double width) {
        int exponent = (int) Math.floor(Math.log10(width));
        for (int digit : new int[] {1, 2, 5}) {
            BigDecimal rounded = BigDecimal.valueOf(digit, -exponent);
            if (rounded.doubleValue() >= width) {
                return rounded;
            }
        }
        return BigDecimal.valueOf(1, -exponent - 1);
    }

    private static double[] ends(double min, double max, BigDecimal width) {
        BigDecimal first = new BigDecimal(min).divide(width, 0, RoundingMode.FLOOR);
        BigDecimal last = new BigDecimal(max).divide(width, 0, RoundingMode.FLOOR);
        double[] ends = new double[last.subtract(first).intValueExact() + 2];
        for (int k = 0; k < ends.length; k++) {
            double end = first.add(BigDecimal.valueOf(k)).multiply(width).doubleValue();
            ends[k] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, end));
        }
        return ends;
    }
}
