package org.jacobean.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jacobean.matrix.Matrix;

/** Where supplied numbers are not the right ones, by how much, and what is there instead. */
final class Errors {

    /** Up to it numbers are near: a wrong rule is seldom. */
    static final double NEAR = 1e-3;

    /** What may be in the place of the right number. */
    private record Instead(String says, DoubleUnaryOperator of) {}

    private static final List<Instead> INSTEAD = List.of(
            new Instead("0", right -> 0),
            new Instead("the negative of the right one", right -> -right),
            new Instead("twice the right one", right -> 2 * right),
            new Instead("half the right one", right -> right / 2));

    private final Matrix mine;
    private final Places wrong = new Places();
    /** Those that are right and not nothing. */
    private final Places right = new Places();

    private final List<Instead> instead = new ArrayList<>(INSTEAD);
    private double worst;
    private int row;
    private int column;
    /** The largest error of those that pass, but for what rounding explains. */
    private double passed;

    private boolean rounded;

    private Errors(Matrix mine) {
        this.mine = mine;
    }

    static Errors of(Evidence evidence, Matrix right, Matrix mine) {
        Errors errors = new Errors(mine);
        for (int i = 0; i < mine.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                errors.add(evidence, right, i, j);
            }
        }
        return errors;
    }

    private void add(Evidence evidence, Matrix its, int i, int j) {
        double error = evidence.error(i, j);
        if (error > worst) {
            worst = error;
            row = i;
            column = j;
        }
        if (evidence.wrong(i, j)) {
            wrong.add(i, j);
            instead.removeIf(there -> !evidence.is(i, j, there.of.applyAsDouble(its.get(i, j))));
            return;
        }
        rounded |= error > Evidence.TOLERANCE;
        passed = Math.max(passed, evidence.isRounding(i, j) ? 0 : error);
        if (evidence.counts(i, j)) {
            right.add(i, j);
        }
    }

    long all() {
        return (long) mine.rows() * mine.columns();
    }

    long count() {
        return wrong.count();
    }

    /** The largest relative error. */
    double worst() {
        return worst;
    }

    /** Whether all that is wrong may be a matter of precision. */
    boolean areSmall() {
        return worst <= NEAR;
    }

    /** Whether rounding explains whatever is not exact. */
    boolean areRounding() {
        return wrong.count() == 0 && passed <= Evidence.ROUNDING;
    }

    /** Whether some elements pass only because they were rounded. */
    boolean needRounding() {
        return rounded;
    }

    Places wrong() {
        return wrong;
    }

    /** Whether at least half is right, one of these is not 0, and they are much nearer than what is wrong. */
    boolean arePart() {
        return right.count() > 0 && 2 * wrong.count() <= all() && passed <= Evidence.NEARER * worst;
    }

    /** {@code row 2, where it is 0}. */
    String where(String label) {
        String small = areSmall() ? ", where it is off by " + Evidence.digits(worst) + " of its size" : "";
        return wrong.where(mine, label)
                + instead.stream()
                        .map(there -> ", where it is " + there.says)
                        .findFirst()
                        .orElse(small);
    }

    String worst(String label) {
        return Places.element(label, mine, row, column);
    }

    /** {@code  (rows 1 and 3 are right)}, or columns, or nothing. */
    String rightLines() {
        return Stream.of(lines("row", right.rows, wrong.rows), lines("column", right.columns, wrong.columns))
                .filter(lines -> mine.rows() > 1 && mine.columns() > 1 && !lines.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String lines(String what, BitSet right, BitSet wrong) {
        BitSet lines = (BitSet) right.clone();
        lines.andNot(wrong);
        return lines.isEmpty()
                ? ""
                : " (" + Places.lines(what, lines) + (lines.cardinality() == 1 ? " is right)" : " are right)");
    }
}
