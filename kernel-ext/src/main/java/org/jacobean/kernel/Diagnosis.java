package org.jacobean.kernel;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;

/** What the compiler had to say of source that a host would not evaluate. */
final class Diagnosis {

    private Diagnosis() {}

    /** The compiler's messages, each on a line of its own, or what the host threw. */
    static String of(Throwable thrown, JShell shell) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Snippet rejected = rejected(cause);
            if (rejected != null) {
                String messages = shell.diagnostics(rejected)
                        .map(d -> d.getMessage(Locale.ROOT)
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.startsWith("location:"))
                                .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("\n  "));
                if (!messages.isEmpty()) {
                    return "\n  " + messages;
                }
            }
        }
        return "\n  " + (thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
    }

    /** Kernels have a CompilationException each, of their own package, which holds the event. */
    private static Snippet rejected(Throwable thrown) {
        try {
            Method event = thrown.getClass().getMethod("getBadSnippetCompilation");
            return ((SnippetEvent) event.invoke(thrown)).snippet();
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
