package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Loss;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Softmax;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What goes wrong between the layers of a network is named, in the network's own names; what is right is not. */
class NetworkDiagnosisTest {

    private static final Loss MSE = new MeanSquaredError();
    private static final Loss ENTROPY = new CrossEntropy();

    /** l1 = 2.5 5 −3; 3 −6 7, dL/df = −10; 12, dL/dl2 = −20 30 −50; 24 −36 60, dL/dl1 the same with 0 for −50 and −36. */
    private static final NetworkGradients GRADS = Network.of(
                    new Linear(Matrix.parse("1 -1 2; 0.5 3 -2"), Matrix.row(0.5, 0, -1)),
                    new Relu(),
                    new Linear(Matrix.column(2, -3, 5), Matrix.parse("1")))
            .forward(Matrix.parse("1 2; 3 -1"))
            .backward(MSE, Matrix.column(1, 30));

    @Test
    void aMaskThatIsMissing() {
        says(
                "dL/dl1",
                "-20 30 -50; 24 -36 60",
                "your dL/dl1 lacks the relu's mask, computed with dL/dl2 instead of dL/dl2∘[l1 > 0]: dL/dl1 is 0 where l1 is"
                        + " not above 0");
        // xᵀ·dL/dl2, and its column sums
        says(
                "dL/dw1",
                "52 -78 130; -64 96 -160",
                "your dL/dw1 lacks the relu's mask, computed with dL/dl2 instead of dL/dl2∘[l1 > 0]: dL/dl1 is 0 where l1 is"
                        + " not above 0");
        says(
                "dL/db1",
                "4 -6 10",
                "your dL/db1 lacks the relu's mask, computed with dL/dl2 instead of dL/dl2∘[l1 > 0]: dL/dl1 is 0 where l1 is"
                        + " not above 0");
    }

    /** What the session has as dL/dl2 says nothing new, be it off by a rounding. */
    @Test
    void aMaskThatIsMissingIsSaidOnce() {
        assertEquals(
                "your dL/dl1 lacks the relu's mask, computed with dL/dl2 instead of dL/dl2∘[l1 > 0]: dL/dl1 is 0 where l1 is"
                        + " not above 0",
                Diagnosis.of(GRADS, "dL/dl1", GRADS.of("l2"))
                        .against("d", GRADS.of("l2").scale(1 + 1e-15), "d2", GRADS.of("l2"))
                        .summary());
    }

    @Test
    void aMaskFromTheWrongSide() {
        says(
                "dL/dl1",
                "0 0 -50; 0 -36 0",
                "your dL/dl1 has the relu's mask taken from the wrong side, dL/dl2∘[l1 < 0]: it should be dL/dl2∘[l1 > 0]");
        // xᵀ·(0 30 0; 24 0 60)
        says(
                "dL/dw1",
                "72 30 180; -24 60 -60",
                "your dL/dw1 has the relu's mask taken from the wrong side, dL/dl2∘[dL/dl2 > 0]: it should be"
                        + " dL/dl2∘[l1 > 0]");
    }

    /**
     * l1 = 2 −1; −3 4, l3 = 2 −2; 8 4, dL/dl4 = 1 3; −2 −6, and as dL/dl3 unmasked, times w2ᵀ, −2 5; 4 −10. The way back
     * through relu is one function, and so its mistake is made at both.
     */
    @Test
    void theMasksOfAllRelus() {
        NetworkGradients grads = Network.of(
                        new Linear(Matrix.parse("1 0; 0 1")),
                        new Relu(),
                        new Linear(Matrix.parse("1 -1; 2 1")),
                        new Relu(),
                        new Linear(Matrix.column(1, 3)))
                .forward(Matrix.parse("2 -1; -3 4"))
                .backward(Matrix.column(1, -2));
        assertEquals(
                "your dL/dw1 lacks the masks of all relus, computed with dL/dl2 and dL/dl4 instead of dL/dl2∘[l1 > 0] and"
                        + " dL/dl4∘[l3 > 0]: dL/dl1 and dL/dl3 are 0 where l1 and l3 are not above 0",
                Diagnosis.of(grads, "dL/dw1", Matrix.parse("-16 40; 18 -45")).summary());
        // dL/dl4∘[l3 < 0] = 0 3; 0 0, times w2ᵀ −3 3; 0 0, of which l1 < 0 leaves 0 3; 0 0
        assertEquals(
                "your dL/dl1 has the masks of all relus taken from the wrong side, dL/dl2∘[l1 < 0] and dL/dl4∘[l3 < 0]:"
                        + " it should be dL/dl2∘[l1 > 0] and dL/dl4∘[l3 > 0]",
                Diagnosis.of(grads, "dL/dl1", Matrix.parse("0 3; 0 0")).summary());
        // dL/dl4∘[dL/dl4 > 0] = 1 3; 0 0, times w2ᵀ −2 5; 0 0
        assertEquals(
                "your dL/dl1 has the masks of all relus taken from the wrong side, dL/dl2∘[dL/dl2 > 0] and"
                        + " dL/dl4∘[dL/dl4 > 0]: it should be dL/dl2∘[l1 > 0] and dL/dl4∘[l3 > 0]",
                Diagnosis.of(grads, "dL/dl1", Matrix.parse("0 5; 0 0")).summary());
        assertEquals(
                "your dL/dw1 is right",
                Diagnosis.of(grads, "dL/dw1", Matrix.parse("2 30; -1 -40")).summary());
    }

