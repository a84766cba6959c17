package org.jacobean.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.jacobean.generated.Bits;
import org.jacobean.generated.Cases;
import org.jacobean.generated.Refusal;
import org.jacobean.generated.Share;
import org.jacobean.generated.Texts;
import org.jacobean.matrix.Matrix;

/** What the magics make of any text: Java that means what the text says and nothing else, or one clear error. */
@AddLifecycleHook(Cases.class)
public class AnyMagicTest {

    private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

    static {
        List.of("x", "w", "b", "dLdf", "y", "größe", "$odd").forEach(name -> VARIABLES.put(name, "Matrix"));
        VARIABLES.put("mine", "double[][]");
        VARIABLES.put("layer", "Linear");
        VARIABLES.put("act", "Relu");
        VARIABLES.put("own", "My.Layer<java.util.List<String>>");
        VARIABLES.put("pass", "Forward");
        VARIABLES.put("grads", "Gradients");
        VARIABLES.put("net", "Network");
        VARIABLES.put("run", "NetworkPass");
        VARIABLES.put("loss", "LossPass");
        VARIABLES.put("all", "NetworkGradients");
        VARIABLES.put("t", "Table");
        VARIABLES.put("k", "int");
    }

    /** Lines as people type them. */
    private static final List<String> LINES = List.of(
            "matrix w = 0.1 0.2; 0.3 0.4",
            "matrix [[0.1, 0.2], [0.3, 0.4]]",
            "matrix w=2 × 2 [0.1 0.2; 0.3 0.4];",
            "matrix w = 1/3 -2e-3; nan inf // so",
            "matrix w = normal 784x50 seed 42 scale 0.05",
            "matrix w = uniform 3 × 2 seed -1",
            "matrix w = zeros 3x2",
            "matrix w = ones 3x2 scale -1/3",
            "matrix w = identity 3",
            "matrix w = csv data/w.csv",
            "matrix w = csv \"my data/w.csv\"",
            "matrix w = # nothing",
            "vector x = 1 2 3",
            "vector x = -0 1e-300 2,",
            "vector x = [1, 2, 3]",
            "vector x = zeros 3",
            "vector 5",
            "linear layer = w b",
            "linear layer = w",
            "linear layer = [0.1 0.2; 0.3 0.4] [1 2]",
            "linear layer1 = he 784x50 seed 1",
            "linear layer1 = glorot 5x5",
            "network net = layer relu layer",
            "network net = layer act own softmax",
            "forward pass = layer x",
            "forward pass = net [1 2 3]",
            "forward own x",
            "loss loss = pass mse y",
            "loss loss = run cross-entropy [0; 1]",
            "backward grads = pass dLdf",
            "backward grads = run loss",
            "backward pass [1 -2]",
            "jacobian pass x",
            "jacobian --nudge j = pass w",
            "table grads w",
            "table t2 = grads",
            "explain grads dL/dw[2,1]",
            "explain grads dL/dw [2, 1] --rows",
            "explain layer --convention out-in",
            "explain pass f[2]",
            "explain loss",
            "check grads",
            "check --all c = all",
            "check grads dL/dw = mine",
            "check grads dL/dw=[1 2; 3 4]",
            "flow grads",
            "shapes",
            "chart t step loss",
            "chart --log c = t step, a loss, \"b\"",
            "histogram w",
            "images x 8x8",
            "images --columns i = w 8 × 8",
            "diagram net");

    /** Slips that are answered with the line to type instead. */
    private static final List<String> SLIPS = List.of(
            "forward pass = layer x.scale(2)",
            "forward pass = net(x)",
            "network net = layer -> relu, layer",
            "network net = [layer, new Relu()]",
            "explain f[1]",
            "check dL/dw = mine",
            "explain grads dL/dw(2,1) -rows",
            "matrix w 1 2; 3 4",
            "matrix w := 1 2",
            "matrix w = np.zeros((3, 2))",
            "matrix w = array([[1, 2], [3, 4]])",
            "linear layer = xavier 3 x 2 sead 4",
            "linear layer = w + b");

    private static final Set<String> TYPES = Set.of(
            "Matrix",
            "Tables",
            "Linear",
            "Network",
            "Relu",
            "Sigmoid",
            "Tanh",
            "Softmax",
            "MeanSquaredError",
            "CrossEntropy",
            "Jacobian",
            "Explanation",
            "Contributions",
            "GradientCheck",
            "Display",
            "Diagnosis",
            "Flow",
            "Inventory",
            "Chart",
            "Images",
            "Diagram",
            "String",
            "java");

    private static final Set<String> CALLS = Set.of(
            ".parse",
            ".row",
            ".of",
            ".named",
            ".normal",
            ".uniform",
            ".zeros",
            ".ones",
            ".identity",
            ".scale",
            ".readMatrix",
            ".join",
            ".he",
            ".glorot",
            ".forward",
            ".loss",
            ".backward",
            ".byNudging",
            ".all",
            ".progress",
            ".against",
            ".lines",
            ".log",
            ".histogram",
            ".settings",
            ".defaults",
            ".rows",
            ".columns",
            ".digits",
            ".transpose",
            ".Convention",
            ".IN_OUT",
            ".OUT_IN",
            ".util",
            ".Map",
            ".warning");

    /** A line, the text below it where it is a cell's, and whether it is near to what people type. */
    public record Typed(String magic, String text, String body, boolean near) {

