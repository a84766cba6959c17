package org.jacobean.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacobean.explain.Diagnosis.Finding;
import org.jacobean.explain.Diagnosis.Kind;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;

/**
 * A learner's own rule for a gradient of f = x·w + b, tried on a few small passes of whole numbers.
 *
 * <pre>{@code
 * Exercise.weights((x, dLdf) -> …)     // dL/dw [n × m] from x [N × n] and dL/df [N × m]
 * Exercise.biases(dLdf -> …)           // dL/db [1 × m]
 * Exercise.input((dLdf, w) -> …)       // dL/dx [N × n] from dL/df and w [n × m]
 * }</pre>
 *
 * Where the rule fails, the easiest case on which it does is shown, and what was done wrong where one known mistake gives
 * every answer; the right numbers and the rule stay untold.
 */
public final class Exercise {

    /** A line of a {@link ShapeException}: {@code   dL/df  2 × 3}. */
    private static final Pattern OPERAND = Pattern.compile("  (\\S+) +(\\d+ × \\d+)");

    private static final String W =
            "take one weight, w[1,1]: which elements of f does it move, and by how much in each row?";
    private static final String B = "b[1] is added in every row: by how much does L move when b[1] grows by 1?";
    private static final String X =
            "take one input, x[1,1]: it reaches L through every output of its row; by which weight each time?";

    /** One pass; the easiest to do by hand come first. */
    private record Case(String name, Matrix x, Matrix w, Matrix dLdf) {

        static Case of(String name, String x, String w, String dLdf) {
            return new Case(
                    name,
                    Matrix.parse(x).named("x"),
                    Matrix.parse(w).named("w"),
                    Matrix.parse(dLdf).named("dL/df"));
        }

        Matrix operand(String name) {
            return switch (name) {
                case "x" -> x;
                case "w" -> w;
                default -> dLdf;
            };
        }

        Gradients gradients() {
            return new Linear(w, Matrix.zeros(1, w.columns()).named("b"))
                    .forward(x)
                    .backward(dLdf);
        }
    }

    private static final List<Case> CASES = List.of(
            Case.of("one row", "2 5 -3", "1 4; -2 3; 5 -1", "7 -4"),
            Case.of("one input", "3; -5", "2 7", "4 1; -2 6"),
            Case.of("one output", "2 -1; 3 7", "5; -4", "6; -2"),
            Case.of("as many inputs as outputs", "1 3; -4 2", "2 -5; 7 3", "5 -2; 3 6"),
            Case.of("zeros among the numbers", "0 3; 5 0; 0 0", "2 0 -3; 0 4 7", "4 0 -2; 0 5 7; 3 -6 0"),
            Case.of(
                    "a batch of 5 rows",
                    "1 -2 4; 3 5 -1; -6 2 7; 2 2 -3; 4 -1 5",
                    "3 -1; 2 6; -4 5",
                    "2 7; -3 4; 5 -1; 1 6; -2 3"));

    /**
     * The easiest case that the rule got wrong.
     *
     * @param name what is special about it
     * @param given the matrices that the rule was given, by name
     * @param answer what it returned, if it did
     * @param says what came out, the mistake where it is known, and a hint: a line each
     */
    public record Failure(String name, Map<String, Matrix> given, Optional<Matrix> answer, List<String> says) {}

    private final String label;
    private final int right;
    private final Failure failure;

    private Exercise(String label, int right, Failure failure) {
        this.label = label;
        this.right = right;
        this.failure = failure;
    }

    /** dL/dw [n × m], {@code (x, dLdf) -> …}. */
    public static Exercise weights(BinaryOperator<Matrix> rule) {
        return grade("w", rule, List.of("x", "dL/df"), c -> rule.apply(c.x, c.dLdf), W);
    }

    /** dL/db [1 × m], {@code dLdf -> …}. */
    public static Exercise biases(UnaryOperator<Matrix> rule) {
        return grade("b", rule, List.of("dL/df"), c -> rule.apply(c.dLdf), B);
    }

    /** dL/dx [N × n], {@code (dLdf, w) -> …}. */
    public static Exercise input(BinaryOperator<Matrix> rule) {
        return grade("x", rule, List.of("dL/df", "w"), c -> rule.apply(c.dLdf, c.w), X);
    }

    /** Whether the rule is right in every case. */
    public boolean passed() {
        return failure == null;
    }

    /** How many of the {@link #cases} are right. */
    public int right() {
        return right;
    }

    public int cases() {
        return CASES.size();
    }

    /** The easiest case that is wrong; none where {@link #passed}. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@code dL/dw: 6 of 6 cases right}, and what they were, or which is wrong. */
    public String summary() {
        return this + ": "
                + (passed()
                        ? String.join(", ", CASES.stream().map(Case::name).toList())
                        : "the easiest that is wrong has " + failure.name);
    }

