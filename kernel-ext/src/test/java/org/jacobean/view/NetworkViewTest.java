package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jacobean.explain.Contributions;
import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Explanation;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Softmax;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** Networks, their passes, gradients and losses, and what is said of their numbers, to the letter. */
class NetworkViewTest {

    private static final Network NETWORK = Network.of(
            new Linear(Matrix.parse("1 -1 2; 0.5 3 -2"), Matrix.row(0.5, 0, -1)),
            new Relu(),
            new Linear(Matrix.column(2, -3, 5), Matrix.parse("1")));
    private static final NetworkPass PASS = NETWORK.forward(Matrix.parse("1 2; 3 -1"));
    private static final LossPass LOSS = PASS.loss(new MeanSquaredError(), Matrix.column(1, 30));
    private static final NetworkGradients GRADS = PASS.backward(LOSS);

    @Test
    void aNetworkIsAChainOfLayers() {
        // 2·3 + 3 and 3·1 + 1 parameters
        assertEquals(
                """
                network: 2 → 3 → 3 → 1, 13 parameters

                   layer         computes         parameters
                1  Linear 2 → 3  l1 = x·w1 + b1            9
                2  Relu 3 → 3    l2 = max(0, l1)
                3  Linear 3 → 1  f = l2·w2 + b2            4""",
                text(NETWORK));
        assertEquals(
                """
                network: n → n → n, 0 parameters

                   layer    computes
                1  Relu     l1 = max(0, x)
                2  Sigmoid  f[r,j] = 1/(1 + exp(-l1[r,j]))""",
                text(Network.of(new Relu(), new Sigmoid())));
    }

    @Test
    void aPassShowsWhatEachLayerPutsOut() {
        // l1 = 2.5 5 -3; 3 -6 7: mean 8.5/6, squares 141.25/6 - 1.4167² = 4.6427²; f = -9 and 42
        assertEquals(
                """
                pass: 2 → 3 → 3 → 1

                    computed as  shape   mean  deviation  zeros
                x                2 × 2   1.25       1.48
                l1  x·w1 + b1    2 × 3   1.42       4.51
                l2  max(0, l1)   2 × 3   2.92       2.52      2
                f   l2·w2 + b2   2 × 1  16.50      25.50""",
                text(PASS));
    }

    @Test
    void nanIsSeenWhereItBegins() {
        Network spoilt = Network.of(new Linear(Matrix.parse("1 nan; 2 inf")), new Relu());
        assertEquals(
                """
                pass: 2 → 2 → 2

                    computed as  shape  mean  deviation  NaN, ∞
                x                2 × 2  1.25      1.479
                l1  x·w1         2 × 2   NaN        NaN       2
                f   max(0, l1)   2 × 2   NaN        NaN       2""",
                text(spoilt.forward(PASS.input())));
    }

    @Test
    void gradientsByName() {
        // The numbers are those of NetworkTest.byHand; 2500 + 6400 + 20736 + 11664 = 203.2²
        assertEquals(
                """
                gradients of MeanSquaredError, L = 122: 2 → 3 → 3 → 1

                        shape   norm   min  max  zeros
                dL/dx   2 × 2  203.2  -108  144
                dL/dw1  2 × 3  217.5   -64  180
                dL/db1  1 × 3   67.2     4   60
                dL/dl1  2 × 3     74   -20   60      2
                dL/dl2  2 × 3  96.29   -50   60
                dL/dw2  3 × 1  98.37   -50   84
                dL/db2  1 × 1      2     2    2
                dL/df   2 × 1  15.62   -10   12""",
                text(GRADS));
        assertTrue(text(PASS.backward(Matrix.column(1, 2))).startsWith("gradients: 2 → 3 → 3 → 1\n"));
    }

    @Test
    void ofALongChainTheMiddleIsLeftOut() {
        Linear[] layers = new Linear[40];
        for (int k = 0; k < layers.length; k++) {
            layers[k] = new Linear(Matrix.identity(2));
        }
        String text = text(Network.of(layers));
        assertTrue(text.endsWith("shown: 12 of 40 rows"), text);
        assertTrue(text.contains("\n⋮ "), text);
    }

