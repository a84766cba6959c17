package org.jacobean.layer;

import java.util.Map;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Formula;
import org.jacobean.matrix.Matrix;

/**
 * f = tanh(x) = 1 − 2/(exp(2x) + 1), entry by entry: from −1 over 0 at x = 0 to 1; x and f [N × n].
 */
public final class Tanh extends Activation {

    private static final Formula FORMULA = f(Expression.number(1)
            .plus(Expression.number(-2)
                    .over(Expression.exp(Expression.number(2).times(X)).plus(Expression.number(1)))));

    /** For x of any width. */
    public Tanh() {
        super(0);
    }

    private Tanh(int n) {
        super(n);
    }

    @Override
    public Layer of(int n) {
        return inputs() == 0 ? new Tanh(n) : this;
    }

    @Override
    public Matrix output(Matrix x) {
        return x.map(Math::tanh).named("f");
    }

    /** dL/dx = dL/df∘(1 − f²); 1 − tanh² is 1/cosh², which keeps its digits where f is nearly ±1. */
    @Override
    public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
        return Map.of("x", dLdf.map(x, (d, a) -> d * (1 / (Math.cosh(a) * Math.cosh(a)))));
    }

    @Override
    public Formula formula() {
        return FORMULA;
    }
}
