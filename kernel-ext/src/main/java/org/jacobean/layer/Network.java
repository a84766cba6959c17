package org.jacobean.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.Visible;

/**
 * f = layer(… layer(layer(x))): layers one behind the other, each with the outputs of the one before it as its inputs.
 *
 * <p>Every number on the way has a name: {@code x} goes in; {@code l1}, {@code l2}, … are the outputs of layers 1, 2, …, and
 * {@code f} that of the last. A parameter has its own name, or, where it has none or shares it with another, its role and
 * the number of its layer among those that have parameters: the weights behind the first relu are {@code w2}.
 */
public final class Network {

    private final List<Layer> layers;
    private final Map<String, Place> places;
    private final Set<String> given;
    /** One and the same for all that were made of one by {@link #minus}. */
    private final Object line;

    private final long steps;

    /** Where a parameter is. */
    record Place(int layer, String role) {}

    private Network(List<Layer> chain, Object line, long steps) {
        List<String> own = new ArrayList<>();
        chain.forEach(layer -> layer.parameters().values().forEach(p -> own.add(p.label(""))));
        List<Layer> named = new ArrayList<>(chain);
        Map<String, Place> where = new LinkedHashMap<>();
        Set<String> given = new HashSet<>();
        int number = 0;
        for (int k = 0; k < chain.size(); k++) {
            Map<String, Matrix> parameters = chain.get(k).parameters();
            number += parameters.isEmpty() ? 0 : 1;
            for (String role : parameters.keySet()) {
                Matrix v = parameters.get(role);
                String name = v.label("");
                if (Collections.frequency(own, name) != 1 || name.matches("|x|f|l\\d+")) {
                    name = role + number;
                    while (own.contains(name) || where.containsKey(name)) {
                        name += "′";
                    }
                    given.add(name);
                    named.set(k, named.get(k).with(role, v.named(name)));
                }
                where.put(name, new Place(k, role));
            }
        }
        this.layers = List.copyOf(named);
        this.places = Collections.unmodifiableMap(where);
        this.given = Set.copyOf(given);
        this.line = line;
        this.steps = steps;
    }

    /**
     * These layers, the first nearest to x. An activation takes its width from the layer before it.
     *
     * @throws ShapeException naming both, when a layer has not as many inputs as the one before it has outputs
     */
    public static Network of(Layer... layers) {
        if (layers == null || layers.length == 0) {
            throw new IllegalArgumentException("a network has at least one layer, as in"
                    + " Network.of(new Linear(w1, b1), new Relu(), new Linear(w2, b2))");
        }
        List<Layer> chain = new ArrayList<>();
        int width = 0;
        for (Layer each : layers) {
            if (each == null) {
                throw new IllegalArgumentException(
                        "layer " + (chain.size() + 1) + " of a network is null; did the cell that declares it fail?");
            }
            Layer layer = width == 0 ? each : each.of(width);
            if (width != 0 && layer.inputs() != 0 && layer.inputs() != width) {
                throw unfit(chain.size(), chain.get(chain.size() - 1), layer);
            }
            width = layer.outputs();
            chain.add(layer);
        }
        return new Network(chain, new Object(), 0);
    }

    private static ShapeException unfit(int before, Layer first, Layer second) {
        return ShapeException.of(
                "layer " + (before + 1) + " does not fit layer " + before,
                "",
                new Fact("layer " + before, first.toString()),
                new Fact("layer " + (before + 1), second.toString()),
                Fact.rule("layer " + (before + 1) + " must have an input (" + second.inputs()
                        + ") for each output of layer " + before + " (" + first.outputs() + ")"),
                Fact.hint("a layer with " + Operands.counted(first.outputs(), "input") + ", such as Linear.he("
                        + first.outputs() + ", " + second.outputs() + ", seed)"));
    }

    /** The network run on x [N × n]: every value on the way, and all that the way back needs. */
    public NetworkPass forward(Matrix x) {
        return new NetworkPass(this, x);
    }

