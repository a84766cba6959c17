package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jacobean.explain.GradientCheck.Element;
import org.jacobean.explain.GradientCheck.Verdict;
import org.jacobean.formula.Expression;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Loss;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Softmax;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** The gradients of networks, checked through all their layers: right ones pass, and wrong ones do not. */
class NetworkCheckTest {

    private static final Loss MSE = new MeanSquaredError();
    private static final Loss ENTROPY = new CrossEntropy();
    private static final Matrix LABELS = Matrix.row(0, 2, 1, 1, 0);

    @Test
    void rightGradientsPass() {
        for (double scale : new double[] {1e-6, 1, 1e6}) {
            Matrix x = Matrix.normal(5, 4, 1).scale(scale);
            for (Network network : networks()) {
                for (Loss loss : new Loss[] {MSE, ENTROPY}) {
                    Matrix y = loss == ENTROPY ? LABELS : Matrix.normal(5, 3, 2);
                    GradientCheck check = GradientCheck.of(network.forward(x).backward(loss, y));
                    assertTrue(check.passed(), scale + " " + check);
                    assertEquals(check.total(), check.checked());
                    if (scale == 1) {
                        assertEquals(check.total(), check.count(Verdict.AGREES), check.toString());
                    }
                }
            }
        }
    }

    private static List<Network> networks() {
        return List.of(
                Network.of(Linear.he(4, 6, 2), new Relu(), Linear.he(6, 3, 3)),
                Network.of(
                        Linear.glorot(4, 5, 2), new Tanh(), Linear.glorot(5, 6, 3), new Sigmoid(), Linear.he(6, 3, 4)),
                Network.of(Linear.glorot(4, 3, 2), new Softmax()),
                Network.of(new Sigmoid(), Linear.glorot(4, 3, 5)));
    }

    @Test
    void whatIsCheckedIsXAndEveryParameter() {
        NetworkGradients grads =
                networks().get(0).forward(Matrix.normal(5, 4, 1)).backward(ENTROPY, LABELS);
        GradientCheck check = GradientCheck.all(grads);
        assertEquals(20 + 24 + 6 + 18 + 3, check.total());
        for (Element element : check.elements()) {
            assertEquals(
                    ElementName.of(grads.layerOf(element.name().split("\\[")[0]), element.name())
                            .value(),
                    element.analytic());
        }
        assertTrue(
                check.toString()
                        .startsWith(
                                "GradientCheck of Network of Linear 4 → 6, Relu 6 → 6, Linear 6 → 3: 71 of 71 agree; worst "),
                check.toString());
        assertEquals(
                "agree: to 1e-6 of the larger of the two, or of the gradient's own size (its root mean square), or as far as"
                        + " rounding goes. numeric: central differences of CrossEntropy through all layers with h ="
                        + " 32·∛ε·max(|v|, rms of its operand), smaller near kinks (Dennis and Schnabel, Numerical Methods"
                        + " for Unconstrained Optimization, 1996, A5.6.3); rounding: 4ε·(|L₊| + |L₋| + 2·Σ |dL/dl∘l| over"
                        + " the outputs l on the way) / (v₊ − v₋)",
                check.method());
        assertEquals(
                "agree: to 1e-6, or to rounding; numeric: central differences of CrossEntropy through all layers",
                check.how());
    }

    @Test
    void aWrongFactorInOneLayerIsFoundInAllBelowIt() {
        // The gradient of layer 2's x too large by a part in 10,000: dL/dw1, dL/db1 and dL/dx are wrong by it.
        Layer spoilt = TestLayer.spoilt(new Tanh().of(6), gradients -> {
            gradients.computeIfPresent("x", (role, its) -> its.scale(1 + 1e-4));
            return gradients;
        });
        Network network = Network.of(Linear.glorot(4, 6, 2), spoilt, Linear.glorot(6, 3, 3));
        GradientCheck check =
                GradientCheck.of(network.forward(Matrix.normal(5, 4, 1)).backward(MSE, Matrix.normal(5, 3, 2)));
        assertFalse(check.passed());
        for (Element element : check.elements()) {
            boolean below = element.name().matches("dL/d(w1|b1|x).*");
            // Of 1e-4·|a| the tolerance lets 1e-6·s pass, and s, what is typical, is below 1 here.
            if (!below || Math.abs(element.analytic()) > 0.01) {
                assertEquals(below, element.verdict() == Verdict.DIFFERS, element.toString());
            }
        }
    }

