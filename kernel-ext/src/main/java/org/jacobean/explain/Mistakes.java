package org.jacobean.explain;

import static org.jacobean.explain.Diagnosis.Kind.ACCUMULATED;
import static org.jacobean.explain.Diagnosis.Kind.ANOTHER_MATRIX;
import static org.jacobean.explain.Diagnosis.Kind.CONSTANT;
import static org.jacobean.explain.Diagnosis.Kind.DIVIDED_BY_COUNT;
import static org.jacobean.explain.Diagnosis.Kind.DIVIDED_BY_ROWS;
import static org.jacobean.explain.Diagnosis.Kind.ELEMENT_WISE;
import static org.jacobean.explain.Diagnosis.Kind.EXCHANGED;
import static org.jacobean.explain.Diagnosis.Kind.FACTOR;
import static org.jacobean.explain.Diagnosis.Kind.FACTOR_TWO;
import static org.jacobean.explain.Diagnosis.Kind.MASKED;
import static org.jacobean.explain.Diagnosis.Kind.MASK_MISSING;
import static org.jacobean.explain.Diagnosis.Kind.MASK_WRONG_SIDE;
import static org.jacobean.explain.Diagnosis.Kind.MISPLACED;
import static org.jacobean.explain.Diagnosis.Kind.NOT_SUMMED;
import static org.jacobean.explain.Diagnosis.Kind.NOT_TRANSPOSED;
import static org.jacobean.explain.Diagnosis.Kind.OLD_OPERAND;
import static org.jacobean.explain.Diagnosis.Kind.ONE_OUTPUT;
import static org.jacobean.explain.Diagnosis.Kind.ONE_ROW;
import static org.jacobean.explain.Diagnosis.Kind.OUTPUT_LEFT_OUT;
import static org.jacobean.explain.Diagnosis.Kind.RESHAPED;
import static org.jacobean.explain.Diagnosis.Kind.ROWS_SHIFTED;
import static org.jacobean.explain.Diagnosis.Kind.ROW_LEFT_OUT;
import static org.jacobean.explain.Diagnosis.Kind.ROW_TWICE;
import static org.jacobean.explain.Diagnosis.Kind.SIGN;
import static org.jacobean.explain.Diagnosis.Kind.SIGN_AND_FACTOR;
import static org.jacobean.explain.Diagnosis.Kind.SUMMED;
import static org.jacobean.explain.Diagnosis.Kind.TIMES_ROWS;
import static org.jacobean.explain.Diagnosis.Kind.TRANSPOSED;
import static org.jacobean.explain.Diagnosis.Kind.TRANSPOSED_AND_FACTOR;
import static org.jacobean.explain.Diagnosis.Kind.TWO_ROWS_LEFT_OUT;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;

/** The table of mistakes that people make with a gradient of f = x·w + b, each with the numbers that it gives. */
final class Mistakes {

    private static final int MOST_PASSES = 100;
    private static final int MOST_ROWS_IN_PAIRS = 100;

    private final Gradients grads;
    private final String role;
    private final String label;
    private final String your;
    private final Lazy right;

    /** Of a layer that is not linear the rules are not known here: w is {@link Lazy#NONE}, and so is what is made of it. */
    private final boolean linear;

    private final Lazy x;
    private final Lazy w;
    private final Lazy f;
    private final Lazy dLdf;
    private final String xName;
    private final String wName;
    private final String fName;
    private final String dLdfName;
    /** Null outside a network. */
    private final FurtherOn furtherOn;

    private final int rows;
    private final int inputs;
    private final int outputs;
    private final String should;

    /** @param furtherOn what can go wrong before dL/df comes in, in a network; or null */
    Mistakes(Gradients grads, String role, FurtherOn furtherOn) {
        this.grads = grads;
        this.role = role;
        this.label = grads.of(role).label("dL/d" + role);
        this.your = "your " + label + " ";
        this.right = Lazy.of(grads.of(role));
        Forward pass = grads.pass();
        this.linear = pass.layer() instanceof Linear && !role.equals("f");
        this.x = Lazy.of(pass.input());
        this.w = linear ? Lazy.of(pass.of("w")) : Lazy.NONE;
        this.f = Lazy.of(pass.output());
        this.dLdf = Lazy.of(grads.incoming());
        this.xName = pass.input().label("x");
        this.wName = linear ? pass.of("w").label("w") : "w";
        this.rows = pass.input().rows();
        this.inputs = pass.layer().inputs();
        this.outputs = pass.layer().outputs();
        this.fName = pass.output().label("f");
        this.dLdfName = grads.incoming().label("dL/df");
        this.furtherOn = furtherOn;
        this.should = !linear ? "see the layer's own formula" : "it should be " + rule(xName, wName, dLdfName);
    }

