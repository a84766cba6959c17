package org.jacobean.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jacobean.explain.GradientCheck.Element;
import org.jacobean.explain.GradientCheck.Verdict;
import org.jacobean.matrix.Matrix;

/** The elements of a check as they are judged: the verdicts counted, and the worst kept. */
final class Tally {

    private static final int MOST_KEPT = 100_000;

    /** What was measured is still judged for so long after an interrupt. */
    private static final long AFTER_INTERRUPT = 50_000_000; // ns

    private static final Comparator<Judged> WORST_FIRST = Comparator.comparingInt(
                    (Judged element) -> switch (element.verdict) {
                        case NOT_FINITE -> 0;
                        case DIFFERS -> 1;
                        case KINK -> 2;
                        case AGREES, AGREES_TO_SIZE, AGREES_TO_ROUNDING -> 3;
                    })
            .thenComparing(Comparator.comparingDouble(Judged::relative).reversed());

    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    private final List<Judged> kept = new ArrayList<>();
    private Judged worst;

    /**
     * Judges what was measured of {@code gradient}. After an interrupt it goes on for a moment, and keeps the worst alone.
     *
     * @param elements those that were measured, row by row; null for all of them
     * @param keeps whether they are to be shown: else they are only counted
     */
    void judge(Matrix gradient, int[] elements, Measured measured, boolean keeps) {
        double s = Norm.rootMeanSquare(measured::slopes);
        BitSet settled = measured.settled();
        long end = 0;
        for (int k = settled.nextSetBit(0); k >= 0; k = settled.nextSetBit(k + 1)) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (interrupted) {
                long now = System.nanoTime();
                end = end == 0 ? now + AFTER_INTERRUPT : end;
                if (now - end >= 0) {
                    return;
                }
            }
            add(judged(gradient, elements == null ? k : elements[k], measured, k, s), keeps && !interrupted);
        }
    }

    private void add(Judged element, boolean keeps) {
        counts.merge(element.verdict, 1L, Long::sum);
        boolean compared = element.verdict != Verdict.NOT_FINITE && element.verdict != Verdict.KINK;
        if (compared && (worst == null || WORST_FIRST.compare(element, worst) < 0)) {
            worst = element;
        }
        if (keeps) {
            kept.add(element);
        }
        if (kept.size() == 2 * MOST_KEPT) {
            cut();
        }
    }

    /** The same without the elements, but for the worst. */
    Tally counted() {
        Tally tally = new Tally();
        tally.counts.putAll(counts);
        tally.worst = worst;
        return tally;
    }

    /** {@code all agree so far}; {@code 3 differ so far, most dL/dw[2,1]}. */
    String found() {
        long differ = counts.getOrDefault(Verdict.DIFFERS, 0L);
        long notFinite = counts.getOrDefault(Verdict.NOT_FINITE, 0L);
        if (differ + notFinite == 0) {
            return counts.containsKey(Verdict.KINK) ? "none differs so far" : "all agree so far";
        }
        String first =
                differ == 0 ? "" : String.format(Locale.ROOT, differ == 1 ? "%,d differs" : "%,d differ", differ);
        String second = notFinite == 0 ? "" : String.format(Locale.ROOT, "%,d not finite", notFinite);
        return first + (first.isEmpty() || second.isEmpty() ? "" : " and ") + second + " so far"
                + (differ == 0 ? "" : ", most " + worst().name());
    }

    Map<Verdict, Long> counts() {
        return counts;
    }

    /** Of those that were compared; null where there is none. */
    Element worst() {
        return worst == null ? null : worst.named();
    }

    List<Element> worstFirst() {
        cut();
        return kept.stream().map(Judged::named).collect(Collectors.toList());
    }

    private void cut() {
        kept.sort(WORST_FIRST);
        if (kept.size() > MOST_KEPT) {
            kept.subList(MOST_KEPT, kept.size()).clear();
        }
    }

    private static Judged judged(Matrix gradient, int element, Measured measured, int k, double s) {
        double analytic = gradient.get(element / gradient.columns(), element % gradient.columns());
        double numeric = measured.numeric()[k];
        double absolute = Math.abs(analytic - numeric);
        double own = Math.max(Math.abs(analytic), Math.abs(numeric));
        double relative = absolute == 0 ? 0 : absolute / Math.max(own, s);
        double[] kink = measured.kinks().get(k);
        Verdict verdict;
        if (!Double.isFinite(analytic) || !Double.isFinite(numeric)) {
            verdict = Verdict.NOT_FINITE;
        } else if (kink != null && isWithin(kink, analytic, GradientCheck.TOLERANCE * Math.max(own, s))) {
            verdict = Verdict.KINK;
        } else if (absolute <= GradientCheck.TOLERANCE * own) {
            verdict = Verdict.AGREES;
        } else if (relative <= GradientCheck.TOLERANCE) {
            verdict = Verdict.AGREES_TO_SIZE;
        } else if (absolute <= measured.noise()[k]) {
            verdict = Verdict.AGREES_TO_ROUNDING;
        } else {
            verdict = Verdict.DIFFERS;
        }
        return new Judged(gradient, element, analytic, numeric, absolute, relative, verdict);
    }

    private static boolean isWithin(double[] kink, double analytic, double tolerance) {
        return analytic >= kink[0] - tolerance && analytic <= kink[1] + tolerance;
    }

    /** An element of a gradient that has no name yet: of many only the worst need one. */
    private record Judged(
            Matrix gradient,
            int element,
            double analytic,
            double numeric,
            double absolute,
            double relative,
            Verdict verdict) {

        Element named() {
            String name = ElementName.of(gradient, element / gradient.columns(), element % gradient.columns());
            return new Element(name, analytic, numeric, absolute, relative, verdict);
        }
    }
}
