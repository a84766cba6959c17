package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Columns of f, counted from 0, that an element at a row and a column can move, in formulas that hold it here and there. */
class MovedTest {

    private static final Index.Running R = Index.running("r", "N");
    private static final Index.Running I = Index.running("i", "n");
    private static final Index.Running J = Index.running("j", "m");
    private static final Element X = new Element("x", R, I);

    @Test
    void aWeightMovesTheColumnThatItStandsIn() {
        Formula linear = new Linear(Matrix.ones(4, 3), Matrix.ones(1, 3)).formula();
        assertEquals("{2}", moved(linear, "w", 1, 2));
        assertEquals("{0}", moved(linear, "w", 3, 0));
        assertEquals("{1}", moved(linear, "b", 0, 1));
    }

    @Test
    void weightsTurnedRoundMoveTheColumnOfTheirRow() {
        assertEquals("{1}", moved(f(Expression.sum(I, new Element("w", J, I).times(X))), "w", 1, 3));
    }

    @Test
    void whatEveryOutputHoldsMovesAll() {
        assertEquals("{0, 1, 2}", moved(f(Expression.sum(I, new Element("w", Index.at(1), I).times(X))), "w", 0, 1));
        assertEquals("{0, 1, 2}", moved(f(X.with(I, J).times(new Element("c", 1, 1))), "c", 0, 0));
    }

    /** w[i,j] and w[1,1]: the first element is in every output, another one only in its own column. */
    @Test
    void whereItStandsInTwoPlacesEachElementIsAskedFor() {
        Formula twice = f(Expression.sum(I, new Element("w", I, J).times(X)).plus(new Element("w", 1, 1)));
        assertEquals("{0, 1, 2}", moved(twice, "w", 0, 0));
        assertEquals("{2}", moved(twice, "w", 1, 2));
    }

    private static Formula f(Expression body) {
        return Formula.of(new Element("f", R, J), body);
    }

    private static String moved(Formula formula, String role, int row, int column) {
        return new Moved(formula, 3, role).by(row, column).toString();
    }
}
