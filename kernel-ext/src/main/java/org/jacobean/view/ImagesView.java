package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;
import org.jacobean.view.Display.Limits;

/** Pictures in rows and columns, with their captions and the scale: as an SVG, and shaded with characters. */
final class ImagesView {

    private static final int MOST = 60;
    private static final int MOST_TEXT_LINES = 60;
    private static final int LONGEST_SVG = 90_000;

    /** Of one picture as it is drawn; a larger one is drawn smaller. */
    private static final int MOST_PIXELS = 9_000;

    private static final int LONGEST_SIDE = 340;

    private static final int PANEL = 760;

    /** Room for the shades with the number before them. */
    private static final int SCALE = 250;

    private static final int MARGIN = 12;
    private static final int GAP = 12;
    private static final int SIDE = 72;
    private static final int WIDEST_CAPTION = 130;
    private static final int WIDEST_TEXT_CAPTION = 16;

    /** From white to the strongest. */
    private static final int SHADES = 16;

    private static final int[] BLACK = {0, 0, 0};

    /** The ends of ColorBrewer's RdBu, whose white middle is 0: told apart with every kind of colour blindness. */
    private static final int[] RED = {178, 24, 43};

    private static final int[] BLUE = {33, 102, 172};
    private static final String WHITE = "#ffffff";
    private static final String NOT_FINITE = "#ffd500";

    private final Images images;
    private final Matrix matrix;
    private final boolean signed;
    private final double largest;
    private final int digits;

    private ImagesView(Images images, Limits limits) {
        this.images = images;
        this.matrix = images.matrix();
        this.signed = matrix.stream().anyMatch(a -> a < 0 && Double.isFinite(a));
        this.largest = Summary.of(matrix).largest();
        this.digits = limits.digits();
    }

    static Picture of(Images images, Limits limits) {
        ImagesView view = new ImagesView(images, limits);
        return new Picture(view.text(), view.svg());
    }

    /** Picture {@code i}, where {@code down} × {@code across} pixels are one: their mean. */
    private double[][] pixels(int i, int down, int across) {
        double[][] pixels = new double[parts(images.height(), down)][parts(images.width(), across)];
        for (int r = 0; r < images.height(); r++) {
            Interrupts.check("the picture");
            for (int c = 0; c < images.width(); c++) {
                // At the lower and the right edge there may be fewer. Divided first, no sum overflows.
                double count = (double) Math.min(down, images.height() - r / down * down)
                        * Math.min(across, images.width() - c / across * across);
                pixels[r / down][c / across] += matrix.get(i, r * images.width() + c) / count;
            }
        }
        return pixels;
    }

    /** How many parts of {@code most} there are, the last of them what is left. */
    private static int parts(long count, int most) {
        return (int) ((count + most - 1) / most);
    }

    private String title(int shown) {
        return images + (shown == matrix.rows() ? "" : String.format(Locale.ROOT, ", the first %,d", shown));
    }

    /** {@code , × 3 NaN, + 1 +∞}, with the marks by which they are shown. */
    private String notFinite(String nan, String plus, String minus) {
        return counted(matrix.stream().filter(Double::isNaN).count(), nan + " %,d NaN")
                + counted(
                        matrix.stream()
                                .filter(a -> a == Double.POSITIVE_INFINITY)
                                .count(),
                        plus + " %,d +∞")
                + counted(
                        matrix.stream()
                                .filter(a -> a == Double.NEGATIVE_INFINITY)
                                .count(),
                        minus + " %,d -∞");
    }

    private static String counted(long count, String said) {
        return count == 0 ? "" : ", " + String.format(Locale.ROOT, said, count);
    }

    private String number(double value) {
        return Digits.alone(value, digits);
    }

    // SVG

