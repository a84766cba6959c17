package org.jacobean.view;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Numbers as a picture: columns of a table as lines over another column, such as the loss over the steps of a training, or
 * how often which numbers are in a matrix. It holds the numbers as they were when it was made.
 *
 * <p>The first chart that is drawn makes AWT headless, unless the property {@code java.awt.headless} has a value.
 */
public final class Chart {

    private static final int MOST_LINES = 8;

    private final String title;
    private final String x;
    private final List<Line> lines;
    private final boolean log;
    private final Histogram histogram;

    /** A line from point to point: y over x, with a gap where one of the two is no finite number. */
    record Line(String name, double[] x, double[] y) {}

    private Chart(String title, String x, List<Line> lines, boolean log, Histogram histogram) {
        this.title = title;
        this.x = x;
        this.lines = lines;
        this.log = log;
        this.histogram = histogram;
    }

    /**
     * The columns {@code ys} over the column {@code x}, row by row: {@code Chart.lines(table, "step", "loss", "accuracy")}.
     *
     * @throws IllegalArgumentException naming the columns that there are, when one is not there or holds no numbers
     */
    public static Chart lines(Table table, String x, String... ys) {
        if (table == null) {
            throw new IllegalArgumentException("the table of a chart is null; did the cell that declares it fail?");
        }
        if (ys == null || ys.length == 0) {
            throw new IllegalArgumentException("a chart needs a column for x and one or more for y, as in"
                    + " Chart.lines(table, \"step\", \"loss\"); " + numeric(table));
        }
        if (ys.length > MOST_LINES) {
            throw new IllegalArgumentException("a chart holds up to " + MOST_LINES + " lines, not " + ys.length);
        }
        NumericColumn<?> across = column(table, x);
        Set<NumericColumn<?>> columns = new LinkedHashSet<>();
        for (String y : ys) {
            columns.add(column(table, y));
        }
        double[] xs = numbers(across);
        List<Line> lines = columns.stream()
                .map(column -> new Line(column.name(), xs, numbers(column)))
                .toList();
        return new Chart("", across.name(), lines, false, null);
    }

    /**
     * How often which numbers are in a matrix; NaN and ±∞ are counted apart.
     *
     * @param name what it is called in the chart; or null, for the matrix's own name
     */
    public static Chart histogram(String name, Matrix matrix) {
        if (matrix == null) {
            throw new IllegalArgumentException(
                    "the matrix of a histogram is null; did the cell that declares it fail?");
        }
        return new Chart("", name == null ? matrix.label("numbers") : name, List.of(), false, Histogram.of(matrix));
    }

    /** The same under a title of its own; none, or {@code null}, is what the chart is of. */
    public Chart title(String title) {
        return new Chart(title == null ? "" : title, x, lines, log, histogram);
    }

    /** The same lines on a logarithmic y axis, on which what falls by the same factor falls by the same height. */
    public Chart log() {
        if (histogram != null) {
            throw new IllegalArgumentException("a histogram has no logarithmic axis");
        }
        return new Chart(title, x, lines, true, null);
    }

    /** By its name as Tablesaw has it: without blanks around it, in capitals or not. */
    private static NumericColumn<?> column(Table table, String name) {
        String its = String.valueOf(name).trim();
        Column<?> found = table.columns().stream()
                .filter(column -> its.equalsIgnoreCase(column.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no column '" + name + "' in the table; " + numeric(table)));
        if (found instanceof NumericColumn<?> numbers) {
            return numbers;
        }
        throw new IllegalArgumentException("the column '" + name + "' holds no numbers, but "
                + found.type().name().toLowerCase(Locale.ROOT) + "; " + numeric(table));
    }

    private static double[] numbers(NumericColumn<?> column) {
        double[] numbers = new double[column.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = column.isMissing(i) ? Double.NaN : column.getDouble(i);
        }
        return numbers;
    }

    private static String numeric(Table table) {
        List<Column<?>> numeric =
                table.columns().stream().filter(NumericColumn.class::isInstance).toList();
        return numeric.isEmpty()
                ? "none of its columns holds numbers"
                : "the columns of numbers are "
                        + numeric.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    String title() {
        return title.isEmpty() ? caption() : title;
    }

    /** {@code loss and accuracy by step}. */
    private String caption() {
        List<String> names = lines.stream().map(Line::name).toList();
        int last = names.size() - 1;
        return histogram != null
                ? x
                : (last == 0 ? "" : String.join(", ", names.subList(0, last)) + " and ") + names.get(last) + " by " + x;
    }

    /** The name of the x axis. */
    String x() {
        return x;
    }

    List<Line> lines() {
        return lines;
    }

    boolean isLog() {
        return log;
    }

    /** Or null, where it is of lines. */
    Histogram histogram() {
        return histogram;
    }

    /** {@code Chart of loss and accuracy by step, rows: 100}. */
    @Override
    public String toString() {
        return Visible.of(
                histogram != null
                        ? "Histogram of " + x + ", " + histogram.summary().shape()
                        : String.format(
                                Locale.ROOT,
                                "Chart of %s, rows: %,d",
                                caption(),
                                lines.get(0).x().length));
    }
}
