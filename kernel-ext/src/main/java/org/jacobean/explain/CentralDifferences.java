package org.jacobean.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jacobean.explain.Measured.Nudge;
import org.jacobean.explain.Measured.Slope;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;

/**
 * dL/dv measured, element by element of x and the parameters:
 * {@code Σ over r, j of dL/df[r,j]·(f₊[r,j] − f₋[r,j]) / (v₊ − v₋)}, with v₊ and v₋ a step h to either side of v. Outputs
 * that stay as they are add no rounding that way. The steps are those of {@link Measured}.
 *
 * <p>Elements that move different rows or outputs are nudged together, as A. Curtis, M. Powell and J. Reid do (On the
 * estimation of sparse Jacobian matrices, 1974).
 */
final class CentralDifferences implements Differences {

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

    @Override
    public Measured of(String role, int[] elements) {
        Matrix v = grads.pass().operands().get(role);
        return new Operand(role, v, elements).measure();
    }

    /** As many as are nudged together. */
    @Override
    public int[] few(String role) {
        return role.equals("x")
                ? IntStream.range(0, Math.min(ROWS_AT_ONCE, x.rows()))
                        .map(row -> row * x.columns())
                        .toArray()
                : IntStream.range(0, layer.outputs()).toArray();
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

        Group only(List<Integer> some) {
            Group group = new Group();
            some.forEach(i -> group.add(positions.get(i), each.get(i)));
            return group;
        }
    }

    private interface Outputs {
        double get(int row, int j);
    }

    private final class Operand {

        private final String role;
        private final Matrix v;
        private final int[] elements;
        private final double typical;
        private final Moved moved;
        private final Measured measured;
        private final List<Group> open = new ArrayList<>();

        Operand(String role, Matrix v, int[] elements) {
            this.role = role;
            this.v = v;
            this.elements = elements;
            this.typical = Measured.typical(v, work);
            this.moved = role.equals("x") ? null : new Moved(layer.formula(), layer.outputs(), role);
            this.measured = work.into(new Measured(elements == null ? v.rows() * v.columns() : elements.length));
        }

        Measured measure() {
            int count = measured.count();
            boolean downwards = role.equals("x") && elements == null;
            return measured.untilInterrupted(() -> {
                for (int k = 0; k < count; k++) {
                    // Down the columns of x: neighbours are of different rows.
                    nudge(downwards ? k % v.rows() * v.columns() + k / v.rows() : k);
                }
                open.forEach(this::finish);
            });
        }

        private void nudge(int position) {
            boolean ofX = role.equals("x");
            BitSet moves = new BitSet();
            if (ofX) {
                moves.set(row(position));
            } else {
                moves = moved.by(row(position), column(position));
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

        private void finish(Group group) {
            measured.settle(group.positions, (left, step) -> {
                work.stopIfInterrupted();
                Group rest = group.only(left);
                List<Nudge> nudges = nudges(rest, step);
                return role.equals("x") ? slopesOfRows(nudges) : slopesOfOutputs(rest, nudges);
            });
            work.did(group.positions.size());
        }

        private List<Nudge> nudges(Group group, double step) {
            return group.positions.stream()
                    .map(position -> Nudge.of(v, element(position), step, typical))
                    .toList();
        }

        /** An element of x moves its row alone: of each such row three copies are run, above, at and below. */
        private List<Slope> slopesOfRows(List<Nudge> nudges) {
            double[][] rows = new double[3 * nudges.size()][];
            for (int i = 0; i < nudges.size(); i++) {
                Nudge nudge = nudges.get(i);
                Matrix row = x.row(nudge.row());
                rows[3 * i] = row.with(0, nudge.column(), nudge.up()).toArray()[0];
                rows[3 * i + 1] = row.toArray()[0];
                rows[3 * i + 2] = row.with(0, nudge.column(), nudge.down()).toArray()[0];
            }
            Matrix f = layer.output(Matrix.of(rows));
            List<Slope> slopes = new ArrayList<>();
            for (int i = 0; i < nudges.size(); i++) {
                Slope slope = new Slope();
                for (int j = 0; j < f.columns(); j++) {
                    slope.add(
                            grads.incoming().get(nudges.get(i).row(), j),
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
                up[nudge.row()][nudge.column()] = nudge.up();
                down[nudge.row()][nudge.column()] = nudge.down();
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
                        work.stopIfInterrupted();
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
