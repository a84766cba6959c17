package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jacobean.explain.Contributions.Row;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.layer.FormulaLayer;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What each row of a batch adds to a gradient. */
class ContributionsTest {

    private static final Matrix X = Matrix.parse("1 2; 3 4; 0 -1");
    private static final Matrix INCOMING = Matrix.parse("1 -2; 3 0.5; 0.5 4");
    private static final Gradients GRADS =
            new Linear(Matrix.parse("1 2; 3 4"), Matrix.row(0, 0)).forward(X).backward(INCOMING);

    /** dL/dw[2,1] = 2·1 + 4·3 − 1·0.5. */
    @Test
    void anElementIsTheSumOfItsTerms() {
        Contributions terms = Contributions.of(GRADS, "dL/dw[2,1]");
        assertEquals(List.of(new Row(0, 2, 2, 2), new Row(1, 12, 12, 14), new Row(2, 0.5, -0.5, 13.5)), terms.rows());
        assertEquals(13.5, terms.total());
        assertEquals(13.5, terms.gradient());
        assertEquals("dL/dw[2,1]", terms.name().toString());
        assertSame(GRADS, terms.gradients());
        assertFalse(terms.ofOneRow());
        assertEquals("Contributions of 3 rows to dL/dw[2,1] = 13.5", terms.toString());
    }

    /** f = 2·x·w, so that each term is twice that of x·w: 2·2·1 + 2·4·3 − 2·1·0.5. */
    @Test
    void aFactorBeforeTheSumIsInEachTerm() {
        Index.Running r = Index.running("r", "N");
        Index.Running i = Index.running("i", "n");
        Index.Running j = Index.running("j", "m");
        Expression products = Expression.sum(i, new Element("w", i, j).times(new Element("x", r, i)));
        Formula formula =
                Formula.of(new Element("f", r, j), Expression.number(2).times(products));
        Gradients twice = new FormulaLayer("twice", 2, 2, Map.of("w", Matrix.parse("1 2; 3 4")), formula)
                .forward(X)
                .backward(INCOMING);
        Contributions terms = Contributions.of(twice, "dL/dw[2,1]");
        assertArrayEquals(new double[] {4, 24, -1}, shares(terms));
        assertEquals(27, terms.total());
        assertEquals(27, terms.gradient());
    }

    /** dL/db[2] = −2 + 0.5 + 4. */
    @Test
    void ofABiasTheyAreTheIncomingGradients() {
        assertArrayEquals(new double[] {-2, 0.5, 4}, shares(Contributions.of(GRADS, "b[2]")));
    }

    /**
     * dL/db = (4.5 2.5), ‖dL/db‖² = 26.5; ⟨(1 −2), dL/db⟩ = −0.5, ⟨(3 0.5), dL/db⟩ = 14.75, ⟨(0.5 4), dL/db⟩ = 12.25.
     * Twice the rounding of a few operations on numbers up to 1.
     */
    @Test
    void ofAWholeGradientTheSharesAddUpToOne() {
        Contributions parts = Contributions.of(GRADS, "dL/db");
        assertArrayEquals(new double[] {-0.5 / 26.5, 14.75 / 26.5, 12.25 / 26.5}, shares(parts), 4e-16);
        assertArrayEquals(
                new double[] {Math.sqrt(5), Math.sqrt(9.25), Math.sqrt(16.25)},
                parts.rows().stream().mapToDouble(Row::norm).toArray(),
                4e-15);
        assertEquals(1, parts.total(), 1e-15);
        assertEquals(Math.sqrt(26.5), parts.gradient(), 1e-15);
        assertEquals("Contributions of 3 rows to dL/db", parts.toString());
    }

