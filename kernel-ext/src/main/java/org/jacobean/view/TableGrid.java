package org.jacobean.view;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Row;
import tech.tablesaw.columns.Column;
import tech.tablesaw.table.Relation;
import tech.tablesaw.table.TableSlice;
import tech.tablesaw.table.TableSliceGroup;

/**
 * What Tablesaw has to show: any table, slice of a table, column, row and group of slices. Columns stand with their types
 * and rows with an index that counts from 0, as {@code table.get(row, column)} does. Only the rows that are shown are looked
 * at, however many there are.
 */
final class TableGrid {

    /** So many cells are quickly looked through for missing ones. */
    private static final int MOST_COUNTED = 250_000;

    /** Of a slice, whose rows may have to be searched for, one by one. */
    private static final int MOST_COUNTED_OF_SLICE = 10_000;

    /** Of the names of columns that are left out. */
    private static final int LONGEST_NAMES = 150;

    private static final int LONGEST_NAME = 40;

    private TableGrid() {}

    /** A slice is shown through its table, since its own columns would be copies. */
    static Grid of(Relation table, Limits limits) {
        String caption = title(table.name(), "table") + Matrix.shape(table.rowCount(), table.columnCount());
        return table instanceof TableSlice slice
                ? of(
                        caption,
                        slice.getTable().columns(),
                        slice.rowCount(),
                        slice::mappedRowNumber,
                        MOST_COUNTED_OF_SLICE,
                        limits)
                : of(caption, table.columns(), table.rowCount(), IntUnaryOperator.identity(), MOST_COUNTED, limits);
    }

    static Grid of(Column<?> column, Limits limits) {
        return of(
                "column of " + counted(column.size(), "row"),
                List.of(column),
                column.size(),
                IntUnaryOperator.identity(),
                MOST_COUNTED,
                limits);
    }

    /** One line for each of its columns. */
    static Grid of(tech.tablesaw.api.Row row, Limits limits) {
        TableSlice slice = slice(row);
        int count = row.columnCount();
        int at = row.getRowNumber();
        int source = row.getBackingRowNumber();
        Window window = Window.of(count, limits.within(count, 2).rows());
        List<Row> lines = new ArrayList<>();
        for (int j : window.indices()) {
            if (j == Window.GAP) {
                lines.add(new Row("⋮", List.of(word("⋮"), word("⋮"))));
            } else {
                // A slice's own columns are copies of all its rows.
                Column<?> column =
                        slice == null ? row.column(j) : slice.getTable().column(j);
                int[] its = {slice == null ? at : source};
                Cell value = ColumnCells.of(column, its, limits).cell(0);
                lines.add(new Row(
                        name(column.name(), j),
                        List.of(
                                new Cell(value.text(), value.title(), null, false, value.missing()),
                                word(type(column.type().name())))));
            }
        }
        List<String> below = new ArrayList<>(window.whole() ? List.of() : List.of("shown: " + window.said("columns")));
        below.addAll(leftOut(row.columnNames(), window));
        return new Grid(
                (slice == null ? "" : title(slice.name(), "table")) + "row " + at
                        + (source == at ? "" : ", which is row " + source + " of its table"),
                List.of("value", "type"),
                List.of(),
                lines,
                below);
    }

