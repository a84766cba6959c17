package org.jacobean.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import org.jacobean.explain.Explanation.Equation;
import org.jacobean.explain.Explanation.Gap;
import org.jacobean.explain.Explanation.Line;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.Plus;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.formula.MatrixForm;
import org.jacobean.formula.Notation;
import org.jacobean.formula.Values;
import org.jacobean.layer.Forward;
import org.jacobean.matrix.Interrupts;

/** One output f[r,j]: its formula, its terms with their numbers, and the product whose entry it is. */
final class ElementOfOutput {

    private final Values values;
    private final String work;
    private final List<Line> lines = new ArrayList<>();

    private ElementOfOutput(Values values, ElementName name) {
        this.values = values;
        this.work = "the explanation of " + name;
    }

    static Explanation explain(Forward pass, ElementName name) {
        return explain(pass, name, pass.values());
    }

    static Explanation explain(Forward pass, ElementName name, Values values) {
        Formula formula = pass.layer().formula();
        Notation notation = pass.notation(Double::toString);
        Element output = new Element(name.role(), name.row() + 1, name.column() + 1);
        Expression body = formula.at(output.row(), output.column()).withoutSingleSums(values);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("The formula", List.of(Equation.of(output, body))));
        ElementOfOutput numbers = new ElementOfOutput(values, name);
        double total = numbers.terms(body);
        numbers.lines.add(Equation.of(output, Expression.number(total)));
        steps.add(new Step("The numbers", numbers.lines));
        String entry = name.toString().substring(name.toString().lastIndexOf('['));
        MatrixForm.of(formula.body(), formula.row(), formula.column())
                .ifPresent(form -> steps.add(new Step(
                        "The same for all outputs",
                        List.of(new Words(name + " is entry " + entry + " of " + ElementOfGradient.said(form, notation)
                                + ".")))));
        return new Explanation(
                name.toString(), OptionalDouble.of(name.value()), List.of(new Part("", steps)), notation);
    }

    /** A line for each term, those of a sum one by one. */
    private double terms(Expression body) {
        double total = 0;
        for (Expression term : body instanceof Plus plus ? plus.terms() : List.of(body)) {
            if (term instanceof Sum sum) {
                total += list(values.size(sum.over().size()), k -> sum.term().with(sum.over(), Index.at((int) k + 1)));
            } else {
                total += list(1, k -> term);
            }
        }
        return total;
    }

    private double list(long count, LongFunction<Expression> terms) {
        double total = 0;
        double left = 0;
        for (long k = 0; k < count; k++) {
            Interrupts.check(work);
            Expression term = terms.apply(k);
            double value = term.value(values, Map.of());
            total += value;
            if (!Gap.leavesOut(k, count)) {
                Expression numbers = inNumbers(term);
                lines.add(
                        numbers instanceof Constant
                                ? Equation.of(term, numbers)
                                : Equation.of(term, numbers, Expression.number(value)));
            } else {
                left += value;
            }
            if (k == count - 1 - Gap.LAST && count > Gap.MOST) {
                lines.add(Gap.of(count, "terms", OptionalDouble.of(left)));
            }
        }
        return total;
    }

    private Expression inNumbers(Expression term) {
        return term instanceof Element || term instanceof Sum
                ? Expression.number(term.value(values, Map.of()))
                : term.map(this::inNumbers);
    }
}
