package org.jacobean.explain;

import org.jacobean.matrix.Matrix;

/**
 * With how many decimals numbers are given: the smallest number of places, up to 8, that holds every one of them, such as
 * the 4 that PyTorch prints. What was rounded to k places is off by up to {@code half}, 10⁻ᵏ/2.
 *
 * @param half 0 where numbers are given in full, or with so few digits that they say little: above 1% of their size
 */
record Decimals(int places, double half) {

    private static final int MOST = 8;
    private static final double COARSE = 0.01;
    /** Two roundings: of the decimal number to a double, and of its product with 10ᵏ. */
    private static final double ROUNDING = Math.scalb(1, -51);

    private static final Decimals ALL = new Decimals(MOST, 0);

    /** @param size the root mean square of {@code numbers} */
    static Decimals of(Matrix numbers, double size) {
        for (int places = 0; places <= MOST; places++) {
            double unit = Math.pow(10, places);
            if (numbers.stream().allMatch(a -> isWhole(a * unit))) {
                double half = 0.5 / unit;
                return half <= COARSE * size ? new Decimals(places, half) : ALL;
            }
        }
        return ALL;
    }

    private static boolean isWhole(double a) {
        return !Double.isFinite(a) || Math.abs(a - Math.rint(a)) <= ROUNDING * Math.abs(a);
    }

    boolean areFew() {
        return half > 0;
    }

    /** {@code 4 decimals}. */
    @Override
    public String toString() {
        return places == 0 ? "whole numbers" : places == 1 ? "1 decimal" : places + " decimals";
    }
}
