package org.jacobean.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import org.jacobean.kernel.Caller.Place;
import org.jacobean.kernel.Handover.Outcome;
import org.jacobean.magic.Expansion;
import org.jacobean.magic.Expansion.Use;
import org.jacobean.magic.Kind;
import org.jacobean.magic.Magics;
import org.jacobean.matrix.Memory;
import org.jacobean.view.Rendered;

/**
 * Runs magics in a session. A magic becomes Java, its value is computed, and only when that worked is its variable declared,
 * so that a failure leaves the old value alone. Whatever fails, fails as a {@link MagicError}.
 */
public final class MagicRunner {

    private final Session session;
    private final Leftovers leftovers;

    public MagicRunner(Session session) {
        this.session = session;
        this.leftovers = new Leftovers(session.shell());
    }

    /** {@code %name text}: returns what the host is to display, or the magic's value where it is used as one. */
    public Object line(String name, String text) {
        Caller caller = caller();
        try {
            if (Magics.asksForHelp(text) && !name.equals("java")) {
                return say(Magics.manual(name));
            }
            return switch (name) {
                case "java" -> say(java(text, caller));
                case "jacobean" -> say(About.text(session));
                case "help" -> say(About.help(text));
                default -> run(Magics.expand(name, text, types(caller)), caller);
            };
        } catch (IllegalArgumentException e) {
            throw new MagicError(e.getMessage());
        }
    }

    /** {@code %%name text} above {@code body}. */
    public Object cell(String name, String text, String body) {
        Caller caller = caller();
        try {
            return Magics.asksForHelp(text)
                    ? say(Magics.manual(name))
                    : run(Magics.expandCell(name, text, body), caller);
        } catch (IllegalArgumentException e) {
            throw new MagicError(e.getMessage());
        }
    }

    /** Called by the Java that {@code %name} became where no magic has that name, and one of ours a name like it. */
    public static <T> T misspelt(String name, List<String> words) {
        throw new MagicError(Magics.unknown(name));
    }

    private Caller caller() {
        Caller caller = Caller.of(session.shell());
        leftovers.of(caller.snippet());
        return caller;
    }

    private static Object say(String text) {
        System.out.println(text);
        return null;
    }

    private String java(String text, Caller caller) {
        if (text.strip().startsWith("%%")) {
            throw new MagicError("%java takes a magic of one line, such as %java %matrix w = 1 2; 3 4");
        }
        String line = text.strip().replaceFirst("^%", "");
        if (line.isEmpty() || Magics.asksForHelp(line)) {
            return Magics.manual("java");
        }
        String[] parts = line.split("\\s+", 2);
        return Magics.expand(parts[0], parts.length == 1 ? "" : parts[1], types(caller))
                .java();
    }

    private Object run(Expansion expansion, Caller caller) {
        expansion.uses().forEach(use -> check(expansion, use, caller));
        checkTarget(expansion, caller);
        long ticket = Handover.ticket();
        try {
            Optional<VarSnippet> before = variable(expansion.name());
            evaluate(expansion, computing(expansion, before, ticket));
            Outcome outcome = Handover.outcome(ticket);
            outcome.warning().lines().forEach(this::remark);
            if (outcome.failure() != null) {
                throw new MagicError(message(outcome.failure()));
            }
            if (expansion.name() != null && !assigns(expansion, before)) {
                evaluate(
                        expansion,
                        expansion.type() + " " + expansion.name() + " = " + Handover.class.getName() + ".value("
                                + ticket + "L);");
            }
            remark(expansion, outcome.value(), caller);
            return caller.place() == Place.ALONE
                    ? session.result(rendered(expansion, outcome.value()))
                    : outcome.value();
        } finally {
            Handover.forget(ticket);
        }
    }

    /** What the person should know of what was declared. */
    private void remark(Expansion expansion, Object value, Caller caller) {
        if (expansion.name() != null && caller.place() == Place.INSIDE) {
            remark("%" + expansion.magic() + " between braces declares " + expansion.name()
                    + " for the cells that follow, too late for the rest of this block; inside it write: "
                    + expansion.type() + " " + expansion.name() + " = %" + expansion.magic() + " …");
        }
        // A value that is not kept is looked at, and then says so itself.
        if (expansion.name() != null || caller.place() != Place.ALONE) {
            Rendered.remark(value).ifPresent(line -> remark("%" + expansion.magic() + ": " + line));
        }
    }

    /** Says a line beside the cell's outputs, once in the cell: not at every turn of a loop, and again when it runs again. */
    private void remark(String line) {
        if (session.isNew("said: " + line)) {
            System.err.println(line);
        }
    }

    private static Rendered rendered(Expansion expansion, Object value) {
        try {
            return Rendered.of(value);
        } catch (CancellationException e) {
            throw new MagicError(
                    expansion.name() == null
                            ? e.getMessage()
                            : "interrupted: " + expansion.name() + " is declared, and was not displayed");
        }
    }

