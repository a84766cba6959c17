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

/** What is in the session, a row for each value; stale values come first, and have a column of their own. */
final class InventoryView {

    private static final int LONGEST_SHAPE = 26;

    private InventoryView() {}

    static View of(Inventory inventory, Limits limits) {
        List<Entry> entries = new ArrayList<>(inventory.stale());
        inventory.entries().stream().filter(entry -> !entry.isStale()).forEach(entries::add);
        if (entries.isEmpty()) {
            String[] said = inventory.toString().split("(?<=:) ", 2);
            return View.of(new Line(said[0]), new Line(said[1]));
        }
        List<String> heads = new ArrayList<>(List.of("kind", "shape", "memory", "made from"));
        if (!inventory.stale().isEmpty()) {
            heads.add("stale");
        } else if (entries.stream().anyMatch(entry -> !entry.note().isEmpty())) {
            heads.add("note");
        }
        int most = limits.within(entries.size(), heads.size()).rows();
        // A gap in the place of a single row would leave it out for nothing.
        Window window = Window.of(entries.size(), entries.size() == most + 1 ? most + 1 : most);
        List<Row> rows = new ArrayList<>();
        for (int i : window.indices()) {
            List<Cell> cells = new ArrayList<>();
            for (int c = 0; c < heads.size(); c++) {
                cells.add(i == Window.GAP ? new Cell("⋮", null, null, c == 2) : cell(entries.get(i), c));
            }
            rows.add(new Row(i == Window.GAP ? "⋮" : entries.get(i).name(), cells));
        }
        return View.of(Beside.of(new Grid(
                inventory.toString(), heads, List.of(), rows, Window.leftOut(window, Window.of(heads.size(), 5)))));
    }

    private static Cell cell(Entry entry, int column) {
        return switch (column) {
            case 0 -> word(entry.kind(), null);
            // Of gradients only what each is the gradient of, and not all of it: so the table fits a terminal.
            case 1 ->
                entry.shape().contains("→")
                        ? word(entry.shape(), null)
                        : word(HtmlLowering.cut(entry.shape().replace("dL/d", ""), LONGEST_SHAPE), entry.shape());
            case 2 ->
                Cell.number(
                        entry.bytes() == 0
                                ? "shared"
                                : Matrix.memory(entry.bytes()).replace("bytes", "B"));
            case 3 -> word(String.join(", ", entry.madeFrom()), null);
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