    @Test
    void theSlopesOfAllRelusAtExactlyZero() {
        // l1 = 0 3; 1 0, l3 = 0 3; 1 0 and dL/df = 1 2; 3 4, at each relu kept where l is 0 too
        NetworkGradients grads = Network.of(
                        new Linear(Matrix.parse("1 0; 0 1")),
                        new Relu(),
                        new Linear(Matrix.parse("1 0; 0 1")),
                        new Relu())
                .forward(Matrix.parse("0 3; 1 0"))
                .backward(Matrix.parse("1 2; 3 4"));
        assertEquals(
                "your dL/dl1 takes the slopes of all relus as 1 where l1 and l3 are exactly 0: here it is 0 there, as in"
                        + " PyTorch, dL/dl2∘[l1 > 0] and dL/df∘[l3 > 0]",
                Diagnosis.of(grads, "dL/dl1", Matrix.parse("1 2; 3 4")).findings().stream()
                        .filter(finding -> finding.kind() == Kind.MASK_AT_ZERO)
                        .map(Diagnosis.Finding::says)
                        .findFirst()
                        .orElseThrow());
    }

    /** The second relu holds nothing back and has no zero: the mistake is the first one's, and is said once. */
    @Test
    void aReluThatMasksNothingIsNotNamed() {
        // l1 = 0 −3; 1 2, l3 = 5 5; 6 7 and dL/dl2 = dL/df = 1 2; 3 4
        NetworkGradients grads = Network.of(
                        new Linear(Matrix.parse("1 0; 0 1")),
                        new Relu(),
                        new Linear(Matrix.parse("1 0; 0 1"), Matrix.row(5, 5)),
                        new Relu())
                .forward(Matrix.parse("0 -3; 1 2"))
                .backward(Matrix.parse("1 2; 3 4"));
        assertEquals(
                "your dL/dl1 takes the relu's slope as 1 where l1 is exactly 0: here it is 0 there, as in PyTorch,"
                        + " dL/dl2∘[l1 > 0]",
                Diagnosis.of(grads, "dL/dl1", Matrix.parse("1 0; 3 4")).summary());
        assertEquals(
                List.of(Kind.MASK_MISSING),
                Diagnosis.of(grads, "dL/dl1", Matrix.parse("1 2; 3 4")).findings().stream()
                        .map(Diagnosis.Finding::kind)
                        .filter(kind -> kind == Kind.MASK_MISSING)
                        .toList());
    }

