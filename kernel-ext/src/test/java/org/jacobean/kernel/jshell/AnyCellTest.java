package org.jacobean.kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.jacobean.generated.Cases;
import org.jacobean.generated.Refusal;
import org.jacobean.generated.Share;
import org.jacobean.generated.Texts;
import org.jacobean.magic.AnyMagicTest;
import org.jacobean.magic.AnyMagicTest.Typed;

/** What the notebook makes of any cell: magics get their texts as they were typed, and a failure changes nothing. */
@AddLifecycleHook(Cases.class)
class AnyCellTest {

    private static final Pattern CALL =
            Pattern.compile("org\\.jacobean\\.kernel\\.jshell\\.Notebook\\.(?:line|cell)Magic\\(7((?:,"
                    + " [\\w.]+\\.decode(?:Pairs)?\\([^)]*\\))+)\\);");
    private static final Pattern TEXT = Pattern.compile("decode(Pairs)?\\(([^)]*)\\)");

    private static final List<String> NAMES = List.of(
            "x", "w", "b", "dLdf", "y", "größe", "mine", "layer", "act", "pass", "grads", "net", "run", "loss", "all",
            "t", "k");

    private static Notebook notebook;
    private static List<?> before;

    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    /** Some magics print. */
    @BeforeContainer
    static void open() {
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        notebook = Notebook.open(rendered -> {});
        notebook.run(
                """
                %vector x = 2 3 5
                %matrix w = 0.1 0.2; 0.3 -0.4; -0.5 0.6
                %vector b = 0.01 -0.02
                %vector dLdf = 1 -2
                %vector y = 1 0
                %vector größe = 1 2
                double[][] mine = {{1, 2}, {3, 4}, {5, 6}};
                %linear layer = w b
                Relu act = new Relu();
                %forward pass = layer x
                %backward grads = pass dLdf
                %network net = layer act
                %forward run = net x
                %loss loss = run mse y
                %backward all = run loss
                Table t = Table.create("t", DoubleColumn.create("step", 1, 2), DoubleColumn.create("loss", 3, 4));
                int k = 3;""");
        before = variables();
    }

    @AfterContainer
    static void close() {
        notebook.close();
        System.setOut(OUT);
        System.setErr(ERR);
    }

    private static List<?> variables() {
        return (List<?>) notebook.value("java.util.Arrays.<Object>asList(" + String.join(", ", NAMES) + ")");
    }

    /**
     * Whatever stands behind a magic: it works, and then its variable alone is another; or it fails, and all are as they
     * were. The cell after it works, since the variables are read by one.
     */
    @Property
    @Share(50)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aMagicChangesItsVariableAloneAndOnlyIfItWorks(@ForAll("magics") String cell) throws Exception {
        List<String> declared = declared();
        boolean worked = false;
        try {
            notebook.run(cell);
            worked = true;
        } catch (CellException e) {
            Refusal.check(e);
        }
        Statistics.collect(worked);
        Statistics.coverage(seen -> seen.check(true).percentage(p -> p > 20 && p < 80));
        List<?> after = variables();
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            if (before.get(i) != after.get(i) && !NAMES.get(i).equals("k")) {
                changed.add(NAMES.get(i));
            }
        }
        List<String> added = declared();
        added.removeAll(declared);
        changed.addAll(added);
        assertTrue(worked ? changed.size() <= 1 : changed.isEmpty(), () -> changed.toString());
        before = after;
    }

    private static List<String> declared() {
        return new ArrayList<>(notebook.shell()
                .variables()
                .map(variable -> variable.name())
                .filter(name -> !name.startsWith("$"))
                .distinct()
                .toList());
    }

    /** Line by line: what is no magic is left alone, and the text of one that is comes out of the call as it went in. */
    @Property
    @Share(450)
    @StatisticsReport(StatisticsReportMode.OFF)
    void aMagicsTextArrivesAsItWasTyped(@ForAll("texts") String text, @ForAll("befores") String before)
            throws Exception {
        String line = before + "%explain " + text;
        String java = Refusal.orValue(() -> CellSource.java("int i;\n" + line + "\nint j;", 7));
        if (java == null) {
            assertTrue(before.contains("{"), "a brace behind a magic is a part of it");
            return;
        }
        String[] typed = line.split("\r\n?|\n", -1);
        assertTrue(java.startsWith("int i;\n") && java.endsWith("\nint j;\n"), java);
        Matcher call = CALL.matcher(java);
        boolean found = call.find();
        Statistics.collect(found);
        Statistics.coverage(seen -> seen.check(true).percentage(p -> p > 50));
        if (found) {
            assertEquals("int i;\n" + before, java.substring(0, call.start()));
            assertEquals(
                    List.of(
                            "explain",
                            typed[0].substring(before.length() + "%explain".length())
                                    .strip()),
                    stripped(texts(call.group(1))));
        } else {
            assertFalse(before.isBlank(), java);
        }
        String body = CellSource.java("%%matrix w\n" + text, 7);
        Matcher cell = CALL.matcher(body);
        assertTrue(cell.matches(), body);
        assertEquals(List.of("matrix", "w", text), texts(cell.group(1)));
    }

    private static List<String> stripped(List<String> texts) {
        return texts.stream().map(String::strip).toList();
    }

    private static List<String> texts(String arguments) {
        List<String> texts = new ArrayList<>();
        Matcher text = TEXT.matcher(arguments);
        while (text.find()) {
            String[] pieces = text.group(2).replace("\"", "").split(", ");
            texts.add(text.group(1) == null ? Notebook.decode(pieces) : Notebook.decodePairs(pieces));
        }
        return texts;
    }

    @Provide
    static Arbitrary<String> befores() {
        return Arbitraries.of("", "  ", "Matrix q = ", "var q =", "for (;;) { q = \t");
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Texts.noise()),
                Tuple.of(2, Texts.edited(AnyMagicTest.typed().map(Typed::text))));
    }

    @Provide
    static Arbitrary<String> magics() {
        Arbitrary<String> lines = AnyMagicTest.typed()
                .filter(typed -> !typed.magic().equals("java"))
                .map(typed -> typed.body() == null
                        ? "%" + typed.magic() + " " + typed.text().split("[\r\n]", 2)[0]
                        : "%%matrix " + typed.text().split("[\r\n]", 2)[0] + "\n" + typed.body());
        // Of the others one in five or so works, and with some seeds fewer.
        return Arbitraries.frequencyOf(
                Tuple.of(4, lines), Tuple.of(1, Arbitraries.of("%matrix w = 1 2; 3 4", "%vector x = 1/3", "%table w")));
    }
}
