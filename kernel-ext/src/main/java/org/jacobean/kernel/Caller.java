package org.jacobean.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** How a magic stands in the user's source. */
enum Caller {

    /** A statement of its own: its value is displayed if it comes last. */
    ALONE,

    /** Its value goes somewhere: {@code Matrix w = %matrix …}. */
    VALUE,

    /** Between the braces of a loop, a condition, a method or a class. */
    INSIDE;

    /** JShell compiles each snippet into a class that is called after the snippet's id. */
    private static final Pattern SNIPPET = Pattern.compile("REPL\\.\\$JShell\\$(\\d+).*");

    /** Of the snippet on this thread's stack; to be asked before anything else is evaluated. */
    static Caller of(JShell shell) {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(frame -> SNIPPET.matcher(frame.getClassName()))
                        .filter(Matcher::matches)
                        .findFirst())
                .flatMap(frame -> snippet(shell, frame.group(1)))
                .map(Caller::of)
                .orElse(ALONE);
    }

    /** A redeclared snippet keeps its id, and the old one stays in the list before it. */
    private static Optional<Snippet> snippet(JShell shell, String id) {
        return shell.snippets().filter(snippet -> snippet.id().equals(id)).reduce((before, last) -> last);
    }

    private static Caller of(Snippet snippet) {
        return switch (snippet.kind()) {
            case STATEMENT, METHOD, TYPE_DECL -> INSIDE;
            default ->
                switch (snippet.subKind()) {
                    case TEMP_VAR_EXPRESSION_SUBKIND, OTHER_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND -> ALONE;
                    default -> VALUE;
                };
        };
    }
}