    /** What is written in the output l2, as 1 − l2² is, is taken of l1, or of the tanh once more. */
    @Test
    void aSlopeAtTheWrongPlace() {
        for (long seed = 1; seed <= 10; seed++) {
            NetworkPass pass = Network.of(
                            Linear.glorot(4, 5, seed),
                            new Tanh(),
                            Linear.glorot(5, 4, seed + 1),
                            new Sigmoid(),
                            Linear.glorot(4, 3, seed + 2),
                            new Tanh())
                    .forward(Matrix.normal(6, 4, seed + 3));
            NetworkGradients grads = pass.backward(MSE, Matrix.normal(6, 3, seed + 4));
            Matrix l1 = pass.of("l1");
            Matrix l5 = pass.of("l5");
            DoubleUnaryOperator tanh = a -> 1 - a * a;
            DoubleUnaryOperator sigmoid = a -> a * (1 - a);
            assertEquals(
                    "your dL/dw1 takes the tanh's slope at its input, 1 − l1² in the place of 1 − l2²: it should be"
                            + " dL/dl2∘(1 − l2²)",
                    Diagnosis.of(grads, "dL/dw1", pass.input().transpose().times(masked(grads.of("l2"), l1, tanh)))
                            .summary());
            assertEquals(
                    "your dL/dl3 takes the sigmoid's slope at its input, l3·(1 − l3) in the place of l4·(1 − l4): it should be"
                            + " dL/dl4∘l4∘(1 − l4)",
                    Diagnosis.of(grads, "dL/dl3", masked(grads.of("l4"), pass.of("l3"), sigmoid))
                            .summary());
            assertEquals(
                    "your dL/dl1 takes the tanh's slope at its output as if that were the input, 1 − tanh(l2)² in the place of"
                            + " 1 − l2²: it should be dL/dl2∘(1 − l2²)",
                    Diagnosis.of(
                                    grads,
                                    "dL/dl1",
                                    masked(grads.of("l2"), pass.of("l2").map(Math::tanh), tanh))
                            .summary());
            Matrix d2 = masked(
                            masked(grads.of("f"), l5, tanh).times(pass.of("w3").transpose()), pass.of("l4"), sigmoid)
                    .times(pass.of("w2").transpose());
            assertEquals(
                    "your dL/dl1 takes the slopes of all tanhs at their inputs, 1 − l1² and 1 − l5² in the place of 1 − l2² and"
                            + " 1 − f²: it should be dL/dl2∘(1 − l2²) and dL/df∘(1 − f²)",
                    Diagnosis.of(grads, "dL/dl1", masked(d2, l1, tanh)).summary());
            grads.all()
                    .forEach((name, right) ->
                            assertTrue(Diagnosis.of(grads, name, right).right(), name));
        }
    }

    /** dL/dl1 = 1 1 0; 1 0 1 gives xᵀ·dL/dl1 = 4 1 3; 1 2 −1. */
    @Test
    void anotherGradientOfTheSession() {
        assertEquals(
                "your dL/dw1 was computed with d1 in the place of dL/dl1: d1 itself is wrong or of another pass;"
                        + " check it as the dL/dl1 of these gradients: that tells what is wrong with it",
                Diagnosis.of(GRADS, "dL/dw1", Matrix.parse("4 1 3; 1 2 -1"))
                        .against("d1", Matrix.parse("1 1 0; 1 0 1"))
                        .summary());
        // The same, by another name than a variable's
        assertEquals(
                "your dL/dw1 was computed with candidate 1 in the place of dL/dl1: candidate 1 itself is wrong or of another"
                        + " pass; use the dL/dl1 of this one",
                Diagnosis.of(GRADS, "dL/dw1", Matrix.parse("4 1 3; 1 2 -1"))
                        .against(Matrix.parse("1 1 0; 1 0 1"))
                        .summary());
        // Nothing in this network says what dL/df should be
        NetworkGradients given = GRADS.pass().backward(Matrix.column(-10, 12));
        assertEquals(
                "your dL/db2 was computed with d in the place of dL/df: use the dL/df of this pass, or run backward again with"
                        + " d",
                Diagnosis.of(given, "dL/db2", Matrix.parse("5"))
                        .against("d", Matrix.column(1, 4))
                        .summary());
    }

    /** f = x1 − x2 = 3 2 1 against 0: dL/df = 2·(3 2 1)/3 has not been divided. */
    @Test
    void whatIsNotDividedByTheRowsIsNoSumOfPasses() {
        NetworkGradients grads = Network.of(new Linear(Matrix.column(1, -1)))
                .forward(Matrix.parse("4 1; 3 1; 3 2"))
                .backward(MSE, Matrix.column(0, 0, 0));
        assertEquals(
                "your dL/df is 2·(f − y): of MeanSquaredError it is 2·(f − y)/(N·m), N = 3, m = 1",
                Diagnosis.of(grads, "dL/df", Matrix.column(6, 4, 2)).summary());
    }

