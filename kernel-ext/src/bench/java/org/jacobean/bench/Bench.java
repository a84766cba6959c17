package org.jacobean.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacobean.matrix.Backend;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks, prints a table of the medians, and writes it: first what it ran on, then a line for each benchmark:
 * its name and µs.
 */
public final class Bench {

    private Bench() {}

    /** What each is called in the table: the benchmark's method, then its shape. */
    private enum Row {
        LAYER("LayerStep.step", "layer "),
        LESSON("LessonStep.step", "lesson"),
        CHECK("Check.all", "check "),
        SHOW("Showing.show", "show "),
        EXPLAIN("Check.explain", "explain "),
        SAMPLE("Check.sample", "sample ");

        private final String benchmark;
        private final String name;

        Row(String benchmark, String name) {
            this.benchmark = benchmark;
            this.name = name;
        }

        static Row of(RunResult result) {
            return Stream.of(values())
                    .filter(row -> result.getParams().getBenchmark().endsWith("." + row.benchmark))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws RunnerException, IOException {
        String on = "JDK " + System.getProperty("java.version") + ", " + Backend.current();
        System.out.println("median µs; " + on);
        // Medians of two JVMs, of which the quicker counts: other programs run too, and compilers differ from run to
        // run.
        Map<String, Double> table = new LinkedHashMap<>();
        new Runner(new OptionsBuilder()
                        .include(Bench.class.getPackageName())
                        .verbosity(VerboseMode.SILENT)
                        .forks(2)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(7)
                        .measurementTime(TimeValue.milliseconds(500))
                        .build())
                .run().stream().sorted(Comparator.comparing(Row::of)).forEach(result -> {
                    String shape = result.getParams().getParam("shape");
                    table.put(Row.of(result).name + (shape == null ? "" : shape), median(result));
                });
        table.put("lesson's memory", new LessonStep().memory());
        table.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-24s%12.3f%n", name, value));
        Files.writeString(
                Path.of(arguments[0]),
                table.entrySet().stream()
                        .map(row -> String.format(Locale.ROOT, "%s\t%.3f\n", row.getKey(), row.getValue()))
                        .collect(Collectors.joining("", on + "\n", "")));
    }

    /** Of the JVM that was quicker. */
    private static double median(RunResult result) {
        return result.getBenchmarkResults().stream()
                .mapToDouble(jvm -> jvm.getPrimaryResult().getStatistics().getPercentile(50))
                .min()
                .orElseThrow();
    }
}
