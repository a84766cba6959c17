package org.jacobean.kernel.jshell;

import java.nio.ByteBuffer;
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

    private static final Pattern CELL = Pattern.compile("^%%(\\w+)([^\r\n]*)(?:(?:\r\n?|\n)(.*))?$", Pattern.DOTALL);
    private static final Pattern LINE_END = Pattern.compile("\r\n?|\n");
    private static final Pattern BEFORE = Pattern.compile("(?:^|=)\\s*(?=%)");
    private static final Pattern MAGIC = Pattern.compile("%(\\w+)(?:\\s+(.*))?", Pattern.DOTALL);

    /** A line magic, and the Java before it. */
    private record Line(String before, String name, String text) {}

    /** What stands in the place of a magic. */
    interface Calls {

        /** @param before the Java before it on its line: nothing, or up to the = */
        String line(String before, String name, String text);

        String cell(String name, String text, String body);
    }

    private CellSource() {}

    /** The Java for {@code cell}, where magics call back to the notebook numbered {@code notebook}. */
    static String java(String cell, int notebook) {
        return java(cell, new Calls() {
            @Override
            public String line(String before, String name, String text) {
                return call("lineMagic", notebook, name, text);
            }

            @Override
            public String cell(String name, String text, String body) {
                return call("cellMagic", notebook, name, text, body);
            }
        });
    }

    static String java(String cell, Calls calls) {
        Matcher cellMagic = CELL.matcher(cell);
        if (cellMagic.matches()) {
            return calls.cell(
                    cellMagic.group(1),
                    cellMagic.group(2).strip(),
                    cellMagic.group(3) == null ? "" : cellMagic.group(3));
        }
        StringBuilder java = new StringBuilder();
        boolean textBlock = false;
        for (String line : LINE_END.split(cell, -1)) {
            Optional<Line> magic = textBlock ? Optional.empty() : magic(line);
            magic.ifPresent(CellSource::requireOwnLine);
            java.append(magic.map(m -> m.before() + calls.line(m.before(), m.name(), m.text()))
                            .orElse(line))
                    .append('\n');
            textBlock ^= magic.isEmpty() && (line.split("\"\"\"", -1).length - 1) % 2 == 1;
        }
        return java.toString();
    }

    /** A brace behind a magic would be a part of it. */
    private static void requireOwnLine(Line magic) {
        String text = magic.text().strip();
        if (text.endsWith("}") && !text.contains("{") && magic.before().contains("{")) {
            throw new CellException(
                    "compile error",
                    "%" + magic.name() + " takes the rest of its line, also the }; in braces a magic stands on a line"
                            + " of its own, as in NetworkPass p = %forward net x",
                    null);
        }
    }

    /** The first that stands in no string, and behind no two slashes: a comment, or a string that holds them. */
    private static Optional<Line> magic(String line) {
        Matcher place = BEFORE.matcher(line);
        while (place.find()) {
            String before = line.substring(0, place.end());
            Matcher magic = MAGIC.matcher(line.substring(place.end()));
            if (magic.matches() && before.chars().filter(c -> c == '"').count() % 2 == 0 && !before.contains("//")) {
                return Optional.of(new Line(before, magic.group(1), magic.group(2) == null ? "" : magic.group(2)));
            }
        }
        return Optional.empty();
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
        // Half of a surrogate pair is nothing that UTF-8 could say.
        boolean utf8 = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        String encoded = Base64.getEncoder().encodeToString(utf8 ? text.getBytes(StandardCharsets.UTF_8) : pairs(text));
        StringBuilder pieces = new StringBuilder(Notebook.class.getName()).append(utf8 ? ".decode(" : ".decodePairs(");
        for (int start = 0; start == 0 || start < encoded.length(); start += 60_000) {
            pieces.append(start == 0 ? "\"" : ", \"")
                    .append(encoded, start, Math.min(encoded.length(), start + 60_000))
                    .append('"');
        }
        return pieces.append(')').toString();
    }

    private static byte[] pairs(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }
}
