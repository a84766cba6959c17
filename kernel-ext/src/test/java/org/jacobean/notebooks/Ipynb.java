package org.jacobean.notebooks;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.kernel.Project;

/** The committed notebooks, and what their cells say that they come to. */
final class Ipynb {

    /** A number of more digits than any text shows. */
    private static final Pattern EXACT = Pattern.compile("(?<![\\d.])\\d+\\.\\d{12,}(E-?\\d+)?");

    private static final Pattern PROGRESS = Pattern.compile("\\[[#-]+\\] +\\d+ ?%");

    private Ipynb() {}

    /**
     * A code cell with its committed outputs. Of a cell tagged {@code volatile}, whose outputs depend on the machine, only
     * their structure: what is printed and the first line of what is displayed, every finite number as #, without progress
     * bars. What their numbers must be the cell itself asserts. Of every other all is compared, but of a number's exact
     * digits, as in a tooltip, only nine: large products differ in the last, depending on the processor's BLAS.
     *
     * @param prints its standard output
     * @param shows the texts of what it displays, in order
     * @param htmls the HTML of what it displays, in order, where there is any
     * @param fails its error's message without the class, or ""
     */
    record Cell(String id, String source, String prints, List<String> shows, List<String> htmls, String fails) {}

    /** The ids of the volatile cells. */
    static Set<String> volatileCells(Path notebook) throws IOException {
        return cells(notebook)
                .filter(Ipynb::isVolatile)
                .map(cell -> cell.get("id").getAsString())
                .collect(Collectors.toSet());
    }

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
        return cells(notebook)
                .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
                .map(Ipynb::codeCell)
                .toList();
    }

    private static Stream<JsonObject> cells(Path notebook) throws IOException {
        JsonArray cells = JsonParser.parseString(Files.readString(notebook))
                .getAsJsonObject()
                .getAsJsonArray("cells");
        return IntStream.range(0, cells.size()).mapToObj(i -> cells.get(i).getAsJsonObject());
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
        return comparable(
                new Cell(
                        cell.get("id").getAsString(), text(cell.get("source")), prints.toString(), shows, htmls, fails),
                isVolatile(cell));
    }

    /** What is compared of a cell; see {@link Cell}. */
    static Cell comparable(Cell cell, boolean isVolatile) {
        return isVolatile
                ? new Cell(
                        cell.id(),
                        cell.source(),
                        masked(cell.prints()),
                        cell.shows().stream()
                                .filter(text -> !PROGRESS.matcher(text).find())
                                .map(text -> masked(text.lines().findFirst().orElse("")))
                                .toList(),
                        List.of(),
                        cell.fails())
                : new Cell(
                        cell.id(),
                        cell.source(),
                        cell.prints(),
                        cell.shows(),
                        cell.htmls().stream().map(Ipynb::rounded).toList(),
                        cell.fails());
    }

    /** The whole file, the outputs of volatile cells in the form in which they are compared. */
    static String comparable(String notebook) {
        JsonObject json = JsonParser.parseString(notebook).getAsJsonObject();
        for (JsonElement element : json.getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            if (isVolatile(cell)) {
                Cell compared = codeCell(cell);
                JsonArray outputs = new JsonArray();
                outputs.add(compared.prints());
                compared.shows().forEach(outputs::add);
                outputs.add(compared.fails());
                cell.add("outputs", outputs);
            }
        }
        return rounded(new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(json));
    }

    static boolean isVolatile(JsonObject cell) {
        JsonArray tags = cell.getAsJsonObject("metadata").getAsJsonArray("tags");
        return tags != null && tags.contains(new JsonPrimitive("volatile"));
    }

    private static String rounded(String text) {
        return EXACT.matcher(text)
                .replaceAll(number ->
                        new BigDecimal(number.group()).round(new MathContext(9)).toString());
    }

    private static String masked(String text) {
        return text.replaceAll("-?\\d[\\d,.]*(e[+-]?\\d+)?", "#").replaceAll(" +", " ");
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
