package org.jacobean.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jacobean.matrix.Matrix;

/**
 * The gradient of L with respect to x, to each parameter and to each layer's output, all of one pass: layer by layer from
 * the last to the first, the dL/dx of each is the dL/df of the one before it.
 */
public final class NetworkGradients {

    private final NetworkPass pass;
    private final LossPass loss;
    private final List<Gradients> gradients;

    /** @param loss which dL/df is the gradient of, or null where it came from elsewhere */
    NetworkGradients(NetworkPass pass, LossPass loss, Matrix dLdf) {
        this.pass = pass;
        this.loss = loss;
        List<Gradients> done = new ArrayList<>();
        Matrix incoming = dLdf;
        for (int k = pass.layers().size(); k >= 1; k--) {
            Network.stopIfInterrupted();
            Gradients its = pass.layer(k).backward(incoming);
            done.add(0, its);
            if (k > 1) {
                incoming = its.of("x"); // that of the first layer waits until it is asked for
            }
        }
        this.gradients = List.copyOf(done);
    }

    /**
     * The gradient with respect to {@code name}: {@code x}, a parameter's name, or a layer's output such as {@code l1}, with
     * or without {@code dL/d} before it; also a role such as {@code w} where only one parameter has it.
     *
     * @throws IllegalArgumentException naming what there is, when there is no such gradient
     */
    public Matrix of(String name) {
        String bare = name.startsWith("dL/d") ? name.substring("dL/d".length()) : name;
        return one(pass.name(bare, "these gradients"));
    }

    private Matrix one(String name) {
        if (name.equals("x")) {
            return gradients.get(0).of("x");
        }
        Network network = pass.network();
        Network.Place place = network.places().get(name);
        if (place != null) {
            return gradients.get(place.layer()).of(place.role()).named("dL/d" + name);
        }
        int k = 1;
        while (!network.output(k).equals(name)) {
            k++;
        }
        return gradients.get(k - 1).incoming();
    }

    /** All of them by name, in the order of {@link NetworkPass#values}. */
    public Map<String, Matrix> all() {
        Map<String, Matrix> all = new LinkedHashMap<>();
        pass.values().keySet().forEach(name -> all.put(name, one(name)));
        return Collections.unmodifiableMap(all);
    }

    /** Each layer's own gradients, that nearest to x first. */
    public List<Gradients> layers() {
        return gradients;
    }

    /** Layer k's own gradients; k counts from 1, as in {@code l1}. */
    public Gradients layer(int k) {
        return gradients.get(pass.index(k));
    }

    /**
     * The gradients of the layer that computes with {@code name}, as in {@link #of}: of the parameter's layer, of layer 2
     * for {@code l1}, which is its x, and of the last for {@code f}.
     */
    public Gradients layerOf(String name) {
        String bare = name.startsWith("dL/d") ? name.substring("dL/d".length()) : name;
        String its = pass.name(bare, "these gradients");
        Network.Place place = pass.network().places().get(its);
        if (place != null) {
            return gradients.get(place.layer());
        }
        return gradients.get(
                its.equals("x") ? 0 : its.equals("f") ? gradients.size() - 1 : Integer.parseInt(its.substring(1)));
    }

    /** Where NaN or ∞ begins, if there is any in the pass or in these gradients. */
    public Optional<NotFinite> notFinite() {
        return NotFinite.of(this);
    }

    public NetworkPass pass() {
        return pass;
    }

    /** The loss, unless dL/df came from elsewhere. */
    public Optional<LossPass> loss() {
        return Optional.ofNullable(loss);
    }

    /** dL/df [N × m], the gradient that came in. */
    public Matrix incoming() {
        return gradients.get(gradients.size() - 1).incoming();
    }

    /**
     * {@code NetworkGradients of Linear 4 → 5, Relu 5 → 5, Linear 5 → 1: dL/dx 6 × 4, dL/dw1 4 × 5, …}, all of them;
     * computes nothing.
     */
    @Override
    public String toString() {
        return pass.values().entrySet().stream()
                .map(value ->
                        "dL/d" + (value.getKey().equals("x") ? pass.input().label("x") : value.getKey()) + " "
                                + value.getValue().shape())
                .collect(Collectors.joining(
                        ", ", pass.network().toString().replaceFirst("Network", "NetworkGradients") + ": ", ""));
    }
}
