package org.jacobean.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.NotFinite;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;

/**
 * What the numbers are like on their way forward (x, each layer's output) and back (dL/df, and of each layer, the last
 * first, the gradients of its parameters and what it sends back), and what is to be said of them:
 *
 * <ul>
 *   <li>where NaN or ∞ begins: see {@link NotFinite};
 *   <li>units of a relu that are 0 in every row, where there are at least 8 rows: in fewer that is soon so by chance;
 *   <li>a tanh or sigmoid of which at least half of the entries are saturated: the slope there is below 1 % of its largest,
 *       1 of a tanh and 1/4 of a sigmoid;
 *   <li>gradients that vanish or explode: the largest entry of what comes to the first layer, against the largest of dL/df,
 *       is below 1e-6 or above 1e6;
 *   <li>a cross-entropy of what softmax has computed: see {@link LossPass#remark}.
 * </ul>
 *
 * <p>It keeps what it says, not the values. Java has a {@code java.util.concurrent.Flow} too, which JShell imports: import
 * this one by its name.
 */
public final class Flow {

    private static final int ROWS_THAT_TELL = 8;
    private static final double FLAT = 0.01;
    private static final double MOSTLY = 0.5;
    private static final double VANISHED = 1e-6;
    private static final double EXPLODED = 1e6;

    private final String subject;
    /** The name of the matrix with which NaN or ∞ begins; null where all is finite. */
    private final String begins;

    private final List<Place> places = new ArrayList<>();
    private final List<String> says = new ArrayList<>();

    /**
     * One matrix on the way. Mean, deviation (σ = √(Σ (a − mean)²/count)) and largest magnitude are of its finite entries,
     * NaN where it has none.
     *
     * @param name {@code x}, {@code l1}, {@code dL/dw1}; a parameter is there only where NaN or ∞ begins with it
     * @param layer which layer computes it, counted from 1; 0 for x, and for dL/df, which comes from behind the last
     * @param of that layer, {@code Relu 50 → 50}, or empty
     * @param back whether it is computed on the way back
     * @param zeros how many entries are 0
     * @param infinities how many are ∞ or −∞
     * @param first whether NaN or ∞ begins here
     */
    public record Place(
            String name,
            int layer,
            String of,
            boolean back,
            int rows,
            int columns,
            double mean,
            double deviation,
            long zeros,
            long nans,
            long infinities,
            double largest,
            boolean first) {

        /** How many of the entries are 0, from 0 to 1. */
        public double zeroFraction() {
            return (double) zeros / ((long) rows * columns);
        }

        /** {@code 32 × 50}. */
        public String shape() {
            return Matrix.shape(rows, columns);
        }
    }

    private Flow(NetworkPass pass, NetworkGradients grads) {
        stopIfInterrupted();
        this.subject = pass.network() + (grads == null ? "" : " and back");
        Optional<NotFinite> notFinite = grads == null ? pass.notFinite() : grads.notFinite();
        this.begins = notFinite.map(NotFinite::name).orElse(null);
        notFinite.ifPresent(first -> says.add("NaN or ∞ begins with " + first));
        forward(pass);
        if (grads != null) {
            back(grads);
        }
    }

    /** The way forward. */
    public static Flow of(NetworkPass pass) {
        return new Flow(require(pass, "the pass is null; did the cell that declares it fail?"), null);
    }

    /** The way forward and back. */
    public static Flow of(NetworkGradients grads) {
        require(grads, "the gradients are null; did the cell that declares them fail?");
        return new Flow(grads.pass(), grads);
    }

    /** Of a single layer, which is run again as a network. */
    public static Flow of(Forward pass) {
        require(pass, "the pass is null; did the cell that declares it fail?");
        return of(network(pass.layer()).forward(pass.input()));
    }

    /** Of a single layer, which is run again as a network. */
    public static Flow of(Gradients grads) {
        require(grads, "the gradients are null; did the cell that declares them fail?");
        return of(network(grads));
    }

    static NetworkGradients network(Gradients grads) {
        Forward pass = grads.pass();
        return network(pass.layer()).forward(pass.input()).backward(grads.incoming());
    }

    /** Of one layer; what has no name is called by its role, as in the layer's own gradients: w, and not w1. */
    private static Network network(Layer layer) {
        Layer named = layer;
        for (Map.Entry<String, Matrix> parameter : layer.parameters().entrySet()) {
            Matrix v = parameter.getValue();
            named = named.with(parameter.getKey(), v.named(v.label(parameter.getKey())));
        }
        return Network.of(named);
    }

    private static <T> T require(T value, String message) {
        if (value == null) {
            throw new IllegalArgumentException(message);
        }
        return value;
    }

    // The way

    private void forward(NetworkPass pass) {
        add(pass.input().label("x"), 0, "", false, pass.input());
        for (int k = 1; k <= pass.layers().size(); k++) {
            Forward its = pass.layer(k);
            for (Matrix parameter : its.layer().parameters().values()) {
                if (begins(parameter.label(""))) {
                    add(parameter.label(""), k, its.layer().toString(), false, parameter);
                }
            }
            add(its.output().label(""), k, its.layer().toString(), false, its.output());
            if (its.layer() instanceof Relu) {
                tellDead(k, its);
            } else if (its.layer() instanceof Tanh) {
                tellSaturated(k, its, f -> 1 - f * f < FLAT);
            } else if (its.layer() instanceof Sigmoid) {
                tellSaturated(k, its, f -> 4 * f * (1 - f) < FLAT);
            }
        }
    }