    /**
     * The source that computes the value, and assigns it to its variable where there is one of its type: each evaluation is
     * a run of the compiler. Any other is declared only after the value was computed, so a failure leaves everything as it
     * was.
     *
     * <p>It has no lambda: of such source JShell keeps all that the compiler made of it, half a megabyte each time.
     */
    private static String computing(Expansion expansion, Optional<VarSnippet> before, long ticket) {
        String handover = Handover.class.getName();
        String warn = expansion.warning() == null
                ? ""
                : "try { " + handover + ".warn(" + ticket + "L, " + expansion.warning()
                        + "); } catch (Throwable unsaid) { } ";
        return "try { " + warn + (assigns(expansion, before) ? expansion.name() + " = " : "") + handover + ".give("
                + ticket + "L, " + expansion.expression() + "); } catch (Throwable failure) { " + handover + ".fail("
                + ticket + "L, failure); }";
    }

    private static boolean assigns(Expansion expansion, Optional<VarSnippet> before) {
        return expansion.name() != null && before.isPresent() && isOf(expansion.type(), before.get());
    }

    private static boolean isOf(String type, VarSnippet variable) {
        return Kind.simple(variable.typeName()).equals(type);
    }

    private void evaluate(Expansion expansion, String source) {
        try {
            session.evaluate(source);
        } catch (Exception | MagicError e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new MagicError("interrupted");
            }
            throw new MagicError("%" + expansion.magic() + " stands for Java that does not compile here:\n  "
                    + expansion.java() + Diagnosis.of(e, session.shell()));
        }
    }

    /** {@code Matrix u = %forward …}: what is declared so would fail in the words of Java's class loaders. */
    private static void checkTarget(Expansion expansion, Caller caller) {
        if (caller.place() == Place.VALUE && expansion.name() == null && caller.snippet() instanceof VarSnippet target) {
            String type = Kind.simple(target.typeName());
            if (Kind.isAnother(type, expansion.type())) {
                throw new MagicError("%" + expansion.magic() + " gives a value of type " + expansion.type() + ", and "
                        + target.name() + " is declared as " + type + "; write " + expansion.type() + " "
                        + target.name() + " = %" + expansion.magic() + " …");
            }
        }
    }

    private void check(Expansion expansion, Use use, Caller caller) {
        String magic = expansion.magic();
        if (caller.place() == Place.INSIDE && caller.declares(use.name())) {
            throw new MagicError("%" + magic + " sees the session's variables, and not the " + use.name()
                    + " of this block; write there the Java that it stands for: " + expansion.java());
        }
        Optional<VarSnippet> variable = variable(use.name());
        if (variable.isEmpty()) {
            throw new MagicError("%" + magic + ": there is no variable " + use.name()
                    + use.kind().offers(use.name(), known(use.kind())));
        }
        String type = Kind.simple(variable.get().typeName());
        if (!use.kind().accepts(type)) {
            String hint =
                    switch (type.equals("Object") || use.kind().accepts("Matrix") ? type : "") {
                        case "Object" -> "; declare it with its type, as in Matrix " + use.name() + " = %matrix …";
                        case "double[][]" -> "; write Matrix m = Matrix.of(" + use.name() + "); first";
                        case "double[]" -> "; write Matrix m = Matrix.row(" + use.name() + "); first";
                        default -> use.kind().offers("", known(use.kind()));
                    };
            throw new MagicError("%" + magic + ": " + use.name() + " is declared as " + type + ", where "
                    + use.kind().said() + " is expected" + hint);
        }
    }

    private List<String> known(Kind kind) {
        return variables()
                .filter(v -> kind.proposes(v.typeName()))
                .map(VarSnippet::name)
                .filter(name -> !name.startsWith("$"))
                .sorted()
                .toList();
    }

    /** The declared type of each variable that means here what it means in the session. */
    private Map<String, String> types(Caller caller) {
        Map<String, String> types = new LinkedHashMap<>();
        variables()
                .filter(variable -> caller.place() != Place.INSIDE || !caller.declares(variable.name()))
                .forEach(variable -> types.put(variable.name(), variable.typeName()));
        return types;
    }

    private Optional<VarSnippet> variable(String name) {
        return variables().filter(variable -> variable.name().equals(name)).findFirst();
    }

    /** Those that have a value: a declaration that did not compile is listed too. */
    private Stream<VarSnippet> variables() {
        return session.shell().variables().filter(variable -> session.shell().status(variable) == Snippet.Status.VALID);
    }

    /** What filled the memory was let go of again: the session goes on. */
    private static String memory() {
        long most = Runtime.getRuntime().maxMemory();
        return String.format(
                Locale.ROOT,
                "there is not enough memory for this: this Java may use %,d MB; make it smaller, let go of what is no"
                        + " longer needed (w = null;), or %s",
                most / 1_000_000,
                Memory.more());
    }

    /** Our own messages as they stand; the type says more than the message of a stranger's exception. */
    private static String message(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return memory();
        }
        boolean ours = failure.getMessage() != null
                && (failure instanceof IllegalArgumentException
                        || failure instanceof IndexOutOfBoundsException
                        || failure instanceof CancellationException);
        return ours ? failure.getMessage() : failure.toString();
    }
}
