package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jacobean.explain.Flow.Place;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
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

/** The numbers of a flow, and each sentence just inside and just outside of what it tells. */
class FlowTest {

    private final Network network = Network.of(
            new Linear(Matrix.parse("1 -1 2; 0.5 3 -2"), Matrix.row(0.5, 0, -1)),
            new Relu(),
            new Linear(Matrix.column(2, -3, 5), Matrix.parse("1")));
    private final NetworkPass pass = network.forward(Matrix.parse("1 2; 3 -1"));
    private final NetworkGradients grads = pass.backward(new MeanSquaredError(), Matrix.column(1, 30));

    @Test
    void placesInTheOrderOfComputation() {
        Flow flow = Flow.of(grads);
        assertEquals(
                List.of(
                        "x", "l1", "l2", "f", "dL/df", "dL/dw2", "dL/db2", "dL/dl2", "dL/dl1", "dL/dw1", "dL/db1",
                        "dL/dx"),
                flow.places().stream().map(Place::name).toList());
        assertEquals(
                List.of(0, 1, 2, 3, 0, 3, 3, 3, 2, 1, 1, 1),
                flow.places().stream().map(Place::layer).toList());
        assertEquals(Flow.of(pass).places(), flow.places().subList(0, 4));
        assertEquals(8, flow.places().stream().filter(Place::back).count());
        assertEquals(List.of(), flow.says());
        assertEquals(
                "Flow of Network of Linear 2 → 3, Relu 3 → 3, Linear 3 → 1 and back: all numbers are finite",
                flow.toString());
    }

    @Test
    void aSecondSoftmaxIsTold() {
        Matrix y = Matrix.row(0, 1);
        NetworkPass doubled = Network.of(new Relu(), new Softmax()).forward(Matrix.parse("1 2; 3 1"));
        assertEquals(
                List.of("f is softmax's already, and cross-entropy applies it itself: leave the layer out"),
                Flow.of(doubled.backward(new CrossEntropy(), y)).says());
        assertEquals(List.of(), Flow.of(doubled).says());
        assertEquals(
                List.of(),
                Flow.of(doubled.backward(new MeanSquaredError(), Matrix.ones(2, 2)))
                        .says());
        NetworkPass once = Network.of(new Softmax(), new Relu()).forward(Matrix.parse("1 2; 3 1"));
        assertEquals(List.of(), Flow.of(once.backward(new CrossEntropy(), y)).says());
    }

    @Test
    void whatEachIsLike() {
        // l2 = 2.5 5 0; 3 0 7: the mean is 17.5/6, the squares have the mean (6.25 + 25 + 9 + 49)/6.
        Place l2 = Flow.of(pass).places().get(2);
        assertEquals("l2", l2.name());
        assertEquals("Relu 3 → 3", l2.of());
        assertEquals("2 × 3", l2.shape());
        assertEquals(17.5 / 6, l2.mean(), 1e-15);
        assertEquals(Math.sqrt(89.25 / 6 - 17.5 * 17.5 / 36), l2.deviation(), 1e-14);
        assertEquals(7, l2.largest());
        assertEquals(2, l2.zeros());
        assertEquals(2 / 6.0, l2.zeroFraction());
        assertEquals(0, l2.nans() + l2.infinities());
        assertFalse(l2.first());
    }

    @Test
    void hugeTinyAndShiftedNumbersKeepTheirDigits() {
        // Of c + (−1 0 1)·d the mean is c and the deviation d·√(2/3).
        double[][] cases = {{0, 1e200}, {0, 1e-200}, {1e9, 1}, {0, 1e308}, {0, 4.9e-324}, {-5, 0}};
        int compared = 0;
        for (double[] each : cases) {
            Matrix x = Matrix.row(each[0] - each[1], each[0], each[0] + each[1]);
            Place place = Flow.of(new Relu().forward(x)).places().get(0);
            assertEquals(each[0], place.mean(), Math.ulp(each[0]));
            // The smallest double of all has no fractions.
            assertEquals(
                    each[1] * Math.sqrt(2 / 3.0), place.deviation(), Math.max(1e-15 * each[1], Double.MIN_VALUE / 2));
            compared++;
        }
        assertEquals(6, compared);
    }

