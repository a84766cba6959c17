package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import org.jacobean.explain.Inventory;
import org.jacobean.explain.Inventory.Entry;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/**
 * What is in the session, a row for each value, whole up to a hundred; stale values come first, and why they are stale
 * stands beside their names.
 */
final class InventoryView {

    private static final int LONGEST_SHAPE = 26;
    private static final int ROWS = 100;

    private InventoryView() {}

    static View of(Inventory inventory, Limits limits) {
        List<Entry> entries = new ArrayList<>(inventory.stale());
        inventory.entries().stream().filter(entry -> !entry.isStale()).forEach(entries::add);
        if (entries.isEmpty()) {
            String[] said = inventory.toString().split("(?<=:) ", 2);
            return View.of(new Line(said[0]), new Line(said[1]));
        }
        List<String> heads = new ArrayList<>(List.of("kind", "shape", "memory", "made from"));
        boolean noted = entries.stream().anyMatch(entry -> !entry.note().isEmpty());
        if (noted) {
            heads.add(0, inventory.stale().isEmpty() ? "note" : "stale");
        }
        int most = limits.rowsAtLeast(ROWS).within(entries.size(), heads.size()).rows();
        // A gap in the place of a single row would leave it out for nothing.
        Window window = Window.of(entries.size(), entries.size() == most + 1 ? most + 1 : most);
        List<Row> rows = new ArrayList<>();
        for (int i : window.indices()) {
            List<Cell> cells = new ArrayList<>();
            for (String head : heads) {
                cells.add(
                        i == Window.GAP
                                ? new Cell("⋮", null, null, head.equals("memory"))
                                : cell(entries.get(i), head));
            }
            rows.add(new Row(i == Window.GAP ? "⋮" : entries.get(i).name(), cells));
        }
        return View.of(Beside.of(new Grid(
                inventory.toString(), heads, List.of(), rows, Window.leftOut(window, Window.of(heads.size(), 5)))));
    }

    private static Cell cell(Entry entry, String head) {
        return switch (head) {
            case "kind" -> word(entry.kind(), null);
            // Of gradients only what each is the gradient of, and not all of it: so the table fits a terminal.
            case "shape" ->
                entry.shape().contains("→")
                        ? word(entry.shape(), null)
                        : word(HtmlLowering.cut(entry.shape().replace("dL/d", ""), LONGEST_SHAPE), entry.shape());
            case "memory" ->
                Cell.number(
                        entry.bytes() == 0
                                ? "shared"
                                : Matrix.memory(entry.bytes()).replace("bytes", "B"));
            case "made from" -> word(String.join(", ", entry.madeFrom()), null);
            default ->
                word(
                        entry.isStale()
                                ? "earlier " + String.join(", ", entry.earlier())
                                : entry.steps().replace("made ", ""),
                        entry.note());
        };
    }

    private static Cell word(String text, String title) {
        return new Cell(text, title, null, false);
    }
}
