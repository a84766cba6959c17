package org.jacobean.formula;

import java.util.ArrayList;
import java.util.List;
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
import org.jacobean.formula.Expression.Slope;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Symbol;
import org.jacobean.formula.Expression.Times;

/** The rules of differentiation; what they leave behind is for {@link Simplification}. */
final class Differentiation {

    private Differentiation() {}

    static Expression of(Expression f, Element v) {
        if (f instanceof Constant
                || f instanceof Symbol
                || f instanceof LossSlope
                || f instanceof Same
                || f instanceof Above) {
            return Expression.number(0); // an Above is flat wherever it has a slope at all
        } else if (f instanceof Element element) {
            return element.of().equals(v.of())
                    ? new Same(element.row(), v.row()).times(new Same(element.column(), v.column()))
                    : Expression.number(0);
        } else if (f instanceof Plus plus) {
            return new Plus(plus.terms().stream().map(term -> of(term, v)).toList());
        } else if (f instanceof Times times) {
            List<Expression> terms = new ArrayList<>();
            for (int k = 0; k < times.factors().size(); k++) {
                List<Expression> factors = new ArrayList<>(times.factors());
                factors.set(k, of(factors.get(k), v));
                terms.add(new Times(factors));
            }
            return new Plus(terms);
        } else if (f instanceof Power power) {
            return new Times(List.of(
                    Expression.number(power.exponent()),
                    power.base().power(power.exponent() - 1),
                    of(power.base(), v)));
        } else if (f instanceof Exp exp) {
            return exp.times(of(exp.of(), v));
        } else if (f instanceof Log log) {
            return of(log.of(), v).over(log.of());
        } else if (f instanceof Max max) {
            Expression second = new Above(max.second(), max.first());
            return second.times(of(max.second(), v))
                    .plus(Expression.number(1).minus(second).times(of(max.first(), v)));
        } else if (f instanceof Sum sum) {
            Sum apart = sum.apartFrom(v);
            return new Sum(apart.over(), of(apart.term(), v));
        }
        throw new IllegalArgumentException("a slope that is not worked out cannot be differentiated: " + (Slope) f);
    }
}
