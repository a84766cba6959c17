package org.jacobean.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacobean.kernel.Project;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Reply;
import org.jacobean.kernel.client.Reply.Display;
import org.jacobean.notebooks.Ipynb.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Notebooks as people run them: twice, after an edit, backwards, after a restart. What a cell gives is what was committed.
 */
class AnyOrderIT {

    private static final Path LESSON = Project.NOTEBOOKS.resolve("1-understanding-gradient-calculation.ipynb");

    /** But for the first lesson, which has a test of its own, and those that compute for long. */
    static List<Path> notebooks() throws IOException {
        List<Path> notebooks = new ArrayList<>(Ipynb.all());
        notebooks.remove(LESSON);
        for (Path notebook : Ipynb.all()) {
            if (!Ipynb.volatileCells(notebook).isEmpty()) {
                notebooks.remove(notebook);
            }
        }
        return notebooks;
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void theSecondRunIsTheFirst(Path notebook) throws IOException {
        List<Cell> cells = Ipynb.codeCells(notebook);
        try (KernelClient kernel = start()) {
            run(kernel, cells);
            for (Cell cell : cells) {
                Cell again = run(kernel, cell);
                // What a session held at the end, it holds when it begins again, and %shapes lists it.
                if (!cell.source().contains("%shapes")) {
                    assertEquals(cell, again, notebook.getFileName() + ", again");
                }
            }
        }
    }

    @Test
    void anEditIsUndoneAndARestartForgets() throws IOException {
        List<Cell> cells = Ipynb.codeCells(LESSON);
        try (KernelClient kernel = start()) {
            List<Cell> first = run(kernel, cells);
            assertEquals(cells, first);
            // Backwards each cell finds what the last run of the others has left.
            List<Cell> backwards = new ArrayList<>(cells);
            Collections.reverse(backwards);
            assertEquals(backwards, run(kernel, backwards));
            List<Cell> edited = new ArrayList<>(cells);
            Cell x = cells.get(0);
            assertEquals("%vector x = 3 -5 6", x.source());
            edited.set(0, new Cell(x.id(), "%vector x = 1 2 4", x.prints(), x.shows(), x.htmls(), x.fails()));
            List<Cell> other = run(kernel, edited);
            assertEquals(List.of(), other.stream().filter(cell -> !cell.fails().isEmpty()).toList());
            assertNotEquals(first.get(3), other.get(3), "the forward pass");
            assertEquals(cells, run(kernel, cells));
            kernel.restart();
            assertTrue(!run(kernel, cells.get(3)).fails().isEmpty(), "there is no layer");
            assertEquals(cells.subList(0, 4), run(kernel, cells.subList(0, 4)));
        }
    }

    private static List<Cell> run(KernelClient kernel, List<Cell> cells) {
        return cells.stream().map(cell -> run(kernel, cell)).toList();
    }

    /** The cell with what it gives now. */
    private static Cell run(KernelClient kernel, Cell cell) {
        Reply reply = kernel.run(cell.source(), Duration.ofMinutes(3));
        List<Map<String, String>> shown = new ArrayList<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        for (Display display : reply.displays()) {
            if (display.id() != null) {
                places.put(display.id(), shown.size());
            }
            shown.add(display.data());
        }
        reply.updates().stream()
                .filter(update -> places.containsKey(update.id()))
                .forEach(update -> shown.set(places.get(update.id()), update.data()));
        if (!reply.result().isEmpty()) {
            shown.add(reply.result());
        }
        return Ipynb.comparable(
                new Cell(
                        cell.id(),
                        cell.source(),
                        reply.stdout() + reply.stderr(),
                        shown.stream().map(data -> data.get("text/plain")).toList(),
                        shown.stream()
                                .map(data -> data.getOrDefault("text/html", data.get("text/markdown")))
                                .filter(rich -> rich != null)
                                .toList(),
                        reply.evalue() == null ? "" : reply.evalue().replaceFirst("^[\\w.$]+, ", "")),
                false);
    }

    /** The kernel as Jupyter starts it, in the notebooks' folder. */
    private static KernelClient start() throws IOException {
        JsonObject spec = JsonParser.parseString(Files.readString(
                        Project.ROOT.resolve(".venv/share/jupyter/kernels/jacobean/kernel.json")))
                .getAsJsonObject();
        List<String> argv = new ArrayList<>();
        spec.getAsJsonArray("argv").forEach(word -> argv.add(word.getAsString()));
        Map<String, String> environment = new LinkedHashMap<>();
        spec.getAsJsonObject("env").entrySet().forEach(entry -> environment.put(
                entry.getKey(), entry.getValue().getAsString()));
        return KernelClient.start(argv, environment, Project.NOTEBOOKS);
    }
}
