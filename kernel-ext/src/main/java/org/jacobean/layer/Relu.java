package org.jacobean.layer;

import java.util.Map;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Formula;
import org.jacobean.matrix.Matrix;

/**
 * f = max(0, x), entry by entry: what is negative becomes 0; x and f [N × n].
 *
 * <p>Its slope is 1 above 0 and 0 below; at exactly 0, where it has none, it is taken to be 0, as PyTorch does.
 */
public final class Relu extends Activation {

    private static final Formula FORMULA = f(Expression.max(Expression.number(0), X));

    /** For x of any width. */
    public Relu() {
        super(0);
    }

    private Relu(int n) {
        super(n);
    }

    @Override
    public Layer of(int n) {
        return inputs() == 0 ? new Relu(n) : this;
    }

    @Override
    public Matrix output(Matrix x) {
        return x.map(a -> Math.max(0, a)).named("f");
    }

    /** dL/dx = dL/df∘[x > 0]. */
    @Override
    public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
        return Map.of("x", dLdf.map(x, (d, a) -> d * (a > 0 ? 1 : 0)));
    }

    @Override
    public Formula formula() {
        return FORMULA;
    }
}
