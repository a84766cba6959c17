package org.jacobean.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.matrix.Matrix;

/**
 * "What did I do wrong?": a gradient that a person computed, however, beside the right one, and the known mistakes that
 * give its numbers.
 *
 * <pre>{@code
 * Diagnosis.of(grads, "w", mine).summary();
 * // your dL/dw is the right one divided by 5, the number of rows: sum over the batch, don't average
 * }</pre>
 *
 * <p>Nothing is guessed: a mistake is named where it gives every supplied number, to one part in 100,000, and where other
 * numbers would not have been explained as well. Where several do, all are named, the most specific first; where none
 * does, that is said.
 */
public final class Diagnosis {

    /** What is so, but gives no numbers. */
    private static final Set<Kind> NO_EXPLANATION = EnumSet.of(Kind.WRONG_SHAPE, Kind.NOT_FINITE, Kind.IN_PART);

    private static final int MOST_OF_A_KIND = 3;
    private static final int MOST_CANDIDATES = 200;
    /** Above it, an error is more than the rounding of doubles. */
    private static final double ROUNDING = 1e-9;

    /** What was done wrong, the most specific first. */
    public enum Kind {
        /** It cannot be that gradient; mistakes that give the shape it has may follow. */
        WRONG_SHAPE,
        /** NaN or ±∞ where the right one has a number. */
        NOT_FINITE,
        ALL_ZERO,
        /** D was used where dL/df is D∘[f > 0]. */
        MASK_MISSING,
        /** D∘[D > 0], D∘[f < 0] or D∘[x > 0] was used where dL/df is D∘[f > 0]. */
        MASK_WRONG_SIDE,
        /** Computed with one of the candidates in the place of x, w or dL/df. */
        OLD_OPERAND,
        /** A relu's mask where there is none. */
        MASKED,
        ONE_ROW,
        ROW_LEFT_OUT,
        /** Summed where nothing is to be summed, or too early. */
        SUMMED,
        NOT_SUMMED,
        TRANSPOSED,
        /** Multiplied by x or w as it is where its transpose belongs. */
        NOT_TRANSPOSED,
        /** Computed with one matrix of the pass in the place of another. */
        MISPLACED,
        /** Another matrix of the pass. */
        ANOTHER_MATRIX,
        ELEMENT_WISE,
        SIGN,
        DIVIDED_BY_ROWS,
        TIMES_ROWS,
        DIVIDED_BY_COUNT,
        FACTOR_TWO,
        /** k times the right one, k whole. */
        ACCUMULATED,
        SIGN_AND_FACTOR,
        FACTOR,
        CONSTANT,
        /** At least half of it is right. */
        IN_PART
    }

    /**
     * One mistake that gives the supplied numbers.
     *
     * @param mistake what was done: {@code your dL/dw is the right one transposed}
     * @param remedy what to do instead
     */
    public record Finding(Kind kind, String mistake, String remedy) {

        /** The whole sentence. */
        public String says() {
            return mistake + ": " + remedy;
        }

        @Override
        public String toString() {
            return says();
        }
    }

    private final Gradients grads;
    private final String role;
    private final String label;
    private final Matrix mine;
    private final boolean sameShape;
    private final Worst worst;
    private final List<Finding> findings;

    private Diagnosis(
            Gradients grads, String role, Matrix mine, boolean sameShape, Worst worst, List<Finding> findings) {
        this.grads = grads;
        this.role = role;
        this.label = grads.of(role).label("dL/d" + role);
        this.mine = mine;
        this.sameShape = sameShape;
        this.worst = worst;
        this.findings = findings;
    }

