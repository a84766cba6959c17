package org.jacobean.explain;

import java.util.BitSet;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.formula.Index.At;

/**
 * The outputs that an element of a parameter can move, by column of f, as the layer's formula says: w[i,j] moves column j.
 * It is derived once for all elements where each stands in one place of the formula, else for each.
 */
final class Moved {

    private final Formula formula;
    private final int outputs;
    private final String role;
    /** Any element, and the outputs that depend on it; null where there is no such element. */
    private final Touched inGeneral;

    /** @param outputs how many columns f has */
    Moved(Formula formula, int outputs, String role) {
        this.formula = formula;
        this.outputs = outputs;
        this.role = role;
        long places = formula.body().elements().stream()
                .filter(element -> element.of().equals(role))
                .distinct()
                .count();
        this.inGeneral = places == 1 ? Touched.inGeneral(formula.general(role), formula) : null;
    }

    /** By the element at this row and column, counted from 0. */
    BitSet by(int row, int column) {
        Touched touched =
                inGeneral == null ? Touched.by(new Element(role, row + 1, column + 1), formula) : inGeneral;
        BitSet moved = new BitSet();
        Index only = touched.column();
        if (only instanceof At at) {
            moved.set(at.number() - 1);
        } else if (!touched.letters().contains(only) && only.equals(touched.v().column())) {
            moved.set(column);
        } else if (!touched.letters().contains(only) && only.equals(touched.v().row())) {
            moved.set(row);
        } else {
            moved.set(0, outputs);
        }
        return moved;
    }
}
