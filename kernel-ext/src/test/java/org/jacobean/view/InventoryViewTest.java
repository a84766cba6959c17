package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jacobean.explain.Inventory;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Relu;
import org.jacobean.matrix.Matrix;
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
                           kind       shape                       memory  made from    stale
                layer      Linear     784 → 50                    314 kB  w, [1 × 50]  earlier w
                pass       Forward    64 × 50                      26 kB  layer, x     earlier w
                gradients  Gradients  x 64 × 784, w 784 × 50, b…  715 kB  pass, dLdf   earlier w
                x          Matrix     64 × 784                    401 kB
                w          Matrix     784 × 50                    314 kB
                dLdf       Matrix     64 × 50                      26 kB""",
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
    void theMiddleOfAHundredIsLeftOut() {
        Map<String, Object> session = new LinkedHashMap<>();
        for (int i = 1; i <= 100; i++) {
            session.put("m" + i, Matrix.zeros(10, i));
        }
        assertEquals(
                """
                100 values, 404 kB
                      kind    shape     memory  made from
                m1    Matrix  10 × 1      80 B
                m2    Matrix  10 × 2     160 B
                m3    Matrix  10 × 3     240 B
                m4    Matrix  10 × 4     320 B
                m5    Matrix  10 × 5     400 B
                m6    Matrix  10 × 6     480 B
                ⋮     ⋮       ⋮              ⋮  ⋮
                m95   Matrix  10 × 95   7.6 kB
                m96   Matrix  10 × 96   7.7 kB
                m97   Matrix  10 × 97   7.8 kB
                m98   Matrix  10 × 98   7.8 kB
                m99   Matrix  10 × 99   7.9 kB
                m100  Matrix  10 × 100  8.0 kB
                shown: 12 of 100 rows""",
                text(Inventory.of(session)));
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

    private static String text(Inventory inventory) {
        return Rendered.of(inventory).text();
    }
}