    /**
     * v − η·dL/dv for each parameter v: one step of gradient descent, as a network of its own.
     *
     * @param grads gradients of this very network
     * @param learningRate η
     * @throws IllegalArgumentException when they are of another, such as the one before the last step; when one that would
     *     be used is NaN or infinite, saying where that begins: see {@link NotFinite}; or when a parameter would be
     */
    public Network minus(NetworkGradients grads, double learningRate) {
        if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a learning rate is a number from 0, such as 0.1, not " + Operands.number(learningRate));
        }
        stopIfInterrupted();
        requireOwn(grads);
        requireFinite(grads);
        List<Layer> next = new ArrayList<>(layers);
        places.forEach((name, place) -> {
            Matrix gradient = grads.layers().get(place.layer).of(place.role);
            Matrix moved = parameter(place).minus(gradient.scale(learningRate));
            requireFinite(name, moved, parameter(place));
            next.set(place.layer, next.get(place.layer).with(place.role, moved.named(name)));
        });
        return new Network(next, line, steps + 1);
    }

    private void requireOwn(NetworkGradients grads) {
        if (grads == null) {
            throw new IllegalArgumentException("the gradients are null; did the cell that declares them fail?");
        }
        Network other = grads.pass().network();
        if (!other.places.equals(places) || !other.toString().equals(toString())) {
            throw new IllegalArgumentException("these gradients are of another network: " + other + ", not " + this);
        }
        List<String> changed = places.keySet().stream()
                .filter(name -> !isSame(parameter(places.get(name)), other.parameter(places.get(name))))
                .toList();
        if (!changed.isEmpty()) {
            throw new IllegalArgumentException("these gradients are stale: they were computed with another "
                    + Operands.list(changed) + "; run network.forward(x) and pass.backward(loss, y) again");
        }
    }

    private void requireFinite(NetworkGradients grads) {
        if (!places.values().stream()
                .allMatch(
                        place -> grads.layers().get(place.layer).of(place.role).isFinite())) {
            NotFinite first = grads.notFinite().orElseThrow();
            throw new IllegalArgumentException(
                    "the network stays as it was, since these gradients are not finite: it begins with " + first + "; "
                            + first.hint() + "; %flow (in Java Flow.of) of these gradients shows every step");
        }
    }

    private static void requireFinite(String name, Matrix moved, Matrix before) {
        Operands.notFinite(name, moved).ifPresent(first -> {
            throw new IllegalArgumentException("the network stays as it was, since after this step " + first
                    + (before.isFinite()
                            ? "; try a smaller learning rate"
                            : "; its numbers were not all finite before: go on from an earlier network"));
        });
    }

    /** Small steps are never long enough to look by themselves; a loop of many is. */
    static void stopIfInterrupted() {
        Interrupts.check(() -> "the network stays as it was before this step");
    }

    private static boolean isSame(Matrix a, Matrix b) {
        return a.sharesNumbersWith(b) || a.equals(b);
    }

    /** The layers, that nearest to x first. */
    public List<Layer> layers() {
        return layers;
    }

    /** What the network learns, by name, in the order of its layers. */
    public Map<String, Matrix> parameters() {
        Map<String, Matrix> parameters = new LinkedHashMap<>();
        places.forEach((name, place) -> parameters.put(name, parameter(place)));
        return Collections.unmodifiableMap(parameters);
    }

    private Matrix parameter(Place place) {
        return layers.get(place.layer).parameters().get(place.role);
    }

    /** How many steps of {@link #minus} it is away from the network that was made of layers. */
    public long steps() {
        return steps;
    }

    /** Whether it is {@code other} after some steps of {@link #minus}. */
    public boolean isAfter(Network other) {
        return line == other.line && steps > other.steps;
    }

    /** Whether a parameter is called by its own name, and not by one that the network gave it. */
    public boolean hasOwnName(String parameter) {
        return places.containsKey(parameter) && !given.contains(parameter);
    }

    /** Where each parameter is, by name. */
    Map<String, Place> places() {
        return places;
    }

    /** {@code l1}, of layer 1, counted from 1; {@code f} of the last. */
    String output(int layer) {
        return layer == layers.size() ? "f" : "l" + layer;
    }

    /** {@code Network of Linear 4 → 5, Relu 5 → 5, Linear 5 → 1}. */
    @Override
    public String toString() {
        return Visible.of("Network of " + layers.stream().map(Layer::toString).collect(Collectors.joining(", ")));
    }
}
