package org.jacobean.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Index.Running;
import org.junit.jupiter.api.Test;

/** Values of expressions whose exp leaves the range of a double, and which do not. */
class EvaluationTest {

    private static final Running K = Index.running("k", "n");
    private static final Expression A = new Element("a", 1, 1);
    private static final Expression ONE = Expression.number(1);
    private static final Expression SUM = Expression.sum(K, Expression.exp(new Element("a", Index.at(1), K)));

    @Test
    void aShareOfASumOfExponentials() {
        // 1/(1 + e + e²)
        Expression share = Expression.exp(A).over(SUM);
        for (double far : new double[] {0, 700, 709, 1000, -744, -1000, -1e5}) {
            // exp(a) by logarithms rounds a times.
            assertEquals(0.0900305731703805, at(share, far, far + 1, far + 2), 1e-11, "at " + far);
        }
        assertEquals(-0.0900305731703805 * 3, at(Expression.number(-3).times(share), 1000, 1001, 1002), 1e-11);
        assertEquals(0, at(share, -1000, 1000, 0));
        assertEquals(1, at(share, 1000, -1000, 0));
        assertEquals(0, at(Expression.number(0).times(share), 1000, 1000, 1000));
    }

    @Test
    void theLogarithmOfASumOfExponentials() {
        // log(1 + e + e²) = 2.40760596444438
        for (double far : new double[] {0, 1000, -1000}) {
            assertEquals(far + 2.40760596444438, at(Expression.log(SUM), far, far + 1, far + 2), 1e-12, "at " + far);
        }
    }

    @Test
    void theSlopeOfASigmoidFarOut() {
        Expression slope = ONE.over(
                        ONE.plus(Expression.exp(Expression.number(-1).times(A))))
                .derivative((Element) A);
        assertEquals(0, at(slope, 1000));
        assertEquals(0, at(slope, -1000));
        // exp(−720) is below the normal numbers, and still known to some digits.
        assertEquals(Math.exp(-720), at(slope, -720), 1e-3 * Math.exp(-720));
    }

    @Test
    void whatIsInfiniteOrZeroByItselfStaysSo() {
        assertEquals(Double.NaN, at(Expression.exp(A).over(SUM), Double.POSITIVE_INFINITY, 0, 0));
        assertEquals(0, at(Expression.exp(A).minus(Expression.exp(A)).times(ONE.plus(ONE)), 3));
        assertEquals(Double.NEGATIVE_INFINITY, at(Expression.log(A), 0));
    }

    private static double at(Expression e, double... a) {
        Values values = new Values() {
            @Override
            public double of(String variable, int row, int column) {
                return a[column - 1];
            }

            @Override
            public int size(String name) {
                return a.length;
            }
        };
        return e.value(values, Map.of());
    }
}
