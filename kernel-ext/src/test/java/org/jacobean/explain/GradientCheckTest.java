package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleUnaryOperator;
import org.jacobean.explain.GradientCheck.Element;
import org.jacobean.explain.GradientCheck.Verdict;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What a check finds right, wrong, at a kink or not finite, and what it says of it. */
class GradientCheckTest {

    /** dL/dx = (-0.3 1.1 -1.7), dL/dw = (2 -4; 3 -6; 5 -10), dL/db = (1 -2). */
    private static final Linear LAYER =
            new Linear(Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6"), Matrix.row(0.01, -0.02));

    private static final Matrix X = Matrix.row(2, 3, 5);
    private static final Matrix INCOMING = Matrix.row(1, -2);

    /** Nothing came in: the check agrees, and proves nothing. */
    @Test
    void gradientsThatAreAllZeroAreSaidToBe() {
        Gradients grads = new Linear(Matrix.parse("1 2; 3 4"))
                .forward(Matrix.row(5, 6))
                .backward(Matrix.zeros(1, 2));
        assertEquals(
                "6 of 6 agree; worst 0 at dL/dx[1]; every one is 0",
                GradientCheck.of(grads).summary());
    }

    /**
     * Rounding alone: the bound of {@link GradientCheck}, 4ε·Σ|dL/df|·2|f| / 2h, with f up to 3, weights of 3 and h at least
     * ∛ε·0.0158 for b, is 2e-8; the smallest gradient by which it is divided is above 1.
     */
    @Test
    void everyElementOfALinearLayerAgrees() {
        GradientCheck check = GradientCheck.of(LAYER.forward(X).backward(INCOMING));
        assertTrue(check.passed());
        assertEquals(11, check.checked());
        assertEquals(11, check.total());
        assertEquals(11, check.count(Verdict.AGREES));
        assertTrue(check.summary().matches("11 of 11 agree; worst \\S+ at dL/d\\S+"), check.summary());
        assertEquals("GradientCheck of Linear 3 → 2: " + check.summary(), check.toString());
        for (Element element : check.elements()) {
            assertTrue(element.relative() <= 2e-8, element::toString);
        }
    }

    @Test
    void everyCaseOfTheFixturesAgrees() throws IOException {
        int cases = 0;
        long elements = 0;
        try (InputStream in = GradientCheckTest.class.getResourceAsStream("/fixtures/linear.json")) {
            var all = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("cases");
            for (var element : all) {
                JsonObject each = element.getAsJsonObject();
                Gson gson = new Gson();
                GradientCheck check = GradientCheck.all(new Linear(
                                Matrix.of(gson.fromJson(each.get("w"), double[][].class)),
                                Matrix.row(gson.fromJson(each.get("b"), double[].class)))
                        .forward(Matrix.of(gson.fromJson(each.get("x"), double[][].class)))
                        .backward(Matrix.of(gson.fromJson(each.get("dLdf"), double[][].class))));
                assertTrue(check.passed(), each.get("name") + ": " + check.summary());
                assertEquals(check.total(), check.checked());
                elements += check.checked();
                cases++;
            }
        }
        assertEquals(15, cases);
        assertTrue(elements > 100);
    }

    @Test
    void aWrongElementIsFoundAndNamedFirst() {
        // dL/dw[3,2] = -10, planted -11: 1/11 of the larger.
        GradientCheck check = check(LAYER, "w", 2, 1, a -> -11);
        assertFalse(check.passed());
        assertEquals("10 of 11 agree; worst 0.091 at dL/dw[3,2]; 1 differs", check.summary());
        Element worst = check.elements().get(0);
        assertEquals("dL/dw[3,2]", worst.name());
        assertEquals(-11, worst.analytic());
        assertEquals(-10, worst.numeric(), 1e-8);
        assertEquals(1, worst.absolute(), 1e-8);
        assertEquals(1.0 / 11, worst.relative(), 1e-9);
        assertEquals(Verdict.DIFFERS, worst.verdict());
    }

    /** The measurement errs by some 1e-11 of 10, so 1 % to either side of the tolerance is told apart. */
    @Test
    void justInsideTheToleranceAgreesAndJustOutsideDiffers() {
        for (String role : List.of("x", "w", "b")) {
            int row = role.equals("w") ? 2 : 0;
            int column = role.equals("x") ? 2 : 1; // the largest of its gradient
            GradientCheck inside = check(LAYER, role, row, column, a -> a * (1 + 0.98e-6));
            GradientCheck outside = check(LAYER, role, row, column, a -> a * (1 + 1.02e-6));
            assertTrue(inside.passed(), inside::summary);
            assertEquals(11, inside.count(Verdict.AGREES));
            assertEquals(1, outside.count(Verdict.DIFFERS), outside::summary);
        }
    }

    /** In dL/dw = (0 0; 3 -6; 5 -10) s = √((9 + 36 + 25 + 100)/6); a zero may be off by 1e-6 of that. */
    @Test
    void aZeroAmongLargeOnesAgreesToTheSizeOfItsGradient() {
        double s = Math.sqrt(170.0 / 6);
        Matrix x = Matrix.row(0, 3, 5);
        Layer inside = TestLayer.spoilt(LAYER, "w", 0, 0, a -> 0.99e-6 * s);
        Layer outside = TestLayer.spoilt(LAYER, "w", 0, 0, a -> 1.01e-6 * s);
        GradientCheck check = GradientCheck.of(inside.forward(x).backward(INCOMING));
        assertTrue(check.passed());
        assertEquals("11 of 11 agree; worst 9.9e-7 at dL/dw[1,1]; 1 only to the gradient's size", check.summary());
        assertEquals(
                "agrees, to the gradient's size",
                check.elements().get(0).verdict().toString());
        assertEquals(
                "10 of 11 agree; worst 1e-6 at dL/dw[1,1]; 1 differs",
                GradientCheck.of(outside.forward(x).backward(INCOMING)).summary());
    }

    /** dL/db = 1e-12 where f is 1e4: rounding alone makes 4ε·1e-12·2e4/2h of it, h = ∛ε·1e-5, that is about 15 %. */
    @Test
    void whatRoundingAloneCanMakeAgrees() {
        Linear layer = new Linear(Matrix.row(1.0), Matrix.row(1e-5));
        Matrix x = Matrix.row(1e4);
        double bound = 4 * Math.ulp(1.0) * 1e-12 * 2e4 / (2 * Math.cbrt(Math.ulp(1.0)) * 1e-5);
        assertTrue(bound > 0.1e-12 && bound < 0.2e-12);
        GradientCheck inside = GradientCheck.of(TestLayer.spoilt(layer, "b", 0, 0, a -> a + 0.5 * bound)
                .forward(x)
                .backward(Matrix.row(1e-12)));
        GradientCheck outside = GradientCheck.of(TestLayer.spoilt(layer, "b", 0, 0, a -> a + 2 * bound)
                .forward(x)
                .backward(Matrix.row(1e-12)));
        assertEquals(1, inside.count(Verdict.AGREES_TO_ROUNDING), inside::summary);
        assertTrue(inside.summary().endsWith("; 1 only to rounding"));
        assertEquals("agrees, to rounding", inside.elements().get(0).verdict().toString());
        assertEquals(1, outside.count(Verdict.DIFFERS), outside::summary);
    }

    /** A fixed tolerance of 1e-5 takes any gradient of 1e-6 for right. */
    @Test
    void tinyGradientsThatAreOffByATenthDiffer() {
        Linear right = new Linear(Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6"), Matrix.row(1, 2));
        Layer wrong = TestLayer.spoilt(right, gradients -> {
            gradients.computeIfPresent("x", (role, dLdx) -> dLdx.scale(1.1));
            return gradients;
        });
        Gradients grads = wrong.forward(Matrix.normal(50_000, 3, 1))
                .backward(Matrix.normal(50_000, 2, 2).scale(1e-6));
        GradientCheck sample = GradientCheck.of(grads);
        assertFalse(sample.passed());
        // b and w give what they do not need to x: 1,000 - 2 - 6.
        assertEquals(992, sample.count(Verdict.DIFFERS));
        assertTrue(
                sample.summary()
                        .matches("8 of 1,000 agree; worst 0\\.091 at dL/dx\\[\\S+; 992 differ"
                                + " \\(a sample of 1,000 of 150,008, seed 0\\)"),
                sample::summary);
        for (Element element : sample.elements()) {
            assertTrue(element.absolute() <= 1e-5 + 1e-3 * Math.abs(element.numeric()), "allclose takes it");
        }
        GradientCheck all = GradientCheck.all(grads);
        // Next to nothing beside the others: a tenth of it is within 1e-6 of what is typical.
        Matrix dLdx =
                right.forward(grads.pass().input()).backward(grads.incoming()).of("x");
        double s = Math.sqrt(dLdx.hadamard(dLdx).mean());
        long nothing = dLdx.stream().filter(a -> Math.abs(a) <= 1e-5 * s).count();
        assertEquals(150_000 - nothing, all.count(Verdict.DIFFERS));
        assertEquals(150_008, all.checked());
        assertEquals(100_000, all.elements().size());
    }

    @Test
    void nanAndInfinityFailOnEitherSide() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            GradientCheck analytic = check(LAYER, "w", 1, 0, a -> odd);
            assertFalse(analytic.passed());
            assertEquals(1, analytic.count(Verdict.NOT_FINITE));
            assertTrue(analytic.summary().matches("10 of 11 agree; worst \\S+ at \\S+; 1 not finite"));
            assertEquals("dL/dw[2,1]", analytic.elements().get(0).name());
            // f = ∞ or NaN for x ≥ 1, and the slope is said to be 1.
            GradientCheck numeric = GradientCheck.of(TestLayer.elementwise(1, a -> a < 1 ? a : odd, a -> 1)
                    .forward(Matrix.column(0.5, 2))
                    .backward(Matrix.ones(2, 1)));
            assertEquals(1, numeric.count(Verdict.NOT_FINITE));
            assertEquals("dL/dx[2,1]", numeric.elements().get(0).name());
            assertFalse(numeric.passed());
        }
        GradientCheck both = GradientCheck.of(LAYER.forward(X).backward(Matrix.row(Double.NaN, 1)));
        // All of dL/dx, and what the first column of dL/df reaches of dL/dw and dL/db.
        assertEquals(3 + 3 + 1, both.count(Verdict.NOT_FINITE));
    }

