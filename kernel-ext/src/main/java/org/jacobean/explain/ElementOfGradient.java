package org.jacobean.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jacobean.explain.Explanation.Equation;
import org.jacobean.explain.Explanation.Gap;
import org.jacobean.explain.Explanation.Line;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Slope;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index.Running;
import org.jacobean.formula.MatrixForm;
import org.jacobean.formula.Notation;
import org.jacobean.formula.Values;
import org.jacobean.layer.Gradients;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/**
 * One element v of a gradient, in the order of the lesson: where v stands, how each output moves with it, the chain rule,
 * the numbers, and the product whose entry it is, beside what a central difference gives.
 */
final class ElementOfGradient {

    private static final int ROUNDINGS = 1000;

    private final Gradients grads;
    private final ElementName name;
    private final Values values;
    private final Element v;
    private final Touched touched;
    private final Optional<Expression> inOutput;
    private final Notation notation;
    private final long count;
    private final List<Step> steps;
    /** The output whose term is the largest, and that term; null where there is none. */
    private Element followed;

    private Equation largest;

    private ElementOfGradient(Gradients grads, ElementName name, Values values) {
        this.grads = grads;
        this.name = name;
        this.values = values;
        this.v = new Element(name.role(), name.row() + 1, name.column() + 1);
        this.touched = Touched.by(v, grads.pass().layer().formula());
        this.inOutput = touched.formula().slopeInOutput();
        this.notation = grads.pass().notation(Double::toString);
        this.count = touched.count(values);
        this.steps = steps();
    }

    static ElementOfGradient of(Gradients grads, ElementName name, Values values) {
        return new ElementOfGradient(grads, name, values);
    }

    static Explanation explain(Gradients grads, ElementName name) {
        return explain(grads, name, grads.values());
    }

    static Explanation explain(Gradients grads, ElementName name, Values values) {
        return of(grads, name, values).explanation(List.of());
    }

