package org.jacobean.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;

/**
 * "What did I do wrong?": a gradient that a person computed, however, beside the right one, and the known mistakes that
 * give its numbers.
 *
 * <pre>{@code
 * Diagnosis.of(grads, "w", mine).summary();
 * // your dL/dw is the right one divided by 5, the number of rows: sum over the batch, don't average
 * }</pre>
 *
 * <p>Nothing is guessed: a mistake is named where it gives every supplied number, to one part in 100,000 or to the few
 * decimals with which all are given, and where other numbers would not have been explained as well. Where several do, all
 * are named, the most specific first; where none does, that is said.
 */
public final class Diagnosis {

    /** What is so, but gives no numbers. */
    private static final Set<Kind> NO_EXPLANATION =
            EnumSet.of(Kind.WRONG_SHAPE, Kind.RIGHT_NOT_FINITE, Kind.NOT_FINITE, Kind.IN_PART, Kind.NEAR);

    private static final int MOST_OF_A_KIND = 3;
    private static final int MOST_CANDIDATES = 200;
    /** Some roundings of float32, 2⁻²⁴ each. */
    private static final double FLOATS = 16 * Math.scalb(1, -24);

    /** What was done wrong, the most specific first. */
    public enum Kind {
        /** It cannot be that gradient; mistakes that give the shape it has may follow. */
        WRONG_SHAPE,
        /** The right one is NaN or ±∞ where this one is not. */
        RIGHT_NOT_FINITE,
        /** NaN or ±∞ where the right one has a number. */
        NOT_FINITE,
        ALL_ZERO,
        /** D was used where dL/df is D∘[f > 0]. */
        MASK_MISSING,
        /** {@code D∘[D > 0]}, {@code D∘[f < 0]} or {@code D∘[x > 0]} was used where dL/df is {@code D∘[f > 0]}. */
        MASK_WRONG_SIDE,
        /** In a network: the slope of a relu taken as 1 at exactly 0. */
        MASK_AT_ZERO,
        /** In a network: the slope of a tanh or a sigmoid, written in its output, taken elsewhere. */
        SLOPE_MISPLACED,
        /** In a network: a layer further on, or several, was passed over on the way back. */
        LAYER_LEFT_OUT,
        /** In a network: another dL/df than that of its loss. */
        LOSS,
        /**
         * Computed with one of the candidates in the place of x, w or dL/df, or with weights that a step had already moved.
         */
        OLD_OPERAND,
        /** A relu's mask where there is none. */
        MASKED,
        ONE_ROW,
        ROW_LEFT_OUT,
        TWO_ROWS_LEFT_OUT,
        ROW_TWICE,
        /** Each row with the dL/df of the row before it, or of the row behind it. */
        ROWS_SHIFTED,
        ONE_OUTPUT,
        OUTPUT_LEFT_OUT,
        /** Summed where nothing is to be summed, or too early. */
        SUMMED,
        NOT_SUMMED,
        TRANSPOSED,
        /** Multiplied by x or w as it is where its transpose belongs. */
        NOT_TRANSPOSED,
        /** The right numbers in another shape. */
        RESHAPED,
        /** Two rows or two columns, each in the place of the other. */
        EXCHANGED,
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
        TRANSPOSED_AND_FACTOR,
        FACTOR,
        CONSTANT,
        /** At least half of it is right. */
        IN_PART,
        /** Off by no more than a thousandth of its size. */
        NEAR
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
    private final Evidence evidence;
    /** Null where the shape is another. */
    private final Errors errors;

    private final List<Finding> findings;
    /** Null outside a network. */
    private final NetworkGradients network;

    private Diagnosis(
            NetworkGradients network,
            Gradients grads,
            String role,
            Matrix mine,
            Evidence evidence,
            Errors errors,
            List<Finding> findings) {
        this.network = network;
        this.grads = grads;
        this.role = role;
        this.label = grads.of(role).label("dL/d" + role);
        this.mine = mine;
        this.evidence = evidence;
        this.errors = errors;
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
        String role = grads.role(name);
        if (role.equals("f")) {
            throw new IllegalArgumentException(grads.incoming().label("")
                    + " came in, the layer did not compute it; ask for " + String.join(", ", labels(grads)));
        }
        return of(null, grads, role, mine);
    }

