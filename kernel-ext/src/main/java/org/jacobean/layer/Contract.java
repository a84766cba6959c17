package org.jacobean.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Boxes;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;

/**
 * What each {@link Layer} must keep to, for those that a person wrote: told at the first pass, and not by what comes of it.
 */
final class Contract {

    private Contract() {}

    /** Those keep to it, and where they are small they run in less time than it takes to look. */
    private static boolean isOurs(Layer layer) {
        return layer instanceof Linear || layer instanceof Activation;
    }

    /** Parameters have roles that are not taken. */
    static void requireParameters(Layer layer) {
        if (isOurs(layer)) {
            return;
        }
        if (layer.parameters() == null) {
            throw new IllegalArgumentException(
                    "the parameters of " + layer + " are null; of a layer without any: Map.of()");
        }
        layer.parameters().forEach((role, parameter) -> {
            Operands.require(role, parameter, layer.toString());
            if (role.equals("x") || role.equals("f")) {
                throw new IllegalArgumentException(
                        "a parameter of " + layer + " has the role " + role + ", which is that of the layer's "
                                + (role.equals("x") ? "input" : "output") + "; call it w, say");
            }
        });
    }

    /** @return f, if it is N × m */
    static Matrix requireOutput(Layer layer, Matrix x, Matrix f) {
        if (f != null && f.rows() == x.rows() && f.columns() == layer.outputs()) {
            return f;
        }
        String shape = Matrix.shape(x.rows(), layer.outputs());
        if (f == null) {
            throw new IllegalArgumentException("the output of " + layer + " is null; for this x it must be " + shape);
        }
        throw new IllegalArgumentException("the output of " + layer + " is " + f.shape()
                + "; for this x it must be " + shape + ": a row for each row of x, a column for each output");
    }

    /** The formula is of x and of all parameters, and its indices run over just what these have. */
    static void requireFormula(Forward pass) {
        Layer layer = pass.layer();
        if (isOurs(layer)) {
            return;
        }
        Formula formula = layer.formula();
        if (formula == null) {
            throw new IllegalArgumentException(
                    "the formula of " + layer + " is null; it must say how f[r,j] is made of x and the parameters");
        }
        if (!formula.output().of().equals("f")) {
            throw new IllegalArgumentException(
                    "the formula of " + layer + " is of " + written(formula.output()) + "; the output is called f");
        }
        Map<String, Matrix> operands = pass.operands();
        List<Element> elements = new ArrayList<>(formula.body().elements());
        for (String role : operands.keySet()) {
            if (elements.stream().noneMatch(element -> element.of().equals(role))) {
                throw new IllegalArgumentException("the formula of " + layer + " holds no " + role
                        + "; it must say how f[r,j] is made of " + String.join(", ", operands.keySet()));
            }
        }
        elements.add(formula.output());
        for (Element element : elements) {
            Matrix its = element.of().equals("f") ? pass.output() : operands.get(element.of());
            if (its == null) {
                throw new IllegalArgumentException(
                        "the formula of " + layer + " holds " + written(element) + ", and the layer has no "
                                + element.of() + "; it has " + String.join(", ", operands.keySet()));
            }
            if (!fits(element.row(), its.rows(), pass.values())
                    || !fits(element.column(), its.columns(), pass.values())) {
                throw new IllegalArgumentException("the formula of " + layer + " holds " + written(element) + ", with "
                        + runs(element.row(), pass.values()) + " and " + runs(element.column(), pass.values()) + "; "
                        + element.of() + " is " + its.shape());
            }
        }
    }

    /** Each operand has a gradient, and that has its shape. */
    static void requireGradients(Map<String, Matrix> operands, Map<String, Matrix> gradients) {
        if (gradients == null) {
            throw new IllegalArgumentException(
                    "the layer's gradients are null; they need one for x and for each parameter");
        }
        operands.forEach((role, v) -> {
            Matrix gradient = gradients.get(role);
            if (gradient != null && gradient.rows() == v.rows() && gradient.columns() == v.columns()) {
                return;
            }
            String name = "dL/d" + v.label(role);
            if (gradient == null) {
                throw new IllegalArgumentException("the layer's gradients have no " + name
                        + "; they need one for x and for each parameter, by role: \"" + role + "\"");
            }
            Operand its = Operand.of(gradient.named(name), name);
            Operand operand = Operand.of(v, role);
            throw ShapeException.of(
                    its + " does not fit " + operand,
                    Boxes.alike(its, "", operand),
                    Fact.of(its),
                    Fact.of(operand),
                    Fact.rule("a gradient has the shape of what it belongs to"));
        });
    }

    private static boolean fits(Index index, int count, Values sizes) {
        return index instanceof Index.Running letter
                ? sizes.size(letter.size()) == count
                : ((Index.At) index).number() <= count;
    }

    /** {@code j to m = 2}. */
    private static String runs(Index index, Values sizes) {
        return index instanceof Index.Running letter
                ? letter + " to " + letter.size() + " = " + sizes.size(letter.size())
                : "" + index;
    }

    private static String written(Element element) {
        return element.of() + "[" + element.row() + "," + element.column() + "]";
    }
}
