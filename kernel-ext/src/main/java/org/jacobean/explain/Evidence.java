package org.jacobean.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import org.jacobean.matrix.Matrix;

/**
 * What the supplied numbers prove. A guess fits where
 *
 * <ol>
 *   <li>each of its elements is the supplied one, to {@link #TOLERANCE}; and
 *   <li>enough elements <em>tell</em> it from the right gradient: they were supplied wrong, and the guess is at least a
 *       hundred times nearer than the right one is. So what is left of an error that was explained is below 1% of it.
 * </ol>
 *
 * <p>How many are enough is what any numbers would do, and one more. A guess that is fixed needs one element, since any
 * other number would have spoken against it. A constant factor is found from one element: it needs two. A constant that is
 * added needs three. Of k guesses, such as one for each of k rows, the best fits some digits by chance: they need one
 * more element for each factor of ten in k. A guess that is all zero proves nothing but that all is zero.
 *
 * <p>Numbers that are given with few {@link Decimals} may be off by half a unit of the last one more. Then an element proves
 * less than the 5 digits that it does otherwise, and as many more are needed.
 */
final class Evidence {

    /**
     * The relative error up to which numbers are the same. People also compute in float32, whose sums of a thousand terms
     * are off by some 1e-6 of their size.
     */
    static final double TOLERANCE = 1e-5;

    static final double NEARER = 0.01;
    /** Above it, an error is more than the rounding of doubles. */
    static final double ROUNDING = 1e-9;

    /** What an element proves: {@link #TOLERANCE} in powers of ten. */
    private static final double DIGITS = 5;

    private static final int PROBES = 8;

    private final Matrix mine;
    /** Null where the supplied matrix has another shape than the gradient. */
    private final Matrix right;

    private final double rightSize;
    private final double size;
    private final Decimals decimals;
    private final List<int[]> probes;

    private Evidence(Matrix right, Matrix mine) {
        this.mine = mine;
        boolean sameShape = right.rows() == mine.rows() && right.columns() == mine.columns();
        this.right = sameShape ? right : null;
        this.rightSize = size(right);
        this.size = size(mine);
        this.decimals = Decimals.of(mine, size);
        this.probes = probes();
    }

    static Evidence of(Matrix right, Matrix mine) {
        return new Evidence(right, mine);
    }

    /** The elements that a fixed guess, one of {@code count} of its kind, needs. */
    static int oneOf(int count) {
        return 1 + (int) Math.ceil(Math.log10(count));
    }

    boolean sameShape() {
        return right != null;
    }

    /** |mine − right| / max(|mine|, |right|, rms of right); 0 where both are NaN, or the same infinity; ∞ where one is. */
    double error(int i, int j) {
        return error(mine.get(i, j), right.get(i, j), rightSize);
    }

    boolean wrong(int i, int j) {
        return !is(i, j, right.get(i, j));
    }

    /** Whether an element is {@code a} where right ones are expected. */
    boolean is(int i, int j, double a) {
        return same(mine.get(i, j), a, rightSize, decimals.half());
    }

    /** Whether the decimals that were left out explain the error. */
    boolean isRounding(int i, int j) {
        return isRounding(mine.get(i, j) - right.get(i, j), decimals.half());
    }

    /** The hundredth more is for sums that were rounded to float32 before. */
    private static boolean isRounding(double difference, double half) {
        return Math.abs(difference) <= 1.01 * half;
    }

    /** Whether a right element is more than nothing beside the others. */
    boolean counts(int i, int j) {
        double a = Math.abs(right.get(i, j));
        return error(a, 0, rightSize) > TOLERANCE / NEARER && a > decimals.half() / NEARER;
    }

    /** With how many decimals the supplied numbers are given. */
    Decimals decimals() {
        return decimals;
    }

    /** How far from a supplied number the number that was meant may be. */
    double margin(int i, int j) {
        return Math.max(decimals.half(), TOLERANCE * Math.max(size, Math.abs(mine.get(i, j))));
    }

    /** Whether the guess gives the numbers, and these prove it. */
    boolean fits(Lazy guess, int needed) {
        return fits(guess, needed, 0);
    }

    /** Likewise, to the few decimals with which the numbers are given. */
    boolean fitsRounded(Lazy guess, int needed) {
        return decimals.areFew() && fits(guess, neededRounded(needed), decimals.half());
    }