    @Test
    void aLossShowsItsFormulaAndItsSlopes() {
        // Classes with the probabilities 5/8 and 1/4: (log 8/5 + log 4)/2 = 0.92815; norms √3.5512 and √0.27344
        Matrix logits = Matrix.parse("0 0.6931471805599453 1.6094379124341003; 0 0 0.6931471805599453");
        assertEquals(
                """
                CrossEntropy: L = 0.9281
                L = Σᵣ (log(Σₖ exp(f[r,k])) - (Σⱼ y[r,j]·f[r,j]))/N, N = 2, m = 3

                f: 2 × 3, norm 1.884, min 0, max 1.609, 3 zeros
                        f[·,1]  f[·,2]  f[·,3]
                f[1,·]       0   0.693   1.609
                f[2,·]       0       0   0.693

                digits: 1 × 2, norm 2, min 0, max 2, 1 zero
                        digits[1]  digits[2]
                digits          2          0

                dL/df: 2 × 3, norm 0.5229, min -0.375, max 0.25
                            dL/df[·,1]  dL/df[·,2]  dL/df[·,3]
                dL/df[1,·]      0.0625      0.1250     -0.1875
                dL/df[2,·]     -0.3750      0.1250      0.2500""",
                text(new CrossEntropy().forward(logits, Matrix.row(2, 0).named("digits"))));
    }

    @Test
    void everyViewIsThereAsHtml() {
        for (Object value : new Object[] {NETWORK, PASS, GRADS, LOSS}) {
            String html = Rendered.of(value).html().orElseThrow();
            assertTrue(html.contains("<table"), html);
        }
        assertTrue(Rendered.of(GRADS).html().orElseThrow().contains("title=\"98.3"), "norms in full");
    }

    // Tables

    @Test
    void tables() {
        Table table = Tables.of(GRADS);
        assertEquals(4 + 6 + 3 + 3 + 1, table.rowCount());
        assertEquals("[of, row, column, value, gradient]", table.columnNames().toString());
        assertEquals("w1", table.getString(7, "of"));
        assertEquals(-64, table.doubleColumn("gradient").get(7));
        assertEquals(13, Tables.of(NETWORK).rowCount());
        assertEquals(
                "[of, row, column, value]", Tables.of(NETWORK).columnNames().toString());
        assertEquals(42, Tables.of(PASS).doubleColumn(1).get(1));
        assertEquals(12, Tables.of(LOSS).doubleColumn(1).get(1));
    }

    // Why

    @Test
    void whyALossIsWhatItIs() {
        // 10²/2 + 12²/2
        assertEquals(
                """
                Why L is 122

                1. The formula
                   L = Σᵣ Σⱼ (f[r,j] - y[r,j])²/(N·m)
                   N = 2, m = 1.

                2. The numbers
                   (f[1,1] - y[1,1])²/(N·m) = 50
                   (f[2,1] - y[2,1])²/(N·m) = 72
                   L                        = 122""",
                text(Explanation.of(LOSS)));
        assertEquals(text(Explanation.of(LOSS)), text(Explanation.of(LOSS, "L")));
    }

    @Test
    void whyALossMovesWithAnOutput() {
        assertEquals(
                """
                Why dL/df[2,1] is 12

                1. Where f[2,1] stands
                   L = (f[2,1] - y[2,1])²/(N·m) + 1 other row
                   The derivative of what does not hold f[2,1] is 0.

                2. How L moves with f[2,1]
                   dL/df[2,1] = 2·(f[2,1] - y[2,1])/(N·m) = 2·(42 - 30)/(2 · 1) = 12

                3. The same, measured
                   Moving f[2,1] by ±2.5e-4 gives:
                   dL/df[2,1] = 12""",
                text(Explanation.of(LOSS, "dL/df[2,1]")));
        assertEquals(text(Explanation.of(LOSS, "dL/df[2,1]")), text(Explanation.of(GRADS, "dL/df[2,1]")));
    }

    @Test
    void whyACrossEntropyMovesWithAnOutput() {
        // exp(5)/(2·(e + e² + e⁵)) − 1/2 = 148.413/(2·158.520) − 1/2 = 0.46812 − 0.5
        LossPass entropy = new CrossEntropy()
                .forward(Matrix.parse("1 2 5; 1 1 2"), Matrix.row(2, 0).named("digits"));
        assertEquals(
                """
                Why dL/df[1,3] is -0.03188

                1. Where f[1,3] stands
                   L = (log(Σₖ exp(f[1,k])) - (Σⱼ y[1,j]·f[1,j]))/N + 1 other row
                   The derivative of what does not hold f[1,3] is 0.

                2. How L moves with f[1,3]
                   dL/df[1,3] = exp(f[1,3])/(N·(Σₖ exp(f[1,k]))) - y[1,3]/N
                              = exp(5)/(2 · 158.5) - 1/2
                              = -0.03188

                3. The same, measured
                   Moving f[1,3] by ±3.0e-5 gives:
                   dL/df[1,3] = -0.03188""",
                text(Explanation.of(entropy, "dL/df[1,3]")));
    }

