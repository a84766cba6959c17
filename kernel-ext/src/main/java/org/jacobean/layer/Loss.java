package org.jacobean.layer;

import org.jacobean.formula.Expression;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;

/** L = loss(f, y): how far the outputs f [N × m] are from y, as one number, and how it moves with each of them. */
public interface Loss {

    /**
     * L.
     *
     * @throws ShapeException when y does not fit f
     */
    double value(Matrix f, Matrix y);

    /** dL/df [N × m]. */
    Matrix gradient(Matrix f, Matrix y);

    /** y as {@link #formula} has it, [N × m]: an entry for each of f. */
    Matrix targets(Matrix f, Matrix y);

    /**
     * L as an expression of f[r,j] and y[r,j], r over the N rows, j over the m columns. It says what {@link #value}
     * computes.
     */
    Expression formula();

    /** L of these outputs, and all that the way back needs. */
    default LossPass forward(Matrix f, Matrix y) {
        return LossPass.of(this, null, f, y);
    }
}
