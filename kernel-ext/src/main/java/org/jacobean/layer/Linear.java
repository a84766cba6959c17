package org.jacobean.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.matrix.Boxes;
import org.jacobean.matrix.Fitting;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;

/**
 * f = x·w + b: a fully connected layer; x [N × n], w [n × m], b [1 × m], f [N × m].
 *
 * <p>Element by element {@code f[j] = Σ over i of w[i,j]·x[i] + b[j]}: column j of w holds the weights of neuron j.
 */
public final class Linear implements Layer {

    private static final Index.Running R = Index.running("r", "N");
    private static final Index.Running I = Index.running("i", "n");
    private static final Index.Running J = Index.running("j", "m");
    private static final Element F = new Element("f", R, J);
    private static final Expression SUM = Expression.sum(I, new Element("w", I, J).times(new Element("x", R, I)));
    private static final Formula PRODUCTS = Formula.of(F, SUM);
    private static final Formula PRODUCTS_AND_BIAS = Formula.of(F, SUM.plus(new Element("b", Index.at(1), J)));

    private final Matrix w;
    private final Matrix b;
    private final Map<String, Matrix> parameters;

    /** f = x·w, without biases. */
    public Linear(Matrix w) {
        this.w = Operands.require("w", w, "a linear layer");
        this.b = null;
        this.parameters = Map.of("w", w);
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
        Map<String, Matrix> both = new LinkedHashMap<>();
        both.put("w", w);
        both.put("b", b);
        this.parameters = Collections.unmodifiableMap(both);
    }

    /**
     * w [n × m] from the normal distribution with standard deviation √(2/n), b [1 × m] all 0: for a layer before a {@link
     * Relu}, so that its outputs vary as much as its inputs. After He, also called Kaiming (K. He, X. Zhang, S. Ren and J.
     * Sun, Delving Deep into Rectifiers, 2015, section 2.2).
     */
    public static Linear he(int n, int m, long seed) {
        return new Linear(Matrix.normal(n, m, seed).scale(Math.sqrt(2.0 / n)), Matrix.zeros(1, m));
    }

    /**
     * w [n × m] drawn evenly from −√(6/(n + m)) to √(6/(n + m)), b [1 × m] all 0: for a layer before a {@link Tanh}, a
     * compromise between outputs and gradients that keep their size. After Glorot, also called Xavier (X. Glorot and Y.
     * Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010, equation 16).
     */
    public static Linear glorot(int n, int m, long seed) {
        double a = Math.sqrt(6 / ((double) n + m));
        return new Linear(Matrix.uniform(n, m, seed).map(u -> (2 * u - 1) * a), Matrix.zeros(1, m));
    }

    private static ShapeException unfit(Matrix w, Matrix b) {
        Operand weights = Operand.of(w, "w");
        Operand biases = Operand.of(b, "b");
        return ShapeException.of(
                biases + " does not fit " + weights,
                Boxes.rowFor(weights, "", biases),
                Fact.of(weights),
                Fact.of(biases),
                Fact.rule(biases + " must be " + Matrix.shape(1, w.columns())
                        + ": one bias for each neuron, that is for each column of " + weights),
                b.columns() == 1 && b.rows() == w.columns()
                        ? Fitting.column(biases)
                        : Fact.hint("a vector of " + w.columns() + ", such as Matrix.zeros(1, " + w.columns() + ")"));
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
        return (b == null ? x.times(w) : x.timesPlusRow(w, b)).named("f");
    }

    @Override
    public Matrix output(Matrix x, int j) {
        return b == null ? x.times(w.column(j)) : x.timesPlusRow(w.column(j), b.column(j));
    }

    @Override
    public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
        Map<String, Matrix> gradients = new LinkedHashMap<>();
        gradients.put("x", gradientOf("x", x, dLdf));
        parameters.keySet().forEach(role -> gradients.put(role, gradientOf(role, x, dLdf)));
        return gradients;
    }

    @Override
    public Optional<Matrix> gradient(String role, Matrix x, Matrix dLdf) {
        return Optional.of(gradientOf(role, x, dLdf));
    }

    private Matrix gradientOf(String role, Matrix x, Matrix dLdf) {
        return switch (role) {
            case "x" -> dLdf.times(w.transpose());
            case "w" -> x.transpose().times(dLdf);
            case "b" -> dLdf.columnSums();
            default -> throw new IllegalArgumentException("a linear layer has no " + role);
        };
    }

    /** {@code f[r,j] = Σ over i of w[i,j]·x[r,i] + b[j]}. */
    @Override
    public Formula formula() {
        return b == null ? PRODUCTS : PRODUCTS_AND_BIAS;
    }

    @Override
    public Map<String, Matrix> parameters() {
        return parameters;
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
