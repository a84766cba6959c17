package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Explanation;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Softmax;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.jacobean.view.View.Folded;
import org.jacobean.view.View.Line;
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
        // l1 = 2.5 5 -3; 3 -6 7: mean 8.5/6, squares 134.25/6 - 1.4167² = 4.513²; f = -9 and 42
        assertEquals(
                """
                pass: 2 → 3 → 3 → 1

                    computed as  shape   mean  deviation  zeros
                x                2 × 2   1.25      1.479
                l1  x·w1 + b1    2 × 3  1.417      4.513
                l2  max(0, l1)   2 × 3  2.917      2.524      2
                f   l2·w2 + b2   2 × 1   16.5       25.5""",
                text(PASS));
        // Each as %flow writes it, however far apart they are.
        assertEquals(
                """
                pass: 1 → 1

                   computed as  shape     mean  deviation
                x               1 × 1  0.01533          0
                f  x·w1         1 × 1    15330          0""",
                text(Network.of(new Linear(Matrix.parse("1e6"))).forward(Matrix.parse("0.01533"))));
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
    void aSecondSoftmaxIsNoted() {
        String note = "f is softmax's already, and cross-entropy applies it itself: leave the layer out";
        Matrix scores = Matrix.parse("1 2; 3 4");
        Matrix labels = Matrix.column(0, 1);
        Network doubled = Network.of(new Relu(), new Softmax());
        assertEquals(
                note,
                text(doubled.forward(scores).loss(new CrossEntropy(), labels)).split("\n")[2]);
        assertEquals(
                note,
                text(new Softmax().forward(scores).loss(new CrossEntropy(), labels))
                        .split("\n")[2]);
        for (LossPass right : List.of(
                doubled.forward(scores).loss(new MeanSquaredError(), scores),
                Network.of(new Softmax(), new Relu()).forward(scores).loss(new CrossEntropy(), labels),
                new CrossEntropy().forward(scores, labels))) {
            assertEquals("", text(right).split("\n")[2]);
        }
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
                   Moving f[2,1] by ±8.1e-3 gives:
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
                   y[r,j] is 1 in the column j that is the class of row r, and 0 elsewhere.

                3. The same, measured
                   Moving f[1,3] by ±9.7e-4 gives:
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
                   Moving l1[2,1] by ±3.4e-5 and measuring L = Σ dL/dl2∘l2 gives:
                   dL/dl1[2,1] = 24

                6. dL/dl2[2,1], from layer 3, Linear 3 → 1
                   dL/dl2[2,1] = dL/df[2,1]·w2[1,1] = 12 · 2 = 24

                7. dL/df[2,1], from MeanSquaredError
                   dL/df[2,1] = 2·(f[2,1] - y[2,1])/(N·m) = 2·(42 - 30)/(2 · 1) = 12
                   By its name each is explained in full: dL/dl2[2,1], dL/df[2,1].""",
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

    /** A name without dL/d is the value, as of a pass. */
    @Test
    void theNameOfAnOutputIsItsValue() {
        assertEquals(text(Explanation.of(PASS, "l1[2,3]")), text(Explanation.of(GRADS, "l1[2,3]")));
        assertEquals(text(Explanation.of(PASS, "l2")), text(Explanation.of(GRADS, "l2")));
        assertEquals(text(Explanation.of(PASS, "f[2,1]")), text(Explanation.of(GRADS, " f [2, 1]")));
        assertEquals("dL/dw1[1,1]", Explanation.of(GRADS, "w1[1,1]").title());
    }

    @Test
    void whatIsSubtractedKeepsItsMinus() {
        // 2·42/2, and e/(2·(e + e² + e⁵)) = 2.71828/317.04
        LossPass loss = PASS.loss(new MeanSquaredError(), Matrix.column(1, 0));
        assertTrue(
                text(Explanation.of(loss, "dL/df[2,1]"))
                        .contains("dL/df[2,1] = 2·(f[2,1] - y[2,1])/(N·m) = 2·(42 - 0)/(2 · 1) = 42"),
                text(Explanation.of(loss, "dL/df[2,1]")));
        LossPass entropy = new CrossEntropy().forward(Matrix.parse("1 2 5; 1 1 2"), Matrix.row(2, 0));
        assertTrue(
                text(Explanation.of(entropy, "dL/df[1,1]"))
                        .contains("= exp(1)/(2 · 158.5) - 0/2\n              = 0.008574"),
                text(Explanation.of(entropy, "dL/df[1,1]")));
        // An f of −0 is no 0 that is subtracted
        LossPass minusZero = new MeanSquaredError().forward(Matrix.row(-0.0), Matrix.row(0.0));
        assertTrue(
                text(Explanation.of(minusZero, "dL/df[1]")).contains("= 2·(0 - 0)/(1 · 1) = 0"),
                text(Explanation.of(minusZero, "dL/df[1]")));
    }

    /** tanh(½) = 0.46212, 1 − 0.46212² = 0.78645, times 2; at 0 the sigmoid's is ½·(1 − ½). */
    @Test
    void theSlopeOfATanhIsWrittenInItsOutput() {
        NetworkGradients grads = Network.of(new Tanh(), new Sigmoid())
                .forward(Matrix.row(0.5, 0))
                .backward(Matrix.row(0, 8));
        String text = text(Explanation.of(grads, "dL/dx[2]"));
        assertTrue(
                text.contains(
                        """
                        2. How l1[2] moves with x[2]
                           dl1[2]/dx[2] = 4·exp(2·x[2])/(exp(2·x[2]) + 1)² = 1 - l1[2]² = 1
                        """),
                text);
        assertTrue(
                text.contains(
                        """
                           dL/dl1[2]·(1 - l1[2]²) = 2 · 1 = 2
                           dL/dx[2]               = 2
                        """),
                text);
        assertTrue(text.contains("dL/dl1[2] = dL/df[2]·f[2]·(1 - f[2]) = 8 · 0.25 = 2\n"), text);
        Gradients tanh = new Tanh().forward(Matrix.row(0.5)).backward(Matrix.row(2.0));
        assertTrue(
                text(Explanation.of(tanh, "dL/dx[1]")).contains("dL/df[1]·(1 - f[1]²) = 2 · 0.7864 = 1.573\n"),
                text(Explanation.of(tanh, "dL/dx[1]")));
        assertEndsWith("\ndL/dx[r,j] = dL/df[r,j]·(1 - f[r,j]²)", text(tanh));
        assertEndsWith(
                "\n              = dL/df[r,j]·(1 - f[r,j]²)\n   dL/dx[1,1] = dL/df[1,1]·(1 - f[1,1]²)",
                text(Explanation.of(new Tanh())));
    }

    /** Below its title's words, also where the number has two digits. */
    @Test
    void theLinesOfATenthStepAreIndentedByItsNumber() {
        Layer[] layers = new Layer[9];
        Arrays.fill(layers, new Relu());
        String text =
                text(Explanation.of(Network.of(layers).forward(Matrix.row(2.0)).backward(Matrix.row(3.0))));
        assertTrue(
                text.contains("\n\n9. Layer 2, Relu 1 → 1\n   l2[j] ")
                        && text.contains("\n\n10. Layer 1, Relu 1 → 1\n    l1[j] "),
                text);
    }

    @Test
    void aWeightIsFollowedToTheLoss() {
        // 0·1 + 60·3; 60 = 60·[7 > 0]; 60 = 12·5; 12 = 2·(42 − 30)/2
        assertEndsWith(
                """
                4. The numbers
                   dL/dl1[1,3]·x[1,1] = 0 · 1 = 0
                   dL/dl1[2,3]·x[2,1] = 60 · 3 = 180
                   dL/dw1[1,3]        = 180

                5. The same in one product, and measured
                   dL/dw1[1,3] is entry [1,3] of xᵀ·dL/dl1.
                   Moving w1[1,3] by ±1.2e-5 and measuring L = Σ dL/dl1∘l1 gives:
                   dL/dw1[1,3] = 180

                6. The largest of these 2 terms, that of row 2
                   dL/dl1[2,3]·x[2,1] = 60 · 3 = 180

                7. dL/dl1[2,3], from layer 2, Relu 3 → 3
                   dL/dl1[2,3] = dL/dl2[2,3]·[l1[2,3] > 0] = 60 · 1 = 60

                8. dL/dl2[2,3], from layer 3, Linear 3 → 1
                   dL/dl2[2,3] = dL/df[2,1]·w2[3,1] = 12 · 5 = 60

                9. dL/df[2,1], from MeanSquaredError
                   dL/df[2,1] = 2·(f[2,1] - y[2,1])/(N·m) = 2·(42 - 30)/(2 · 1) = 12
                   By its name each is explained in full: dL/dl1[2,3], dL/dl2[2,3], dL/df[2,1].""",
                text(Explanation.of(GRADS, "dL/dw1[1,3]")));
    }

    @Test
    void onlyTheLargestTermOfEachSumIsFollowed() {
        // dL/dl1[2] = 1·4 − 2·5 + 3·6 = 12, dL/dl1[1] = 1·1 − 2·2 + 3·3 = 6, and dL/dx[1] = −6 + 24
        Network network = Network.of(
                new Linear(Matrix.parse("-1 2; 2 0")),
                new Linear(Matrix.parse("1 2 3; 4 5 6").named("v")));
        NetworkGradients grads = network.forward(Matrix.row(1, 1)).backward(Matrix.row(1, -2, 3));
        assertEndsWith(
                """
                6. The largest of these 2 terms
                   dL/dl1[2]·w1[1,2] = 12 · 2 = 24

                7. dL/dl1[2], from layer 2, Linear 2 → 3 without b
                   dL/dl1[2] = Σⱼ dL/df[j]·v[2,j] = 12
                   The largest of these 3 terms:
                   dL/df[3]·v[2,3] = 3 · 6 = 18

                8. dL/df[3]
                   It came in with the backward pass, and was not computed here.
                   By its name each is explained in full: dL/dl1[2].""",
                text(Explanation.of(grads, "dL/dx[1]")));
    }

    @Test
    void whatIsMultipliedByNothingIsNotFollowed() {
        // l1[1,3] = −3 is not above 0.
        assertEndsWith(
                "\ndL/dl1[1,3] = 0", text(Explanation.of(GRADS, "dL/dl1[1,3]")).replaceAll("\n +", "\n"));
        Network dead = Network.of(new Linear(Matrix.parse("2")), new Relu(), new Relu());
        assertEndsWith(
                """
                6. dL/dl1[1], from layer 2, Relu 1 → 1
                   dL/dl1[1] = dL/dl2[1]·[l1[1] > 0] = 0 · 0 = 0
                   Its slope is 0, so it is 0 whatever comes after.
                   By its name each is explained in full: dL/dl1[1].""",
                text(Explanation.of(dead.forward(Matrix.parse("-1")).backward(Matrix.parse("3")), "dL/dw1[1,1]")));
    }

    @Test
    void notANumberIsFollowedFirst() {
        // NaN came in for output 2 of row 1; all else is a number.
        NetworkGradients grads = NETWORK.forward(Matrix.parse("1 2; 3 -1")).backward(Matrix.column(Double.NaN, 1e9));
        assertEndsWith(
                """
                6. The largest of these 2 terms, that of row 1
                   dL/dl1[1,1]·x[1,1] = NaN · 1 = NaN

                7. dL/dl1[1,1], from layer 2, Relu 3 → 3
                   dL/dl1[1,1] = dL/dl2[1,1]·[l1[1,1] > 0] = NaN · 1 = NaN

                8. dL/dl2[1,1], from layer 3, Linear 3 → 1
                   dL/dl2[1,1] = dL/df[1,1]·w2[1,1] = NaN · 2 = NaN

                9. dL/df[1,1]
                   It came in with the backward pass, and was not computed here.
                   By its name each is explained in full: dL/dl1[1,1], dL/dl2[1,1].""",
                text(Explanation.of(grads, "dL/dw1[1,1]")));
    }

    @Test
    void anInterruptedExplanationOfALossSaysWhatItWas() {
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: the explanation of L was given up",
                    assertThrows(CancellationException.class, () -> Explanation.of(LOSS))
                            .getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    /** An empty line, such as in what a layer of one's own is called, would end what can be opened. */
    @Test
    void theTitleOfWhatCanBeOpenedIsALine() {
        assertEquals(
                """
                <details style="margin:0 0 1em 2em"><summary>My⏎⏎&lt;b&gt; layer</summary>

                inside

                </details>""",
                MarkdownLowering.of(View.of(new Folded("My\n\n<b> layer", List.of(new Line("inside"))))));
    }

    @Test
    void whatComesFurtherOnCanBeOpened() {
        assertEndsWith(
                """
                **6. dL/df\\[2,1\\], from MeanSquaredError**

                $$
                \\begin{aligned}
                \\frac{dL}{df[2,1]} &= \\frac{2 \\cdot \\left(f[2,1] - y[2,1]\\right)}{N \\cdot m} = \\frac{2 \\cdot \\left(42 - 30\\right)}{2 \\cdot 1} = 12
                \\end{aligned}
                $$

                By its name each is explained in full: dL/df\\[2,1\\].

                <details style="margin:0 0 1em 2em"><summary>Why dL/df[2,1] is 12</summary>

                **1. Where f\\[2,1\\] stands**

                $$
                \\begin{aligned}
                L &= \\frac{{\\left(f[2,1] - y[2,1]\\right)}^{2}}{N \\cdot m} \\text{ + 1 other row}
                \\end{aligned}
                $$

                The derivative of what does not hold f\\[2,1\\] is 0.

                **2. How L moves with f\\[2,1\\]**

                $$
                \\begin{aligned}
                \\frac{dL}{df[2,1]} &= \\frac{2 \\cdot \\left(f[2,1] - y[2,1]\\right)}{N \\cdot m} = \\frac{2 \\cdot \\left(42 - 30\\right)}{2 \\cdot 1} = 12
                \\end{aligned}
                $$

                **3. The same, measured**

                Moving f\\[2,1\\] by ±8.1e-3 gives:

                $$
                \\begin{aligned}
                \\frac{dL}{df[2,1]} &= 12
                \\end{aligned}
                $$

                </details>""",
                Rendered.of(Explanation.of(GRADS, "dL/dl2[2,1]"))
                        .as("text/markdown")
                        .orElseThrow());
    }

    @Test
    void asHtmlBesideAnotherItCanBeOpenedToo() {
        String html = Rendered.of(new SideBySide(List.of(LOSS, Explanation.of(GRADS, "dL/dl2[2,1]"))))
                .html()
                .orElseThrow();
        assertTrue(
                html.contains("<details><summary>Why dL/df[2,1] is 12</summary>\n"
                        + "<p><b>1. Where f[2,1] stands</b></p>\n"
                        + "<pre>"),
                html);
        assertTrue(html.contains("</pre>\n</details>"), html);
    }

    @Test
    void ofAVeryDeepNetworkTheRestIsNotFoldedIn() {
        Layer[] layers = new Layer[40];
        for (int k = 0; k < layers.length; k++) {
            layers[k] = k % 2 == 0 ? Linear.he(30, 30, k) : new Relu();
        }
        NetworkGradients grads =
                Network.of(layers).forward(Matrix.normal(16, 30, 1)).backward(Matrix.normal(16, 30, 2));
        String markdown = Rendered.of(Explanation.of(grads)).as("text/markdown").orElseThrow();
        // The first of the steps is dL/df, which came in.
        assertEquals(23, markdown.split("<details ", -1).length - 1);
        assertTrue(markdown.length() < 100_000, "" + markdown.length());
    }

    @Test
    void allGradientsOfANetwork() {
        assertEquals(
                """
                How the gradients of the network come about, from the loss back to x

                1. MeanSquaredError
                   L          = Σᵣ Σⱼ (f[r,j] - y[r,j])²/(N·m)
                   dL/df[r,j] = 2·(f[r,j] - y[r,j])/(N·m)

                2. Layer 3, Linear 3 → 1
                   f[r,j]      = Σᵢ w2[i,j]·l2[r,i] + b2[j]
                   dL/dl2[r,i] = Σⱼ dL/df[r,j]·w2[i,j]
                   dL/dw2[i,j] = Σᵣ dL/df[r,j]·l2[r,i]
                   dL/db2[j]   = Σᵣ dL/df[r,j]
                   dL/dl2      = dL/df·w2ᵀ : (N×m)·(m×n) → N×n : (2 × 1)·(1 × 3) → 2 × 3
                   dL/dw2      = l2ᵀ·dL/df : (n×N)·(N×m) → n×m : (3 × 2)·(2 × 1) → 3 × 1
                   dL/db2      = column sums of dL/df : (N×m) → (1×m) : (2 × 1) → (1 × 1)

                3. Layer 2, Relu 3 → 3
                   l2[r,j]     = max(0, l1[r,j])
                   dL/dl1[r,j] = dL/dl2[r,j]·[l1[r,j] > 0]

                4. Layer 1, Linear 2 → 3
                   l1[r,j]     = Σᵢ w1[i,j]·x[r,i] + b1[j]
                   dL/dx[r,i]  = Σⱼ dL/dl1[r,j]·w1[i,j]
                   dL/dw1[i,j] = Σᵣ dL/dl1[r,j]·x[r,i]
                   dL/db1[j]   = Σᵣ dL/dl1[r,j]
                   dL/dx       = dL/dl1·w1ᵀ : (N×m)·(m×n) → N×n : (2 × 3)·(3 × 2) → 2 × 2
                   dL/dw1      = xᵀ·dL/dl1 : (n×N)·(N×m) → n×m : (2 × 2)·(2 × 3) → 2 × 3
                   dL/db1      = column sums of dL/dl1 : (N×m) → (1×m) : (2 × 3) → (1 × 3)""",
                text(Explanation.of(GRADS)));
        assertEquals(
                """
                How the gradients of the network come about, from the loss back to in

                1. dL/df
                   It came in with the backward pass.

                2. Layer 1, Relu 2 → 2
                   f[j]      = max(0, in[j])
                   dL/din[j] = dL/df[j]·[in[j] > 0]""",
                text(Explanation.of(Network.of(new Relu())
                        .forward(Matrix.row(1, 2).named("in"))
                        .backward(Matrix.row(3, 4)))));
    }

    @Test
    void howALossMovesWithItsOutputs() {
        // 2·(−9 − 1)/2 and 2·(42 − 30)/2
        assertEquals(
                """
                How dL/df comes about

                1. The formula
                   L = Σᵣ Σⱼ (f[r,j] - y[r,j])²/(N·m)
                   N = 2, m = 1.

                2. Where f[r,j] stands
                   L = (f[r,j] - y[r,j])²/(N·m) + constants
                   The derivative of a constant is 0.

                3. How L moves with f[r,j]
                   dL/df[r,j] = 2·(f[r,j] - y[r,j])/(N·m)
                   dL/df[1,1] = 2·(f[1,1] - y[1,1])/(N·m) = 2·(-9 - 1)/(2 · 1) = -10
                   dL/df[2,1] = 2·(f[2,1] - y[2,1])/(N·m) = 2·(42 - 30)/(2 · 1) = 12""",
                text(Explanation.of(LOSS, "dL/df")));
        assertEquals(text(Explanation.of(LOSS, "dL/df")), text(Explanation.of(GRADS, "dL/df")));
        // e/158.520 = 0.017148, e²/158.520 = 0.046613, e⁵/158.520 − 1 = −0.063761
        assertEndsWith(
                """
                2. Where f[r,j] stands
                   L = (log(Σₖ exp(f[r,k])) - (Σⱼ y[r,j]·f[r,j]))/N + constants
                   The derivative of a constant is 0.

                3. How L moves with f[r,j]
                   dL/df[r,j] = exp(f[r,j])/(N·(Σₖ exp(f[r,k]))) - y[r,j]/N
                   dL/df[1,1] = exp(f[1,1])/(N·(Σₖ exp(f[1,k]))) - y[1,1]/N
                              = exp(1)/(2 · 158.5) - 0/2
                              = 0.008574
                   dL/df[1,2] = exp(f[1,2])/(N·(Σₖ exp(f[1,k]))) - y[1,2]/N
                              = exp(2)/(2 · 158.5) - 0/2
                              = 0.02331
                   dL/df[1,3] = exp(f[1,3])/(N·(Σₖ exp(f[1,k]))) - y[1,3]/N
                              = exp(5)/(2 · 158.5) - 1/2
                              = -0.03188
                   dL/df[2,1] = exp(f[2,1])/(N·(Σₖ exp(f[2,k]))) - y[2,1]/N
                              = exp(1)/(2 · 158.5) - 1/2
                              = -0.4914
                   … and so on for all 6 elements""",
                text(Explanation.of(
                        new CrossEntropy().forward(Matrix.parse("1 2 5; 1 5 2"), Matrix.row(2, 0)), "dL/df")));
        // (log 158.520 − 5)/2 = 0.03294 and (log 158.520 − 1)/2 = 2.033: wide left sides, but each row fits a line.
        assertEndsWith(
                """
                2. The numbers
                   (log(Σₖ exp(f[1,k])) - (Σⱼ y[1,j]·f[1,j]))/N = 0.03294
                   (log(Σₖ exp(f[2,k])) - (Σⱼ y[2,j]·f[2,j]))/N = 2.033
                   L                                            = 2.066""",
                text(Explanation.of(new CrossEntropy().forward(Matrix.parse("1 2 5; 1 5 2"), Matrix.row(2, 0)))));
    }

    @Test
    void everyGradientIsExplainedInItsLayer() {
        for (String name : new String[] {"dL/dx[1,2]", "dL/dw1", "w2[3,1]", "dL / db2", "dL/dl2[1,1]"}) {
            String base = name.replaceAll("dL ?/ ?d|\\[.*", "");
            String ofItsLayer = text(Explanation.of(GRADS.layerOf(base), name));
            assertTrue(text(Explanation.of(GRADS, name)).startsWith(ofItsLayer), name);
        }
        assertEquals(
                text(Contributions.of(GRADS.layer(1), "dL/dw1[2,1]")), text(Contributions.of(GRADS, "dL/dw1[2,1]")));
        assertEquals("your dL/dw1 is right", text(Diagnosis.of(GRADS, "dL/dw1", GRADS.of("w1"))));
    }

    @Test
    void aLayerOfAnyWidthIsExplainedInLetters() {
        String text = text(Explanation.of(new Softmax()));
        assertTrue(text.contains("r runs from 1 to N, j runs from 1 to m, k runs from 1 to m; r is a row"), text);
        assertTrue(text.contains("and in no other output. Here i runs from\n   1 to m.\n"), text);
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

    private static void assertEndsWith(String expected, String actual) {
        assertEquals(expected, actual.substring(Math.max(0, actual.length() - expected.length())));
    }

    private static String text(Object value) {
        return Rendered.of(value).text();
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
