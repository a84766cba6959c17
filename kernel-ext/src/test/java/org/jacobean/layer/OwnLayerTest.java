package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is said of a layer that a person wrote, and that does not keep to what a layer is. */
class OwnLayerTest {

    private static final Matrix X = Matrix.parse("1 2 3");
    private static final Matrix W = Matrix.parse("1 2; 3 4; 5 6");
    private static final Index.Running R = Index.running("r", "N");
    private static final Index.Running I = Index.running("i", "n");
    private static final Index.Running J = Index.running("j", "m");
    private static final Element F = new Element("f", R, J);
    private static final Formula RIGHT = products(new Element("w", I, J));

    /** f = x·w, but for what a test says. */
    private record Own(
            Map<String, Matrix> parameters,
            Formula formula,
            UnaryOperator<Matrix> f,
            UnaryOperator<Map<String, Matrix>> spoil)
            implements Layer {

        @Override
        public int inputs() {
            return 3;
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public Layer with(String role, Matrix value) {
            return new Own(Map.of(role, value), formula, f, spoil);
        }

        @Override
        public Matrix output(Matrix x) {
            return f.apply(x.times(W));
        }

        @Override
        public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
            return spoil.apply(new LinkedHashMap<>(new Linear(W).gradients(x, dLdf)));
        }

        @Override
        public String toString() {
            return "Own 3 → 2";
        }
    }

    @Test
    void anOutputOfAnotherShape() {
        says("the output of Own 3 → 2 is null; for this x it must be 1 × 2", () -> run(RIGHT, f -> null, g -> g));
        says(
                "the output of Own 3 → 2 is 2 × 1; for this x it must be 1 × 2: a row for each row of x, a column for each"
                        + " output",
                () -> run(RIGHT, Matrix::transpose, g -> g));
    }

    @Test
    void aFormulaThatIsNotOfItsOperands() {
        says(
                "the formula of Own 3 → 2 is null; it must say how f[r,j] is made of x and the parameters",
                () -> run(null));
        says(
                "the formula of Own 3 → 2 holds no w; it must say how f[r,j] is made of x, w",
                () -> run(Formula.of(F, new Element("x", R, J))));
        says(
                "the formula of Own 3 → 2 holds v[1,j], and the layer has no v; it has x, w",
                () -> run(Formula.of(F, RIGHT.body().plus(new Element("v", Index.at(1), J)))));
        says(
                "the formula of Own 3 → 2 holds w[j,i], with j to m = 2 and i to n = 3; w is 3 × 2",
                () -> run(products(new Element("w", J, I))));
        says(
                "the formula of Own 3 → 2 holds w[4,j], with 4 and j to m = 2; w is 3 × 2",
                () -> run(Formula.of(F, RIGHT.body().plus(new Element("w", Index.at(4), J)))));
        says(
                "the formula of Own 3 → 2 is of y[r,j]; the output is called f",
                () -> run(Formula.of(new Element("y", R, J), RIGHT.body())));
        says(
                "a formula is of any output, such as f[r,j] with two letters that run, not of f[1,1]",
                () -> Formula.of(new Element("f", 1, 1), RIGHT.body()));
        says("a formula has an output, such as f[r,j], and an expression that makes it", () -> Formula.of(F, null));
    }

    @Test
    void parametersThatAreNone() {
        says(
                "the parameters of Own 3 → 2 are null; of a layer without any: Map.of()",
                () -> new Own(null, RIGHT, f -> f, g -> g).forward(X));
        says(
                "a parameter of Own 3 → 2 has the role x, which is that of the layer's input; call it w, say",
                () -> new Own(Map.of("x", W), RIGHT, f -> f, g -> g).forward(X));
        Map<String, Matrix> without = new LinkedHashMap<>();
        without.put("w", null);
        says(
                "w of Own 3 → 2 is null; did the cell that declares it fail?",
                () -> new Own(without, RIGHT, f -> f, g -> g).forward(X));
    }

    @Test
    void gradientsThatAreMissingOrOfAnotherShape() {
        says(
                "the layer's gradients are null; they need one for x and for each parameter",
                () -> run(RIGHT, f -> f, g -> null));
        says(
                "the layer's gradients have no dL/dw; they need one for x and for each parameter, by role: \"w\"",
                () -> run(RIGHT, f -> f, gradients -> {
                    gradients.remove("w");
                    return gradients;
                }));
        says(
                """
                dL/dw does not fit w
                  dL/dw  2 × 3
                  w      3 × 2
                  rule   a gradient has the shape of what it belongs to

                                    2
                       3          ╔════╕
                    ╔══════╕      ║    │
                  2 ║      │    3 ║    │
                    ║      │      ║    │
                    ╙──────┘      ╙────┘
                     dL/dw          w""",
                () -> run(RIGHT, f -> f, gradients -> {
                    gradients.computeIfPresent("w", (role, its) -> its.transpose());
                    return gradients;
                }));
    }

    @Test
    void gradientsStandInTheOrderOfTheOperands() {
        Gradients grads = run(RIGHT, f -> f, gradients -> {
            gradients.put("x", gradients.remove("x"));
            return gradients;
        });
        assertEquals(List.of("x", "w"), List.copyOf(grads.all().keySet()));
    }

    /** f[r,j] = Σ over i of w·x[r,i], with {@code w} as it is indexed here. */
    private static Formula products(Element w) {
        return Formula.of(F, Expression.sum(I, w.times(new Element("x", R, I))));
    }

    private static Gradients run(Formula formula) {
        return run(formula, f -> f, gradients -> gradients);
    }

    private static Gradients run(Formula formula, UnaryOperator<Matrix> f, UnaryOperator<Map<String, Matrix>> spoil) {
        return new Own(Map.of("w", W), formula, f, spoil).forward(X).backward(Matrix.row(1, -2));
    }

    private static void says(String message, Executable mistake) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, mistake).getMessage());
    }
}