    /** All that need nothing but the pass, each in its own words. */
    Stream<Guess> ofThePass() {
        return withRepetitions().filter(guess -> !repeats(guess.kind()));
    }

    /** With those that only say in other words what another says on a pass of this shape. */
    Stream<Guess> withRepetitions() {
        return Stream.of(
                        masks(),
                        furtherOn(),
                        rows(),
                        outputs(),
                        sums(),
                        products(),
                        otherMatrices(),
                        elementWise(),
                        scales())
                .flatMap(Function.identity());
    }

    /** Of two rows, one alone is without the other. */
    private boolean repeats(Kind kind) {
        return kind == ROW_LEFT_OUT && rows == 2 || kind == OUTPUT_LEFT_OUT && outputs == 2;
    }

    // The rules, to be applied to other operands than the right ones

    private Lazy gradient(Lazy x, Lazy w, Lazy dLdf) {
        if (!linear) {
            return Lazy.NONE;
        }
        return switch (role) {
            case "x" -> dLdf.times(w.transpose());
            case "w" -> x.transpose().times(dLdf);
            default -> dLdf.columnSums();
        };
    }

    private String rule(String x, String w, String dLdf) {
        return switch (role) {
            case "x" -> dLdf + "·" + w + "ᵀ";
            case "w" -> x + "ᵀ·" + dLdf;
            default -> "the column sums of " + dLdf;
        };
    }

    /** The gradient for another dL/df; of x and f what {@link FurtherOn} gives is that gradient itself. */
    private Lazy arriving(Supplier<Matrix> dLdf) {
        Matrix its = grads.of(role);
        if (role.equals("x") || role.equals("f")) {
            return Lazy.of(its.rows(), its.columns(), dLdf);
        }
        Layer layer = grads.pass().layer();
        return linear
                ? gradient(x, w, Lazy.of(rows, outputs, dLdf))
                : Lazy.of(its.rows(), its.columns(), () -> layer.gradients(
                                grads.pass().input(), dLdf.get())
                        .get(role));
    }

    // The table

    private Stream<Guess> furtherOn() {
        return furtherOn == null ? Stream.empty() : guesses(furtherOn.mistakes());
    }

    private Stream<Guess> guesses(List<FurtherOn.Wrong> all) {
        Map<Kind, Long> counts =
                all.stream().collect(Collectors.groupingBy(FurtherOn.Wrong::kind, Collectors.counting()));
        return all.stream()
                .map(wrong -> Guess.of(wrong.kind(), arriving(wrong.arrives()), your + wrong.mistake(), wrong.remedy())
                        .oneOf(counts.get(wrong.kind()).intValue()));
    }

    private Stream<Guess> masks() {
        return Stream.of(
                mask(fName + " > 0", dLdf.where(f, a -> a > 0)),
                mask(fName + " ≤ 0", dLdf.where(f, a -> a <= 0)),
                mask(dLdfName + " > 0", dLdf.where(dLdf, a -> a > 0)),
                Guess.of(
                        MASKED,
                        role.equals("x") ? right.where(x, a -> a > 0) : Lazy.NONE,
                        your + "is masked by " + xName + " > 0",
                        "that mask belongs to the layer before this one"));
    }

    private Guess mask(String condition, Lazy masked) {
        return Guess.of(
                MASKED,
                gradient(x, w, masked),
                your + "is computed with " + dLdfName + "∘[" + condition + "]",
                "that mask is not part of this layer; use " + dLdfName + " as it came in");
    }

