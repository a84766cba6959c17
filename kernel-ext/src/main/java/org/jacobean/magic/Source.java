package org.jacobean.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jacobean.matrix.Visible;

/** Java source of strings and numbers. */
final class Source {

    /** A constant may have 65,535 bytes; a character of ours takes at most three of them. */
    static final int LONGEST_CONSTANT = 20_000;

    private Source() {}

    /** A string literal; what would not show in it is written by its number. */
    static String string(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            String sign = Character.toString(c);
            switch (sign) {
                case "\"" -> literal.append("\\\"");
                case "\\" -> literal.append("\\\\");
                case "\n" -> literal.append("\\n");
                case "\t" -> literal.append("\\t");
                case "\r" -> literal.append("\\r");
                default -> literal.append(Visible.of(sign).equals(sign) ? sign : String.format("\\u%04x", c));
            }
        });
        return literal.append('"').toString();
    }

    /** Rows of text as the arguments of {@code Matrix.parse}: few constants, none of them too long for Java. */
    static String rows(List<String> rows) {
        List<String> arguments = new ArrayList<>();
        StringBuilder together = new StringBuilder();
        for (String row : rows) {
            if (!together.isEmpty() && together.length() + row.length() + 2 > LONGEST_CONSTANT) {
                arguments.add(string(together.toString()));
                together.setLength(0);
            }
            if (row.length() > LONGEST_CONSTANT) {
                arguments.add(longRow(row));
            } else {
                together.append(together.isEmpty() ? "" : "; ").append(row);
            }
        }
        if (!together.isEmpty()) {
            arguments.add(string(together.toString()));
        }
        return String.join(", ", arguments);
    }

    /** A row too long for one constant, cut at blanks. */
    private static String longRow(String row) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (row.length() - start > LONGEST_CONSTANT) {
            int end = row.lastIndexOf(' ', start + LONGEST_CONSTANT);
            if (end <= start) {
                throw new MagicException(String.format(
                        Locale.ROOT,
                        "an entry has more than %,d characters: '%s…'; a double holds some 17 digits",
                        LONGEST_CONSTANT,
                        row.substring(start, start + 20)));
            }
            pieces.add(string(row.substring(start, end)));
            start = end + 1;
        }
        pieces.add(string(row.substring(start)));
        return "String.join(\" \", " + String.join(", ", pieces) + ")";
    }
}
