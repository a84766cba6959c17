package org.jacobean.view;

import java.util.Map;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.layer.FormulaLayer;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;

/** Layers that state nothing but their formula. */
final class FormulaLayers {

    private static final Index.Running R = Index.running("r", "N");
    private static final Index.Running J = Index.running("j", "m");
    private static final Index.Running K = Index.running("k", "m");
    private static final Element F = new Element("f", R, J);
    private static final Expression X = new Element("x", R, J);

    static final Layer RELU = layer("relu", Map.of(), Expression.max(Expression.number(0), X));
    static final Layer MODULUS = layer(
            "modulus",
            Map.of(),
            Expression.max(Expression.number(0), X)
                    .plus(Expression.max(
                            Expression.number(0), Expression.number(-1).times(X))));
    static final Layer STEEP =
            layer("steep", Map.of(), Expression.exp(Expression.number(1e6).times(X)));
    static final Layer SIGMOID = layer(
            "sigmoid",
            Map.of(),
            Expression.number(1)
                    .over(Expression.number(1)
                            .plus(Expression.exp(Expression.number(-1).times(X)))));
    static final Layer SOFTMAX = layer(
            "softmax", Map.of(), Expression.exp(X).over(Expression.sum(K, Expression.exp(new Element("x", R, K)))));
    static final Layer SCALE =
            layer("scale", Map.of("s", Matrix.row(2, -1, 0.5).named("s")), new Element("s", Index.at(1), J).times(X));

    /** Of w only row 1 is used. */
    static final Layer FIRST_ROW =
            layer("first row", Map.of("w", Matrix.ones(3, 3).named("w")), new Element("w", Index.at(1), J).times(X));

    private FormulaLayers() {}

    private static Layer layer(String name, Map<String, Matrix> parameters, Expression body) {
        return new FormulaLayer(name, 3, 3, parameters, Formula.of(F, body));
    }
}
