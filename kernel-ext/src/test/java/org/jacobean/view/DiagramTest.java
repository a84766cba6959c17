package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jacobean.formula.Formula;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Softmax;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Networks as boxes and as units. */
class DiagramTest {

    /** By hand: l1 = (1·1 + 2·0.5, 1·-2 + 0) = (2, -2), l2 = (2, 0), f = 2·1 + 0·-1 + 0.5 = 2.5. */
    private static final Network SMALL = Network.of(
            new Linear(Matrix.parse("1 -2; 0.5 0").named("w1")),
            new Relu(),
            new Linear(Matrix.parse("1; -1").named("w2"), Matrix.row(0.5).named("b2")));

    private static final NetworkPass PASS = SMALL.forward(Matrix.parse("1 2; 4 0"));

    private static final Network LARGE = Network.of(
            Linear.he(784, 50, 1), new Relu(), Linear.he(50, 30, 2), new Relu(), Linear.he(30, 10, 3), new Softmax());

    // Text

    @Test
    void aNetworkAsText() {
        assertEquals(
                """
                x [N × 784] → linear (w1 784 × 50, b1 1 × 50) → l1 [N × 50] → relu → l2 [N × 50]
                  → linear (w2 50 × 30, b2 1 × 30) → l3 [N × 30] → relu → l4 [N × 30] → linear
                  (w3 30 × 10, b3 1 × 10) → l5 [N × 10] → softmax → f [N × 10]""",
                Rendered.of(Diagram.of(LARGE)).text());
        assertEquals(
                "x [N × n] → relu → f [N × n]",
                Rendered.of(Diagram.of(new Relu())).text());
    }

    @Test
    void aPassAsText() {
        assertEquals(
                """
                x [2 × 2] → linear (w1 2 × 2) → l1 [2 × 2] → relu → l2 [2 × 2] → linear (w2
                  2 × 1, b2 1 × 1) → f [2 × 1]

                        value             value             value            value
                x[1,1]      1    l1[1,1]      2    l2[1,1]      2    f[1,1]    2.5
                x[1,2]      2    l1[1,2]     -2    l2[1,2]      0""",
                Rendered.of(Diagram.of(PASS)).text());
    }

    /** y = 1.5 and 4.5 is all right: dL/df = 2·(2.5 − 1.5)/2 = 1; dL/dl2 = (1, -1); dL/dl1 = (1, 0); dL/dx = (1, 0.5). */
    @Test
    void gradientsAsText() {
        assertEquals(
                """
                x [2 × 2] → linear (w1 2 × 2) → l1 [2 × 2] → relu → l2 [2 × 2] → linear (w2
                  2 × 1, b2 1 × 1) → f [2 × 1] → MeanSquaredError → L = 0.5
                back: dL/df norm 1 → dL/dl2 norm 1.414 → dL/dl1 norm 1 → dL/dx norm 1.118

                        value  dL/dx
                x[1,1]      1    1.0
                x[1,2]      2    0.5

                         value  dL/dl1
                l1[1,1]      2       1
                l1[1,2]     -2       0

                         value  dL/dl2
                l2[1,1]      2       1
                l2[1,2]      0      -1

                        value  dL/df
                f[1,1]    2.5      1""",
                Rendered.of(Diagram.of(PASS.backward(new MeanSquaredError(), Matrix.column(1.5, 4.5))))
                        .text());
    }

    @Test
    void anotherRowOfTheBatch() {
        Diagram second = Diagram.of(PASS).row(1);
        assertTrue(Rendered.of(second)
                .text()
                .contains("x[2,1]      4    l1[2,1]      4    l2[2,1]      4    f[2,1]    4.5"));
        assertEquals(
                "there is no row 2: the rows are counted from 0 to 1",
                assertThrows(IllegalArgumentException.class, () -> Diagram.of(PASS)
                                .row(2))
                        .getMessage());
        assertEquals(
                "a diagram without a pass has no rows; make it of a pass or of gradients",
                assertThrows(IllegalArgumentException.class, () -> Diagram.of(SMALL)
                                .row(0))
                        .getMessage());
    }

    @Test
    void aSingleLayer() {
        Forward pass = new Linear(Matrix.parse("1 2; 3 4").named("w"))
                .forward(Matrix.row(1, 1).named("in"));
        assertEquals(
                """
                in [1 × 2] → linear (w 2 × 2) → f [1 × 2]
                back: dL/df norm 1 → dL/din norm 3.162

                       value  dL/din          value  dL/df
                in[1]      1       1    f[1]      4      1
                in[2]      1       3    f[2]      6      0""",
                Rendered.of(Diagram.of(pass.backward(Matrix.row(1, 0)))).text());
        assertEquals(
                "in [1 × 2] → linear (w 2 × 2) → f [1 × 2]",
                Rendered.of(Diagram.of(pass)).text().lines().findFirst().orElseThrow());
    }