    /** dL/dw2 = l2ᵀ·dL/df is NaN throughout where one row of dL/df is; of xᵀ·dL/df only the row in which x is. */
    @Test
    void whereBothAreNaNNothingCanBeSaid() {
        NetworkGradients sick = GRADS.pass().backward(Matrix.column(1, Double.NaN));
        assertEquals(
                "your dL/dw2 is NaN in every entry, as this pass's is: nothing can be said; %flow grads says where it begins",
                Diagnosis.of(sick, "dL/dw2", sick.of("w2")).summary());
        // 2·(−10) − 12
        NetworkGradients inPart = Network.of(new Linear(Matrix.parse("1; 1")))
                .forward(Matrix.parse("1 2; NaN -1"))
                .backward(Matrix.column(-10, 12));
        assertEquals(
                """
                your dL/dw1 is right
                in dL/dw1[1,1] both are NaN, of which nothing can be said; %flow grads says where it begins""",
                Diagnosis.of(inPart, "dL/dw1", Matrix.column(Double.NaN, -32)).summary());
        assertEquals(
                """
                your dL/dw1 is the right one with its sign flipped: the gradient points uphill; the minus belongs to the step,\
                 w1 − rate·dL/dw1
                in dL/dw1[1,1] both are NaN, of which nothing can be said; %flow grads says where it begins""",
                Diagnosis.of(inPart, "dL/dw1", Matrix.column(Double.NaN, 32)).summary());
    }

    @Test
    void aMaskAtExactlyZero() {
        // l1 = 0 3; 1 1; 1 −2 and dL/dl2 = 8 24; −1 −3; 2 6
        NetworkGradients grads = Network.of(
                        new Linear(Matrix.parse("1 1; -1 2")), new Relu(), new Linear(Matrix.column(1, 3)))
                .forward(Matrix.parse("1 1; 1 0; 0 -1"))
                .backward(Matrix.column(8, -1, 2));
        assertEquals(
                "your dL/dl1 takes the relu's slope as 1 where l1 is exactly 0: here it is 0 there, as in PyTorch,"
                        + " dL/dl2∘[l1 > 0]",
                Diagnosis.of(grads, "dL/dl1", Matrix.parse("8 24; -1 -3; 2 0")).summary());
    }

    @Test
    void anotherLoss() {
        says("dL/df", "-5; 6", "your dL/df is (f − y)/(N·m): of MeanSquaredError it is 2·(f − y)/(N·m), N = 2, m = 1");
        says(
                "dL/df",
                "-20; 24",
                "more than one mistake gives these numbers:",
                "your dL/df is 2·(f − y): of MeanSquaredError it is 2·(f − y)/(N·m), N = 2, m = 1",
                "your dL/df is 2 times the right one, as if 2 passes were added up: set it to zero before each pass");
        says(
                "dL/df",
                "10; -12",
                "your dL/df is 2·(y − f)/(N·m): of MeanSquaredError it is 2·(f − y)/(N·m), N = 2, m = 1");
        // Half of 11 −50 84
        says(
                "dL/dw2",
                "5.5; -25; 42",
                "your dL/dw2 is what dL/df = (f − y)/(N·m) gives: of MeanSquaredError it is 2·(f − y)/(N·m), N = 2, m = 1");
        says("dL/df", "-10; 12", "your dL/df is right");
    }

    @Test
    void weightsThatHadMoved() {
        // dL/dw2 = 11 −50 84, so w2 − 0.1·dL/dw2 = 0.9 2 −3.4; times −10 and 12, where l1 > 0
        says(
                "dL/dl1",
                "-9 -20 0; 10.8 0 -40.8",
                "your dL/dl1 was computed with w2 after its step, w2 − 0.1·dL/dw2: compute all gradients before any of the"
                        + " weights moves");
        // w2 = 1 1 1 of the session
        assertEquals(
                "your dL/dl1 was computed with another w2, the one that the session has now: use the w2 of this pass, or run"
                        + " forward and backward again with the new one",
                Diagnosis.of(GRADS, "dL/dl1", Matrix.parse("-10 -10 0; 12 0 12"))
                        .against("w2", Matrix.column(1, 1, 1))
                        .summary());
    }

    @Test
    void whatWasGivenToAnotherLayer() {
        // l1ᵀ·dL/df = −25 + 36, −50 − 72, 30 + 84
        says(
                "dL/dw2",
                "11; -122; 114",
                "your dL/dw2 was computed with l1 in the place of l2: it should be l2ᵀ·dL/df, not l1ᵀ·dL/df");
        says(
                "dL/db1",
                "-20 30 0; 24 0 60",
                "your dL/db1 is 2 × 3: it must be 1 × 3, the shape of b1",
                "your dL/db1 is dL/dl1 itself, not summed over the batch: sum each column of dL/dl1, since every row shares the"
                        + " biases");
        says(
                "dL/df",
                "1 2",
                "your dL/df is 1 × 2: it must be 2 × 1, the shape of f",
                "none of the known mistakes gives these numbers");
        assertEquals(
                "dL/dl1 came in, the layer did not compute it; ask for dL/dx, dL/dw1, dL/db1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Diagnosis.of(GRADS.layer(1), "dL/dl1", Matrix.ones(2, 3)))
                        .getMessage());
    }

