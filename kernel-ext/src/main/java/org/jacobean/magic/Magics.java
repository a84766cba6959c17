package org.jacobean.magic;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jacobean.matrix.Spelling;

/** All magics, by name: {@link #expand} turns what was typed into the Java it stands for. */
public final class Magics {

    private static final List<Magic> ALL = List.of(
            new Magic(
                    "matrix",
                    List.of(
                            "matrix [NAME =] ROW; ROW; …",
                                    "matrix [NAME =] normal|uniform ROWSxCOLUMNS [seed S] [scale F]",
                            "matrix [NAME =] zeros|ones ROWSxCOLUMNS [scale F]", "matrix [NAME =] identity N [scale F]",
                            "matrix [NAME =] csv FILE", "%matrix NAME, and the rows in the lines below"),
                    "a matrix of the numbers that follow",
                    "matrix w = 0.1 0.2; 0.3 0.4",
                    Map.of(),
                    MatrixLiteral::matrix),
            new Magic(
                    "vector",
                    List.of(
                            "vector [NAME =] NUMBERS",
                            "vector [NAME =] normal|uniform N [seed S] [scale F]",
                            "vector [NAME =] zeros|ones N [scale F]"),
                    "a vector: a matrix of one row",
                    "vector x = 1 2 3",
                    Map.of(),
                    MatrixLiteral::vector),
            new Magic(
                    "linear",
                    List.of("linear [NAME =] W [B]", "linear [NAME =] he|glorot INPUTSxOUTPUTS [seed S]"),
                    "a fully connected layer, f = x·w + b; he and glorot draw its weights",
                    "linear layer = w b",
                    Map.of(),
                    Magics::linear),
            new Magic(
                    "network",
                    List.of("network [NAME =] LAYER|relu|sigmoid|tanh|softmax …"),
                    "layers one behind the other; the words are layers too",
                    "network net = layer1 relu layer2",
                    Map.of(),
                    Networks::network),
            new Magic(
                    "forward",
                    List.of("forward [NAME =] LAYER|NETWORK X"),
                    "the layer run on x: f, and what the way back needs",
                    "forward pass = layer x",
                    Map.of(),
                    Networks::forward),
            new Magic(
                    "loss",
                    List.of("loss [NAME =] PASS mse|cross-entropy|LOSS Y"),
                    "how far f is from y, numbers or classes from 0; cross-entropy takes scores, before any softmax",
                    "loss loss = pass mse y",
                    Map.of(),
                    Networks::loss),
            new Magic(
                    "backward",
                    List.of("backward [NAME =] PASS DLDF", "backward [NAME =] PASS LOSS"),
                    "dL/dx, dL/dw and dL/db for the dL/df that comes in, or of a loss",
                    "backward grads = pass dLdf",
                    Map.of(),
                    Networks::backward),
            new Magic(
                    "jacobian",
                    List.of("jacobian [--nudge] [NAME =] PASS x|w|b"),
                    "df/dx of one row; --nudge measures it by moving each element a little",
                    "jacobian pass x",
                    Map.of("nudge", List.of()),
                    Magics::jacobian),
            new Magic(
                    "table",
                    List.of("table [NAME =] MATRIX", "table [NAME =] GRADS [x|w|b]"),
                    "a Tablesaw table; of gradients without a name: one row for each element",
                    "table grads w",
                    Map.of(),
                    Magics::table),
            new Magic(
                    "explain",
                    List.of(
                            "explain [NAME =] GRADS dL/dw[2,1] [--rows]",
                            "explain [NAME =] GRADS dL/dw [--rows]",
                            "explain [NAME =] PASS f[2]",
                            "explain [NAME =] LOSS [dL/df[1,1]]",
                            "explain [NAME =] LAYER|GRADS [--convention in-out|out-in]"),
                    "why a number is what it is, step by step; --rows: what each row of the batch adds",
                    "explain grads dL/dw[2,1]",
                    Explaining.OPTIONS,
                    Explaining::explain),
            new Magic(
                    "check",
                    List.of("check [--all] [NAME =] GRADS", "check [NAME =] GRADS dL/dw = MATRIX"),
                    "whether gradients are right, by central differences; of one of yours, what is wrong with it",
                    "check grads dL/dw = mine",
                    Map.of("all", List.of()),
                    Explaining::check),
            new Magic(
                    "flow",
                    List.of("flow [NAME =] GRADS|PASS"),
                    "what the numbers are like on their way forward and back, and where NaN or ∞ begins",
                    "flow grads",
                    Map.of(),
                    Magic.call(
                            "Flow",
                            List.of(Kind.FLOWING),
                            "gradients or a pass",
                            (arguments, operands) -> "Flow.of(" + operands.get(0) + ")")),
            new Magic(
                    "shapes",
                    List.of("shapes [NAME =]"),
                    "every Jacobean value here: its shape, its memory, what it was made from, and whether it is stale",
                    "shapes",
                    Map.of(),
                    Explaining::shapes),
            new Magic(
                    "chart",
                    List.of("chart [--log] [NAME =] TABLE X Y …", "chart [--log] [NAME =] TABLE X, Y, …"),
                    "columns of a table as lines over another, commas between names with blanks; --log: y logarithmic",
                    "chart table step loss",
                    Drawing.CHART,
                    Drawing::chart),
            new Magic(
                    "histogram",
                    List.of("histogram [NAME =] MATRIX"),
                    "how often which numbers are in a matrix",
                    "histogram w",
                    Map.of(),
                    Drawing::histogram),
            new Magic(
                    "images",
                    List.of("images [--columns] [NAME =] MATRIX HEIGHTxWIDTH"),
                    "each row of a matrix as a picture; --columns: each column, as the weights of each unit",
                    "images x 8x8",
                    Drawing.IMAGES,
                    Drawing::images),
            new Magic(
                    "diagram",
                    List.of("diagram [NAME =] NETWORK|LAYER|PASS|GRADS"),
                    "what goes through a network: layers and shapes; of a small one each unit, with its numbers",
                    "diagram net",
                    Map.of(),
                    Magic.call(
                            "Diagram",
                            List.of(Kind.DRAWN),
                            "a network, a layer, a pass or gradients",
                            (arguments, operands) -> "Diagram.of(" + operands.get(0) + ")")),
            new Magic(
                    "display",
                    List.of("display", "display [default] [rows N] [columns N] [digits N]"),
                    "how much is shown of tables and matrices; without a word: how it is set",
                    "display rows 20 digits 6",
                    Map.of(),
                    Displaying::display));

