package org.jacobean.kernel.jshell;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell's text, with its magics turned into calls of Java. As in the kernels a line magic stands at the start of a line or
 * right behind {@code =} and goes on to the line's end, and a cell magic is the cell's first word; unlike there, a line
 * inside a text block is left alone.
 */
final class CellSource {

    private static final Pattern CELL = Pattern.compile("^%%(\\w+)([^\n]*)\n(.*)$", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("^(\\s*|.*=\\s*)%(\\w+)(?:\\s+(.*))?$");

    private CellSource() {}

    /** The Java for {@code cell}, where magics call back to the notebook numbered {@code notebook}. */
    static String java(String cell, int notebook) {
        Matcher cellMagic = CELL.matcher(cell);
        if (cellMagic.matches()) {
            return call(
                    "cellMagic",
                    notebook,
                    cellMagic.group(1),
                    cellMagic.group(2).strip(),
                    cellMagic.group(3));
        }
        StringBuilder java = new StringBuilder();
        boolean textBlock = false;
        for (String line : cell.split("\n", -1)) {
            Optional<Matcher> magic = textBlock ? Optional.empty() : magic(line);
            magic.ifPresent(CellSource::requireOwnLine);
            java.append(magic.map(m -> m.group(1)
                                    + call("lineMagic", notebook, m.group(2), m.group(3) == null ? "" : m.group(3)))
                            .orElse(line))
                    .append('\n');
            textBlock ^= (line.split("\"\"\"", -1).length - 1) % 2 == 1;
        }
        return java.toString();
    }

    /** A brace behind a magic would be a part of it. */
    private static void requireOwnLine(Matcher magic) {
        String text = magic.group(3) == null ? "" : magic.group(3).strip();
        if (text.endsWith("}") && !text.contains("{") && magic.group(1).contains("{")) {
            throw new CellException(
                    "compile error",
                    "%" + magic.group(2) + " takes the rest of its line, also the }; in braces a magic stands on a line"
                            + " of its own, as in NetworkPass p = %forward net x",
                    null);
        }
    }

    private static Optional<Matcher> magic(String line) {
        Matcher magic = LINE.matcher(line);
        boolean found = magic.matches()
                && magic.group(1).chars().filter(c -> c == '"').count() % 2 == 0
                && !magic.group(1).contains("//");
        return found ? Optional.of(magic) : Optional.empty();
    }

    private static String call(String method, int notebook, String... texts) {
        StringBuilder call = new StringBuilder(Notebook.class.getName())
                .append('.')
                .append(method)
                .append('(')
                .append(notebook);
        for (String text : texts) {
            call.append(", ").append(literal(text));
        }
        return call.append(");").toString();
    }

    /** Base64, so that nothing in it needs escaping; in pieces that Java's constants can hold. */
    private static String literal(String text) {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder pieces = new StringBuilder(Notebook.class.getName()).append(".decode(");
        for (int start = 0; start == 0 || start < encoded.length(); start += 60_000) {
            pieces.append(start == 0 ? "\"" : ", \"")
                    .append(encoded, start, Math.min(encoded.length(), start + 60_000))
                    .append('"');
        }
        return pieces.append(')').toString();
    }
}