    @Test
    void withinANetworkOutputsHaveTheirNames() {
        assertEquals(
                """
                Why dL/dl1[2,1] is 24

                1. Where l1[2,1] stands
                   l2[2,1] = max(0, l1[2,1])
                   The other 5 outputs do not hold l1[2,1].

                2. How l2[2,1] moves with l1[2,1]
                   dl2[2,1]/dl1[2,1] = [l1[2,1] > 0] = 1

                3. The chain rule
                   dL/dl1[2,1] = dL/dl2[2,1]·dl2[2,1]/dl1[2,1]
                   l1[2,1] reaches L through this output alone.

                4. The numbers
                   dL/dl2[2,1]·[l1[2,1] > 0] = 24 · 1 = 24
                   dL/dl1[2,1]               = 24

                5. The same, measured
                   Moving l1[2,1] by ±1.8e-5 and measuring L = Σ dL/dl2∘l2 gives:
                   dL/dl1[2,1] = 24""",
                text(Explanation.of(GRADS, "dL/dl1[2,1]")));
        assertEquals(
                """
                Why l1[2,3] is 7

                1. The formula
                   l1[2,3] = Σᵢ w1[i,3]·x[2,i] + b1[3]

                2. The numbers
                   w1[1,3]·x[2,1] = 2 · 3 = 6
                   w1[2,3]·x[2,2] = -2 · (-1) = 2
                   b1[3]          = -1
                   l1[2,3]        = 7

                3. The same for all outputs
                   l1[2,3] is entry [2,3] of x·w1 + b1.""",
                text(Explanation.of(PASS, "l1[2,3]")));
    }

    @Test
    void everyGradientIsExplainedInItsLayer() {
        for (String name : new String[] {"dL/dx[1,2]", "dL/dw1", "w2[3,1]", "dL / db2", "dL/dl2[1,1]"}) {
            String base = name.replaceAll("dL ?/ ?d|\\[.*", "");
            assertEquals(text(Explanation.of(GRADS.layerOf(base), name)), text(Explanation.of(GRADS, name)), name);
        }
        assertEquals(
                text(Contributions.of(GRADS.layer(1), "dL/dw1[2,1]")), text(Contributions.of(GRADS, "dL/dw1[2,1]")));
        assertEquals("your dL/dw1 is right", text(Diagnosis.of(GRADS, "dL/dw1", GRADS.of("w1"))));
    }

    @Test
    void aLayerOfAnyWidthIsExplainedInLetters() {
        String text = text(Explanation.of(new Softmax()));
        assertTrue(text.contains("r runs from 1 to N, j runs from 1 to m, k runs from 1 to m; r is a row"), text);
    }

    @Test
    void whatCannotBeExplained() {
        assertEquals(
                "w1 was given, not computed; what the pass computes is l1, l2, f",
                message(() -> Explanation.of(PASS, "w1[1,1]")));
        assertEquals(
                "this pass's values have no y; they have x, w1, b1, l1, l2, w2, b2 and f",
                message(() -> Explanation.of(PASS, "y")));
        assertEquals("a loss has no dL/dw; it has dL/df", message(() -> Explanation.of(LOSS, "dL/dw[1,1]")));
        assertEquals(
                "a loss is explained by an element of dL/df, such as dL/df[1,1], or by L",
                message(() -> Explanation.of(LOSS, "dL/df")));
        assertEquals(
                "there is no dL/df[3,1]: dL/df is 2 × 1, so its rows go from 1 to 2 and its only column is 1",
                message(() -> Explanation.of(GRADS, "dL/df[3,1]")));
        assertEquals(
                "these gradients have more than one w: it is w1 and w2; ask for one of these",
                message(() -> Explanation.of(GRADS, "dL/dw[1,1]")));
        assertEquals(
                "the loss is null; did the cell that declares it fail?",
                message(() -> Explanation.of((LossPass) null)));
        assertEquals(
                "the pass is null; did the cell that declares it fail?",
                message(() -> Explanation.of((NetworkPass) null, "f")));
        assertEquals(
                "the gradients are null; did the cell that declares them fail?",
                message(() -> Explanation.of((NetworkGradients) null, "dL/dw1")));
    }

    private static String text(Object value) {
        return Rendered.of(value).text();
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
