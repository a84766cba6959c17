package org.jacobean.explain;

import java.util.BitSet;
import java.util.List;
import org.jacobean.explain.Measured.Nudge;
import org.jacobean.explain.Measured.Slope;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Matrix;

/**
 * dL/dv measured through all layers: {@code (L(v₊) − L(v₋)) / (v₊ − v₋)} for x and each parameter, each element alone, run
 * from the layer that it belongs to. The steps are those of {@link Measured}.
 */
final class NetworkDifferences implements Differences {

    private final NetworkGradients grads;
    private final NetworkPass pass;
    private final Work work;

    NetworkDifferences(NetworkGradients grads, Work work) {
        this.grads = grads;
        this.pass = grads.pass();
        this.work = work;
    }

    @Override
    public int[] few(String name) {
        return new int[] {0, 1, 2};
    }

    @Override
    public Measured of(String name, int[] elements) {
        Gradients its = grads.layerOf(name);
        int layer = grads.layers().indexOf(its);
        String role = name.equals("x") ? name : its.role(name);
        Matrix v = its.pass().operands().get(role);
        Layer own = its.pass().layer();
        Moved moved = role.equals("x") ? null : new Moved(own.formula(), own.outputs(), role);
        double typical = Measured.typical(v, work);
        double unmoved = loss(pass.output());
        double rounding = rounding(layer);
        Measured measured = work.into(Measured.ofLoss(elements == null ? v.rows() * v.columns() : elements.length));
        return measured.untilInterrupted(() -> {
            for (int k = 0; k < measured.count(); k++) {
                int element = elements == null ? k : elements[k];
                measured.settle(List.of(k), (left, share) -> {
                    work.stopIfInterrupted();
                    Nudge nudge = Nudge.of(v, element, share, typical);
                    Slope slope = new Slope();
                    slope.add(
                            1,
                            loss(layer, role, moved, nudge, nudge.down()),
                            unmoved,
                            loss(layer, role, moved, nudge, nudge.up()),
                            nudge);
                    slope.addRounding(2 * rounding, nudge);
                    return List.of(slope);
                });
                work.did(1);
            }
        });
    }

    /** Σ |dL/dl∘l| over the outputs from {@code layer} on: what a rounding of each of them does to L. */
    private double rounding(int layer) {
        double sum = 0;
        for (Gradients its : grads.layers().subList(layer, grads.layers().size())) {
            sum += its.incoming().hadamard(its.pass().output()).map(Math::abs).sum();
        }
        return sum;
    }

    /** L with one element of {@code layer} at {@code value}. */
    private double loss(int layer, String role, Moved moved, Nudge nudge, double value) {
        if (role.equals("x")) {
            Matrix row = pass.input().row(nudge.row()).with(0, nudge.column(), value);
            return loss(withRow(pass.output(), nudge.row(), through(0, row)));
        }
        return loss(through(layer + 1, output(pass.layers().get(layer), role, moved, nudge, value)));
    }

    private static Matrix output(Forward pass, String role, Moved moved, Nudge nudge, double value) {
        Layer layer = pass.layer();
        Layer nudged = layer.with(role, layer.parameters().get(role).with(nudge.row(), nudge.column(), value));
        BitSet outputs = moved.by(nudge.row(), nudge.column());
        if (outputs.cardinality() > 1) {
            return nudged.output(pass.input());
        }
        int j = outputs.nextSetBit(0);
        return withColumn(pass.output(), j, nudged.output(pass.input(), j));
    }

    /** What comes out at the end for what goes into layer {@code first}, counted from 0. */
    private Matrix through(int first, Matrix input) {
        Matrix value = input;
        for (Forward each : pass.layers().subList(first, pass.layers().size())) {
            value = each.layer().output(value);
        }
        return value;
    }

    /** L of these outputs; where only dL/df is known, Σ dL/df∘f. */
    private double loss(Matrix f) {
        return grads.loss().isPresent()
                ? loss(grads.loss().get(), f)
                : grads.incoming().hadamard(f).sum();
    }

    private static double loss(LossPass loss, Matrix f) {
        return loss.loss().value(f, loss.target());
    }

    private static Matrix withRow(Matrix a, int row, Matrix by) {
        double[][] entries = a.toArray();
        entries[row] = by.toArray()[0];
        return Matrix.of(entries);
    }

    private static Matrix withColumn(Matrix a, int column, Matrix by) {
        double[][] entries = a.toArray();
        for (int i = 0; i < entries.length; i++) {
            entries[i][column] = by.get(i, 0);
        }
        return Matrix.of(entries);
    }
}