    private Stream<Guess> rows() {
        if (!linear) {
            return Stream.empty();
        }
        String remedy = role.equals("x")
                ? label + " has a row for each of the " + rows + " rows of the batch"
                : "sum over all " + rows + " rows";
        Lazy sums = x.columnSums().whole();
        Lazy dLdfSums = dLdf.columnSums().whole();
        Stream<Guess> guesses = which("row", rows)
                .flatMap(which -> {
                    int r = which.index;
                    String alone = your + "is that of " + which + " alone";
                    String leftOut = your + "leaves out " + which + " of the batch";
                    Guess sent = Guess.of(
                            ONE_ROW,
                            switch (role) {
                                case "x" -> right.row(r).inEveryRow(rows);
                                case "w" -> sums.transpose().times(dLdf.row(r));
                                default -> dLdf.row(r).scale(rows);
                            },
                            your + "was computed with the " + dLdfName + " of " + which + " in every row",
                            "each row has its own " + dLdfName);
                    return role.equals("x")
                            ? Stream.of(
                                    Guess.of(ONE_ROW, right.row(r), alone, remedy),
                                    Guess.of(ONE_ROW, rowsWhere(i -> i == r), alone + " and 0 elsewhere", remedy),
                                    Guess.of(ROW_LEFT_OUT, right.withoutRow(r), leftOut, remedy),
                                    Guess.of(ROW_LEFT_OUT, rowsWhere(i -> i != r), leftOut, remedy),
                                    sent)
                            : Stream.of(
                                    Guess.of(ONE_ROW, partOf(r), alone, remedy),
                                    Guess.of(ROW_LEFT_OUT, right.minus(partOf(r)), leftOut, remedy),
                                    Guess.of(
                                            ROW_TWICE,
                                            rows == 1 ? Lazy.NONE : right.plus(partOf(r)),
                                            your + "counts " + which + " of the batch twice",
                                            remedy + ", each once"),
                                    sent,
                                    Guess.of(
                                            ONE_ROW,
                                            role.equals("w")
                                                    ? x.row(r).transpose().times(dLdfSums)
                                                    : Lazy.NONE,
                                            your + "was computed with the " + xName + " of " + which + " in every row",
                                            "each row has its own " + xName));
                })
                .map(guess -> guess.oneOf(rows));
        return Stream.of(guesses, pairs(remedy), shifted()).flatMap(Function.identity());
    }

    /** The rows of x and dL/df one apart, going round, or without those that have no other. */
    private Stream<Guess> shifted() {
        if (rows < 3) { // of two, the one before is the one behind
            return Stream.empty();
        }
        return IntStream.of(-1, 1).boxed().flatMap(by -> {
            Lazy cut = by < 0
                    ? gradient(x.rows(1, rows), w, dLdf.rows(0, rows - 1))
                    : gradient(x.rows(0, rows - 1), w, dLdf.rows(1, rows));
            return Stream.of(gradient(x, w, dLdf.rolled(by)), role.equals("w") ? cut : Lazy.NONE)
                    .map(shifted -> Guess.of(
                                    ROWS_SHIFTED,
                                    role.equals("b") ? Lazy.NONE : shifted,
                                    your + "was computed for each row with the " + dLdfName + " of the row "
                                            + (by < 0 ? "before" : "behind") + " it",
                                    "each row has its own " + dLdfName)
                            .oneOf(4));
        });
    }

    /** Two rows left out; of three, one alone is without the other two. */
    private Stream<Guess> pairs(String remedy) {
        if (rows <= 3 || rows > MOST_ROWS_IN_PAIRS) {
            return Stream.empty();
        }
        return IntStream.range(0, rows).boxed().flatMap(s -> IntStream.range(0, s)
                .mapToObj(r -> Guess.of(
                                TWO_ROWS_LEFT_OUT,
                                role.equals("x")
                                        ? rowsWhere(i -> i != r && i != s)
                                        : right.minus(partOf(r)).minus(partOf(s)),
                                your + "leaves out rows " + (r + 1) + " and " + (s + 1) + " of the batch",
                                remedy)
                        .oneOf(rows * (rows - 1) / 2)));
    }

    private Stream<Guess> outputs() {
        if (!linear) {
            return Stream.empty();
        }
        boolean sum = role.equals("x");
        String remedy = sum
                ? "sum over all " + outputs + " outputs"
                : label + " has a column for each of the " + outputs + " outputs";
        return which("output", outputs)
                .flatMap(which -> Stream.of(
                        Guess.of(
                                ONE_OUTPUT,
                                gradient(x, w, outputsWhere(j -> j == which.index)),
                                your + "is that of " + which + " alone" + (sum ? "" : " and 0 elsewhere"),
                                remedy),
                        Guess.of(
                                OUTPUT_LEFT_OUT,
                                gradient(x, w, outputsWhere(j -> j != which.index)),
                                your + "leaves out " + which,
                                remedy)))
                .map(guess -> guess.oneOf(outputs));
    }

    /** dL/df, 0 in all other columns. */
    private Lazy outputsWhere(DoublePredicate kept) {
        return dLdf.where(Lazy.of(1, outputs, (i, j) -> j), kept);
    }

    /** {@code row 5, the last,}. */
    private record Which(int index, String says) {

        @Override
        public String toString() {
            return says;
        }
    }