    /** What there is to say of a row that its table does not have, since Tablesaw makes one for any number; else null. */
    static String absent(tech.tablesaw.api.Row row) {
        int at = row.getRowNumber();
        TableSlice slice = slice(row);
        if (at < 0) {
            return "a row before the first: next() goes to it";
        } else if (slice == null || at < slice.rowCount()) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                slice.rowCount() == 0 ? "%sthere is no row %d, nor any other" : "%sthere is no row %d: the last is %d",
                title(slice.name(), "table"),
                at,
                slice.rowCount() - 1);
    }

    /** What a row belongs to, which no method of it tells; or null. */
    private static TableSlice slice(tech.tablesaw.api.Row row) {
        try {
            Field slice = tech.tablesaw.api.Row.class.getDeclaredField("tableSlice");
            slice.setAccessible(true);
            return (TableSlice) slice.get(row);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** One line for each slice, with the values that its rows share. */
    static Grid of(TableSliceGroup groups, Limits limits) {
        Window window = Window.of(groups.size(), limits.within(groups.size(), 2).rows());
        List<Row> lines = new ArrayList<>();
        for (int i : window.indices()) {
            if (i == Window.GAP) {
                lines.add(new Row("⋮", List.of(word("⋮"), Cell.gap("⋮"))));
            } else {
                lines.add(new Row(
                        Integer.toString(i),
                        List.of(
                                shared(groups.get(i).name()),
                                Cell.number(Integer.toString(groups.get(i).rowCount())))));
            }
        }
        return new Grid(
                title(groups.getSourceTable().name(), "table") + counted(groups.size(), "group"),
                List.of("group", "rows"),
                List.of(),
                lines,
                window.whole() ? List.of() : List.of("shown: " + window.said("groups")));
    }

    /** The name of a slice is the texts of what its rows share, with three tildes between. */
    private static Cell shared(String name) {
        String shared = Stream.of(name.split("~~~", -1))
                .map(text -> text.isEmpty() ? ColumnCells.MISSING : ColumnCells.quoted(text, ColumnCells.MISSING))
                .collect(Collectors.joining(" · "));
        return name.isEmpty() ? Cell.missing(shared, false) : word(shared);
    }

    private static Grid of(
            String caption, List<Column<?>> all, int count, IntUnaryOperator row, int mostCounted, Limits limits) {
        Limits its = limits.within(count, all.size());
        Window rows = Window.of(count, its.rows());
        Window columns = Window.of(all.size(), its.columns());
        int[] shown = rows.indices().stream()
                .filter(i -> i != Window.GAP)
                .mapToInt(row::applyAsInt)
                .toArray();
        List<String> heads = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<List<Cell>> cells = new ArrayList<>();
        rows.indices().forEach(i -> cells.add(new ArrayList<>()));
        for (int j : columns.indices()) {
            if (j == Window.GAP) {
                heads.add("…");
                notes.add("");
                cells.forEach(line -> line.add(Cell.gap("…")));
            } else {
                heads.add(name(all.get(j).name(), j));
                notes.add(type(all.get(j).type().name()));
                fill(ColumnCells.of(all.get(j), shown, limits), rows, cells);
            }
        }
        List<Row> lines = new ArrayList<>();
        for (int r = 0; r < cells.size(); r++) {
            int i = rows.indices().get(r);
            lines.add(new Row(i == Window.GAP ? "⋮" : Integer.toString(i), cells.get(r)));
        }
        boolean cut =
                its.rows() < Math.min(count, limits.rows()) || its.columns() < Math.min(all.size(), limits.columns());
        List<String> below = new ArrayList<>();
        Window.leftOut(rows, columns).forEach(line -> below.add(line + (cut ? ", as much as a page holds" : "")));
        below.addAll(leftOut(all.stream().map(Column::name).toList(), columns));
        if (!rows.whole() || !columns.whole()) {
            below.addAll(
                    (long) count * all.size() > mostCounted
                            ? List.of("missing: not counted in so many cells")
                            : missing(all, count, row));
        }
        return new Grid(caption, heads, notes, lines, below);
    }

    private static void fill(ColumnCells column, Window rows, List<List<Cell>> cells) {
        int shown = 0;
        for (int r = 0; r < cells.size(); r++) {
            cells.get(r).add(rows.indices().get(r) == Window.GAP ? column.gap() : column.cell(shown++));
        }
    }

    /** The names of the columns that are left out, as many as there is room for. */
    private static List<String> leftOut(List<String> names, Window columns) {
        if (columns.whole()) {
            return List.of();
        }
        int gap = columns.indices().indexOf(Window.GAP);
        StringBuilder line = new StringBuilder("columns left out: ");
        int last = columns.count() - (columns.indices().size() - 1 - gap);
        for (int j = gap; j < last; j++) {
            String name = HtmlLowering.cut(name(names.get(j), j), LONGEST_NAME);
            if (line.length() + name.length() > LONGEST_NAMES) {
                line.append("…, ");
                break;
            }
            line.append(name).append(", ");
        }
        return List.of(line.substring(0, line.length() - 2));
    }

    /** How many are missing in which column, where not all can be seen. */
    private static List<String> missing(List<Column<?>> all, int count, IntUnaryOperator row) {
        int[] missing = new int[all.size()];
        for (int i = 0; i < count; i++) {
            int at = row.applyAsInt(i);
            for (int j = 0; j < missing.length; j++) {
                missing[j] += all.get(j).isMissing(at) ? 1 : 0;
            }
        }
        int[] some =
                IntStream.range(0, missing.length).filter(j -> missing[j] > 0).toArray();
        if (some.length == 0) {
            return List.of();
        }
        int most = 8;
        Stream<String> said = IntStream.of(some)
                .limit(most)
                .mapToObj(j -> String.format(
                        Locale.ROOT,
                        "%,d in %s",
                        missing[j],
                        HtmlLowering.cut(name(all.get(j).name(), j), LONGEST_NAME)));
        Stream<String> others = some.length > most
                ? Stream.of("and some in " + counted(some.length - most, "other column"))
                : Stream.of();
        return List.of("missing: " + Stream.concat(said, others).collect(Collectors.joining(", ")));
    }

    /** A column without a name can be had by its number only. */
    private static String name(String name, int j) {
        return name == null || name.isEmpty() ? "(column " + j + ")" : ColumnCells.quoted(name);
    }

    private static String type(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String title(String name, String otherwise) {
        return (name == null || name.isBlank() ? otherwise : name) + ": ";
    }

    private static String counted(int count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? what : what + "s");
    }

    private static Cell word(String text) {
        return new Cell(text, null, null, false);
    }
}
