package org.jacobean.formula;

import static org.jacobean.formula.Expression.exp;
import static org.jacobean.formula.Expression.log;
import static org.jacobean.formula.Expression.max;
import static org.jacobean.formula.Expression.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Expression.LossSlope;
import org.jacobean.formula.Expression.Slope;
import org.jacobean.formula.Expression.Symbol;
import org.jacobean.formula.Index.Running;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Softmax;
import org.jacobean.layer.Tanh;
import org.junit.jupiter.api.Test;

/** What follows from a formula, against the derivations of the literature. */
class FormulaTest {

    private static final Running R = Index.running("r", "N");
    private static final Running I = Index.running("i", "n");
    private static final Running J = Index.running("j", "m");
    private static final Running K = Index.running("k", "m");
    private static final Element F = new Element("f", R, J);
    private static final Element W = new Element("w", I, J);
    private static final Element X = new Element("x", R, I);
    private static final Element B = new Element("b", Index.at(1), J);
    private static final Notation PLAIN = new Notation(Map.of(), Set.of("b"), FormulaTest::write);

    private static final Formula LINEAR = Formula.of(F, sum(I, W.times(X)).plus(B));
    private static final Formula LINEAR_OUT_IN =
            Formula.of(F, sum(I, new Element("w", J, I).times(X)).plus(B));
    private static final Element XJ = new Element("x", R, J);
    private static final Formula RELU = Formula.of(F, max(Expression.number(0), XJ));
    private static final Formula SIGMOID = Formula.of(
            F,
            Expression.number(1)
                    .over(Expression.number(1).plus(exp(Expression.number(-1).times(XJ)))));
    private static final Formula SOFTMAX = Formula.of(F, exp(XJ).over(sum(K, exp(new Element("x", R, K)))));

