package org.jacobean.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jacobean.matrix.Visible;
import org.jacobean.view.Chart.Line;
import org.jacobean.view.Display.Limits;

/** A chart: lines as characters, with what is to be said of each, and as an SVG. */
final class ChartView {

    /** Of the plot in characters; with its labels it fits a terminal. */
    private static final int COLUMNS = 66;

    private static final int ROWS = 12;
    private static final int BAR = 40;

    /** No double needs more. */
    private static final int MOST_DIGITS = 17;

    /** Of all lines together: a point takes some 13 characters of an SVG. */
    private static final int ALL_STRETCHES = 1300;

    private static final int LONGEST_NAME = 24;
    private static final String MARKS = "*o+x#@%&";

    private ChartView() {}

    static Picture of(Chart chart, Limits limits) {
        int stretches = Math.min(
                Curve.STRETCHES, ALL_STRETCHES / Math.max(1, chart.lines().size()));
        List<Curve> curves = chart.lines().stream()
                .map(line -> Curve.of(line, chart.isLog(), stretches))
                .toList();
        String said = chart.histogram() == null
                ? said(curves, limits)
                : chart.histogram().summary().line(limits.digits());
        if (chart.histogram() == null && curves.stream().allMatch(Curve::isEmpty)) {
            return new Picture(title(chart) + "\nnothing to draw: no point of finite numbers\n" + said, null);
        }
        if (chart.histogram() != null
                && LongStream.of(chart.histogram().counts()).sum() == 0) {
            return new Picture(title(chart) + "\nnothing to count: no finite number\n" + said, null);
        }
        String text = title(chart) + "\n"
                + (chart.histogram() == null ? plot(chart, curves, limits) + "\n" + said : bars(chart, said, limits));
        try {
            return new Picture(text, ChartSvg.of(chart, curves, described(curves, said, limits)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error && !isOfFonts(error)) {
                throw error;
            }
            return new Picture(text + "\n" + without(e.getCause()), null);
        }
    }

    /**
     * Letters are drawn with the machine's fonts, and where there are none Java fails in many ways; one is a plain Error.
     */
    static boolean isOfFonts(Error failure) {
        return failure instanceof LinkageError || failure instanceof InternalError || failure.getClass() == Error.class;
    }

    static String without(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = Visible.of(String.valueOf(cause.getMessage()));
        return "(as text: Java could not draw it here, " + cause.getClass().getSimpleName() + ": "
                + HtmlLowering.cut(message, 100) + "; a picture needs a font, such as the package fonts-dejavu)";
    }

    private static String title(Chart chart) {
        return HtmlLowering.cut(Visible.of(chart.title()), TextLowering.WIDTH);
    }

    /** {@code * loss  min 0.1, max 2.3, last 0.1, 1 NaN}, a line each. */
    private static String said(List<Curve> curves, Limits limits) {
        List<String> names = curves.stream().map(curve -> name(curve.name())).toList();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < curves.size(); k++) {
            String name = names.get(k) + " ".repeat(width - names.get(k).length());
            lines.add(MARKS.charAt(k) + " " + name + "  " + curves.get(k).said(limits.digits()));
        }
        return String.join("\n", lines);
    }

    private static String described(List<Curve> curves, String otherwise, Limits limits) {
        return curves.isEmpty()
                ? otherwise
                : curves.stream()
                        .map(curve -> curve.name() + ": " + curve.said(limits.digits()))
                        .collect(Collectors.joining("; "));
    }

    private static String name(String name) {
        return HtmlLowering.cut(Visible.of(name), LONGEST_NAME);
    }

