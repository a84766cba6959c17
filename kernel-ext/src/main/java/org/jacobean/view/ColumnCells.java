package org.jacobean.view;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Cell;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/**
 * How those cells of a column read that are shown: numbers and times with as many decimals as they need together, or as a
 * print formatter that the user gave the column writes them.
 *
 * <p>What is missing says so, in a way that no text does: a text that reads the same stands in quotes, as do blanks that
 * could not be seen. Tablesaw cannot tell a missing double from NaN, so such a cell says NaN.
 */
final class ColumnCells {

    static final String MISSING = "missing";

    private static final int LEAST_OF_SMALLEST = 3;

    /** More tell nothing. */
    private static final int DIGITS_OF_FLOAT = 9;

    /** From here on a power of ten is written; whole numbers, such as milliseconds, stay readable for longer. */
    private static final double HUGE = 1e12;

    private static final double HUGE_WHOLE = 1e15;

    private final List<Cell> cells;
    private final boolean right;

    private ColumnCells(List<Cell> cells, boolean right) {
        this.cells = cells;
        this.right = right;
    }

    /** @param rows the rows to look at, and no others */
    static ColumnCells of(Column<?> column, int[] rows, Limits limits) {
        String missing = missing(column, rows);
        List<String> texts = texts(column, rows, limits);
        boolean right = column instanceof NumericColumn;
        List<Cell> cells = IntStream.range(0, rows.length)
                .mapToObj(r -> {
                    if (column.isMissing(rows[r])) {
                        return isFraction(column) && missing.equals(MISSING)
                                ? Cell.number("NaN")
                                : Cell.missing(missing, right);
                    }
                    String text = texts.get(r);
                    return new Cell(
                            right ? text : quoted(text, missing),
                            isFraction(column) ? exact(column, rows[r]) : null,
                            null,
                            right);
                })
                .toList();
        return new ColumnCells(cells, right);
    }

    /** The cell in the {@code r}th of the rows. */
    Cell cell(int r) {
        return cells.get(r);
    }

    /** Stands for the rows that are left out. */
    Cell gap() {
        return new Cell("⋮", null, null, right);
    }

    /** A name or a text whose first or last blanks could not be seen. */
    static String quoted(String text) {
        return text.equals(text.strip()) ? text : '"' + text + '"';
    }

    static String quoted(String text, String missing) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '"') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '"') {
            to--;
        }
        return text.substring(from, to).equals(missing) ? '"' + text + '"' : quoted(text);
    }

    /** What stands for a missing value: the user's word for it, if the column's print formatter has one. */
    private static String missing(Column<?> column, int[] rows) {
        return IntStream.of(rows)
                .filter(column::isMissing)
                .mapToObj(column::getString)
                .limit(1)
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse(MISSING);
    }

    /** Of those that are missing, anything. */
    private static List<String> texts(Column<?> column, int[] rows, Limits limits) {
        int[] there = IntStream.of(rows).filter(row -> !column.isMissing(row)).toArray();
        if (isFraction(column) && !isFormatted(column, there)) {
            Digits digits = digits((NumericColumn<?>) column, there, limits);
            return map(rows, row -> column.isMissing(row) ? "" : digits.format(number((NumericColumn<?>) column, row)));
        } else if (isTime(column) && !isFormatted(column, there)) {
            Moments moments =
                    Moments.of(Arrays.stream(there).mapToObj(column::get).toList());
            return map(rows, row -> column.isMissing(row) ? "" : moments.format(column.get(row)));
        }
        return map(rows, column::getString);
    }

    private static List<String> map(int[] rows, IntFunction<String> text) {
        return IntStream.of(rows).mapToObj(text).map(String::valueOf).toList();
    }

    /** Whether it writes a value in another way than a new column of its type does. */
    private static boolean isFormatted(Column<?> column, int[] rows) {
        Column<?> fresh = column.type().create("");
        for (int r = 0; r < rows.length; r++) {
            fresh.appendObj(column.get(rows[r]));
            if (!Objects.equals(fresh.getString(r), column.getString(rows[r]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTime(Column<?> column) {
        return column instanceof DateColumn
                || column instanceof TimeColumn
                || column instanceof DateTimeColumn
                || column instanceof InstantColumn;
    }

    /** Not by its type: Tablesaw has two of each, depending on which of its classes was loaded first. */
    private static boolean isFraction(Column<?> column) {
        return column instanceof DoubleColumn || column instanceof FloatColumn;
    }

    private static Digits digits(NumericColumn<?> column, int[] rows, Limits limits) {
        double[] shown =
                IntStream.of(rows).mapToDouble(row -> number(column, row)).toArray();
        int digits =
                column instanceof FloatColumn ? Math.min(limits.tableDigits(), DIGITS_OF_FLOAT) : limits.tableDigits();
        boolean whole = Arrays.stream(shown).allMatch(a -> a == Math.rint(a));
        Digits exact = limits.digitsAreSet() ? null : Digits.exact(shown);
        return exact != null ? exact : Digits.of(shown, digits, Math.min(LEAST_OF_SMALLEST, digits), whole ? HUGE_WHOLE : HUGE);
    }

    /** A float by its own digits: as a double, 0.1 would be 0.10000000149. */
    private static double number(NumericColumn<?> column, int row) {
        return column instanceof FloatColumn floats
                ? Double.parseDouble(Float.toString(floats.getFloat(row)))
                : column.getDouble(row);
    }

    private static String exact(Column<?> column, int row) {
        return Views.exact(number((NumericColumn<?>) column, row));
    }
}