    /** Each of them; the only one is the first and the last. */
    private static Stream<Which> which(String what, int count) {
        Stream<Which> all = IntStream.range(0, count)
                .mapToObj(k -> new Which(
                        k, what + " " + (k + 1) + (k == 0 ? ", the first," : k == count - 1 ? ", the last," : "")));
        return count == 1 ? Stream.concat(all, Stream.of(new Which(0, what + " 1, the last,"))) : all;
    }

    /** What row r of the batch adds to dL/dw or dL/db. */
    private Lazy partOf(int r) {
        return gradient(x.row(r), w, dLdf.row(r));
    }

    private Lazy rowsWhere(DoublePredicate kept) {
        return right.where(Lazy.of(rows, 1, (i, j) -> i), kept);
    }

    private Stream<Guess> sums() {
        String x = your + "is summed over the batch";
        String keep = label + " has a row for each row of " + xName;
        String b = your + "is summed over the outputs too";
        String columns = "sum each column of " + dLdfName + " by itself";
        return !linear
                ? Stream.empty()
                : switch (role) {
                    case "x" ->
                        Stream.of(
                                Guess.of(SUMMED, right.columnSums(), x, keep),
                                Guess.of(
                                        SUMMED,
                                        right.columnSums().inEveryRow(rows),
                                        x + ", with the sum in every row",
                                        keep));
                    case "w" ->
                        Stream.of(Guess.of(
                                SUMMED,
                                this.x.columnSums().transpose().times(dLdf.columnSums()),
                                your + "is made of the sums of " + xName + " and of " + dLdfName + " over the batch",
                                "multiply row by row and then sum, as " + rule(xName, wName, dLdfName) + " does"));
                    default ->
                        Stream.of(
                                Guess.of(SUMMED, total(), b, columns),
                                Guess.of(
                                        SUMMED,
                                        total().inEveryColumn(outputs),
                                        b + ", with the sum in every element",
                                        columns),
                                Guess.of(
                                        NOT_SUMMED,
                                        dLdf,
                                        your + "is " + dLdfName + " itself, not summed over the batch",
                                        "sum each column of " + dLdfName + ", since every row shares the biases"));
                };
    }

    private Lazy total() {
        return right.transpose().columnSums();
    }

    private Stream<Guess> products() {
        Stream<Guess> transposes = Stream.of(
                Guess.of(TRANSPOSED, right.transpose(), your + "is the right one transposed", turn()),
                notTransposed("x", dLdf.times(w), wName, dLdfName + "·" + wName),
                notTransposed("w", x.times(dLdf), xName, xName + "·" + dLdfName));
        return Stream.concat(transposes, misplaced());
    }

    private String turn() {
        return !linear || role.equals("b")
                ? "transpose it, to the shape of " + operand()
                : should + ", not " + (role.equals("x") ? wName + "·" + dLdfName + "ᵀ" : dLdfName + "ᵀ·" + xName);
    }

    private Guess notTransposed(String ofRole, Lazy product, String which, String formula) {
        return Guess.of(
                NOT_TRANSPOSED,
                linear && role.equals(ofRole) ? product : Lazy.NONE,
                your + "has " + which + " where it must be transposed",
                should + ", not " + formula);
    }

    /** Every operand of the rule replaced by each other matrix of the pass. */
    private Stream<Guess> misplaced() {
        Map<String, Lazy> operands = new LinkedHashMap<>();
        operands.put(xName, x);
        operands.put(wName, w);
        operands.put(dLdfName, dLdf);
        Map<String, Lazy> substitutes = new LinkedHashMap<>(operands);
        substitutes.put(fName, f);
        if (furtherOn != null) {
            furtherOn.values().forEach((name, value) -> substitutes.putIfAbsent(name, Lazy.of(value)));
        }
        List<Guess> guesses = new ArrayList<>();
        operands.forEach((place, operand) -> substitutes.forEach((name, other) -> {
            if (other != operand && other != Lazy.NONE) {
                guesses.add(Guess.of(
                        MISPLACED,
                        with(operand, other),
                        your + "was computed with " + name + " in the place of " + place,
                        should + ", not "
                                + (role.equals("b")
                                        ? "those of " + name
                                        : rule(
                                                operand == x ? name : xName,
                                                operand == w ? name : wName,
                                                operand == dLdf ? name : dLdfName))));
            }
        }));
        return guesses.stream();
    }

