package org.jacobean.layer;

import java.util.Map;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/**
 * df/dv: by how much each output moves with each element of v, {@code matrix()[j,i] = df[j]/dv[i]}; one row of x, v one of
 * x [1 × n], w [n × m] or b [1 × m]; df/dv [m × count of v], the elements of v row by row.
 */
public final class Jacobian {

    /**
     * Relative step of the central difference: the cube root of the machine epsilon balances its truncation error, of
     * order h², against its rounding error, of order ε/h (Press et al., Numerical Recipes, 3rd ed., section 5.7).
     */
    private static final double STEP = Math.cbrt(Math.ulp(1.0));

    private final Forward pass;
    private final String role;
    private final Matrix matrix;
    private final boolean nudged;

    private Jacobian(Forward pass, String role, Matrix matrix, boolean nudged) {
        this.pass = pass;
        this.role = role;
        this.matrix = matrix.named("df/d" + pass.operands().get(role).label(role));
        this.nudged = nudged;
    }

    /**
     * df/dv from the layer's formula, differentiated by each element.
     *
     * @param pass a pass over one row
     * @param name what v is: a role ({@code x}, {@code w}, {@code b}) or the name of its variable
     * @throws IllegalArgumentException when the pass has more than one row, or no such operand
     */
    public static Jacobian of(Forward pass, String name) {
        String role = role(pass, name);
        Matrix v = pass.operands().get(role);
        Formula formula = pass.layer().formula();
        Values values = pass.values();
        String work = "df/d" + v.label(role);
        return fill(
                pass,
                role,
                false,
                (row, column) -> {
                    Expression slope = formula.derivative(new Element(role, row + 1, column + 1));
                    double[] derivatives = new double[pass.layer().outputs()];
                    for (int j = 0; j < derivatives.length; j++) {
                        Interrupts.check(work);
                        derivatives[j] = slope.value(values, Map.of(formula.row(), 1, formula.column(), j + 1));
                    }
                    return derivatives;
                },
                v);
    }

    /**
     * df/dv measured: each element of v moved a little to both sides, {@code (f(v + h) − f(v − h)) / 2h} with
     * h = ∛ε·max(1, |v|).
     *
     * @throws IllegalArgumentException as {@link #of} does
     */
    public static Jacobian byNudging(Forward pass, String name) {
        String role = role(pass, name);
        Matrix v = pass.operands().get(role);
        return fill(
                pass,
                role,
                true,
                (row, column) -> {
                    double value = v.get(row, column);
                    double h = STEP * Math.max(1, Math.abs(value));
                    double up = value + h;
                    double down = value - h;
                    Matrix above = output(pass, role, v.with(row, column, up));
                    Matrix below = output(pass, role, v.with(row, column, down));
                    // The step that was taken, after rounding: not quite h on either side.
                    return above.minus(below).scale(1 / (up - down)).toArray()[0];
                },
                v);
    }

    /** df/dv [m × count of v]. */
    public Matrix matrix() {
        return matrix;
    }

    public Forward pass() {
        return pass;
    }

    /** x, w or b. */
    public String role() {
        return role;
    }

    /** Whether it was measured by {@link #byNudging}. */
    public boolean nudged() {
        return nudged;
    }

    /** {@code df/dx = 2 × 3 [0.1 0.3 -0.5; 0.2 -0.4 0.6]}. */
    @Override
    public String toString() {
        return matrix.label("") + " = " + matrix;
    }

    private interface Column {
        double[] of(int row, int column);
    }

    private static Jacobian fill(Forward pass, String role, boolean nudged, Column derivatives, Matrix v) {
        int m = pass.layer().outputs();
        Matrix.checkSize(m, (long) v.rows() * v.columns());
        String work = "df/d" + v.label(role);
        double[][] jacobian = new double[m][];
        for (int j = 0; j < m; j++) {
            Interrupts.check(work);
            jacobian[j] = new double[v.rows() * v.columns()];
        }
        for (int row = 0; row < v.rows(); row++) {
            for (int column = 0; column < v.columns(); column++) {
                Interrupts.check(work);
                double[] one = derivatives.of(row, column);
                for (int j = 0; j < m; j++) {
                    jacobian[j][row * v.columns() + column] = one[j];
                }
            }
        }
        return new Jacobian(pass, role, Matrix.of(jacobian), nudged);
    }

    private static Matrix output(Forward pass, String role, Matrix value) {
        return role.equals("x")
                ? pass.layer().output(value)
                : pass.layer().with(role, value).output(pass.input());
    }

    private static String role(Forward pass, String name) {
        if (pass == null) {
            throw new IllegalArgumentException("the pass is null; did the cell that declares it fail?");
        }
        Map<String, Matrix> operands = pass.operands();
        String bare = name.startsWith("df/d") ? name.substring("df/d".length()) : name;
        String role = Operands.role(bare, operands, "this pass's operands");
        int rows = pass.input().rows();
        if (rows != 1) {
            throw new IllegalArgumentException("df/d" + operands.get(role).label(role)
                    + " is of one row, and this pass has " + rows + "; run the layer on one of them: layer.forward("
                    + pass.input().label("x") + ".row(0))");
        }
        return role;
    }
}
