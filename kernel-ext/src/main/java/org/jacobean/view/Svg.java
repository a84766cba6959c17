package org.jacobean.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jacobean.matrix.Visible;

/**
 * An SVG in the making: a light opaque panel with a title and a description for those who hear it, and what is drawn on it.
 */
final class Svg {

    /** Of small print. */
    static final int SMALL = 11;

    static final int NORMAL = 13;
    static final String INK = "#222222";
    static final String FAINT = "#595959";

    /** A name, and so a description, may be of any length. */
    private static final int LONGEST = 1000;

    /** Widths of letters go from a third to one of the font's size; most are narrower than this. */
    private static final double LETTER = 0.62;

    private final StringBuilder body = new StringBuilder();

    /** Adds elements as they stand. */
    Svg add(String element) {
        body.append('\n').append(element);
        return this;
    }

    /** Adds a line of text, cut with … where it would be wider than {@code width}; what was cut is its title. */
    Svg text(double x, double y, int size, String anchor, String color, double width, String text) {
        String clean = HtmlLowering.cut(Visible.of(text), LONGEST);
        String cut = elided(clean, size, width);
        return add("<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + size + "\""
                + (anchor.equals("start") ? "" : " text-anchor=\"" + anchor + "\"") + " fill=\"" + color + "\">"
                + (cut.equals(clean) ? "" : "<title>" + escaped(clean) + "</title>") + escaped(cut) + "</text>");
    }

    String of(double width, double height, String title, String description) {
        return panel(width, height, title, description)
                + "\n<rect width=\"" + number(width) + "\" height=\"" + number(height) + "\" fill=\"#ffffff\"/>"
                + body + "\n</svg>";
    }

    /** The root element's start, with the names by which it is known to those who do not see it. */
    static String panel(double width, double height, String title, String description) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" + number(height)
                + "\" viewBox=\"0 0 " + number(width) + " " + number(height)
                + "\" role=\"img\" font-family=\"sans-serif\">"
                + "\n<title>" + escaped(title) + "</title>"
                + "\n<desc>" + escaped(description) + "</desc>";
    }

    /** About how wide a text is; Chinese letters and the like count twice. */
    static double width(String text, int size) {
        return text.codePoints().mapToDouble(c -> c >= 0x1100 ? 1.1 : LETTER).sum() * size;
    }

    static String elided(String text, int size, double width) {
        if (width(text, size) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…", size) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /** A coordinate, to a hundredth. */
    static String number(double value) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    static String color(int red, int green, int blue) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    /** Cut with … where it is long. */
    static String escaped(String text) {
        return HtmlLowering.escape(HtmlLowering.cut(text, LONGEST));
    }
}
