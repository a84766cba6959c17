package org.jacobean.explain;

import java.math.BigDecimal;
import java.math.MathContext;

/** The numbers from {@code least} to {@code most}, such as the factors by which two matrices can be told to differ. */
record Range(double least, double most) {

    static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Those that are from {@code a} to {@code b} too, or from {@code b} to {@code a}. */
    Range and(double a, double b) {
        return new Range(Math.max(least, Math.min(a, b)), Math.min(most, Math.max(a, b)));
    }

    boolean isEmpty() {
        return !(least <= most);
    }

    boolean isFinite() {
        return Double.isFinite(least) && Double.isFinite(most);
    }

    boolean has(double a) {
        return least <= a && a <= most;
    }

    double middle() {
        return least / 2 + most / 2;
    }

    Range negative() {
        return new Range(-most, -least);
    }

    /** Its number with the fewest digits. */
    @Override
    public String toString() {
        BigDecimal middle = new BigDecimal(middle());
        BigDecimal shortest = middle;
        for (int digits = 17;
                digits > 0 && has(middle.round(new MathContext(digits)).doubleValue());
                digits--) {
            shortest = middle.round(new MathContext(digits));
        }
        BigDecimal stripped = shortest.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        return exponent < -4 || exponent > 7
                ? stripped.toString().replace("E+", "e").replace('E', 'e')
                : stripped.toPlainString();
    }
}
