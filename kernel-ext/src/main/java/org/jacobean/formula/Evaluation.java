package org.jacobean.formula;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
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
import org.jacobean.formula.Expression.Symbol;
import org.jacobean.formula.Expression.Times;
import org.jacobean.formula.Index.At;
import org.jacobean.formula.Index.Running;

/**
 * The value of an expression. A factor [i = j] that is 0 takes all with it, also NaN: that term is not there.
 *
 * <p>Where an exp leaves the range of numbers, as in exp(1000)/(1 + exp(1000)), products and logarithms are worked out by
 * the logarithms of their parts: {@code log Σ exp(a) = max a + log Σ exp(a − max a)}.
 */
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
        } else if (e instanceof Symbol symbol) {
            return values.size(symbol.name());
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
            return isOutOfRange(log.of(), of(log.of())) ? logarithm(log.of()) : Math.log(of(log.of()));
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
        boolean inRange = true;
        for (Expression factor : times.factors()) {
            double value = of(factor);
            product *= value;
            inRange &= !isOutOfRange(factor, value);
        }
        return inRange ? product : byLogarithms(times);
    }

    private double byLogarithms(Times times) {
        double sign = 1;
        for (Expression factor : times.factors()) {
            sign *= sign(factor);
        }
        return sign == 0 ? 0 : sign * Math.exp(logarithm(times));
    }

    /** −1, 0 or 1; of what is 0 only because it is too small for a double, 1. */
    private double sign(Expression e) {
        double value = of(e);
        return value == 0 && isOutOfRange(e, value) ? 1 : Math.signum(value);
    }

    /** Whether it is 0, nearly so, or infinite only because a double does not hold an exp in it with all its digits. */
    private boolean isOutOfRange(Expression e, double value) {
        if (Double.isNaN(value) || Double.isFinite(value) && Math.abs(value) >= Double.MIN_NORMAL) {
            return false;
        } else if (e instanceof Power power) {
            return isOutOfRange(power.base(), of(power.base()));
        } else if (e instanceof Times times) {
            return times.factors().stream().anyMatch(factor -> isOutOfRange(factor, of(factor)));
        } else if (e instanceof Plus || e instanceof Sum) {
            boolean[] any = {false};
            boolean[] all = {true};
            terms(e, term -> {
                double its = of(term);
                boolean out = isOutOfRange(term, its);
                any[0] |= out;
                all[0] &= out || its == 0;
            });
            return any[0] && (value != 0 || all[0]);
        }
        return e instanceof Exp;
    }

    /** log |e|, also where e itself is too large or too small for a double. */
    private double logarithm(Expression e) {
        if (e instanceof Times times) {
            return times.factors().stream().mapToDouble(this::logarithm).sum();
        }
        double value = of(e);
        if (!isOutOfRange(e, value)) {
            return Math.log(Math.abs(value));
        } else if (e instanceof Exp exp) {
            return of(exp.of(), values, letters);
        } else if (e instanceof Power power) {
            return power.exponent() * logarithm(power.base());
        }
        List<Double> logarithms = new ArrayList<>();
        List<Double> signs = new ArrayList<>();
        terms(e, term -> {
            logarithms.add(logarithm(term));
            signs.add(sign(term));
        });
        double largest = Collections.max(logarithms);
        double rest = 0;
        for (int k = 0; k < signs.size(); k++) {
            rest += signs.get(k) * Math.exp(logarithms.get(k) - largest);
        }
        return largest + Math.log(Math.abs(rest));
    }

    /** The terms of a Plus or a Sum, one by one. */
    private void terms(Expression e, Consumer<Expression> eye) {
        if (e instanceof Plus plus) {
            plus.terms().forEach(eye);
        } else {
            each((Sum) e, () -> eye.accept(((Sum) e).term()));
        }
    }

    private double sum(Sum sum) {
        double[] total = {0};
        each(sum, () -> total[0] += of(sum.term()));
        return total[0];
    }

    /** Runs {@code term} for each value of the sum's letter. */
    private void each(Sum sum, Runnable term) {
        Integer outer = letters.get(sum.over());
        int size = values.size(sum.over().size());
        for (int k = 1; k <= size; k++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted: the sum over " + sum.over() + " was given up");
            }
            letters.put(sum.over(), k);
            term.run();
        }
        if (outer == null) {
            letters.remove(sum.over());
        } else {
            letters.put(sum.over(), outer);
        }
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
