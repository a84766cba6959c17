package org.jacobean.view;

import java.util.Locale;

/**
 * Colours of numbers around zero: orange above, blue below, the stronger the larger. The two stay apart for every kind of
 * colour blindness, and black text on the strongest still has a contrast above 7 : 1. A 0 has the colours of the page.
 */
final class Heat {

    private static final int[] ABOVE = {244, 165, 82};
    private static final int[] BELOW = {118, 178, 226};
    private static final String NOT_A_NUMBER = "#e6c8f0";

    private Heat() {}

    /**
     * The ground of {@code value}, or null for a 0.
     *
     * @param largest the magnitude whose colour is the strongest
     */
    static String of(double value, double largest) {
        if (Double.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        if (value == 0) {
            return null;
        }
        double strength = Math.min(1, Math.abs(value) / largest);
        int[] full = value > 0 ? ABOVE : BELOW;
        return String.format(
                Locale.ROOT, "#%02x%02x%02x", mix(full[0], strength), mix(full[1], strength), mix(full[2], strength));
    }

    private static int mix(int full, double strength) {
        return (int) Math.round(255 + strength * (full - 255));
    }
}
