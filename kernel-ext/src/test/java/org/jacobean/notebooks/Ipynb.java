package org.jacobean.notebooks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jacobean.kernel.Project;

/** The committed notebooks, and what their cells say that they come to. */
final class Ipynb {

    private Ipynb() {}

    /**
     * A code cell with its committed outputs.
     *
     * @param prints its standard output
     * @param shows the texts of what it displays, in order
     * @param htmls the HTML of what it displays, in order, where there is any
     * @param fails its error's message without the class, or ""
     */
    record Cell(String id, String source, String prints, List<String> shows, List<String> htmls, String fails) {}

    static List<Path> all() {
        try (Stream<Path> files = Files.list(Project.NOTEBOOKS)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Cell> codeCells(Path notebook) throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (JsonElement element : JsonParser.parseString(Files.readString(notebook))
                .getAsJsonObject()
                .getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            if (cell.get("cell_type").getAsString().equals("code")) {
                cells.add(codeCell(cell));
            }
        }
        return cells;
    }

    private static Cell codeCell(JsonObject cell) {
        StringBuilder prints = new StringBuilder();
        List<String> shows = new ArrayList<>();
        List<String> htmls = new ArrayList<>();
        String fails = "";
        for (JsonElement element : cell.getAsJsonArray("outputs")) {
            JsonObject output = element.getAsJsonObject();
            switch (output.get("output_type").getAsString()) {
                case "stream" -> prints.append(text(output.get("text")));
                case "error" -> fails = output.get("evalue").getAsString().replaceFirst("^[\\w.$]+, ", "");
                default -> {
                    JsonObject data = output.getAsJsonObject("data");
                    shows.add(text(data.get("text/plain")));
                    String rich = data.has("text/html") ? "text/html" : "text/markdown";
                    if (data.has(rich)) {
                        htmls.add(text(data.get(rich)));
                    }
                }
            }
        }
        return new Cell(cell.get("id").getAsString(), text(cell.get("source")), prints.toString(), shows, htmls, fails);
    }

    /** Notebooks write a text as a string, or as a list of its lines. */
    private static String text(JsonElement text) {
        if (!text.isJsonArray()) {
            return text.getAsString();
        }
        StringBuilder joined = new StringBuilder();
        ((JsonArray) text).forEach(line -> joined.append(line.getAsString()));
        return joined.toString();
    }
}
