package org.jacobean.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * One way of writing numbers that stand together: as many decimals for all as give the largest its significant digits.
 *
 * <p>Whole numbers stay whole, and a 0 is just 0, so that what is exactly 0 stands out. Decimals that would be 0 in every
 * number are left off. The smallest number that is not 0 shows a few significant digits too, for which up to three more
 * decimals are spent; where that is not enough, and where the largest is huge or below a ten-thousandth, all are written
 * with a power of ten.
 */
final class Digits {

    private static final int EXTRA_DECIMALS = 3;

    private static final int MOST_EXACT_DECIMALS = 6;

    /** So many decimal digits every double holds. */
    private static final int DIGITS_OF_DOUBLE = 15;

    private final boolean scientific;
    private final int decimals;

    private Digits(boolean scientific, int decimals) {
        this.scientific = scientific;
        this.decimals = decimals;
    }

    /**
     * @param significant digits of the largest
     * @param least significant digits of the smallest that is not 0
     * @param hugeFrom a largest number from which a power of ten is written
     */
    static Digits of(double[] numbers, int significant, int least, double hugeFrom) {
        double[] finite = Arrays.stream(numbers).filter(Double::isFinite).toArray();
        double largest = Arrays.stream(finite).map(Math::abs).max().orElse(0);
        double smallest =
                Arrays.stream(finite).map(Math::abs).filter(a -> a > 0).min().orElse(0);
        if (largest < hugeFrom && Arrays.stream(finite).allMatch(a -> a == Math.rint(a))) {
            return new Digits(false, 0);
        }
        int most = significant - 1 - exponent(largest, significant);
        int needed = smallest == 0 ? 0 : least - 1 - exponent(smallest, least);
        int decimals = Math.max(0, Math.max(most, needed));
        boolean scientific = largest >= hugeFrom
                || exponent(largest, significant) < -4
                || decimals > Math.max(most, 0) + EXTRA_DECIMALS;
        int widest = scientific ? significant - 1 : decimals;
        while (widest > 0 && endsInZero(finite, scientific, widest)) {
            widest--;
        }
        return new Digits(scientific, widest);
    }

    /** The decimals that the numbers have, where those are few and fit into what a double holds; or null. */
    static Digits exact(double[] numbers) {
        double[] finite = Arrays.stream(numbers).filter(Double::isFinite).toArray();
        int decimals = 0;
        int digits = 1;
        for (double number : finite) {
            BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
            decimals = Math.max(decimals, shortest.scale());
            digits = Math.max(digits, shortest.precision() - shortest.scale());
        }
        return decimals <= MOST_EXACT_DECIMALS && digits + decimals <= DIGITS_OF_DOUBLE
                ? new Digits(false, decimals)
                : null;
    }

    /** A number that stands alone. */
    static String alone(double value, int significant) {
        return of(new double[] {value}, significant, 1, 1e7).format(value);
    }

    String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        return format(value, scientific, decimals);
    }

    private static boolean endsInZero(double[] numbers, boolean scientific, int decimals) {
        for (double number : numbers) {
            if (number == 0) {
                continue;
            }
            String text = format(number, scientific, decimals);
            int e = text.indexOf('e');
            if (text.charAt((e < 0 ? text.length() : e) - 1) != '0') {
                return false;
            }
        }
        return true;
    }

    private static String format(double value, boolean scientific, int decimals) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(value);
        if (!scientific) {
            return exact.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        }
        int exponent = exponent(value, decimals + 1);
        return exact.movePointLeft(exponent)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString() + "e" + exponent;
    }

    /** The power of ten of the first digit of {@code value} after it was rounded to {@code significant} digits. */
    private static int exponent(double value, int significant) {
        if (value == 0) {
            return 0;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(significant, RoundingMode.HALF_EVEN));
        return rounded.precision() - rounded.scale() - 1;
    }
}