        Expansion expand() {
            return body == null ? Magics.expand(magic, text, VARIABLES) : Magics.expandCell(magic, text, body);
        }
    }

    @Property
    @Share(2000)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyTextIsJavaOfOursOrOneClearError(@ForAll("typedOrMistyped") Typed typed) throws Exception {
        Expansion expansion = Refusal.orValue(typed::expand);
        Statistics.label("near").collect(typed.near());
        Statistics.label("near").coverage(seen -> seen.check(true).percentage(p -> p > 50));
        Statistics.label("Java").collect(expansion != null);
        Statistics.label("Java").coverage(seen -> seen.check(true).percentage(p -> p > 15 && p < 85));
        if (expansion == null) {
            return;
        }
        assertTrue(
                expansion.name() == null || expansion.name().matches("[\\p{javaJavaIdentifierPart}]+"),
                expansion::name);
        String warning = expansion.warning() == null ? "null" : expansion.warning();
        for (ParsedJava java : ParsedJava.of(expansion.expression(), warning)) {
            checkNames(expansion, java.names());
        }
    }

    /** Its variables are those of the session that it says it uses, or that a magic takes up by itself. */
    private static void checkNames(Expansion expansion, Set<String> seen) {
        Set<String> names = new TreeSet<>(seen);
        names.removeAll(TYPES);
        names.removeAll(CALLS);
        names.removeAll(VARIABLES.keySet());
        names.removeAll(expansion.uses().stream().map(Expansion.Use::name).toList());
        assertEquals(Set.of(), names, expansion::java);
    }

    /** The numbers in the Java are those in the text, to the last bit, whatever form the Java has. */
    @Property
    @Share(400)
    void theJavaOfAMatrixIsTheMatrix(@ForAll("numbers") List<List<Double>> numbers, @ForAll boolean named)
            throws Exception {
        double[][] rows = numbers.stream()
                .map(row -> row.stream().mapToDouble(d -> d).toArray())
                .toArray(double[][]::new);
        Matrix matrix = Matrix.of(rows);
        String name = named ? "w = " : "";
        List<Expansion> ways = new ArrayList<>();
        ways.add(Magics.expand("matrix", name + matrix));
        ways.add(Magics.expand("matrix", name + written(rows, " ", "; ")));
        ways.add(Magics.expand("matrix", name + "[[" + written(rows, ", ", "], [") + "]]"));
        ways.add(Magics.expand("matrix", name + "array([[" + written(rows, ", ", "], [") + "]], dtype=float64)"));
        ways.add(Magics.expandCell("matrix", named ? "w" : "", written(rows, "\t", "\n")));
        if (rows.length > 1 && rows[0].length > 1) {
            ways.add(Magics.expandCell("matrix", named ? "w" : "", written(rows, ";", "\n")));
        }
        if (rows.length == 1) {
            ways.add(Magics.expand("vector", name + written(rows, " ", "; ")));
            ways.add(Magics.expand("vector", name + "[" + written(rows, ",", "; ") + "]"));
        }
        String[] java = ways.stream().map(Expansion::expression).toArray(String[]::new);
        for (ParsedJava way : ParsedJava.of(java)) {
            assertEquals(Bits.of(matrix), Bits.of(way.matrix()), way::toString);
            assertEquals(named ? "w" : "", way.matrix().label(""));
        }
    }

    private static String written(double[][] rows, String between, String end) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row)
                        .mapToObj(d -> Double.toString(d).replaceFirst("\\.0$", ""))
                        .collect(Collectors.joining(between)))
                .collect(Collectors.joining(end));
    }

    @Provide
    static Arbitrary<List<List<Double>>> numbers() {
        // A row of more than 50 is written in another way.
        return Arbitraries.frequencyOf(
                        Tuple.of(9, Arbitraries.integers().between(1, 5)),
                        Tuple.of(1, Arbitraries.integers().between(49, 52)))
                .flatMap(columns -> Texts.doubles()
                        .list()
                        .ofSize(columns)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3));
    }

    @Provide
    public static Arbitrary<Typed> typed() {
        Arbitrary<Typed> lines = Texts.edited(Arbitraries.of(LINES)).map(line -> line(line, true));
        Arbitrary<Typed> noise = Combinators.combine(Arbitraries.of(Magics.names()), Texts.noise())
                .as((magic, text) -> new Typed(magic, text, null, false));
        Arbitrary<Typed> cells = Combinators.combine(
                        Texts.edited(Arbitraries.of("w", "", "w =")),
                        Texts.edited(Arbitraries.of(
                                "0.1 0.2\n0.3 0.4",
                                "1\t2\r\n3\t4\n",
                                "1;2\n3;4",
                                "tensor([[1., 2.],\n [3., 4.]])",
                                "# w\n1, 2; 3, 4\n\n5, 6")))
                .as((text, body) -> new Typed("matrix", text, body, true));
        return Arbitraries.frequencyOf(Tuple.of(6, lines), Tuple.of(2, noise), Tuple.of(1, cells));
    }

    @Provide
    static Arbitrary<Typed> typedOrMistyped() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, typed()),
                Tuple.of(1, Texts.edited(Arbitraries.of(SLIPS)).map(line -> line(line, true))));
    }

    private static Typed line(String line, boolean near) {
        String[] parts = line.split("\\s+", 2);
        return new Typed(parts[0], parts.length == 1 ? "" : parts[1], null, near);
    }
}
