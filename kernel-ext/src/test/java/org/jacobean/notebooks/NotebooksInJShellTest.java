package org.jacobean.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jacobean.kernel.Project;
import org.jacobean.kernel.jshell.CellException;
import org.jacobean.kernel.jshell.Notebook;
import org.jacobean.notebooks.Ipynb.Cell;
import org.jacobean.view.Display;
import org.jacobean.view.Rendered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every committed notebook, run cell by cell in the JShell host: what it prints and shows is what was committed. */
class NotebooksInJShellTest {

    static List<Path> notebooks() {
        return Ipynb.all();
    }

    @AfterEach
    void settingsAsTheyWere() {
        Display.defaults();
    }

    @Test
    void theLessonsAreThere() {
        List<String> names =
                Ipynb.all().stream().map(file -> file.getFileName().toString()).toList();
        assertTrue(
                names.containsAll(List.of("1-understanding-gradient-calculation.ipynb", "2-weights-and-biases.ipynb")),
                names::toString);
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itsOutputsAreThoseCommitted(Path file) throws IOException {
        assumeFalse(Project.update(), "the outputs are being written anew");
        List<Cell> cells = Ipynb.codeCells(file);
        Set<String> volatileCells = Ipynb.volatileCells(file);
        assertTrue(cells.size() >= 10, () -> "only " + cells.size() + " cells of code");
        List<Rendered> shown = new ArrayList<>();
        try (Notebook notebook = Notebook.open(shown::add)) {
            for (Cell cell : cells) {
                shown.clear();
                ByteArrayOutputStream printed = new ByteArrayOutputStream();
                String failure = run(notebook, fromHere(cell.source()), shown, printed);
                Cell got = new Cell(
                        cell.id(),
                        cell.source(),
                        printed.toString(StandardCharsets.UTF_8).replace("\r", ""),
                        shown.stream().map(Rendered::text).toList(),
                        shown.stream()
                                .flatMap(r -> r.html().or(() -> r.as("text/markdown")).stream())
                                .toList(),
                        failure);
                assertEquals(
                        cell,
                        Ipynb.comparable(got, volatileCells.contains(cell.id())),
                        () -> file.getFileName() + ", cell " + cell.id());
            }
        }
    }

    /** A kernel runs in the folder of its notebook; this JVM in another. */
    private static String fromHere(String source) {
        return source.replace("\"data/", "\"" + Project.NOTEBOOKS.toString().replace('\\', '/') + "/data/");
    }

    private static String run(Notebook notebook, String source, List<Rendered> shown, ByteArrayOutputStream printed) {
        PrintStream before = System.out;
        PrintStream beforeErr = System.err;
        PrintStream all = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(all);
        System.setErr(all);
        try {
            Rendered rendered = notebook.run(source);
            if (rendered != null) {
                shown.add(rendered);
            }
            return "";
        } catch (CellException e) {
            return e.getMessage();
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
        }
    }
}
