package org.jacobean.magic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jacobean.magic.Expansion.Use;

/** The magics that draw: {@code %chart}, {@code %histogram}, {@code %images} and {@code %diagram}. */
final class Drawing {

    static final Map<String, List<String>> CHART = Map.of("log", List.of());
    static final Map<String, List<String>> IMAGES = Map.of("columns", List.of());

    private static final Pattern SIZE = Pattern.compile("(.+)\\s+(\\d+)\\s*[x×]\\s*(\\d+)");

    private Drawing() {}

    static Expansion chart(Arguments arguments) {
        // Not by quotes: the kernels take them away.
        String[] words = arguments.operands().split("\\s+", 2);
        String[] columns = words.length == 1
                ? new String[0]
                : words[1].strip().split(words[1].contains(",") ? "\\s*,\\s*" : "\\s+");
        if (columns.length < 2) {
            throw new MagicException("%chart takes a table, its column for x, and one or more for y, as in"
                    + " %chart table step loss, not '" + arguments.operands() + "'; see %chart --help");
        }
        List<Use> uses = new ArrayList<>();
        String table = Magic.operand(arguments, words[0], Kind.TABLE, uses);
        String names = Arrays.stream(columns).map(Source::string).collect(Collectors.joining(", "));
        String log = arguments.has("log") ? ".log()" : "";
        return expansion(arguments, "Chart", "Chart.lines(" + table + ", " + names + ")" + log, uses);
    }

    static Expansion histogram(Arguments arguments) {
        return Magic.call("Chart", List.of(Kind.MATRIX), "one matrix", (a, operands) -> {
                    String name = operands.get(0).equals(a.operands()) ? a.operands() : "numbers";
                    return "Chart.histogram(" + Source.string(name) + ", " + operands.get(0) + ")";
                })
                .expand(arguments);
    }

    static Expansion images(Arguments arguments) {
        Matcher form = SIZE.matcher(arguments.operands());
        if (!form.matches()) {
            throw new MagicException("%images takes a matrix and the size of its pictures, height x width, as in"
                    + " %images x 8x8, not '" + arguments.operands() + "'");
        }
        List<Use> uses = new ArrayList<>();
        String matrix = Magic.operand(arguments, form.group(1), Kind.MATRIX, uses)
                + (arguments.has("columns") ? ".transpose()" : "");
        return expansion(
                arguments,
                "Images",
                "Images.of(" + matrix + ", " + pixels(form.group(2)) + ", " + pixels(form.group(3)) + ")",
                uses);
    }

    private static int pixels(String number) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new MagicException("%images: " + number + " pixels are more than any picture has");
        }
    }

    private static Expansion expansion(Arguments arguments, String type, String expression, List<Use> uses) {
        return new Expansion(arguments.magic(), arguments.name(), type, expression, uses);
    }
}
