package org.jacobean.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Index.At;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;

/**
 * dL/dv measured, element by element of x and the parameters:
 * {@code Σ over r, j of dL/df[r,j]·(f₊[r,j] − f₋[r,j]) / (v₊ − v₋)}, with v₊ and v₋ a step h to either side of v. Outputs
 * that stay as they are add no rounding that way.
 *
 * <p>h = ∛ε·max(|v|, typical size of v), which balances the truncation of order h² against the rounding of order ε/h (Dennis
 * and Schnabel, Numerical Methods for Unconstrained Optimization and Nonlinear Equations, 1996, sections 5.4 and 5.6 and
 * algorithm A5.6.3); the typical size is the root mean square of the operand. Where f bends so much within the step that the
 * slopes to the left and to the right differ, it is measured again with smaller steps.
 *
 * <p>Elements that move different rows or outputs are nudged together, as A. Curtis, M. Powell and J. Reid do (On the
 * estimation of sparse Jacobian matrices, 1974).
 */
final class CentralDifferences {

    private static final double EPSILON = Math.ulp(1.0);
    static final double STEP = Math.cbrt(EPSILON);

    /** Each step is so much of the one before; the last is some 2e-10 of v, where rounding just leaves 1e-6 of the slope. */
    private static final double SMALLER = 1.0 / 32;

    private static final int STEPS = 4;

    /** What f may be off by, as a multiple of ε·|f|: a handful of roundings on the way to it. */
    static final int ROUNDINGS = 4;

    /** Each difference between left and right has four values of f over one h, the central one two over 2h. */
    private static final int ROUNDINGS_OF_BEND = 4;

    /** Between the first step and the last, the bend of a smooth f falls by 2¹⁵, and that of a kink stays. */
    private static final double STAYS_WITHIN = 8;

    private static final int ROWS_AT_ONCE = 64;

    /** As many outputs as one in so many are as much work as all. */
    private static final int OF_ALL = 4;

    private final Gradients grads;
    private final Layer layer;
    private final Matrix x;
    private final Work work;
    private final Map<Integer, Matrix> unmoved = new HashMap<>();

    CentralDifferences(Gradients grads, Work work) {
        this.grads = grads;
        this.layer = grads.pass().layer();
        this.x = grads.pass().input();
        this.work = work;
    }

    /**
     * What was measured of one operand, in the order of the elements asked for.
     *
     * @param noise how far rounding alone may have moved each number
     * @param kinks for an element at a kink, the lowest and the highest slope there
     */
    record Measured(double[] numeric, double[] noise, Map<Integer, double[]> kinks) {}

    /** @param elements of the operand, row by row; null for all of them */
    Measured of(String role, int[] elements) {
        Matrix v = grads.pass().operands().get(role);
        return new Operand(role, v, elements).measure();
    }

    /** The outputs that one element of a parameter can move, by column of f, as the layer's formula says. */
    private BitSet moved(String role, int row, int column) {
        Touched touched = Touched.by(new Element(role, row + 1, column + 1), layer.formula());
        BitSet outputs = new BitSet();
        if (touched.column() instanceof At only) {
            outputs.set(only.number() - 1);
        } else {
            outputs.set(0, layer.outputs());
        }
        return outputs;
    }

    /** Elements that can be nudged at once: each moves rows, or outputs, that the others leave alone. */
    private static final class Group {

        private final BitSet moved = new BitSet();
        private final List<Integer> positions = new ArrayList<>();
        private final List<BitSet> each = new ArrayList<>();

        void add(int position, BitSet moves) {
            moved.or(moves);
            positions.add(position);
            each.add(moves);
        }
    }

    /** One element's slope at one step, as far as it was added up. */
    private static final class Slope {

        private double central;
        private double low;
        private double high;
        private double noise;

        /** @param weight dL/df of the output that goes from {@code below} over {@code at} to {@code above} */
        void add(double weight, double below, double at, double above, Nudge nudge) {
            double left = weight * ((at - below) / (nudge.value - nudge.down));
            double right = weight * ((above - at) / (nudge.up - nudge.value));
            central += weight * ((above - below) / (nudge.up - nudge.down));
            low += Math.min(left, right);
            high += Math.max(left, right);
            noise += Math.abs(weight)
                    * (ROUNDINGS * EPSILON * (Math.abs(above) + Math.abs(below)) / (nudge.up - nudge.down));
        }
    }

    /** The step that is taken, after rounding: not quite h on either side. */
    private record Nudge(int row, int column, double value, double up, double down) {}

    private interface Outputs {
        double get(int row, int j);
    }

    private final class Operand {

        private final String role;
        private final Matrix v;
        private final int[] elements;
        private final double typical;
        private final Measured measured;
        private final List<Group> open = new ArrayList<>();

        Operand(String role, Matrix v, int[] elements) {
            this.role = role;
            this.v = v;
            this.elements = elements;
            double size = Norm.rootMeanSquare(work.reading(v));
            this.typical = size == 0 ? 1 : size;
            int count = elements == null ? v.rows() * v.columns() : elements.length;
            this.measured = new Measured(new double[count], new double[count], new HashMap<>());
        }

        Measured measure() {
            int count = measured.numeric.length;
            boolean downwards = role.equals("x") && elements == null;
            for (int k = 0; k < count; k++) {
                // Down the columns of x: neighbours are of different rows.
                nudge(downwards ? k % v.rows() * v.columns() + k / v.rows() : k);
            }
            open.forEach(this::finish);
            return measured;
        }