    /**
     * @param name the gradient that {@code mine} should be, as for {@link Gradients#of}: {@code w}, {@code dL/dw} or the
     *     name of its variable
     * @param mine the numbers in question, of any shape
     * @throws IllegalArgumentException when there is no such gradient, or nothing in question
     */
    public static Diagnosis of(Gradients grads, String name, Matrix mine) {
        if (grads == null) {
            throw new IllegalArgumentException("the gradients are null; did the cell that declares them fail?");
        }
        Matrix right = grads.of(name);
        String role = grads.all().entrySet().stream()
                .filter(gradient -> gradient.getValue() == right)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "dL/df came in, the layer did not compute it; ask for " + String.join(", ", labels(grads))));
        String label = right.label("dL/d" + role);
        if (mine == null) {
            throw new IllegalArgumentException("your " + label + " is null; did the cell that declares it fail?");
        }
        Evidence evidence = Evidence.of(right, mine);
        Worst worst = evidence.sameShape() ? Worst.of(evidence, mine) : null;
        return new Diagnosis(
                grads, role, mine, evidence.sameShape(), worst, findings(grads, role, mine, evidence, worst));
    }

    /**
     * This diagnosis, with each of {@code candidates} tried too as another x, w or dL/df wherever its shape fits; 200 of
     * them at most, without those that are null or a matrix of the pass.
     */
    public Diagnosis against(Matrix... candidates) {
        Map<String, Matrix> named = new LinkedHashMap<>();
        for (int k = 0; k < candidates.length; k++) {
            if (candidates[k] != null) {
                String number = "candidate " + (k + 1);
                String name = candidates[k].label(number);
                named.put(named.containsKey(name) ? name + " (" + number + ")" : name, candidates[k]);
            }
        }
        return against(named);
    }

    /** Likewise, with what each is to be called: {@code against("oldW", oldW, "before", before)}. */
    public Diagnosis against(String name, Matrix candidate, Object... more) {
        Map<String, Matrix> named = new LinkedHashMap<>();
        named.put(name, candidate);
        for (int k = 0; k < more.length; k += 2) {
            if (k + 1 == more.length || !(more[k] instanceof String) || more[k + 1] != null && !(more[k + 1] instanceof Matrix)) {
                throw new IllegalArgumentException("candidates are names and matrices by turns, such as \"oldW\", oldW");
            }
            named.put((String) more[k], (Matrix) more[k + 1]);
        }
        return against(named);
    }

    private Diagnosis against(Map<String, Matrix> candidates) {
        Forward pass = grads.pass();
        List<Matrix> own = new ArrayList<>(pass.operands().values());
        own.addAll(List.of(pass.output(), grads.incoming()));
        Map<String, Matrix> others = new LinkedHashMap<>();
        candidates.forEach((name, candidate) -> {
            if (candidate != null && others.size() < MOST_CANDIDATES && !own.contains(candidate)) {
                others.put(name, candidate);
            }
        });
        if (right() || has(Kind.NOT_FINITE) || has(Kind.ALL_ZERO) || others.isEmpty()) {
            return this;
        }
        Evidence evidence = Evidence.of(grads.of(role), mine);
        Stream<Finding> more = fitting(evidence, new Mistakes(grads, role).withOthers(others));
        return new Diagnosis(grads, role, mine, sameShape, worst, sorted(Stream.concat(findings.stream(), more)));
    }

    /** Whether every element is the right one, to the precision of float32. */
    public boolean right() {
        return sameShape && worst.wrong == 0;
    }

    /** The mistakes that give the supplied numbers, the most specific first; none where they are right. */
    public List<Finding> findings() {
        return findings;
    }

    /** Whether a mistake of this kind gives the supplied numbers. */
    public boolean has(Kind kind) {
        return findings.stream().anyMatch(finding -> finding.kind == kind);
    }

    /**
     * The relative error of each element: |mine − right| / max(|mine|, |right|, rms of right). 0 where both are NaN or the
     * same infinity, and ∞ where only one is.
     *
     * @throws IllegalArgumentException when {@code mine} has not the gradient's shape
     */
    public Matrix errors() {
        if (!sameShape) {
            throw new IllegalArgumentException(findings.get(0).says());
        }
        Evidence evidence = Evidence.of(grads.of(role), mine);
        double[][] errors = new double[mine.rows()][mine.columns()];
        for (int i = 0; i < errors.length; i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < errors[i].length; j++) {
                errors[i][j] = evidence.error(i, j);
            }
        }
        return Matrix.of(errors).named("error of " + label);
    }

    /** The right gradient. */
    public Matrix expected() {
        return grads.of(role);
    }

    /** What was supplied. */
    public Matrix supplied() {
        return mine;
    }

    /** Whether the supplied matrix has the gradient's shape, and so {@link #errors}. */
    public boolean sameShape() {
        return sameShape;
    }

    /** Whether any mistake is known that gives all of the supplied numbers. */
    public boolean explained() {
        return findings.stream().anyMatch(finding -> !NO_EXPLANATION.contains(finding.kind));
    }

    /** What is to be said, a line for each finding. */
    public String summary() {
        if (right()) {
            return "your " + label + " is right"
                    + (worst.error > ROUNDING
                            ? " to "
                                    + String.format(Locale.ROOT, "%.0e", worst.error)
                                            .replace("e-0", "e-") + " of its size, as float32 would give"
                            : "");
        }
        List<String> lines = new ArrayList<>();
        if (findings.isEmpty()) {
            lines.add("your " + label + " is wrong in " + worst.wrong + " of " + worst.all
                    + (worst.all == 1 ? " element" : " elements") + ", most in "
                    + element(label, mine, worst.row, worst.column)
                    + ", and none of the known mistakes gives these numbers");
        }
        long mistakes = findings.stream()
                .filter(finding -> !NO_EXPLANATION.contains(finding.kind))
                .count();
        findings.forEach(finding -> {
            lines.add(finding.says());
            if (finding.kind == Kind.WRONG_SHAPE && findings.size() == 1) {
                lines.add("none of the known mistakes gives these numbers");
            }
        });
        if (mistakes > 1) {
            lines.add(has(Kind.WRONG_SHAPE) ? 1 : 0, "more than one mistake gives these numbers:");
        }
        return String.join("\n", lines);
    }

    /** {@code Diagnosis of dL/dw: divided by rows, factor two}. */
    @Override
    public String toString() {
        String kinds = findings.stream()
                .map(finding -> finding.kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .distinct()
                .collect(Collectors.joining(", "));
        return "Diagnosis of " + label + ": " + (right() ? "right" : kinds.isEmpty() ? "no known mistake" : kinds);
    }

    // How it is found

    private static List<Finding> findings(Gradients grads, String role, Matrix mine, Evidence evidence, Worst worst) {
        Mistakes mistakes = new Mistakes(grads, role);
        Matrix right = grads.of(role);
        String label = right.label("dL/d" + role);
        List<Finding> findings = new ArrayList<>();
        if (!evidence.sameShape()) {
            findings.add(new Finding(
                    Kind.WRONG_SHAPE,
                    "your " + label + " is " + mine.shape(),
                    "it must be " + right.shape() + ", the shape of "
                            + grads.pass().operands().get(role).label(role)));
        } else if (worst.wrong == 0) {
            return List.of();
        }
        Places notFinite = notFinite(mine, evidence.sameShape() ? right : null, label);
        if (notFinite.count > 0) {
            findings.add(notFinite(evidence, worst, label, notFinite));
        } else if (allZero(mine)) {
            findings.add(new Finding(
                    Kind.ALL_ZERO,
                    "your " + label + " is all zero",
                    "it was never computed, or set to zero afterwards"));
        } else {
            fitting(evidence, mistakes.ofThePass()).forEach(findings::add);
            if (evidence.sameShape()) {
                fitting(evidence, Stream.concat(mistakes.ofFactor(mine), Stream.of(mistakes.ofConstant(mine))))
                        .forEach(findings::add);
                mistakes.inPart(evidence, mine).map(Guess::finding).forEach(findings::add);
            }
        }
        return sorted(findings.stream());
    }

    private static Stream<Finding> fitting(Evidence evidence, Stream<Guess> guesses) {
        return guesses.filter(guess -> {
                    Lazy.stopIfInterrupted();
                    return evidence.fits(guess.numbers(), guess.needed());
                })
                .map(Guess::finding);
    }

    private static List<Finding> sorted(Stream<Finding> findings) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        return findings.distinct()
                .sorted(Comparator.comparing(Finding::kind))
                .filter(finding -> counts.merge(finding.kind, 1, Integer::sum) <= MOST_OF_A_KIND)
                .toList();
    }

    private static boolean allZero(Matrix mine) {
        return mine.stream().allMatch(a -> a == 0);
    }

    // NaN and ±∞

    private record Places(List<String> first, long count) {}

    /** Where the supplied numbers, and not the right ones, are none. */
    private static Places notFinite(Matrix mine, Matrix right, String label) {
        List<String> first = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < mine.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                double a = mine.get(i, j);
                if (!Double.isFinite(a) && (right == null || Double.compare(a, right.get(i, j)) != 0)) {
                    count++;
                    if (first.size() < MOST_OF_A_KIND) {
                        first.add(element(label, mine, i, j));
                    }
                }
            }
        }
        return new Places(first, count);
    }

    private static Finding notFinite(Evidence evidence, Worst worst, String label, Places places) {
        String rest = "";
        if (evidence.sameShape() && places.count < worst.all) {
            long wrong = worst.wrong - places.count;
            rest = wrong == 0
                    ? ", and the rest is right"
                    : ", and of the other " + (worst.all - places.count) + " elements " + wrong
                            + (wrong == 1 ? " is wrong" : " are wrong");
        }
        return new Finding(
                Kind.NOT_FINITE,
                "your " + label + " is NaN or infinite in " + list(places.first, places.count) + rest,
                "look for a division by 0, a log of 0 or an overflow there");
    }

    // Where the errors are

    /** How many elements are wrong, and which is the most. */
    private record Worst(long all, long wrong, double error, int row, int column) {

        static Worst of(Evidence evidence, Matrix mine) {
            long wrong = 0;
            double most = 0;
            int row = 0;
            int column = 0;
            for (int i = 0; i < mine.rows(); i++) {
                Lazy.stopIfInterrupted();
                for (int j = 0; j < mine.columns(); j++) {
                    double error = evidence.error(i, j);
                    wrong += error > Evidence.TOLERANCE ? 1 : 0;
                    if (error > most) {
                        most = error;
                        row = i;
                        column = j;
                    }
                }
            }
            return new Worst((long) mine.rows() * mine.columns(), wrong, most, row, column);
        }
    }

    // Words

    /** {@code dL/dw[2,1]}, or {@code dL/dx[3]} in a single row. */
    static String element(String label, Matrix its, int i, int j) {
        return ElementName.of(its.named(label), i, j);
    }

    /** {@code a, b and c}, or {@code a, b, c and 5 more}. */
    static String list(List<String> first, long count) {
        if (count > first.size()) {
            return String.join(", ", first) + String.format(Locale.ROOT, " and %,d more", count - first.size());
        }
        int last = first.size() - 1;
        return last == 0 ? first.get(0) : String.join(", ", first.subList(0, last)) + " and " + first.get(last);
    }

    private static List<String> labels(Gradients grads) {
        return grads.all().values().stream().map(gradient -> gradient.label("")).toList();
    }
}
