package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jacobean.explain.Confusion;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/**
 * A confusion: a row for each class, a column for each prediction. What is right stands in brackets, on a blue as strong as
 * it is common in its class; what is wrong on an orange as strong as it is common among all that is wrong and shown.
 */
final class ConfusionView {

    private ConfusionView() {}

    static View of(Confusion confusion, Limits limits) {
        int columns = confusion.classes() + (confusion.without() > 0 ? 1 : 0);
        Limits its = limits.within(confusion.classes(), columns);
        Window rows = Window.of(confusion.classes(), its.rows());
        Window shown = Window.of(columns, its.columns());
        int mostWrong = rows.indices().stream()
                .filter(i -> i != Window.GAP)
                .flatMap(i -> shown.indices().stream()
                        .filter(j -> j != Window.GAP && !j.equals(i))
                        .map(j -> count(confusion, i, j)))
                .max(Integer::compare)
                .orElse(0);
        List<Row> lines = new ArrayList<>();
        for (int i : rows.indices()) {
            List<Cell> cells = new ArrayList<>();
            for (int j : shown.indices()) {
                cells.add(
                        i == Window.GAP || j == Window.GAP
                                ? Cell.gap(i != Window.GAP ? "…" : j == Window.GAP ? "⋱" : "⋮")
                                : cell(confusion, i, j, mostWrong));
            }
            lines.add(new Row(i == Window.GAP ? "⋮" : "" + i, cells));
        }
        return View.of(
                new Line(confusion.summary()),
                Beside.of(new Grid(
                        "a row for each class, a column for what was predicted",
                        shown.indices().stream()
                                .map(j -> j == Window.GAP ? "…" : head(confusion, j))
                                .toList(),
                        List.of(),
                        lines,
                        Window.leftOut(rows, shown))));
    }

    private static String head(Confusion confusion, int j) {
        return j < confusion.classes() ? "" + j : "none";
    }

    private static int count(Confusion confusion, int i, int j) {
        return confusion.count(i, j < confusion.classes() ? j : Confusion.NONE);
    }

    private static Cell cell(Confusion confusion, int i, int j, int mostWrong) {
        int count = count(confusion, i, j);
        String text = String.format(Locale.ROOT, "%,d", count);
        return new Cell(
                i == j ? "[" + text + "]" : count == 0 ? "" : text,
                "class " + i + ", predicted " + head(confusion, j) + ": " + text,
                i == j ? Heat.of(-count, total(confusion, i)) : Heat.of(count, mostWrong),
                true);
    }

    private static double total(Confusion confusion, int i) {
        double total = confusion.count(i, Confusion.NONE);
        for (int j = 0; j < confusion.classes(); j++) {
            total += confusion.count(i, j);
        }
        return Math.max(1, total);
    }
}