    private static Diagnosis of(NetworkGradients network, Gradients grads, String role, Matrix mine) {
        String label = role.equals("f") ? "dL/df" : grads.label(role);
        if (mine == null) {
            throw new IllegalArgumentException("your " + label + " is null; did the cell that declares it fail?");
        }
        Matrix right = grads.of(role);
        Evidence evidence = Evidence.of(right, mine);
        Errors errors = evidence.sameShape() ? Errors.of(evidence, right, mine) : null;
        List<Finding> findings = findings(mistakes(network, grads, role), grads, role, mine, evidence, errors);
        return new Diagnosis(network, grads, role, mine, evidence, errors, findings);
    }

    private static Mistakes mistakes(NetworkGradients network, Gradients grads, String role) {
        return new Mistakes(grads, role, network == null ? null : new FurtherOn(network, grads, role));
    }

    /**
     * The same of a network: the gradient in the layer that it belongs to, and also what may have gone wrong on the way to
     * that layer from the loss; of {@code dL/df} what may have gone wrong in the loss.
     */
    public static Diagnosis of(NetworkGradients grads, String name, Matrix mine) {
        if (grads == null) {
            throw new IllegalArgumentException("the gradients are null; did the cell that declares them fail?");
        }
        Gradients its = grads.layerOf(name);
        boolean ofLoss = its.role(name).equals("f") && grads.loss().isPresent();
        return ofLoss || !its.role(name).equals("f") ? of(grads, its, its.role(name), mine) : of(its, name, mine);
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
            if (k + 1 == more.length
                    || !(more[k] instanceof String)
                    || more[k + 1] != null && !(more[k + 1] instanceof Matrix)) {
                throw new IllegalArgumentException(
                        "candidates are names and matrices by turns, such as \"oldW\", oldW");
            }
            named.put((String) more[k], (Matrix) more[k + 1]);
        }
        return against(named);
    }

    private Diagnosis against(Map<String, Matrix> candidates) {
        Forward pass = grads.pass();
        List<Matrix> own = new ArrayList<>(pass.operands().values());
        own.addAll(List.of(pass.output(), grads.incoming()));
        if (network != null) {
            own.addAll(network.pass().values().values());
            network.layers().forEach(its -> own.add(its.incoming()));
        }
        Map<String, Matrix> others = new LinkedHashMap<>();
        candidates.forEach((given, candidate) -> {
            String name = Visible.of(given);
            if (candidate != null && others.size() < MOST_CANDIDATES && !own.contains(candidate)) {
                others.put(name, candidate);
            }
        });
        if (right() || has(Kind.NOT_FINITE) || has(Kind.ALL_ZERO) || others.isEmpty()) {
            return this;
        }
        Stream<Finding> more = fitting(evidence, mistakes(network, grads, role).withOthers(others));
        return new Diagnosis(
                network, grads, role, mine, evidence, errors, sorted(Stream.concat(findings.stream(), more)));
    }

