package org.jacobean.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NotFinite;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;

/**
 * Whether gradients are right: each element a of dL/dx and of the parameters' gradients beside n, the same slope measured by
 * central differences: of L = Σ dL/df∘f for a layer, of the loss through all layers for a network.
 *
 * <p>They agree when {@code |a − n| ≤ 1e-6·max(|a|, |n|, s)}, s the root mean square of that gradient as measured, so that
 * nothing depends on how large gradients are; or when |a − n| is no more than the rounding of the measurement. NaN and ±∞
 * never agree.
 */
public final class GradientCheck {

    /**
     * Inclusive. A central difference reaches ε^⅔, some 4e-11, on a smooth function of unit scale; the rest is for curvature
     * and cancellation.
     */
    static final double TOLERANCE = 1e-6;

    /** Up to so many elements are all checked when nothing else is said. */
    private static final int FEW = 1000;

    private final Subject subject;
    private final long total;
    private final Long seed;
    private final List<Element> elements;
    private final Map<Verdict, Long> counts;
    private final Element worst;

    private GradientCheck(Subject subject, long total, Long seed, Tally tally) {
        this.subject = subject;
        this.total = total;
        this.seed = seed;
        this.elements = Collections.unmodifiableList(tally.worstFirst());
        this.counts = tally.counts();
        this.worst = tally.worst();
    }

    /** Told how far a check, or any loop, is. */
    public interface Progress {

        Progress NONE = (done, total) -> {};

        void at(long done, long total);

        /** @param words beside it, such as {@code loss 0.12, 96.3 % right}, or {@code about 40 s left} */
        default void at(long done, long total, String words) {
            at(done, total);
        }
    }

    public enum Verdict {
        AGREES("agrees"),
        /** Off by more than 1e-6 of itself, but not of what is typical of its gradient. */
        AGREES_TO_SIZE("agrees, to the gradient's size"),
        /** Off by more than 1e-6 of either, but by no more than the rounding of the measurement. */
        AGREES_TO_ROUNDING("agrees, to rounding"),
        DIFFERS("differs"),
        /** The slopes to the left and to the right differ at every step, and it is one of them or between: not wrong. */
        KINK("at a kink"),
        /** NaN or infinite, on either side. */
        NOT_FINITE("not finite");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** {@code agrees}. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * One element of a gradient.
     *
     * @param name {@code dL/dw[2,1]}
     * @param analytic a, as the layer computes it
     * @param numeric n, as it was measured
     * @param absolute |a − n|
     * @param relative |a − n| / max(|a|, |n|, s), which the tolerance is for
     */
    public record Element(
            String name, double analytic, double numeric, double absolute, double relative, Verdict verdict) {}

    /** Checks all elements if there are at most 1,000, else a sample of 1,000. */
    public static GradientCheck of(Gradients grads) {
        return of(grads, Progress.NONE);
    }

    public static GradientCheck of(Gradients grads, Progress progress) {
        return sample(grads, FEW, 0, progress);
    }

    /** The same of a network: x and every parameter. */
    public static GradientCheck of(NetworkGradients grads) {
        return of(grads, Progress.NONE);
    }

    public static GradientCheck of(NetworkGradients grads, Progress progress) {
        return sample(grads, FEW, 0, progress);
    }

    /** Checks every element. */
    public static GradientCheck all(Gradients grads) {
        return all(grads, Progress.NONE);
    }

    public static GradientCheck all(Gradients grads, Progress progress) {
        return check(Subject.of(grads), Map.of(), null, progress);
    }

    /** Checks every element of x and of every parameter. */
    public static GradientCheck all(NetworkGradients grads) {
        return all(grads, Progress.NONE);
    }

    public static GradientCheck all(NetworkGradients grads, Progress progress) {
        return check(Subject.of(grads), Map.of(), null, progress);
    }

    /**
     * Checks {@code count} elements, drawn evenly from x and each parameter, where a small one leaves its rest to the
     * others; or every element where there are no more. The same {@code seed} draws the same ones.
     */
    public static GradientCheck sample(Gradients grads, int count, long seed) {
        return sample(grads, count, seed, Progress.NONE);
    }

    public static GradientCheck sample(Gradients grads, int count, long seed, Progress progress) {
        return sample(Subject.of(grads), count, seed, progress);
    }

    public static GradientCheck sample(NetworkGradients grads, int count, long seed) {
        return sample(grads, count, seed, Progress.NONE);
    }

    public static GradientCheck sample(NetworkGradients grads, int count, long seed, Progress progress) {
        return sample(Subject.of(grads), count, seed, progress);
    }

    private static GradientCheck sample(Subject subject, int count, long seed, Progress progress) {
        if (count < 1) {
            throw new IllegalArgumentException("a sample has at least 1 element, not " + count);
        }
        Map<String, Integer> sizes = subject.sizes();
        return count >= sum(sizes)
                ? check(subject, Map.of(), null, progress)
                : check(subject, draw(sizes, count, new Random(seed)), seed, progress);
    }

