package org.jacobean.explain;

import static org.jacobean.explain.Diagnosis.Kind.ACCUMULATED;
import static org.jacobean.explain.Diagnosis.Kind.ANOTHER_MATRIX;
import static org.jacobean.explain.Diagnosis.Kind.CONSTANT;
import static org.jacobean.explain.Diagnosis.Kind.DIVIDED_BY_COUNT;
import static org.jacobean.explain.Diagnosis.Kind.DIVIDED_BY_ROWS;
import static org.jacobean.explain.Diagnosis.Kind.ELEMENT_WISE;
import static org.jacobean.explain.Diagnosis.Kind.FACTOR;
import static org.jacobean.explain.Diagnosis.Kind.FACTOR_TWO;
import static org.jacobean.explain.Diagnosis.Kind.MASKED;
import static org.jacobean.explain.Diagnosis.Kind.MASK_MISSING;
import static org.jacobean.explain.Diagnosis.Kind.MASK_WRONG_SIDE;
import static org.jacobean.explain.Diagnosis.Kind.MISPLACED;
import static org.jacobean.explain.Diagnosis.Kind.NOT_SUMMED;
import static org.jacobean.explain.Diagnosis.Kind.NOT_TRANSPOSED;
import static org.jacobean.explain.Diagnosis.Kind.OLD_OPERAND;
import static org.jacobean.explain.Diagnosis.Kind.ONE_ROW;
import static org.jacobean.explain.Diagnosis.Kind.ROW_LEFT_OUT;
import static org.jacobean.explain.Diagnosis.Kind.SIGN;
import static org.jacobean.explain.Diagnosis.Kind.SIGN_AND_FACTOR;
import static org.jacobean.explain.Diagnosis.Kind.SUMMED;
import static org.jacobean.explain.Diagnosis.Kind.TIMES_ROWS;
import static org.jacobean.explain.Diagnosis.Kind.TRANSPOSED;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;

/** The table of mistakes that people make with a gradient of f = x·w + b, each with the numbers that it gives. */
final class Mistakes {

    private static final String DLDF = "dL/df";
    private static final int MOST_PASSES = 100;

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
    private final int rows;
    private final int inputs;
    private final int outputs;
    private final String itIs;

    Mistakes(Gradients grads, String role) {
        this.grads = grads;
        this.role = role;
        this.label = grads.of(role).label("dL/d" + role);
        this.your = "your " + label + " ";
        this.right = Lazy.of(grads.of(role));
        Forward pass = grads.pass();
        this.linear = pass.layer() instanceof Linear;
        this.x = Lazy.of(pass.input());
        this.w = linear ? Lazy.of(pass.of("w")) : Lazy.NONE;
        this.f = Lazy.of(pass.output());
        this.dLdf = Lazy.of(grads.incoming());
        this.xName = pass.input().label("x");
        this.wName = linear ? pass.of("w").label("w") : "w";
        this.rows = pass.input().rows();
        this.inputs = pass.layer().inputs();
        this.outputs = pass.layer().outputs();
        this.itIs = !linear ? "see the layer's own formula" : "it is " + rule(xName, wName, DLDF);
    }

