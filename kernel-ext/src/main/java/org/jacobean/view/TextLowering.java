package org.jacobean.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/** A view as aligned text, at most {@value #WIDTH} columns wide: what does not fit goes on below. */
final class TextLowering {

    private static final int WIDTH = 80;
    private static final int WIDEST_CELL = 38;
    private static final String BETWEEN_GRIDS = "    ";

    private TextLowering() {}

    static String of(View view) {
        StringBuilder text = new StringBuilder();
        Block before = null;
        for (Block block : view.blocks()) {
            // A line belongs to what stands above it.
            text.append(before == null ? "" : block instanceof Line ? "\n" : "\n\n");
            text.append(block instanceof Line line ? wrap(line.text()) : beside(((Beside) block).grids()));
            before = block;
        }
        return text.toString();
    }

    private static String beside(List<Grid> grids) {
        List<List<String>> all = grids.stream().map(TextLowering::lines).toList();
        int width = all.stream().mapToInt(TextLowering::width).sum() + BETWEEN_GRIDS.length() * (all.size() - 1);
        if (width > WIDTH) {
            return all.stream().map(lines -> String.join("\n", lines)).collect(Collectors.joining("\n\n"));
        }
        int height = all.stream().mapToInt(List::size).max().orElse(0);
        List<String> joined = new ArrayList<>();
        for (int r = 0; r < height; r++) {
            StringBuilder line = new StringBuilder();
            for (List<String> lines : all) {
                line.append(line.isEmpty() && lines == all.get(0) ? "" : BETWEEN_GRIDS);
                line.append(padRight(r < lines.size() ? lines.get(r) : "", width(lines)));
            }
            joined.add(line.toString().stripTrailing());
        }
        return String.join("\n", joined);
    }

    /** Caption, heads, rows; as many times over as the columns need to fit the width. */
    private static List<String> lines(Grid grid) {
        List<String> lines =
                new ArrayList<>(List.of(wrap(clean(HtmlLowering.caption(grid))).split("\n")));
        List<String> labels = new ArrayList<>();
        labels.add("");
        if (!grid.notes().isEmpty()) {
            labels.add("");
        }
        grid.rows().forEach(row -> labels.add(cut(row.head())));
        List<String> left = align(labels, false);
        List<List<String>> columns = new ArrayList<>();
        for (int c = 0; c < grid.heads().size(); c++) {
            columns.add(column(grid, c));
        }
        int c = 0;
        while (c < columns.size()) {
            List<StringBuilder> panel = left.stream().map(StringBuilder::new).toList();
            int width = left.get(0).length();
            int first = c;
            while (c < columns.size()
                    && (c == first || width + 2 + columns.get(c).get(0).length() <= WIDTH)) {
                width += 2 + columns.get(c).get(0).length();
                for (int r = 0; r < panel.size(); r++) {
                    panel.get(r).append("  ").append(columns.get(c).get(r));
                }
                c++;
            }
            if (first > 0) {
                lines.add("");
            }
            panel.forEach(line -> lines.add(line.toString().stripTrailing()));
        }
        grid.below().forEach(line -> lines.add(wrap(line)));
        return lines;
    }

    private static List<String> column(Grid grid, int c) {
        List<String> texts = new ArrayList<>();
        texts.add(cut(grid.heads().get(c)));
        if (!grid.notes().isEmpty()) {
            texts.add(grid.notes().get(c));
        }
        boolean right = true;
        for (Row row : grid.rows()) {
            Cell cell = row.cells().get(c);
            right &= cell.right();
            texts.add(cut(cell.text()));
        }
        return align(texts, right);
    }

    private static List<String> align(List<String> texts, boolean right) {
        int width = width(texts);
        return texts.stream()
                .map(text -> right ? " ".repeat(width - length(text)) + text : padRight(text, width))
                .toList();
    }

    private static String padRight(String text, int width) {
        return text + " ".repeat(width - length(text));
    }

    private static int width(List<String> lines) {
        return lines.isEmpty()
                ? 0
                : Collections.max(lines.stream().map(TextLowering::length).toList());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String cut(String text) {
        String clean = clean(text);
        return length(clean) <= WIDEST_CELL
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, WIDEST_CELL - 1)) + "…";
    }

    /** A line's end or another control character inside a cell would break the table. */
    static String clean(String text) {
        return text.codePoints()
                .mapToObj(c -> c == '\n' ? "⏎" : Character.isISOControl(c) ? "�" : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static String wrap(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            if (column > 0 && column + 1 + length(word) > WIDTH) {
                lines.append("\n  ");
                column = 2;
            } else if (!lines.isEmpty()) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += length(word);
        }
        return lines.toString();
    }
}