    /** Whether no element differs or is not finite. */
    public boolean passed() {
        return count(Verdict.DIFFERS) == 0 && count(Verdict.NOT_FINITE) == 0;
    }

    /** {@code 17 of 17 agree; worst 3.1e-11 at dL/dw[2,1]}, and what else is so. */
    public String summary() {
        long agree = count(Verdict.AGREES) + count(Verdict.AGREES_TO_SIZE) + count(Verdict.AGREES_TO_ROUNDING);
        StringBuilder summary = new StringBuilder(String.format(Locale.ROOT, "%,d of %,d agree", agree, checked()));
        if (worst != null) {
            summary.append("; worst ")
                    .append(brief(worst.relative))
                    .append(" at ")
                    .append(worst.name);
        }
        if (elements.size() == checked() && elements.stream().allMatch(element -> element.analytic == 0)) {
            summary.append("; every one is 0"); // nothing flows back, or nothing came in
        }
        say(summary, Verdict.DIFFERS, count(Verdict.DIFFERS) == 1 ? "differs" : "differ");
        say(summary, Verdict.KINK, "at a kink");
        say(summary, Verdict.NOT_FINITE, "not finite");
        say(summary, Verdict.AGREES_TO_SIZE, "only to the gradient's size");
        say(summary, Verdict.AGREES_TO_ROUNDING, "only to rounding");
        if (seed != null) {
            summary.append(String.format(Locale.ROOT, " (a sample of %,d of %,d, seed %d)", checked(), total, seed));
        }
        return summary.toString();
    }

    /** Where NaN or ∞ begins, if an element is not finite and it was not the measurement alone that left what is. */
    public Optional<NotFinite> notFinite() {
        return count(Verdict.NOT_FINITE) == 0 ? Optional.empty() : subject.notFinite.get();
    }

    /** How it was measured and compared, in a line; {@link #method} says more. */
    public String how() {
        return "agree: to 1e-6, or to rounding; numeric: central differences of " + subject.loss;
    }

    /** How it was measured and compared, and after whom. */
    public String method() {
        return "agree: to 1e-6 of the larger of the two, or of the gradient's own size (its root mean square),"
                + " or as far as rounding goes."
                + " numeric: central differences of " + subject.loss
                + " with h = " + subject.step + "∛ε·max(|v|, rms of its operand), smaller near kinks"
                + " (Dennis and Schnabel, Numerical Methods for Unconstrained Optimization, 1996, A5.6.3);"
                + " rounding: " + Measured.ROUNDINGS + "ε·" + subject.rounding + " / (v₊ − v₋)";
    }

    /** Those that were checked, the worst first: at most 100,000, while the counts are of all. */
    public List<Element> elements() {
        return elements;
    }

    /**
     * What is wrong with a gradient that a person computed: {@link Diagnosis#of}.
     *
     * @param name which one it should be: {@code dL/dw}
     */
    public Diagnosis supplied(String name, Matrix mine) {
        return subject.diagnosis.apply(name, mine);
    }

    public long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    /** How many elements were checked. */
    public long checked() {
        return counts.values().stream().mapToLong(count -> count).sum();
    }

    /** How many elements there are. */
    public long total() {
        return total;
    }

    /** {@code GradientCheck of Linear 3 → 2: 17 of 17 agree; worst 3.1e-11 at dL/dw[2,1]}. */
    @Override
    public String toString() {
        return "GradientCheck of " + Visible.of(subject.title) + ": " + summary();
    }

    private void say(StringBuilder summary, Verdict verdict, String what) {
        if (count(verdict) > 0) {
            summary.append(String.format(Locale.ROOT, "; %,d %s", count(verdict), what));
        }
    }