    /** Those that print, and stand for no value: each with its line of help, and how it is written. */
    private static final Map<String, List<String>> PRINTING = new LinkedHashMap<>();

    static {
        PRINTING.put(
                "java",
                List.of(
                        "prints the Java that a magic stands for",
                        "usage    %java MAGIC LINE\nexample  %java %forward pass = layer x"));
        PRINTING.put(
                "jacobean",
                List.of("prints every magic, which versions are at work, and what multiplies", "usage    %jacobean"));
        PRINTING.put(
                "help",
                List.of("prints every magic, or how one is written", "usage    %help [MAGIC]\nexample  %help matrix"));
    }

    /** {@code Linear.he(784, 50, 1)}, {@code 784x50}, {@code 784 50}. */
    private static final Pattern DRAWN_CALL = Pattern.compile(
            "(?:Linear\\s*\\.\\s*)?(?:(he|glorot)\\s*)?\\(?\\s*(\\d+)\\s*[x×, ]\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\)?");

    private Magics() {}

    /** The names of the line magics that {@link #expand} knows, and then of those that print. */
    public static List<String> names() {
        List<String> names = ALL.stream().map(Magic::name).collect(Collectors.toList());
        names.addAll(PRINTING.keySet());
        return List.copyOf(names);
    }

    /** The names of the cell magics that {@link #expandCell} knows. */
    public static List<String> cellNames() {
        return List.of("matrix");
    }

    /** The Java for {@code %name text} in a session without variables. */
    public static Expansion expand(String name, String text) {
        return expand(name, text, Map.of());
    }

    /**
     * The Java for {@code %name text}.
     *
     * @param variables the session's variables, each with its declared type: some magics offer them
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static Expansion expand(String name, String text, Map<String, String> variables) {
        Magic magic = magic(name);
        Arguments arguments = Arguments.parse(name, text, magic.options(), variables);
        boolean alone = magic.example().equals(name) || magic.usage().contains(name);
        if (arguments.operands().isEmpty() && !alone) {
            throw new MagicException("%" + name + (arguments.name() == null ? "" : " " + arguments.name() + " =")
                    + " has nothing to work on; an example: %" + magic.example());
        }
        if (arguments.name() == null && arguments.operands().startsWith("=")) {
            String named = magic.example().replaceFirst("\\w+ (\\w+) = .*|.*", "$1");
            throw new MagicException("%" + name + ": left of = stands the name of a variable: %" + name + " "
                    + (named.isEmpty() ? "v" : named) + " " + arguments.operands());
        }
        Instead.require(arguments);
        return Explaining.warned(magic.rule().expand(arguments), arguments);
    }

    /** The Java for the cell magic {@code %%name text} above {@code body}. */
    public static Expansion expandCell(String name, String text, String body) {
        if (!cellNames().contains(name)) {
            throw new MagicException(
                    "there is no %%" + name + "; the cell magics are %%" + String.join(", %%", cellNames()));
        }
        return MatrixLiteral.cell(Arguments.parse(name, text, Map.of(), Map.of()), body);
    }

    /** Whether {@code text} asks for help instead. */
    public static boolean asksForHelp(String text) {
        return text.strip().matches("--help\\b.*|.*\\s--help");
    }

    /** What {@code %name --help} prints. */
    public static String manual(String name) {
        List<String> printing = PRINTING.get(name);
        return printing == null ? magic(name).manual() : String.join("\n\n", printing);
    }