    /** dL/dx of a large first layer is not computed for a picture. */
    @Test
    void whatIsLargeIsNotComputed() {
        NetworkPass pass =
                Network.of(Linear.he(3000, 100, 1), Linear.he(100, 2, 2)).forward(Matrix.uniform(60, 3000, 3));
        String text = Rendered.of(Diagram.of(pass.backward(Matrix.ones(60, 2)))).text();
        assertTrue(text.replaceAll("\\s+", " ").contains("→ dL/dx not computed yet"), text);
    }

    @Test
    void toStringIsALine() {
        assertEquals(
                "Diagram of Network of Linear 2 → 2 without b, Relu 2 → 2, Linear 2 → 1",
                Diagram.of(SMALL).toString());
        assertEquals(
                "the network of a diagram: null; did the cell that declares it fail?",
                assertThrows(IllegalArgumentException.class, () -> Diagram.of((Network) null))
                        .getMessage());
    }

    // SVG

    @Test
    void theWholeSvgOfALayer() {
        assertEquals(
                Optional.of(
                        """
                        <svg xmlns="http://www.w3.org/2000/svg" width="176.44" height="72" viewBox="0 0 176.44 72" role="img" \
                        font-family="sans-serif">
                        <title>Diagram of Relu</title>
                        <desc>x [N × n] → relu → f [N × n]</desc>
                        <rect width="176.44" height="72" fill="#ffffff"/>
                        <path fill="#222222" stroke="#222222" d="M16 36H60.1l-7 -4v8l7 -4"/>
                        <text x="38.05" y="30" font-size="13" text-anchor="middle" fill="#222222">x</text>
                        <text x="38.05" y="50" font-size="11" text-anchor="middle" fill="#595959">N × n</text>
                        <rect x="62.1" y="14" width="52.24" height="44" rx="6" fill="#eef3f8" stroke="#7a8aa0"/>
                        <text x="88.22" y="40" font-size="13" text-anchor="middle" fill="#222222">relu</text>
                        <path fill="#222222" stroke="#222222" d="M116.34 36H160.44l-7 -4v8l7 -4"/>
                        <text x="138.39" y="30" font-size="13" text-anchor="middle" fill="#222222">f</text>
                        <text x="138.39" y="50" font-size="11" text-anchor="middle" fill="#595959">N × n</text>
                        </svg>"""),
                Rendered.of(Diagram.of(new Relu())).as("image/svg+xml"));
    }

    @Test
    void aLargeNetworkIsBoxes() throws Exception {
        SvgDocument svg = SvgDocument.of(Diagram.of(LARGE));
        assertEquals(
                List.of(
                        "x",
                        "N × 784",
                        "linear",
                        "w1 784 × 50",
                        "b1 1 × 50",
                        "l1",
                        "N × 50",
                        "relu",
                        "l2",
                        "N × 50",
                        "linear",
                        "w2 50 × 30",
                        "b2 1 × 30",
                        "l3",
                        "N × 30",
                        "relu",
                        "l4",
                        "N × 30",
                        "linear",
                        "w3 30 × 10",
                        "b3 1 × 10",
                        "l5",
                        "N × 10",
                        "softmax",
                        "f",
                        "N × 10"),
                svg.texts());
        checkLayout(svg);
    }

    @Test
    void aSmallOneIsUnitsWithWeightsOnTheEdges() throws Exception {
        SvgDocument svg = SvgDocument.of(Diagram.of(PASS.backward(new MeanSquaredError(), Matrix.column(1.5, 4.5))));
        List<Element> edges = svg.all("path");
        // 4 and 2 weights, 2 units through the relu, and f to L.
        assertEquals(9, edges.size());
        assertEquals(
                List.of(
                        "w1[1,1] = 1, dL/dw1[1,1] = 1 #c85a00 2.38",
                        "w1[1,2] = -2, dL/dw1[1,2] = 0 #1f6fb5 4 dashed",
                        "w1[2,1] = 0.5, dL/dw1[2,1] = 2 #c85a00 1.56",
                        "w1[2,2] = 0, dL/dw1[2,2] = 0 #aaaaaa 1",
                        "w2[1,1] = 1, dL/dw2[1,1] = 2 #c85a00 4",
                        "w2[2,1] = -1, dL/dw2[2,1] = 0 #1f6fb5 4 dashed"),
                edges.stream()
                        .filter(Element::hasChildNodes)
                        .map(edge -> edge.getTextContent() + " " + edge.getAttribute("stroke") + " "
                                + edge.getAttribute("stroke-width")
                                + (edge.hasAttribute("stroke-dasharray") ? " dashed" : ""))
                        .toList());
        assertTrue(svg.texts()
                .containsAll(List.of("l1[1,2]", "-2", "dL/dl1", "L", "0.5", "row 1 of 2; L is of all rows")));
        checkLayout(svg);
    }

