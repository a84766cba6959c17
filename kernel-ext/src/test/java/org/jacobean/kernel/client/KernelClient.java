package org.jacobean.kernel.client;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Jupyter kernel in a process of its own, and a client that runs cells in it, as a notebook does:
 *
 * <pre>{@code
 * try (var kernel = KernelClient.start(Kernels.jjava(java, jar), Map.of("JJAVA_CLASSPATH", classPath))) {
 *     assertEquals("3", kernel.run("1 + 2").text());
 * }
 * }</pre>
 *
 * The messages are exchanged by jupyter_client, in the program {@code src/test/python/kernel_client.py}, under the
 * Python that the system property {@code jacobean.python} names. Every call ends in time; what goes wrong otherwise (a
 * kernel that doesn't start, or died) is an IllegalStateException with the last lines that the kernel printed. One
 * client serves one thread.
 */
public final class KernelClient implements AutoCloseable {
    private static final Path PROGRAM = Path.of(System.getProperty("basedir", ""), "src/test/python/kernel_client.py")
            .toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String END = "";
    private static final Gson GSON = new Gson();

    private final Process python;
    private final Writer commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Path errors;

    private KernelClient() throws IOException {
        String executable = System.getProperty("jacobean.python");
        if (executable == null) {
            throw new IllegalStateException(
                    "the system property jacobean.python is not set; it names a Python with jupyter_client");
        }
        errors = Files.createTempFile("kernel-client", ".log");
        python = new ProcessBuilder(executable, PROGRAM.toString())
                .redirectError(errors.toFile())
                .start();
        commands = python.outputWriter(StandardCharsets.UTF_8);
        var reader = new Thread(this::read, "kernel-client");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a kernel and waits until it is ready.
     *
     * @param argv as in a kernelspec; {@code {connection_file}} stands for the connection file
     * @param env  variables for the kernel, besides this process's own (of which {@code JJAVA_…}, {@code IJAVA_…} and
     *             {@code RJK_…} are left out)
     */
    public static KernelClient start(List<String> argv, Map<String, String> env) {
        return start(argv, env, Path.of(""));
    }

    /** The same, with the kernel's working directory. */
    public static KernelClient start(List<String> argv, Map<String, String> env, Path directory) {
        return start(argv, env, directory, LIMIT);
    }

    /** The same, with how long the kernel may take until it is ready. */
    public static KernelClient start(List<String> argv, Map<String, String> env, Path directory, Duration limit) {
        KernelClient client;
        try {
            client = new KernelClient();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            client.ask(
                    "start",
                    limit,
                    Map.of(
                            "argv",
                            argv,
                            "env",
                            env,
                            "cwd",
                            directory.toAbsolutePath().toString()));
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Runs a cell, for a minute at most. */
    public Reply run(String cell) {
        return run(cell, LIMIT);
    }

    public Reply run(String cell, Duration limit) {
        return GSON.fromJson(ask("execute", limit, Map.of("code", cell)), Reply.class);
    }

    /** Runs a cell and interrupts it, if it still runs, that long after its start. */
    public Reply interruptAfter(Duration delay, String cell) {
        return GSON.fromJson(
                ask("execute", delay.plus(LIMIT), Map.of("code", cell, "interrupt_after", seconds(delay))),
                Reply.class);
    }

    /** What the kernel offers at the end of the code: texts that replace the word there. */
    public List<String> complete(String code) {
        return complete(code, code.length());
    }

    /** What the kernel offers at a place in the code, counted in chars. */
    public List<String> complete(String code, int cursor) {
        return ask("complete", LIMIT, Map.of("code", code, "cursor", code.codePointCount(0, cursor)))
                .getAsJsonArray("matches")
                .asList()
                .stream()
                .map(match -> match.getAsString())
                .toList();
    }

    /** Ends the kernel's process and starts another, on the same connection. */
    public void restart() {
        ask("restart", null, Map.of());
    }

    /** What the kernel's process has printed since its start, outside of any cell: warnings at start-up, for one. */
    public String log() {
        return ask("log", null, Map.of()).get("log").getAsString();
    }

    /** Ends the kernel and the client. */
    @Override
    public void close() {
        try {
            commands.close(); // the program stops its kernel when its input ends
        } catch (IOException e) {
            // it has gone already
        }
        try {
            if (!python.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                python.descendants().forEach(ProcessHandle::destroyForcibly);
                python.destroyForcibly();
            }
            Files.deleteIfExists(errors);
        } catch (InterruptedException e) {
            python.destroy();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a command, which is given {@code limit} for its work; null stands for the program's own limit. */
    private JsonObject ask(String command, Duration limit, Map<String, ?> arguments) {
        Map<String, Object> message = new HashMap<>(arguments);
        message.put("do", command);
        if (limit != null) {
            message.put("timeout", seconds(limit));
        }
        String line;
        try {
            commands.write(GSON.toJson(message) + "\n");
            commands.flush();
            line = answers.poll((limit == null ? LIMIT : limit).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            line = END;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the kernel", e);
        }
        if (line == null || line.equals(END)) {
            throw new IllegalStateException("the client program " + (line == null ? "gave no answer" : "ended") + " ("
                    + command + "):\n" + errorText());
        }
        JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
        if (answer.has("error")) {
            throw new IllegalStateException(answer.get("error").getAsString());
        }
        return answer;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void read() {
        try (BufferedReader lines = python.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            // the program has ended
        }
        answers.add(END);
    }

    private String errorText() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