    /** Two digits: {@code 3.1e-11}, {@code 0.091}. */
    private static String brief(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent >= -3 && exponent < 3
                ? rounded.toPlainString()
                : rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    // Which elements

    private static long sum(Map<String, Integer> sizes) {
        return sizes.values().stream().mapToLong(size -> size).sum();
    }

    private static Map<String, int[]> draw(Map<String, Integer> sizes, int count, Random random) {
        List<String> smallestFirst = new ArrayList<>(sizes.keySet());
        smallestFirst.sort(Comparator.comparing(sizes::get));
        Map<String, int[]> drawn = new LinkedHashMap<>();
        int left = count;
        for (int i = 0; i < smallestFirst.size(); i++) {
            int size = sizes.get(smallestFirst.get(i));
            int some = Math.min(size, left / (smallestFirst.size() - i));
            drawn.put(smallestFirst.get(i), draw(size, some, random));
            left -= some;
        }
        return drawn;
    }

    /** Each set of {@code count} numbers below {@code size} alike (R. Floyd, in J. Bentley, Programming Pearls, 1987). */
    private static int[] draw(int size, int count, Random random) {
        Set<Integer> drawn = new HashSet<>();
        for (int last = size - count; last < size; last++) {
            int one = random.nextInt(last + 1);
            drawn.add(drawn.contains(one) ? last : one);
        }
        return drawn.stream().mapToInt(i -> i).sorted().toArray();
    }

    // Checking them

    /** @param drawn the elements of each role, where they are not all */
    private static GradientCheck check(Subject subject, Map<String, int[]> drawn, Long seed, Progress progress) {
        Map<String, Integer> sizes = subject.sizes();
        long count = drawn.isEmpty()
                ? sum(sizes)
                : drawn.values().stream().mapToLong(some -> some.length).sum();
        Tally tally = new Tally();
        SoFar soFar = progress == Progress.NONE ? null : new SoFar(timeLeft(subject, drawn), tally);
        Work work = new Work("checking " + subject.title, count, progress, soFar);
        Differences differences = subject.differences.apply(work);
        for (String role : sizes.keySet()) {
            Matrix gradient = subject.gradients.get(role);
            int[] elements = drawn.get(role);
            if (soFar != null) {
                soFar.begin(role, gradient, elements);
            }
            try {
                Measured measured = differences.of(role, elements);
                tally.judge(gradient, elements, measured, true);
            } catch (CancellationException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    throw e; // it came from a layer of somebody's own
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                throw givenUp(subject, gradient, count, tally);
            }
        }
        return new GradientCheck(subject, sum(sizes), seed, tally);
    }

    private static TimeLeft timeLeft(Subject subject, Map<String, int[]> drawn) {
        Map<String, Integer> sizes = subject.sizes();
        Map<String, Long> counts = new LinkedHashMap<>();
        sizes.forEach((role, size) -> counts.put(role, drawn.isEmpty() ? (long) size : drawn.get(role).length));
        Work untold = new Work("a trial", Long.MAX_VALUE, Progress.NONE);
        Differences differences = subject.differences.apply(untold);
        return new TimeLeft(counts, role -> differences.pace(role, sizes.get(role)), System::nanoTime);
    }

    private static CancellationException givenUp(Subject subject, Matrix gradient, long count, Tally tally) {
        GradientCheck part = new GradientCheck(subject, count, null, tally.counted());
        String checking = "checking " + subject.title;
        return part.checked() == 0
                ? Interrupts.givenUp(checking)
                : new CancellationException(String.format(
                        Locale.ROOT,
                        "interrupted: %s was given up after %,d of %,d elements, in %s: %s",
                        checking,
                        part.checked(),
                        count,
                        Visible.of(gradient.label("a gradient")),
                        part.summary()));
    }

    /**
     * What is checked: the gradients of a layer, or of a network.
     *
     * @param loss what L is
     * @param step what stands before the step that a layer is measured with
     * @param rounding what its rounding is in proportion to
     * @param notFinite where NaN or ∞ begins
     * @param diagnosis of one of these gradients, by its name, that a person computed
     */
    private record Subject(
            String title,
            Map<String, Matrix> operands,
            Map<String, Matrix> gradients,
            Function<Work, Differences> differences,
            String loss,
            String step,
            String rounding,
            Supplier<Optional<NotFinite>> notFinite,
            BiFunction<String, Matrix, Diagnosis> diagnosis) {

        static Subject of(Gradients grads) {
            require(grads);
            return new Subject(
                    grads.pass().layer().toString(),
                    grads.pass().operands(),
                    grads.all(),
                    work -> new CentralDifferences(grads, work),
                    "L = Σ dL/df∘f",
                    "",
                    "Σ |dL/df|·(|f₊| + |f₋|)",
                    () -> Flow.network(grads).notFinite(),
                    (name, mine) -> Diagnosis.of(grads, name, mine));
        }

        static Subject of(NetworkGradients grads) {
            require(grads);
            Map<String, Matrix> operands = new LinkedHashMap<>();
            operands.put("x", grads.pass().input());
            operands.putAll(grads.pass().network().parameters());
            return new Subject(
                    grads.pass().network().toString(),
                    operands,
                    grads.all(),
                    work -> new NetworkDifferences(grads, work),
                    grads.loss().map(LossPass::loss).map(Object::toString).orElse("L = Σ dL/df∘f")
                            + " through all layers",
                    "32·",
                    "(|L₊| + |L₋| + 2·Σ |dL/dl∘l| over the outputs l on the way)",
                    grads::notFinite,
                    (name, mine) -> Diagnosis.of(grads, name, mine));
        }

        private static void require(Object grads) {
            if (grads == null) {
                throw new IllegalArgumentException("the gradients are null; did the cell that declares them fail?");
            }
        }

        Map<String, Integer> sizes() {
            Map<String, Integer> sizes = new LinkedHashMap<>();
            operands.forEach((role, v) -> sizes.put(role, v.rows() * v.columns()));
            return sizes;
        }
    }
}
