package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jacobean.formula.Notation;
import org.jacobean.layer.LossPass;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Line;

/** A loss: its value, its formula, and f, y and dL/df. */
final class LossView {

    private LossView() {}

    static View of(LossPass loss, Limits limits) {
        Matrix f = loss.output();
        boolean classes = !loss.loss().targets(f, loss.target()).sharesNumbersWith(loss.target());
        Notation notation =
                new Notation(Map.of("y", classes ? "y" : loss.target().label("y")), Set.of(), Views::exact);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Line(loss.loss() + ": L = " + Digits.alone(loss.value(), limits.digits())));
        blocks.add(
                new Line("L = " + notation.text(loss.loss().formula()) + ", N = " + f.rows() + ", m = " + f.columns()));
        loss.remark().ifPresent(remark -> blocks.add(new Line(remark)));
        blocks.add(Beside.of(
                Views.grid("f", f, limits),
                Views.grid("y", loss.target(), limits),
                Views.grid("dL/df", loss.gradient(), limits)));
        return new View(List.copyOf(blocks));
    }
}
