package org.jacobean.kernel.jshell;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jacobean.kernel.MagicError;
import org.jacobean.kernel.MagicRunner;
import org.jacobean.kernel.Session;
import org.jacobean.kernel.Setup;
import org.jacobean.matrix.Visible;
import org.jacobean.view.Display;
import org.jacobean.view.Rendered;

/**
 * A session of cells without a kernel: each cell is Java and magics, and shares its variables with those that follow. It
 * begins with the imports of plain jshell and those of a lesson.
 *
 * <p>Cells run in this JVM, on the thread that calls {@link #run}, and see the classes of this program. A notebook serves
 * one thread at a time.
 */
public final class Notebook implements AutoCloseable {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    /** The snippets' way back to the notebook they belong to. */
    private static final Map<Integer, Notebook> OPEN = new ConcurrentHashMap<>();

    private final int number = NUMBERS.incrementAndGet();
    private final ValueControl control = new ValueControl(Notebook.class.getClassLoader());
    private final JShell shell;
    private final Host host = new Host();
    private final MagicRunner runner;
    private final Consumer<Rendered> screen;
    private final Set<String> asked = new HashSet<>();

    private Notebook(String classPath, Consumer<Rendered> screen) {
        this.screen = screen;
        shell = JShell.builder()
                .executionEngine(new Provider(control), Map.of())
                .build();
        for (String entry : classPath.split(System.getProperty("path.separator"))) {
            shell.addToClasspath(entry);
        }
        runner = new MagicRunner(host);
        OPEN.put(number, this);
        try {
            for (String common : List.of(
                    "io",
                    "math",
                    "net",
                    "nio.file",
                    "util",
                    "util.concurrent",
                    "util.function",
                    "util.regex",
                    "util.stream")) {
                evaluate("import java." + common + ".*;");
            }
            Setup.in(host);
        } catch (Exception e) {
            throw new IllegalStateException("the notebook does not see this library: " + e.getMessage(), e);
        }
    }

    /** A notebook that sees this program's class path, and prints what is shown on standard output. */
    public static Notebook open() {
        return open(rendered -> System.out.println(rendered.text()));
    }

    /** A notebook that sees this program's class path, and gives what is shown to {@code screen}. */
    public static Notebook open(Consumer<Rendered> screen) {
        return new Notebook(System.getProperty("java.class.path"), screen);
    }

    /**
     * Runs a cell, and returns what it would display: the value of its last expression, or null.
     *
     * @throws CellException with the message of the first statement that fails; what came before it stays done
     */
    public Rendered run(String cell) {
        Object value = value(cell);
        return value == null ? null : value instanceof Rendered rendered ? rendered : Rendered.of(value);
    }

    /** Runs a cell, and returns the value of its last expression, or null. */
    public Object value(String cell) {
        Display.Screen before = Display.on(host::show);
        asked.clear();
        try {
            return evaluate(CellSource.java(cell, number));
        } finally {
            Display.on(before);
        }
    }

    /** The shell below, with its variables. */
    public JShell shell() {
        return shell;
    }

    @Override
    public void close() {
        OPEN.remove(number);
        shell.close();
    }

    private Object evaluate(String source) {
        Object last = null;
        CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(source);
        while (next.completeness().isComplete()) {
            last = statement(next.source());
            next = shell.sourceCodeAnalysis().analyzeCompletion(next.remaining());
        }
        if (!next.remaining().isBlank()) {
            throw new CellException(
                    "compile error",
                    Visible.message("the cell ends in the middle of: "
                            + next.remaining().strip()),
                    null);
        }
        return last;
    }

    private Object statement(String source) {
        control.value(null);
        Object value = null;
        for (SnippetEvent event : shell.eval(source)) {
            if (event.causeSnippet() != null) {
                continue;
            }
            if (event.exception() != null) {
                throw failed(event.exception());
            }
            if (event.status() == Snippet.Status.REJECTED) {
                throw rejected(event.snippet());
            }
            value = switch (event.snippet().subKind()) {
                case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> control.value();
                default -> null;
            };
        }
        control.value(null);
        return value;
    }

    private CellException rejected(Snippet snippet) {
        String messages = shell.diagnostics(snippet)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .collect(Collectors.joining("\n"));
        return new CellException(
                "compile error",
                Visible.message(messages + "\n  " + snippet.source().strip()),
                null);
    }

    private static CellException failed(JShellException exception) {
        String kind = exception instanceof EvalException thrown
                ? thrown.getExceptionClassName()
                : exception.getClass().getName();
        String message = exception.getMessage();
        boolean ready = message == null || kind.equals(MagicError.class.getName());
        return new CellException(kind, ready ? message : Visible.message(message), exception);
    }

    /** Called by the Java that a line magic became. */
    @SuppressWarnings("unchecked")
    public static <T> T lineMagic(int notebook, String name, String text) {
        return (T) OPEN.get(notebook).runner.line(name, text);
    }

    /** Called by the Java that a cell magic became. */
    @SuppressWarnings("unchecked")
    public static <T> T cellMagic(int notebook, String name, String text, String body) {
        return (T) OPEN.get(notebook).runner.cell(name, text, body);
    }

    /** Called by the Java that a magic became: its text, from pieces of Base64. */
    public static String decode(String... pieces) {
        return new String(bytes(pieces), StandardCharsets.UTF_8);
    }

    /** The same of a text that holds half of a surrogate pair: two bytes for each character. */
    public static String decodePairs(String... pieces) {
        return ByteBuffer.wrap(bytes(pieces)).asCharBuffer().toString();
    }

    private static byte[] bytes(String... pieces) {
        return Base64.getDecoder().decode(String.join("", pieces));
    }

    /** This notebook as the magics see it. */
    private final class Host implements Session {

        @Override
        public String host() {
            return "JShell";
        }

        @Override
        public JShell shell() {
            return shell;
        }

        @Override
        public void evaluate(String source) {
            Object outer = control.value();
            Notebook.this.evaluate(source);
            control.value(outer);
        }

        @Override
        public Object result(Rendered rendered) {
            return rendered;
        }

        @Override
        public boolean isNew(String what) {
            return asked.add(what);
        }

        @Override
        public void show(Object value, String id) {
            screen.accept(Rendered.of(value));
        }
    }

    private record Provider(ValueControl control) implements ExecutionControlProvider {

        @Override
        public String name() {
            return "jacobean";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }
}
