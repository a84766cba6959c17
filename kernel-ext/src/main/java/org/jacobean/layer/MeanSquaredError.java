package org.jacobean.layer;

import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Index;
import org.jacobean.matrix.Boxes;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;

/** L = Σ (f − y)²/(N·m): the mean over all entries; f and y [N × m]. */
public final class MeanSquaredError implements Loss {

    private static final Index.Running R = Index.running("r", "N");
    private static final Index.Running J = Index.running("j", "m");
    private static final Expression FORMULA = Expression.sum(
            R,
            Expression.sum(
                    J,
                    new Element("f", R, J)
                            .minus(new Element("y", R, J))
                            .power(2)
                            .over(Expression.size(R).times(Expression.size(J)))));

    @Override
    public double value(Matrix f, Matrix y) {
        return f.minus(targets(f, y)).map(d -> d * d).mean();
    }

    /** dL/df = 2·(f − y)/(N·m). */
    @Override
    public Matrix gradient(Matrix f, Matrix y) {
        return f.minus(targets(f, y)).scale(2.0 / (f.rows() * f.columns()));
    }

    /** {@code L = Σ over r and j of (f[r,j] − y[r,j])²/(N·m)}. */
    @Override
    public Expression formula() {
        return FORMULA;
    }

    /** y, which has the shape of f: a row is never repeated to fit. */
    @Override
    public Matrix targets(Matrix f, Matrix y) {
        Operands.require("y", y, "a loss");
        if (y.rows() == f.rows() && y.columns() == f.columns()) {
            return y;
        }
        Operand target = Operand.of(y, "y");
        Operand output = Operand.of(f, "f");
        boolean turned = y.rows() == f.columns() && y.columns() == f.rows();
        boolean broadcast = turned && (y.rows() == 1 || f.rows() == 1);
        String square = Matrix.shape(Math.max(f.rows(), y.rows()), Math.max(f.columns(), y.columns()));
        throw ShapeException.of(
                target + " does not fit " + output,
                Boxes.alike(output, "−", target),
                Fact.of(output),
                Fact.of(target),
                Fact.rule(target + " has an entry for each entry of " + output + ", so it has its shape"
                        + (broadcast
                                ? "; a library that repeats rows and columns to fit would take the mean of " + square
                                        + " differences without a word, and learn nothing"
                                : "")),
                Fact.hint(turned ? target + ".transpose() fits" : "a matrix of " + f.shape()));
    }

    @Override
    public String toString() {
        return "MeanSquaredError";
    }
}
