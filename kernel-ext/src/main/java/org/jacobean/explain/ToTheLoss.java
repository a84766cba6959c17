package org.jacobean.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jacobean.explain.Explanation.Line;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Index.At;
import org.jacobean.formula.Values;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.NetworkGradients;

/**
 * The way from an element of a network's gradient to the loss. Its own layer's step multiplies some dL/df, which is the
 * dL/dx of the next layer, and so on: of each step the largest term is followed. A step costs what its own sum does.
 */
final class ToTheLoss {

    private final NetworkGradients grads;
    private final Function<Gradients, Values> values;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private ToTheLoss(NetworkGradients grads, Function<Gradients, Values> values) {
        this.grads = grads;
        this.values = values;
    }

    /** @param its the gradients of the layer in which {@code name} is computed */
    static Explanation explain(NetworkGradients grads, Gradients its, ElementName name) {
        return explain(grads, its, name, Gradients::values);
    }

    static Explanation explain(
            NetworkGradients grads, Gradients its, ElementName name, Function<Gradients, Values> values) {
        ToTheLoss way = new ToTheLoss(grads, values);
        ElementOfGradient first = ElementOfGradient.of(its, name, values.apply(its));
        if (first.followed().isPresent() && !first.saysLargest().isEmpty()) {
            way.steps.add(new Step(first.saysLargest(), List.of(first.largest())));
        }
        way.on(grads.layers().indexOf(its), first);
        return first.explanation(way.steps);
    }

    /** On from the step in layer {@code k}, counted from 0. */
    private void on(int k, ElementOfGradient step) {
        ElementOfGradient from = step;
        int layer = k;
        while (from.followed().isPresent()) {
            Element followed = from.followed().get();
            layer++;
            if (layer == grads.layers().size()) {
                loss(followed);
                break;
            }
            from = layer(layer, followed);
        }
        if (!names.isEmpty()) {
            Step last = steps.remove(steps.size() - 1);
            List<Line> lines = new ArrayList<>(last.lines());
            lines.add(new Words("By its name each is explained in full: " + String.join(", ", names) + "."));
            steps.add(new Step(last.title(), lines, last.whole()));
        }
    }

    /** The step in the next layer, of which the output that is followed is an input. */
    private ElementOfGradient layer(int k, Element output) {
        Gradients its = grads.layers().get(k);
        ElementName name =
                ElementName.of(its, name("dL/dx", output, its.pass().input().rows()));
        ElementOfGradient step = ElementOfGradient.of(its, name, values.apply(its));
        List<Line> lines = new ArrayList<>(List.of(step.inShort()));
        if (step.followed().isEmpty()) {
            lines.add(new Words("Its slope is 0, so it is 0 whatever comes after."));
        } else if (!step.saysLargest().isEmpty()) {
            lines.add(new Words(step.saysLargest() + ":"));
            lines.add(step.largest());
        }
        names.add(name.toString());
        steps.add(new Step(
                name + ", from layer " + (k + 1) + ", " + its.pass().layer(), lines, step.explanation(List.of())));
        return step;
    }

    private void loss(Element output) {
        Gradients last = grads.layers().get(grads.layers().size() - 1);
        ElementName name =
                ElementName.of(last, name("dL/df", output, last.incoming().rows()));
        steps.add(grads.loss()
                .map(loss -> {
                    names.add(name.toString());
                    return new Step(
                            name + ", from " + loss.loss(),
                            List.of(ElementOfLoss.inShort(loss, name)),
                            ElementOfLoss.explain(loss, name));
                })
                .orElseGet(() -> new Step(
                        name.toString(),
                        List.of(new Words("It came in with the backward pass, and was not computed here.")))));
    }

    private static String name(String of, Element output, int rows) {
        return of + "[" + (rows == 1 ? "" : ((At) output.row()).number() + ",") + ((At) output.column()).number() + "]";
    }

    /** A step for the loss and for each layer, from the last to the first. */
    static Explanation inGeneral(NetworkGradients grads) {
        List<Step> steps = new ArrayList<>();
        steps.add(grads.loss()
                .map(ElementOfLoss::inShort)
                .orElseGet(() -> new Step("dL/df", List.of(new Words("It came in with the backward pass.")))));
        for (int k = grads.layers().size(); k >= 1; k--) {
            Gradients its = grads.layer(k);
            steps.add(GeneralCase.inShort(its, "Layer " + k + ", " + its.pass().layer()));
        }
        return new Explanation(
                "How the gradients of the network come about, from the loss back to "
                        + grads.pass().input().label("x"),
                OptionalDouble.empty(),
                List.of(new Part("", steps)),
                grads.layer(1).pass().notation(Double::toString));
    }
}
