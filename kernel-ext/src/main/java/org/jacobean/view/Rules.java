package org.jacobean.view;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.formula.MatrixForm;
import org.jacobean.formula.Notation;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;

/** What a layer's formula is as matrices, and the rules of its backward pass, which follow from it. */
final class Rules {

    private final Formula formula;
    private final Notation notation;

    private Rules(Formula formula, Map<String, Matrix> operands, Map<String, String> ends) {
        this.formula = formula;
        Map<String, String> names = new LinkedHashMap<>();
        operands.forEach((role, operand) -> names.put(role, operand.label(role)));
        names.putAll(ends);
        Set<String> vectors = formula.variables().values().stream()
                .filter(element -> element.row() instanceof Index.At)
                .map(Element::of)
                .collect(Collectors.toSet());
        this.notation = new Notation(names, vectors, Views::exact);
    }

    static Rules of(Layer layer) {
        return new Rules(layer.formula(), layer.parameters(), Map.of());
    }

    /** With names for what goes in and what comes out: {@code l2 = max(0, l1)}. */
    static Rules of(Layer layer, String x, String f) {
        return new Rules(layer.formula(), layer.parameters(), Map.of("x", x, "f", f));
    }

    static Rules of(Forward pass) {
        return new Rules(
                pass.layer().formula(),
                pass.operands(),
                Map.of("f", pass.output().label("f")));
    }

    /** {@code f = x·w + b}, or of elements where it is no product: {@code f[r,j] = exp(x[r,j])}. */
    String forward() {
        return MatrixForm.of(formula.body(), formula.row(), formula.column())
                .map(form -> notation.name("f") + " = " + form.text(notation))
                .orElseGet(() -> notation.text(formula.output()) + " = " + notation.text(formula.body()));
    }

    /** {@code dL/dw = xᵀ·dL/df : (n×N)·(N×m)} in the letters N, n and m. */
    Rule backward(String role) {
        Element v = formula.general(role);
        Expression gradient = formula.gradient(v);
        return MatrixForm.of(gradient, v.row(), v.column())
                .map(form -> new Rule("dL/d" + notation.name(role) + " = " + form.text(notation), form.shapes()))
                .orElseGet(() -> new Rule(
                        notation.text(new LossSlope(v)) + " = "
                                + notation.text(formula.gradientInOutput(v).orElse(gradient)),
                        ""));
    }

    /**
     * @param formula {@code dL/dw = xᵀ·dL/df}
     * @param shapes {@code (n×N)·(N×m)}; empty where it is no product
     */
    record Rule(String formula, String shapes) {}
}
