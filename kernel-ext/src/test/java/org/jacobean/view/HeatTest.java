package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeatTest {

    /** The colour of the text on every ground: #111. */
    private static final double INK = luminance(0x11, 0x11, 0x11);

    @Test
    void theStrongerTheLarger() {
        assertEquals("#f4a552", Heat.of(2, 2));
        assertEquals("#fad2a9", Heat.of(1, 2));
        assertEquals("#76b2e2", Heat.of(-2, 2));
        assertEquals("#f4a552", Heat.of(Double.POSITIVE_INFINITY, 2));
        assertEquals("#e6c8f0", Heat.of(Double.NaN, 2));
        assertNull(Heat.of(-0.0, 2));
    }

    /** The ratio of WCAG 2.2, section 1.4.6, which asks for 7. */
    @Test
    void textIsEasilyReadOnEveryGround() {
        for (double value : new double[] {-1, -0.5, 1e-300, 0.5, 1, Double.NaN}) {
            int rgb = Integer.parseInt(Heat.of(value, 1).substring(1), 16);
            double contrast = (luminance(rgb >> 16, rgb >> 8 & 255, rgb & 255) + 0.05) / (INK + 0.05);
            assertTrue(contrast > 7, value + ": " + contrast);
        }
    }

    private static double luminance(int red, int green, int blue) {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
