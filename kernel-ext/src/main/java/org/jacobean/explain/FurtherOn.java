package org.jacobean.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Softmax;
import org.jacobean.matrix.Matrix;

/**
 * What people do wrong between the loss and a layer of a network, each with the gradient that then arrives: at the outputs of
 * that layer, or, before the first one, at x.
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
            if (of(k).pass().layer() instanceof Relu) {
                masks(k, wrong);
            }
            for (int last = k; last < count() && last <= layer + MOST_LAYERS; last++) {
                leftOut(k, last, wrong);
            }
        }
        grads.loss().ifPresent(loss -> ofLoss(loss, wrong));
        return wrong;
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

    private void masks(int k, List<Wrong> wrong) {
        Gradients its = of(k);
        Matrix d = its.incoming();
        Matrix x = its.pass().input();
        String name = d.label("");
        String in = in(k);
        String right = name + "∘[" + in + " > 0]";
        wrong.add(new Wrong(
                Kind.MASK_MISSING,
                () -> back(k - 1, d),
                "lacks the relu's mask, computed with " + name + " instead of " + right,
                slope(in) + " is 0 where " + in + " is not above 0"));
        wrong.add(wrongSide(name + "∘[" + name + " > 0]", right, () -> back(k - 1, d.map(a -> Math.max(0, a)))));
        wrong.add(
                wrongSide(name + "∘[" + in + " < 0]", right, () -> back(k - 1, d.hadamard(x.map(a -> a < 0 ? 1 : 0)))));
        wrong.add(new Wrong(
                Kind.MASK_AT_ZERO,
                () -> back(k - 1, d.hadamard(x.map(a -> a >= 0 ? 1 : 0))),
                "takes the relu's slope as 1 where " + in + " is exactly 0",
                "here it is 0 there, as in PyTorch, " + right));
    }

    private static Wrong wrongSide(String masked, String right, Supplier<Matrix> arrives) {
        return new Wrong(
                Kind.MASK_WRONG_SIDE,
                arrives,
                "has the relu's mask taken from the wrong side, " + masked,
                "it should be " + right);
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
            wrong.add(ofLoss("(y − softmax(f))/N", right, loss, () -> last().scale(-1)));
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

    private static String slope(String of) {
        return "dL/d" + of;
    }
}