    @Test
    void aLossThatIsWrongByItsMeanIsFound() {
        Loss sum = new Loss() {
            @Override
            public double value(Matrix f, Matrix y) {
                return MSE.value(f, y);
            }

            @Override
            public Matrix gradient(Matrix f, Matrix y) {
                return MSE.gradient(f, y).scale(f.rows());
            }

            @Override
            public Matrix targets(Matrix f, Matrix y) {
                return y;
            }

            @Override
            public Expression formula() {
                return MSE.formula();
            }
        };
        GradientCheck check = GradientCheck.of(
                networks().get(0).forward(Matrix.normal(5, 4, 1)).backward(sum, Matrix.normal(5, 3, 2)));
        assertEquals(
                check.total(),
                check.count(Verdict.DIFFERS)
                        + check.elements().stream()
                                .filter(e -> e.analytic() == 0)
                                .count());
    }

    @Test
    void aReluAtItsKinkIsSaidToBeThere() {
        // l1 = x·1 = 0: to the left f is 0, to the right it grows.
        Network network = Network.of(new Linear(Matrix.parse("1")), new Relu(), new Linear(Matrix.parse("2")));
        GradientCheck check =
                GradientCheck.of(network.forward(Matrix.parse("0")).backward(Matrix.parse("3")));
        assertTrue(check.passed());
        // dL/dx is 0 by the convention, 6 to the right; w1 and w2 are multiplied by 0.
        assertEquals(1, check.count(Verdict.KINK), check.toString());
        Element kink = check.elements().get(0);
        assertEquals("dL/dx[1]", kink.name());
        assertEquals(0, kink.analytic());
        assertEquals(3, kink.numeric(), 1e-9);
    }

    @Test
    void aKinkWithinTheFirstStepIsAvoided() {
        // l1 = 1e-7, and h is 6e-6 of rms 1.
        Network network = Network.of(new Linear(Matrix.parse("1 0; 0 1")), new Relu());
        Matrix x = Matrix.parse("1e-7 1; 1 -1e-7");
        GradientCheck check = GradientCheck.of(network.forward(x).backward(MSE, Matrix.parse("2 3; 5 -7")));
        assertTrue(check.passed(), check.toString());
        assertEquals(
                check.total(), check.count(Verdict.AGREES) + check.count(Verdict.AGREES_TO_SIZE), check.toString());
    }

    @Test
    void whereNaNBeginsIsSaid() {
        Network network = Network.of(new Linear(Matrix.parse("1e200")), new Linear(Matrix.parse("1e200")));
        NetworkGradients grads = network.forward(Matrix.parse("1")).backward(Matrix.parse("1"));
        assertEquals(
                "f, the output of layer 2 (Linear 1 → 1 without b): f[1] is ∞; it was computed from finite numbers, up to"
                        + " 1e200 in l1",
                GradientCheck.of(grads).notFinite().orElseThrow().toString());
    }

    @Test
    void ofALargeNetworkASampleIsDrawn() {
        Network network = Network.of(Linear.he(30, 40, 1), new Relu(), Linear.he(40, 3, 2));
        NetworkGradients grads = network.forward(Matrix.normal(5, 30, 3)).backward(ENTROPY, LABELS);
        GradientCheck check = GradientCheck.of(grads);
        assertEquals(1000, check.checked());
        assertEquals(150 + 1200 + 40 + 120 + 3, check.total());
        assertTrue(check.passed(), check.toString());
        assertEquals(
                GradientCheck.sample(grads, 50, 7).elements(),
                GradientCheck.sample(grads, 50, 7).elements());
    }

    @Test
    void aGradientOfOnesOwnIsDiagnosedInItsLayer() {
        NetworkGradients grads =
                networks().get(0).forward(Matrix.normal(5, 4, 1)).backward(ENTROPY, LABELS);
        Matrix mine = grads.of("w2").scale(5);
        assertEquals(
                Diagnosis.of(grads, "dL/dw2", mine).toString(),
                GradientCheck.of(grads).supplied("dL/dw2", mine).toString());
    }

    @Test
    void itTellsHowFarItIsAndStopsWhenInterrupted() {
        NetworkGradients grads =
                networks().get(0).forward(Matrix.normal(5, 4, 1)).backward(ENTROPY, LABELS);
        List<Long> told = new ArrayList<>();
        GradientCheck.of(grads, (done, total) -> told.add(total - done));
        assertEquals(0, told.get(told.size() - 1));
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: checking Network of Linear 4 → 6, Relu 6 → 6, Linear 6 → 3 was given up",
                    assertThrows(CancellationException.class, () -> GradientCheck.of(grads))
                            .getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(
                "the gradients are null; did the cell that declares them fail?",
                assertThrows(IllegalArgumentException.class, () -> GradientCheck.of((NetworkGradients) null))
                        .getMessage());
    }
}
