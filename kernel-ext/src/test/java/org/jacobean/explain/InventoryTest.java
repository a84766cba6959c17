package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jacobean.explain.Inventory.Entry;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.Relu;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** A session's variables, cell after cell: a number is 8 bytes, and counts once. */
class InventoryTest {

    private final Map<String, Object> session = new LinkedHashMap<>();

    private final Matrix x = declare("x", Matrix.row(2, 3, 5));
    private final Matrix w = declare("w", Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6"));
    private final Matrix b = declare("b", Matrix.row(0.01, -0.02));
    private final Linear layer = new Linear(w, b);
    private final Forward pass = layer.forward(x);
    private final Matrix dLdf = declare("dLdf", Matrix.row(1, -2));
    private final Gradients grads = pass.backward(dLdf);

    {
        session.put("layer", layer);
        session.put("pass", pass);
        session.put("grads", grads);
    }

    @Test
    void eachValueIsMadeFromVariables() {
        lists(
                """
                x | Matrix | 1 × 3 | 24 | |
                w | Matrix | 3 × 2 | 48 | |
                b | Matrix | 1 × 2 | 16 | |
                dLdf | Matrix | 1 × 2 | 16 | |
                layer | Linear | 3 → 2 | 0 | w, b |
                pass | Forward | 1 × 2 | 16 | layer, x |
                grads | Gradients | dL/dx 1 × 3, dL/dw 3 × 2, dL/db 1 × 2 | 88 | pass, dLdf |
                7 values, 208 bytes""");
    }

    @Test
    void whatWasTakenOutOfAValueCountsThere() {
        session.put("f", pass.output());
        session.put("dLdw", grads.of("w"));
        session.put("turned", grads.of("w").transpose());
        session.put("J", Jacobian.of(pass, "x"));
        session.keySet().removeAll(List.of("x", "w", "b", "dLdf", "layer"));
        lists(
                """
                pass | Forward | 1 × 2 | 104 | [3 × 2], [1 × 2], [1 × 3] |
                grads | Gradients | dL/dx 1 × 3, dL/dw 3 × 2, dL/db 1 × 2 | 104 | pass, [1 × 2] |
                f | Matrix | 1 × 2 | 0 | pass |
                dLdw | Matrix | 3 × 2 | 0 | grads |
                turned | Matrix | 2 × 3 | 0 | grads |
                J | Jacobian | 2 × 3 | 48 | pass |
                6 values, 256 bytes""");
    }

    @Test
    void otherValuesAndNullAreLeftOut() {
        session.clear();
        session.put("count", 3);
        session.put("nothing", null);
        lists("nothing of Jacobean's is in this session yet; an example: %matrix w = 0.1 0.2; 0.3 0.4");
        session.put("x", x);
        lists("""
                x | Matrix | 1 × 3 | 24 | |
                1 value, 24 bytes""");
    }

    // Stale

    /** The layer keeps the earlier w alive: 48 bytes. */
    @Test
    void aVariableDeclaredAnewMakesStaleWhatWasComputedWithTheEarlierOne() {
        declare("w", Matrix.ones(3, 2));
        session.put("f", pass.output());
        lists(
                """
                x | Matrix | 1 × 3 | 24 | |
                w | Matrix | 3 × 2 | 48 | |
                b | Matrix | 1 × 2 | 16 | |
                dLdf | Matrix | 1 × 2 | 16 | |
                layer | Linear | 3 → 2 | 48 | w, b | computed with an earlier w
                pass | Forward | 1 × 2 | 16 | layer, x | computed with an earlier w
                grads | Gradients | dL/dx 1 × 3, dL/dw 3 × 2, dL/db 1 × 2 | 88 | pass, dLdf | computed with an earlier w
                f | Matrix | 1 × 2 | 0 | pass | computed with an earlier w
                8 values, 256 bytes; 4 stale: layer, pass, grads, f (run their cells again)""");
    }

    @Test
    void cellAfterCellLessIsStale() {
        Matrix other = declare("w", Matrix.ones(3, 2));
        assertEquals(List.of("layer", "pass", "grads"), stale());
        Linear anew = new Linear(other, b);
        session.put("layer", anew);
        assertEquals(List.of("pass", "grads"), stale());
        Forward passAnew = anew.forward(x);
        session.put("pass", passAnew);
        assertEquals(List.of("grads"), stale());
        assertEquals(List.of("w", "b", "x", "dLdf"), entry("grads").madeFrom());
        session.put("grads", passAnew.backward(dLdf));
        assertEquals(List.of(), stale());
        assertEquals(List.of("pass", "dLdf"), entry("grads").madeFrom());
    }

    /** What is used may be the last of several that are stale: none of them is right before the first is. */
    @Test
    void theFirstStaleValueIsToBeRunAgainFirst() {
        Matrix other = declare("w", Matrix.ones(3, 2));
        assertEquals(
                "grads was computed with an earlier w; run again the cells of layer, pass and grads, in this order",
                inventory().warning("grads"));
        assertEquals(
                "layer was computed with an earlier w; run its cell again",
                inventory().warning("layer", "x"));
        assertEquals(
                "layer, pass and grads were computed with an earlier w; run again the cells of layer, pass and grads,"
                        + " in this order",
                inventory().warning("grads", "layer", "pass"));
        Linear anew = new Linear(other, b);
        session.put("layer", anew);
        assertEquals(
                "grads was computed with an earlier w; run again the cells of pass and grads, in this order",
                inventory().warning("grads"));
        session.put("pass", anew.forward(x));
        assertEquals(
                "grads was computed with an earlier w; run its cell again",
                inventory().warning("grads"));
        declare("dLdf", Matrix.row(1, 1));
        declare("x", Matrix.row(1, 1, 1));
        session.remove("grads");
        session.put("wt", layer.w().transpose());
        session.put("grads", layer.forward(x).backward(dLdf));
        assertEquals(
                "pass was computed with an earlier x; run its cell again\n"
                        + "grads was computed with an earlier x and dLdf; run its cell again",
                inventory().warning("pass", "grads", "wt", "nothing"));
    }

    @Test
    void aMatrixTakenOutOfAStaleValueComesBehindIt() {
        session.put("turned", pass.output().transpose());
        declare("x", Matrix.row(1, 1, 1));
        session.put("second", new Linear((Matrix) session.get("turned")));
        assertEquals(
                "second was computed with an earlier x; run again the cells of pass, turned and second, in this order",
                inventory().warning("second"));
    }

    @Test
    void ofAWayOfManyValuesTheFirstAreNamed() {
        session.clear();
        Matrix step = declare("w", Matrix.ones(2, 2));
        for (int i = 1; i <= 5; i++) {
            Linear layer = new Linear(step);
            Forward pass = layer.forward(Matrix.ones(2, 2));
            session.put("layer" + i, layer);
            session.put("pass" + i, pass);
            step = pass.output();
        }
        declare("w", Matrix.zeros(2, 2));
        assertEquals(
                "pass5 was computed with an earlier w; run again the cells of layer1, pass1, layer2, pass2, layer3,"
                        + " pass3, layer4, pass4 and 2 more, in this order",
                inventory().warning("pass5"));
    }

    @Test
    void everyOperandCanBeTheEarlierOne() {
        declare("x", Matrix.row(1, 1, 1));
        assertEquals(List.of("pass", "grads"), stale());
        declare("b", Matrix.row(1, 1));
        assertEquals("computed with an earlier x and b", entry("pass").note());
        session.put("x", x);
        session.put("b", b);
        declare("dLdf", Matrix.row(1, 1));
        assertEquals(List.of("grads"), stale());
        assertEquals("computed with an earlier dLdf", entry("grads").note());
    }

    @Test
    void aCellMerelyRunAgainMakesNothingStale() {
        declare("x", Matrix.row(2, 3, 5));
        declare("w", Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6"));
        session.put("layer", new Linear((Matrix) session.get("w"), b));
        assertEquals(List.of(), stale());
        assertEquals(List.of("layer", "x"), entry("pass").madeFrom());
        assertEquals(List.of("pass", "dLdf"), entry("grads").madeFrom());
    }

    @Test
    void numbersUnderAnotherNameAreThereStill() {
        session.put("first", w);
        assertEquals(List.of("w"), entry("first").madeFrom());
        assertEquals(0, entry("first").bytes());
        declare("w", Matrix.ones(3, 2));
        assertEquals(List.of(), stale());
        assertEquals(List.of("first", "b"), entry("layer").madeFrom());
        assertEquals(48, entry("first").bytes());
        assertEquals(List.of(), entry("first").madeFrom());
    }

    @Test
    void aTransposeIsItsVariableTurned() {
        session.put("wt", w.transpose());
        session.put("back", new Linear(w.transpose()));
        assertEquals(List.of("wᵀ"), entry("wt").madeFrom());
        assertEquals(0, entry("wt").bytes());
        assertEquals(List.of("wt"), entry("back").madeFrom());
        session.remove("wt");
        assertEquals(List.of("wᵀ"), entry("back").madeFrom());
        assertEquals(0, entry("back").bytes());
        assertEquals(List.of(), stale());
    }

    @Test
    void ofAnOperandWithoutANameNothingIsTold() {
        session.put("pass", layer.forward(Matrix.row(1, 1, 1)));
        session.put("grads", ((Forward) session.get("pass")).backward(Matrix.row(1, 1)));
        assertEquals(List.of("layer", "[1 × 3]"), entry("pass").madeFrom());
        assertEquals(List.of("pass", "[1 × 2]"), entry("grads").madeFrom());
        assertEquals(List.of(), stale());
        // f and the x in brackets: 2 + 3 numbers.
        assertEquals(40, entry("pass").bytes());
    }

    @Test
    void aLayerOnTopOfAnotherIsStaleWithIt() {
        Matrix w2 = declare("w2", Matrix.ones(2, 1));
        session.put("layer2", new Linear(w2));
        session.put("pass2", new Linear(w2).forward(pass.output()));
        assertEquals(List.of("layer2", "pass"), entry("pass2").madeFrom());
        assertEquals(List.of(), stale());
        declare("w", Matrix.ones(3, 2));
        assertEquals(List.of("layer", "pass", "grads", "pass2"), stale());
        assertEquals("computed with an earlier w", entry("pass2").note());
    }

    @Test
    void aLayerThatTookTheNameOfItsWeightsIsNotStale() {
        session.put("w", layer);
        session.remove("layer");
        assertEquals(List.of("[3 × 2]", "b"), entry("w").madeFrom());
        assertEquals(List.of(), stale());
    }

    /** 64·784 + 64·50 + 784·50 + 50 numbers and the 64·50 that came in: f counts for its pass, that is no variable. */
    @Test
    void ofABatch() {
        Matrix images = declare("x", Matrix.uniform(64, 784, 1));
        Matrix weights = declare("w", Matrix.normal(784, 50, 2));
        Linear large = new Linear(weights, declare("b", Matrix.zeros(1, 50)));
        session.put("layer", large);
        session.remove("pass");
        session.put("grads", large.forward(images).backward(Matrix.ones(64, 50)));
        Entry entry = entry("grads");
        assertEquals("dL/dx 64 × 784, dL/dw 784 × 50, dL/db 1 × 50", entry.shape());
        assertEquals(8 * (64 * 784 + 784 * 50 + 50 + 64 * 50 + 64 * 50), entry.bytes());
        assertEquals(List.of("layer", "x", "[64 × 50]"), entry.madeFrom());
    }

    @Test
    void ofManyStaleOnesTheFirstAreNamed() {
        session.clear();
        for (int i = 1; i <= 100; i++) {
            session.put("layer" + i, new Linear(w));
        }
        declare("w", Matrix.ones(3, 2));
        assertEquals(
                "101 values, 96 bytes; 100 stale: layer1, layer2, layer3, layer4, layer5, layer6, layer7, layer8"
                        + " and 92 more (run their cells again)",
                inventory().toString());
    }

    // Networks

    /** 2·3 + 3 + 3·1 + 1 numbers of which w1 and its layer's b hold 9; l1, l2 and f: 6 + 6 + 2; gradients: 31. */
    @Test
    void aNetworkWithItsPassItsLossAndItsGradients() {
        network();
        lists(
                """
                w1 | Matrix | 2 × 3 | 48 | |
                images | Matrix | 2 × 2 | 32 | |
                y | Matrix | 2 × 1 | 16 | |
                first | Linear | 2 → 3 | 24 | w1, [1 × 3] |
                net | Network | 2 → 3 → 3 → 1, 13 parameters | 32 | first, [3 × 1], [1 × 1] |
                run | NetworkPass | 2 × 1 | 112 | net, images |
                loss | LossPass | 2 × 1 → 1 | 0 | run, y |
                all | NetworkGradients | dL/dimages 2 × 2, dL/dw1 2 × 3, dL/db1 1 × 3, dL/dw2 3 × 1, dL/db2 1 × 1 | 248 | run, loss |
                8 values, 512 bytes""");
    }

    @Test
    void aStepLeavesWhatItWasMadeFromBehind() {
        network();
        Network net = (Network) session.get("net");
        NetworkGradients all = (NetworkGradients) session.get("all");
        session.put("net", net.minus(all, 0.1));
        assertEquals(List.of(), stale());
        assertEquals(List.of(), entry("net").madeFrom());
        assertEquals(List.of("net", "images"), entry("run").madeFrom());
        for (String name : List.of("run", "loss", "all")) {
            assertEquals("made before net's last step", entry(name).note());
        }
        assertEquals("run and all were made before net's last step", inventory().warning("run", "all", "net", "first"));
        NetworkPass run = ((Network) session.get("net")).forward((Matrix) session.get("images"));
        session.put("run", run);
        assertEquals("", entry("run").note());
        assertEquals("made before net's last step", entry("all").note());
        Network second = ((Network) session.get("net"))
                .minus(run.backward(new MeanSquaredError(), (Matrix) session.get("y")), 0.1);
        session.put("net", second);
        assertEquals("made before net's last step", entry("run").note());
        assertEquals("made before net's last 2 steps", entry("all").note());
        session.put("before", net);
        assertEquals("", entry("all").note());
        assertEquals(
                List.of("before", "images"),
                Inventory.of(without("run")).entries().stream()
                        .filter(e -> e.name().equals("all"))
                        .findFirst()
                        .orElseThrow()
                        .madeFrom()
                        .subList(0, 2));
    }

    @Test
    void aNetworkMadeAnewMakesStaleWhatTheEarlierOneMade() {
        network();
        declare("w1", Matrix.ones(2, 3));
        assertEquals(List.of("first", "net", "run", "loss", "all"), stale());
        assertEquals("computed with an earlier w1", entry("net").note());
        session.put("first", new Linear((Matrix) session.get("w1"), Matrix.row(1, 2, 3)));
        assertEquals(List.of("net", "run", "loss", "all"), stale());
        session.put("net", Network.of((Linear) session.get("first"), new Relu(), Linear.he(3, 1, 7)));
        assertEquals(List.of("run", "loss", "all"), stale());
        assertEquals("computed with an earlier net", entry("run").note());
        assertEquals(
                "all was computed with an earlier net; run again the cells of run, loss and all, in this order",
                inventory().warning("all"));
    }

    @Test
    void everyOperandOfANetworksGradientsCanBeTheEarlierOne() {
        network();
        declare("y", Matrix.column(3, 4));
        assertEquals(List.of("loss", "all"), stale());
        declare("images", Matrix.ones(2, 2));
        assertEquals("computed with an earlier images and y", entry("all").note());
        session.put("given", ((NetworkPass) session.get("run")).backward(declare("d", Matrix.column(1, 1))));
        assertEquals(List.of("run", "d"), entry("given").madeFrom());
        declare("d", Matrix.column(2, 1));
        assertEquals("computed with an earlier images and d", entry("given").note());
    }

    /** What the network calls w1 is not the variable w1. */
    @Test
    void namesThatTheNetworkGaveAreNoVariables() {
        session.clear();
        session.put("net", Network.of(Linear.he(2, 3, 1), new Relu()));
        declare("w1", Matrix.ones(2, 3));
        declare("f", Matrix.ones(2, 3));
        NetworkPass run = ((Network) session.get("net")).forward(Matrix.ones(2, 2));
        session.put("loss", run.loss(new MeanSquaredError(), Matrix.ones(2, 3)));
        assertEquals(List.of(), stale());
        assertEquals(List.of("[2 × 3]", "[1 × 3]"), entry("net").madeFrom());
    }

    @Test
    void aNetworkThatIsInNoVariableIsNotMissed() {
        network();
        session.remove("net");
        assertEquals(List.of(), stale());
        assertEquals(List.of("[network]", "images"), entry("run").madeFrom());
        session.put("net", Network.of(Linear.he(2, 5, 1)));
        assertEquals(List.of(), stale());
    }

    private void network() {
        session.clear();
        Matrix w1 = declare("w1", Matrix.parse("1 -1 2; 0.5 3 -2"));
        Matrix images = declare("images", Matrix.parse("1 2; 3 -1"));
        Matrix y = declare("y", Matrix.column(1, 30));
        Linear first = new Linear(w1, Matrix.row(0.5, 0, -1));
        Network net = Network.of(first, new Relu(), new Linear(Matrix.column(2, -3, 5), Matrix.parse("1")));
        NetworkPass run = net.forward(images);
        LossPass loss = run.loss(new MeanSquaredError(), y);
        session.put("first", first);
        session.put("net", net);
        session.put("run", run);
        session.put("loss", loss);
        session.put("all", run.backward(loss));
    }

    private Map<String, Object> without(String name) {
        Map<String, Object> rest = new LinkedHashMap<>(session);
        rest.remove(name);
        return rest;
    }

    // By hand

    @Test
    void namesAndValuesByTurns() {
        assertEquals(
                "3 values, 64 bytes",
                Inventory.of("w", w, "layer", layer, "b", b).toString());
        IllegalArgumentException odd =
                assertThrows(IllegalArgumentException.class, () -> Inventory.of("w", w, "layer"));
        assertEquals(
                "an inventory is of names and values by turns: Inventory.of(\"w\", w, \"layer\", layer)",
                odd.getMessage());
    }

    @Test
    void onAnInterruptedThreadItIsGivenUpAndTheFlagStaysSet() {
        Thread.currentThread().interrupt();
        try {
            CancellationException given = assertThrows(CancellationException.class, this::inventory);
            assertEquals("interrupted: the inventory was given up", given.getMessage());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    private Matrix declare(String name, Matrix matrix) {
        Matrix named = matrix.named(name);
        session.put(name, named);
        return named;
    }

    private Inventory inventory() {
        return Inventory.of(session);
    }

    private Entry entry(String name) {
        return inventory().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> stale() {
        return inventory().stale().stream().map(Entry::name).toList();
    }

    private void lists(String expected) {
        Inventory inventory = inventory();
        List<String> lines = new ArrayList<>();
        inventory
                .entries()
                .forEach(e -> lines.add(String.join(
                                " | ",
                                Arrays.asList(
                                        e.name(),
                                        e.kind(),
                                        e.shape(),
                                        "" + e.bytes(),
                                        String.join(", ", e.madeFrom()),
                                        e.note()))
                        .replace(" |  |", " | |")
                        .stripTrailing()));
        lines.add(inventory.toString());
        assertEquals(expected, String.join("\n", lines));
    }
}