    /** Whether the guess gives the numbers, even if they prove nothing. */
    boolean allows(Lazy guess) {
        return fits(guess, 0, decimals.half());
    }

    private int neededRounded(int needed) {
        return (int) Math.ceil(needed * Math.max(1, DIGITS / Math.log10(size / decimals.half())));
    }

    private boolean fits(Lazy guess, int needed, double half) {
        if (!guess.hasShapeOf(mine)) {
            return false;
        }
        for (int[] probe : probes) {
            if (!near(guess, probe[0], probe[1], half)) {
                return false;
            }
        }
        Lazy whole = guess.whole();
        long telling = 0;
        for (int i = 0; i < mine.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                if (!near(whole, i, j, half)) {
                    return false;
                }
                telling += tells(whole, i, j, half) ? 1 : 0;
            }
        }
        return telling >= needed;
    }

    private boolean near(Lazy guess, int i, int j, double half) {
        return same(mine.get(i, j), guess.at(i, j), size, half);
    }

    private boolean tells(Lazy guess, int i, int j, double half) {
        double a = mine.get(i, j);
        double otherwise = sameShape() ? right.get(i, j) : 0;
        boolean wrong = !same(a, otherwise, sameShape() ? rightSize : size, half);
        return wrong && Math.max(half, Math.abs(a - guess.at(i, j))) <= NEARER * Math.abs(a - otherwise);
    }

    private static boolean same(double a, double b, double size, double half) {
        return error(a, b, size) <= TOLERANCE || isRounding(a - b, half);
    }

    /** Whether all numbers are the same. */
    static boolean same(Lazy a, Matrix b) {
        Lazy its = a.whole();
        double size = size(b);
        for (int i = 0; i < b.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < b.columns(); j++) {
                if (error(its.at(i, j), b.get(i, j), size) > TOLERANCE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A few elements that no wrong guess is likely to have: the most wrong ones, and the largest. */
    private List<int[]> probes() {
        Comparator<double[]> smallestFirst = Comparator.comparingDouble(entry -> entry[0]);
        PriorityQueue<double[]> wrong = new PriorityQueue<>(smallestFirst);
        PriorityQueue<double[]> large = new PriorityQueue<>(smallestFirst);
        for (int i = 0; i < mine.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                keep(large, Math.abs(mine.get(i, j)), i, j);
                if (sameShape()) {
                    keep(wrong, Math.abs(mine.get(i, j) - right.get(i, j)), i, j);
                }
            }
        }
        List<int[]> probes = new ArrayList<>();
        wrong.addAll(large);
        wrong.forEach(entry -> probes.add(new int[] {(int) entry[1], (int) entry[2]}));
        return probes;
    }

    private static void keep(PriorityQueue<double[]> largest, double value, int i, int j) {
        if (largest.size() < PROBES) {
            largest.add(new double[] {value, i, j});
        } else if (value > largest.peek()[0]) {
            largest.poll();
            largest.add(new double[] {value, i, j});
        }
    }

    /** {@code 1.2e-5}. */
    static String digits(double error) {
        return String.format(Locale.ROOT, "%.1e", error).replace(".0e", "e").replace("e-0", "e-");
    }

    /** |a − b| / max(|a|, |b|, size). */
    static double error(double a, double b, double size) {
        if (a == b || Double.isNaN(a) && Double.isNaN(b)) {
            return 0;
        }
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            return Double.POSITIVE_INFINITY;
        }
        double unit = Math.max(size, Math.max(Math.abs(a), Math.abs(b)));
        double difference = Math.abs(a - b);
        return Double.isFinite(difference) ? difference / unit : Math.abs(a / unit - b / unit);
    }

    /** The root mean square of the finite entries, computed by their largest so that no square overflows. */
    private static double size(Matrix a) {
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < a.columns(); j++) {
                double entry = Math.abs(a.get(i, j));
                largest = Double.isFinite(entry) ? Math.max(largest, entry) : largest;
            }
        }
        double squares = 0;
        long count = 0;
        for (int i = 0; i < a.rows() && largest > 0; i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < a.columns(); j++) {
                double entry = a.get(i, j) / largest;
                if (Double.isFinite(entry)) {
                    squares += entry * entry;
                    count++;
                }
            }
        }
        return count == 0 ? 0 : largest * Math.sqrt(squares / count);
    }
}
