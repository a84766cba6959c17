package org.jacobean.layer;

import java.util.Map;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.matrix.Matrix;

/** f = a(x): a layer without parameters, that puts out as many numbers as come in; x and f [N × n]. */
abstract class Activation implements Layer {

    private static final Index.Running R = Index.running("r", "N");
    private static final Index.Running J = Index.running("j", "m");
    static final Index.Running K = Index.running("k", "m");

    /** x[r,j], which stands above f[r,j]. */
    static final Expression X = x(J);

    private final int n;

    /** @param n the width of x; 0 for any */
    Activation(int n) {
        this.n = n;
    }

    /** x[r,index]. */
    static Expression x(Index index) {
        return new Element("x", R, index);
    }

    /** f[r,j] = body. */
    static Formula f(Expression body) {
        return Formula.of(new Element("f", R, J), body);
    }

    @Override
    public int inputs() {
        return n;
    }

    @Override
    public int outputs() {
        return n;
    }

    @Override
    public Map<String, Matrix> parameters() {
        return Map.of();
    }

    @Override
    public Layer with(String role, Matrix value) {
        throw new IllegalArgumentException(getClass().getSimpleName() + " has no parameters, and so no " + role);
    }

    /** {@code Relu 5 → 5}, or {@code Relu} where it takes any width. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + (n == 0 ? "" : " " + n + " → " + n);
    }
}
