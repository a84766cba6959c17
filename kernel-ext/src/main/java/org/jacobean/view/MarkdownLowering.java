package org.jacobean.view;

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

/** A view as Markdown: a pipe table for each grid, to be pasted into an issue or a README. */
final class MarkdownLowering {

    /** The head above the heads of rows, which in Markdown cannot be a plain cell, and should not be an empty head. */
    private static final String CORNER = "| · |";

    private MarkdownLowering() {}

    static String of(View view) {
        return of(view.blocks());
    }

    private static String of(List<Block> blocks) {
        return blocks.stream().map(MarkdownLowering::block).collect(Collectors.joining("\n\n"));
    }

    private static String block(Block block) {
        if (block instanceof Line line) {
            return line(line.text());
        } else if (block instanceof ProgressBar progress) {
            return line(progress.text());
        } else if (block instanceof Written written) {
            return written.rows().stream()
                    .map(MarkdownLowering::row)
                    .collect(Collectors.joining(" \\\\[4pt]\n", "$$\n\\begin{aligned}\n", "\n\\end{aligned}\n$$"));
        } else if (block instanceof Folded folded) {
            // The blank lines make what is inside Markdown again.
            return "<details style=\"margin:0 0 1em 2em\"><summary>"
                    + html(folded.title())
                    + "</summary>\n\n" + of(folded.blocks()) + "\n\n</details>";
        } else if (block instanceof Section section) {
            return "**" + escape(section.title()) + "**\n\n" + of(section.blocks());
        }
        return ((Beside) block).grids().stream().map(MarkdownLowering::grid).collect(Collectors.joining("\n\n"));
    }

    private static String row(Written.Row row) {
        List<String> sides =
                row.sides().stream().map(Side::latex).map(Visible::lines).toList();
        return row.isGap()
                ? "&" + String.join("\\ ", sides)
                : sides.get(0) + " &= "
                        + String.join(row.isLong() ? " \\\\[4pt]\n&= " : " = ", sides.subList(1, sides.size()));
    }

    private static String grid(Grid grid) {
        String caption = line(HtmlLowering.caption(grid));
        StringBuilder table = new StringBuilder(caption.isEmpty() ? CORNER : caption + "\n\n" + CORNER);
        grid.heads().forEach(head -> table.append(' ').append(word(head)).append(" |"));
        table.append("\n|:---|");
        for (int c = 0; c < grid.heads().size(); c++) {
            int column = c;
            table.append(
                    grid.rows().stream().allMatch(row -> row.cells().get(column).right()) ? "---:|" : ":---|");
        }
        for (Row row : grid.rows()) {
            table.append("\n| ").append(word(row.head())).append(" |");
            row.cells().forEach(cell -> table.append(' ').append(word(cell)).append(" |"));
        }
        grid.below().forEach(line -> table.append("\n\n").append(line(line)));
        return table.toString();
    }

    private static String word(Cell cell) {
        return cell.missing() ? "*" + word(cell.text()) + "*" : word(cell.text());
    }

    private static String word(String text) {
        return escape(HtmlLowering.cut(text, HtmlLowering.LONGEST_CELL));
    }

    /** Text that begins a line, where some signs make a list, a heading or a block of code. */
    private static String line(String text) {
        return escape(text)
                .replaceFirst("^[#+-]", "\\\\$0")
                .replaceFirst("^(\\d+)([.)])(?=\\s|$)", "$1\\\\$2")
                .replaceFirst("^ ", "&#32;");
    }

    private static String escape(String text) {
        return html(text).replace("&quot;", "\"").replace("&#39;", "'").replaceAll("[|*_`\\[\\]~]", "\\\\$0");
    }

    /** A page sets formulas after it has read the Markdown, when \\$ is $ again: so each $ and \ is an element alone. */
    private static String html(String text) {
        return HtmlLowering.escape(text).replace("$", "<span>&#36;</span>").replace("\\", "<span>&#92;</span>");
    }
}