    /**
     * Whether every element is the right one, to the precision of float32 or to the decimals with which it is given; also
     * NaN where the right one is NaN, of which nothing can be said.
     */
    public boolean right() {
        return errors != null && errors.count() == 0;
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
        if (!sameShape()) {
            throw new IllegalArgumentException(findings.get(0).says());
        }
        double[][] relative = new double[mine.rows()][mine.columns()];
        for (int i = 0; i < relative.length; i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < relative[i].length; j++) {
                relative[i][j] = evidence.error(i, j);
            }
        }
        return Matrix.of(relative).named("relative error of " + label);
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
        return errors != null;
    }

    /** Whether any mistake is known that gives all of the supplied numbers. */
    public boolean explained() {
        return findings.stream().anyMatch(Diagnosis::explains);
    }

    /** What is to be said, a line for each finding. */
    public String summary() {
        Places nan = nanOnBothSides();
        String begins = "; %flow grads says where it begins";
        if (nan.count() > 0 && nan.count() == errors.all()) {
            return "your " + label + " is NaN in every entry, as this pass's is: nothing can be said" + begins;
        }
        String verdict = right() ? "your " + label + " is right" + precision() : wrong();
        return nan.count() == 0
                ? verdict
                : verdict + "\nin " + nan.where(mine, label) + " both are NaN, of which nothing can be said" + begins;
    }

    private Places nanOnBothSides() {
        Places nan = new Places();
        for (int i = 0; i < mine.rows() && sameShape(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                if (Double.isNaN(mine.get(i, j)) && Double.isNaN(expected().get(i, j))) {
                    nan.add(i, j);
                }
            }
        }
        return nan;
    }

    private String wrong() {
        List<String> lines = new ArrayList<>();
        if (findings.isEmpty()) {
            lines.add("your " + label + " is wrong in " + errors.count() + " of " + errors.all()
                    + (errors.all() == 1 ? " element" : " elements") + errors.rightLines() + ", most in "
                    + errors.worst(label) + ", and none of the known mistakes gives these numbers");
        }
        findings.stream()
                .filter(finding -> !explains(finding))
                .map(Finding::says)
                .forEach(lines::add);
        List<String> mistakes =
                findings.stream().filter(Diagnosis::explains).map(Finding::says).toList();
        if (mistakes.size() > 1) {
            lines.add("more than one mistake gives these numbers:");
        } else if (mistakes.isEmpty() && has(Kind.WRONG_SHAPE) && findings.size() == 1) {
            lines.add("none of the known mistakes gives these numbers");
        }
        lines.addAll(mistakes);
        return String.join("\n", lines);
    }

    /** How right it is, where that is less than doubles are. */
    private String precision() {
        if (errors.worst() <= Evidence.ROUNDING) {
            return "";
        }
        if (errors.areRounding()) {
            return " to the " + evidence.decimals() + " that it is given with";
        }
        boolean floats = errors.worst() <= FLOATS && mine.stream().allMatch(a -> (float) a == a);
        return " to " + Evidence.digits(errors.worst()) + " of its size" + (floats ? ", as float32 would give" : "");
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

    private static List<Finding> findings(
            Mistakes mistakes, Gradients grads, String role, Matrix mine, Evidence evidence, Errors errors) {
        Matrix right = grads.of(role);
        String label = right.label("dL/d" + role);
        List<Finding> findings = new ArrayList<>();
        if (errors == null) {
            findings.add(new Finding(
                    Kind.WRONG_SHAPE,
                    "your " + label + " is " + mine.shape(),
                    "it must be " + right.shape() + ", the shape of "
                            + grads.pass().of(role).label(role)));
        } else if (errors.count() == 0) {
            return List.of();
        } else {
            rightNotFinite(mistakes, right, mine, label).ifPresent(findings::add);
        }
        NotFinite none = NotFinite.of(mine, errors == null ? null : right);
        if (none.places.count() > 0) {
            findings.add(notFinite(errors, none, mine, label));
        } else if (allZero(mine)) {
            findings.add(allZero(label));
        } else {
            fitting(evidence, mistakes.ofThePass()).forEach(findings::add);
            fitting(evidence, mistakes.ofTheNumbers(evidence, mine, errors)).forEach(findings::add);
            if (errors != null && findings.isEmpty()) {
                inaccurate(evidence, errors, label).ifPresent(findings::add);
            }
        }
        return sorted(findings.stream());
    }

    private static Stream<Finding> fitting(Evidence evidence, Stream<Guess> guesses) {
        return guesses.flatMap(guess -> {
            Lazy.stopIfInterrupted();
            return evidence.fits(guess.numbers(), guess.needed())
                    ? Stream.of(guess.finding())
                    : evidence.fitsRounded(guess.numbers(), guess.needed())
                            ? Stream.of(guess.finding(evidence.decimals()))
                            : Stream.empty();
        });
    }

    /** What gives the supplied numbers even where these prove nothing, as in the easy cases of an exercise. */
    List<Finding> possible() {
        Mistakes mistakes = mistakes(network, grads, role);
        Stream<Guess> guesses =
                Stream.concat(mistakes.withRepetitions(), mistakes.ofTheNumbers(evidence, mine, errors));
        return Stream.concat(
                        findings.stream(),
                        guesses.filter(guess -> evidence.allows(guess.numbers()))
                                .map(Guess::finding))
                .distinct()
                .sorted(Comparator.comparing(Finding::kind))
                .toList();
    }

    /**
     * Two rows of which one adds nothing are one; a mistake leaves nothing to be said of where it is right; and what has a
     * reason in a network needs no other name.
     */
    private static List<Finding> sorted(Stream<Finding> findings) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        List<Finding> all = findings.distinct()
                .sorted(Comparator.comparing(Finding::kind))
                .filter(finding -> counts.merge(finding.kind, 1, Integer::sum) <= MOST_OF_A_KIND)
                .toList();
        boolean explained = all.stream().anyMatch(Diagnosis::explains);
        boolean oneRow = counts.containsKey(Kind.ONE_ROW) || counts.containsKey(Kind.ROW_LEFT_OUT);
        boolean masked = counts.containsKey(Kind.MASK_MISSING)
                || counts.containsKey(Kind.MASK_WRONG_SIDE)
                || counts.containsKey(Kind.MASK_AT_ZERO);
        boolean leftOut = masked || counts.containsKey(Kind.LAYER_LEFT_OUT);
        return all.stream()
                .filter(finding -> switch (finding.kind) {
                    case IN_PART, NEAR -> !explained;
                    case TWO_ROWS_LEFT_OUT -> !oneRow;
                    case FACTOR_TWO, TIMES_ROWS, DIVIDED_BY_ROWS, DIVIDED_BY_COUNT, FACTOR ->
                        !counts.containsKey(Kind.LOSS);
                    // Twice may well be two passes.
                    case ACCUMULATED -> counts.containsKey(Kind.FACTOR_TWO) || !counts.containsKey(Kind.LOSS);
                    case MASKED -> !masked;
                    case ANOTHER_MATRIX -> !leftOut;
                    default -> true;
                })
                .toList();
    }

    static boolean explains(Finding finding) {
        return !NO_EXPLANATION.contains(finding.kind);
    }

    private static boolean allZero(Matrix mine) {
        return mine.stream().allMatch(a -> a == 0);
    }

    private static Finding allZero(String label) {
        return new Finding(
                Kind.ALL_ZERO, "your " + label + " is all zero", "it was never computed, or set to zero afterwards");
    }

    private static Optional<Finding> inaccurate(Evidence evidence, Errors errors, String label) {
        if (errors.arePart()) {
            return Optional.of(new Finding(
                    Kind.IN_PART,
                    "your " + label + " is right" + (errors.needRounding() ? " to " + evidence.decimals() : "")
                            + " but for " + errors.where(label),
                    "look for what is different there"));
        }
        return !errors.areSmall()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.NEAR,
                        "your " + label + " agrees with the right one only to " + Evidence.digits(errors.worst())
                                + " of its size, where " + Evidence.digits(Evidence.TOLERANCE) + " is right",
                        "look for numbers that were rounded or measured"));
    }

    // NaN and ±∞

    /** Where numbers, and not those that they are compared with, are none. */
    private record NotFinite(Places places, String what) {

        static NotFinite of(Matrix a, Matrix other) {
            Places places = new Places();
            boolean nan = false;
            boolean infinite = false;
            for (int i = 0; i < a.rows(); i++) {
                Lazy.stopIfInterrupted();
                for (int j = 0; j < a.columns(); j++) {
                    double its = a.get(i, j);
                    if (!Double.isFinite(its) && (other == null || Double.compare(its, other.get(i, j)) != 0)) {
                        places.add(i, j);
                        nan |= Double.isNaN(its);
                        infinite |= Double.isInfinite(its);
                    }
                }
            }
            return new NotFinite(places, nan && infinite ? "NaN or infinite" : nan ? "NaN" : "infinite");
        }
    }

    private static Finding notFinite(Errors errors, NotFinite none, Matrix mine, String label) {
        String rest = "";
        long count = none.places.count();
        if (errors != null && count < errors.all()) {
            long wrong = errors.count() - count;
            rest = wrong == 0
                    ? ", and the rest is right"
                    : ", and of the other " + (errors.all() - count) + " elements " + wrong
                            + (wrong == 1 ? " is wrong" : " are wrong");
        }
        return new Finding(
                Kind.NOT_FINITE,
                "your " + label + " is " + none.what + " in " + none.places.where(mine, label) + rest,
                "look for a division by 0, a log of 0 or an overflow there");
    }

    private static Optional<Finding> rightNotFinite(Mistakes mistakes, Matrix right, Matrix mine, String label) {
        NotFinite none = NotFinite.of(right, mine);
        return none.places.count() == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.RIGHT_NOT_FINITE,
                        "the right " + label + " is " + none.what + " in " + none.places.where(right, label)
                                + mistakes.notFinite()
                                        .map(its -> ", because " + its)
                                        .orElse(", because it overflows"),
                        "there yours cannot be compared"));
    }

    private static List<String> labels(Gradients grads) {
        return grads.roles().stream().map(grads::label).toList();
    }
}