    @Test
    void anyNetworkHasADiagram() throws Exception {
        Layer[] deep = new Layer[60];
        for (int k = 0; k < deep.length; k++) {
            deep[k] = k % 2 == 0 ? Linear.he(20, 20, k) : new Tanh();
        }
        SvgDocument svg = SvgDocument.of(Diagram.of(Network.of(deep)));
        assertTrue(svg.texts().containsAll(List.of("…", "36 layers", "l12", "l48", "f")));
        assertFalse(svg.texts().contains("l20"));
        checkLayout(svg);
        NetworkPass eight = Network.of(Linear.he(8, 8, 1), new Tanh(), Linear.he(8, 3, 2), new Softmax())
                .forward(Matrix.normal(5, 8, 1));
        checkLayout(SvgDocument.of(Diagram.of(eight.backward(Matrix.ones(5, 3)))));
        checkLayout(SvgDocument.of(Diagram.of(new Own())));
        checkLayout(SvgDocument.of(Diagram.of(new Linear(Matrix.parse("nan inf; 0 -inf")))));
        checkLayout(SvgDocument.of(
                Diagram.of(LARGE.forward(Matrix.uniform(60, 784, 2)).backward(Matrix.ones(60, 10)))));
    }

    @Test
    void longNamesAreCutAndAllAreEscaped() throws Exception {
        Matrix w = Matrix.normal(20, 20, 1).named("the_weights_of_the_first_layer_of_them_all_<&>\u0007");
        SvgDocument svg = SvgDocument.of(Diagram.of(new Linear(w)));
        assertEquals(
                List.of("the_weights_of_the_first_la…"),
                svg.texts().stream().filter(text -> text.startsWith("the_")).toList());
        assertTrue(svg.description().contains("_<&>‹U+0007›"), svg.description());
        checkLayout(svg);
    }

    /** Texts of at least 11 pixels inside the picture; boxes that do not overlap. */
    @Test
    void aNameOfAnyLengthIsCut() throws Exception {
        String svg = Rendered.of(Diagram.of(new Linear(Matrix.ones(9, 2).named("w".repeat(100_000)))))
                .as("image/svg+xml")
                .orElseThrow();
        assertTrue(svg.length() < 10_000, svg.length() + " characters");
    }

    /** Also in the titles of units and edges; XML cannot hold most control characters. */
    @Test
    void controlCharactersInNamesAreWrittenOut() throws Exception {
        Forward pass = new Linear(Matrix.parse("3").named("w\u0001<\n"))
                .forward(Matrix.parse("2").named("x\u0000"));
        List<String> titles = SvgDocument.of(Diagram.of(pass.backward(Matrix.parse("1")))).all("title").stream()
                .map(Element::getTextContent)
                .toList();
        assertTrue(titles.contains("w‹U+0001›<⏎[1] = 3, dL/dw‹U+0001›<⏎[1] = 2"), titles::toString);
        assertTrue(titles.contains("x‹U+0000›[1] = 2"), titles::toString);
    }

    private static void checkLayout(SvgDocument svg) {
        for (Element text : svg.all("text")) {
            assertTrue(svg.number(text, "font-size") >= 11, text.getTextContent());
            double half = Svg.width(text.getLastChild().getTextContent(), (int) svg.number(text, "font-size")) / 2;
            boolean middle = text.getAttribute("text-anchor").equals("middle");
            double left = svg.number(text, "x") - (middle ? half : 0);
            assertTrue(left >= 0 && left + 2 * half <= svg.width() + 0.01, text.getTextContent());
            assertTrue(svg.number(text, "y") < svg.height() - 3, text.getTextContent());
        }
        List<Element> boxes = new ArrayList<>(svg.all("rect"));
        boxes.removeIf(box -> !box.hasAttribute("rx"));
        for (Element a : boxes) {
            for (Element b : boxes) {
                boolean apart = a == b
                        || svg.number(a, "x") + svg.number(a, "width") <= svg.number(b, "x")
                        || svg.number(b, "x") + svg.number(b, "width") <= svg.number(a, "x")
                        || svg.number(a, "y") + svg.number(a, "height") <= svg.number(b, "y")
                        || svg.number(b, "y") + svg.number(b, "height") <= svg.number(a, "y");
                assertTrue(apart, "two boxes overlap");
            }
        }
    }

    /** A layer that a user wrote. */
    private static final class Own implements Layer {

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public Map<String, Matrix> parameters() {
            return Map.of();
        }

        @Override
        public Layer with(String role, Matrix value) {
            return this;
        }

        @Override
        public Matrix output(Matrix x) {
            return x;
        }

        @Override
        public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
            return Map.of("x", dLdf);
        }

        @Override
        public Formula formula() {
            return new Relu().formula();
        }
    }
}
