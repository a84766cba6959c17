package org.jacobean.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * The statement of the user's that a magic stands in.
 *
 * @param place how the magic stands in it
 * @param snippet the statement, where the magic is a call already; or null where it is called from elsewhere
 */
record Caller(Place place, Snippet snippet) {

    enum Place {

        /** A statement of its own: its value is displayed if it comes last. */
        ALONE,

        /** Its value goes somewhere: {@code Matrix w = %matrix …}. */
        VALUE,

        /** Between the braces of a loop, a condition, a method, a lambda or a class. */
        INSIDE
    }

    /** JShell compiles each snippet into a class that is called after the snippet's id. */
    private static final Pattern SNIPPET = Pattern.compile("REPL\\.\\$JShell\\$(\\d+).*");

    /** Where JShell puts what a snippet does, and nothing else. */
    private static final String SNIPPET_METHOD = "do_it$";

    /** Without a way back into a string: each character of it would be a step of Java's stack. */
    private static final Pattern STRING_OR_COMMENT = Pattern.compile(
            "\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\"|//[^\n]*+|/\\*.*?\\*/", Pattern.DOTALL);

    /** The snippet on this thread's stack; to be asked before anything else is evaluated. */
    static Caller of(JShell shell) {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(
                                frame -> SNIPPET.matcher(frame.getClassName()).matches())
                        .findFirst()
                        .map(frame -> of(shell, frame)))
                .orElse(new Caller(Place.ALONE, null));
    }

    /** Whether a variable {@code name} is declared in this statement: a parameter, or a variable of a block. */
    boolean declares(String name) {
        if (snippet == null) {
            return false;
        }
        String code = STRING_OR_COMMENT.matcher(snippet.source()).replaceAll(" ");
        String variable = Pattern.quote(name);
        return Pattern.compile("\\b(?!return\\b|throw\\b|case\\b|assert\\b|new\\b|else\\b|yield\\b)[A-Za-z_$][\\w$.]*"
                                + "(?:<[^;=(){}]*>)?(?:\\[\\])*\\s+" + variable + "\\s*(?:=(?!=)|[;,):])")
                        .matcher(code)
                        .find()
                || Pattern.compile("(?<![\\w$.])" + variable + "\\s*->|\\([\\w$,\\s]*\\b" + variable
                                + "\\b[\\w$,\\s]*\\)\\s*->")
                        .matcher(code)
                        .find();
    }

    private static Caller of(JShell shell, StackWalker.StackFrame frame) {
        Matcher id = SNIPPET.matcher(frame.getClassName());
        id.matches();
        Optional<Snippet> snippet = snippet(shell, id.group(1));
        boolean inside = !frame.getMethodName().equals(SNIPPET_METHOD); // a method, a constructor, a lambda's body
        return new Caller(inside ? Place.INSIDE : snippet.map(Caller::place).orElse(Place.ALONE), snippet.orElse(null));
    }

    /** A redeclared snippet keeps its id, and the old one stays in the list before it. */
    private static Optional<Snippet> snippet(JShell shell, String id) {
        return shell.snippets().filter(snippet -> snippet.id().equals(id)).reduce((before, last) -> last);
    }

    private static Place place(Snippet snippet) {
        return switch (snippet.kind()) {
            case STATEMENT, METHOD, TYPE_DECL -> Place.INSIDE;
            default ->
                switch (snippet.subKind()) {
                    case TEMP_VAR_EXPRESSION_SUBKIND, OTHER_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND -> Place.ALONE;
                    default -> Place.VALUE;
                };
        };
    }
}