    /** Each made by hand on networks with random numbers: what the wrong way back gives. */
    @Test
    void everyMistakeIsNamed() {
        int named = 0;
        for (long seed = 1; seed <= 40; seed++) {
            int rows = 2 + (int) (seed % 7);
            Matrix x = Matrix.normal(rows, 4, seed);
            Matrix squares = Matrix.normal(rows, 3, seed + 200);
            Matrix labels = Matrix.column(squares.map(a -> a > 0.4 ? 2 : a > -0.4 ? 1 : 0)
                    .column(0)
                    .transpose()
                    .toArray()[0]);
            Network network = Network.of(
                    Linear.he(4, 5, seed + 300),
                    new Sigmoid(),
                    Linear.he(5, 5, seed + 400),
                    new Relu(),
                    Linear.he(5, 3, seed + 500));
            NetworkPass pass = network.forward(x);
            for (Loss loss : List.of(MSE, ENTROPY)) {
                NetworkGradients grads = pass.backward(loss, loss == MSE ? squares : labels);
                named += named(
                        grads, mistakes(grads, loss, loss == MSE ? squares : ENTROPY.targets(pass.output(), labels)));
            }
        }
        // Of 80 networks with some 14 mistakes, in three gradients each; those that prove nothing are few.
        assertTrue(named > 3000, "" + named);
    }

    /** The rule for scores, where a softmax stands before the cross-entropy already. */
    @Test
    void aSoftmaxThatIsTakenForTheLossesOwn() {
        Matrix x = Matrix.normal(5, 4, 1).named("x");
        NetworkPass pass = Network.of(Linear.he(4, 3, 2), new Softmax()).forward(x);
        Matrix labels = Matrix.column(0, 2, 1, 1, 0);
        NetworkGradients grads = pass.backward(ENTROPY, labels);
        Matrix d = pass.output()
                .minus(Matrix.parse("1 0 0; 0 0 1; 0 1 0; 0 1 0; 1 0 0"))
                .scale(0.2);
        for (Map.Entry<String, Matrix> mine :
                Map.of("dL/dl1", d, "dL/dw1", x.transpose().times(d)).entrySet()) {
            assertEquals(
                    "your " + mine.getKey() + " was computed with (f − y)/N in the place of dL/dl1, as if layer 2 were"
                            + " cross-entropy's own softmax: cross-entropy applies softmax itself: leave the layer out",
                    Diagnosis.of(grads, mine.getKey(), mine.getValue()).summary());
        }
    }

    /** dL/dl3 for each mistake that can be made on the way to it, or dL/dl1. */
    private static Map<Kind, List<Map.Entry<String, Matrix>>> mistakes(NetworkGradients grads, Loss loss, Matrix y) {
        NetworkPass pass = grads.pass();
        Matrix f = pass.output();
        Matrix l3 = pass.of("l3");
        Matrix d4 = grads.of("l4");
        Matrix w3 = pass.of("w3");
        double n = f.rows();
        Matrix p = new Softmax().output(f);
        List<Matrix> losses = loss == MSE
                ? List.of(
                        f.minus(y).scale(1 / (3 * n)),
                        f.minus(y).scale(2),
                        f.minus(y).scale(2 / n),
                        y.minus(f).scale(2 / (3 * n)))
                : List.of(
                        p.minus(y),
                        p.scale(1 / n),
                        new Softmax().output(p).minus(y).scale(1 / n),
                        f.minus(y).scale(1 / n),
                        f.minus(y).scale(2 / (3 * n)),
                        y.minus(p).scale(1 / n));
        Map<Kind, List<Map.Entry<String, Matrix>>> wrong = new LinkedHashMap<>();
        wrong.put(Kind.MASK_MISSING, List.of(Map.entry("l3", d4)));
        wrong.put(
                Kind.MASK_WRONG_SIDE,
                List.of(
                        Map.entry("l3", masked(d4, l3, a -> a < 0 ? 1 : 0)),
                        Map.entry("l3", d4.map(a -> Math.max(0, a)))));
        wrong.put(
                Kind.LOSS,
                losses.stream()
                        .map(dLdf -> Map.entry("l3", masked(dLdf.times(w3.transpose()), l3, a -> a > 0 ? 1 : 0)))
                        .toList());
        Matrix moved = w3.minus(grads.of("w3").scale(0.3));
        wrong.put(
                Kind.OLD_OPERAND,
                List.of(Map.entry("l3", masked(grads.of("f").times(moved.transpose()), l3, a -> a > 0 ? 1 : 0))));
        Matrix l1 = pass.of("l1");
        wrong.put(Kind.SLOPE_MISPLACED, List.of(Map.entry("l1", masked(grads.of("l2"), l1, a -> a * (1 - a)))));
        wrong.put(
                Kind.LAYER_LEFT_OUT,
                List.of(Map.entry("l1", grads.of("l2")), Map.entry("l1", grads.of("l3")), Map.entry("l1", d4)));
        return wrong;
    }