    /** The gradient with {@code other} in the place of {@code operand}; {@link Lazy#NONE} where it does not depend on it. */
    private Lazy with(Lazy operand, Lazy other) {
        boolean depends = operand == dLdf || operand == x && role.equals("w") || operand == w && role.equals("x");
        return !depends
                ? Lazy.NONE
                : gradient(operand == x ? other : x, operand == w ? other : w, operand == dLdf ? other : dLdf);
    }

    private Stream<Guess> otherMatrices() {
        Map<String, Matrix> others = new LinkedHashMap<>();
        grads.all().forEach((its, gradient) -> {
            if (!its.equals(role)) {
                others.put(gradient.label("dL/d" + its), gradient);
            }
        });
        grads.pass().operands().forEach((its, operand) -> others.putIfAbsent(operand.label(its), operand));
        others.putIfAbsent(dLdfName, grads.incoming());
        others.putIfAbsent(fName, grads.pass().output());
        return others.entrySet().stream().flatMap(other -> {
            Lazy numbers = Lazy.of(other.getValue());
            boolean known = role.equals("b") && other.getKey().equals(dLdfName);
            return Stream.of(
                    Guess.of(ANOTHER_MATRIX, known ? Lazy.NONE : numbers, your + "is " + other.getKey(), should),
                    Guess.of(
                            ANOTHER_MATRIX,
                            turned(other.getValue()),
                            your + "is " + other.getKey() + ", transposed",
                            should));
        });
    }

    /** Aᵀ; {@link Lazy#NONE} for a single number, which is its own. */
    private static Lazy turned(Matrix a) {
        return a.rows() * (long) a.columns() == 1 ? Lazy.NONE : Lazy.of(a.transpose());
    }

    private Stream<Guess> elementWise() {
        List<Matrix> factors = new ArrayList<>(List.of(grads.pass().input(), grads.incoming()));
        List<String> names = new ArrayList<>(List.of(xName, dLdfName));
        if (linear) {
            factors.add(1, grads.pass().of("w"));
            names.add(1, wName);
        }
        List<Guess> guesses = new ArrayList<>();
        for (int a = 0; a < factors.size(); a++) {
            for (int b = a + 1; b < factors.size(); b++) {
                Lazy left = Lazy.of(factors.get(a));
                Lazy other = Lazy.of(factors.get(b));
                Lazy leftTurned = turned(factors.get(a));
                Lazy otherTurned = turned(factors.get(b));
                String l = names.get(a);
                String o = names.get(b);
                guesses.add(product(l + "∘" + o, left.hadamard(other)));
                guesses.add(product(l + "ᵀ∘" + o, leftTurned.hadamard(other)));
                guesses.add(product(l + "∘" + o + "ᵀ", left.hadamard(otherTurned)));
                guesses.add(product(l + "ᵀ∘" + o + "ᵀ", leftTurned.hadamard(otherTurned)));
            }
        }
        return guesses.stream();
    }

    private Guess product(String formula, Lazy numbers) {
        return Guess.of(
                ELEMENT_WISE,
                numbers,
                your + "is the element-wise product " + formula,
                role.equals("b") || !linear ? should : should + ", a matrix product");
    }

    /** A factor that has a reason. */
    private record Scale(Kind kind, double factor, String how, String remedy) {}

    private Stream<Guess> scales() {
        return Stream.concat(
                Stream.of(Guess.of(
                        SIGN,
                        role.equals("f") ? Lazy.NONE : right.scale(-1), // no step is made with it
                        your + "is the right one with its sign flipped",
                        "the gradient points uphill; the minus belongs to the step, " + operand() + " − rate·"
                                + label)),
                reasons()
                        .map(scale -> Guess.of(
                                scale.kind, right.scale(scale.factor), your + "is " + scale.how, scale.remedy)));
    }

    private Stream<Scale> reasons() {
        boolean x = role.equals("x") || role.equals("f");
        String mean = "a mean belongs to L, and then " + dLdfName + " holds it already";
        return Stream.of(
                new Scale(
                        DIVIDED_BY_ROWS,
                        1.0 / rows,
                        "the right one divided by " + rows + ", the number of rows",
                        x ? "nothing is averaged over the batch here" : "sum over the batch, don't average"),
                new Scale(
                        DIVIDED_BY_ROWS,
                        rows == 1 ? Double.NaN : 1.0 / rows / rows,
                        "the right one divided by " + (long) rows * rows + ", the number of rows twice",
                        x ? "nothing is averaged over the batch here" : "sum over the batch, don't average"),
                new Scale(
                        TIMES_ROWS,
                        rows,
                        "the right one times " + rows + ", the number of rows",
                        x ? "nothing is summed over the batch here" : "the sum over the batch is all there is to it"),
                dividedBy(outputs, "outputs", mean),
                dividedBy(inputs, "inputs", mean),
                dividedBy((long) rows * outputs, "elements of f", mean),
                new Scale(
                        FACTOR_TWO,
                        0.5,
                        "the right one halved",
                        "a factor 2 is missing; that of a square's derivative belongs to " + dLdfName),
                new Scale(
                        FACTOR_TWO,
                        2,
                        "the right one doubled",
                        "there is a factor 2 too many; that of a square's derivative belongs to " + dLdfName));
    }

