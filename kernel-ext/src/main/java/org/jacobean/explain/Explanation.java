package org.jacobean.explain;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jacobean.formula.Expression;
import org.jacobean.formula.MatrixForm;
import org.jacobean.formula.Notation;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Visible;

/**
 * Why a number is what it is: {@code dL/dx[1] = Σ over j of dL/df[j]·df[j]/dx[1]}, step by step. The steps are derived from
 * the formula that the layer states, on the numbers of the pass.
 *
 * <p>It holds what is to be said, not the matrices. An element costs as many multiplications as its sum has terms.
 */
public final class Explanation {

    private final String title;
    private final OptionalDouble value;
    private final List<Part> parts;
    private final Notation notation;

    Explanation(String title, OptionalDouble value, List<Part> parts, Notation notation) {
        this.title = title;
        this.value = value;
        this.parts = List.copyOf(parts);
        this.notation = notation;
    }

    /**
     * Why an element of a gradient is what it is, or how a whole gradient comes about.
     *
     * @param name {@code dL/dx[1]}, {@code dL/dw[2,1]}, {@code dL/dx[3,1]} for row 3 of a batch; {@code dL/dw}; or {@code
     *     f[2]}
     * @throws IllegalArgumentException saying what there is, when there is no such element
     */
    public static Explanation of(Gradients grads, String name) {
        if (grads != null && name != null && isOutput(grads.pass(), name)) {
            return of(grads.pass(), name);
        }
        ElementName element = ElementName.of(grads, name);
        if (element.role().equals("f")) {
            throw new IllegalArgumentException(element
                    + " came in with the backward pass: it was given, not computed here."
                    + " What the layer computes from it: "
                    + grads.roles().stream().map(grads::label).collect(Collectors.joining(", ")));
        }
        return element.whole() ? GeneralCase.of(grads, element.role()) : ElementOfGradient.explain(grads, element);
    }

    /**
     * Why an output is what it is.
     *
     * @param name {@code f[2]}, {@code f[3,2]} for row 3 of a batch, or {@code f}
     */
    public static Explanation of(Forward pass, String name) {
        ElementName element = ElementName.of(pass, name);
        if (!element.role().equals("f")) {
            throw new IllegalArgumentException(element
                    + " was given, not computed; what the pass computes is "
                    + pass.output().label("f") + ", and a gradient is an element of gradients: dL/d" + element);
        }
        return element.whole() ? GeneralCase.of(pass) : ElementOfOutput.explain(pass, element);
    }

    /** Why L is what it is: what each row of the batch adds. */
    public static Explanation of(LossPass loss) {
        return ElementOfLoss.explain(require(loss));
    }

    /**
     * Why an element of dL/df is what it is, or how all of it comes about.
     *
     * @param name {@code dL/df[2,1]}, {@code dL/df}, or {@code L}
     */
    public static Explanation of(LossPass loss, String name) {
        if (name != null && name.strip().equals("L")) {
            return of(loss);
        }
        ElementName element = ElementName.of(loss, name);
        return element.whole() ? ElementOfLoss.inGeneral(loss) : ElementOfLoss.explain(loss, element);
    }

    /**
     * Why an element of a network's gradient is what it is: the step of its layer in full, and then where the dL/df that
     * comes into that step came from, layer by layer to the loss. Of a sum the largest term is followed.
     *
     * @param name {@code dL/dw1[2,1]}, {@code dL/dl1[2,1]} or {@code dL/df[2,1]}; or all of one, {@code dL/dw1}; or without
     *     dL/d the output of a layer, {@code l1[2,1]}, which is explained by its formula
     */
    public static Explanation of(NetworkGradients grads, String name) {
        require(grads);
        if (name == null || name.isBlank()) {
            return of(grads.layer(1), name);
        }
        String of = variable(name);
        if (of.equals("dL/df") && grads.loss().isPresent()) {
            return of(grads.loss().get(), name);
        }
        if (grads.pass().layers().stream().anyMatch(layer -> isOutput(layer, name))) {
            return of(grads.pass(), name);
        }
        Gradients its = grads.layerOf(of);
        ElementName element = ElementName.of(its, name);
        return element.whole() || element.role().equals("f") ? of(its, name) : ToTheLoss.explain(grads, its, element);
    }

    /** How all gradients of a network come about, from the loss back to x. */
    public static Explanation of(NetworkGradients grads) {
        return ToTheLoss.inGeneral(require(grads));
    }

    /**
     * Why an output of one of the network's layers is what it is.
     *
     * @param name {@code l1[2,1]}; {@code f[2,1]}; or {@code l1}
     */
    public static Explanation of(NetworkPass pass, String name) {
        require(pass, "the pass is null; did the cell that declares it fail?");
        for (Forward layer : pass.layers()) {
            if (name != null && isOutput(layer, name)) {
                return of(layer, name);
            }
        }
        String of = name == null || name.isBlank() ? "x" : variable(name);
        pass.of(of); // says what there is, where there is no such value
        throw new IllegalArgumentException(of + " was given, not computed; what the pass computes is "
                + String.join(
                        ", ",
                        pass.layers().stream()
                                .map(layer -> layer.output().label("f"))
                                .toList()));
    }

