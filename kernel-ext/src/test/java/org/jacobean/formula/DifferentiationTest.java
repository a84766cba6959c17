package org.jacobean.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.Max;
import org.jacobean.formula.Index.Running;
import org.junit.jupiter.api.Test;

/** Differentiation and simplification on random expressions, against central differences of their values. */
class DifferentiationTest {

    private static final int EXPRESSIONS = 2000;
    private static final int SIZE = 3;
    private static final Running I = Index.running("i", "n");
    private static final Running J = Index.running("j", "n");

    /**
     * A central difference errs by h²·f‴/6, at h = 6e-6 some 6e-12 of f‴, and by ε·|f|/h, some 4e-11 of f; the expressions'
     * values stay below some 1e3 and their curvature below some 1e4 of their slope.
     */
    private static final double TOLERANCE = 1e-6;

    private static final double STEP = Math.cbrt(Math.ulp(1.0));

    @Test
    void theDerivativeIsTheSlopeThatIsMeasured() {
        Random random = new Random(1);
        int compared = 0;
        int flat = 0;
        while (compared < EXPRESSIONS) {
            Expression f = expression(random, 4, List.of());
            double[][] a = numbers(random);
            Element v = new Element("a", 1 + random.nextInt(SIZE), 1 + random.nextInt(SIZE));
            if (nearAKink(f, a) || !f.mayHold(v)) {
                continue;
            }
            double derivative = f.derivative(v).value(values(a), Map.of());
            double measured = measured(f, a, v);
            double scale = Math.max(1, Math.max(Math.abs(derivative), Math.abs(f.value(values(a), Map.of()))));
            assertEquals(measured, derivative, TOLERANCE * scale, () -> f + " by " + v);
            compared++;
            flat += derivative == 0 ? 1 : 0;
        }
        System.out.println("differentiated: " + compared + " random expressions, " + flat + " of them flat");
        assertTrue(flat < compared / 4, flat + " flat");
    }

    @Test
    void simplifyingKeepsTheValue() {
        Random random = new Random(2);
        for (int k = 0; k < EXPRESSIONS; k++) {
            Expression f = expression(random, 4, List.of());
            double[][] a = numbers(random);
            double value = f.value(values(a), Map.of());
            // Only the order of additions changes: ε a term, and there are some hundreds.
            assertEquals(
                    value,
                    f.simplified().value(values(a), Map.of()),
                    1e-12 * Math.max(1, Math.abs(value)),
                    f::toString);
        }
    }

    @Test
    void aMaxHasTheSlopeOfItsFirstWhereBothAreEqual() {
        Element a = new Element("a", 1, 1);
        Expression relu = Expression.max(Expression.number(0), a);
        Expression turned = Expression.max(a, Expression.number(0));
        assertEquals(0, relu.derivative(a).value(values(new double[][] {{0}}), Map.of()));
        assertEquals(1, turned.derivative(a).value(values(new double[][] {{0}}), Map.of()));
    }

    /** Sums, products, powers, exp, log and max of elements of a, whose numbers are between 0.5 and 1.5. */
    private static Expression expression(Random random, int depth, List<Running> letters) {
        if (depth == 0 || random.nextInt(8) == 0) {
            return random.nextInt(4) == 0
                    ? Expression.number(random.nextInt(5) - 2)
                    : new Element("a", index(random, letters), index(random, letters));
        }
        Expression one = expression(random, depth - 1, letters);
        switch (random.nextInt(9)) {
            case 0, 1:
                return one.plus(expression(random, depth - 1, letters));
            case 2, 3:
                return one.times(expression(random, depth - 1, letters));
            case 4:
                return one.power(2);
            case 5:
                // exp and log of what is bounded: 0.1·b² + 1 over itself plus 1 stays small and positive.
                return Expression.exp(tamed(one));
            case 6:
                return Expression.log(tamed(one).plus(Expression.number(1)));
            case 7:
                return Expression.max(one, expression(random, depth - 1, letters));
            default:
                Running letter = letters.contains(I) ? J : I;
                List<Running> more = new ArrayList<>(letters);
                more.add(letter);
                return Expression.sum(letter, expression(random, depth - 1, more));
        }
    }

    /** b²/(b² + 1), between 0 and 1. */
    private static Expression tamed(Expression b) {
        return b.power(2).over(b.power(2).plus(Expression.number(1)));
    }

    private static Index index(Random random, List<Running> letters) {
        return letters.isEmpty() || random.nextBoolean()
                ? Index.at(1 + random.nextInt(SIZE))
                : letters.get(random.nextInt(letters.size()));
    }

    private static double[][] numbers(Random random) {
        double[][] a = new double[SIZE][SIZE];
        for (double[] row : a) {
            for (int j = 0; j < SIZE; j++) {
                row[j] = 0.5 + random.nextDouble();
            }
        }
        return a;
    }

    private static double measured(Expression f, double[][] a, Element v) {
        int i = ((Index.At) v.row()).number() - 1;
        int j = ((Index.At) v.column()).number() - 1;
        double value = a[i][j];
        a[i][j] = value + STEP;
        double above = f.value(values(a), Map.of());
        a[i][j] = value - STEP;
        double below = f.value(values(a), Map.of());
        a[i][j] = value;
        return (above - below) / (2 * STEP);
    }

    /** Whether the difference would reach across the kink of a max; asked by moving all numbers a little. */
    private static boolean nearAKink(Expression f, double[][] a) {
        boolean[] near = {false};
        f.visit(part -> {
            if (part instanceof Max max && max.letters().isEmpty()) {
                double apart =
                        max.first().value(values(a), Map.of()) - max.second().value(values(a), Map.of());
                near[0] |= Math.abs(apart) < 1e-2 && !max.first().equals(max.second());
            } else if (part instanceof Max max) {
                near[0] |= true;
            }
        });
        return near[0];
    }

    private static Values values(double[][] a) {
        return new Values() {
            @Override
            public double of(String variable, int row, int column) {
                return a[row - 1][column - 1];
            }

            @Override
            public int size(String name) {
                return SIZE;
            }
        };
    }
}