    private static String plot(Chart chart, List<Curve> curves, Limits limits) {
        Range x = Range.of(curves.stream().map(Curve::x).toList(), false);
        Range y = Range.of(curves.stream().map(Curve::y).toList(), chart.isLog());
        char[][] dots = new char[ROWS][COLUMNS];
        for (char[] row : dots) {
            Arrays.fill(row, ' ');
        }
        for (int k = curves.size() - 1; k >= 0; k--) { // the first stands on top
            draw(dots, curves.get(k), x, y, MARKS.charAt(k));
        }
        String top = Digits.alone(y.max(), limits.digits());
        String bottom = Digits.alone(y.min(), limits.digits());
        int margin = Math.max(top.length(), bottom.length());
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < ROWS; r++) {
            String label = r == 0 ? top : r == ROWS - 1 ? bottom : "";
            if (y.min() == y.max()) { // drawn in the middle
                label = r == ROWS / 2 ? top : "";
            }
            text.append(" ".repeat(margin - label.length()))
                    .append(label)
                    .append(label.isEmpty() ? " │" : " ┤")
                    .append(new String(dots[r]).stripTrailing())
                    .append('\n');
        }
        String first = Digits.alone(x.min(), limits.digits());
        String last = Digits.alone(x.max(), limits.digits());
        String name = name(chart.x());
        if (x.min() == x.max()) {
            name += " = " + first;
            first = "";
            last = "";
        }
        name += chart.isLog() ? ", y logarithmic" : "";
        int room = COLUMNS - first.length() - last.length();
        int before = Math.max(1, (room - name.length()) / 2);
        text.append(" ".repeat(margin + 1))
                .append('└')
                .append("─".repeat(COLUMNS))
                .append('\n');
        return text.append(" ".repeat(margin + 2))
                .append(first)
                .append(" ".repeat(before))
                .append(name)
                .append(" ".repeat(Math.max(1, room - before - name.length())))
                .append(last)
                .toString();
    }

    private static void draw(char[][] dots, Curve curve, Range x, Range y, char mark) {
        for (int i = 0; i < curve.x().length; i++) {
            if (Double.isNaN(curve.y()[i])) {
                continue;
            }
            double column = x.part(curve.x()[i]) * (COLUMNS - 1);
            double row = (1 - y.part(curve.y()[i])) * (ROWS - 1);
            dot(dots, row, column, mark);
            if (i > 0 && !Double.isNaN(curve.y()[i - 1])) {
                double fromColumn = x.part(curve.x()[i - 1]) * (COLUMNS - 1);
                double fromRow = (1 - y.part(curve.y()[i - 1])) * (ROWS - 1);
                join(dots, fromRow, fromColumn, row, column, mark);
            }
        }
    }

    /** A dot in every column between two points, or in every line where the way is steep. */
    private static void join(char[][] dots, double row1, double column1, double row2, double column2, char mark) {
        boolean steep = Math.abs(row2 - row1) > Math.abs(column2 - column1);
        double from = steep ? row1 : column1;
        double to = steep ? row2 : column2;
        for (double at = Math.ceil(Math.min(from, to)); at <= Math.max(from, to) && from != to; at++) {
            double part = (at - from) / (to - from);
            dot(dots, row1 + part * (row2 - row1), column1 + part * (column2 - column1), mark);
        }
    }

    private static void dot(char[][] dots, double row, double column, char mark) {
        dots[(int) Math.round(row)][(int) Math.round(column)] = mark;
    }

    /** A line for each bin. */
    private static String bars(Chart chart, String said, Limits limits) {
        Histogram histogram = chart.histogram();
        double[] ends = histogram.ends();
        Digits digits = apart(ends, limits.digits());
        int width = Arrays.stream(ends)
                .mapToInt(end -> digits.format(end).length())
                .max()
                .orElse(0);
        long most = Math.max(1, Arrays.stream(histogram.counts()).max().orElse(1));
        StringBuilder text = new StringBuilder(said);
        for (int k = 0; k < histogram.counts().length; k++) {
            long count = histogram.counts()[k];
            String from = digits.format(ends[k]);
            String to = digits.format(ends[k + 1]);
            int length = (int) (count == 0 ? 0 : Math.max(1, Math.round((double) BAR * count / most)));
            text.append('\n')
                    .append(" ".repeat(width - from.length()))
                    .append(from)
                    .append(" to ")
                    .append(" ".repeat(width - to.length()))
                    .append(to)
                    .append(" │")
                    .append("█".repeat(length))
                    .append(count == 0 ? "" : String.format(Locale.ROOT, " %,d", count));
        }
        return text.toString();
    }

    /** At least so many digits, and as many as tell one end from the next: of 1000 and 1000.1 five. */
    private static Digits apart(double[] ends, int significant) {
        Digits digits = Digits.of(ends, significant, 1, 1e7);
        boolean apart = Arrays.stream(ends).mapToObj(digits::format).distinct().count() == ends.length;
        return apart || significant == MOST_DIGITS ? digits : apart(ends, significant + 1);
    }

    /**
     * What of a line is drawn: at most some 1,000 points, of many the smallest and the largest of each stretch; y is NaN
     * where there is a gap.
     */
    record Curve(String name, double[] x, double[] y, int points, double min, double max, double last, Left left) {

        static final int STRETCHES = 330;

        /** What is left out: y or x that are no finite numbers, and y that a logarithm does not take. */
        record Left(int nans, int infinities, int withoutX, int notAboveZero) {}

        static Curve of(Line line, boolean log, int stretches) {
            int n = line.x().length;
            double[] x = line.x().clone();
            double[] y = line.y().clone();
            double some = Arrays.stream(x).filter(Double::isFinite).findFirst().orElse(0);
            int nans = 0;
            int infinities = 0;
            int withoutX = 0;
            int notAboveZero = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                if (Double.isNaN(y[i])) {
                    nans++;
                } else if (Double.isInfinite(y[i])) {
                    infinities++;
                    y[i] = Double.NaN;
                } else {
                    min = Math.min(min, y[i]);
                    max = Math.max(max, y[i]);
                    if (!Double.isFinite(x[i])) {
                        withoutX++;
                        y[i] = Double.NaN;
                    } else if (log && y[i] <= 0) {
                        notAboveZero++;
                        y[i] = Double.NaN;
                    }
                }
                x[i] = Double.isFinite(x[i]) ? x[i] : some; // no axis goes to infinity
            }
            int[] kept = n <= 3 * stretches ? null : thinned(y, stretches);
            return new Curve(
                    line.name(),
                    kept == null ? x : at(kept, x),
                    kept == null ? y : at(kept, y),
                    n,
                    min,
                    max,
                    n == 0 ? Double.NaN : line.y()[n - 1],
                    new Left(nans, infinities, withoutX, notAboveZero));
        }

        /** The ends, and of each stretch where the smallest and the largest are, in their order, and a gap if it has any. */
        private static int[] thinned(double[] y, int stretches) {
            int[] kept = new int[3 * stretches + 2];
            int count = 1; // the first stands where it stood, and so does the last
            for (int s = 0; s < stretches; s++) {
                int from = (int) ((long) s * y.length / stretches);
                int to = (int) ((long) (s + 1) * y.length / stretches);
                int smallest = -1;
                int largest = -1;
                int gap = -1;
                for (int i = from; i < to; i++) {
                    if (Double.isNaN(y[i])) {
                        gap = i;
                    } else {
                        smallest = smallest < 0 || y[i] < y[smallest] ? i : smallest;
                        largest = largest < 0 || y[i] >= y[largest] ? i : largest;
                    }
                }
                if (smallest >= 0) {
                    kept[count++] = Math.min(smallest, largest);
                    kept[count++] = Math.max(smallest, largest);
                }
                if (gap >= 0) {
                    kept[count++] = gap;
                }
            }
            kept[count++] = y.length - 1;
            return Arrays.copyOf(kept, count);
        }

        private static double[] at(int[] indices, double[] values) {
            return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
        }

        /** The same with log₁₀ y in the place of y. */
        Curve exponents() {
            double[] exponents = Arrays.stream(y).map(Math::log10).toArray();
            return new Curve(name, x, exponents, points, min, max, last, left);
        }

        boolean isEmpty() {
            return drawn() == 0;
        }

        /** How many points are no gaps. */
        long drawn() {
            return Arrays.stream(y).filter(Double::isFinite).count();
        }

        /** Whether a point stands between gaps: a line alone would not show it. */
        boolean hasLonePoint() {
            for (int i = 0; i < y.length; i++) {
                boolean before = i > 0 && Double.isFinite(y[i - 1]);
                boolean behind = i + 1 < y.length && Double.isFinite(y[i + 1]);
                if (Double.isFinite(y[i]) && !before && !behind) {
                    return true;
                }
            }
            return false;
        }

        /** {@code min 0.1, max 2.3, last 0.1, 1 NaN, 2 ∞}. */
        String said(int digits) {
            StringBuilder said = new StringBuilder();
            if (min <= max) {
                said.append("min ")
                        .append(Digits.alone(min, digits))
                        .append(", max ")
                        .append(Digits.alone(max, digits))
                        .append(", ");
            }
            said.append(points == 0 ? "no rows" : "last " + Digits.alone(last, digits));
            count(said, left.nans, "NaN");
            count(said, left.infinities, "∞");
            count(said, left.withoutX, "without x");
            count(said, left.notAboveZero, "not above 0");
            return said.toString();
        }

        private static void count(StringBuilder said, int count, String what) {
            if (count > 0) {
                said.append(String.format(Locale.ROOT, ", %,d %s", count, what));
            }
        }
    }

    /** From where to where an axis goes. */
    record Range(double min, double max, boolean log) {

        static Range of(List<double[]> values, boolean log) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (double[] some : values) {
                for (double value : some) {
                    if (Double.isFinite(value)) {
                        min = Math.min(min, value);
                        max = Math.max(max, value);
                    }
                }
            }
            return new Range(min, max, log);
        }

        /** 0 at the axis's start, 1 at its end; in the middle where it has no length. */
        double part(double value) {
            return min == max ? 0.5 : (at(value) - at(min)) / (at(max) - at(min));
        }

        private double at(double value) {
            return log ? Math.log(value) : value / 2;
        }
    }
}