    @Test
    void whereItBeginsIsSaid() {
        Gradients given = LAYER.forward(X).backward(Matrix.row(Double.NaN, 1));
        assertEquals(
                "dL/df, which was given: dL/df[1] is NaN",
                GradientCheck.of(given).notFinite().orElseThrow().toString());
        assertEquals(
                Optional.empty(),
                GradientCheck.of(LAYER.forward(X).backward(INCOMING)).notFinite());
    }

    @Test
    void atAKinkAGradientIsNeitherRightNorWrong() {
        for (double atZero : new double[] {0, 0.5, 1}) {
            GradientCheck check = GradientCheck.of(
                    TestLayer.relu(4, atZero).forward(Matrix.row(0, -1, 2, 0)).backward(Matrix.row(1, 1, -3, -2)));
            assertTrue(check.passed());
            assertEquals(2, check.count(Verdict.KINK));
            assertEquals(2, check.count(Verdict.AGREES));
            assertTrue(check.summary().matches("2 of 4 agree; worst \\S+ at \\S+; 2 at a kink"), check.summary());
        }
    }

    /** Between the slopes 0 and 1 there is no 1.5. */
    @Test
    void beyondBothSlopesOfAKinkItDiffers() {
        GradientCheck check =
                GradientCheck.of(TestLayer.relu(1, 1.5).forward(Matrix.row(0.0)).backward(Matrix.row(2.0)));
        assertEquals(1, check.count(Verdict.DIFFERS));
        assertFalse(check.passed());
    }

