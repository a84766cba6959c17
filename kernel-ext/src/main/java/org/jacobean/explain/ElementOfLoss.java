package org.jacobean.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jacobean.explain.Explanation.Equation;
import org.jacobean.explain.Explanation.Gap;
import org.jacobean.explain.Explanation.Line;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.explain.Measured.Nudge;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Constant;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Sum;
import org.jacobean.formula.Expression.Symbol;
import org.jacobean.formula.Expression.Times;
import org.jacobean.formula.Index;
import org.jacobean.formula.Index.Running;
import org.jacobean.formula.Notation;
import org.jacobean.formula.Values;
import org.jacobean.layer.LossPass;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/** A loss: L and what each row of the batch adds to it, or one element of dL/df. */
final class ElementOfLoss {

    private static final Expression L = new Symbol("L");
    private static final Running R = Index.running("r", "N");
    private static final Element F = new Element("f", R, Index.running("j", "m"));
    private static final String CLASSES = "y[r,j] is 1 in the column j that is the class of row r, and 0 elsewhere.";
    private static final int MOST_ROWS = 8;
    private static final int FIRST = 3;
    private static final int LAST = 2;

    private final LossPass loss;
    private final Values values;
    private final Expression body;
    private final Set<String> vectors;

    private ElementOfLoss(LossPass loss) {
        this.loss = loss;
        this.values = loss.values();
        this.body = loss.loss().formula();
        this.vectors = loss.output().rows() == 1 ? Set.of("f", "y") : Set.of();
    }

    /** L. */
    static Explanation explain(LossPass loss) {
        ElementOfLoss its = new ElementOfLoss(loss);
        return its.explanation("L", OptionalDouble.of(loss.value()), List.of(its.formula(), its.numbers()));
    }

    static Explanation explain(LossPass loss, ElementName name) {
        ElementOfLoss its = new ElementOfLoss(loss);
        return its.explanation(name.toString(), OptionalDouble.of(name.value()), its.steps(name));
    }

    /** dL/df[r,j] for any r and j, and the first few with their numbers. */
    static Explanation inGeneral(LossPass loss) {
        ElementOfLoss its = new ElementOfLoss(loss);
        Terms terms = Terms.of(its.ofRow(R), F, its.values);
        List<Line> slopes = new ArrayList<>(List.of(its.slopeInGeneral()));
        Matrix f = loss.output();
        long count = (long) f.rows() * f.columns();
        for (int k = 0; k < Math.min(count, GeneralCase.FEW); k++) {
            slopes.add(its.slope(new Element("f", k / f.columns() + 1, k % f.columns() + 1)));
        }
        if (count > GeneralCase.FEW) {
            slopes.add(GeneralCase.andSoOn(count));
        }
        return its.explanation(
                "How dL/df comes about",
                OptionalDouble.empty(),
                List.of(
                        its.formula(),
                        new Step(
                                "Where f[r,j] stands",
                                List.of(
                                        new Equation(List.of(L, terms.held()), count == 1 ? "" : "+ constants"),
                                        new Words("The derivative of a constant is 0."))),
                        new Step("How L moves with f[r,j]", slopes)));
    }

    /** The loss as a step back from it: L, and dL/df for any element of f. */
    static Step inShort(LossPass loss) {
        ElementOfLoss its = new ElementOfLoss(loss);
        return new Step(
                loss.loss().toString(), List.of(Equation.of(L, its.body), its.slopeInGeneral()), inGeneral(loss));
    }

    /** {@code dL/df[2,1] = 2·(f[2,1] - y[2,1])/(N·m) = 2·(42 - 30)/(2 · 1) = 12}. */
    static Equation inShort(LossPass loss, ElementName name) {
        return new ElementOfLoss(loss).slope(new Element("f", name.row() + 1, name.column() + 1));
    }

    /** Its letters are not those over which the loss sums. */
    private Equation slopeInGeneral() {
        Expression slope = body.derivative(F.apart());
        for (Running letter : F.letters()) {
            slope = slope.with((Running) letter.apart(), letter);
        }
        return Equation.of(new LossSlope(F), slope);
    }

    private Equation slope(Element v) {
        Expression slope = body.derivative(v).withoutSingleSums(values);
        return Equation.of(new LossSlope(v), slope, inNumbers(slope), Expression.number(slope.value(values, Map.of())));
    }

    private Explanation explanation(String title, OptionalDouble value, List<Step> steps) {
        return new Explanation(
                title, value, List.of(new Part("", steps)), new Notation(names(), vectors, Double::toString));
    }

