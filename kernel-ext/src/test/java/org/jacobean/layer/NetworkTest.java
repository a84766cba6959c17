package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jacobean.formula.Expression.Element;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** A network: its names, its pass, its gradients, and the next one. */
class NetworkTest {

    private final Matrix x = Matrix.parse("1 2; 3 -1").named("x");
    private final Linear linear1 = new Linear(Matrix.parse("1 -1 2; 0.5 3 -2"), Matrix.row(0.5, 0, -1));
    private final Linear linear2 = new Linear(Matrix.column(2, -3, 5), Matrix.parse("1"));
    private final Network network = Network.of(linear1, new Relu(), linear2);
    private final Matrix y = Matrix.column(1, 30);

    @Test
    void byHand() {
        // l1 = [1+1+.5  -1+6  2-4-1; 3-.5+.5  -3-3  6+2-1] = [2.5 5 -3; 3 -6 7]; f = [5-15+1; 6+35+1] = [-9; 42]
        NetworkPass pass = network.forward(x);
        assertEquals(Matrix.parse("2.5 5 -3; 3 -6 7"), pass.of("l1"));
        assertEquals(Matrix.parse("2.5 5 0; 3 0 7"), pass.of("l2"));
        assertEquals(Matrix.column(-9, 42), pass.of("f"));
        // L = (10² + 12²)/2; dL/df = 2·(−10, 12)/2; dL/dl2 = dL/df·[2 −3 5]; dL/dl1 without those of l1 below 0.
        NetworkGradients grads = pass.backward(new MeanSquaredError(), y);
        assertEquals(122, grads.loss().orElseThrow().value());
        assertEquals(Matrix.column(-10, 12), grads.of("f"));
        assertEquals(Matrix.parse("-20 30 -50; 24 -36 60"), grads.of("l2"));
        assertEquals(Matrix.parse("-20 30 0; 24 0 60"), grads.of("l1"));
        // l2ᵀ·dL/df = [-25+36; -50; 84]; xᵀ·dL/dl1; the sums; dL/dl1·w1ᵀ = [-20-30  -10+90; 24+120  12-120]
        assertEquals(Matrix.column(11, -50, 84), grads.of("w2"));
        assertEquals(Matrix.parse("2"), grads.of("b2"));
        assertEquals(Matrix.parse("52 30 180; -64 60 -60"), grads.of("w1"));
        assertEquals(Matrix.row(4, 30, 60), grads.of("b1"));
        assertEquals(Matrix.parse("-50 80; 144 -108"), grads.of("x"));
        // One step: w − 0.1·dL/dw.
        Network next = network.minus(grads, 0.1);
        assertTrue(next.parameters().get("w2").isCloseTo(Matrix.column(0.9, 2, -3.4), 1e-15));
        assertTrue(next.parameters().get("b1").isCloseTo(Matrix.row(0.1, -3, -7), 1e-15));
    }

    /** dL/dv of the first layer, whose weights are called dL/dv, is not that of the v of the second. */
    @Test
    void aStepTakesEachGradientFromItsOwnPlace() {
        Network odd = Network.of(
                new Linear(Matrix.row(1, 2).named("dL/dv")),
                new Linear(Matrix.column(3, 4).named("v")));
        NetworkGradients grads = odd.forward(Matrix.row(2.0)).backward(Matrix.row(1.0));
        // dL/dl1 = [3 4], so the first moves by −2·[3 4]; l1 = [2 4], so the second by −[2 4].
        Network next = odd.minus(grads, 1);
        assertEquals(Matrix.row(-5, -6), next.parameters().get("dL/dv"));
        assertEquals(Matrix.column(1, 0), next.parameters().get("v"));
    }

    @Test
    void everythingHasAName() {
        NetworkPass pass = network.forward(x);
        NetworkGradients grads = pass.backward(new MeanSquaredError(), y);
        List<String> names = List.of("x", "w1", "b1", "l1", "l2", "w2", "b2", "f");
        assertEquals(names, List.copyOf(pass.values().keySet()));
        assertEquals(names, List.copyOf(grads.all().keySet()));
        assertEquals(
                List.of("w1", "b1", "w2", "b2"),
                List.copyOf(network.parameters().keySet()));
        names.forEach(name -> {
            assertEquals(Optional.of(name), pass.of(name).name());
            assertEquals(Optional.of("dL/d" + name), grads.of(name).name());
            assertEquals(pass.of(name).shape(), grads.of("dL/d" + name).shape());
        });
        assertEquals(pass.of("f"), pass.of("l3"));
        assertEquals(grads.of("f"), grads.of("dL/dl3"));
        assertEquals(
                Optional.of("w1"), network.layers().get(0).parameters().get("w").name());
    }

