package org.jacobean.layer;

import java.util.Map;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Formula;
import org.jacobean.matrix.Matrix;

/**
 * f = 1/(1 + exp(−x)), entry by entry: from 0 over ½ at x = 0 to 1; x and f [N × n].
 */
public final class Sigmoid extends Activation {

    private static final Formula FORMULA = f(Expression.number(1)
            .over(Expression.number(1).plus(Expression.exp(Expression.number(-1).times(X)))));

    /** For x of any width. */
    public Sigmoid() {
        super(0);
    }

    private Sigmoid(int n) {
        super(n);
    }

    @Override
    public Layer of(int n) {
        return inputs() == 0 ? new Sigmoid(n) : this;
    }

    @Override
    public Matrix output(Matrix x) {
        return x.map(Sigmoid::of).named("f");
    }

    /** dL/dx = dL/df∘f∘(1 − f); 1 − f is the sigmoid of −x, which keeps its digits where f is nearly 1. */
    @Override
    public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
        return Map.of("x", dLdf.map(x, (d, a) -> d * (of(a) * of(-a))));
    }

    /** exp(−a) may be ∞: then this is 0, as it should be. */
    private static double of(double a) {
        return 1 / (1 + Math.exp(-a));
    }

    @Override
    public Formula formula() {
        return FORMULA;
    }
}
