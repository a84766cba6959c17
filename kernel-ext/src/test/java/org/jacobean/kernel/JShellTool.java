package org.jacobean.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jacobean.kernel.Cells.Outcome;

/** The tool {@code jshell} of this JDK, set up with the -all jar alone as the README says, and fed with cells. */
final class JShellTool implements AutoCloseable {

    private static final String END = "===== the cell's end";

    private final Process process;
    private final Writer input;
    private final BufferedReader output;

    /** @param options for the JVM that runs the cells */
    JShellTool(Path directory, String... options) throws IOException {
        String jar = Project.allJar().toString();
        start(directory, "jar", "xf", jar, "org/jacobean/imports.jsh").onExit().join();
        List<String> command = new ArrayList<>(List.of("jshell", "--class-path", jar, "--startup", "DEFAULT"));
        command.addAll(List.of("--startup", "org/jacobean/imports.jsh", "-R-Dslf4j.internal.verbosity=ERROR"));
        for (String option : options) {
            command.add("-R" + option);
        }
        command.addAll(List.of("-s", "-")); // echoes nothing, and reads what comes
        process = start(directory, command.toArray(String[]::new));
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    private static Process start(Path directory, String... command) throws IOException {
        command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    /** What it prints, or the message of the exception that it tells of. */
    Outcome run(String cell) {
        try {
            input.write(cell + "\nSystem.out.println(\"" + END + "\");\n");
            input.flush();
            List<String> lines = new ArrayList<>();
            String line = output.readLine();
            while (line != null && !line.equals(END)) {
                lines.add(line);
                line = output.readLine();
            }
            if (line == null) {
                throw new IOException("jshell ended in this cell: " + cell + "\n" + String.join("\n", lines));
            }
            String text = String.join("\n", lines).stripTrailing();
            return text.startsWith("Exception ")
                    ? new Outcome(
                            "",
                            "",
                            text.replaceFirst("^Exception [\\w.$]+: ", "").replaceFirst("(?s)\n      at .*", ""))
                    : new Outcome("", text, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
        process.onExit().join();
    }
}
