package org.jacobean.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What every session begins with: the imports of a lesson. They are the resource {@code imports.jsh}, which plain jshell
 * takes as a start-up file.
 */
public final class Setup {

    private Setup() {}

    /** One import declaration each. */
    static List<String> imports() {
        try (InputStream resource = Setup.class.getResourceAsStream("/org/jacobean/imports.jsh")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("import "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Evaluates the imports, as if the user had typed them. */
    public static void in(Host host) throws Exception {
        withoutLoggingWarnings();
        for (String line : imports()) {
            host.evaluate(line);
        }
    }

    /** What evaluates source: all that it takes where there are no magics. */
    public interface Host {

        /**
         * Evaluates Java as if the user had typed it into a cell.
         *
         * @throws Exception what the host throws when the source does not compile, or fails
         */
        void evaluate(String source) throws Exception;
    }

    /** Tablesaw logs by SLF4J, which would warn in the first cell with a table that nobody listens. */
    private static void withoutLoggingWarnings() {
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }
}