    private static Matrix masked(Matrix d, Matrix by, DoubleUnaryOperator mask) {
        return d.hadamard(by.map(mask));
    }

    private static int named(NetworkGradients grads, Map<Kind, List<Map.Entry<String, Matrix>>> mistakes) {
        int[] named = new int[1];
        NetworkPass pass = grads.pass();
        Matrix l2 = pass.of("l2");
        mistakes.forEach((kind, wrong) -> wrong.forEach(each -> {
            Matrix d3 = each.getValue();
            Matrix d1 = each.getKey().equals("l1")
                    ? d3
                    : d3.times(pass.of("w2").transpose()).hadamard(l2.map(a -> a * (1 - a)));
            Map<String, Matrix> mine = new LinkedHashMap<>();
            if (each.getKey().equals("l3")) {
                mine.put("dL/dl3", d3);
                mine.put("dL/dw2", l2.transpose().times(d3));
            }
            mine.put("dL/dl1", d1);
            mine.put("dL/dw1", pass.input().transpose().times(d1));
            mine.forEach((name, numbers) -> {
                Diagnosis diagnosis = Diagnosis.of(grads, name, numbers);
                long telling = diagnosis.errors().stream().filter(e -> e > 1e-3).count();
                // Of five losses and four ways past the layers each needs two elements, and few numbers are 0.
                if (telling > 3) {
                    assertTrue(diagnosis.has(kind), kind + " " + name + " " + diagnosis.summary());
                    named[0]++;
                }
            });
        }));
        return named[0];
    }

    @Test
    void whatIsRightIsNoMistake() {
        for (long seed = 1; seed <= 20; seed++) {
            Matrix x = Matrix.normal(5, 4, seed).map(a -> Math.rint(a));
            Network network = Network.of(
                    Linear.he(4, 4, seed + 30),
                    new Relu(),
                    Linear.he(4, 4, seed + 40),
                    new Relu(),
                    Linear.he(4, 4, seed));
            for (Loss loss : List.of(MSE, ENTROPY)) {
                NetworkGradients grads = network.forward(x)
                        .backward(loss, loss == MSE ? Matrix.normal(5, 4, seed) : Matrix.row(0, 1, 2, 3, 1));
                grads.all().forEach((name, right) -> {
                    Diagnosis diagnosis = Diagnosis.of(grads, name, right).against(Matrix.ones(4, 4), right.scale(2));
                    assertTrue(diagnosis.right(), diagnosis.summary());
                    assertEquals(List.of(), diagnosis.findings());
                });
            }
        }
    }

    @Test
    void wrongNumbersWithoutAReasonGetNoName() {
        for (long seed = 1; seed <= 20; seed++) {
            NetworkGradients grads = Network.of(
                            Linear.he(4, 4, seed + 30),
                            new Relu(),
                            Linear.he(4, 4, seed + 40),
                            new Sigmoid(),
                            Linear.he(4, 4, 1))
                    .forward(Matrix.normal(5, 4, seed))
                    .backward(MSE, Matrix.normal(5, 4, seed + 1));
            long now = seed;
            grads.all().forEach((name, right) -> {
                Matrix mine =
                        Matrix.normal(right.rows(), right.columns(), now + 7).plus(right);
                assertEquals(List.of(), Diagnosis.of(grads, name, mine).findings(), name);
            });
        }
    }

    private static void says(String name, String mine, String... lines) {
        assertEquals(
                String.join("\n", lines),
                Diagnosis.of(GRADS, name, Matrix.parse(mine)).summary());
    }
}
