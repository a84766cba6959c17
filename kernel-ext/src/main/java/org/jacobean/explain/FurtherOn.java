package org.jacobean.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Softmax;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;

/**
 * What people do wrong between the loss and a layer of a network, each with the gradient that then arrives: at the outputs
 * of that layer, or, before the first one, at x.
 */
final class FurtherOn {

    private static final int MOST_LAYERS = 12;

    private final NetworkGradients grads;
    /** Counted from 0; -1 is x. */
    private final int layer;

    /** Whether the gradient in question is dL/df itself. */
    private final boolean ofLoss;

    /** @param role of the gradient in question, in the layer {@code its}; f is dL/df of the loss */
    FurtherOn(NetworkGradients grads, Gradients its, String role) {
        this.grads = grads;
        this.layer = grads.layers().indexOf(its) - (role.equals("x") ? 1 : 0);
        this.ofLoss = role.equals("f");
    }

    /**
     * One mistake.
     *
     * @param arrives the gradient with respect to the layer's outputs that it gives
     * @param mistake what was done, behind {@code your dL/dw1}
     */
    record Wrong(Kind kind, Supplier<Matrix> arrives, String mistake, String remedy) {}

    List<Wrong> mistakes() {
        List<Wrong> wrong = new ArrayList<>();
        for (int k = layer + 1; k < count() && k <= layer + MOST_LAYERS; k++) {
            activations(List.of(k), wrong);
            for (int last = k; last < count() && last <= layer + MOST_LAYERS; last++) {
                leftOut(k, last, wrong);
            }
        }
        IntStream.range(layer + 1, count())
                .boxed()
                .collect(Collectors.groupingBy(
                        k -> of(k).pass().layer().getClass(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(ks -> ks.size() > 1)
                .forEach(ks -> activations(ks, wrong));
        grads.loss().ifPresent(loss -> ofLoss(loss, wrong));
        return wrong;
    }

    /** @param ks layers of one class, counted from 0 */
    private void activations(List<Integer> ks, List<Wrong> wrong) {
        Layer a = of(ks.get(0)).pass().layer();
        if (a instanceof Relu) {
            masks(ks, wrong);
        } else if (a instanceof Tanh) {
            slopes(ks, a, l -> 1 - l * l, l -> "1 − " + l + "²", wrong);
        } else if (a instanceof Sigmoid) {
            slopes(ks, a, l -> l * (1 - l), l -> l + "·(1 − " + l + ")", wrong);
        }
    }

    /** Whether dL/df of a layer was computed in this network, so that it can be asked what is wrong with another. */
    boolean computes(Gradients its) {
        return its != of(count() - 1) || grads.loss().isPresent();
    }

    /** Those that the session's matrices make possible: a candidate in the place of the weights of a layer further on. */
    List<Wrong> with(String name, Matrix candidate) {
        List<Wrong> wrong = new ArrayList<>();
        for (int k = layer + 1; k < count() && k <= layer + MOST_LAYERS; k++) {
            Layer its = of(k).pass().layer();
            Matrix w = its.parameters().get("w");
            if (w != null && w.rows() == candidate.rows() && w.columns() == candidate.columns()) {
                int at = k;
                String place = w.label("w");
                wrong.add(new Wrong(
                        Kind.OLD_OPERAND,
                        () -> back(at - 1, slope(its.with("w", candidate), at, of(at).incoming())),
                        name.equals(place)
                                ? "was computed with another " + place + ", the one that the session has now"
                                : "was computed with " + name + " in the place of " + place,
                        "use the " + place + " of this pass, or run forward and backward again with "
                                + (name.equals(place) ? "the new one" : name)));
            }
        }
        return wrong;
    }

    /**
     * What is added to what arrives when the weights w of a layer have moved by dL/dw before they are used: with a learning
     * rate η, −η times this.
     *
     * @param w the weights' name
     */
    record Moved(String w, Supplier<Matrix> added) {}

    List<Moved> moved() {
        List<Moved> moved = new ArrayList<>();
        for (int k = layer + 1; k < count() && k <= layer + MOST_LAYERS; k++) {
            Gradients its = of(k);
            if (its.pass().layer() instanceof Linear) {
                int at = k;
                moved.add(new Moved(
                        its.pass().of("w").label("w"),
                        () -> back(at - 1, its.incoming().times(its.of("w").transpose()))));
            }
        }
        return moved;
    }

    /** Every matrix of the pass by its name. */
    Map<String, Matrix> values() {
        return grads.pass().values();
    }

    // The table

    /** What goes wrong on the way back through the relus {@code ks}: one, or all of them, as that way is one function. */
    private void masks(List<Integer> ks, List<Wrong> wrong) {
        String mask = ks.size() == 1 ? "the relu's mask" : "the masks of all relus";
        String right = masked(ks);
        List<Integer> cut = with(ks, a -> a <= 0);
        if (!cut.isEmpty()) {
            String in = each(cut, this::in) + (cut.size() == 1 ? " is" : " are");
            wrong.add(new Wrong(
                    Kind.MASK_MISSING,
                    () -> back(cut, (x, d) -> d),
                    "lacks " + mask + ", computed with " + each(cut, this::d) + " instead of " + masked(cut),
                    each(cut, k -> slope(in(k))) + (cut.size() == 1 ? " is" : " are") + " 0 where " + in
                            + " not above 0"));
        }
        wrong.add(new Wrong(
                Kind.MASK_WRONG_SIDE,
                () -> back(ks, (x, d) -> d.map(a -> Math.max(0, a))),
                "has " + mask + " taken from the wrong side, " + each(ks, k -> d(k) + "∘[" + d(k) + " > 0]"),
                "it should be " + right));
        wrong.add(new Wrong(
                Kind.MASK_WRONG_SIDE,
                () -> back(ks, (x, d) -> d.hadamard(x.map(a -> a < 0 ? 1 : 0))),
                "has " + mask + " taken from the wrong side, " + each(ks, k -> d(k) + "∘[" + in(k) + " < 0]"),
                "it should be " + right));
        List<Integer> zero = with(ks, a -> a == 0);
        if (!zero.isEmpty()) {
            wrong.add(new Wrong(
                    Kind.MASK_AT_ZERO,
                    () -> back(zero, (x, d) -> d.hadamard(x.map(a -> a >= 0 ? 1 : 0))),
                    (zero.size() == 1 ? "takes the relu's slope" : "takes the slopes of all relus") + " as 1 where "
                            + each(zero, this::in) + (zero.size() == 1 ? " is" : " are") + " exactly 0",
                    "here it is 0 there, as in PyTorch, " + masked(zero)));
        }
    }

    /** {@code dL/dl2∘[l1 > 0]} of each. */
    private String masked(List<Integer> relus) {
        return each(relus, k -> d(k) + "∘[" + in(k) + " > 0]");
    }

    /** Of several those whose input has such a number; where that is one, it has been told by itself. */
    private List<Integer> with(List<Integer> ks, DoublePredicate number) {
        List<Integer> some = ks.stream()
                .filter(k -> of(k).pass().input().stream().anyMatch(number))
                .toList();
        return ks.size() > 1 && some.size() == 1 ? List.of() : some;
    }

    /**
     * Of activations whose slope is written in their output l, as 1 − l² is: at the input in its place, or 1 − tanh(l)².
     *
     * @param a the activation
     * @param slope in the output
     * @param says that slope
     */
    private void slopes(
            List<Integer> ks, Layer a, DoubleUnaryOperator slope, UnaryOperator<String> says, List<Wrong> wrong) {
        boolean one = ks.size() == 1;
        String name = a.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String slopes = one ? "takes the " + name + "'s slope" : "takes the slopes of all " + name + "s";
        String right = each(ks, k -> says.apply(out(k)));
        String remedy = "it should be " + each(ks, k -> d(k) + "∘" + bracketed(says.apply(out(k))));
        wrong.add(new Wrong(
                Kind.SLOPE_MISPLACED,
                () -> back(ks, (x, d) -> d.hadamard(x.map(slope))),
                slopes + (one ? " at its input, " : " at their inputs, ") + each(ks, k -> says.apply(in(k)))
                        + " in the place of " + right,
                remedy));
        wrong.add(new Wrong(
                Kind.SLOPE_MISPLACED,
                () -> back(ks, (x, d) -> d.hadamard(a.output(a.output(x)).map(slope))),
                slopes
                        + (one
                                ? " at its output as if that were the input, "
                                : " at their outputs as if those were the inputs, ")
                        + each(ks, k -> says.apply(name + "(" + out(k) + ")")) + " in the place of " + right,
                remedy));
    }

    private static String bracketed(String slope) {
        return slope.contains("·") ? slope.replace("·", "∘") : "(" + slope + ")";
    }

    /** What is said of each, at most three. */
    private static String each(List<Integer> ks, IntFunction<String> says) {
        String first = says.apply(ks.get(0));
        String last = says.apply(ks.get(ks.size() - 1));
        return switch (ks.size()) {
            case 1 -> first;
            case 2 -> first + " and " + last;
            case 3 -> first + ", " + says.apply(ks.get(1)) + " and " + last;
            default -> first + ", …, " + last;
        };
    }

    /** Layers k to last passed over, where what comes in at the end fits the beginning. */
    private void leftOut(int k, int last, List<Wrong> wrong) {
        Matrix d = of(last).incoming();
        Layer layer = of(k).pass().layer();
        if (d.columns() != of(k).pass().input().columns() || k == last && layer instanceof Relu) {
            return;
        }
        wrong.add(new Wrong(
                Kind.LAYER_LEFT_OUT,
                () -> back(k - 1, d),
                "was computed with " + d.label("") + " in the place of " + slope(in(k)),
                "the chain rule goes back through "
                        + (k == last
                                ? "layer " + (k + 1) + ", " + layer
                                : "layers " + (k + 1) + (last == k + 1 ? " and " : " to ") + (last + 1))));
    }

    private void ofLoss(LossPass loss, List<Wrong> wrong) {
        int rows = loss.output().rows();
        int columns = loss.output().columns();
        if (loss.loss() instanceof MeanSquaredError) {
            String all = "/(N·m)";
            Map<Double, String> byFactor = new LinkedHashMap<>();
            byFactor.put(1.0, "2·(f − y)" + all);
            byFactor.putIfAbsent(0.5, "(f − y)" + all);
            byFactor.putIfAbsent(1.0 * rows * columns, "2·(f − y)");
            byFactor.putIfAbsent(0.5 * rows * columns, "f − y");
            byFactor.putIfAbsent(1.0 * columns, "2·(f − y)/N");
            byFactor.putIfAbsent(0.5 * columns, "(f − y)/N");
            byFactor.putIfAbsent(-1.0, "2·(y − f)" + all);
            String right = byFactor.remove(1.0) + ", N = " + rows + ", m = " + columns;
            byFactor.forEach((factor, formula) -> wrong.add(ofLoss(formula, right, loss, () -> last().scale(factor))));
        } else if (loss.loss() instanceof CrossEntropy) {
            Supplier<Matrix> p = () -> new Softmax().output(loss.output());
            Supplier<Matrix> y = () -> loss.loss().targets(loss.output(), loss.target());
            double n = 1.0 / rows;
            String right = "(softmax(f) − y)/N, N = " + rows + ", y with a 1 in the column of each class";
            wrong.add(ofLoss("softmax(f)/N", right, loss, () -> p.get().scale(n)));
            if (rows > 1) {
                wrong.add(ofLoss("softmax(f) − y", right, loss, () -> last().scale(rows)));
                wrong.add(ofLoss("softmax(f)", right, loss, p));
            }
            wrong.add(ofLoss("(softmax(softmax(f)) − y)/N", right, loss, () -> new Softmax()
                    .output(p.get())
                    .minus(y.get())
                    .scale(n)));
            wrong.add(ofLoss(
                    "(f − y)/N", right, loss, () -> loss.output().minus(y.get()).scale(n)));
            if (columns != 2) { // of two it is the same
                wrong.add(ofLoss("2·(f − y)/(N·m)", right, loss, () -> loss.output()
                        .minus(y.get())
                        .scale(2 * n / columns)));
            }
            wrong.add(ofLoss("(y − softmax(f))/N", right, loss, () -> last().scale(-1)));
            if (of(count() - 1).pass().layer() instanceof Softmax && layer < count() - 1) {
                wrong.add(new Wrong(
                        Kind.LOSS,
                        () -> back(count() - 2, loss.output().minus(y.get()).scale(n)),
                        "was computed with (f − y)/N in the place of " + slope(in(count() - 1))
                                + ", as if layer " + count() + " were cross-entropy's own softmax",
                        "cross-entropy applies softmax itself: leave the layer out"));
            }
        }
    }

    private Wrong ofLoss(String formula, String right, LossPass loss, Supplier<Matrix> dLdf) {
        return new Wrong(
                Kind.LOSS,
                () -> back(count() - 1, dLdf.get()),
                ofLoss ? "is " + formula : "is what dL/df = " + formula + " gives",
                "of " + loss.loss() + " it is " + right);
    }

    // The way back

    /** From the outputs of layer {@code from} to those of this one, for a gradient that arrives there. */
    private Matrix back(int from, Matrix arrives) {
        Matrix its = arrives;
        for (int k = from; k > layer; k--) {
            Lazy.stopIfInterrupted();
            its = slope(of(k).pass().layer(), k, its);
        }
        return its;
    }

    /** Likewise from the last of the layers {@code ks}, through each of which {@code wrong} leads, of x and dL/df. */
    private Matrix back(List<Integer> ks, BinaryOperator<Matrix> wrong) {
        int last = ks.get(ks.size() - 1);
        Matrix its = of(last).incoming();
        for (int k = last; k > layer; k--) {
            Lazy.stopIfInterrupted();
            its = ks.contains(k)
                    ? wrong.apply(of(k).pass().input(), its)
                    : slope(of(k).pass().layer(), k, its);
        }
        return its;
    }

    private Matrix slope(Layer layer, int k, Matrix dLdf) {
        Matrix x = of(k).pass().input();
        return layer.gradient("x", x, dLdf)
                .orElseGet(() -> layer.gradients(x, dLdf).get("x"));
    }

    private Matrix last() {
        return of(count() - 1).incoming();
    }

    private Gradients of(int k) {
        return grads.layers().get(k);
    }

    private int count() {
        return grads.layers().size();
    }

    private String in(int k) {
        return of(k).pass().input().label("x");
    }

    private String out(int k) {
        return of(k).pass().output().label("f");
    }

    private String d(int k) {
        return of(k).incoming().label("");
    }

    private static String slope(String of) {
        return "dL/d" + of;
    }
}
