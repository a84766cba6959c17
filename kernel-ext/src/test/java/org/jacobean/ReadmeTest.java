package org.jacobean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jacobean.kernel.Project;
import org.jacobean.kernel.jshell.CellException;
import org.jacobean.kernel.jshell.Notebook;
import org.jacobean.layer.Linear;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.Relu;
import org.jacobean.magic.Magics;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Diagram;
import org.jacobean.view.Rendered;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
class ReadmeTest {

    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

    @Test
    void everySnippetGivesTheResultBelowIt() throws IOException {
        String readme = Files.readString(Project.ROOT.resolve("README.md"));
        List<String> shown = new ArrayList<>();
        int snippets = 0;
        try (Notebook notebook = Notebook.open(rendered -> shown.add(rendered.text()))) {
            Matcher snippet = SNIPPET.matcher(readme);
            while (snippet.find()) {
                shown.clear();
                assertEquals(
                        snippet.group(2).stripTrailing(), run(notebook, snippet.group(1), shown), snippet.group(1));
                snippets++;
            }
        }
        assertEquals(readme.split("```java\n", -1).length - 1, snippets, "a snippet of Java without its result");
        assertEquals(13, snippets);
    }

    @Test
    void itsDiagramIsWhatTheLibraryDraws() throws IOException {
        Linear layer = new Linear(
                Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6").named("w"),
                Matrix.row(0.01, -0.02).named("b"));
        Linear last = new Linear(Matrix.parse("0.5; -0.3").named("w2"), Matrix.parse("0.1"));
        NetworkGradients all = Network.of(layer, new Relu(), last)
                .forward(Matrix.row(2, 3, 5).named("x"))
                .backward(new MeanSquaredError(), Matrix.parse("1"));
        String drawn = Rendered.of(Diagram.of(all)).as("image/svg+xml").orElseThrow();
        Path picture = Project.ROOT.resolve("kernel-ext/pictures/diagram.svg");
        if (Project.update()) {
            Files.writeString(picture, drawn);
        }
        assertEquals(Files.readString(picture), drawn);
    }

    @Test
    void itsTableNamesEveryMagic() throws IOException {
        String readme = Files.readString(Project.ROOT.resolve("README.md"));
        for (String name : Magics.names()) {
            assertTrue(readme.contains("| `%" + name + " ") || readme.contains("| `%" + name + "`"), name);
        }
    }

    @Test
    void itsLinksAndPicturesExist() throws IOException {
        Matcher link = Pattern.compile("]\\((?!https:)([^)#]+)\\)|src(?:set)?=\"([^\"]+)\"")
                .matcher(Files.readString(Project.ROOT.resolve("README.md")));
        List<String> missing = new ArrayList<>();
        int links = 0;
        while (link.find()) {
            links++;
            String path = link.group(1) != null ? link.group(1) : link.group(2);
            if (!Files.exists(Project.ROOT.resolve(path))) {
                missing.add(path);
            }
        }
        assertEquals(List.of(), missing);
        assertEquals(25, links);
    }

    @Test
    void itsVersionIsThatOfTheBuild() throws IOException {
        Matcher version = Pattern.compile("jacobean-kernel-ext[:-](\\d+(?:\\.\\d+)*)")
                .matcher(Files.readString(Project.ROOT.resolve("README.md")));
        String pom = Files.readString(Path.of("pom.xml"));
        String built = pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
        assertEquals(
                List.of(built),
                version.results().map(r -> r.group(1)).distinct().collect(Collectors.toList()));
    }

    private static String run(Notebook notebook, String cell, List<String> shown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Rendered rendered = notebook.run(cell);
            if (rendered != null) {
                shown.add(rendered.text());
            }
        } catch (CellException e) {
            shown.add(e.getMessage());
        } finally {
            System.setOut(before);
        }
        return (bytes.toString(StandardCharsets.UTF_8).replace("\r", "") + String.join("\n", shown)).stripTrailing();
    }
}
