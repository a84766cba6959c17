package org.jacobean.layer;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Formula;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/**
 * f[r,j] = exp(x[r,j])/Σₖ exp(x[r,k]): each row made positive, with the sum 1; x and f [N × n].
 *
 * <p>What is the same in all of a row falls out, so its largest is taken away first: no exp is above 1 (Goodfellow, Bengio
 * and Courville, Deep Learning, 2016, section 4.1).
 */
public final class Softmax extends Activation {

    private static final Formula FORMULA = f(Expression.exp(X).over(Expression.sum(K, Expression.exp(x(K)))));

    /** For x of any width. */
    public Softmax() {
        super(0);
    }

    private Softmax(int n) {
        super(n);
    }

    @Override
    public Layer of(int n) {
        return inputs() == 0 ? new Softmax(n) : this;
    }

    @Override
    public Matrix output(Matrix x) {
        double[][] f = x.toArray();
        for (double[] row : f) {
            Interrupts.check("a softmax");
            double largest = DoubleStream.of(row).max().orElseThrow();
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                row[j] = Math.exp(row[j] - largest);
                sum += row[j];
            }
            for (int j = 0; j < row.length; j++) {
                row[j] /= sum;
            }
        }
        return Matrix.of(f).named("f");
    }

    /** dL/dx[r,i] = f[r,i]·(dL/df[r,i] − Σⱼ dL/df[r,j]·f[r,j]). */
    @Override
    public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
        double[][] f = output(x).toArray();
        double[][] dLdx = dLdf.toArray();
        for (int r = 0; r < f.length; r++) {
            Interrupts.check("the gradient of a softmax");
            double sum = 0;
            for (int j = 0; j < f[r].length; j++) {
                sum += dLdx[r][j] * f[r][j];
            }
            for (int i = 0; i < f[r].length; i++) {
                dLdx[r][i] = f[r][i] * (dLdx[r][i] - sum);
            }
        }
        return Map.of("x", Matrix.of(dLdx));
    }

    @Override
    public Formula formula() {
        return FORMULA;
    }
}
