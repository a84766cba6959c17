package org.jacobean.formula;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacobean.formula.Expression.Above;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Exp;
import org.jacobean.formula.Expression.Log;
import org.jacobean.formula.Expression.Max;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Power;
import org.jacobean.formula.Expression.Same;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Times;
import org.jacobean.formula.Index.At;
import org.jacobean.formula.Index.Running;

/**
 * The same value, written shorter: constants folded, zeros and ones left off, like terms and like factors put together, and
 * sums of which only one term is left replaced by it, {@code Σ over i of [i = k]·g(i) = g(k)}.
 *
 * <p>As in algebra 0·a is 0 and a·a⁻¹ is 1, whatever a is.
 */
final class Simplification {

    private static final Expression ZERO = Expression.number(0);
    private static final Expression ONE = Expression.number(1);

    private Simplification() {}

    static Expression of(Expression e) {
        Expression inner = e.map(Simplification::of);
        if (inner instanceof Plus plus) {
            return plus(plus);
        } else if (inner instanceof Times times) {
            return times(times);
        } else if (inner instanceof Power power) {
            return power(power);
        } else if (inner instanceof Exp exp) {
            return exp.of() instanceof Constant c ? Expression.number(Math.exp(c.value())) : exp;
        } else if (inner instanceof Log log) {
            return log.of() instanceof Constant c ? Expression.number(Math.log(c.value())) : log;
        } else if (inner instanceof Max max) {
            return max(max);
        } else if (inner instanceof Above above) {
            return above(above);
        } else if (inner instanceof Same same) {
            return same(same);
        } else if (inner instanceof Sum sum) {
            return sum(sum);
        }
        return inner;
    }

    private static Expression plus(Plus plus) {
        Map<Expression, Double> counts = new LinkedHashMap<>();
        for (Expression term : flat(plus)) {
            if (term instanceof Constant c) {
                counts.merge(ONE, c.value(), Double::sum);
            } else {
                double count = coefficient(term);
                counts.merge(count == 1 ? term : without(term), count, Double::sum);
            }
        }
        List<Expression> terms = new ArrayList<>();
        counts.forEach((term, count) -> {
            if (count != 0) {
                terms.add(count == 1 ? term : times(new Times(List.of(Expression.number(count), term))));
            }
        });
        return terms.isEmpty() ? ZERO : terms.size() == 1 ? terms.get(0) : new Plus(List.copyOf(terms));
    }

    private static double coefficient(Expression term) {
        return term instanceof Times times && times.factors().get(0) instanceof Constant c ? c.value() : 1;
    }

    /** A term without the number before it. */
    private static Expression without(Expression term) {
        List<Expression> rest =
                ((Times) term).factors().subList(1, ((Times) term).factors().size());
        return rest.size() == 1 ? rest.get(0) : new Times(List.copyOf(rest));
    }

    private static Expression times(Times times) {
        double coefficient = 1;
        Map<Expression, Double> exponents = new LinkedHashMap<>();
        for (Expression factor : flat(times)) {
            if (factor instanceof Constant c) {
                coefficient *= c.value();
            } else if (factor instanceof Same || factor instanceof Above) {
                exponents.put(factor, 1.0); // they are 0 or 1, so twice is once
            } else if (factor instanceof Power power) {
                exponents.merge(power.base(), power.exponent(), Double::sum);
            } else {
                exponents.merge(factor, 1.0, Double::sum);
            }
        }
        if (coefficient == 0) {
            return ZERO;
        }
        List<Expression> factors = new ArrayList<>();
        if (coefficient != 1) {
            factors.add(Expression.number(coefficient));
        }
        exponents.forEach((base, exponent) -> {
            if (exponent != 0) {
                factors.add(exponent == 1 ? base : new Power(base, exponent));
            }
        });
        return factors.isEmpty() ? ONE : factors.size() == 1 ? factors.get(0) : new Times(List.copyOf(factors));
    }

    private static Expression power(Power power) {
        if (power.exponent() == 1) {
            return power.base();
        } else if (power.exponent() == 0) {
            return ONE;
        } else if (power.base() instanceof Constant c) {
            return Expression.number(Math.pow(c.value(), power.exponent()));
        } else if (power.base() instanceof Power inner && power.exponent() == Math.rint(power.exponent())) {
            return power(new Power(inner.base(), inner.exponent() * power.exponent()));
        }
        return power;
    }

    private static Expression max(Max max) {
        if (max.first() instanceof Constant a && max.second() instanceof Constant b) {
            return Expression.number(Math.max(a.value(), b.value()));
        }
        return max.first().equals(max.second()) ? max.first() : max;
    }

    private static Expression above(Above above) {
        if (above.a() instanceof Constant a && above.b() instanceof Constant b) {
            return Expression.number(a.value() > b.value() ? 1 : 0);
        }
        return above.a().equals(above.b()) ? ZERO : above;
    }

    private static Expression same(Same same) {
        if (same.a().equals(same.b())) {
            return ONE;
        }
        return same.a() instanceof At && same.b() instanceof At ? ZERO : same;
    }

    private static Expression sum(Sum sum) {
        Running over = sum.over();
        if (sum.term().equals(ZERO)) {
            return ZERO;
        }
        if (sum.term() instanceof Plus plus && plus.terms().stream().anyMatch(term -> picks(term, over))) {
            return of(new Plus(plus.terms().stream()
                    .<Expression>map(term -> new Sum(over, term))
                    .toList()));
        }
        List<Expression> factors = sum.term() instanceof Times times ? times.factors() : List.of(sum.term());
        for (Expression factor : factors) {
            if (factor instanceof Same same
                    && (same.a().equals(over) || same.b().equals(over))) {
                Index other = same.a().equals(over) ? same.b() : same.a();
                return of(sum.term().with(over, other));
            }
        }
        for (Expression factor : factors) {
            if (factor instanceof Plus plus && plus.terms().stream().anyMatch(term -> picks(term, over))) {
                List<Expression> rest = new ArrayList<>(factors);
                rest.remove(factor);
                return of(new Sum(
                        over,
                        new Plus(plus.terms().stream()
                                .<Expression>map(term -> new Times(and(rest, term)))
                                .toList())));
            }
        }
        List<Expression> outside = factors.stream()
                .filter(factor -> factor instanceof Same || factor instanceof Constant)
                .toList();
        if (outside.isEmpty() || outside.size() == factors.size()) {
            return sum;
        }
        List<Expression> inside = new ArrayList<>(factors);
        inside.removeAll(outside);
        return of(new Times(and(outside, new Sum(over, new Times(inside)))));
    }

    /** Whether a term is there for one value of the letter only. */
    private static boolean picks(Expression term, Running letter) {
        List<Expression> factors = term instanceof Times times ? times.factors() : List.of(term);
        return factors.stream()
                .anyMatch(f -> f instanceof Same same
                        && (same.a().equals(letter) || same.b().equals(letter)));
    }

    private static List<Expression> and(List<Expression> factors, Expression last) {
        List<Expression> all = new ArrayList<>(factors);
        all.add(last);
        return all;
    }

    private static List<Expression> flat(Plus plus) {
        return plus.terms().stream()
                .flatMap(term -> term instanceof Plus inner ? inner.terms().stream() : List.of(term).stream())
                .toList();
    }

    private static List<Expression> flat(Times times) {
        return times.factors().stream()
                .flatMap(factor -> factor instanceof Times inner ? inner.factors().stream() : List.of(factor).stream())
                .toList();
    }
}