    private String svg() {
        int step = (int) Math.ceil(Math.max(
                Math.sqrt((double) images.height() * images.width() / MOST_PIXELS),
                (double) Math.max(images.height(), images.width()) / LONGEST_SIDE));
        int rows = parts(images.height(), step);
        int columns = parts(images.width(), step);
        int scale = Math.max(2, Math.round((float) SIDE / Math.max(rows, columns)));
        List<String> pictures = new ArrayList<>();
        int length = 0;
        for (int i = 0; i < Math.min(MOST, matrix.rows()); i++) {
            String picture = picture(pixels(i, step, step), scale);
            length += picture.length();
            if (length > LONGEST_SVG && i > 0) {
                break;
            }
            pictures.add(picture);
        }
        int shown = pictures.size();
        double widest = 0;
        for (int i = 0; i < shown; i++) {
            widest = Math.max(widest, Svg.width(images.caption(i), Svg.SMALL));
        }
        double cell = Math.max(columns * scale, Math.min(WIDEST_CAPTION, widest));
        int across = (int) Math.max(1, Math.min(shown, (PANEL - 2 * MARGIN + GAP) / (cell + GAP)));
        String said = number(largest)
                + notFinite("×", "+", "−")
                + (step == 1 ? "" : ", each pixel the mean of " + step + " × " + step);
        double width = Math.max(
                2 * MARGIN + across * (cell + GAP) - GAP,
                Math.max(SCALE + Svg.width(said, Svg.SMALL), 2 * MARGIN + Svg.width(title(shown), Svg.NORMAL)));
        Svg svg = new Svg();
        String title = title(shown);
        svg.text(MARGIN, MARGIN + 12, Svg.NORMAL, "start", Svg.INK, width - 2 * MARGIN, title);
        double top = MARGIN + 26;
        double height = rows * scale + 18 + GAP;
        for (int i = 0; i < shown; i++) {
            double x = MARGIN + i % across * (cell + GAP);
            double y = top + i / across * height;
            svg.add("<g transform=\"translate(" + Svg.number(x + (cell - columns * scale) / 2) + " " + Svg.number(y)
                    + ")scale(" + scale + ")\">" + pictures.get(i) + "</g>");
            svg.text(x + cell / 2, y + rows * scale + 14, Svg.SMALL, "middle", Svg.INK, cell, images.caption(i));
        }
        double bottom = top + parts(shown, across) * height;
        scale(svg, bottom, width, said);
        return svg.of(
                width,
                bottom + 12 + MARGIN,
                title,
                (signed ? "blue " + number(-largest) + ", white 0, red " : "white 0, black ") + said);
    }

    /** Pixels of one colour beside one another are one stroke, all strokes of a colour one path. */
    private String picture(double[][] pixels, int scale) {
        Map<String, StringBuilder> strokes = new TreeMap<>();
        StringBuilder marks = new StringBuilder();
        for (int r = 0; r < pixels.length; r++) {
            int end;
            for (int c = 0; c < pixels[r].length; c = end) {
                String color = color(pixels[r][c]);
                end = c + 1;
                while (end < pixels[r].length && color.equals(color(pixels[r][end]))) {
                    end++;
                }
                if (!color.equals(WHITE)) {
                    strokes.computeIfAbsent(color, k -> new StringBuilder())
                            .append("M" + c + " " + r + "h" + (end - c));
                }
                for (int k = c; k < end && color.equals(NOT_FINITE); k++) {
                    marks.append(mark(pixels[r][k], r, k));
                }
            }
        }
        StringBuilder picture =
                new StringBuilder("<path fill=\"#ffffff\" stroke=\"#999999\" stroke-width=\"" + Svg.number(1.0 / scale)
                        + "\" d=\"M0 0h" + pixels[0].length + "v" + pixels.length + "h-" + pixels[0].length + "z\"/>");
        if (!strokes.isEmpty()) {
            picture.append("<g transform=\"translate(0 .5)\" shape-rendering=\"crispEdges\">");
            strokes.forEach((color, path) -> picture.append("<path stroke=\"" + color + "\" d=\"")
                    .append(path)
                    .append("\"/>"));
            picture.append("</g>");
        }
        return picture + (marks.isEmpty() ? "" : "<path stroke=\"#000000\" stroke-width=\".15\" d=\"" + marks + "\"/>");
    }

    /** × for NaN, + and − for the infinities. */
    private static String mark(double value, int row, int column) {
        return Double.isNaN(value)
                ? "M" + column + ".2 " + row + ".2l.6 .6m0-.6l-.6 .6"
                : "M" + column + ".2 " + row + ".5h.6" + (value > 0 ? "m-.3-.3v.6" : "");
    }

    private String color(double value) {
        if (!Double.isFinite(value)) {
            return NOT_FINITE;
        } else if (value == 0) {
            return WHITE;
        }
        // What is not 0 is never quite white.
        double strength = Math.max(1, Math.rint(SHADES * (Math.abs(value) / largest))) / SHADES;
        int[] full = !signed ? BLACK : value < 0 ? BLUE : RED;
        return Svg.color(mix(full[0], strength), mix(full[1], strength), mix(full[2], strength));
    }

    private static int mix(int full, double strength) {
        return (int) Math.round(255 + strength * (full - 255));
    }

