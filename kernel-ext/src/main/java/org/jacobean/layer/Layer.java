package org.jacobean.layer;

import java.util.Map;
import java.util.Optional;
import org.jacobean.formula.Formula;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/**
 * f = layer(x): a function of a batch of inputs x [N × n] with outputs f [N × m], and its derivatives.
 *
 * <p>What a layer computes from is known by role: {@code x}, its inputs, and its parameters, for a {@link Linear} layer
 * {@code w} and {@code b}.
 */
public interface Layer {

    /** n: how many inputs a row of x has; 0 for a layer that takes rows of any width. */
    int inputs();

    /** m: how many outputs a row of f has; 0 where it depends on x. */
    int outputs();

    /** The layer for rows of {@code n} inputs: itself, or that of this width, where it takes any. */
    default Layer of(int n) {
        return this;
    }

    /** What the layer learns, by role, in the order of its formula. */
    Map<String, Matrix> parameters();

    /** The same layer with the parameter {@code role} replaced by {@code value}, of the same shape. */
    Layer with(String role, Matrix value);

    /** f [N × m] for x [N × n]; row r of f is made of row r of x alone. */
    Matrix output(Matrix x);

    /** Column j of f [N × 1], j counted from 0: alone, in a layer that can do so without the others. */
    default Matrix output(Matrix x, int j) {
        return output(x).column(j);
    }

    /**
     * dL/dx [N × n] and the gradient of each parameter, of that parameter's shape, by role, x first.
     *
     * @param dLdf dL/df [N × m]
     */
    Map<String, Matrix> gradients(Matrix x, Matrix dLdf);

    /**
     * The gradient of x or of one parameter alone, in a layer that can compute each without the others; then {@link
     * Gradients} computes dL/dx only when it is asked for. Else empty: they come together.
     *
     * @param role x, or a parameter's
     */
    default Optional<Matrix> gradient(String role, Matrix x, Matrix dLdf) {
        return Optional.empty();
    }

    /**
     * f[r,j] as an expression of the elements of x and of the parameters, by their roles, where r runs over the N rows, j
     * over the m outputs and i over the n inputs. Derivatives, explanations and the rules of the backward pass follow
     * from it; it says what {@link #output} computes.
     */
    Formula formula();

    /** The layer run on x: f, and all that the way back needs. */
    default Forward forward(Matrix x) {
        Interrupts.check("the forward pass");
        return new Forward(this, x);
    }
}
