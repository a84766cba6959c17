package org.jacobean.formula;

import java.util.HashMap;
import java.util.Map;
import org.jacobean.formula.Expression.Above;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.Exp;
import org.jacobean.formula.Expression.Log;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Max;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Power;
import org.jacobean.formula.Expression.Same;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Times;
import org.jacobean.formula.Index.At;
import org.jacobean.formula.Index.Running;

/** The value of an expression. A factor [i = j] that is 0 takes all with it, also NaN: that term is not there. */
final class Evaluation {

    private final Values values;
    private final Map<Running, Integer> letters;
    private final boolean magnitudes;

    private Evaluation(Values values, Map<Running, Integer> letters, boolean magnitudes) {
        this.values = values;
        this.letters = new HashMap<>(letters);
        this.magnitudes = magnitudes;
    }

    static double of(Expression expression, Values values, Map<Running, Integer> letters) {
        return new Evaluation(values, letters, false).of(expression);
    }

    static double magnitude(Expression expression, Values values, Map<Running, Integer> letters) {
        return new Evaluation(values, letters, true).of(expression);
    }

    private double of(Expression e) {
        return magnitudes && !(e instanceof Plus || e instanceof Times || e instanceof Sum)
                ? Math.abs(of(e, values, letters))
                : worked(e);
    }

    private double worked(Expression e) {
        if (e instanceof Constant constant) {
            return constant.value();
        } else if (e instanceof Element element) {
            return values.of(element.of(), number(element.row()), number(element.column()));
        } else if (e instanceof LossSlope slope) {
            return values.of(
                    "dL/d" + slope.by().of(),
                    number(slope.by().row()),
                    number(slope.by().column()));
        } else if (e instanceof Plus plus) {
            double sum = 0;
            for (Expression term : plus.terms()) {
                sum += of(term);
            }
            return sum;
        } else if (e instanceof Times times) {
            return product(times);
        } else if (e instanceof Power power) {
            return Math.pow(of(power.base()), power.exponent());
        } else if (e instanceof Exp exp) {
            return Math.exp(of(exp.of()));
        } else if (e instanceof Log log) {
            return Math.log(of(log.of()));
        } else if (e instanceof Max max) {
            return Math.max(of(max.first()), of(max.second()));
        } else if (e instanceof Above above) {
            return of(above.a()) > of(above.b()) ? 1 : 0;
        } else if (e instanceof Same same) {
            return number(same.a()) == number(same.b()) ? 1 : 0;
        } else if (e instanceof Sum sum) {
            return sum(sum);
        }
        throw new IllegalArgumentException("a slope that is not worked out has no value: " + e);
    }

    private double product(Times times) {
        for (Expression factor : times.factors()) {
            if (factor instanceof Same && of(factor) == 0) {
                return 0;
            }
        }
        double product = 1;
        for (Expression factor : times.factors()) {
            product *= of(factor);
        }
        return product;
    }

    private double sum(Sum sum) {
        Integer outer = letters.get(sum.over());
        double total = 0;
        int size = values.size(sum.over().size());
        for (int k = 1; k <= size; k++) {
            letters.put(sum.over(), k);
            total += of(sum.term());
        }
        if (outer == null) {
            letters.remove(sum.over());
        } else {
            letters.put(sum.over(), outer);
        }
        return total;
    }

    private int number(Index index) {
        if (index instanceof At at) {
            return at.number();
        }
        Integer number = letters.get((Running) index);
        if (number == null) {
            throw new IllegalArgumentException("the index " + index + " stands for no number here");
        }
        return number;
    }
}