    /** @param more steps behind its own */
    Explanation explanation(List<Step> more) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(more);
        return new Explanation(name.toString(), OptionalDouble.of(name.value()), List.of(new Part("", all)), notation);
    }

    /** The output through which most comes; none where v reaches no output, or where each slope is 0. */
    Optional<Element> followed() {
        return Optional.ofNullable(followed);
    }

    /** {@code The largest of these 6 terms, that of row 4}; nothing where there is one term. */
    String saysLargest() {
        boolean ofRows = count > 1
                && values.size(touched.formula().row().size()) > 1
                && touched.letters().contains(touched.formula().row());
        return count == 1
                ? ""
                : String.format(Locale.ROOT, "The largest of these %,d terms", count)
                        + (ofRows ? ", that of row " + followed.row() : "");
    }

    Equation largest() {
        return largest;
    }

    /** {@code dL/dl2[4,2] = Σⱼ dL/df[4,j]·w2[2,j] = -0.3}, or where there is one term, that with its numbers. */
    Equation inShort() {
        List<Expression> sides = new ArrayList<>();
        sides.add(new LossSlope(v));
        if (count == 1 && largest != null) {
            sides.addAll(largest.sides());
        } else {
            sides.add(touched.formula().gradient(v).withoutSingleSums(values));
            sides.add(Expression.number(name.value()));
        }
        return new Equation(sides, "");
    }

    private List<Step> steps() {
        String said = notation.text(v);
        if (touched.none()) {
            List<Line> lines = new ArrayList<>();
            lines.add(new Words(
                    "In no output: " + notation.name("f") + " does not depend on " + said + ", so " + name + " is 0."));
            compare(0, 0, lines);
            return List.of(new Step("Where " + said + " stands", lines));
        }
        List<Step> steps = new ArrayList<>(List.of(
                new Step("Where " + said + " stands", whereItStands(said)),
                new Step(
                        count == 1
                                ? "How " + notation.text(touched.output(0, values)) + " moves with " + said
                                : "How each of these outputs moves with " + said,
                        localSlopes()),
                new Step("The chain rule", chainRule(said)),
                new Step("The numbers", numbers())));
        productAndNudge(said).ifPresent(steps::add);
        return steps;
    }

    private List<Line> whereItStands(String said) {
        List<Line> lines = new ArrayList<>();
        Formula formula = touched.formula();
        someOutputs(
                lines,
                output -> {
                    Terms terms = Terms.of(formula.at(output.row(), output.column()), v, values);
                    return new Equation(List.of(output, terms.held()), constants(terms.others()));
                },
                "outputs");
        long others = (long) grads.incoming().rows() * grads.incoming().columns() - count;
        List<String> words = new ArrayList<>();
        if (constants(touched.output(0, values)) > 0) {
            words.add("The derivative of a constant is 0.");
        }
        if (others > 0) {
            words.add(String.format(
                    Locale.ROOT,
                    others == 1 ? "The other output does not hold %2$s." : "The other %,d outputs do not hold %s.",
                    others,
                    said));
        }
        if (!words.isEmpty()) {
            lines.add(new Words(String.join(" ", words)));
        }
        return lines;
    }

    /** How many terms of an output do not hold v. */
    private long constants(Element output) {
        return Terms.of(touched.formula().at(output.row(), output.column()), v, values)
                .others();
    }

    static String constants(long others) {
        return others == 0 ? "" : String.format(Locale.ROOT, others == 1 ? "+ 1 constant" : "+ %,d constants", others);
    }

    private List<Line> localSlopes() {
        List<Line> lines = new ArrayList<>();
        someOutputs(
                lines,
                output -> {
                    Expression slope = slopeAt(output);
                    List<Expression> sides = new ArrayList<>(List.of(new Slope(output, v), slope));
                    inOutput(output).ifPresent(sides::add);
                    if (!(slope instanceof Constant)) {
                        sides.add(Expression.number(slope.value(values, Map.of())));
                    }
                    return new Equation(sides, "");
                },
                "slopes");
        return lines;
    }

    private List<Line> chainRule(String said) {
        Expression sum = new LossSlope(touched.output()).times(new Slope(touched.output(), v));
        List<Running> letters = touched.letters();
        for (int k = letters.size() - 1; k >= 0; k--) {
            sum = Expression.sum(letters.get(k), sum);
        }
        List<Line> lines = new ArrayList<>();
        if (count == 1) {
            lines.add(Equation.of(
                    new LossSlope(v),
                    new LossSlope(touched.output(0, values)).times(new Slope(touched.output(0, values), v))));
        } else if (count <= Gap.MOST / 2) {
            List<Expression> terms = new ArrayList<>();
            for (long k = 0; k < count; k++) {
                Element output = touched.output(k, values);
                terms.add(new LossSlope(output).times(new Slope(output, v)));
            }
            lines.add(Equation.of(new LossSlope(v), sum, new Plus(terms)));
        } else {
            lines.add(Equation.of(new LossSlope(v), sum));
        }
        lines.add(new Words(
                count == 1
                        ? said + " reaches L through this output alone."
                        : String.format(
                                Locale.ROOT,
                                "%s reaches L through each of these %,d outputs, and what arrives adds up.",
                                said,
                                count)));
        return lines;
    }

    private List<Line> numbers() {
        List<Line> lines = new ArrayList<>();
        double total = 0;
        double magnitude = 0;
        double left = 0;
        double most = -1;
        for (long k = 0; k < count; k++) {
            stopIfInterrupted(k);
            Element output = touched.output(k, values);
            double dLdf = new LossSlope(output).value(values, Map.of());
            double slope = touched.slope().value(values, touched.at(output));
            double term = dLdf * slope;
            total += term;
            magnitude +=
                    Double.isFinite(term) ? Math.abs(dLdf) * touched.slope().magnitude(values, touched.at(output)) : 0;
            // NaN counts as the largest: it is what spoils the sum.
            double size = Double.isNaN(term) ? Double.POSITIVE_INFINITY : Math.abs(term);
            if (size > most && !(slope == 0 && Double.isFinite(dLdf))) {
                most = size;
                followed = output;
            }
            if (!Gap.leavesOut(k, count)) {
                lines.add(term(output));
            } else {
                left += term;
            }
            if (k == count - 1 - Gap.LAST && count > Gap.MOST) {
                lines.add(Gap.of(count, "terms", OptionalDouble.of(left)));
            }
        }
        lines.add(Equation.of(new LossSlope(v), Expression.number(total)));
        compare(total, magnitude, lines);
        largest = followed != null ? term(followed) : count == 1 ? term(touched.output(0, values)) : null;
        return lines;
    }

    /** {@code dL/df[1]·w[1,1] = 4 · 0.2 = 0.8}. */
    private Equation term(Element output) {
        double dLdf = new LossSlope(output).value(values, Map.of());
        double slope = touched.slope().value(values, touched.at(output));
        Expression symbols = inOutput(output).orElseGet(() -> slopeAt(output));
        Expression product = new LossSlope(output).times(symbols).simplified();
        return symbols instanceof Constant one && one.value() == 1
                ? Equation.of(product, Expression.number(dLdf * slope))
                : Equation.of(
                        product,
                        Expression.number(dLdf).times(Expression.number(slope)),
                        Expression.number(dLdf * slope));
    }

    private void compare(double total, double magnitude, List<Line> lines) {
        if (!isRounding(total, magnitude)) {
            lines.add(new Words("The layer's own backward pass says " + exact(name.value()) + " instead"
                    + (Double.isFinite(total) ? ": it does not compute what its formula says." : ".")));
        }
    }

    /**
     * Whether the layer's own value differs from {@code total} by rounding only. Each addition rounds by at most half an ε
     * of what it adds up (Higham, Accuracy and Stability, section 4.2); a slope may round {@value #ROUNDINGS} times more,
     * since exp(a) rounds a times.
     */
    private boolean isRounding(double total, double magnitude) {
        double rounding = (count + ROUNDINGS) * (Math.ulp(1.0) * magnitude + Double.MIN_VALUE);
        return Double.compare(total, name.value()) == 0 || Math.abs(total - name.value()) <= rounding;
    }

    private Optional<Step> productAndNudge(String said) {
        List<Line> lines = new ArrayList<>();
        Formula formula = touched.formula();
        Element general = formula.general(name.role());
        String entry = name.toString().substring(name.toString().lastIndexOf('['));
        MatrixForm.of(formula.gradient(general), general.row(), general.column())
                .ifPresent(form ->
                        lines.add(new Words(name + " is entry " + entry + " of " + said(form, notation) + ".")));
        boolean product = !lines.isEmpty();
        double value = values.of(v.of(), name.row() + 1, name.column() + 1);
        if (Double.isFinite(value) && Double.isFinite(name.value())) {
            Nudged nudged = nudged();
            lines.add(new Words("Moving " + said + " by ±" + shortly(nudged.step()) + " and measuring L = Σ dL/d"
                    + notation.name("f") + "∘" + notation.name("f") + " gives:"));
            lines.add(Equation.of(new LossSlope(v), Expression.number(nudged.slope())));
            if (nudged.kink()) {
                lines.add(nudged.saysKink(said));
            }
            return Optional.of(
                    new Step(product ? "The same in one product, and measured" : "The same, measured", lines));
        }
        return product ? Optional.of(new Step("The same in one product", lines)) : Optional.empty();
    }

    /** Of the terms that hold v: no other moves. */
    private Nudged nudged() {
        Formula formula = touched.formula();
        Expression held =
                Terms.of(formula.at(touched.row(), touched.column()), v, values).held();
        Matrix operand = grads.pass().of(name.role());
        return Nudged.of(new Measured(1), operand, name.row(), name.column(), (nudge, moved) -> {
            for (long k = 0; k < count; k++) {
                stopIfInterrupted(k);
                Element output = touched.output(k, values);
                moved.by(
                        new LossSlope(output).value(values, Map.of()),
                        held.value(with(nudge.down()), touched.at(output)),
                        held.value(with(nudge.value()), touched.at(output)),
                        held.value(with(nudge.up()), touched.at(output)));
            }
        });
    }

    private Values with(double changed) {
        return new Values() {
            @Override
            public double of(String variable, int row, int column) {
                return variable.equals(name.role()) && row == name.row() + 1 && column == name.column() + 1
                        ? changed
                        : values.of(variable, row, column);
            }

            @Override
            public int size(String size) {
                return values.size(size);
            }
        };
    }

    private Expression slopeAt(Element output) {
        return touched.slope()
                .with(touched.formula().row(), output.row())
                .with(touched.formula().column(), output.column())
                .simplified();
    }

    /** The slope in the output, as 1 − f² of a tanh. */
    private Optional<Expression> inOutput(Element output) {
        return inOutput.map(slope -> slope.with(touched.formula().row(), output.row())
                .with(touched.formula().column(), output.column()));
    }

    private interface Said {
        Line of(Element output);
    }

    private void someOutputs(List<Line> lines, Said said, String what) {
        for (long k = 0; k < count; k++) {
            if (!Gap.leavesOut(k, count)) {
                lines.add(said.of(touched.output(k, values)));
            } else {
                lines.add(Gap.of(count, what, OptionalDouble.empty()));
                k = count - Gap.LAST - 1;
            }
        }
    }

    private void stopIfInterrupted(long k) {
        if (k % 1000 == 0) {
            Interrupts.check("the explanation of " + name);
        }
    }

    /** A product, as it stands in a sentence. */
    static String said(MatrixForm form, Notation notation) {
        return (form instanceof MatrixForm.ColumnSums ? "the " : "") + form.text(notation);
    }

    /** All digits that are not rounding. */
    static String exact(double number) {
        double rounded = Double.isFinite(number)
                ? new BigDecimal(number).round(new MathContext(15)).doubleValue()
                : number;
        return Double.toString(rounded).replaceFirst("\\.0$", "");
    }

    static String shortly(double number) {
        return String.format(Locale.ROOT, "%.1e", number).replaceFirst("e\\+?(-?)0?", "e$1");
    }
}