        private void nudge(int position) {
            boolean ofX = role.equals("x");
            BitSet moves = new BitSet();
            if (ofX) {
                moves.set(row(position));
            } else {
                moves = moved(role, row(position), column(position));
            }
            int most = ofX ? Math.min(ROWS_AT_ONCE, x.rows()) : layer.outputs();
            for (Iterator<Group> groups = open.iterator(); groups.hasNext(); ) {
                Group group = groups.next();
                if (!group.moved.intersects(moves)) {
                    group.add(position, moves);
                    if (group.moved.cardinality() >= most) {
                        groups.remove();
                        finish(group);
                    }
                    return;
                }
            }
            Group group = new Group();
            group.add(position, moves);
            if (group.moved.cardinality() >= most) {
                finish(group);
            } else {
                open.add(group);
            }
        }

        /** Measures a group at the first step, and what is not straight there at smaller ones. */
        private void finish(Group group) {
            int size = group.positions.size();
            double[] bends = new double[size];
            Group rest = group;
            double step = STEP;
            for (int k = 0; k < STEPS && !rest.positions.isEmpty(); k++, step *= SMALLER) {
                List<Nudge> nudges = nudges(rest, step);
                List<Slope> slopes = role.equals("x") ? slopesOfRows(nudges) : slopesOfOutputs(rest, nudges);
                Group bent = new Group();
                double[] bendsOfBent = new double[size];
                for (int i = 0; i < slopes.size(); i++) {
                    int position = rest.positions.get(i);
                    Slope slope = slopes.get(i);
                    double bend = slope.high - slope.low;
                    double atFirst = k == 0 ? bend : bends[i];
                    boolean straight = !(bend
                            > Math.max(
                                    ROUNDINGS_OF_BEND * slope.noise,
                                    GradientCheck.TOLERANCE * Math.abs(slope.central)));
                    boolean grows = bend > STAYS_WITHIN * atFirst;
                    if (k == 0 || straight || k == STEPS - 1 && !grows) {
                        measured.numeric[position] = slope.central;
                        measured.noise[position] = slope.noise;
                    }
                    if (!straight && k < STEPS - 1) {
                        bendsOfBent[bent.positions.size()] = atFirst;
                        bent.add(position, rest.each.get(i));
                    } else if (!straight && !grows && bend > atFirst / STAYS_WITHIN) {
                        measured.kinks.put(position, new double[] {slope.low, slope.high});
                    }
                }
                rest = bent;
                bends = bendsOfBent;
                work.stopIfInterrupted();
            }
            work.did(size);
        }

        private List<Nudge> nudges(Group group, double step) {
            return group.positions.stream()
                    .map(position -> {
                        double value = v.get(row(position), column(position));
                        double h = step * Math.max(Math.abs(value), typical);
                        return new Nudge(row(position), column(position), value, value + h, value - h);
                    })
                    .toList();
        }

        /** An element of x moves its row alone: of each such row three copies are run, above, at and below. */
        private List<Slope> slopesOfRows(List<Nudge> nudges) {
            double[][] rows = new double[3 * nudges.size()][];
            for (int i = 0; i < nudges.size(); i++) {
                Nudge nudge = nudges.get(i);
                Matrix row = x.row(nudge.row);
                rows[3 * i] = row.with(0, nudge.column, nudge.up).toArray()[0];
                rows[3 * i + 1] = row.toArray()[0];
                rows[3 * i + 2] = row.with(0, nudge.column, nudge.down).toArray()[0];
            }
            Matrix f = layer.output(Matrix.of(rows));
            List<Slope> slopes = new ArrayList<>();
            for (int i = 0; i < nudges.size(); i++) {
                Slope slope = new Slope();
                for (int j = 0; j < f.columns(); j++) {
                    slope.add(
                            grads.incoming().get(nudges.get(i).row, j),
                            f.get(3 * i + 2, j),
                            f.get(3 * i + 1, j),
                            f.get(3 * i, j),
                            nudges.get(i));
                }
                slopes.add(slope);
            }
            return slopes;
        }

        /** An element of a parameter moves its outputs in every row. */
        private List<Slope> slopesOfOutputs(Group group, List<Nudge> nudges) {
            double[][] up = v.toArray();
            double[][] down = v.toArray();
            for (Nudge nudge : nudges) {
                up[nudge.row][nudge.column] = nudge.up;
                down[nudge.row][nudge.column] = nudge.down;
            }
            Outputs above = outputs(layer.with(role, Matrix.of(up)), group.moved, new HashMap<>());
            Outputs below = outputs(layer.with(role, Matrix.of(down)), group.moved, new HashMap<>());
            Outputs at = takesAll(group.moved) ? grads.pass().output()::get : outputs(layer, group.moved, unmoved);
            List<Slope> slopes = new ArrayList<>();
            for (int i = 0; i < nudges.size(); i++) {
                Nudge nudge = nudges.get(i);
                Slope slope = new Slope();
                group.each.get(i).stream().forEach(j -> {
                    for (int r = 0; r < x.rows(); r++) {
                        slope.add(grads.incoming().get(r, j), below.get(r, j), at.get(r, j), above.get(r, j), nudge);
                    }
                });
                slopes.add(slope);
            }
            return slopes;
        }

        private Outputs outputs(Layer layer, BitSet wanted, Map<Integer, Matrix> known) {
            if (takesAll(wanted)) {
                return layer.output(x)::get;
            }
            wanted.stream().forEach(j -> known.computeIfAbsent(j, column -> layer.output(x, column)));
            return (r, j) -> known.get(j).get(r, 0);
        }

        /** One product for all outputs is as quick as some of them one by one (measured: 50,000 × 784 × 50). */
        private boolean takesAll(BitSet wanted) {
            return OF_ALL * wanted.cardinality() >= layer.outputs();
        }

        private int row(int position) {
            return element(position) / v.columns();
        }

        private int column(int position) {
            return element(position) % v.columns();
        }

        private int element(int position) {
            return elements == null ? position : elements[position];
        }
    }
}