    /** All that need nothing but the pass. */
    Stream<Guess> ofThePass() {
        return Stream.of(masks(), rows(), sums(), products(), otherMatrices(), elementWise(), scales())
                .flatMap(Function.identity());
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

    // The table

    private Stream<Guess> masks() {
        return Stream.of(
                mask("f > 0", dLdf.where(f, a -> a > 0)),
                mask("f ≤ 0", dLdf.where(f, a -> a <= 0)),
                mask("dL/df > 0", dLdf.where(dLdf, a -> a > 0)),
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
                your + "is computed with dL/df∘[" + condition + "]",
                "that mask is not part of this layer; use dL/df as it came in");
    }

    private Stream<Guess> rows() {
        if (rows == 1 || !linear) {
            return Stream.empty();
        }
        String remedy = role.equals("x")
                ? label + " has a row for each of the " + rows + " rows of the batch"
                : "sum over all " + rows + " rows";
        return IntStream.range(0, rows).boxed().flatMap(r -> {
            String row = "row " + (r + 1) + (r == 0 ? ", the first," : r == rows - 1 ? ", the last," : "");
            String alone = your + "is that of " + row + " alone";
            String leftOut = your + "leaves out " + row + " of the batch";
            Stream<Guess> guesses = role.equals("x")
                    ? Stream.of(
                            Guess.of(ONE_ROW, right.row(r), alone, remedy),
                            Guess.of(ONE_ROW, rowsWhere(i -> i == r), alone + " and 0 elsewhere", remedy),
                            Guess.of(ROW_LEFT_OUT, right.withoutRow(r), leftOut, remedy),
                            Guess.of(ROW_LEFT_OUT, rowsWhere(i -> i != r), leftOut, remedy))
                    : Stream.of(
                            Guess.of(ONE_ROW, partOf(r), alone, remedy),
                            Guess.of(ROW_LEFT_OUT, right.minus(partOf(r)), leftOut, remedy));
            return guesses.map(guess -> guess.oneOf(rows));
        });
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
        String columns = "sum each column of dL/df by itself";
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
                                your + "is made of the sums of " + xName + " and of dL/df over the batch",
                                "multiply row by row and then sum, as " + rule(xName, wName, DLDF) + " does"));
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
                                        your + "is dL/df itself, not summed over the batch",
                                        "sum each column of dL/df, since every row shares the biases"));
                };
    }

    private Lazy total() {
        return right.transpose().columnSums();
    }

    private Stream<Guess> products() {
        String swapped =
                switch (role) {
                    case "x" -> wName + "·dL/dfᵀ";
                    case "w" -> "dL/dfᵀ·" + xName;
                    default -> "";
                };
        String turn =
                linear && !swapped.isEmpty() ? itIs + ", not " + swapped : "transpose it, to the shape of " + operand();
        Stream<Guess> transposes = Stream.of(
                Guess.of(TRANSPOSED, right.transpose(), your + "is the right one transposed", turn),
                notTransposed("x", dLdf.times(w), wName, "dL/df·" + wName),
                notTransposed("w", x.times(dLdf), xName, xName + "·dL/df"));
        return Stream.concat(transposes, misplaced());
    }

    private Guess notTransposed(String ofRole, Lazy product, String which, String formula) {
        return Guess.of(
                NOT_TRANSPOSED,
                linear && role.equals(ofRole) ? product : Lazy.NONE,
                your + "has " + which + " where it must be transposed",
                itIs + ", not " + formula);
    }

    /** Every operand of the rule replaced by each other matrix of the pass. */
    private Stream<Guess> misplaced() {
        Map<String, Lazy> operands = new LinkedHashMap<>();
        operands.put(xName, x);
        operands.put(wName, w);
        operands.put(DLDF, dLdf);
        Map<String, Lazy> substitutes = new LinkedHashMap<>(operands);
        substitutes.put("f", f);
        List<Guess> guesses = new ArrayList<>();
        operands.forEach((place, operand) -> substitutes.forEach((name, other) -> {
            if (other != operand && other != Lazy.NONE) {
                guesses.add(Guess.of(
                        MISPLACED,
                        with(operand, other),
                        your + "was computed with " + name + " in the place of " + place,
                        itIs));
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
        others.putIfAbsent(DLDF, grads.incoming());
        others.putIfAbsent("f", grads.pass().output());
        return others.entrySet().stream().flatMap(other -> {
            Lazy numbers = Lazy.of(other.getValue());
            boolean known = role.equals("b") && other.getKey().equals(DLDF);
            return Stream.of(
                    Guess.of(ANOTHER_MATRIX, known ? Lazy.NONE : numbers, your + "is " + other.getKey(), itIs),
                    Guess.of(
                            ANOTHER_MATRIX,
                            turned(other.getValue()),
                            your + "is " + other.getKey() + ", transposed",
                            itIs));
        });
    }

    /** Aᵀ; {@link Lazy#NONE} for a single number, which is its own. */
    private static Lazy turned(Matrix a) {
        return a.rows() * (long) a.columns() == 1 ? Lazy.NONE : Lazy.of(a.transpose());
    }

    private Stream<Guess> elementWise() {
        List<Matrix> factors = new ArrayList<>(List.of(grads.pass().input(), grads.incoming()));
        List<String> names = new ArrayList<>(List.of(xName, DLDF));
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
                role.equals("b") || !linear ? itIs : itIs + ", a matrix product");
    }

    /** A factor that has a reason. */
    private record Scale(Kind kind, double factor, String how, String remedy) {}

    private Stream<Guess> scales() {
        return Stream.concat(
                Stream.of(Guess.of(
                        SIGN,
                        right.scale(-1),
                        your + "is the right one with its sign flipped",
                        "the gradient points uphill; the minus belongs to the step, " + operand() + " − rate·"
                                + label)),
                reasons()
                        .map(scale -> Guess.of(
                                scale.kind, right.scale(scale.factor), your + "is " + scale.how, scale.remedy)));
    }

    private Stream<Scale> reasons() {
        boolean x = role.equals("x");
        String mean = "a mean belongs to L, and then dL/df holds it already";
        return Stream.of(
                new Scale(
                        DIVIDED_BY_ROWS,
                        1.0 / rows,
                        "the right one divided by " + rows + ", the number of rows",
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
                        "a factor 2 is missing; that of a square's derivative belongs to dL/df"),
                new Scale(
                        FACTOR_TWO,
                        2,
                        "the right one doubled",
                        "there is a factor 2 too many; that of a square's derivative belongs to dL/df"));
    }

    private static Scale dividedBy(long count, String what, String remedy) {
        return new Scale(
                DIVIDED_BY_COUNT, 1.0 / count, "the right one divided by " + count + ", the number of " + what, remedy);
    }

    // What is found out from the supplied numbers

    /** With the factor that the largest elements have. */
    Stream<Guess> ofFactor(Matrix mine) {
        int[] at = largest();
        double factor = mine.get(at[0], at[1]) / right.at(at[0], at[1]);
        if (!Double.isFinite(factor) || factor == 0) {
            return Stream.empty();
        }
        List<String> known = reasons()
                .filter(scale -> near(Math.abs(factor), scale.factor))
                .map(scale -> scale.how.replace("the right one ", ""))
                .toList();
        String times = your + "is the right one times " + number(factor);
        long passes = Math.round(factor);
        if (factor < 0) {
            return near(-factor, 1)
                    ? Stream.empty()
                    : Stream.of(new Guess(
                            SIGN_AND_FACTOR,
                            2,
                            right.scale(factor),
                            times + ", its sign flipped" + (known.isEmpty() ? "" : " and " + known.get(0)),
                            "look for a minus, and for a factor that does not belong"));
        }
        if (passes >= 2 && passes <= MOST_PASSES && near(factor, passes)) {
            return Stream.of(new Guess(
                    ACCUMULATED,
                    2,
                    right.scale(passes),
                    your + "is " + passes + " times the right one, as if " + passes + " passes were added up",
                    "set it to zero before each pass"));
        }
        return known.isEmpty()
                ? Stream.of(new Guess(FACTOR, 2, right.scale(factor), times, "look for a factor that does not belong"))
                : Stream.empty();
    }

    /** With the mean difference. */
    Guess ofConstant(Matrix mine) {
        double sum = 0;
        for (int i = 0; i < mine.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                double difference = mine.get(i, j) - right.at(i, j);
                sum += Double.isFinite(difference) ? difference : 0;
            }
        }
        double constant = sum / ((double) mine.rows() * mine.columns());
        return new Guess(
                CONSTANT,
                3,
                right.plus(constant),
                your + "is the right one " + (constant < 0 ? "minus " : "plus ") + number(Math.abs(constant))
                        + " in every element",
                "look for a number that is added and does not belong");
    }

    private int[] largest() {
        Matrix gradient = grads.of(role);
        int[] at = {0, 0};
        double largest = -1;
        for (int i = 0; i < gradient.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < gradient.columns(); j++) {
                double size = Math.abs(gradient.get(i, j));
                if (size > largest && Double.isFinite(size)) {
                    largest = size;
                    at = new int[] {i, j};
                }
            }
        }
        return at;
    }

    private static boolean near(double a, double b) {
        return Evidence.error(a, b, 0) <= Evidence.TOLERANCE;
    }

    /** Five digits. */
    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent < -4 || exponent > 7 ? String.format(Locale.ROOT, "%.4e", value) : rounded.toPlainString();
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
            guesses.addAll(
                    isBeforeRelu(candidate) ? masksOf(name, other) : List.of(inPlaceOf(dLdf, DLDF, name, other)));
        }
        if (x.hasShapeOf(candidate)) {
            guesses.add(inPlaceOf(x, xName, name, other));
        }
        if (w.hasShapeOf(candidate)) {
            guesses.add(inPlaceOf(w, wName, name, other));
        }
        return guesses.stream();
    }

    private Guess inPlaceOf(Lazy operand, String place, String name, Lazy other) {
        return Guess.of(
                OLD_OPERAND,
                with(operand, other),
                name.equals(place)
                        ? your + "was computed with another " + place + " than that of this pass"
                        : your + "was computed with " + name + " in the place of " + place,
                "use the " + place + " of this pass, or run forward and backward again with "
                        + (name.equals(place) ? "the other" : name));
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
                        your + "lacks the relu's mask, computed with " + d + " instead of " + d + "∘[f > 0]",
                        "dL/df is 0 where f is not above 0"),
                wrongSide(d, d + " > 0", numbers.where(numbers, a -> a > 0)),
                wrongSide(d, "f < 0", numbers.where(f, a -> a < 0))));
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
                "it is " + d + "∘[f > 0]");
    }

    private String operand() {
        return grads.pass().operands().get(role).label(role);
    }

    // Some elements

    /** Those elements that are wrong, where at least half are right and one of these is not 0. */
    Stream<Guess> inPart(Evidence evidence, Matrix mine) {
        Wrong wrong = new Wrong();
        for (int i = 0; i < mine.rows(); i++) {
            Lazy.stopIfInterrupted();
            for (int j = 0; j < mine.columns(); j++) {
                wrong.add(i, j, evidence.error(i, j) > Evidence.TOLERANCE, evidence.counts(i, j));
            }
        }
        return wrong.isPart((long) mine.rows() * mine.columns())
                ? Stream.of(Guess.of(
                        Kind.IN_PART,
                        Lazy.NONE,
                        your + "is right but for " + wrong.where(mine, label),
                        "look for what is different there"))
                : Stream.empty();
    }

    private static final class Wrong {

        private final Set<Integer> rows = new TreeSet<>();
        private final Set<Integer> columns = new TreeSet<>();
        private final List<int[]> first = new ArrayList<>();
        private long count;
        private boolean anyRight;

        void add(int i, int j, boolean wrong, boolean counts) {
            anyRight |= !wrong && counts;
            if (wrong) {
                rows.add(i);
                columns.add(j);
                count++;
                if (first.size() < 3) {
                    first.add(new int[] {i, j});
                }
            }
        }

        boolean isPart(long all) {
            return anyRight && 2 * count <= all;
        }

        String where(Matrix mine, String label) {
            boolean line = mine.rows() == 1 || mine.columns() == 1;
            if (!line && count == (long) rows.size() * mine.columns()) {
                return lines("row", rows);
            }
            if (!line && count == (long) columns.size() * mine.rows()) {
                return lines("column", columns);
            }
            return Diagnosis.list(
                    first.stream()
                            .map(at -> Diagnosis.element(label, mine, at[0], at[1]))
                            .toList(),
                    count);
        }

        private static String lines(String what, Set<Integer> numbers) {
            return what
                    + (numbers.size() == 1 ? " " : "s ")
                    + Diagnosis.list(
                            numbers.stream().limit(3).map(i -> "" + (i + 1)).toList(), numbers.size());
        }
    }
}
