package org.jacobean.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import org.jacobean.table.Tablesaw;

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
    public static void in(Session session) throws Exception {
        in(session.shell(), session::evaluate);
    }

    /**
     * The same in a host that has no magics. What is imported already is left alone: a start-up script may have made one
     * snippet of several imports, and all but the first would be gone with it, and the values that need them.
     */
    public static void in(JShell shell, Evaluation evaluation) throws Exception {
        withoutLoggingWarnings();
        Tablesaw.prepare();
        Set<String> there = shell.imports()
                .map(known -> "import " + (known.isStatic() ? "static " : "") + known.fullname() + ";")
                .collect(Collectors.toSet());
        for (String line : imports()) {
            if (!there.contains(line)) {
                evaluation.evaluate(line);
            }
        }
    }

    /** Evaluates source as if the user had typed it into a cell. */
    public interface Evaluation {
        void evaluate(String source) throws Exception;
    }

    /** Tablesaw logs by SLF4J, which would warn in the first cell with a table that nobody listens. */
    private static void withoutLoggingWarnings() {
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }
}
