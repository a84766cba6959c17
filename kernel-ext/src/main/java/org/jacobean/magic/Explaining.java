package org.jacobean.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jacobean.magic.Expansion.Use;

/** The magics that ask why: {@code %explain}, {@code %check} and {@code %shapes}. */
final class Explaining {

    static final Map<String, List<String>> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("rows", List.of());
        OPTIONS.put("convention", List.of("in-out", "out-in"));
    }

    /** {@code grads dL/dw = mine}, also without blanks around the =. */
    private static final Pattern SUPPLIED = Pattern.compile("(\\S+)\\s+(\\S+?)\\s*=(?!=)\\s*(.*)");

    /** {@code dL/dw(2,1)}, {@code dL/dw[2][1]}, {@code dL/dw[2 1]}. */
    private static final Pattern INDICES = Pattern.compile(
            "([^\\[\\]()]+?)(?:\\s*[\\[(]|\\s)\\s*(\\d+)\\s*(?:(?:\\]\\s*\\[|[,;\\s])\\s*(\\d+)\\s*)?[\\])]?");

    /** More would make a line of Java that nobody reads; those declared last are the likelier. */
    private static final int MOST_CANDIDATES = 100;

    private Explaining() {}

    static Expansion explain(Arguments arguments) {
        List<String> words = arguments.words();
        List<Use> uses = new ArrayList<>();
        if (words.get(0).matches("f|l\\d+")
                && !arguments.variables().containsKey(words.get(0))
                && !arguments.variables(Kind.PASS).isEmpty()) {
            throw Instead.element(arguments, words.get(0), arguments.operands());
        }
        String what = Magic.operand(arguments, words.get(0), Kind.EXPLAINED, uses);
        // dL/dw [2, 1] is one name.
        String element = String.join(" ", words.subList(1, words.size()));
        requireIndices(arguments, what, element);
        if (words.size() > 2 && OPTIONS.containsKey(words.get(words.size() - 1))) {
            throw new MagicException("%explain: an option begins with two dashes: --" + words.get(words.size() - 1));
        }
        if (arguments.has("convention")) {
            if (Networks.of(arguments, "NetworkGradients")) {
                String layer =
                        arguments.variables(Kind.WEIGHTED).stream().findFirst().orElse("layer1");
                throw new MagicException("%explain --convention is about one layer, and " + what
                        + " has gradients of several: %explain " + layer + " --convention "
                        + arguments.value("convention"));
            }
            if (!element.isEmpty() || arguments.has("rows")) {
                throw new MagicException("%explain --convention is about a whole layer: %explain " + what
                        + " --convention " + arguments.value("convention"));
            }
            uses.set(0, new Use(what, Kind.STORED));
            String convention =
                    arguments.value("convention").toUpperCase(Locale.ROOT).replace('-', '_');
            return expansion(
                    arguments,
                    "Explanation",
                    "Explanation.of(" + what + ", Explanation.Convention." + convention + ")",
                    uses);
        }
        if (arguments.has("rows")) {
            if (element.isEmpty()) {
                throw new MagicException("%explain --rows needs a gradient: %explain " + what + " dL/dw --rows");
            }
            uses.set(0, new Use(what, Kind.GRADIENTS));
            return expansion(
                    arguments, "Contributions", "Contributions.of(" + what + ", " + Source.string(element) + ")", uses);
        }
        boolean pass = Networks.of(arguments, "Forward") || Networks.of(arguments, "NetworkPass");
        if (pass && element.isEmpty()) {
            throw new MagicException("%explain of a pass needs the name of one of its numbers: %explain " + what
                    + " f[1,1]; of a pass of one row: %explain " + what + " f[1]");
        }
        if (!element.isEmpty()) {
            uses.set(
                    0,
                    new Use(
                            what,
                            element.matches("dL\\s*/.*") && !Networks.of(arguments, "LossPass")
                                    ? Kind.GRADIENTS
                                    : Kind.OF_ELEMENTS));
        }
        return expansion(
                arguments,
                "Explanation",
                "Explanation.of(" + what + (element.isEmpty() ? "" : ", " + Source.string(element)) + ")",
                uses);
    }

    private static void requireIndices(Arguments arguments, String what, String element) {
        Matcher indices = INDICES.matcher(element);
        if (!indices.matches()) {
            return;
        }
        String right = indices.group(1) + "[" + indices.group(2)
                + (indices.group(3) == null ? "" : "," + indices.group(3)) + "]";
        if (!right.replaceAll("\\s", "").equals(element.replaceAll("\\s", ""))) {
            throw new MagicException("%explain: an element's row and column stand in brackets, parted by a comma: "
                    + arguments.line(what + " " + right));
        }
    }

    static Expansion check(Arguments arguments) {
        List<Use> uses = new ArrayList<>();
        if (arguments.operands().contains("=")) {
            return supplied(arguments, uses);
        }
        List<String> words = arguments.words();
        if (words.size() == 3) {
            throw new MagicException("%check: between the name of a gradient and one of yours stands =: "
                    + arguments.line(words.get(0) + " " + words.get(1) + " = " + words.get(2)));
        }
        if (words.size() != 1) {
            throw new MagicException("%check takes gradients, or gradients and one of yours, as in"
                    + " %check grads dL/dw = mine, not '" + arguments.operands() + "'");
        }
        String grads = Magic.operand(arguments, words.get(0), Kind.GRADIENTS, uses);
        String call = arguments.has("all") ? "all" : "of";
        return expansion(
                arguments,
                "GradientCheck",
                "GradientCheck." + call + "(" + grads + ", Display.progress(\"check\"))",
                uses);
    }

    /** Every other matrix of the session might be what was used by mistake. */
    private static Expansion supplied(Arguments arguments, List<Use> uses) {
        Matcher form = SUPPLIED.matcher(arguments.operands());
        if (!form.matches()
                && arguments.operands().matches("(?s)(d[Ll]\\s*/\\s*)?\\w+\\s*(\\[[^\\]]*\\])?\\s*=[^=].*")) {
            throw Instead.element(
                    arguments, arguments.operands().replaceFirst("(?s)\\s*=.*", ""), arguments.operands());
        }
        if (!form.matches() || arguments.has("all")) {
            throw new MagicException("%check of a gradient of yours is written %check grads dL/dw = mine, not '"
                    + arguments.operands() + "'" + (arguments.has("all") ? " with --all" : ""));
        }
        String grads = Magic.operand(arguments, form.group(1), Kind.GRADIENTS, uses);
        List<String> right = new Arguments("check", Map.of(), null, form.group(3), Map.of()).words();
        if (form.group(3).matches("(?s)[\\p{L}_$][\\w$]*\\s*[.(].*")) {
            String java = Instead.java(arguments, form.group(3));
            String name = Instead.variable(arguments, "m");
            throw new MagicException("%check: right of = stands a variable or numbers in brackets, not the call '"
                    + java + "'; write Matrix " + name + " = " + java + "; first, and then %check " + form.group(1)
                    + " "
                    + form.group(2) + " = " + name);
        }
        String left = form.group(1) + " " + form.group(2) + " = ";
        if (right.isEmpty()) {
            throw new MagicException("%check: right of = nothing stands; write " + arguments.line(left + "mine"));
        }
        if (right.size() > 1 && right.stream().allMatch(word -> word.matches("[-+.\\deE]*\\d[.\\deE;]*"))) {
            throw new MagicException(
                    "%check: numbers stand in brackets: " + arguments.line(left + "[" + String.join(" ", right) + "]"));
        }
        if (right.size() != 1) {
            throw new MagicException("%check: right of = stands one matrix, a variable or numbers in brackets, not '"
                    + form.group(3) + "'");
        }
        Arguments clear = new Arguments(
                "check", arguments.options(), arguments.name(), left + right.get(0), arguments.variables());
        String mine = mine(clear, right.get(0), uses);
        List<String> others = arguments.variables(Kind.MATRIX).stream()
                .filter(name -> !name.equals(mine))
                .toList();
        List<String> candidates = others.subList(Math.max(0, others.size() - MOST_CANDIDATES), others.size());
        return expansion(
                arguments,
                "Diagnosis",
                "Diagnosis.of(" + grads + ", " + Source.string(form.group(2)) + ", " + mine + ")"
                        + (candidates.isEmpty() ? "" : ".against(" + byName(candidates) + ")"),
                uses);
    }

    /** Arrays too: what was computed by hand is often one. */
    private static String mine(Arguments arguments, String word, List<Use> uses) {
        if (!arguments.variables().containsKey(word)) {
            return Magic.operand(arguments, word, Kind.MATRIX, uses);
        }
        String variable = Magic.operand(arguments, word, Kind.NUMBERS, uses);
        return switch (Kind.simple(arguments.variables().get(word))) {
            case "double[][]" -> "Matrix.of(" + variable + ")";
            case "double[]" -> "Matrix.row(" + variable + ")";
            default -> variable;
        };
    }

    static Expansion shapes(Arguments arguments) {
        if (!arguments.operands().isEmpty()) {
            throw new MagicException("%shapes takes nothing: it shows every value, not '" + arguments.operands() + "'");
        }
        List<String> values = arguments.variables(Kind.SHAPED);
        String of = values.isEmpty() ? "java.util.Map.of()" : byName(values);
        return expansion(arguments, "Inventory", "Inventory.of(" + of + ")", List.of());
    }

    /** With a warning where one of the layers, passes or gradients that are used may be older than what it was made from. */
    static Expansion warned(Expansion expansion, Arguments arguments) {
        List<String> made = expansion.uses().stream()
                .filter(use -> use.kind() != Kind.MATRIX)
                .map(use -> Source.string(use.name()))
                .toList();
        return made.isEmpty() || arguments.variables(Kind.SHAPED).isEmpty()
                ? expansion
                : new Expansion(
                        expansion.magic(),
                        expansion.name(),
                        expansion.type(),
                        expansion.expression(),
                        expansion.uses(),
                        "Inventory.of(" + byName(arguments.variables(Kind.SHAPED)) + ").warning("
                                + String.join(", ", made) + ")");
    }

    /** {@code "w", w, "x", x}. */
    private static String byName(List<String> variables) {
        return variables.stream().map(name -> Source.string(name) + ", " + name).collect(Collectors.joining(", "));
    }

    private static Expansion expansion(Arguments arguments, String type, String java, List<Use> uses) {
        return new Expansion(arguments.magic(), arguments.name(), type, java, uses);
    }
}
