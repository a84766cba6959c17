package org.jacobean.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Same;
import org.jacobean.formula.Expression.Times;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.formula.Index.At;
import org.jacobean.formula.Index.Running;
import org.jacobean.formula.Values;

/**
 * The outputs f[r,j] that depend on an element v: those for which df[r,j]/dv is not 0 by its form. For w[2,1] they are
 * column 1 of f, since its slope holds the factor [j = 1].
 *
 * @param row the only row, or the letter that runs over all
 * @param column likewise
 * @param slope df[r,j]/dv for these
 * @param letters those that run, outermost first
 */
record Touched(Formula formula, Element v, Index row, Index column, Expression slope, List<Running> letters) {

    /** For one element, with numbers for indices. */
    static Touched by(Element v, Formula formula) {
        Expression slope = formula.derivative(v);
        Index row = formula.row();
        Index column = formula.column();
        for (Same same : conditions(slope)) {
            row = pinned(row, same);
            column = pinned(column, same);
        }
        List<Running> letters = new ArrayList<>();
        if (row.equals(formula.row())) {
            letters.add(formula.row());
        }
        if (column.equals(formula.column())) {
            letters.add(formula.column());
        }
        Expression there =
                slope.with(formula.row(), row).with(formula.column(), column).simplified();
        return new Touched(formula, v, row, column, there, letters);
    }

    /** For any element, such as w[i,j]: its letters are not those that run. */
    static Touched inGeneral(Element v, Formula formula) {
        Touched apart = by(v.apart(), formula);
        Expression slope = apart.slope;
        Expression output = apart.output();
        for (Running letter : v.letters()) {
            slope = slope.with((Running) letter.apart(), letter);
            output = output.with((Running) letter.apart(), letter);
        }
        Element there = (Element) output;
        return new Touched(formula, v, there.row(), there.column(), slope, apart.letters);
    }

    /** The factors [a = b] without which the slope is 0. */
    private static Set<Same> conditions(Expression slope) {
        if (slope instanceof Same same) {
            return Set.of(same);
        }
        Set<Same> conditions = new LinkedHashSet<>();
        if (slope instanceof Times times) {
            times.factors().forEach(factor -> conditions.addAll(conditions(factor)));
        } else if (slope instanceof Plus plus) {
            conditions.addAll(conditions(plus.terms().get(0)));
            plus.terms().forEach(term -> conditions.retainAll(conditions(term)));
        }
        return conditions;
    }

    private static Index pinned(Index index, Same same) {
        if (index instanceof Running) {
            return same.a().equals(index) ? same.b() : same.b().equals(index) ? same.a() : index;
        }
        return index;
    }

    /** None at all: v does not reach f. */
    boolean none() {
        return slope.equals(Expression.number(0));
    }

    long count(Values values) {
        return none() ? 0 : (long) size(row, values) * size(column, values);
    }

    /** f[r,j] of output {@code k}, counted from 0, row by row. */
    Element output(long k, Values values) {
        int columns = size(column, values);
        int r = row instanceof At at ? at.number() : (int) (k / columns) + 1;
        int j = column instanceof At at ? at.number() : (int) (k % columns) + 1;
        return new Element(formula.output().of(), r, j);
    }

    /** f[r,j] in the letters that run. */
    Element output() {
        return new Element(formula.output().of(), row, column);
    }

    /** What the letters stand for at one output. */
    Map<Running, Integer> at(Element output) {
        return Map.of(formula.row(), ((At) output.row()).number(), formula.column(), ((At) output.column()).number());
    }

    private static int size(Index index, Values values) {
        return index instanceof Running letter ? values.size(letter.size()) : 1;
    }
}
