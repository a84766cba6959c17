package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Row;

/** Numbers in rows and columns, each on a ground of its sign and size: of a matrix, or of a Java array. */
interface NumberGrid {

    double HUGE = 1e7;

    int rows();

    int columns();

    double number(int i, int j);

    /** From here all numbers are written with an exponent. */
    default double huge() {
        return HUGE;
    }

    /** What stands where there is no number; null where there is one. */
    default String absent(int i, int j) {
        return null;
    }

    String row(int i);

    String column(int j);

    String element(int i, int j);

    /** @param largest the magnitude whose colour is the strongest */
    default Grid grid(String caption, double largest, Limits limits) {
        Limits its = limits.within(rows(), columns());
        Window rows = Window.of(rows(), its.rows());
        Window columns = Window.of(columns(), its.columns());
        double[] shown = rows.indices().stream()
                .filter(i -> i != Window.GAP)
                .flatMapToDouble(i -> columns.indices().stream()
                        .filter(j -> j != Window.GAP && absent(i, j) == null)
                        .mapToDouble(j -> number(i, j)))
                .toArray();
        Digits digits = Digits.of(shown, limits.digits(), Math.min(2, limits.digits()), huge());
        List<String> heads = columns.indices().stream()
                .map(j -> j == Window.GAP ? "…" : column(j))
                .toList();
        List<Row> lines = new ArrayList<>();
        for (int i : rows.indices()) {
            List<Cell> cells = new ArrayList<>();
            for (int j : columns.indices()) {
                if (i == Window.GAP) {
                    cells.add(Cell.gap(j == Window.GAP ? "⋱" : "⋮"));
                } else if (j == Window.GAP) {
                    cells.add(Cell.gap("…"));
                } else if (absent(i, j) != null) {
                    String word = absent(i, j);
                    cells.add(word.isEmpty() ? Cell.number("") : Cell.missing(word, true));
                } else {
                    double number = number(i, j);
                    cells.add(new Cell(
                            digits.format(number),
                            element(i, j) + " = " + Views.exact(number),
                            Heat.of(number, largest),
                            true));
                }
            }
            lines.add(new Row(i == Window.GAP ? "⋮" : row(i), cells));
        }
        return new Grid(caption, heads, List.of(), lines, Window.leftOut(rows, columns));
    }
}
