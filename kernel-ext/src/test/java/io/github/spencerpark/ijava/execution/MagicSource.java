package io.github.spencerpark.ijava.execution;

import io.github.spencerpark.jupyter.kernel.magic.CellMagicParseContext;
import io.github.spencerpark.jupyter.kernel.magic.LineMagicParseContext;
import io.github.spencerpark.jupyter.kernel.magic.MagicParser;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Turns magics into Java calls: {@code %m a b} at the start of a line or after {@code =}, up to the end of that line,
 * and {@code %%m a b} at the start of a cell. An empty block follows the call, so the cell's value isn't the magic's.
 */
public final class MagicSource {
    private final MagicParser parser = new MagicParser("(?:^|(?<==))\\s*%", "%%");

    public String toJava(String cell) {
        CellMagicParseContext magic = parser.parseCellMagic(cell);
        if (magic == null) {
            return parser.transformLineMagics(cell, MagicSource::lineMagic);
        }
        return call(
                "cellMagic",
                magic.getMagicCall().getName(),
                magic.getMagicCall().getArgs(),
                ", " + literal(magic.getMagicCall().getBody()));
    }

    private static String lineMagic(LineMagicParseContext magic) {
        boolean inString = magic.getLinePrefix()
                                .replace("\\\"", "")
                                .chars()
                                .filter(c -> c == '"')
                                .count()
                        % 2
                == 1;
        return inString
                ? magic.getRaw()
                : call(
                        "lineMagic",
                        magic.getMagicCall().getName(),
                        magic.getMagicCall().getArgs(),
                        "");
    }

    private static String call(String function, String name, List<String> arguments, String body) {
        String list = arguments.stream().map(MagicSource::literal).collect(Collectors.joining(", ", "List.of(", ")"));
        return function + "(" + literal(name) + ", " + list + body + "); {};";
    }

    /** Any text as a Java expression; in the platform's charset, as the real kernel does. */
    private static String literal(String text) {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes());
        return "new String(Base64.getDecoder().decode(\"" + encoded + "\"))";
    }
}
