package org.jacobean.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jacobean.matrix.Visible;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Folded;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;
import org.jacobean.view.View.Section;
import org.jacobean.view.View.Written;
import org.jacobean.view.View.Written.Side;

/** A view as aligned text, at most {@value #WIDTH} columns wide: what does not fit goes on below. */
final class TextLowering {

    static final int WIDTH = 80;
    private static final int WIDEST_CELL = 38;
    private static final String INDENT = "   ";
    private static final String BETWEEN_GRIDS = "    ";

    private TextLowering() {}

    static String of(View view) {
        return of(view.blocks(), WIDTH);
    }

    private static String of(List<Block> blocks, int width) {
        StringBuilder text = new StringBuilder();
        Block before = null;
        for (Block block : blocks) {
            if (block instanceof Folded) {
                continue;
            }
            // A line belongs to what stands above it, and so do equations to a line.
            boolean close = block instanceof Line || block instanceof Written;
            text.append(before == null ? "" : close ? "\n" : "\n\n").append(of(block, width));
            before = block;
        }
        return text.toString();
    }

    private static String of(Block block, int width) {
        if (block instanceof Line line) {
            return wrap(Visible.of(line.text()), width, width == WIDTH ? "  " : "");
        } else if (block instanceof Written written) {
            return written(written, width);
        } else if (block instanceof ProgressBar progress) {
            return wrap(Visible.of(progress.text()), width, "  ");
        } else if (block instanceof Section section) {
            String indent = section.title().matches("\\d\\d+\\. .*")
                    ? " ".repeat(section.title().indexOf(' ') + 1)
                    : INDENT;
            String inside = of(section.blocks(), width - indent.length());
            boolean apart = section.blocks().get(0) instanceof Section;
            return Visible.of(section.title())
                    + (apart ? "\n\n" : "\n")
                    + inside.lines()
                            .map(line -> line.isEmpty() ? line : indent + line)
                            .collect(Collectors.joining("\n"));
        }
        return beside(((Beside) block).grids());
    }

    /** Equations below one another, the first = of each below that of the one before. */
    static String written(Written written, int width) {
        int left = width(written.rows().stream()
                .filter(row -> row.sides().size() > 1 && !row.isGap())
                .map(row -> Visible.of(row.sides().get(0).text()))
                .toList());
        // Where the left sides are wide, a right one that is too long for a line would have no room beside them.
        boolean below = left > width / 2 && written.rows().stream().anyMatch(row -> isLonger(row, width - left));
        return written.rows().stream()
                .map(row -> {
                    List<String> sides = row.sides().stream()
                            .map(Side::text)
                            .map(Visible::of)
                            .toList();
                    if (row.isGap()) {
                        return String.join(" ", sides);
                    }
                    if (below) {
                        return sides.get(0) + "\n    = "
                                + right(sides.subList(1, sides.size()), width - 7)
                                        .replace("\n", "\n   ");
                    }
                    return padRight(sides.get(0), left) + " = "
                            + right(sides.subList(1, sides.size()), width - left - 3)
                                    .replace("\n", "\n" + " ".repeat(left));
                })
                .collect(Collectors.joining("\n"));
    }

    /** Whether what stands right of a row's first side takes more than {@code width}. */
    private static boolean isLonger(Written.Row row, int width) {
        return !row.isGap()
                && row.sides().stream()
                                .skip(1)
                                .mapToInt(side -> " = ".length() + length(Visible.of(side.text())))
                                .sum()
                        > width;
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
        List<String> lines = new ArrayList<>();
        if (!grid.caption().isEmpty()) {
            lines.addAll(List.of(wrap(Visible.of(HtmlLowering.caption(grid))).split("\n")));
        }
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

    /** Sides of an equation in one line, or one below the other where they are too long. */
    private static String right(List<String> sides, int width) {
        String line = String.join(" = ", sides);
        return length(line) <= width
                ? line
                : sides.stream().map(side -> wrap(side, width, "     ")).collect(Collectors.joining("\n = "));
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
        String clean = Visible.of(text);
        return length(clean) <= WIDEST_CELL
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, WIDEST_CELL - 1)) + "…";
    }

    private static String wrap(String text) {
        return wrap(text, WIDTH, "  ");
    }

    private static String wrap(String text, int width, String hanging) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        // A sum's sign stays with what it sums, and what is multiplied together.
        for (String word : text.split("(?<!Σ.|[×·]) (?![×·])")) {
            if (!lines.isEmpty() && column + 1 + length(word) > width) {
                lines.append("\n").append(hanging);
                column = hanging.length();
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