    @Test
    void aParameterKeepsItsOwnNameUnlessAnotherHasIt() {
        Matrix w = Matrix.identity(2);
        assertEquals(
                List.of("weights", "w2", "b"),
                names(Network.of(
                        new Linear(w.named("weights")),
                        new Linear(w, Matrix.row(1, 2).named("b")))));
        assertEquals(
                List.of("w1", "w2"), names(Network.of(new Linear(w.named("w")), new Tanh(), new Linear(w.named("w")))));
        assertEquals(List.of("w1′", "w1"), names(Network.of(new Linear(w), new Linear(w.named("w1")))));
        assertEquals(
                List.of("w1", "w2", "w3"),
                names(Network.of(new Linear(w.named("x")), new Linear(w.named("l1")), new Linear(w.named("f")))));
    }

    @Test
    void aRoleIsEnoughWhereOnlyOneParameterHasIt() {
        Network one = Network.of(new Linear(Matrix.identity(2).named("weights")), new Relu());
        NetworkGradients grads = one.forward(x.named("images")).backward(Matrix.ones(2, 2));
        assertEquals(grads.of("weights"), grads.of("w"));
        assertEquals(grads.of("x"), grads.of("dL/dimages"));
        assertEquals(Optional.of("dL/dimages"), grads.of("x").name());
        assertEquals(Optional.empty(), grads.loss());
        NetworkPass pass = network.forward(x);
        assertEquals(
                "these gradients have more than one w: it is w1 and w2; ask for one of these",
                message(() -> pass.backward(new MeanSquaredError(), y).of("w")));
        assertEquals(
                "this pass's values have no w3; they have x, w1, b1, l1, l2, w2, b2 and f",
                message(() -> pass.of("w3")).replaceFirst("; did you mean.*", ""));
    }

    @Test
    void eachLayerHasItsOwnPassAndGradients() {
        NetworkPass pass = network.forward(x);
        NetworkGradients grads = pass.backward(new MeanSquaredError(), y);
        assertEquals(
                "Gradients of Linear 3 → 1: dL/dl2 2 × 3, dL/dw2 3 × 1, dL/db2 1 × 1",
                grads.layer(3).toString());
        assertSame(pass.layer(2), grads.layer(2).pass());
        assertEquals("Relu 3 → 3", pass.layer(2).layer().toString());
        assertEquals(pass.layers().get(0), pass.layer(1));
        assertEquals(grads.layers().get(0), grads.layer(1));
        assertEquals("there is no layer 0: the layers are counted from 1 to 3", message(() -> pass.layer(0)));
        assertEquals("there is no layer 4: the layers are counted from 1 to 3", message(() -> grads.layer(4)));
    }

    @Test
    void eachSaysWhatItIsInOneLine() {
        NetworkPass pass = network.forward(x);
        assertEquals("Network of Linear 2 → 3, Relu 3 → 3, Linear 3 → 1", network.toString());
        assertEquals("NetworkPass of Linear 2 → 3, Relu 3 → 3, Linear 3 → 1: f = 2 × 1 [-9; 42]", pass.toString());
        assertEquals(
                "NetworkGradients of Linear 2 → 3, Relu 3 → 3, Linear 3 → 1: dL/dx 2 × 2, dL/dw1 2 × 3, dL/db1 1 × 3,"
                        + " dL/dl1 2 × 3, dL/dl2 2 × 3, dL/dw2 3 × 1, dL/db2 1 × 1, dL/df 2 × 1",
                pass.backward(new MeanSquaredError(), y).toString());
    }

    @Test
    void everyGradientOfRandomNetworksIsTheSlopeOfTheLoss() {
        Matrix inputs = Matrix.normal(5, 4, 1);
        Matrix labels = Matrix.row(0, 2, 1, 1, 0);
        Network[] networks = {
            Network.of(Linear.he(4, 6, 2), new Relu(), Linear.he(6, 3, 3)),
            Network.of(
                    Linear.glorot(4, 5, 2), new Tanh(), Linear.glorot(5, 6, 3), new Sigmoid(), Linear.glorot(6, 3, 4)),
            Network.of(Linear.glorot(4, 3, 2), new Softmax()),
            Network.of(new Sigmoid(), Linear.glorot(4, 3, 5)),
        };
        int compared = 0;
        for (Network each : networks) {
            for (Loss loss : new Loss[] {new MeanSquaredError(), new CrossEntropy()}) {
                Matrix target = loss instanceof CrossEntropy ? labels : Matrix.normal(5, 3, 9);
                NetworkGradients grads = each.forward(inputs).backward(loss, target);
                for (String name : grads.all().keySet()) {
                    if (!name.equals("x") && !each.parameters().containsKey(name)) {
                        continue;
                    }
                    Matrix v = grads.pass().of(name);
                    for (int i = 0; i < v.rows(); i++) {
                        for (int j = 0; j < v.columns(); j++) {
                            double up = loss(each, loss, target, inputs, name, v.with(i, j, v.get(i, j) + 1e-5));
                            double down = loss(each, loss, target, inputs, name, v.with(i, j, v.get(i, j) - 1e-5));
                            // A central difference of h = 1e-5 is off by some h² = 1e-10 and by rounding, 1e-16/h =
                            // 1e-11.
                            assertEquals((up - down) / 2e-5, grads.of(name).get(i, j), 1e-8, each + " " + name);
                            compared++;
                        }
                    }
                }
            }
        }
        assertEquals(2 * (20 + 24 + 6 + 18 + 3 + 20 + 20 + 5 + 30 + 6 + 18 + 3 + 20 + 12 + 3 + 20 + 12 + 3), compared);
    }

