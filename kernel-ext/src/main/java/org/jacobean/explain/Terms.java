package org.jacobean.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Index;
import org.jacobean.formula.Values;

/**
 * The terms of an expression that hold an element, and how many others there are. A sum of which one term holds it is taken
 * apart: of {@code Σ over i of w[i,j]·x[i]} the term w[1,j]·x[1] holds x[1], and n − 1 do not.
 *
 * @param held the sum of the terms that hold it
 * @param others how many do not: constants, seen from the element
 */
record Terms(Expression held, long others) {

    static Terms of(Expression body, Element v, Values values) {
        List<Expression> held = new ArrayList<>();
        long others = 0;
        List<Expression> terms = body instanceof Plus plus ? plus.terms() : List.of(body);
        for (Expression term : terms) {
            if (!(term instanceof Sum sum)) {
                boolean holds = term.mayHold(v);
                others += holds ? 0 : 1;
                held.addAll(holds ? List.of(term) : List.of());
                continue;
            }
            int size = values.size(sum.over().size());
            Set<Index> at = places(sum, v);
            if (at == null) {
                held.add(sum);
            } else {
                at.forEach(index -> held.add(sum.term().with(sum.over(), index)));
                others += size - at.size();
            }
        }
        return new Terms(held.size() == 1 ? held.get(0) : new Plus(held), others);
    }

    /** The values of the sum's letter for which its term holds v, or null where all terms may. */
    private static Set<Index> places(Sum sum, Element v) {
        Set<Index> places = new LinkedHashSet<>();
        for (Element e : sum.term().elements()) {
            if (!e.of().equals(v.of())) {
                continue;
            }
            boolean rowRuns = e.row().equals(sum.over());
            boolean columnRuns = e.column().equals(sum.over());
            if (rowRuns == columnRuns || nested(sum)) {
                return null;
            }
            if ((rowRuns ? e.column() : e.row()).mayBe(rowRuns ? v.column() : v.row())) {
                places.add(rowRuns ? v.row() : v.column());
            }
        }
        return places;
    }

    private static boolean nested(Sum sum) {
        boolean[] nested = {false};
        sum.term().visit(part -> nested[0] |= part instanceof Sum);
        return nested[0];
    }
}
