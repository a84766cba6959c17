package org.jacobean.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.explain.Measured.Nudge;
import org.jacobean.explain.Measured.Slope;
import org.jacobean.matrix.Matrix;

/**
 * One element moved by a step to either side, and what L did: as in a {@link Measured} gradient, but for the typical size of
 * v, which is the root mean square of its row alone.
 *
 * @param slope (L(v₊) − L(v₋)) / (v₊ − v₋)
 * @param left (L(v) − L(v₋)) / (v − v₋)
 * @param right (L(v₊) − L(v)) / (v₊ − v)
 * @param kink whether left and right differ however small the step
 */
record Nudged(double slope, double step, double left, double right, boolean kink) {

    private static final MathContext SHOWN = new MathContext(4);

    /** Says to {@code moved} how everything moves that L is made of. */
    interface Terms {
        void of(Nudge nudge, Moved moved);
    }

    /** What went from {@code below} over {@code at} to {@code above}, and has this weight in L. */
    interface Moved {
        void by(double weight, double below, double at, double above);
    }

    /** @param one that has nothing measured yet */
    static Nudged of(Measured one, Matrix v, int row, int column, Terms terms) {
        double size = Norm.rootMeanSquare(v.row(row)::stream);
        List<Nudged> tried = new ArrayList<>();
        one.settle(List.of(0), (all, share) -> {
            Nudge nudge = Nudge.of(v, row * v.columns() + column, share, size == 0 ? 1 : size);
            Slope slope = new Slope();
            double[] sides = new double[2];
            terms.of(nudge, (weight, below, at, above) -> {
                slope.add(weight, below, at, above, nudge);
                sides[0] += weight * ((at - below) / (nudge.value() - nudge.down()));
                sides[1] += weight * ((above - at) / (nudge.up() - nudge.value()));
            });
            tried.add(new Nudged(slope.central(), nudge.up() / 2 - nudge.down() / 2, sides[0], sides[1], false));
            return List.of(slope);
        });
        Nudged its = tried.stream()
                .filter(each -> each.slope == one.numeric()[0])
                .findFirst()
                .orElse(tried.get(0));
        return new Nudged(its.slope, its.step, its.left, its.right, one.kinks().containsKey(0));
    }

    /** {@code x[2] is at a kink: the slope is 0 to its left and 6 to its right.} */
    Words saysKink(String said) {
        return new Words(said + " is at a kink: the slope is " + shown(left) + " to its left and " + shown(right)
                + " to its right.");
    }

    /** What is left of a slope of 0 is rounding. */
    private String shown(double side) {
        boolean none = Math.abs(side) <= GradientCheck.TOLERANCE * Math.max(Math.abs(left), Math.abs(right));
        return ElementOfGradient.exact(
                none ? 0 : new BigDecimal(side).round(SHOWN).doubleValue());
    }
}
