package org.jacobean.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.Test;

/**
 * Every committed notebook, executed in the real kernel by {@code python3 install execute}: the file is the committed one,
 * to the letter but for what {@link Ipynb.Cell} says of volatile cells. With {@code -Dupdate} the files are written anew.
 */
class NotebooksInJJavaIT {

    @Test
    void theExecutedFilesAreThoseCommitted() throws IOException, InterruptedException {
        Path to = Project.update() ? Project.NOTEBOOKS : Files.createDirectories(Project.TARGET.resolve("notebooks"));
        List<Path> notebooks = Ipynb.all();
        List<String> command = Project.install("execute", "--to", to.toString());
        notebooks.forEach(notebook -> command.add(notebook.toString()));
        Path log = Project.TARGET.resolve("execute.log");
        Process process = new ProcessBuilder(command)
                .directory(Project.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertEquals(0, ended ? process.exitValue() : -1, () -> read(log));
        for (Path notebook : notebooks) {
            assertEquals(
                    Ipynb.comparable(Files.readString(notebook)),
                    Ipynb.comparable(Files.readString(to.resolve(notebook.getFileName()))),
                    () -> notebook.getFileName()
                            + " has other outputs than those committed; if they are right: mvn verify -Dupdate");
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
