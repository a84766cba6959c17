package org.jacobean.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jacobean.explain.Explanation.Comparison;
import org.jacobean.explain.Explanation.Equation;
import org.jacobean.explain.Explanation.Line;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.MatrixForm;
import org.jacobean.formula.Notation;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;

/**
 * The layer with its weights stored m × n, a row for each output: in the formula w[i,j] becomes w[j,i], and all else follows
 * from that. Both are computed, from the same numbers, and compared.
 */
final class OtherConvention {

    private final Layer layer;
    private final Formula here;
    private final Formula there;
    private final Notation notation;
    private final Map<String, String> names = new LinkedHashMap<>();

    private OtherConvention(Layer layer, Map<String, Matrix> operands) {
        if (!layer.parameters().containsKey("w")) {
            throw new IllegalArgumentException("a convention is about weights, and " + layer + " has no w");
        }
        this.layer = layer;
        this.here = layer.formula();
        this.there = Formula.of(here.output(), turned(here.body()));
        operands.forEach((role, operand) -> names.put(role, operand.label(role)));
        this.notation = new Notation(names, Set.of("b"), ElementOfGradient::exact);
    }

    /** On its own weights, with x and dL/df that count 1, 2, 3, …, since a layer alone has none. */
    static Explanation of(Layer layer) {
        Matrix x = counting(layer.inputs());
        Matrix dLdf = counting(layer.outputs());
        return new OtherConvention(layer, layer.parameters())
                .explain(
                        layer.forward(x).backward(dLdf),
                        "with x = " + shortened(x) + " and dL/df = " + shortened(dLdf));
    }

    static Explanation of(Gradients grads) {
        return new OtherConvention(grads.pass().layer(), grads.pass().operands())
                .explain(grads, "on the numbers of this pass");
    }

    private Explanation explain(Gradients grads, String numbers) {
        Map<String, Matrix> stored = new LinkedHashMap<>(grads.pass().operands());
        stored.put("dL/df", grads.incoming());
        stored.put("w", stored.get("w").transpose());
        String w = names.getOrDefault("w", "w");
        List<List<String>> rows = new ArrayList<>();
        List<String> unequal = new ArrayList<>();
        rows.add(List.of("f", text(here.body(), here.output()), text(there.body(), there.output())));
        compare("f", grads.pass().output(), value(there.body(), there.output(), stored), unequal);
        for (String role : grads.roles()) {
            Element v = there.general(role);
            String name = "dL/d" + names.getOrDefault(role, role);
            rows.add(List.of(name, text(here.gradient(role), here.general(role)), text(there.gradient(role), v)));
            Matrix other = value(there.gradient(role), v, stored);
            compare(name, grads.of(role), role.equals("w") ? other.transpose() : other, unequal);
        }
        rows.add(List.of(
                "shape of " + w,
                "n × m = " + stored.get("w").transpose().shape(),
                "m × n = " + stored.get("w").shape()));
        List<Line> comparison = List.of(
                new Comparison(List.of("", w + " stored n × m, as here", w + " stored m × n, as nn.Linear"), rows),
                new Words(
                        unequal.isEmpty()
                                ? "Computed " + numbers + ", both give the same numbers; dL/d" + w
                                        + " is transposed like " + w
                                        + ", since a gradient has the shape of what it belongs to."
                                : "Computed " + numbers + ", these differ: " + String.join(", ", unequal) + "."));
        return new Explanation(
                "The gradients of " + layer + " where " + w + " is stored out × in",
                OptionalDouble.empty(),
                List.of(new Part(
                        "",
                        List.of(
                                new Step(
                                        "The formula, with the two indices of " + w + " exchanged",
                                        List.of(
                                                Equation.of(here.output(), here.body()),
                                                Equation.of(there.output(), there.body()),
                                                new Words(
                                                        "r is a row of the batch. Only the way of storing differs: a row of "
                                                                + w
                                                                + " now holds the weights of one output, so the transpose moves to the forward pass."))),
                                new Step("What follows from each", comparison)))),
                notation);
    }

    private static Expression turned(Expression e) {
        return e instanceof Element element && element.of().equals("w")
                ? new Element("w", element.column(), element.row())
                : e.map(OtherConvention::turned);
    }

    private String text(Expression e, Element at) {
        return MatrixForm.of(e, at.row(), at.column())
                .map(form -> form.text(notation))
                .orElseGet(() -> notation.text(e));
    }

    /** Rounding only: the same products are added, perhaps in another order. */
    private static void compare(String name, Matrix one, Matrix other, List<String> unequal) {
        double largest =
                one.stream().map(Math::abs).filter(Double::isFinite).max().orElse(0);
        if (!one.equals(other)
                && !one.isCloseTo(other, 1e-12 * Math.max(largest, Double.MIN_NORMAL) * Math.sqrt(one.columns()))) {
            unequal.add(name);
        }
    }

    private Matrix value(Expression e, Element at, Map<String, Matrix> matrices) {
        return MatrixForm.of(e, at.row(), at.column())
                .filter(form -> !(form instanceof MatrixForm.Entrywise))
                .map(form -> value(form, matrices))
                .orElseThrow(() -> new IllegalArgumentException(
                        "conventions are compared of layers whose formula and gradients are products of matrices, as f = x·w + b is;"
                                + " no product is " + notation.text(e) + " of " + layer));
    }

    private static Matrix value(MatrixForm form, Map<String, Matrix> matrices) {
        if (form instanceof MatrixForm.Factor factor) {
            Matrix matrix = matrices.get(factor.name());
            return factor.transposed() ? matrix.transpose() : matrix;
        } else if (form instanceof MatrixForm.Product product) {
            return value(product.left(), matrices).times(value(product.right(), matrices));
        } else if (form instanceof MatrixForm.ColumnSums sums) {
            return value(sums.of(), matrices).columnSums();
        }
        return ((MatrixForm.Terms) form)
                .terms().stream()
                        .map(term -> value(term, matrices))
                        .reduce((sum, term) -> term.rows() == 1 && sum.rows() > 1 ? sum.plusRow(term) : sum.plus(term))
                        .orElseThrow();
    }

    private static Matrix counting(int count) {
        double[] numbers = new double[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = k + 1;
        }
        return Matrix.of(new double[][] {numbers});
    }

    private static String shortened(Matrix vector) {
        String all = vector.columns() <= 4 ? vector.toString() : "";
        return vector.columns() <= 4
                ? all.substring(all.indexOf('[') + 1, all.length() - 1)
                : "1 2 3 … " + vector.columns();
    }
}
