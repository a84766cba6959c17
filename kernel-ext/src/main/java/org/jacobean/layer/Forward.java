package org.jacobean.layer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import org.jacobean.formula.Notation;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Boxes;
import org.jacobean.matrix.Fitting;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;
import org.jacobean.matrix.Visible;

/** f = layer(x): one pass forward, with what the way back needs: the layer, x [N × n] and f [N × m]. */
public final class Forward {

    private final Layer layer;
    private final Matrix x;
    private final Matrix f;

    Forward(Layer layer, Matrix x) {
        this(layer, x, "f");
    }

    /** @param name what f is called, where it is the output of a layer within a network */
    Forward(Layer any, Matrix x, String name) {
        Operands.require("x", x, "a forward pass");
        Layer layer = any.of(x.columns());
        if (x.columns() != layer.inputs()) {
            throw unfit(layer, x);
        }
        Contract.requireParameters(layer);
        this.layer = layer;
        this.x = isCalledAsAParameter(layer, x) ? x.named(null) : notCalledF(x);
        this.f = Contract.requireOutput(layer, x, layer.output(x)).named(name);
        Contract.requireFormula(this);
    }

    public Layer layer() {
        return layer;
    }

    /** x [N × n]. */
    public Matrix input() {
        return x;
    }

    /** f [N × m]. */
    public Matrix output() {
        return f;
    }

    /** x and the layer's parameters, by role. */
    public Map<String, Matrix> operands() {
        Map<String, Matrix> operands = new LinkedHashMap<>();
        operands.put("x", x);
        layer.parameters().forEach((role, parameter) -> operands.put(role, notCalledF(parameter)));
        return operands;
    }

    /** An input called w would stand for the weights too; it is x then. */
    private static boolean isCalledAsAParameter(Layer layer, Matrix x) {
        String name = x.name().orElse(null);
        if (name != null) {
            for (Map.Entry<String, Matrix> parameter : layer.parameters().entrySet()) {
                if (name.equals(parameter.getKey())
                        || name.equals(parameter.getValue().name().orElse(null))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The output of the layer before is called f, which here is the name of another thing. */
    private static Matrix notCalledF(Matrix operand) {
        return operand.name().equals(Optional.of("f")) ? operand.named(null) : operand;
    }

    /**
     * One operand by its role, {@code x}, {@code w} or {@code b}, or by the name of its variable; {@code f} is the output.
     */
    public Matrix of(String name) {
        String role = role(name);
        return role.equals("f") ? f : operands().get(role);
    }

    /**
     * The role that {@code name} means: x, a parameter's, or f.
     *
     * @throws IllegalArgumentException naming what there is, when there is no such operand
     */
    public String role(String name) {
        return name.equals("f") || name.equals(f.label("f"))
                ? "f"
                : Operands.role(name, operands(), "this pass's operands");
    }

    /** What the variables of the layer's formula hold, by role, and f. */
    public Values values() {
        return Operands.values(this, null);
    }

    /** How expressions of this pass are written: by its operands' names, those of one row with one index. */
    public Notation notation(DoubleFunction<String> numbers) {
        Map<String, Matrix> all = operands();
        all.put("f", f);
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> vectors = new HashSet<>();
        all.forEach((role, operand) -> {
            names.put(role, operand.label(role));
            if (operand.rows() == 1) {
                vectors.add(role);
            }
        });
        return new Notation(names, vectors, numbers);
    }

    /** L of this pass's outputs, where what follows the layer is a loss. */
    public LossPass loss(Loss loss, Matrix y) {
        return LossPass.of(loss, layer, f, y);
    }

    /** The gradients of L = loss(f, y), by the chain rule. */
    public Gradients backward(Loss loss, Matrix y) {
        return backward(loss(loss, y));
    }

    /**
     * The gradients of a loss that was taken of this pass.
     *
     * @throws IllegalArgumentException when it was taken of another
     */
    public Gradients backward(LossPass loss) {
        return backward(LossPass.require(loss, f).gradient());
    }

    /**
     * The gradients of L with respect to x and each parameter, by the chain rule.
     *
     * @param dLdf dL/df [N × m], the gradient that comes in from what follows the layer
     * @throws ShapeException when dL/df has not the shape of f
     */
    public Gradients backward(Matrix dLdf) {
        Interrupts.check("the backward pass");
        Operands.require("dL/df", dLdf, "a backward pass");
        if (dLdf.rows() != f.rows() || dLdf.columns() != f.columns()) {
            boolean turned = dLdf.rows() == f.columns() && dLdf.columns() == f.rows();
            Operand incoming = Operand.of(dLdf, "dL/df");
            Operand output = Operand.of(f, "f");
            throw ShapeException.of(
                    incoming + " does not fit f",
                    Boxes.alike(incoming, "", output),
                    Fact.of(incoming),
                    Fact.of(output),
                    Fact.rule("dL/df has an entry for each entry of f, so it has the shape of f"),
                    Fact.hint(
                            turned
                                    ? (dLdf.name().isPresent()
                                            ? incoming + ".transpose()"
                                            : "the same numbers, transposed")
                                    : "a matrix of " + f.shape() + ", such as Matrix.ones(" + f.rows() + ", "
                                            + f.columns() + ")"));
        }
        return new Gradients(this, dLdf);
    }

    /** {@code Forward of Linear 3 → 2: f = 1 × 2 [-0.79 1.18]}. */
    @Override
    public String toString() {
        return "Forward of " + Visible.of("" + layer) + ": " + f.label("f") + " = " + f;
    }

    private static ShapeException unfit(Layer layer, Matrix x) {
        Operand inputs = Operand.of(x, "x");
        Matrix w = layer.parameters().get("w");
        Operand weights = w == null ? null : Operand.of(w, "w");
        boolean turned = x.rows() == layer.inputs();
        return ShapeException.of(
                inputs + " does not fit the layer",
                w == null ? "" : Boxes.product(inputs, weights),
                new Fact(inputs.name().equals("x") ? "x" : inputs + ", as x", inputs.shape()),
                w == null ? new Fact("layer", layer.toString()) : Fact.of(weights),
                Fact.rule("a row of x (" + x.columns() + ") must have an entry for each input of the layer ("
                        + layer.inputs() + ")"),
                w == null || turned ? new Fact("fits", "") : Fitting.products(inputs, weights),
                Fact.hint(
                        turned
                                ? inputs + ".transpose() fits, if each column of " + inputs + " is an example"
                                : "rows of " + layer.inputs() + (layer.inputs() == 1 ? " entry" : " entries")
                                        + ", or a layer with " + Operands.counted(x.columns(), "input")));
    }
}