    private static Scale dividedBy(long count, String what, String remedy) {
        return new Scale(
                DIVIDED_BY_COUNT, 1.0 / count, "the right one divided by " + count + ", the number of " + what, remedy);
    }

    /** The first number that is none, of those that the right gradient is made of: {@code x[2,3] is NaN}. */
    Optional<String> notFinite() {
        Map<String, Matrix> operands = new LinkedHashMap<>();
        grads.pass().operands().forEach((its, operand) -> {
            boolean used = !linear || its.equals("x") && role.equals("w") || its.equals("w") && role.equals("x");
            if (used) {
                operands.put(operand.label(its), operand);
            }
        });
        operands.put(dLdfName, grads.incoming());
        return operands.entrySet().stream()
                .flatMap(operand -> notFinite(operand.getKey(), operand.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> notFinite(String name, Matrix a) {
        for (int i = 0; i < a.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < a.columns(); j++) {
                if (!Double.isFinite(a.get(i, j))) {
                    return Optional.of(
                            Places.element(name, a, i, j) + " is " + (Double.isNaN(a.get(i, j)) ? "NaN" : "infinite"));
                }
            }
        }
        return Optional.empty();
    }

    // What is found out from the supplied numbers

    /** With the factor or the constant that all elements allow, and with the shape or the places of what is wrong. */
    Stream<Guess> ofTheNumbers(Evidence evidence, Matrix mine, Errors errors) {
        return Stream.of(
                        ofFactor(evidence, mine),
                        ofFactorTransposed(evidence, mine),
                        ofConstant(evidence, mine),
                        ofMovedWeights(evidence, mine),
                        reshaped(mine),
                        exchanged(errors))
                .flatMap(Function.identity());
    }

    private Stream<Guess> ofFactor(Evidence evidence, Matrix mine) {
        Range factor = factor(right, evidence, mine);
        if (!isFactor(factor) || factor.has(-1)) {
            return Stream.empty();
        }
        String times = your + "is the right one " + times(factor);
        if (factor.middle() < 0) {
            return Stream.of(new Guess(
                    SIGN_AND_FACTOR,
                    2,
                    right.scale(factor.middle()),
                    times,
                    "look for a minus, and for a factor that does not belong"));
        }
        long passes = Math.round(factor.middle());
        if (passes >= 2 && passes <= MOST_PASSES && factor.has(passes)) {
            return Stream.of(new Guess(
                    ACCUMULATED,
                    2,
                    right.scale(passes),
                    your + "is " + passes + " times the right one, as if " + passes + " passes were added up",
                    "set it to zero before each pass"));
        }
        return reason(factor).isPresent()
                ? Stream.empty()
                : Stream.of(new Guess(
                        FACTOR, 2, right.scale(factor.middle()), times, "look for a factor that does not belong"));
    }

    private Stream<Guess> ofFactorTransposed(Evidence evidence, Matrix mine) {
        Lazy turned = turned(grads.of(role));
        if (!turned.hasShapeOf(mine) || right.hasShapeOf(mine) && Evidence.same(turned, grads.of(role))) {
            return Stream.empty();
        }
        Range factor = factor(turned, evidence, mine);
        return !isFactor(factor)
                ? Stream.empty()
                : Stream.of(new Guess(
                        TRANSPOSED_AND_FACTOR,
                        2,
                        turned.scale(factor.middle()),
                        your + "is the right one transposed and " + times(factor),
                        turn() + "; and "
                                + (factor.middle() < 0
                                        ? "look for a minus"
                                        : reason(factor)
                                                .map(Scale::remedy)
                                                .orElse("look for a factor that does not belong"))));
    }

    /** Those by which {@code a} is multiplied to give the supplied numbers. */
    private static Range factor(Lazy a, Evidence evidence, Matrix mine) {
        Range factor = Range.ALL;
        for (int i = 0; i < mine.rows() && a.hasShapeOf(mine); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                double margin = evidence.margin(i, j);
                double its = a.at(i, j);
                if (its != 0 && Double.isFinite(its)) {
                    factor = factor.and((mine.get(i, j) - margin) / its, (mine.get(i, j) + margin) / its);
                }
            }
        }
        return factor;
    }

    /** Whether it is neither none nor so near to 1 that rounding may be the reason. */
    private static boolean isFactor(Range factor) {
        return !factor.isEmpty()
                && factor.isFinite()
                && !factor.has(0)
                && !factor.has(1)
                && Math.abs(factor.middle() - 1) > Errors.NEAR;
    }

    /** {@code divided by 5, the number of rows}; {@code times -0.2, its sign flipped and …}. */
    private String times(Range factor) {
        if (factor.has(-1)) {
            return "with its sign flipped";
        }
        Optional<String> reason = reason(factor).map(scale -> scale.how.replace("the right one ", ""));
        return factor.middle() > 0
                ? reason.orElse("times " + factor)
                : "times " + factor + ", its sign flipped"
                        + reason.map(known -> " and " + known).orElse("");
    }

    private Optional<Scale> reason(Range factor) {
        Range positive = factor.middle() < 0 ? factor.negative() : factor;
        return reasons()
                .filter(scale -> scale.factor != 1 && positive.has(scale.factor))
                .findFirst();
    }

    private Stream<Guess> ofConstant(Evidence evidence, Matrix mine) {
        Range constant = Range.ALL;
        for (int i = 0; i < mine.rows() && right.hasShapeOf(mine); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                double difference = mine.get(i, j) - right.at(i, j);
                if (Double.isFinite(difference)) {
                    double margin = evidence.margin(i, j);
                    constant = constant.and(difference - margin, difference + margin);
                }
            }
        }
        return constant.isEmpty() || !constant.isFinite() || constant.has(0)
                ? Stream.empty()
                : Stream.of(new Guess(
                        CONSTANT,
                        3,
                        right.plus(constant.middle()),
                        your + "is the right one "
                                + (constant.middle() < 0 ? "minus " + constant.negative() : "plus " + constant)
                                + " in every element",
                        "look for a number that is added and does not belong"));
    }

