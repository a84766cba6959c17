package org.jacobean.matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * Operands whose shapes do not fit. The message is a headline, one line for each fact (every operand with its shape, the
 * rule, what would fit and what to try), and the operands drawn as {@link Boxes}.
 */
public final class ShapeException extends IllegalArgumentException {

    private static final int WIDTH = 80;

    private ShapeException(String message) {
        super(message);
    }

    /** What a message says of an operand: its name, cut where it is very long, and its shape. */
    public record Operand(String name, int rows, int columns) {

        private static final int LONGEST = 24;

        /** {@code matrix} under its own name, or called {@code otherwise} where it has none. */
        public static Operand of(Matrix matrix, String otherwise) {
            String name = matrix.label(otherwise);
            return new Operand(
                    length(name) <= LONGEST ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…",
                    matrix.rows(),
                    matrix.columns());
        }

        public String shape() {
            return Matrix.shape(rows, columns);
        }

        /** Aᵀ. */
        Operand transpose() {
            return new Operand(name + "ᵀ", columns, rows);
        }

        boolean isColumn() {
            return columns == 1 && rows > 1;
        }

        /** Its name. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** What the message speaks of, and what is so: a line, or several; a fact without any is left out. */
    public record Fact(String label, String value) {

        public static Fact of(Operand operand) {
            return new Fact(operand.name(), operand.shape());
        }

        public static Fact rule(String value) {
            return new Fact("rule", value);
        }

        public static Fact hint(String value) {
            return new Fact("try", value);
        }
    }

    /**
     * A message of aligned facts below {@code headline}, and a picture below these.
     *
     * @param picture drawn by {@link Boxes}; may be empty
     */
    public static ShapeException of(String headline, String picture, Fact... facts) {
        int width = 0;
        for (Fact fact : facts) {
            width = Math.max(width, length(fact.label()));
        }
        StringBuilder message = new StringBuilder(headline);
        for (Fact fact : facts) {
            String label = fact.label();
            for (String line : wrapped(fact.value(), WIDTH - width - 4)) {
                message.append("\n  ").append(label).append(" ".repeat(width - length(label)));
                message.append("  ").append(line);
                label = "";
            }
        }
        return new ShapeException(message + (picture.isEmpty() ? "" : "\n\n" + picture));
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(whole -> {
            StringBuilder line = new StringBuilder();
            for (String word : whole.split(" ")) {
                if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        });
        return lines;
    }

    /** How many columns of a terminal it takes. */
    static int length(CharSequence text) {
        return (int) text.codePoints().count();
    }
}
