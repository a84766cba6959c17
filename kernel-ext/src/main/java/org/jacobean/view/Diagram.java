package org.jacobean.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;

/**
 * What goes through a network, from left to right: its layers with their parameters, and at every arrow what passes there. A
 * pass adds the numbers, gradients add the way back. A small network is drawn unit by unit, with the numbers of one row of
 * the batch on the units and the weights on the edges.
 */
public final class Diagram {

    private final String of;
    private final List<Value> values;
    private final List<Step> steps;
    private final LossPass loss;
    private final int row;

    /**
     * What passes at an arrow.
     *
     * @param width of one row; 0 for any
     * @param numbers [N × width], or null before any have passed
     * @param gradient dL/d of it, or null where there is none, or none yet
     */
    record Value(String name, int width, Matrix numbers, Matrix gradient) {}

    /**
     * A layer.
     *
     * @param parameters by the names that they have in the network
     * @param gradients of the parameters, by the same names; empty where there are none
     */
    record Step(Layer layer, Map<String, Matrix> parameters, Map<String, Matrix> gradients) {}

    private Diagram(String of, List<Value> values, List<Step> steps, LossPass loss, int row) {
        this.of = of;
        this.values = values;
        this.steps = steps;
        this.loss = loss;
        this.row = row;
    }

    /** A layer between x and f. */
    public static Diagram of(Layer layer) {
        required(layer, "layer");
        return made(layer.toString(), List.of(layer), null, null, null);
    }

    /** A layer, with the x and the f of a pass. */
    public static Diagram of(Forward pass) {
        required(pass, "pass");
        return made(pass.layer().toString(), List.of(pass.layer()), List.of(pass), null, null);
    }

    /** A layer, with the numbers of a pass and the gradients that came in and out; dL/dx only where it is at hand. */
    public static Diagram of(Gradients grads) {
        required(grads, "gradients");
        return made(
                grads.pass().layer().toString(),
                List.of(grads.pass().layer()),
                List.of(grads.pass()),
                List.of(grads),
                null);
    }

    /** The layers of a network. */
    public static Diagram of(Network network) {
        required(network, "network");
        return made(network.toString(), network.layers(), null, null, null);
    }

    /** The layers, with what passes between them. */
    public static Diagram of(NetworkPass pass) {
        required(pass, "pass");
        return made(pass.network().toString(), pass.network().layers(), pass.layers(), null, null);
    }

    /**
     * The layers, with what passes between them forward and back, and the loss, if there is one; dL/dx only where it is at
     * hand.
     */
    public static Diagram of(NetworkGradients grads) {
        required(grads, "gradients");
        Network network = grads.pass().network();
        return made(
                network.toString(),
                network.layers(),
                grads.pass().layers(),
                grads.layers(),
                grads.loss().orElse(null));
    }

    private static void required(Object value, String what) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "the " + what + " of a diagram: null; did the cell that declares it fail?");
        }
    }

    /** @param passes and gradients, one for each layer, or null */
    private static Diagram made(
            String of, List<Layer> layers, List<Forward> passes, List<Gradients> gradients, LossPass loss) {
        int n = layers.size();
        List<Value> values = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (int k = 0; k <= n; k++) {
            String name = k == 0 ? "x" : k == n ? "f" : "l" + k;
            int width = k == 0 ? layers.get(0).inputs() : layers.get(k - 1).outputs();
            Matrix numbers = passes == null
                    ? null
                    : k == 0 ? passes.get(0).input() : passes.get(k - 1).output();
            Matrix gradient = gradients == null
                    ? null
                    : k == 0
                            ? gradients.get(0).atHand("x").orElse(null)
                            : gradients.get(k - 1).incoming();
            values.add(new Value(
                    numbers == null || k > 0 ? name : numbers.label(name),
                    numbers == null ? width : numbers.columns(),
                    numbers,
                    gradient));
        }
        for (int k = 0; k < n; k++) {
            Map<String, Matrix> parameters = new LinkedHashMap<>();
            Map<String, Matrix> theirs = new LinkedHashMap<>();
            Gradients its = gradients == null ? null : gradients.get(k);
            layers.get(k).parameters().forEach((role, parameter) -> {
                parameters.put(parameter.label(role), parameter);
                if (its != null) {
                    theirs.put(parameter.label(role), its.of(role));
                }
            });
            steps.add(new Step(layers.get(k), parameters, theirs));
        }
        return new Diagram(of, List.copyOf(values), List.copyOf(steps), loss, 0);
    }

    /**
     * The same with the numbers of another row of the batch, counted from 0, where the units are drawn; at first row 0.
     *
     * @throws IllegalArgumentException when there is no such row
     */
    public Diagram row(int row) {
        int rows = values.get(0).numbers() == null ? 0 : values.get(0).numbers().rows();
        if (row < 0 || row >= rows) {
            throw new IllegalArgumentException(
                    rows == 0
                            ? "a diagram without a pass has no rows; make it of a pass or of gradients"
                            : "there is no row " + row + ": the rows are counted from 0 to " + (rows - 1));
        }
        return new Diagram(of, values, steps, loss, row);
    }

    /** One more than there are steps. */
    List<Value> values() {
        return values;
    }

    List<Step> steps() {
        return steps;
    }

    /** Or null. */
    LossPass loss() {
        return loss;
    }

    int row() {
        return row;
    }

    boolean hasNumbers() {
        return values.get(0).numbers() != null;
    }

    boolean hasGradients() {
        return values.get(steps.size()).gradient() != null;
    }

    /** {@code Diagram of Network of Linear 4 → 5, Relu 5 → 5}. */
    @Override
    public String toString() {
        return Visible.of("Diagram of " + of);
    }
}
