package org.jacobean.explain;

import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Values;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.matrix.Matrix;

/**
 * Which rows of a batch made a gradient: dL/dw = Σ over r of xᵣᵀ·dL/dfᵣ, so each of the N rows has its share in it.
 *
 * <p>Of one element a row's share is its term, and the terms add up to the element. Of a whole gradient G it is
 * {@code ⟨Gᵣ, G⟩ / ‖G‖²}, Gᵣ the gradient of that row alone; these add up to 1, and a row that pulls the other way has a
 * negative one; a gradient of 0 has none: NaN. An element of dL/dx belongs to one row.
 */
public final class Contributions {

    private final Gradients grads;
    private final ElementName name;
    private final double gradient;
    private final int first;
    private final double[] norms;
    private final double[] shares;
    private final double[] sums;

    /** @param first the first row that there is a share of */
    private Contributions(
            Gradients grads, ElementName name, double gradient, int first, double[] norms, double[] shares) {
        this.grads = grads;
        this.name = name;
        this.gradient = gradient;
        this.first = first;
        this.norms = norms;
        this.shares = shares;
        this.sums = new double[shares.length];
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            sum += shares[k];
            sums[k] = sum;
        }
    }

    /**
     * One row of the batch.
     *
     * @param row counted from 0
     * @param norm √(Σ a²) over this row's contribution: of one element, the magnitude of its share
     * @param share of one element its term, of a whole gradient the part of 1
     * @param runningSum of the shares up to this one
     */
    public record Row(int row, double norm, double share, double runningSum) {}

    /**
     * The rows' shares in a gradient, {@code dL/dw}, or in one element of it, {@code dL/dw[2,1]}.
     *
     * @throws IllegalArgumentException saying what there is, when there is no such element, and for dL/df, which came in
     */
    public static Contributions of(Gradients grads, String name) {
        ElementName element = ElementName.of(grads, name);
        if (element.role().equals("f")) {
            throw new IllegalArgumentException(
                    element + " came in from what follows the layer: it is no sum over rows; ask for " + names(grads));
        }
        if (element.role().equals("x") && !element.whole()) {
            double value = element.value();
            return new Contributions(
                    grads, element, value, element.row(), new double[] {Math.abs(value)}, new double[] {value});
        }
        int rows = grads.pass().input().rows();
        double[] norms = new double[rows];
        double[] shares = new double[rows];
        Work work = new Work("adding up " + element, rows, GradientCheck.Progress.NONE);
        double gradient = element.whole() ? Norm.of(work.reading(element.matrix())) : element.value();
        boolean ofX = element.role().equals("x");
        Matrix direction = element.whole() && !ofX ? element.matrix().map(a -> a / gradient) : null;
        Formula formula = grads.pass().layer().formula();
        Expression share = element.whole() ? null : share(formula, element);
        Values values = grads.values();
        for (int r = 0; r < rows; r++) {
            work.did(1);
            if (ofX) {
                norms[r] = Norm.of(element.matrix().row(r));
                shares[r] = (norms[r] / gradient) * (norms[r] / gradient);
            } else if (element.whole()) {
                Part part = part(grads, element.role(), r, direction);
                norms[r] = part.norm;
                shares[r] = part.along / gradient;
            } else {
                shares[r] = share.value(values, Map.of(formula.row(), r + 1));
                norms[r] = Math.abs(shares[r]);
            }
        }
        return new Contributions(grads, element, gradient, 0, norms, shares);
    }

    /** The same of a network: of the layer that the gradient belongs to. */
    public static Contributions of(NetworkGradients grads, String name) {
        if (grads == null) {
            throw new IllegalArgumentException("the gradients are null; did the cell that declares them fail?");
        }
        return of(grads.layerOf(name.replaceFirst("\\s*\\[.*", "")), name);
    }

    /** {@code dL/dw[2,1]} or {@code dL/dw}: what the rows have shares in. */
    public ElementName name() {
        return name;
    }

    public Gradients gradients() {
        return grads;
    }

    /** Every row of the batch, or the one that an element of dL/dx belongs to. */
    public List<Row> rows() {
        return new AbstractList<>() {
            @Override
            public Row get(int k) {
                return new Row(first + k, norms[k], shares[k], sums[k]);
            }

            @Override
            public int size() {
                return shares.length;
            }
        };
    }

    /** The sum of the shares, row by row: within rounding the {@link #gradient} of an element, or 1. */
    public double total() {
        return sums[sums.length - 1];
    }

    /** Whether it is an element of dL/dx, which belongs to one row of x: no other one has a share in it. */
    public boolean ofOneRow() {
        return name.role().equals("x") && !name.whole();
    }

    /** The element's value, or the norm of the whole gradient. */
    public double gradient() {
        return gradient;
    }

    /** {@code Contributions of 4 rows to dL/dw[2,1] = 7.5}. */
    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        shares.length == 1 ? "Contributions of %,d row to " : "Contributions of %,d rows to ",
                        shares.length)
                + name
                + (name.whole() ? "" : " = " + gradient());
    }

    /** What row r adds to an element v: Σ over j of dL/df[r,j]·df[r,j]/dv. */
    private static Expression share(Formula formula, ElementName element) {
        Expression slope = formula.derivative(new Element(element.role(), element.row() + 1, element.column() + 1));
        return Expression.sum(formula.column(), new LossSlope(formula.output()).times(slope))
                .simplified();
    }

    /** @param along the component of a row's contribution in the direction of the whole gradient */
    private record Part(double norm, double along) {}

    private static Part part(Gradients grads, String role, int row, Matrix direction) {
        if (role.equals("w") && grads.pass().layer() instanceof Linear) {
            // ‖xᵀ·d‖ = ‖x‖·‖d‖ and ⟨xᵀ·d, G⟩ = ⟨x·G, d⟩, without the n × m products of xᵀ·d.
            Matrix x = grads.pass().input().row(row);
            Matrix d = grads.incoming().row(row);
            return new Part(Norm.of(x) * Norm.of(d), dot(x.times(direction), d));
        }
        Matrix its = alone(grads, role, row);
        return new Part(Norm.of(its), dot(its, direction));
    }

    /** The gradient that one row gives by itself. */
    private static Matrix alone(Gradients grads, String role, int row) {
        if (role.equals("b") && grads.pass().layer() instanceof Linear) {
            return grads.incoming().row(row);
        }
        Layer layer = grads.pass().layer();
        Matrix x = grads.pass().input().row(row);
        Matrix dLdf = grads.incoming().row(row);
        return layer.gradient(role, x, dLdf)
                .orElseGet(() -> layer.gradients(x, dLdf).get(role));
    }

    /** {@code dL/dx, dL/dw or dL/db}. */
    private static String names(Gradients grads) {
        String all = grads.roles().stream().map(grads::label).collect(Collectors.joining(", "));
        int comma = all.lastIndexOf(", ");
        return comma < 0 ? all : all.substring(0, comma) + " or " + all.substring(comma + 2);
    }

    private static double dot(Matrix a, Matrix b) {
        return a.hadamard(b).sum();
    }
}