    /** Weights further on, w, that a step of some learning rate had already moved. */
    private Stream<Guess> ofMovedWeights(Evidence evidence, Matrix mine) {
        if (furtherOn == null || !right.hasShapeOf(mine)) {
            return Stream.empty();
        }
        return furtherOn.moved().stream().flatMap(moved -> {
            Lazy added = arriving(moved.added()).whole();
            Range rate = Range.ALL;
            for (int i = 0; i < mine.rows(); i++) {
                Lazy.stopIfInterrupted();
                for (int j = 0; j < mine.columns(); j++) {
                    double its = added.at(i, j);
                    double difference = right.at(i, j) - mine.get(i, j);
                    if (its != 0 && Double.isFinite(its) && Double.isFinite(difference)) {
                        double margin = evidence.margin(i, j);
                        rate = rate.and((difference - margin) / its, (difference + margin) / its);
                    }
                }
            }
            return rate.isEmpty() || !rate.isFinite() || rate.least() <= 0
                    ? Stream.empty()
                    : Stream.of(new Guess(
                            OLD_OPERAND,
                            2,
                            right.minus(added.scale(rate.middle())),
                            your + "was computed with " + moved.w() + " after its step, " + moved.w() + " − " + rate
                                    + "·dL/d" + moved.w(),
                            "compute all gradients before any of the weights moves"));
        });
    }

    /** Read column by column into the shape of the transpose is the transpose; so is a row, as a column. */
    private Stream<Guess> reshaped(Matrix mine) {
        Lazy turned = right.transpose();
        boolean vectors = turned.hasShapeOf(mine) && Math.min(mine.rows(), mine.columns()) == 1;
        String mistake = your + "holds the right numbers, but ";
        String remedy = "give it the shape of " + operand();
        return right.hasShapeOf(mine) || vectors
                ? Stream.empty()
                : Stream.of(
                        Guess.of(RESHAPED, right.inShapeOf(mine), mistake + "row by row in another shape", remedy),
                        Guess.of(
                                RESHAPED,
                                turned.hasShapeOf(mine) ? Lazy.NONE : turned.inShapeOf(mine),
                                mistake + "column by column in another shape",
                                remedy));
    }

