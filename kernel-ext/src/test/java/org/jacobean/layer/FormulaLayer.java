package org.jacobean.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Matrix;

/** A layer that is nothing but its formula: f and all gradients are computed from that, element by element. */
public record FormulaLayer(String name, int inputs, int outputs, Map<String, Matrix> parameters, Formula formula)
        implements Layer {

    @Override
    public Layer with(String role, Matrix value) {
        Map<String, Matrix> changed = new LinkedHashMap<>(parameters);
        changed.put(role, value);
        return new FormulaLayer(name, inputs, outputs, changed, formula);
    }

    @Override
    public Matrix output(Matrix x) {
        Values values = values(x, null);
        double[][] f = new double[x.rows()][outputs];
        for (int r = 0; r < x.rows(); r++) {
            for (int j = 0; j < outputs; j++) {
                f[r][j] = formula.body().value(values, Map.of(formula.row(), r + 1, formula.column(), j + 1));
            }
        }
        return Matrix.of(f);
    }

    @Override
    public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
        Map<String, Matrix> operands = new LinkedHashMap<>();
        operands.put("x", x);
        operands.putAll(parameters);
        Map<String, Matrix> gradients = new LinkedHashMap<>();
        operands.forEach((role, operand) -> {
            double[][] gradient = new double[operand.rows()][operand.columns()];
            for (int i = 0; i < operand.rows(); i++) {
                for (int j = 0; j < operand.columns(); j++) {
                    gradient[i][j] =
                            formula.gradient(new Element(role, i + 1, j + 1)).value(values(x, dLdf), Map.of());
                }
            }
            gradients.put(role, Matrix.of(gradient));
        });
        return gradients;
    }

    private Values values(Matrix x, Matrix dLdf) {
        return new Values() {
            @Override
            public double of(String variable, int row, int column) {
                Matrix matrix = variable.equals("x") ? x : variable.equals("dL/df") ? dLdf : parameters.get(variable);
                return matrix.get(row - 1, column - 1);
            }

            @Override
            public int size(String size) {
                return size.equals("N") ? x.rows() : size.equals("n") ? inputs : outputs;
            }
        };
    }

    /** {@code softmax 3 → 3}. */
    @Override
    public String toString() {
        return name + " " + inputs + " → " + outputs;
    }
}