    /** From the gradient that each row gives alone, written out. */
    @Test
    void aLinearLayerAndAnyOtherGetTheSame() {
        Matrix x = Matrix.normal(7, 5, 1);
        Matrix incoming = Matrix.normal(7, 3, 2);
        Linear layer = new Linear(Matrix.normal(5, 3, 3), Matrix.normal(1, 3, 4));
        Gradients linear = layer.forward(x).backward(incoming);
        Gradients other =
                TestLayer.spoilt(layer, gradients -> gradients).forward(x).backward(incoming);
        for (String role : List.of("x", "w", "b")) {
            Matrix gradient = linear.of(role);
            Contributions whole = Contributions.of(linear, role);
            double square = gradient.hadamard(gradient).sum();
            for (int r = 0; r < 7; r++) {
                Matrix alone = layer.gradients(x.row(r), incoming.row(r)).get(role);
                Matrix beside = role.equals("x") ? gradient.row(r) : gradient;
                assertEquals(
                        alone.hadamard(beside).sum() / square,
                        whole.rows().get(r).share(),
                        1e-14);
                assertEquals(
                        Math.sqrt(alone.hadamard(alone).sum()),
                        whole.rows().get(r).norm(),
                        1e-14);
            }
            assertEquals(1, whole.total(), 1e-14);
            assertArrayEquals(shares(whole), shares(Contributions.of(other, role)), 1e-14);
        }
        for (String element : List.of("dL/dw[5,3]", "dL/dw[1,2]", "dL/db[3]", "dL/dx[7,5]")) {
            Contributions terms = Contributions.of(linear, element);
            assertEquals(terms.gradient(), terms.total(), 1e-14);
            assertArrayEquals(shares(terms), shares(Contributions.of(other, element)), 1e-14);
        }
    }

    @Test
    void anElementOfDLdxBelongsToOneRow() {
        Contributions one = Contributions.of(GRADS, "dL/dx[3,1]"); // 0.5·1 + 4·2
        assertTrue(one.ofOneRow());
        assertEquals(List.of(new Row(2, 8.5, 8.5, 8.5)), one.rows());
        assertEquals("Contributions of 1 row to dL/dx[3,1] = 8.5", one.toString());
    }

    @Test
    void hugeAndTinyGradientsHaveSharesAZeroHasNone() {
        for (double size : new double[] {1e-200, 1e200}) {
            Gradients grads = new Linear(Matrix.ones(1, 1), Matrix.row(0.0))
                    .forward(Matrix.column(3, 1))
                    .backward(Matrix.column(1, 1).scale(size));
            assertArrayEquals(new double[] {0.75, 0.25}, shares(Contributions.of(grads, "dL/dw")), 1e-15);
            assertArrayEquals(new double[] {0.5, 0.5}, shares(Contributions.of(grads, "dL/db")), 1e-15);
            assertArrayEquals(new double[] {0.5, 0.5}, shares(Contributions.of(grads, "dL/dx")), 1e-15);
        }
        Gradients cancelled =
                new Linear(Matrix.ones(1, 1)).forward(Matrix.column(1, -1)).backward(Matrix.column(1, 1));
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, shares(Contributions.of(cancelled, "dL/dw")));
        assertArrayEquals(new double[] {1, -1}, shares(Contributions.of(cancelled, "dL/dw[1,1]")));
    }

    @Test
    void whatHasNoContributionsIsSaid() {
        fails(
                "dL/df[1,1] came in from what follows the layer: it is no sum over rows; ask for dL/dx, dL/dw or dL/db",
                "dL/df[1,1]");
        fails("dL/dx is 3 × 2: name the row and the column, such as dL/dx[1,1]", "dL/dx[1]");
        fails(
                "there is no dL/dw[3,1]: dL/dw is 2 × 2, so its rows go from 1 to 2 and its columns from 1 to 2",
                "dL/dw[3,1]");
        fails("these gradients have no y; they have x, w and b", "dL/dy");
    }

    @Test
    void anInterruptGivesItUpAndTheFlagStaysSet() {
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: adding up dL/dw[2,1] was given up",
                    assertThrows(CancellationException.class, () -> Contributions.of(GRADS, "dL/dw[2,1]"))
                            .getMessage());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    private static double[] shares(Contributions contributions) {
        return contributions.rows().stream().mapToDouble(Row::share).toArray();
    }

    private static void fails(String message, String name) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Contributions.of(GRADS, name))
                        .getMessage());
    }
}