    private Map<String, String> names() {
        return Map.of("y", ofClasses() ? "y" : loss.target().label("y"));
    }

    private Step formula() {
        String sizes = "N = " + loss.output().rows() + ", m = " + loss.output().columns() + ".";
        return new Step(
                "The formula", List.of(Equation.of(L, body), new Words(ofClasses() ? sizes + " " + CLASSES : sizes)));
    }

    /** Whether y was given as classes, and the formula has a 1 in the column of each. */
    private boolean ofClasses() {
        return !loss.loss().targets(loss.output(), loss.target()).sharesNumbersWith(loss.target());
    }

    /** What each row adds. */
    private Step numbers() {
        List<Line> lines = new ArrayList<>();
        int rows = loss.output().rows();
        double left = 0;
        for (int r = 1; r <= rows; r++) {
            Interrupts.check("the explanation of L");
            Expression term = ofRow(Index.at(r)).withoutSingleSums(values);
            double share = term.value(values, Map.of());
            if (rows <= MOST_ROWS || r <= FIRST || r > rows - LAST) {
                lines.add(Equation.of(term, Expression.number(share)));
            } else {
                left += share;
            }
            if (rows > MOST_ROWS && r == rows - LAST) {
                lines.add(new Gap(
                        String.format(Locale.ROOT, "%,d more rows", rows - FIRST - LAST), OptionalDouble.of(left)));
            }
        }
        lines.add(Equation.of(L, Expression.number(loss.value())));
        return new Step("The numbers", lines);
    }

    private Expression ofRow(Index row) {
        return body instanceof Sum sum ? sum.term().with(sum.over(), row) : body;
    }

    private List<Step> steps(ElementName name) {
        Element v = new Element("f", name.row() + 1, name.column() + 1);
        String said = new Notation(names(), vectors, Double::toString).text(v);
        Matrix f = loss.output();
        Terms terms = Terms.of(ofRow(v.row()), v, values);
        int rows = f.rows() - 1;
        String others = (terms.others() == 0 ? "" : ElementOfGradient.constants(terms.others()) + " ")
                + (rows == 0 ? "" : String.format(Locale.ROOT, rows == 1 ? "+ 1 other row" : "+ %,d other rows", rows));
        Nudged nudged = nudged(name);
        List<Line> measured = new ArrayList<>(List.of(
                new Words("Moving " + said + " by ±" + ElementOfGradient.shortly(nudged.step()) + " gives:"),
                Equation.of(new LossSlope(v), Expression.number(nudged.slope()))));
        if (nudged.kink()) {
            measured.add(nudged.saysKink(said));
        }
        List<Line> slope = new ArrayList<>(List.of(slope(v)));
        if (ofClasses()) {
            slope.add(new Words(CLASSES));
        }
        return List.of(
                new Step(
                        "Where " + said + " stands",
                        List.of(
                                new Equation(List.of(L, terms.held().withoutSingleSums(values)), others.strip()),
                                new Words("The derivative of what does not hold " + said + " is 0."))),
                new Step("How L moves with " + said, slope),
                new Step("The same, measured", measured));
    }

    private Nudged nudged(ElementName name) {
        Matrix f = loss.output();
        return Nudged.of(
                Measured.ofLoss(1),
                f,
                name.row(),
                name.column(),
                (nudge, moved) -> moved.by(1, value(nudge, nudge.down()), loss.value(), value(nudge, nudge.up())));
    }

    private double value(Nudge nudge, double entry) {
        return loss.loss().value(loss.output().with(nudge.row(), nudge.column(), entry), loss.target());
    }

    private Expression inNumbers(Expression e) {
        if (e instanceof Times times && times.factors().get(0).equals(Expression.number(-1))) {
            // A number takes the minus, so that it is not written -1 · 30.
            List<Expression> rest =
                    new ArrayList<>(times.factors().subList(1, times.factors().size()));
            rest.replaceAll(this::inNumbers);
            for (int k = 0; k < rest.size(); k++) {
                if (rest.get(k) instanceof Constant number) {
                    rest.set(k, Expression.number(-number.value()));
                    return rest.size() == 1 ? rest.get(0) : new Times(rest);
                }
            }
        }
        return e instanceof Element || e instanceof Symbol || e instanceof Sum
                ? Expression.number(e.value(values, Map.of()) + 0.0) // no −0, which would be a minus
                : e.map(this::inNumbers);
    }
}