    /** All shades beside one another, between the numbers at the ends. */
    private void scale(Svg svg, double y, double width, String said) {
        String low = signed ? number(-largest) : "0";
        double x = MARGIN + Svg.width(low, Svg.SMALL) + 4;
        int shades = signed ? 2 * SHADES + 1 : SHADES + 1;
        int each = signed ? 4 : 8;
        StringBuilder bar = new StringBuilder("<g transform=\"translate(" + Svg.number(x) + " " + Svg.number(y)
                + ")\" shape-rendering=\"crispEdges\">");
        for (int s = 0; s < shades; s++) {
            bar.append("<path fill=\"" + color((s - shades + 1 + SHADES) * (largest / SHADES)) + "\" d=\"M" + s * each
                    + " 0h" + each + "v12h-" + each + "z\"/>");
        }
        svg.text(MARGIN, y + 10, Svg.SMALL, "start", Svg.INK, width, low)
                .add(bar + "<path fill=\"none\" stroke=\"#999999\" d=\"M0 0h" + shades * each + "v12h-" + shades * each
                        + "z\"/></g>")
                .text(
                        x + shades * each + 6,
                        y + 10,
                        Svg.SMALL,
                        "start",
                        Svg.INK,
                        width - x - shades * each - MARGIN,
                        said);
    }

    // Text

    /**
     * A small picture has two characters for a pixel, a larger one a character for two pixels below one another; of one that
     * has no room so many more pixels are one character.
     */
    private String text() {
        int wide = images.width() <= TextLowering.WIDTH / 4 ? 2 : 1;
        int across = Math.max(
                parts(images.width() * wide, TextLowering.WIDTH),
                parts((long) images.height() * wide, 2 * (MOST_TEXT_LINES - 2)));
        int down = wide == 2 ? across : 2 * across;
        int widest = 0;
        for (int i = 0; i < Math.min(MOST, matrix.rows()); i++) {
            widest = Math.max(widest, Visible.of(images.caption(i)).length());
        }
        int cell = Math.max(parts(images.width(), across) * wide, Math.min(widest, WIDEST_TEXT_CAPTION));
        int beside = Math.max(1, (TextLowering.WIDTH + 2) / (cell + 2));
        int height = parts(images.height(), down) + 2;
        int shown = Math.min(Math.min(MOST, matrix.rows()), beside * Math.max(1, MOST_TEXT_LINES / height));
        StringBuilder text = new StringBuilder(HtmlLowering.cut(title(shown), TextLowering.WIDTH));
        for (int first = 0; first < shown; first += beside) {
            List<StringBuilder> lines = new ArrayList<>();
            for (int r = 0; r < height - 1; r++) {
                lines.add(new StringBuilder());
            }
            for (int i = first; i < Math.min(shown, first + beside); i++) {
                double[][] pixels = pixels(i, down, across);
                for (int r = 0; r < pixels.length; r++) {
                    StringBuilder line = new StringBuilder();
                    for (double pixel : pixels[r]) {
                        line.append(String.valueOf(character(pixel)).repeat(wide));
                    }
                    add(lines.get(r), line.toString(), cell);
                }
                add(lines.get(height - 2), HtmlLowering.cut(Visible.of(images.caption(i)), cell), cell);
            }
            text.append('\n');
            lines.forEach(line -> text.append('\n').append(line.toString().stripTrailing()));
        }
        String key = largest == 0
                ? "all 0"
                : signed
                        ? "# above " + number(largest / 2) + ", + above " + number(largest / 8) + ", - below "
                                + number(-largest / 8) + ", = below " + number(-largest / 2)
                        : "░ ▒ ▓ █ up to " + number(largest / 4) + ", " + number(largest / 2) + ", "
                                + number(largest * 0.75) + ", " + number(largest);
        return text.append("\n\n").append(key).append(notFinite("?", "!", "!")).toString();
    }

    private static void add(StringBuilder line, String part, int width) {
        line.append(part).append(" ".repeat(width - part.codePointCount(0, part.length()) + 2));
    }

    private char character(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? '?' : '!';
        } else if (value == 0) {
            return ' ';
        }
        double part = Math.abs(value) / largest;
        if (!signed) {
            return "░▒▓█".charAt((int) Math.max(0, Math.ceil(4 * part) - 1));
        }
        return part <= 0.125 ? ' ' : value > 0 ? part > 0.5 ? '#' : '+' : part > 0.5 ? '=' : '-';
    }
}
