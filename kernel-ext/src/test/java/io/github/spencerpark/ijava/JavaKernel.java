package io.github.spencerpark.ijava;

import io.github.spencerpark.ijava.execution.CodeEvaluator;
import io.github.spencerpark.ijava.execution.MagicSource;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagicFunction;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jshell.EvalException;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** The kernel: cell text → Java (magics expanded) → JShell → a value, rendered for the client. */
public class JavaKernel extends BaseKernel {
    private final CodeEvaluator evaluator;
    private final MagicSource magicsTransformer = new MagicSource();
    private final Magics magics = new Magics();

    public JavaKernel() throws IOException {
        evaluator = new CodeEvaluator(System.getenv("IJAVA_STARTUP_SCRIPT"));
        String classPath = System.getenv("IJAVA_CLASSPATH");
        if (classPath != null) {
            addToClasspath(List.of(classPath.split(File.pathSeparator)));
        }
        LineMagicFunction<List<String>> jars = this::addToClasspath;
        magics.registerLineMagic("jars", jars);
        magics.registerLineMagic("classpath", jars);
    }

    public Magics getMagics() {
        return magics;
    }

    /** Evaluates the source as a cell would be; the last value itself, null when there is none. */
    public Object evalRaw(String source) throws Exception {
        return evaluator.eval(magicsTransformer.toJava(source));
    }

    @Override
    public DisplayData eval(String source) throws Exception {
        Object value = evalRaw(source);
        return value == null || value instanceof DisplayData
                ? (DisplayData) value
                : getRenderer().render(value);
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        int[] start = new int[1];
        List<Suggestion> found = evaluator.getShell().sourceCodeAnalysis().completionSuggestions(code, at, start);
        List<String> texts = found.stream()
                .sorted(Comparator.comparing((Suggestion s) -> !s.matchesType()))
                .map(Suggestion::continuation)
                .distinct()
                .toList();
        return texts.isEmpty() ? null : new ReplacementOptions(texts, start[0], at);
    }

    @Override
    public void interrupt() {
        evaluator.interrupt();
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        evaluator.shutdown();
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return new LanguageInfo.Builder("Java")
                .version(Runtime.version().toString())
                .mimetype("text/x-java-source")
                .fileExtension(".jshell")
                .pygments("java")
                .codemirror("java")
                .build();
    }

    @Override
    public List<String> formatError(Exception e) {
        List<String> lines = new ArrayList<>();
        if (e instanceof CodeEvaluator.CompilationException compilation) {
            lines.addAll(evaluator.diagnostics(compilation));
        } else if (e instanceof EvalException thrown) {
            lines.add(thrown.getExceptionClassName() + ": " + thrown.getMessage());
            for (StackTraceElement frame : thrown.getStackTrace()) {
                lines.add("\tat " + frame);
            }
        } else {
            lines.addAll(super.formatError(e));
        }
        return lines;
    }

    private List<String> addToClasspath(List<String> globs) throws IOException {
        List<String> added = new ArrayList<>();
        for (String glob : globs) {
            for (Path path : new GlobFinder(glob).computeMatchingPaths()) {
                String file = path.toAbsolutePath().toString();
                evaluator.getShell().addToClasspath(file);
                added.add(file);
            }
        }
        return added;
    }
}