    private static boolean isOutput(Forward pass, String name) {
        return variable(name).equals(pass.output().label("f"));
    }

    /** A name without its indices. */
    private static String variable(String name) {
        return name.strip().replaceAll("\\s*/\\s*", "/").replaceFirst("\\s*\\[.*", "");
    }

    /** The gradients of any pass through the layer, element by element and then each as one product. */
    public static Explanation of(Layer layer) {
        return GeneralCase.of(require(layer));
    }

    /** The layer's gradients where its weights are stored the other way round, beside those of here, on these numbers. */
    public static Explanation of(Layer layer, Convention convention) {
        return isOurs(convention) ? of(layer) : OtherConvention.of(require(layer));
    }

    /** All gradients of a pass where its layer's weights are stored as {@code convention} says. */
    public static Explanation of(Gradients grads, Convention convention) {
        return isOurs(convention) ? of(grads) : OtherConvention.of(require(grads));
    }

    /** How all gradients of a pass come about. */
    public static Explanation of(Gradients grads) {
        return GeneralCase.of(require(grads), null);
    }

    private static Layer require(Layer layer) {
        require(layer, "the layer is null; did the cell that declares it fail?");
        if (layer.formula() == null) {
            throw new IllegalArgumentException(
                    "the formula of " + layer + " is null; explanations are derived from it");
        }
        return layer;
    }

    private static Gradients require(Gradients grads) {
        return require(grads, "the gradients are null; did the cell that declares them fail?");
    }

    private static NetworkGradients require(NetworkGradients grads) {
        return require(grads, "the gradients are null; did the cell that declares them fail?");
    }

    private static LossPass require(LossPass loss) {
        return require(loss, "the loss is null; did the cell that declares it fail?");
    }

    private static <T> T require(T given, String message) {
        if (given == null) {
            throw new IllegalArgumentException(message);
        }
        return given;
    }

    private static boolean isOurs(Convention convention) {
        if (convention == null) {
            throw new IllegalArgumentException(
                    "no convention was named; there are IN_OUT, as here, and OUT_IN, as nn.Linear");
        }
        return convention == Convention.IN_OUT;
    }

    /** How weights are stored. */
    public enum Convention {

        /** w [n × m]: a row for each input, as here. */
        IN_OUT,

        /** w [m × n]: a row for each output, as PyTorch's {@code nn.Linear} has it. */
        OUT_IN
    }

    /** What is explained: {@code dL/dx[1]}. */
    public String title() {
        return title;
    }

    /** The value of one element; nothing where more than that is explained. */
    public OptionalDouble value() {
        return value;
    }

    public List<Part> parts() {
        return parts;
    }

    /** How its expressions are written, with numbers as {@code numbers} writes them. */
    public Notation notation(DoubleFunction<String> numbers) {
        return new Notation(notation.names(), notation.vectors(), numbers);
    }

    /** {@code Explanation of dL/dx[1]: 5 steps}. */
    @Override
    public String toString() {
        int steps = parts.stream().mapToInt(part -> part.steps().size()).sum();
        return "Explanation of " + Visible.of(title) + ": " + steps + " steps";
    }

    /** Steps that belong together. */
    public record Part(String title, List<Step> steps) {}

    /**
     * One thought: what it is about, and what is so.
     *
     * @param whole of a layer further on what these lines say in short, and whose notation they have; else null
     */
    public record Step(String title, List<Line> lines, Explanation whole) {

        Step(String title, List<Line> lines) {
            this(title, lines, null);
        }
    }

    /** A line of a step. */
    public sealed interface Line {}

    /** A sentence. */
    public record Words(String text) implements Line {}

    /**
     * {@code a = b = c}.
     *
     * @param rest what is added behind the last side, in words: {@code + 3 constants}; or nothing
     */
    public record Equation(List<Expression> sides, String rest) implements Line {

        static Equation of(Expression... sides) {
            return new Equation(List.of(sides), "");
        }
    }

    /** What is left out between the first and the last, and the sum of it where it is terms. */
    public record Gap(String words, OptionalDouble together) implements Line {

        /** With more of them than these the first and the last few are shown. */
        static final int MOST = 8;

        static final int FIRST = 3;
        static final int LAST = 2;

        /** Whether number k of {@code count}, from 0, is not shown. */
        static boolean leavesOut(long k, long count) {
            return count > MOST && k >= FIRST && k < count - LAST;
        }

        /** What stands for those of {@code count} that are not shown. */
        static Gap of(long count, String what, OptionalDouble together) {
            return new Gap(String.format(Locale.ROOT, "%,d more %s", count - FIRST - LAST, what), together);
        }
    }

    /**
     * {@code dL/dx = dL/df·wᵀ : (N×m)·(m×n) → N×n}.
     *
     * @param shapes in letters and in numbers
     */
    public record Product(String left, MatrixForm right, List<String> shapes) implements Line {}

    /** Things to be compared, a column each. */
    public record Comparison(List<String> heads, List<List<String>> rows) implements Line {}
}
