package org.jacobean.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The table of cells that every host runs, from {@code cells.txt}. */
public final class Cells {

    /** How many cases there are, so that a table that was not read whole is noticed. */
    public static final int COUNT = 95;

    /** How many of them no Java stands for, see the table. */
    public static final int OF_MAGICS = 19;

    private static final String MAGIC = "magic ";

    private Cells() {}

    /**
     * A cell and what it comes to.
     *
     * @param shows the text of what it displays, or ""
     * @param prints its standard output without the last line's end, or ""
     * @param fails its error's message, or ""
     * @param ofMagics whether it is about a magic itself, and not the Java it stands for
     */
    public record Case(String cell, String shows, String prints, String fails, boolean ofMagics) {

        public Outcome expected() {
            return new Outcome(shows, prints, fails);
        }
    }

    /** What a cell came to in a host. */
    public record Outcome(String shows, String prints, String fails) {}

    /** All cases, where CWD in a message is {@code directory}. */
    public static List<Case> all(String directory) {
        try (InputStream resource = Cells.class.getResourceAsStream("/cells.txt")) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("CWD", directory)
                    .lines()
                    .dropWhile(line -> line.startsWith("#") || line.isBlank())
                    .collect(Collectors.joining("\n"));
            return Arrays.stream(text.split("\n=====\n")).map(Cells::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case parse(String text) {
        String[] parts = text.split("\n-- ", 2);
        boolean ofMagics = parts.length == 2 && parts[1].startsWith(MAGIC);
        String outcome = parts.length == 1 ? "" : parts[1].substring(ofMagics ? MAGIC.length() : 0);
        return new Case(parts[0], part(outcome, "shows"), part(outcome, "prints"), part(outcome, "fails"), ofMagics);
    }

    private static String part(String outcome, String kind) {
        return outcome.startsWith(kind + "\n")
                ? outcome.substring(kind.length() + 1).stripTrailing()
                : "";
    }
}
