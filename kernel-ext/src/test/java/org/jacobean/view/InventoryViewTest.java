package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jacobean.explain.Inventory;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Relu;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in a session, to the letter. */
class InventoryViewTest {

    private final Matrix x = Matrix.row(2, 3, 5).named("x");
    private final Matrix w = Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6").named("w");
    private final Matrix b = Matrix.row(0.01, -0.02).named("b");
    private final Linear layer = new Linear(w, b);
    private final Forward pass = layer.forward(x);

    @Test
    void valuesOfALesson() {
        assertEquals(
                """
                6 values, 208 bytes
                       kind       shape                      memory  made from
                x      Matrix     1 × 3                        24 B
                w      Matrix     3 × 2                        48 B
                b      Matrix     1 × 2                        16 B
                layer  Linear     3 → 2                      shared  w, b
                pass   Forward    1 × 2                        16 B  layer, x
                grads  Gradients  x 1 × 3, w 3 × 2, b 1 × 2   104 B  pass, [1 × 2]""",
                text(Inventory.of(
                        "x",
                        x,
                        "w",
                        w,
                        "b",
                        b,
                        "layer",
                        layer,
                        "pass",
                        pass,
                        "grads",
                        pass.backward(Matrix.row(1, -2)))));
    }

    @Test
    void staleOnesOfABatchInEightyColumns() {
        Matrix images = Matrix.uniform(64, 784, 1).named("x");
        Matrix weights = Matrix.normal(784, 50, 2).named("w");
        Linear large = new Linear(weights, Matrix.zeros(1, 50));
        Forward run = large.forward(images);
        Matrix incoming = Matrix.ones(64, 50).named("dLdf");
        assertEquals(
                """
                6 values, 1.8 MB; 3 stale: layer, pass, gradients (run their cells again)
                           stale      kind       shape                       memory  made from
                layer      earlier w  Linear     784 → 50                    314 kB  w, [1 × 50]
                pass       earlier w  Forward    64 × 50                      26 kB  layer, x
                gradients  earlier w  Gradients  x 64 × 784, w 784 × 50, b…  715 kB  pass, dLdf
                x                     Matrix     64 × 784                    401 kB
                w                     Matrix     784 × 50                    314 kB
                dLdf                  Matrix     64 × 50                      26 kB""",
                text(Inventory.of(
                        "x",
                        images,
                        "w",
                        weights.scale(2),
                        "dLdf",
                        incoming,
                        "layer",
                        large,
                        "pass",
                        run,
                        "gradients",
                        run.backward(incoming))));
    }

    @Test
    void aHundredAreShownAndOfMoreTheMiddleIsLeftOut() {
        Map<String, Object> session = new LinkedHashMap<>();
        for (int i = 1; i <= 101; i++) {
            session.put("m" + i, Matrix.zeros(10, i));
        }
        List<String> lines =
                new ArrayList<>(List.of("101 values, 412 kB", "      kind    shape     memory  made from"));
        for (int i = 1; i <= 101; i++) {
            String memory = i * 80 < 1000 ? i * 80 + " B" : String.format(Locale.ROOT, "%.1f kB", i * 0.08);
            lines.add(String.format("%-4s  Matrix  %-8s  %6s", "m" + i, "10 × " + i, memory));
        }
        assertEquals(String.join("\n", lines), text(Inventory.of(session)));
        session.put("m102", Matrix.zeros(10, 102));
        lines.set(0, "102 values, 420 kB");
        lines.subList(2 + 50, 2 + 52).clear();
        lines.add(2 + 50, "⋮     ⋮       ⋮              ⋮  ⋮");
        lines.add("m102  Matrix  10 × 102  8.2 kB");
        lines.add("shown: 100 of 102 rows");
        assertEquals(String.join("\n", lines), text(Inventory.of(session)));
        Display.rows(102);
        assertEquals(104, text(Inventory.of(session)).lines().count());
    }

    @Test
    void whatIsStaleStaysBesideItsNameWhereTheRestGoesOnBelow() {
        Matrix weightsOfTheFirst = w.named("weightsOfTheFirst");
        Matrix biasesOfTheFirst = b.named("biasesOfTheFirst");
        Linear theFirstLayer = new Linear(weightsOfTheFirst, biasesOfTheFirst);
        assertEquals(
                """
                3 values, 112 bytes; 1 stale: theFirstLayer (run its cell again)
                                   stale                      kind    shape  memory
                theFirstLayer      earlier weightsOfTheFirst  Linear  3 → 2    48 B
                weightsOfTheFirst                             Matrix  3 × 2    48 B
                biasesOfTheFirst                              Matrix  1 × 2    16 B

                                   made from
                theFirstLayer      weightsOfTheFirst, biasesOfTheFirst
                weightsOfTheFirst
                biasesOfTheFirst""",
                text(Inventory.of(
                        "theFirstLayer",
                        theFirstLayer,
                        "weightsOfTheFirst",
                        weightsOfTheFirst.scale(2),
                        "biasesOfTheFirst",
                        biasesOfTheFirst)));
    }

    @Test
    void aLayerOfAnyWidth() {
        assertEquals(
                """
                1 value, 0 bytes
                      kind  shape      memory  made from
                relu  Relu  any width  shared""",
                text(Inventory.of("relu", new Relu())));
    }

    @Test
    void anEmptySession() {
        assertEquals(
                """
                nothing of Jacobean's is in this session yet; an example:
                %matrix w = 0.1 0.2; 0.3 0.4""",
                text(Inventory.of(Map.of())));
    }

    @Test
    void inHtmlShapesAndReasonsAreToldInFull() {
        String html = Rendered.of(Inventory.of("w", w.with(0, 0, 7), "grads", pass.backward(Matrix.row(1, -2))))
                .html()
                .orElseThrow();
        assertTrue(
                html.contains("title=\"dL/dx 1 × 3, dL/dw 3 × 2, dL/db 1 × 2\">x 1 × 3, w 3 × 2, b 1 × 2</td>"), html);
        assertTrue(html.contains("title=\"computed with an earlier w\">earlier w</td>"), html);
    }

    @AfterEach
    void defaults() {
        Display.defaults();
    }

    private static String text(Inventory inventory) {
        return Rendered.of(inventory).text();
    }
}
