package org.jacobean.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jacobean.matrix.Backend;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks, prints a table of the medians, and writes it: first what it ran on, then a line for each shape.
 */
public final class Bench {

    private Bench() {}

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws RunnerException, IOException {
        String on = "JDK " + System.getProperty("java.version") + ", " + Backend.current();
        System.out.println("layer step, forward + backward, float64; median µs; " + on);
        // Medians of two JVMs, of which the quicker counts: other programs run too, and compilers differ from run to
        // run.
        String table = new Runner(new OptionsBuilder()
                        .include(LayerStep.class.getName())
                        .verbosity(VerboseMode.SILENT)
                        .forks(2)
                        .warmupIterations(5)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(7)
                        .measurementTime(TimeValue.milliseconds(500))
                        .build())
                .run().stream()
                        .map(result -> String.format(
                                Locale.ROOT, "%-14s%12.3f", result.getParams().getParam("shape"), median(result)))
                        .collect(Collectors.joining("\n"));
        System.out.println(table);
        Files.writeString(Path.of(arguments[0]), on + "\n" + table.replaceAll(" +", "\t") + "\n");
    }

    /** Of the JVM that was quicker. */
    private static double median(RunResult result) {
        return result.getBenchmarkResults().stream()
                .mapToDouble(jvm -> jvm.getPrimaryResult().getStatistics().getPercentile(50))
                .min()
                .orElseThrow();
    }
}
