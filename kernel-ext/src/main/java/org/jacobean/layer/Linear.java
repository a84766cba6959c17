package org.jacobean.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;

/**
 * f = x·w + b: a fully connected layer; x [N × n], w [n × m], b [1 × m], f [N × m].
 *
 * <p>Element by element {@code f[j] = Σ over i of w[i,j]·x[i] + b[j]}: column j of w holds the weights of neuron j.
 */
public final class Linear implements Layer {

    private final Matrix w;
    private final Matrix b;

    /** f = x·w, without biases. */
    public Linear(Matrix w) {
        this.w = Operands.require("w", w, "a linear layer");
        this.b = null;
    }

    /**
     * f = x·w + b.
     *
     * @throws ShapeException when b is not 1 × m
     */
    public Linear(Matrix w, Matrix b) {
        this.w = Operands.require("w", w, "a linear layer");
        this.b = Operands.require("b", b, "a linear layer");
        if (b.rows() != 1 || b.columns() != w.columns()) {
            throw unfit(w, b);
        }
    }

    private static ShapeException unfit(Matrix w, Matrix b) {
        String name = b.label("b");
        String hint = b.columns() == 1 && b.rows() == w.columns()
                ? name + " is a column; a vector is one row: " + name + ".transpose()"
                : "a vector of " + w.columns() + ", such as Matrix.zeros(1, " + w.columns() + ")";
        return ShapeException.of(
                name + " does not fit " + w.label("w"),
                Fact.of(w.label("w"), w),
                Fact.of(name, b),
                Fact.rule(name + " must be 1 × " + w.columns() + ": one bias for each neuron, and " + w.label("w")
                        + " has a column for each of them"),
                Fact.hint(hint));
    }

    /** The weights [n × m]. */
    public Matrix w() {
        return w;
    }

    /** The biases [1 × m], unless the layer has none. */
    public Optional<Matrix> b() {
        return Optional.ofNullable(b);
    }

    @Override
    public int inputs() {
        return w.rows();
    }

    @Override
    public int outputs() {
        return w.columns();
    }

    @Override
    public Matrix output(Matrix x) {
        Matrix products = x.times(w);
        return (b == null ? products : products.plusRow(b)).named("f");
    }

    @Override
    public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
        Map<String, Matrix> gradients = new LinkedHashMap<>();
        gradients.put("x", dLdf.times(w.transpose()));
        gradients.put("w", x.transpose().times(dLdf));
        if (b != null) {
            gradients.put("b", dLdf.columnSums());
        }
        return gradients;
    }

    @Override
    public Map<String, Rule> rules(String x) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("x", new Rule("dL/df·" + w.label("w") + "ᵀ", "(N×m)·(m×n)"));
        rules.put("w", new Rule(x + "ᵀ·dL/df", "(n×N)·(N×m)"));
        if (b != null) {
            rules.put("b", new Rule("column sums of dL/df", "(N×m) → (1×m)"));
        }
        return rules;
    }

    @Override
    public String formula(String x) {
        return x + "·" + w.label("w") + (b == null ? "" : " + " + b.label("b"));
    }

    /** df[j]/dx[i] = w[i,j]; df[j]/dw[i,j] = x[i]; df[j]/db[j] = 1; the weights and biases of other neurons: 0. */
    @Override
    public double derivative(Matrix x, int j, String role, int row, int column) {
        return switch (role) {
            case "x" -> w.get(column, j);
            case "w" -> column == j ? x.get(0, row) : 0;
            case "b" -> column == j ? 1 : 0;
            default -> throw new IllegalArgumentException("a linear layer has no " + role);
        };
    }

    @Override
    public Map<String, Matrix> parameters() {
        Map<String, Matrix> parameters = new LinkedHashMap<>();
        parameters.put("w", w);
        if (b != null) {
            parameters.put("b", b);
        }
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Linear with(String role, Matrix value) {
        return switch (role) {
            case "w" -> b == null ? new Linear(value) : new Linear(value, b);
            case "b" -> new Linear(w, value);
            default -> throw new IllegalArgumentException("a linear layer has no " + role);
        };
    }

    /** {@code Linear 3 → 2}: inputs and neurons. */
    @Override
    public String toString() {
        return "Linear " + inputs() + " → " + outputs() + (b == null ? " without b" : "");
    }
}