    private static String write(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String gradient(Formula formula, String variable) {
        Element v = formula.general(variable);
        return PLAIN.text(new LossSlope(v)) + " = " + PLAIN.text(formula.gradient(variable));
    }

    private static String matrices(Formula formula, String variable) {
        Element v = formula.general(variable);
        return MatrixForm.of(formula.gradient(variable), v.row(), v.column())
                .map(form -> form.text(PLAIN) + " : " + form.shapes())
                .orElse("none");
    }

    /** Written as max(0, …) it would be another function. */
    @Test
    void aFloorThatIsNoWholeNumberHasNoMatrixForm() {
        assertTrue(MatrixForm.of(Expression.max(Expression.number(0.5), LINEAR.body()), R, J)
                .isEmpty());
        assertTrue(MatrixForm.of(Expression.max(Expression.number(0), LINEAR.body()), R, J)
                .isPresent());
    }

    @Test
    void aLinearLayersGradientsFollowFromItsFormula() {
        assertEquals("Σᵢ w[i,j]·x[r,i] + b[j]", PLAIN.text(LINEAR.body()));
        assertEquals("dL/dx[r,i] = Σⱼ dL/df[r,j]·w[i,j]", gradient(LINEAR, "x"));
        assertEquals("dL/dw[i,j] = Σᵣ dL/df[r,j]·x[r,i]", gradient(LINEAR, "w"));
        assertEquals("dL/db[j] = Σᵣ dL/df[r,j]", gradient(LINEAR, "b"));
    }

    @Test
    void theMatricesFollowFromTheIndices() {
        assertEquals("x·w + b", MatrixForm.of(LINEAR.body(), R, J).orElseThrow().text(PLAIN));
        assertEquals("dL/df·wᵀ : (N×m)·(m×n)", matrices(LINEAR, "x"));
        assertEquals("xᵀ·dL/df : (n×N)·(N×m)", matrices(LINEAR, "w"));
        assertEquals("column sums of dL/df : (N×m) → (1×m)", matrices(LINEAR, "b"));
        assertEquals(
                "x·wᵀ + b",
                MatrixForm.of(LINEAR_OUT_IN.body(), R, J).orElseThrow().text(PLAIN));
        assertEquals("dL/df·w : (N×m)·(m×n)", matrices(LINEAR_OUT_IN, "x"));
        assertEquals("dL/dfᵀ·x : (m×N)·(N×n)", matrices(LINEAR_OUT_IN, "w"));
        assertEquals("none", matrices(SOFTMAX, "x"));
    }

    @Test
    void activationsToo() {
        assertEquals("dL/dx[r,j] = dL/df[r,j]·[x[r,j] > 0]", gradient(RELU, "x"));
        assertEquals("dL/dx[r,j] = dL/df[r,j]·exp(-x[r,j])/(1 + exp(-x[r,j]))²", gradient(SIGMOID, "x"));
        assertEquals(
                "dL/dx[r,i] = dL/df[r,i]·exp(x[r,i])/(Σₖ exp(x[r,k]))"
                        + " - (Σⱼ dL/df[r,j]·exp(x[r,j])·exp(x[r,i])/(Σₖ exp(x[r,k]))²)",
                gradient(SOFTMAX, "x"));
    }

    @Test
    void whatDoesNotHoldTheVariableVanishes() {
        Element x1 = new Element("x", 1, 1);
        assertEquals("w[1,2]", PLAIN.text(LINEAR.at(Index.at(1), Index.at(2)).derivative(x1)));
        assertEquals("0", PLAIN.text(LINEAR.at(Index.at(2), Index.at(2)).derivative(x1)));
        assertEquals("w[1,j]·[r = 1]", PLAIN.text(LINEAR.derivative(x1)));
        assertEquals("0", PLAIN.text(LINEAR.at(Index.at(1), Index.at(2)).derivative(new Element("w", 3, 1))));
    }

    @Test
    void lettersAreNotMixedUp() {
        // The i of the element is not the i over which is summed.
        assertEquals("w[i,j]", PLAIN.text(LINEAR.derivative(X)));
        assertEquals(
                "Σi′ w[i′,j]·x[r,i′] + b[j] + x[r,i]",
                PLAIN.text(LINEAR.body()
                        .plus(new Element("x", R, Index.running("k", "n")))
                        .with(Index.running("k", "n"), I)
                        .simplified()));
    }

    @Test
    void simplifiedMeansWhatASchoolWouldWrite() {
        Expression a = new Element("a", 1, 1);
        Expression c = new Element("c", 1, 1);
        Notation vectors = new Notation(Map.of(), Set.of("a", "c"), FormulaTest::write);
        Map<Expression, String> cases = Map.ofEntries(
                Map.entry(a.plus(a), "2·a[1]"),
                Map.entry(a.minus(a), "0"),
                Map.entry(a.times(a), "a[1]²"),
                Map.entry(a.over(a), "1"),
                Map.entry(a.times(Expression.number(0)), "0"),
                Map.entry(a.times(Expression.number(1)).plus(Expression.number(0)), "a[1]"),
                Map.entry(a.plus(Expression.number(2)).plus(c).plus(Expression.number(3)), "a[1] + 5 + c[1]"),
                Map.entry(Expression.number(2).times(a).times(Expression.number(3)), "6·a[1]"),
                Map.entry(a.power(2).power(3), "a[1]^6"),
                Map.entry(exp(Expression.number(0)), "1"),
                Map.entry(log(Expression.number(1)), "0"),
                Map.entry(max(a, a), "a[1]"),
                Map.entry(a.minus(Expression.number(2).times(c)), "a[1] - 2·c[1]"),
                Map.entry(a.minus(c), "a[1] - c[1]"),
                Map.entry(Expression.number(-1).times(a.plus(c)), "-(a[1] + c[1])"),
                Map.entry(a.over(c.times(a.plus(c))), "a[1]/(c[1]·(a[1] + c[1]))"));
        cases.forEach((expression, text) -> assertEquals(text, vectors.text(expression.simplified())));
    }

    /** Only where the derivative is that: not of half a tanh, of exp, of max(0, x) or of a sum. */
    @Test
    void aSlopeThatPeopleKnowIsWrittenInTheOutput() {
        Map<Layer, String> slopes = Map.of(
                new Tanh(),
                "Optional[1 - f[r,j]²]",
                new Sigmoid(),
                "Optional[f[r,j]·(1 - f[r,j])]",
                new Relu(),
                "Optional.empty",
                new Softmax(),
                "Optional.empty",
                Linear.he(2, 3, 1),
                "Optional.empty");
        slopes.forEach((layer, slope) -> assertEquals(
                slope, layer.formula().slopeInOutput().map(PLAIN::text).toString()));
        Formula tanh = new Tanh().formula();
        for (Expression other : List.of(
                tanh.body().times(Expression.number(0.5)),
                tanh.body().plus(Expression.number(1e-6)),
                tanh.body().times(new Symbol("N")),
                exp(tanh.body()))) {
            assertEquals(Optional.empty(), Formula.of(tanh.output(), other).slopeInOutput());
        }
        assertEquals(
                "dL/df[r,j]·(1 - f[r,j]²)",
                tanh.gradientInOutput(tanh.general("x")).map(PLAIN::text).orElseThrow());
    }

    @Test
    void aZeroThatIsSubtractedKeepsItsMinus() {
        Expression zero = Expression.number(-0.0);
        Expression three = Expression.number(3);
        assertEquals("3 - 0", PLAIN.text(three.plus(zero)));
        assertEquals("3 - 0/3", PLAIN.text(three.plus(three.power(-1).times(zero))));
        assertEquals("3 - \\frac{0}{3}", PLAIN.latex(three.plus(zero.over(three))));
        assertEquals("3 + 0", PLAIN.text(three.plus(Expression.number(0))));
    }

    @Test
    void latexIsWrittenFromTheSame() {
        assertEquals("\\sum_{i=1}^{n} w[i,j] \\cdot x[r,i] + b[j]", PLAIN.latex(LINEAR.body()));
        assertEquals("\\sum_{j=1}^{m} \\frac{dL}{df[r,j]} \\cdot w[i,j]", PLAIN.latex(LINEAR.gradient("x")));
        assertEquals(
                "\\frac{\\frac{dL}{df[r,j]} \\cdot \\exp\\left(-x[r,j]\\right)}"
                        + "{{\\left(1 + \\exp\\left(-x[r,j]\\right)\\right)}^{2}}",
                PLAIN.latex(SIGMOID.gradient("x")));
        Notation named = new Notation(Map.of("w", "w_1"), Set.of(), FormulaTest::write);
        assertEquals("\\mathrm{w\\_1}[i,j]", named.latex(W));
        assertEquals("w_1[i,j]", named.text(W));
        assertEquals("\\frac{df[r,j]}{dx[r,i]}", PLAIN.latex(new Slope(F, X)));
        assertEquals(
                "{\\frac{dL}{df}}^{\\mathsf T} \\cdot x",
                MatrixForm.of(
                                LINEAR_OUT_IN.gradient("w"),
                                LINEAR_OUT_IN.general("w").row(),
                                LINEAR_OUT_IN.general("w").column())
                        .orElseThrow()
                        .latex(PLAIN));
    }

    @Test
    void numbersMultipliedStandApart() {
        assertEquals("4 · 0.2", PLAIN.text(Expression.number(4).times(Expression.number(0.2))));
        assertEquals("-7 · (-0.5)", PLAIN.text(Expression.number(-7).times(Expression.number(-0.5))));
    }

    @Test
    void anUnknownLetterHasNoValue() {
        Values none = new Values() {
            @Override
            public double of(String variable, int row, int column) {
                return 0;
            }

            @Override
            public int size(String name) {
                return 0;
            }
        };
        assertEquals(
                "the index i stands for no number here",
                assertThrows(IllegalArgumentException.class, () -> W.value(none, Map.of()))
                        .getMessage());
    }
}
