package org.jacobean.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jacobean.matrix.ShapeException.Operand;

/**
 * Two operands as boxes in proportion, side by side: the count of columns above each, the count of rows to its left, its
 * name below. The sides that the rule compares are drawn double:
 *
 * <pre>
 *      2
 *   ╒════╕          3
 *   │    │      ╓──────┐
 * 3 │    │  · 1 ║      │
 *   │    │      ╙──────┘
 *   └────┘         x
 *     w
 * </pre>
 *
 * One scale for all four sides: a large matrix becomes {@value #HIGHEST} lines high or {@value #WIDEST} wide, and no side
 * is drawn shorter than 1. A line counts as two columns of text, which is about as high as they are wide.
 */
public final class Boxes {

    private static final int HIGHEST = 4;
    private static final int WIDEST = 9;

    private final Operand operand;
    private final int height;
    private final int width;
    /** Whether the upper and the left side are drawn double. */
    private final boolean columns;

    private final boolean rows;

    private Boxes(Operand operand, double scale, boolean columns, boolean rows) {
        this.operand = operand;
        this.height = (int) Math.max(1, Math.round(operand.rows() / scale));
        this.width = (int) Math.max(2, Math.round(2 * operand.columns() / scale));
        this.columns = columns;
        this.rows = rows;
    }

    /** A·B: the columns of A and the rows of B. */
    public static String product(Operand a, Operand b) {
        double scale = scale(a, b);
        return draw(new Boxes(a, scale, true, false), "·", new Boxes(b, scale, false, true));
    }

    /** Two of one shape: the sides in which they differ. */
    public static String alike(Operand a, String sign, Operand b) {
        double scale = scale(a, b);
        boolean columns = a.columns() != b.columns();
        boolean rows = a.rows() != b.rows();
        return draw(new Boxes(a, scale, columns, rows), sign, new Boxes(b, scale, columns, rows));
    }

    /** A [N × m] and b, that must be 1 × m: their columns where they differ, and the rows of b where they are not one. */
    public static String rowFor(Operand a, String sign, Operand b) {
        double scale = scale(a, b);
        boolean columns = a.columns() != b.columns();
        return draw(new Boxes(a, scale, columns, false), sign, new Boxes(b, scale, columns, b.rows() != 1));
    }

    private static double scale(Operand a, Operand b) {
        double rows = Math.max(a.rows(), b.rows());
        double columns = Math.max(a.columns(), b.columns());
        return Math.max(1, Math.max(rows / HIGHEST, columns / WIDEST));
    }

    private static String draw(Boxes a, String sign, Boxes b) {
        int height = Math.max(a.height, b.height);
        List<String> left = a.lines(height);
        List<String> right = b.lines(height);
        int width = left.stream().mapToInt(ShapeException::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < left.size(); r++) {
            String line = left.get(r);
            String between = r == middle(height) + 2 ? sign : "";
            lines.add(("  " + line + " ".repeat(width - ShapeException.length(line)) + "  " + between
                            + " ".repeat(2 - between.length()) + right.get(r))
                    .stripTrailing());
        }
        return String.join("\n", lines);
    }

    /** This box in the middle of {@code total} lines, with what stands above, beside and below it. */
    private List<String> lines(int total) {
        String above = count(operand.columns());
        String beside = count(operand.rows()) + " ";
        String name = operand.name();
        int longest = Math.max(above.length(), ShapeException.length(name));
        int left = Math.max(beside.length(), (longest - width - 1) / 2);
        int before = middle(total) - middle(height);
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < before; r++) {
            lines.add("");
        }
        lines.add(" ".repeat(left + (width + 2 - above.length()) / 2) + above);
        lines.add(" ".repeat(left)
                + (columns ? rows ? "╔" : "╒" : rows ? "╓" : "┌")
                + (columns ? "═" : "─").repeat(width)
                + (columns ? "╕" : "┐"));
        for (int r = 0; r < height; r++) {
            String count = r == middle(height) ? beside : "";
            lines.add(" ".repeat(left - count.length()) + count + (rows ? "║" : "│") + " ".repeat(width) + "│");
        }
        lines.add(" ".repeat(left) + (rows ? "╙" : "└") + "─".repeat(width) + "┘");
        lines.add(" ".repeat(left + Math.floorDiv(width + 2 - ShapeException.length(name), 2)) + name);
        while (lines.size() < total + 4) {
            lines.add("");
        }
        return lines;
    }

    private static int middle(int height) {
        return (height - 1) / 2;
    }

    private static String count(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
