package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;
import org.junit.jupiter.api.Test;

/** What would fit, where something did not. */
class FittingTest {

    private final Operand x = new Operand("x", 1, 3);
    private final Operand w = new Operand("w", 3, 2);
    private final Operand incoming = new Operand("dL/df", 1, 2);

    @Test
    void theProductsOfTheLessonAreCalledWhatTheyAre() {
        fits("x·w gives 1 × 2: f (without b)", w, x);
        fits("dL/df·wᵀ gives 1 × 3: dL/dx", incoming, w);
        fits("dL/df·wᵀ gives 1 × 3: dL/dx", w, incoming);
        fits("xᵀ·dL/df gives 3 × 2: dL/dw", x, incoming);
        fits("xᵀ·dLdf gives 3 × 2: dL/dw", new Operand("dLdf", 1, 2), x);
    }

    @Test
    void theOtherOrderComesFirstThenTransposesOfWhichNoTwoAreOfOneAnother() {
        fits("B·A gives 5 × 3", new Operand("A", 2, 3), new Operand("B", 5, 2));
        fits("Aᵀ·B gives 3 × 3\nA·Bᵀ gives 2 × 2", new Operand("A", 2, 3), new Operand("B", 2, 3));
        fits("B·A gives 3 × 2\nAᵀ·B gives 2 × 3", new Operand("A", 3, 2), new Operand("B", 3, 3));
        fits("wᵀ·w gives 2 × 2\nw·wᵀ gives 3 × 3", w, w);
        fits("no product of the two, in either order or transposed", new Operand("A", 2, 3), new Operand("B", 4, 5));
    }

    @Test
    void aColumnThatShouldBeAVectorIsToldOf() {
        fits("xᵀ·w gives 1 × 2 (x is a column; a vector is one row)", new Operand("x", 3, 1), w);
        fits(
                "xᵀ·w gives 1 × 1 (x is a column; a vector is one row)\nx·wᵀ gives 3 × 3",
                new Operand("x", 3, 1),
                new Operand("w", 3, 1));
    }

    @Test
    void eachProductThatIsNamedFitsAndHasTheShapeThatIsSaid() {
        int cases = 0;
        int named = 0;
        for (int code = 0; code < 81; code++) {
            Operand a = new Operand("A", 1 + code % 3, 1 + code / 3 % 3);
            Operand b = new Operand("B", 1 + code / 9 % 3, 1 + code / 27);
            if (a.columns() == b.rows()) {
                continue;
            }
            for (String line : Fitting.products(a, b).value().lines().toList()) {
                if (!line.startsWith("no product")) {
                    String[] product = line.replaceAll(" \\(.*", "").split(" gives ");
                    String[] factors = product[0].split("·");
                    assertEquals(
                            product[1],
                            matrix(factors[0], a, b)
                                    .times(matrix(factors[1], a, b))
                                    .shape());
                    named++;
                }
            }
            cases++;
        }
        assertEquals(54, cases);
        // B·A, Aᵀ·B and A·Bᵀ each need one pair of sides to be equal, which a third of the 54 have.
        assertEquals(3 * 18, named);
    }

    @Test
    void sumsThatFitTransposedOrRowByRow() {
        Operand batch = new Operand("batch", 4, 3);
        tries("y.transpose() is 4 × 1, as f is", new Operand("f", 4, 1), "−", new Operand("y", 1, 4));
        tries(
                """
                batch.plusRow(x) adds x to every row of batch
                batch.columnSums() is 1 × 3, as x is""",
                batch,
                "+",
                x);
        tries(
                """
                batch.plusRow(x) adds x to every row of batch
                batch.columnSums() is 1 × 3, as x is""",
                x,
                "+",
                batch);
        tries(
                """
                batch.plusRow(x.scale(-1)) takes x from every row of batch
                batch.columnSums() is 1 × 3, as x is""",
                batch,
                "−",
                x);
        tries("batch.columnSums() is 1 × 3, as x is", x, "−", batch);
        tries("batch·w, the matrix product, gives 4 × 2: batch.times(w)", batch, "∘", w);
        tries("", w, "+", x);
    }

    @Test
    void rowsForAMatrix() {
        row("b is a column; a vector is one row: b.transpose()", w, new Operand("b", 2, 1));
        row("b.columnSums() is 1 × 2", w, new Operand("b", 4, 2));
        row("w.plus(b) adds them entry by entry", w, new Operand("b", 3, 2));
        row("w.plusRow(b) adds b to every row of w\nw.columnSums() is 1 × 2", new Operand("b", 1, 2), w);
        row("", w, x);
    }

    @Test
    void aVeryLongNameIsCutButNotItsSign() {
        Matrix first = Matrix.ones(3, 2).named("theWeightsOfTheFirstHiddenLayer");
        Matrix second = Matrix.ones(3, 2).named("theWeightsOfTheSecondHiddenLayer");
        ShapeException unfit = assertThrows(ShapeException.class, () -> first.times(second));
        assertEquals(
                """
                theWeightsOfTheFirstHid…·theWeightsOfTheSecondHi… does not fit
                  theWeightsOfTheFirstHid…  3 × 2
                  theWeightsOfTheSecondHi…  3 × 2
                  rule                      the columns of theWeightsOfTheFirstHid… (2) must
                                            equal the rows of theWeightsOfTheSecondHi… (3)
                  fits                      theWeightsOfTheFirstHid…ᵀ·theWeightsOfTheSecondHi…
                                            gives 2 × 2
                                            theWeightsOfTheFirstHid…·theWeightsOfTheSecondHi…ᵀ
                                            gives 3 × 3

                             2                           2
                           ╒════╕                      ╓────┐
                           │    │                      ║    │
                         3 │    │           ·        3 ║    │
                           │    │                      ║    │
                           └────┘                      ╙────┘
                  theWeightsOfTheFirstHid…    theWeightsOfTheSecondHi…""",
                unfit.getMessage());
        assertTrue(unfit.getMessage().lines().allMatch(line -> line.length() <= 80));
    }

    private static Matrix matrix(String factor, Operand a, Operand b) {
        Operand operand = factor.startsWith("A") ? a : b;
        Matrix matrix = Matrix.ones(operand.rows(), operand.columns());
        return factor.endsWith("ᵀ") ? matrix.transpose() : matrix;
    }

    private static void fits(String expected, Operand a, Operand b) {
        assertEquals(new Fact("fits", expected), Fitting.products(a, b));
    }

    private static void tries(String expected, Operand a, String sign, Operand b) {
        assertEquals(Fact.hint(expected), Fitting.entryByEntry(a, sign, b));
    }

    private static void row(String expected, Operand a, Operand b) {
        assertEquals(Fact.hint(expected), Fitting.rowByRow(a, b));
    }
}