    /** Layer by layer, so that nothing of a pass is taken for granted. */
    private static double loss(Network network, Loss loss, Matrix y, Matrix x, String name, Matrix changed) {
        Matrix value = name.equals("x") ? changed : x;
        for (Layer layer : network.layers()) {
            Layer its = layer;
            for (Map.Entry<String, Matrix> p : layer.parameters().entrySet()) {
                its = p.getValue().label("").equals(name) ? its.with(p.getKey(), changed) : its;
            }
            value = its.output(value);
        }
        return loss.value(value, y);
    }

    @Test
    void gradientDescentLowersTheLossAndLeavesTheOldNetworkAlone() {
        Network trained = Network.of(Linear.he(2, 8, 1), new Relu(), Linear.he(8, 1, 2));
        Matrix before = trained.parameters().get("w1");
        Network last = trained;
        double first = trained.forward(x).loss(new MeanSquaredError(), y).value();
        for (int step = 0; step < 200; step++) {
            last = last.minus(last.forward(x).backward(new MeanSquaredError(), y), 0.005);
        }
        assertTrue(last.forward(x).loss(new MeanSquaredError(), y).value() < first / 100);
        assertSame(before, trained.parameters().get("w1"));
        assertNotEquals(before, last.parameters().get("w1"));
        assertEquals(trained.parameters().keySet(), last.parameters().keySet());
        assertEquals(
                network.parameters(),
                network.minus(network.forward(x).backward(Matrix.ones(2, 1)), 0).parameters());
    }

    @Test
    void aLayersFormulaIsWhatTheNetworkComputes() {
        NetworkGradients grads = network.forward(x).backward(new MeanSquaredError(), y);
        for (Gradients layer : grads.layers()) {
            layer.all()
                    .forEach((role, gradient) -> assertEquals(
                            gradient.get(0, 0),
                            layer.pass()
                                    .layer()
                                    .formula()
                                    .gradient(new Element(role, 1, 1))
                                    .value(layer.values(), Map.of()),
                            1e-12));
        }
    }

    // Initial weights

    @Test
    void initialWeightsVaryAsTheirSourcesSay() {
        Linear he = Linear.he(200, 300, 7);
        // The standard deviation of 60,000 numbers is known to some 1/√120,000 = 0.3 %.
        assertEquals(Math.sqrt(2.0 / 200), he.w().standardDeviation(), 0.01 * Math.sqrt(2.0 / 200));
        assertEquals(Matrix.zeros(1, 300), he.b().orElseThrow());
        Linear glorot = Linear.glorot(200, 300, 7);
        double a = Math.sqrt(6.0 / 500);
        assertEquals(a / Math.sqrt(3), glorot.w().standardDeviation(), 0.01 * a);
        assertTrue(glorot.w().stream().allMatch(v -> v >= -a && v < a));
        assertEquals(0, glorot.w().mean(), 0.01 * a);
        assertEquals(he.w(), Linear.he(200, 300, 7).w());
        assertNotEquals(he.w(), Linear.he(200, 300, 8).w());
    }

    // Mistakes

    @Test
    void layersMustChain() {
        assertEquals(
                """
                layer 3 does not fit layer 2
                  layer 2  Relu 3 → 3
                  layer 3  Linear 4 → 2
                  rule     layer 3 must have an input (4) for each output of layer 2 (3)
                  try      a layer with 3 inputs, such as Linear.he(3, 2, seed)""",
                message(() -> Network.of(linear1, new Relu(), Linear.he(4, 2, 1))));
        assertEquals(
                """
                layer 2 does not fit layer 1
                  layer 1  Linear 3 → 1
                  layer 2  Linear 3 → 1
                  rule     layer 2 must have an input (3) for each output of layer 1 (1)
                  try      a layer with 1 input, such as Linear.he(1, 1, seed)""",
                message(() -> Network.of(linear2, linear2)));
        assertEquals(
                "a network has at least one layer, as in Network.of(new Linear(w1, b1), new Relu(), new Linear(w2,"
                        + " b2))",
                message(Network::of));
        assertEquals(
                "layer 2 of a network is null; did the cell that declares it fail?",
                message(() -> Network.of(linear1, null)));
        assertEquals(
                """
                x does not fit the layer
                  x     1 × 3
                  w1    2 × 3
                  rule  a row of x (3) must have an entry for each input of the layer (2)
                """,
                message(() -> network.forward(Matrix.row(1, 2, 3))).split("(?<=\n)  fits")[0]);
        assertEquals(
                "x of a forward pass is null; did the cell that declares it fail?",
                message(() -> network.forward(null)));
    }

