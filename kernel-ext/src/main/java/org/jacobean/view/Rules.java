package org.jacobean.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jacobean.formula.Formula;
import org.jacobean.formula.MatrixForm;
import org.jacobean.formula.Notation;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;

/** What a layer's formula is as matrices, and the rules of its backward pass, which follow from it. */
final class Rules {

    private final Formula formula;
    private final Notation notation;

    private Rules(Formula formula, Map<String, Matrix> operands) {
        this.formula = formula;
        Map<String, String> names = new LinkedHashMap<>();
        operands.forEach((role, operand) -> names.put(role, operand.label(role)));
        this.notation = new Notation(names, Set.of(), Double::toString);
    }

    static Rules of(Layer layer) {
        return new Rules(layer.formula(), layer.parameters());
    }

    static Rules of(Forward pass) {
        return new Rules(pass.layer().formula(), pass.operands());
    }

    /** {@code x·w + b}. */
    String forward() {
        return MatrixForm.of(formula.body(), formula.row(), formula.column())
                .map(form -> form.text(notation))
                .orElseGet(() -> notation.text(formula.body()));
    }

    /** {@code dL/dw = xᵀ·dL/df : (n×N)·(N×m)}, without its left side, in the letters N, n and m. */
    Rule backward(String role) {
        var element = formula.general(role);
        var gradient = formula.gradient(element);
        return MatrixForm.of(gradient, element.row(), element.column())
                .map(form -> new Rule(form.text(notation), form.shapes()))
                .orElseGet(() -> new Rule(notation.text(gradient), ""));
    }

    /**
     * @param formula {@code xᵀ·dL/df}
     * @param shapes {@code (n×N)·(N×m)}; empty where it is no product
     */
    record Rule(String formula, String shapes) {}
}
