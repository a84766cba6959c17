package org.jacobean.kernel;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The clients that only the tests need, Notebook 7 and jupyter_kernel_test: in {@code target/clients}, not in {@code .venv},
 * so that nobody downloads them to use the library.
 */
public final class Clients {

    private static final Path FOLDER = Project.TARGET.resolve("clients");
    private static final Path REQUIREMENTS = Project.ROOT.resolve("kernel-ext/src/test/python/requirements.txt");
    private static final Path LAB = Path.of("share/jupyter/lab");

    private Clients() {}

    /** The variables with which the Python of {@code .venv} finds them. What is missing is installed first. */
    public static Map<String, String> environment() throws IOException {
        Path done = FOLDER.resolve("installed.txt");
        String wanted = Files.readString(REQUIREMENTS);
        if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
            run(
                    "clients-install",
                    Map.of(),
                    "-m",
                    "pip",
                    "install",
                    "--disable-pip-version-check",
                    "--no-deps",
                    "--upgrade",
                    "--target",
                    FOLDER.toString(),
                    "-r",
                    REQUIREMENTS.toString());
            // Notebook looks for JupyterLab's settings beside its own.
            copy(Project.ROOT.resolve(".venv").resolve(LAB).resolve("schemas"), FOLDER.resolve(LAB).resolve("schemas"));
            copy(Project.ROOT.resolve(".venv").resolve(LAB).resolve("themes"), FOLDER.resolve(LAB).resolve("themes"));
            Files.writeString(done, wanted);
        }
        return Map.of(
                "PYTHONPATH", FOLDER.toString(),
                "JUPYTER_PATH", FOLDER.resolve("share/jupyter").toString(),
                "JUPYTER_CONFIG_PATH", FOLDER.resolve("etc/jupyter").toString(),
                "JUPYTERLAB_DIR", FOLDER.resolve(LAB).toString());
    }

    /**
     * Runs the Python of {@code .venv}; what it prints, also into {@code target/<name>.log}. It must end well in five
     * minutes.
     */
    public static String run(String name, Map<String, String> environment, String... arguments) throws IOException {
        Path log = Project.TARGET.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("jacobean.python"))
                .directory(Project.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(
                        String.join(" ", arguments) + (ended ? " failed" : " took too long") + ":\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", arguments) + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(log);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