    @Test
    void gradientsAreNeverStale() {
        NetworkPass pass = network.forward(x);
        NetworkGradients grads = pass.backward(new MeanSquaredError(), y);
        Network next = network.minus(grads, 0.1);
        assertEquals(
                "these gradients are stale: they were computed with another w1, b1, w2 and b2; run"
                        + " network.forward(x) and pass.backward(loss, y) again",
                message(() -> next.minus(grads, 0.1)));
        assertEquals(
                "this loss is of another pass: its f is not the f of this one; take it anew, as in"
                        + " pass.loss(new MeanSquaredError(), y)",
                message(() -> next.forward(x).backward(pass.loss(new MeanSquaredError(), y))));
        assertEquals(
                "these gradients are of another network: Network of Linear 2 → 3, Relu 3 → 3, Linear 3 → 1, not"
                        + " Network of Linear 2 → 3",
                message(() -> Network.of(linear1).minus(grads, 0.1)));
        // The same numbers in another object are not stale.
        assertEquals(
                next.parameters(),
                Network.of(linear1, new Relu(), linear2).minus(grads, 0.1).parameters());
        assertEquals(
                grads.all(),
                network.forward(x)
                        .backward(pass.loss(new MeanSquaredError(), y))
                        .all());
        assertEquals(
                "the gradients are null; did the cell that declares them fail?",
                message(() -> network.minus(null, 0.1)));
        assertEquals(
                "a learning rate is a number from 0, such as 0.1, not NaN",
                message(() -> network.minus(grads, Double.NaN)));
        assertEquals(
                "a learning rate is a number from 0, such as 0.1, not ∞",
                message(() -> network.minus(grads, Double.POSITIVE_INFINITY)));
        assertEquals(
                "a learning rate is a number from 0, such as 0.1, not -0.5", message(() -> network.minus(grads, -0.5)));
    }

    @Test
    void theFirstNumberThatIsNoneIsNamed() {
        Network spoilt =
                Network.of(linear1, new Relu(), linear2.with("w", linear2.w().with(1, 0, Double.NaN)));
        assertEquals(
                "the loss is NaN: it begins with w2, of layer 3 (Linear 3 → 1), before this pass: w2[2,1] is NaN; look"
                        + " where it comes from; %flow (in Java Flow.of) of this pass shows every step",
                message(() -> spoilt.forward(x).backward(new MeanSquaredError(), y)));
        assertEquals(
                "the loss is ∞: it begins with f, the output of layer 1 (Linear 2 → 1 without b): f[1] is ∞; it was"
                    + " computed from finite numbers, up to 1e300 in w1; try a smaller learning rate; %flow (in Java"
                    + " Flow.of) of this pass shows every step",
                message(() -> Network.of(new Linear(Matrix.column(1e300, 1e300)))
                        .forward(Matrix.row(1e10, 1))
                        .loss(new MeanSquaredError(), Matrix.parse("1"))));
        assertEquals("the loss is NaN: y[2,1] is NaN", message(() -> network.forward(x)
                .loss(new MeanSquaredError(), Matrix.column(1, Double.NaN))));
        assertEquals(
                "the loss is null; there are new MeanSquaredError() and new CrossEntropy()",
                message(() -> network.forward(x).loss(null, y)));
    }

    @Test
    void nothingCanBeChanged() {
        NetworkPass pass = network.forward(x);
        NetworkGradients grads = pass.backward(new MeanSquaredError(), y);
        for (Map<String, Matrix> map : List.of(network.parameters(), pass.values(), grads.all())) {
            assertThrows(UnsupportedOperationException.class, () -> map.put("w1", x));
        }
        assertThrows(UnsupportedOperationException.class, () -> network.layers().add(linear1));
        assertThrows(UnsupportedOperationException.class, () -> pass.layers().remove(0));
        assertThrows(UnsupportedOperationException.class, () -> grads.layers().remove(0));
        Layer[] array = {linear1, linear2};
        Network kept = Network.of(array);
        array[0] = null;
        assertEquals("Linear 2 → 3", kept.layers().get(0).toString());
    }

    private static List<String> names(Network network) {
        return List.copyOf(network.parameters().keySet());
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
