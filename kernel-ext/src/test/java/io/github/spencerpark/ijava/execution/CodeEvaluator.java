package io.github.spencerpark.ijava.execution;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import jdk.jshell.spi.SPIResolutionException;

/** Runs Java source in a JShell within this process, and gives back values as they are, not as JShell's strings. */
public class CodeEvaluator {
    private static final String IMPORTS =
            """
            import java.util.*;
            import java.io.*;
            import java.math.*;
            import java.net.*;
            import java.util.concurrent.*;
            import java.util.prefs.*;
            import java.util.regex.*;
            import static io.github.spencerpark.ijava.runtime.Display.*;
            import static io.github.spencerpark.ijava.runtime.Kernel.*;
            import static io.github.spencerpark.ijava.runtime.Magics.*;
            """;
    private static final String INTERRUPTED = "(interrupted)"; // stands where a thrown class's name does

    private final InProcess control = new InProcess();
    private final JShell shell =
            JShell.builder().executionEngine(control, Map.of()).build();
    private final String startupScript;
    private boolean started;

    /** The script, which may be null, is run ahead of the first source that is evaluated. */
    public CodeEvaluator(String startupScript) {
        this.startupScript = startupScript;
    }

    public JShell getShell() {
        return shell;
    }

    /** The value of the last snippet in the source; null when that is no expression. */
    public Object eval(String source) throws Exception {
        if (!started) {
            started = true;
            eval(IMPORTS);
            eval(startupScript == null ? "" : startupScript);
        }
        Object last = null;
        CompletionInfo part = shell.sourceCodeAnalysis().analyzeCompletion(source);
        while (part.completeness().isComplete()) {
            last = evalSnippet(part.source());
            part = shell.sourceCodeAnalysis().analyzeCompletion(part.remaining());
        }
        if (part.completeness() != Completeness.EMPTY) {
            throw new IncompleteSourceException(part.remaining().strip());
        }
        return last;
    }

    /** Ends the evaluations that run now, nested ones too; code that ignores the interrupt goes on unheeded. */
    public void interrupt() {
        control.running.forEach(task -> task.cancel(true));
    }

    public void shutdown() {
        shell.close();
    }

    /** What the compiler says about a snippet it refused, a line each. */
    public List<String> diagnostics(CompilationException e) {
        Stream<String> missing = e.snippet instanceof DeclarationSnippet declaration
                ? shell.unresolvedDependencies(declaration).map(name -> "not found: " + name)
                : Stream.empty();
        return Stream.concat(
                        shell.diagnostics(e.snippet)
                                .flatMap(d -> d.getMessage(null).lines()),
                        missing)
                .toList();
    }

    private Object evalSnippet(String source) throws Exception {
        List<SnippetEvent> events = shell.eval(source);
        Object value = null;
        for (SnippetEvent event : events) {
            Snippet.SubKind kind = event.snippet().subKind();
            if (event.value() != null && kind.isExecutable()) {
                Object result = control.results.remove(event.value());
                value = switch (kind) {
                    case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> result;
                    default -> null;
                };
            }
        }
        for (SnippetEvent event : events) {
            if (event.causeSnippet() != null) {
                continue; // an older snippet, brought up to date
            }
            if (event.exception() instanceof EvalException e
                    && e.getExceptionClassName().equals(INTERRUPTED)) {
                throw new EvaluationInterruptedException(source.strip());
            }
            if (event.exception() != null) {
                throw event.exception();
            }
            if (!event.status().isDefined()) {
                throw new CompilationException(event.snippet());
            }
        }
        return value;
    }

    /** JShell's engine in this process: the "value" of a snippet is a key to the object in {@link #results}. */
    private static final class InProcess extends DirectExecutionControl implements ExecutionControlProvider {
        final Map<String, Object> results = new ConcurrentHashMap<>();
        final Set<Future<Object>> running = ConcurrentHashMap.newKeySet();
        private final ExecutorService threads = Executors.newCachedThreadPool();

        @Override
        protected String invoke(Method snippet) throws Exception {
            Future<Object> task = threads.submit(() -> snippet.invoke(null));
            running.add(task);
            try {
                Object result = task.get();
                if (result == null) {
                    return "null"; // a statement, too, has no result; JShell makes its value ""
                }
                String key = UUID.randomUUID().toString();
                results.put(key, result);
                return key;
            } catch (CancellationException e) {
                throw threads.isShutdown()
                        ? new StoppedException()
                        : new UserException("interrupted", INTERRUPTED, e.getStackTrace());
            } catch (ExecutionException e) {
                Throwable thrown = e.getCause() instanceof InvocationTargetException i ? i.getCause() : e.getCause();
                throw thrown instanceof SPIResolutionException unresolved
                        ? new ResolutionException(unresolved.id(), thrown.getStackTrace())
                        : new UserException(
                                String.valueOf(thrown.getMessage()),
                                thrown.getClass().getName(),
                                thrown.getStackTrace());
            } finally {
                running.remove(task);
            }
        }

        @Override
        public void stop() {
            threads.shutdownNow();
        }

        @Override
        public String name() {
            return "in-process";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return this;
        }
    }

    /** The compiler refused a snippet. */
    public static final class CompilationException extends Exception {
        private final transient Snippet snippet;

        CompilationException(Snippet snippet) {
            this.snippet = snippet;
        }
    }

    /** The source ends in the middle of a snippet; the message is that part. */
    public static final class IncompleteSourceException extends Exception {
        IncompleteSourceException(String rest) {
            super(rest);
        }
    }

    /** The client interrupted a snippet; the message names it. */
    public static final class EvaluationInterruptedException extends Exception {
        EvaluationInterruptedException(String source) {
            super("interrupted: " + source);
        }
    }
}
