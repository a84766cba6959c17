package org.jacobean.browser;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jacobean.kernel.Clients;
import org.jacobean.kernel.Project;

/**
 * A JupyterLab as {@code python3 install lab} opens it, or a Notebook 7 in the same environment: on copies of the notebooks,
 * with settings of its own, and knowing nobody's signatures, so that outputs are untrusted until their cell has run.
 */
final class Jupyter implements AutoCloseable {

    private final Process process;
    private final String page;
    private final Path log;

    static Jupyter lab(Path folder) throws IOException {
        return new Jupyter(folder, "/lab/workspaces/%s/tree/", Project.install("lab", "--LabApp.expose_app_in_browser=True"), Map.of());
    }

    static Jupyter notebook(Path folder) throws IOException {
        return new Jupyter(
                folder,
                "/notebooks/",
                List.of(
                        System.getProperty("jacobean.python"),
                        "-m",
                        "notebook",
                        "--allow-root",
                        "--JupyterNotebookApp.expose_app_in_browser=True"),
                Clients.environment());
    }

    private Jupyter(Path folder, String path, List<String> command, Map<String, String> environment) throws IOException {
        Path notebooks = Files.createDirectories(folder.resolve("notebooks"));
        copy(Project.NOTEBOOKS, notebooks);
        copy(Project.NOTEBOOKS.resolve("data"), Files.createDirectories(notebooks.resolve("data")));
        copy(Project.ROOT.resolve("kernel-ext/src/test/resources/notebooks"), notebooks);
        // Every cell in the page, not only those in sight, and no question about news.
        setting(folder, "notebook-extension/tracker", "{\"windowingMode\": \"none\"}");
        setting(folder, "apputils-extension/notification", "{\"fetchNews\": \"false\", \"checkForUpdates\": false}");
        int port = freePort();
        page = "http://127.0.0.1:" + port + path;
        log = folder.resolve("server.log");
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(
                "--no-browser",
                "--port",
                Integer.toString(port),
                "--IdentityProvider.token=",
                "--ServerApp.root_dir=" + notebooks,
                "--ServerApp.port_retries=0",
                "--NotebookNotary.db_file=:memory:"));
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(Project.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .put("JUPYTERLAB_SETTINGS_DIR", folder.resolve("settings").toString());
        builder.environment()
                .put("JUPYTERLAB_WORKSPACES_DIR", folder.resolve("workspaces").toString());
        process = builder.start();
        waitUntilItAnswers("http://127.0.0.1:" + port + "/api");
    }

    /** The page on which the server shows a notebook, and in JupyterLab nothing else. */
    String url(String notebook) {
        return page.replace("%s", notebook.replaceAll("\\W", "")) + notebook;
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroy);
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void setting(Path folder, String plugin, String json) throws IOException {
        Path file = folder.resolve("settings/@jupyterlab").resolve(plugin + ".jupyterlab-settings");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    private void waitUntilItAnswers(String url) throws IOException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try {
                HttpURLConnection connection = (HttpURLConnection)
                        URI.create(url).toURL().openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        close();
        throw new IOException("Jupyter did not start:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