    /** Every magic with its line of help. */
    public static String list() {
        Map<String, String> lines = new LinkedHashMap<>();
        ALL.forEach(magic -> lines.put("%" + magic.name(), magic.help()));
        lines.put("%%matrix", "a matrix of the lines below, a row each");
        PRINTING.forEach((name, manual) -> lines.put("%" + name, manual.get(0)));
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        return lines.entrySet().stream()
                .map(line -> Magic.wrapped(
                        String.format("%-" + width + "s  %s", line.getKey(), line.getValue()), " ".repeat(width + 2)))
                .collect(Collectors.joining("\n"));
    }

    static Magic magic(String name) {
        return ALL.stream()
                .filter(magic -> magic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MagicException(unknown(name)));
    }

    /** Whether {@code name}, which is no magic's, is so near to one that it was meant. */
    public static boolean isMisspelt(String name) {
        return !names().contains(name) && Spelling.nearest(name, names()).isPresent();
    }

    /** What there is to say of {@code %name}. */
    public static String unknown(String name) {
        return "there is no %" + name + "; %help lists the magics"
                + Spelling.nearest(name, names())
                        .map(meant -> "; did you mean %" + meant + "?")
                        .orElse("");
    }

    private static Expansion linear(Arguments arguments) {
        String first = arguments.words().isEmpty() ? "" : arguments.words().get(0);
        if (first.matches("he|glorot") && !arguments.variables().containsKey(first)) {
            return new Expansion(
                    "linear", arguments.name(), "Linear", MatrixLiteral.drawn(first, arguments), List.of());
        }
        if (arguments.words().size() > 1
                && Arguments.isVariable(first)
                && !arguments.variables().containsKey(first)
                && arguments.words().get(1).matches("\\d+(\\s*[x×].*)?")) {
            String rest = arguments.operands().substring(first.length());
            throw new MagicException("%linear: weights are drawn by he or glorot, not " + first
                    + (MatrixLiteral.RECIPES.contains(first)
                            ? "; write %matrix w = " + arguments.operands() + " first, and then " + arguments.line("w")
                            : Meant.of(first, List.of("he", "glorot"))
                                    .map(meant -> "; did you mean " + arguments.line(meant + rest) + "?")
                                    .orElse("")));
        }
        Matcher sizes = DRAWN_CALL.matcher(arguments.operands());
        if (sizes.matches()) {
            String kind = sizes.group(1) == null ? "he" : sizes.group(1);
            throw new MagicException("%linear: weights are drawn by he or glorot, as in "
                    + arguments.line(kind + " " + sizes.group(2) + "x" + sizes.group(3)
                            + (sizes.group(4) == null ? "" : " seed " + sizes.group(4))));
        }
        boolean biased = arguments.words().size() != 1;
        return Magic.call(
                        "Linear",
                        biased ? List.of(Kind.MATRIX, Kind.MATRIX) : List.of(Kind.MATRIX),
                        "weights, and biases if it has them",
                        (a, operands) -> "new Linear(" + String.join(", ", operands) + ")")
                .expand(arguments);
    }

    private static Expansion jacobian(Arguments arguments) {
        if (Networks.of(arguments, "NetworkPass")) {
            String pass = arguments.words().get(0);
            throw new MagicException("%jacobian is of one layer only; write Forward one = " + pass
                    + ".layer(1); first, and then %jacobian one x");
        }
        List<String> words = arguments.words();
        if (words.size() == 2 && words.get(1).matches("d\\w*/d\\w+")) {
            throw new MagicException("%jacobian: what f is differentiated with respect to is named alone: "
                    + arguments.line(words.get(0) + " " + words.get(1).replaceFirst(".*/d", "")));
        }
        return Magic.call(
                        "Jacobian",
                        Arrays.asList(Kind.FORWARD, null),
                        "a pass of one layer and one of x, w and b",
                        (a, operands) -> (a.has("nudge") ? "Jacobian.byNudging(" : "Jacobian.of(")
                                + String.join(", ", operands) + ")")
                .expand(arguments);
    }

    private static Expansion table(Arguments arguments) {
        List<String> words = arguments.words();
        if (words.size() == 2
                && words.get(1).matches("[^\\[]+\\[.*")
                && !words.get(0).startsWith("d")) {
            throw new MagicException("%table shows all of a gradient: "
                    + arguments.line(words.get(0) + " " + words.get(1).replaceFirst("\\[.*", ""))
                    + "; one element is explained: %explain " + arguments.operands());
        }
        boolean element = words.size() != 1;
        return Magic.call(
                        "Table",
                        element ? Arrays.asList(Kind.GRADIENTS, null) : List.of(Kind.TABULAR),
                        "a value, or gradients and one of x, w and b",
                        (a, operands) -> element
                                ? "Tables.of(" + operands.get(0) + ".of(" + operands.get(1) + "))"
                                : "Tables.of(" + operands.get(0) + ")")
                .expand(arguments);
    }
}