    /** The two rows or columns in which all errors are, the one in the place of the other. */
    private Stream<Guess> exchanged(Errors errors) {
        if (errors == null) {
            return Stream.empty();
        }
        List<Guess> guesses = new ArrayList<>();
        BitSet rows = errors.wrong().rows;
        BitSet columns = errors.wrong().columns;
        if (rows.cardinality() == 2) {
            guesses.add(exchanged("row", rows, right.exchanged(rows.nextSetBit(0), rows.length() - 1)));
        }
        if (columns.cardinality() == 2) {
            Lazy numbers = right.transpose().exchanged(columns.nextSetBit(0), columns.length() - 1);
            guesses.add(exchanged("column", columns, numbers.transpose()));
        }
        return guesses.stream();
    }

    private Guess exchanged(String what, BitSet two, Lazy numbers) {
        return new Guess(
                EXCHANGED,
                2,
                numbers,
                your + "has " + Places.lines(what, two) + " exchanged",
                "each stands in the place of the other");
    }

    // With other matrices

    /** With each of {@code candidates} wherever it fits. */
    Stream<Guess> withOthers(Map<String, Matrix> candidates) {
        return candidates.entrySet().stream()
                .flatMap(candidate -> withOther(candidate.getKey(), candidate.getValue()))
                .map(guess -> guess.oneOf(candidates.size()));
    }

    private Stream<Guess> withOther(String name, Matrix candidate) {
        Lazy other = Lazy.of(candidate);
        List<Guess> guesses = new ArrayList<>();
        if (dLdf.hasShapeOf(candidate)) {
            if (!isBeforeRelu(candidate)) {
                guesses.add(inPlaceOf(dLdf, dLdfName, name, other));
            } else if (furtherOn == null) { // in a network it is one of its own gradients
                guesses.addAll(masksOf(name, other));
            }
        }
        if (x.hasShapeOf(candidate)) {
            guesses.add(inPlaceOf(x, xName, name, other));
        }
        if (w.hasShapeOf(candidate)) {
            guesses.add(inPlaceOf(w, wName, name, other));
        }
        return furtherOn == null
                ? guesses.stream()
                : Stream.concat(guesses.stream(), guesses(furtherOn.with(name, candidate)));
    }

    private Guess inPlaceOf(Lazy operand, String place, String name, Lazy other) {
        boolean same = name.equals(place);
        return Guess.of(
                OLD_OPERAND,
                with(operand, other),
                same
                        ? your + "was computed with another " + place + ", the one that the session has now"
                        : your + "was computed with " + name + " in the place of " + place,
                operand == dLdf
                        ? anotherGradient(name)
                        : "use the " + place + " of this pass, or run forward and backward again with "
                                + (same ? "the new one" : name));
    }

    /** Backward can be run with a dL/df that came in; one that the network computed can be checked itself. */
    private String anotherGradient(String name) {
        boolean same = name.equals(dLdfName);
        if (furtherOn == null || !furtherOn.computes(grads)) {
            return "use the " + dLdfName + " of this pass, or run backward again with " + (same ? "the new one" : name);
        }
        boolean variable = name.matches("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");
        return (same ? "that one" : name + " itself") + " is wrong or of another pass"
                + (variable
                        ? "; check it as the " + dLdfName + " of these gradients: that tells what is wrong with it"
                        : "; use the " + dLdfName + " of this one");
    }

    /** Whether dL/df is D∘[f > 0]. */
    private boolean isBeforeRelu(Matrix d) {
        return Evidence.same(Lazy.of(d).where(f, a -> a > 0), grads.incoming());
    }

    private List<Guess> masksOf(String d, Lazy numbers) {
        List<Guess> guesses = new ArrayList<>(List.of(
                Guess.of(
                        MASK_MISSING,
                        gradient(x, w, numbers),
                        your + "lacks the relu's mask, computed with " + d + " instead of " + d + "∘[" + fName
                                + " > 0]",
                        dLdfName + " is 0 where " + fName + " is not above 0"),
                wrongSide(d, d + " > 0", numbers.where(numbers, a -> a > 0)),
                wrongSide(d, fName + " < 0", numbers.where(f, a -> a < 0))));
        if (inputs == outputs) {
            guesses.add(wrongSide(d, xName + " > 0", numbers.where(x, a -> a > 0)));
        }
        return guesses;
    }

    private Guess wrongSide(String d, String condition, Lazy masked) {
        return Guess.of(
                MASK_WRONG_SIDE,
                gradient(x, w, masked),
                your + "has the relu's mask taken from the wrong side, " + d + "∘[" + condition + "]",
                "it should be " + d + "∘[" + fName + " > 0]");
    }

    private String operand() {
        return grads.pass().of(role).label(role);
    }
}