    private void back(NetworkGradients grads) {
        Place incoming = add("dL/df", 0, "", true, grads.incoming());
        Place arriving = incoming;
        for (int k = grads.layers().size(); k >= 1; k--) {
            Gradients its = grads.layer(k);
            String of = its.pass().layer().toString();
            for (String role : its.pass().layer().parameters().keySet()) {
                add(its.label(role), k, of, true, its.of(role));
            }
            Optional<Matrix> dLdx = its.atHand("x");
            if (k > 1) {
                arriving = add(its.label("x"), k, of, true, dLdx.orElseThrow());
            } else if (dLdx.isPresent()) {
                add(its.label("x"), k, of, true, dLdx.get());
            } else {
                says.add(its.label("x") + " is left out: it is large, and nobody has asked for it yet");
            }
        }
        if (begins == null) {
            tellChange(incoming, arriving);
        }
        grads.loss().flatMap(LossPass::remark).ifPresent(says::add);
    }

    private boolean begins(String name) {
        return name.equals(begins);
    }

    private Place add(String name, int layer, String of, boolean back, Matrix matrix) {
        Place place = place(name, layer, of, back, matrix);
        places.add(place);
        return place;
    }

    /** Two passes, in units of a power of 2 near the largest: no square overflows or vanishes, and no digit is lost. */
    private Place place(String name, int layer, String of, boolean back, Matrix matrix) {
        long zeros = 0;
        long nans = 0;
        long infinities = 0;
        double largest = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            stopIfInterrupted();
            for (int j = 0; j < matrix.columns(); j++) {
                double a = matrix.get(i, j);
                if (a == 0) {
                    zeros++;
                } else if (Double.isNaN(a)) {
                    nans++;
                } else if (Double.isInfinite(a)) {
                    infinities++;
                } else {
                    largest = Math.max(largest, Math.abs(a));
                }
            }
        }
        double unit = Math.scalb(1.0, Math.max(Math.getExponent(largest), Double.MIN_EXPONENT));
        long count = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            stopIfInterrupted();
            for (int j = 0; j < matrix.columns(); j++) {
                double a = matrix.get(i, j) / unit;
                if (Double.isFinite(a)) {
                    double before = a - mean;
                    mean += before / ++count;
                    squares += before * (a - mean);
                }
            }
        }
        return new Place(
                name,
                layer,
                of,
                back,
                matrix.rows(),
                matrix.columns(),
                count == 0 ? Double.NaN : mean * unit,
                Math.sqrt(squares / count) * unit,
                zeros,
                nans,
                infinities,
                count == 0 ? Double.NaN : largest,
                begins(name));
    }

    // What is to be said

    private void tellDead(int k, Forward relu) {
        Matrix f = relu.output();
        boolean[] alive = new boolean[f.columns()];
        for (int i = 0; i < f.rows(); i++) {
            stopIfInterrupted();
            for (int j = 0; j < alive.length; j++) {
                alive[j] |= f.get(i, j) != 0;
            }
        }
        int dead = 0;
        for (boolean its : alive) {
            dead += its ? 0 : 1;
        }
        if (dead > 0 && f.rows() >= ROWS_THAT_TELL) {
            says.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d units of layer %d (%s) %s 0 in all %,d rows: no gradient goes through %s",
                    dead,
                    alive.length,
                    k,
                    relu.layer(),
                    dead == 1 ? "is" : "are",
                    f.rows(),
                    dead == 1 ? "it" : "them"));
        }
    }

    private void tellSaturated(int k, Forward pass, DoublePredicate isFlat) {
        Matrix f = pass.output();
        long flat = 0;
        for (int i = 0; i < f.rows(); i++) {
            stopIfInterrupted();
            for (int j = 0; j < f.columns(); j++) {
                flat += isFlat.test(f.get(i, j)) ? 1 : 0;
            }
        }
        double share = (double) flat / ((long) f.rows() * f.columns());
        if (share >= MOSTLY) {
            says.add(String.format(
                    Locale.ROOT,
                    "%.0f %% of %s, the output of layer %d (%s), are saturated: the slope there is below 1 %% of its"
                            + " largest",
                    Math.floor(100 * share),
                    f.label(""),
                    k,
                    pass.layer()));
        }
    }

    private void tellChange(Place from, Place to) {
        double ratio = to.largest / from.largest;
        if (from.largest > 0 && to.largest == 0) {
            says.add(to.name + " is 0 in every entry: the layers before it learn nothing");
        } else if (ratio < VANISHED || ratio > EXPLODED) {
            says.add(String.format(
                    Locale.ROOT,
                    "gradients %s on the way back: the largest of %s is %s of that of dL/df",
                    ratio < 1 ? "vanish" : "explode",
                    to.name,
                    ElementOfGradient.shortly(ratio)));
        }
    }

    private static void stopIfInterrupted() {
        Interrupts.check("the flow");
    }

    // What it says

    /** Every place, in the order of computation. */
    public List<Place> places() {
        return List.copyOf(places);
    }

    /** A sentence each: where NaN or ∞ begins, and whatever else is to be said; empty where nothing is. */
    public List<String> says() {
        return List.copyOf(says);
    }

    /** The first sentence, or that all numbers are finite. */
    public String summary() {
        return begins != null ? says.get(0) : "all numbers are finite";
    }

    /** {@code Flow of Network of Linear 4 → 5, Relu 5 → 5, Linear 5 → 1 and back: all numbers are finite}. */
    @Override
    public String toString() {
        return "Flow of " + Visible.of("" + subject) + ": " + summary();
    }
}
