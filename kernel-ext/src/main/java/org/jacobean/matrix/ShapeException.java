package org.jacobean.matrix;

import java.util.List;

/**
 * Operands whose shapes do not fit. The message is a headline and one line for each fact: every operand with its
 * shape, the rule, and what to try.
 */
public final class ShapeException extends IllegalArgumentException {

    private ShapeException(String message) {
        super(message);
    }

    /** One line of the message: what it speaks of, and what is so. */
    public record Fact(String label, String value) {

        public static Fact of(String label, Matrix operand) {
            return new Fact(label, operand.shape());
        }

        public static Fact rule(String value) {
            return new Fact("rule", value);
        }

        public static Fact hint(String value) {
            return new Fact("try", value);
        }
    }

    /** A message of aligned facts below {@code headline}. */
    public static ShapeException of(String headline, Fact... facts) {
        int width = List.of(facts).stream()
                .mapToInt(fact -> fact.label().length())
                .max()
                .orElse(0);
        StringBuilder message = new StringBuilder(headline);
        for (Fact fact : facts) {
            message.append("\n  ")
                    .append(fact.label())
                    .append(" ".repeat(width - fact.label().length()))
                    .append("  ")
                    .append(fact.value());
        }
        return new ShapeException(message.toString());
    }
}