    /** {@code dL/dw: 6 of 6 cases right}. */
    @Override
    public String toString() {
        return label + ": " + right + " of " + CASES.size() + " cases right";
    }

    /** What the rule made of one case: a diagnosis where it returned a matrix, or what it did instead. */
    private record Attempt(Case given, Diagnosis diagnosis, String instead) {

        boolean right() {
            return diagnosis != null && diagnosis.right();
        }
    }

    private static Exercise grade(
            String role, Object rule, List<String> operands, Function<Case, Matrix> answer, String hint) {
        String label = "dL/d" + role;
        if (rule == null) {
            throw new IllegalArgumentException(
                    "the rule for " + label + " is null; did the cell that declares it fail?");
        }
        List<Attempt> wrong = CASES.stream()
                .map(c -> attempt(c, role, operands, answer))
                .filter(attempt -> !attempt.right())
                .toList();
        int right = CASES.size() - wrong.size();
        if (wrong.isEmpty()) {
            return new Exercise(label, right, null);
        }
        Attempt first = wrong.get(0);
        Map<String, Matrix> given = new LinkedHashMap<>();
        operands.forEach(name -> given.put(name, first.given.operand(name)));
        Matrix needed = first.given.gradients().of(role);
        List<String> says = new ArrayList<>();
        says.add(
                first.diagnosis == null
                        ? "your rule " + first.instead + "; " + label + " must be " + needed.shape()
                        : first.diagnosis.sameShape()
                                ? "your rule gave the shape of " + role + ", " + needed.shape() + ", but other numbers"
                                : "your rule gave " + first.diagnosis.supplied().shape() + "; " + label + " must be "
                                        + needed.shape() + ", the shape of " + role);
        mistake(wrong).ifPresent(says::add);
        says.add("hint: " + hint);
        return new Exercise(
                label,
                right,
                new Failure(
                        first.given.name,
                        given,
                        Optional.ofNullable(first.diagnosis).map(Diagnosis::supplied),
                        List.copyOf(says)));
    }

    /**
     * What was done wrong in the first case, where the same mistake gives the answers of all cases that are wrong, and one
     * of them proves it: a case of one row cannot tell that the other rows are left out.
     */
    private static Optional<String> mistake(List<Attempt> wrong) {
        Diagnosis first = wrong.get(0).diagnosis;
        if (first == null) {
            return Optional.empty();
        }
        List<Diagnosis> all =
                wrong.stream().map(Attempt::diagnosis).filter(Objects::nonNull).toList();
        Set<String> common = names(all.stream().flatMap(diagnosis -> diagnosis.findings().stream()));
        all.forEach(diagnosis -> common.retainAll(names(diagnosis.possible().stream())));
        return Stream.concat(
                        first.possible().stream().filter(finding -> common.contains(name(finding))),
                        first.findings().stream().filter(finding -> finding.kind() == Kind.ALL_ZERO))
                .map(Finding::mistake)
                .findFirst();
    }

    private static Set<String> names(Stream<Finding> findings) {
        return findings.filter(finding -> finding.kind() != Kind.WRONG_SHAPE)
                .map(Exercise::name)
                .collect(Collectors.toSet());
    }

    /** What a mistake is in every case: without the numbers, such as that of the last row. */
    private static String name(Finding finding) {
        return finding.mistake().replaceAll("-?\\d+(\\.\\d+)?", "#");
    }

    private static Attempt attempt(Case c, String role, List<String> given, Function<Case, Matrix> answer) {
        Matrix mine;
        try {
            mine = answer.apply(c);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return new Attempt(c, null, "threw " + inOneLine(e, given));
        }
        return mine == null
                ? new Attempt(c, null, "returned null")
                : new Attempt(c, Diagnosis.of(c.gradients(), role, mine), null);
    }

    /** Without what to try, which might be the rule; by their shapes where one is not what was given. */
    private static String inOneLine(Throwable thrown, List<String> given) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage().strip();
        List<String[]> operands = message.lines()
                .map(OPERAND::matcher)
                .filter(Matcher::matches)
                .map(operand -> new String[] {operand.group(1), operand.group(2)})
                .toList();
        boolean known = operands.stream().allMatch(operand -> given.contains(operand[0]));
        String line = thrown instanceof ShapeException && operands.size() == 2 && !known
                ? operands.get(0)[1] + " and " + operands.get(1)[1] + " do not fit"
                : message.lines().findFirst().orElse("");
        return thrown.getClass().getSimpleName() + (line.isEmpty() ? "" : ": " + line);
    }
}
