package org.jacobean.layer;

import java.util.Map;
import org.jacobean.matrix.Matrix;

/**
 * f = layer(x): a function of a batch of inputs x [N × n] with outputs f [N × m], and its derivatives.
 *
 * <p>What a layer computes from is known by role: {@code x}, its inputs, and its parameters, for a {@link Linear} layer
 * {@code w} and {@code b}.
 */
public interface Layer {

    /** n: how many inputs a row of x has. */
    int inputs();

    /** m: how many outputs a row of f has. */
    int outputs();

    /** What the layer learns, by role, in the order of its formula. */
    Map<String, Matrix> parameters();

    /** The same layer with the parameter {@code role} replaced by {@code value}, of the same shape. */
    Layer with(String role, Matrix value);

    /** f [N × m] for x [N × n], named f. */
    Matrix output(Matrix x);

    /**
     * dL/dx [N × n] and the gradient of each parameter, of that parameter's shape, by role, x first.
     *
     * @param dLdf dL/df [N × m]
     */
    Map<String, Matrix> gradients(Matrix x, Matrix dLdf);

    /**
     * df[j]/dv for one output of one row and one element v of {@code role}; every index counts from 0.
     *
     * @param x the row [1 × n]
     */
    double derivative(Matrix x, int j, String role, int row, int column);

    /**
     * How each gradient is computed and of which shapes, by role: {@link #gradients}, to be read, where
     * {@code x} is what the inputs are called.
     */
    Map<String, Rule> rules(String x);

    /** f as a formula, {@code x·w + b}, where {@code x} is what the inputs are called. */
    String formula(String x);

    /** The layer run on x: f, and all that the way back needs. */
    default Forward forward(Matrix x) {
        return new Forward(this, x);
    }

    /**
     * One rule of the backward pass, such as {@code dL/dw = xᵀ·dL/df : (n×N)·(N×m)}.
     *
     * @param formula its right-hand side: {@code xᵀ·dL/df}
     * @param shapes its shapes, in the letters N, n and m: {@code (n×N)·(N×m)}
     */
    record Rule(String formula, String shapes) {}
}
