package org.jacobean.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jacobean.matrix.Matrix;

/**
 * What central differences gave for elements of one operand, in the order in which they were asked for: the slope of each,
 * {@code (L(v₊) − L(v₋)) / (v₊ − v₋)}, with v₊ and v₋ a step h to either side of v.
 *
 * <p>h = ∛ε·max(|v|, typical size of v), which balances the truncation of order h² against the rounding of order ε/h (Dennis
 * and Schnabel, Numerical Methods for Unconstrained Optimization and Nonlinear Equations, 1996, sections 5.4 and 5.6 and
 * algorithm A5.6.3); the typical size is the root mean square of the operand. Where L bends so much within the step that the
 * slopes to the left and to the right differ, it is measured again with smaller steps: the first stands where the next
 * confirms it.
 */
final class Measured {

    private static final double EPSILON = Math.ulp(1.0);
    static final double STEP = Math.cbrt(EPSILON);

    /** Each step is so much of the one before; the last is some 2e-10 of v, where rounding just leaves 1e-6 of the slope. */
    private static final double SMALLER = 1.0 / 32;

    private static final int STEPS = 4;

    /** What a value may be off by, as a multiple of ε of it: a handful of roundings on the way to it. */
    static final int ROUNDINGS = 4;

    /** Each difference between left and right has four values over one h, the central one two over 2h. */
    private static final int ROUNDINGS_OF_BEND = 4;

    /** Between the first step and the last, the bend of what is smooth falls by 2¹⁵, and that of a kink stays. */
    private static final double STAYS_WITHIN = 8;

    private final double[] numeric;
    private final double[] noise;
    private final Map<Integer, double[]> kinks = new HashMap<>();
    private final BitSet settled = new BitSet();

    private final double first;
    private final int steps;

    Measured(int count) {
        this(count, STEP, STEPS);
    }

    private Measured(int count, double first, int steps) {
        this.first = first;
        this.steps = steps;
        this.numeric = new double[count];
        this.noise = new double[count];
    }

    /**
     * With a first step 32 times as large, for a loss that is a sum in which one element moves little: its rounding is that
     * of the whole, and only the slope that is measured is small.
     */
    static Measured ofLoss(int count) {
        return new Measured(count, STEP / SMALLER, STEPS + 1);
    }

    int count() {
        return numeric.length;
    }

    double[] numeric() {
        return numeric;
    }

    /** How far rounding alone may have moved each number. */
    double[] noise() {
        return noise;
    }

    /** For an element at a kink, the lowest and the highest slope there. */
    Map<Integer, double[]> kinks() {
        return kinks;
    }

    /** Those that were measured: all of them, unless it was interrupted. */
    BitSet settled() {
        return settled;
    }

    /** The slopes of those that were measured. */
    DoubleStream slopes() {
        return settled.stream().mapToDouble(position -> numeric[position]);
    }

    /** Runs {@code measuring} until an interrupt: what was measured by then stands. */
    Measured untilInterrupted(Runnable measuring) {
        try {
            measuring.run();
        } catch (CancellationException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e; // it came from a layer of somebody's own
            }
        }
        return this;
    }

    /** The root mean square of {@code v}; 1 where that is 0. */
    static double typical(Matrix v, Work work) {
        double size = Norm.rootMeanSquare(work.reading(v));
        return size == 0 ? 1 : size;
    }

    /** The step that is taken, after rounding: not quite h on either side. */
    record Nudge(int row, int column, double value, double up, double down) {

        /** h is {@code share} of |v|, or of what is typical where that is more. */
        static Nudge of(Matrix v, int element, double share, double typical) {
            int row = element / v.columns();
            int column = element % v.columns();
            double value = v.get(row, column);
            double h = share * Math.max(Math.abs(value), typical);
            return new Nudge(row, column, value, value + h, value - h);
        }
    }

    /** One element's slope at one step, as far as it was added up. */
    static final class Slope {

        private double central;
        private double low;
        private double high;
        private double noise;

        /** @param weight of what goes from {@code below} over {@code at} to {@code above}, in L */
        void add(double weight, double below, double at, double above, Nudge nudge) {
            double left = weight * ((at - below) / (nudge.value - nudge.down));
            double right = weight * ((above - at) / (nudge.up - nudge.value));
            central += weight * ((above - below) / (nudge.up - nudge.down));
            low += Math.min(left, right);
            high += Math.max(left, right);
            addRounding(Math.abs(weight) * (Math.abs(above) + Math.abs(below)), nudge);
        }

        double central() {
            return central;
        }

        /** Of numbers of that sum that went into the difference of two L. */
        void addRounding(double magnitudes, Nudge nudge) {
            noise += ROUNDINGS * EPSILON * magnitudes / (nudge.up - nudge.down);
        }
    }

    /** The slopes of those that are {@code left}, by their place among the elements, with a step of that share of each. */
    interface Slopes {
        List<Slope> at(List<Integer> left, double share);
    }

    /** Measures elements at the first step, and what is not straight there at smaller ones. */
    void settle(List<Integer> positions, Slopes slopes) {
        List<Integer> left = IntStream.range(0, positions.size()).boxed().collect(Collectors.toList());
        List<Slope> atFirst = List.of();
        double share = this.first;
        for (int k = 0; k < steps && !left.isEmpty(); k++, share *= SMALLER) {
            List<Slope> now = slopes.at(left, share);
            atFirst = k == 0 ? now : atFirst;
            List<Integer> bent = new ArrayList<>();
            for (int i = 0; i < now.size(); i++) {
                int position = positions.get(left.get(i));
                if (isBent(position, now.get(i), atFirst.get(left.get(i)), k)) {
                    bent.add(left.get(i));
                }
            }
            left = bent;
        }
        positions.forEach(settled::set);
    }

    /** Notes what was measured at step {@code k}; whether it is to be measured again. */
    private boolean isBent(int position, Slope slope, Slope first, int k) {
        double bend = slope.high - slope.low;
        double atFirst = first.high - first.low;
        double rounding = ROUNDINGS_OF_BEND * slope.noise;
        boolean straight = !(bend > Math.max(rounding, GradientCheck.TOLERANCE * Math.abs(slope.central)));
        boolean grows = bend > STAYS_WITHIN * atFirst;
        double apart = Math.abs(slope.central - first.central);
        if (k > 0
                && bend <= Math.max(rounding, atFirst / STAYS_WITHIN)
                && apart <= Math.max(rounding, GradientCheck.TOLERANCE * Math.abs(slope.central))) {
            numeric[position] = first.central;
            noise[position] = first.noise + apart;
            return false;
        }
        if (k == 0 || straight || k == steps - 1 && !grows) {
            numeric[position] = slope.central;
            noise[position] = slope.noise;
        }
        if (!straight && k == steps - 1 && !grows && bend > atFirst / STAYS_WITHIN) {
            kinks.put(position, new double[] {slope.low, slope.high});
        }
        return !straight;
    }
}
