package org.jacobean.layer;

import java.util.stream.DoubleStream;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Index;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;

/**
 * L = Σᵣ (log Σₖ exp(f[r,k]) − f[r,y[r]])/N: minus the logarithm of the probability that a softmax of row r gives to its
 * class y[r], the mean over the batch. f [N × m] has a column for each class; y has a number from 0 to m − 1 for each row of
 * f.
 *
 * <p>The largest of a row is taken out of its sum first, so that no exp overflows (Goodfellow, Bengio and Courville, Deep
 * Learning, 2016, section 4.1).
 */
public final class CrossEntropy implements Loss {

    private static final Index.Running R = Index.running("r", "N");
    private static final Index.Running J = Index.running("j", "m");
    private static final Index.Running K = Index.running("k", "m");
    private static final Element F = new Element("f", R, J);
    private static final Expression FORMULA = Expression.sum(
            R,
            Expression.log(Expression.sum(K, Expression.exp(new Element("f", R, K))))
                    .minus(Expression.sum(J, new Element("y", R, J).times(F)))
                    .over(Expression.size(R)));

    @Override
    public double value(Matrix f, Matrix y) {
        int[] labels = labels(f, y);
        double sum = 0;
        for (int r = 0; r < labels.length; r++) {
            Interrupts.check("a cross-entropy");
            Matrix row = f.row(r);
            double largest = row.stream().max().orElseThrow();
            double rest = row.stream().map(a -> Math.exp(a - largest)).sum();
            sum += Math.log(rest) + (largest - row.get(0, labels[r]));
        }
        return sum / labels.length;
    }

    /** dL/df = (softmax(f) − y)/N, where row r of y has a 1 in the column of its class, else 0. */
    @Override
    public Matrix gradient(Matrix f, Matrix y) {
        return new Softmax().output(f).minus(targets(f, y)).scale(1.0 / f.rows());
    }

    /** {@code L = Σ over r of (log Σₖ exp(f[r,k]) − Σⱼ y[r,j]·f[r,j])/N}, y[r,j] 1 in the column of the class, else 0. */
    @Override
    public Expression formula() {
        return FORMULA;
    }

    /** For each row a 1 in the column of its class, else 0. */
    @Override
    public Matrix targets(Matrix f, Matrix y) {
        int[] labels = labels(f, y);
        double[][] targets = new double[f.rows()][];
        for (int r = 0; r < labels.length; r++) {
            Interrupts.check("the targets of a cross-entropy");
            targets[r] = new double[f.columns()];
            targets[r][labels[r]] = 1;
        }
        return Matrix.of(targets);
    }

    /**
     * y as numbers: the class of each row of f.
     *
     * @param y [N × 1] or [1 × N], whole numbers from 0 to m − 1
     * @throws ShapeException when y has not a label for each row of f
     * @throws IllegalArgumentException naming a label that is not the number of a column
     */
    public static int[] labels(Matrix f, Matrix y) {
        Operands.require("y", y, "a loss");
        if (Math.min(y.rows(), y.columns()) != 1 || Math.max(y.rows(), y.columns()) != f.rows()) {
            throw unfit(f, y);
        }
        double[] labels = y.stream().toArray();
        for (int r = 0; r < labels.length; r++) {
            if (!(labels[r] >= 0 && labels[r] < f.columns() && labels[r] == Math.rint(labels[r]))) {
                throw new IllegalArgumentException(
                        Operands.element(y.label("y"), y, r / y.columns(), r % y.columns()) + " is "
                                + Operands.number(labels[r]) + ": a label is the number of a column of " + f.label("f")
                                + ", a whole number from 0 to " + (f.columns() - 1) + ", since " + f.label("f") + " is "
                                + f.shape());
            }
        }
        return DoubleStream.of(labels).mapToInt(label -> (int) label).toArray();
    }

    private static ShapeException unfit(Matrix f, Matrix y) {
        Operand labels = Operand.of(y, "y");
        Operand output = Operand.of(f, "f");
        boolean ofClasses = y.rows() == f.rows() && y.columns() == f.columns();
        return ShapeException.of(
                labels + " does not fit " + output,
                "",
                Fact.of(output),
                Fact.of(labels),
                Fact.rule(labels + " has one label for each row of " + output + ", so it is "
                        + Matrix.shape(f.rows(), 1)
                        + (f.rows() == 1 ? "" : " or " + Matrix.shape(1, f.rows()))),
                Fact.hint(
                        ofClasses
                                ? "labels are numbers of columns, from 0 to " + (f.columns() - 1)
                                        + ", not rows of 0 and 1"
                                : f.rows() + " labels"));
    }

    @Override
    public String toString() {
        return "CrossEntropy";
    }
}
