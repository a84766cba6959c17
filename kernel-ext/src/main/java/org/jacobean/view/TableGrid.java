package org.jacobean.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Row;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Any Tablesaw table: its columns with their types, an index that counts from 0 as {@code table.get(row, column)} does,
 * and every cell as a text of its own. Tablesaw cannot tell a missing double from NaN, so such a cell says NaN.
 */
final class TableGrid {

    /** Fractions keep at least so many digits: a table's numbers are the user's data, not ours to round away. */
    private static final int LEAST_DIGITS = 6;

    private static final int LEAST_OF_SMALLEST = 3;

    /** From here on a power of ten is written; whole numbers, such as milliseconds, stay readable for longer. */
    private static final double HUGE = 1e12;

    private static final double HUGE_WHOLE = 1e15;

    private TableGrid() {}

    static Grid of(Table table, Limits limits) {
        return of(
                title(table.name(), "table") + Matrix.shape(table.rowCount(), table.columnCount()),
                table.columns(),
                table.rowCount(),
                limits);
    }

    static Grid of(Column<?> column, Limits limits) {
        String rows = String.format(Locale.ROOT, column.size() == 1 ? "%,d row" : "%,d rows", column.size());
        return of("column of " + rows, List.of(column), column.size(), limits);
    }

    private static Grid of(String caption, List<Column<?>> all, int count, Limits limits) {
        Limits its = limits.within(count, all.size());
        Window rows = Window.of(count, its.rows());
        Window columns = Window.of(all.size(), its.columns());
        List<String> heads = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<List<Cell>> cells = new ArrayList<>();
        rows.indices().forEach(i -> cells.add(new ArrayList<>()));
        for (int j : columns.indices()) {
            if (j == Window.GAP) {
                heads.add("…");
                notes.add("");
                cells.forEach(row -> row.add(Cell.gap("…")));
            } else {
                heads.add(all.get(j).name() == null ? "" : all.get(j).name());
                notes.add(all.get(j).type().name().toLowerCase(Locale.ROOT));
                fill(all.get(j), rows, limits, cells);
            }
        }
        List<Row> lines = new ArrayList<>();
        for (int r = 0; r < cells.size(); r++) {
            int i = rows.indices().get(r);
            lines.add(new Row(i == Window.GAP ? "⋮" : Integer.toString(i), cells.get(r)));
        }
        return new Grid(caption, heads, notes, lines, Window.leftOut(rows, columns));
    }

    private static void fill(Column<?> column, Window rows, Limits limits, List<List<Cell>> cells) {
        boolean number = column instanceof NumericColumn;
        // Not by its type: Tablesaw has two of each, depending on which of its classes was loaded first.
        boolean fraction = column instanceof DoubleColumn || column instanceof FloatColumn;
        Digits digits = fraction ? digits((NumericColumn<?>) column, rows, limits) : null;
        for (int r = 0; r < cells.size(); r++) {
            int i = rows.indices().get(r);
            cells.get(r).add(i == Window.GAP ? Cell.gap("⋮") : cell(column, i, number, digits));
        }
    }

    private static Cell cell(Column<?> column, int i, boolean number, Digits digits) {
        if (digits != null) {
            double value = column.isMissing(i) ? Double.NaN : ((NumericColumn<?>) column).getDouble(i);
            return new Cell(digits.format(value), Views.exact(value), null, true);
        }
        String text = column.isMissing(i) ? "missing" : column.getString(i);
        return new Cell(text, null, null, number);
    }

    private static Digits digits(NumericColumn<?> column, Window rows, Limits limits) {
        double[] shown = rows.indices().stream()
                .filter(i -> i != Window.GAP && !column.isMissing(i))
                .mapToDouble(column::getDouble)
                .toArray();
        boolean whole = Arrays.stream(shown).allMatch(a -> a == Math.rint(a));
        return Digits.of(
                shown,
                Math.max(limits.digits(), LEAST_DIGITS),
                LEAST_OF_SMALLEST,
                whole ? HUGE_WHOLE : HUGE);
    }

    private static String title(String name, String otherwise) {
        return (name == null || name.isBlank() ? otherwise : name) + ": ";
    }
}