    /** The first step is ∛ε = 6e-6 of 1: what lies nearer to the kink takes a smaller one. */
    @Test
    void aKinkNearbyIsPassedBySmallerSteps() {
        for (double near : new double[] {1e-4, 5.9e-6, 3e-6, 1e-6, 1.9e-7, 1e-8, 1e-9}) {
            for (double x : new double[] {near, -near}) {
                // The second entry makes the typical size of x 1.
                Matrix row = Matrix.row(x, Math.sqrt(2));
                Gradients right = TestLayer.relu(2, 0).forward(row).backward(Matrix.row(3, 1));
                GradientCheck check = GradientCheck.of(right);
                assertEquals(2, check.count(Verdict.AGREES) + check.count(Verdict.AGREES_TO_SIZE), x + check.summary());
                Layer half = TestLayer.elementwise(2, a -> Math.max(0, a), a -> 0.5);
                assertEquals(
                        2,
                        GradientCheck.of(half.forward(row).backward(Matrix.row(3, 1)))
                                .count(Verdict.DIFFERS));
            }
        }
    }

    @Test
    void curvesAgreeAlsoWhereTheyAreFlat() {
        Matrix x = Matrix.parse("0 1e-9 -0.3 2 -5; 0.001 10 -1e-4 0.5 0");
        Map<String, Layer> curves = Map.of(
                "square", TestLayer.elementwise(5, a -> a * a, a -> 2 * a),
                "bowl", TestLayer.elementwise(5, a -> a * a + 100, a -> 2 * a),
                "tanh", TestLayer.elementwise(5, Math::tanh, a -> 1 - Math.tanh(a) * Math.tanh(a)),
                "cube", TestLayer.elementwise(5, a -> a * a * a, a -> 3 * a * a),
                "exp", TestLayer.elementwise(5, Math::exp, Math::exp));
        curves.forEach((name, layer) -> {
            Gradients grads = layer.forward(x).backward(Matrix.normal(2, 5, 1));
            GradientCheck check = GradientCheck.of(grads);
            assertTrue(check.passed(), name + ": " + check.summary() + check.elements());
            assertEquals(0, check.count(Verdict.KINK), name);
        });
    }