    @Test
    void whatIsNotFiniteIsCountedAndLeftOutOfTheMean() {
        Matrix x = Matrix.row(1, Double.NaN, 3, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        Flow flow = Flow.of(new Relu().forward(x));
        Place place = flow.places().get(0);
        assertEquals(2, place.mean());
        assertEquals(1, place.deviation());
        assertEquals(3, place.largest());
        assertEquals(1, place.nans());
        assertEquals(2, place.infinities());
        assertTrue(place.first());
        assertEquals(
                "NaN or ∞ begins with x, which was given: 3 of 5 entries are not finite (1 NaN, 2 ±∞), the first x[2]",
                flow.summary());
        Place none =
                Flow.of(new Relu().forward(Matrix.row(Double.NaN))).places().get(0);
        assertTrue(Double.isNaN(none.mean()) && Double.isNaN(none.deviation()) && Double.isNaN(none.largest()));
    }

    @Test
    void aParameterIsThereWhereItBegins() {
        Network spoilt = Network.of(new Linear(Matrix.row(2, Double.NaN).named("w1")), new Relu());
        Flow flow = Flow.of(spoilt.forward(Matrix.column(1, 2)).backward(Matrix.ones(2, 2)));
        assertEquals(
                List.of("x", "w1", "l1", "f", "dL/df", "dL/dl1", "dL/dw1", "dL/dx"),
                flow.places().stream().map(Place::name).toList());
        assertEquals(
                List.of("w1"),
                flow.places().stream().filter(Place::first).map(Place::name).toList());
        assertEquals(
                List.of("NaN or ∞ begins with w1, of layer 1 (Linear 1 → 2 without b), before this pass: w1[2] is NaN"),
                flow.says());
    }

    @Test
    void unitsThatAre0InEveryRow() {
        Matrix x = Matrix.ones(8, 3).with(5, 1, 0);
        Network relu = Network.of(new Linear(Matrix.parse("1 -1 0; -2 0 0; 0 -1 0")), new Relu());
        // Rows 1 -1 0 give −1 and 1·1 − 2·0 = 1 in row 6; the second and third unit are 0 in all.
        assertEquals(
                List.of("2 of 3 units of layer 2 (Relu 3 → 3) are 0 in all 8 rows: no gradient goes through them"),
                Flow.of(relu.forward(x)).says());
        assertEquals(
                List.of("1 of 3 units of layer 1 (Relu 3 → 3) is 0 in all 8 rows: no gradient goes through it"),
                Flow.of(new Relu()
                                .forward(Matrix.ones(8, 3)
                                        .hadamard(Matrix.column(1, 1, 1, 1, 1, 1, 1, 1)
                                                .times(Matrix.row(1, -1, 1)))))
                        .says());
        assertEquals(List.of(), Flow.of(relu.forward(x.rows(0, 7))).says(), "too few rows");
    }

    @Test
    void halfOfTheEntriesSaturated() {
        // The slope of tanh is below 0.01 where |tanh| > √0.99 = 0.99499, that is from |x| = 2.9932 on; that of a
        // sigmoid is below 0.0025 where exp(−|x|) < 0.0025063, from |x| = 5.9890 on.
        assertEquals(
                List.of("50 % of f, the output of layer 1 (Tanh 4 → 4), are saturated: the slope there is below 1 % of"
                        + " its largest"),
                Flow.of(new Tanh().forward(Matrix.row(3, -3, 2.99, -2.99))).says());
        assertEquals(
                List.of(),
                Flow.of(new Tanh().forward(Matrix.row(3, 2.98, 2.99, -2.99))).says());
        assertEquals(
                List.of("66 % of f, the output of layer 1 (Sigmoid 3 → 3), are saturated: the slope there is below 1 %"
                        + " of its largest"),
                Flow.of(new Sigmoid().forward(Matrix.row(6, -6, 5.98))).says());
    }

    @Test
    void gradientsThatVanishOrExplode() {
        assertEquals(List.of(), says(1e-6));
        assertEquals(
                List.of("gradients vanish on the way back: the largest of dL/dl1 is 9.9e-7 of that of dL/df"),
                says(9.9e-7));
        assertEquals(List.of(), says(1e6));
        assertEquals(
                List.of("gradients explode on the way back: the largest of dL/dl1 is 1.1e6 of that of dL/df"),
                says(1.1e6));
        assertEquals(List.of("dL/dl1 is 0 in every entry: the layers before it learn nothing"), says(0));
        // A gradient of 0 has come nowhere.
        assertEquals(List.of(), Flow.of(pass.backward(Matrix.zeros(2, 1))).says());
    }

    /** dL/dl1 = w2·dL/df. */
    private static List<String> says(double w2) {
        Network chain = Network.of(new Linear(Matrix.parse("1")), new Linear(Matrix.row(new double[] {w2})));
        return Flow.of(chain.forward(Matrix.parse("1")).backward(Matrix.parse("1")))
                .says();
    }

    @Test
    void aLargeGradientOfXIsLeftOutUntilItIsAskedFor() {
        Network wide = Network.of(Linear.he(3000, 40, 1), new Relu());
        NetworkGradients large = wide.forward(Matrix.ones(100, 3000)).backward(Matrix.ones(100, 40));
        Flow flow = Flow.of(large);
        assertTrue(flow.says().contains("dL/dx is left out: it is large, and nobody has asked for it yet"));
        assertEquals("dL/db1", flow.places().get(flow.places().size() - 1).name());
        large.of("x");
        assertEquals("dL/dx", Flow.of(large).places().get(7).name());
    }

    @Test
    void aSingleLayerIsANetworkOfOne() {
        Linear layer = new Linear(Matrix.parse("2 0").named("weights"));
        Forward single = layer.forward(Matrix.parse("3"));
        Gradients back = single.backward(Matrix.row(1, 2));
        assertEquals(
                List.of("x", "f", "dL/df", "dL/dweights", "dL/dx"),
                Flow.of(back).places().stream().map(Place::name).toList());
        assertEquals(Flow.of(single).places(), Flow.of(back).places().subList(0, 2));
        Gradients nameless = new Linear(Matrix.parse("2 0"), Matrix.row(1, Double.NaN))
                .forward(Matrix.parse("3"))
                .backward(Matrix.row(1, 2));
        assertEquals(
                List.of("x", "b", "f", "dL/df", "dL/dw", "dL/db", "dL/dx"),
                Flow.of(nameless).places().stream().map(Place::name).toList());
        assertEquals(
                "NaN or ∞ begins with b, of layer 1 (Linear 1 → 2), before this pass: b[2] is NaN",
                Flow.of(nameless).summary());
    }

    /** In JShell the value of an expression is kept for the whole session. */
    @Test
    void itKeepsNoMatrix() throws InterruptedException {
        Matrix large = Matrix.row(1, Double.NaN);
        WeakReference<Matrix> kept = new WeakReference<>(large);
        Flow flow = Flow.of(Network.of(new Relu()).forward(large));
        large = null;
        for (int i = 0; i < 100 && kept.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(kept.get());
        assertEquals("NaN or ∞ begins with x, which was given: x[2] is NaN", flow.summary());
    }

    @Test
    void mistakesAndInterrupts() {
        assertEquals(
                "the pass is null; did the cell that declares it fail?", message(() -> Flow.of((NetworkPass) null)));
        assertEquals(
                "the gradients are null; did the cell that declares them fail?",
                message(() -> Flow.of((NetworkGradients) null)));
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: the flow was given up",
                    assertThrows(CancellationException.class, () -> Flow.of(pass))
                            .getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
