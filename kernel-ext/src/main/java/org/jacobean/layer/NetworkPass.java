package org.jacobean.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;

/** f = network(x): one pass forward through all layers, a {@link Forward} each, with every value on the way. */
public final class NetworkPass {

    private final Network network;
    private final List<Forward> passes;

    NetworkPass(Network network, Matrix x) {
        this.network = network;
        List<Forward> done = new ArrayList<>();
        Matrix input = x;
        for (Layer layer : network.layers()) {
            Network.stopIfInterrupted();
            Forward pass = new Forward(layer, input, network.output(done.size() + 1));
            done.add(pass);
            input = pass.output();
        }
        this.passes = List.copyOf(done);
    }

    public Network network() {
        return network;
    }

    /** x [N × n]. */
    public Matrix input() {
        return passes.get(0).input();
    }

    /** f [N × m]: the last layer's. */
    public Matrix output() {
        return passes.get(passes.size() - 1).output();
    }

    /** Each layer's own pass, that nearest to x first. */
    public List<Forward> layers() {
        return passes;
    }

    /** Layer k's own pass; k counts from 1, as in {@code l1}. */
    public Forward layer(int k) {
        return passes.get(index(k));
    }

    int index(int k) {
        if (k < 1 || k > passes.size()) {
            throw new IllegalArgumentException(
                    "there is no layer " + k + ": the layers are counted from 1 to " + passes.size());
        }
        return k - 1;
    }

    /** x, the parameters and each layer's output, by name, in the order in which they are used. */
    public Map<String, Matrix> values() {
        Map<String, Matrix> values = new LinkedHashMap<>();
        values.put("x", input());
        Map<String, Matrix> parameters = network.parameters();
        for (int k = 1; k <= passes.size(); k++) {
            int layer = k - 1;
            network.places().forEach((name, place) -> {
                if (place.layer() == layer) {
                    values.put(name, parameters.get(name));
                }
            });
            values.put(network.output(k), passes.get(layer).output());
        }
        return Collections.unmodifiableMap(values);
    }

    /**
     * One value: {@code x}, {@code w1}, {@code l1}, {@code f}, or a role such as {@code w} where only one parameter has it.
     *
     * @throws IllegalArgumentException naming what there is, when there is no such value
     */
    public Matrix of(String name) {
        return values().get(name(name, "this pass's values"));
    }

    /** The name under which {@link #values} has what {@code name} means. */
    String name(String name, String whose) {
        Map<String, Matrix> values = values();
        if (values.containsKey(name)) {
            return name;
        } else if (name.equals("l" + passes.size())) {
            return "f";
        }
        List<String> ofRole = network.places().entrySet().stream()
                .filter(parameter -> parameter.getValue().role().equals(name))
                .map(Map.Entry::getKey)
                .toList();
        if (ofRole.size() > 1) {
            throw new IllegalArgumentException(whose + " have more than one " + name + ": it is "
                    + Operands.list(ofRole) + "; ask for one of these");
        }
        return ofRole.isEmpty() ? Operands.role(name, values, whose) : ofRole.get(0);
    }

    /**
     * L of this pass's outputs.
     *
     * @throws ShapeException when y does not fit f
     * @throws IllegalArgumentException when L is NaN or infinite, saying where that begins: see {@link NotFinite}
     */
    public LossPass loss(Loss loss, Matrix y) {
        Layer last = passes.get(passes.size() - 1).layer();
        return LossPass.of(loss, last, output(), y, () -> notFinite()
                .map(first -> "it begins with " + first + "; " + first.hint()
                        + "; %flow (in Java Flow.of) of this pass shows every step")
                .or(() -> Operands.notFinite(y.label("y"), y))
                .orElse("f and y are too far apart for the range of a double; try a smaller learning rate"));
    }

    /** Where NaN or ∞ begins, if there is any in the values of this pass. */
    public Optional<NotFinite> notFinite() {
        return NotFinite.of(this);
    }

    /** The gradients of L = loss(f, y) with respect to everything, by the chain rule. */
    public NetworkGradients backward(Loss loss, Matrix y) {
        return backward(loss(loss, y));
    }

    /**
     * The gradients of a loss that was taken of this pass.
     *
     * @throws IllegalArgumentException when it was taken of another
     */
    public NetworkGradients backward(LossPass loss) {
        LossPass its = LossPass.require(loss, output());
        return new NetworkGradients(this, its, its.gradient());
    }

    /**
     * The gradients where dL/df comes from elsewhere.
     *
     * @throws ShapeException when dL/df has not the shape of f
     */
    public NetworkGradients backward(Matrix dLdf) {
        return new NetworkGradients(this, null, dLdf);
    }

    /** {@code NetworkPass of Linear 4 → 5, Relu 5 → 5, Linear 5 → 1: f = 1 × 1 [0.3]}. */
    @Override
    public String toString() {
        return network.toString().replaceFirst("Network", "NetworkPass") + ": f = " + output();
    }
}