    @Test
    void ofMoreThanAThousandASampleIsChecked() {
        Gradients grads = new Linear(Matrix.normal(784, 50, 1), Matrix.normal(1, 50, 2))
                .forward(Matrix.uniform(1, 784, 3))
                .backward(Matrix.normal(1, 50, 4));
        GradientCheck check = GradientCheck.of(grads);
        assertTrue(check.passed(), check::summary);
        assertEquals(1000, check.checked());
        assertEquals(40_034, check.total());
        assertTrue(check.summary().endsWith(" (a sample of 1,000 of 40,034, seed 0)"));
        // b has only 50 of its third.
        assertEquals(List.of(475L, 475L, 50L), List.of(count(check, "x"), count(check, "w"), count(check, "b")));
        assertEquals(1000, names(check).stream().distinct().count());
        assertEquals(names(check), names(GradientCheck.sample(grads, 1000, 0)));
        assertNotEquals(names(check), names(GradientCheck.sample(grads, 1000, 1)));
        assertTrue(GradientCheck.sample(grads, 7, 5).summary().endsWith(" (a sample of 7 of 40,034, seed 5)"));
        assertFalse(GradientCheck.sample(grads, 50_000, 5).summary().contains("sample"));
    }

    @Test
    void elementsOfABatchAreNamedAfterTheVariables() {
        Gradients grads = new Linear(Matrix.normal(2, 2, 1).named("w1"))
                .forward(Matrix.normal(3, 2, 2).named("input"))
                .backward(Matrix.normal(3, 2, 3));
        GradientCheck check = GradientCheck.of(grads);
        List<String> names = names(check);
        assertEquals(
                List.of(
                        "dL/dinput[1,1]",
                        "dL/dinput[1,2]",
                        "dL/dinput[2,1]",
                        "dL/dinput[2,2]",
                        "dL/dinput[3,1]",
                        "dL/dinput[3,2]",
                        "dL/dw1[1,1]",
                        "dL/dw1[1,2]",
                        "dL/dw1[2,1]",
                        "dL/dw1[2,2]"),
                names);
    }

    @Test
    void theWorstComeFirst() {
        Layer layer = TestLayer.spoilt(LAYER, gradients -> {
            gradients.computeIfPresent("w", (role, its) -> Matrix.parse("2 -4; 3.3 nan; 5 -20"));
            return gradients;
        });
        GradientCheck check = GradientCheck.of(layer.forward(X).backward(INCOMING));
        assertEquals("8 of 11 agree; worst 0.5 at dL/dw[3,2]; 2 differ; 1 not finite", check.summary());
        assertEquals(
                List.of("dL/dw[2,2]", "dL/dw[3,2]", "dL/dw[2,1]"),
                check.elements().stream().limit(3).map(Element::name).toList());
        List<Double> rest =
                check.elements().stream().skip(3).map(Element::relative).toList();
        assertEquals(rest.stream().sorted(Comparator.reverseOrder()).toList(), rest);
    }

    @Test
    void theMethodIsToldWithItsSource() {
        assertEquals(
                "agree: to 1e-6 of the larger of the two, or of the gradient's own size (its root mean square), or as far as"
                        + " rounding goes. numeric: central differences of L = Σ dL/df∘f with h = ∛ε·max(|v|, rms of its"
                        + " operand), smaller near kinks (Dennis and Schnabel, Numerical Methods for Unconstrained"
                        + " Optimization, 1996, A5.6.3); rounding: 4ε·Σ |dL/df|·(|f₊| + |f₋|) / (v₊ − v₋)",
                check(LAYER, "w", 0, 0, a -> a).method());
        assertEquals(
                "agree: to 1e-6, or to rounding; numeric: central differences of L = Σ dL/df∘f",
                check(LAYER, "w", 0, 0, a -> a).how());
    }

    @Test
    void whatCannotBeCheckedIsSaid() {
        fails("the gradients are null; did the cell that declares them fail?", null, 10);
        fails("a sample has at least 1 element, not 0", LAYER.forward(X).backward(INCOMING), 0);
    }

