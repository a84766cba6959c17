package org.jacobean.browser;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jacobean.kernel.Project;

/** A JupyterLab as {@code python3 install lab} opens it, on copies of the notebooks, with settings of its own. */
final class JupyterLab implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Path log;

    /** @param more notebooks besides the project's own */
    JupyterLab(Path folder, Path... more) throws IOException {
        Path notebooks = Files.createDirectories(folder.resolve("notebooks"));
        try (Stream<Path> files = Files.list(Project.NOTEBOOKS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ipynb")).toList()) {
                Files.writeString(notebooks.resolve(file.getFileName()), withoutOutputs(file));
            }
        }
        Path data = Files.createDirectories(notebooks.resolve("data"));
        for (String file : List.of("digits.csv", "penguins.csv")) {
            Files.copy(
                    Project.NOTEBOOKS.resolve("data").resolve(file),
                    data.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        for (Path file : more) {
            Files.copy(file, notebooks.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        // Every cell in the page, not only those in sight, and no question about news.
        setting(folder, "notebook-extension/tracker", "{\"windowingMode\": \"none\"}");
        setting(folder, "apputils-extension/notification", "{\"fetchNews\": \"false\", \"checkForUpdates\": false}");
        port = freePort();
        log = folder.resolve("lab.log");
        ProcessBuilder builder = new ProcessBuilder(Project.install(
                        "lab",
                        "--no-browser",
                        "--port",
                        Integer.toString(port),
                        "--IdentityProvider.token=",
                        "--ServerApp.root_dir=" + notebooks,
                        "--ServerApp.port_retries=0"))
                .directory(Project.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put("JUPYTERLAB_SETTINGS_DIR", folder.resolve("settings").toString());
        builder.environment()
                .put("JUPYTERLAB_WORKSPACES_DIR", folder.resolve("workspaces").toString());
        process = builder.start();
        waitUntilItAnswers();
    }

    String url(String notebook) {
        return "http://127.0.0.1:" + port + "/lab/tree/" + notebook;
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

    /** What is seen later was computed there, and is not what was committed. */
    private static String withoutOutputs(Path file) throws IOException {
        JsonObject notebook = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        for (JsonElement element : notebook.getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            if (cell.has("outputs")) {
                cell.add("outputs", new JsonArray());
                cell.add("execution_count", JsonNull.INSTANCE);
            }
        }
        return new GsonBuilder().serializeNulls().create().toJson(notebook);
    }

    private static void setting(Path folder, String plugin, String json) throws IOException {
        Path file = folder.resolve("settings/@jupyterlab").resolve(plugin + ".jupyterlab-settings");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    private void waitUntilItAnswers() throws IOException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try {
                HttpURLConnection connection = (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + "/api").toURL().openConnection();
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
        throw new IOException("JupyterLab did not start:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