    @Test
    void progressEndsWithAll() {
        List<long[]> told = new ArrayList<>();
        GradientCheck.all(LAYER.forward(X).backward(INCOMING), (done, total) -> told.add(new long[] {done, total}));
        assertArrayEquals(new long[] {11, 11}, told.get(told.size() - 1));
    }

    @Test
    void anInterruptGivesItUpAndTheFlagStaysSet() {
        int[] runs = {0};
        Layer slow = TestLayer.elementwise(
                500,
                a -> {
                    if (++runs[0] == 5000) {
                        Thread.currentThread().interrupt();
                    }
                    return a;
                },
                a -> 1);
        Gradients grads = slow.forward(Matrix.ones(1, 500)).backward(Matrix.ones(1, 500));
        try {
            assertEquals(
                    // The pass took 500, and three copies of the row 1,500 for each element.
                    "interrupted: checking TestLayer 500 → 500 was given up after 3 of 500 elements, in dL/dx:"
                            + " 3 of 3 agree; worst 0 at dL/dx[1]",
                    assertThrows(CancellationException.class, () -> GradientCheck.of(grads))
                            .getMessage());
            assertTrue(Thread.currentThread().isInterrupted());
            assertTrue(runs[0] < 10_000, "it ran on: " + runs[0]);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void whatWasFoundBeforeAnInterruptIsSaid() {
        // Runs of the layer: the pass; one for each element of x; two for each row of w; two for b.
        assertEquals(
                "interrupted: checking TestLayer 3 → 2 was given up after 2 of 11 elements, in dL/dx:"
                        + " 1 of 2 agree; worst 0.67 at dL/dx[2]; 1 differs",
                interruptedAt(1 + 2));
        assertEquals(
                "interrupted: checking TestLayer 3 → 2 was given up after 7 of 11 elements, in dL/dw:"
                        + " 5 of 7 agree; worst 0.67 at dL/dx[2]; 1 differs; 1 not finite",
                interruptedAt(1 + 3 + 5));
        assertEquals(
                "interrupted: checking TestLayer 3 → 2 was given up after 9 of 11 elements, in dL/db:"
                        + " 6 of 9 agree; worst 0.67 at dL/dx[2]; 2 differ; 1 not finite",
                interruptedAt(1 + 3 + 6 + 1));
    }

    /** dL/dx[2], dL/dw[2,2] and dL/dw[3,2] are wrong. */
    private static String interruptedAt(int run) {
        Layer wrong = TestLayer.spoilt(LAYER, gradients -> {
            gradients.computeIfPresent("x", (role, its) -> Matrix.row(-0.3, 3.3, -1.7));
            gradients.computeIfPresent("w", (role, its) -> Matrix.parse("2 -4; 3 nan; 5 -20"));
            return gradients;
        });
        int[] runs = {0};
        Layer counting = TestLayer.told(wrong, () -> {
            if (++runs[0] == run) {
                Thread.currentThread().interrupt();
            }
        });
        Gradients grads = counting.forward(X).backward(INCOMING);
        try {
            return assertThrows(CancellationException.class, () -> GradientCheck.of(grads))
                    .getMessage();
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    /** A layer of somebody's own may give up for reasons of its own. */
    @Test
    void whatIsGivenUpWithoutAnInterruptIsPassedOn() {
        Layer tired = TestLayer.elementwise(
                1,
                a -> {
                    if (a > 1) {
                        throw new CancellationException("no more");
                    }
                    return a;
                },
                a -> 1);
        Gradients grads = tired.forward(Matrix.row(1.0)).backward(Matrix.row(1.0));
        assertEquals(
                "no more",
                assertThrows(CancellationException.class, () -> GradientCheck.of(grads))
                        .getMessage());
    }

    private static GradientCheck check(Linear layer, String role, int row, int column, DoubleUnaryOperator value) {
        return GradientCheck.of(
                TestLayer.spoilt(layer, role, row, column, value).forward(X).backward(INCOMING));
    }

    private static List<String> names(GradientCheck check) {
        return check.elements().stream()
                .map(Element::name)
                .sorted(Comparator.comparing((String name) -> name.substring(0, name.indexOf('[')))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static long count(GradientCheck check, String of) {
        return check.elements().stream()
                .filter(element -> element.name().startsWith("dL/d" + of + "["))
                .count();
    }

    private static void fails(String message, Gradients grads, int count) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> GradientCheck.sample(grads, count, 0))
                        .getMessage());
    }
}
