package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Each operation on numbers small enough to do by hand, and the message of each that does not fit. */
class MatrixArithmeticTest {

    private final Matrix a = Matrix.parse("1 2 3; 4 5 6");
    private final Matrix b = Matrix.parse("10 20 30; 40 50 60");

    @Test
    void aNullOperandIsNamed() {
        Matrix a = Matrix.row(1, 2).named("a");
        assertEquals(
                "a outer null: what stands right of outer is null; did the cell that declares it fail?",
                assertThrows(IllegalArgumentException.class, () -> a.outer(null))
                        .getMessage());
        assertEquals(
                "a ≈ null: what stands right of ≈ is null; did the cell that declares it fail?",
                assertThrows(IllegalArgumentException.class, () -> a.isCloseTo(null, 1))
                        .getMessage());
    }

    @Test
    void entryByEntry() {
        assertArrayEquals(new double[][] {{11, 22, 33}, {44, 55, 66}}, a.plus(b).toArray());
        assertArrayEquals(new double[][] {{9, 18, 27}, {36, 45, 54}}, b.minus(a).toArray());
        assertArrayEquals(
                new double[][] {{10, 40, 90}, {160, 250, 360}}, a.hadamard(b).toArray());
        assertArrayEquals(
                new double[][] {{-2, -4, -6}, {-8, -10, -12}}, a.scale(-2).toArray());
        assertArrayEquals(
                new double[][] {{1, 4, 9}, {16, 25, 36}}, a.map(x -> x * x).toArray());
        assertArrayEquals(
                new double[][] {{1, 22, 63}, {124, 205, 306}},
                a.map(b, (x, y) -> x + (x - 1) * y).toArray());
    }

    @Test
    void entryByEntryWhereOneOrBothAreTransposed() {
        double[][] differences = {{9, 38, 27}, {16, 45, 54}};
        Matrix mixed = Matrix.parse("10 40 30; 20 50 60");
        Matrix turned = Matrix.parse("1 4; 2 5; 3 6").transpose();
        assertArrayEquals(differences, mixed.minus(a).toArray());
        assertArrayEquals(differences, mixed.minus(turned).toArray());
        Matrix both = mixed.transpose().minus(a.transpose());
        assertArrayEquals(new double[][] {{9, 16}, {38, 45}, {27, 54}}, both.toArray());
        assertArrayEquals(differences, both.transpose().toArray());
    }

    @Test
    void productsAndSumsOfRows() {
        assertArrayEquals(
                new double[][] {{140, 320}, {320, 770}}, a.times(b.transpose()).toArray());
        assertArrayEquals(
                new double[][] {{2, 1, 0}, {5, 4, 3}},
                a.plusRow(Matrix.row(1, -1, -3)).toArray());
        assertArrayEquals(
                new double[][] {{141, 319}, {321, 769}},
                a.timesPlusRow(b.transpose(), Matrix.row(1, -1)).toArray());
        assertArrayEquals(new double[][] {{5, 7, 9}}, a.columnSums().toArray());
        assertArrayEquals(new double[][] {{6, 15}}, a.transpose().columnSums().toArray());
        assertArrayEquals(
                new double[][] {{3, 4}, {6, 8}, {9, 12}},
                Matrix.row(1, 2, 3).outer(Matrix.row(3, 4)).toArray());
        assertArrayEquals(new double[][] {{1, 4}, {2, 5}, {3, 6}}, a.transpose().toArray());
    }

    /** 2 4 4 4 5 5 7 9: sum 40, mean 5, squared distances 9+1+1+1+0+0+4+16 = 32, √(32/8) = 2. */
    @Test
    void sumMeanAndStandardDeviationOfAllEntries() {
        Matrix numbers = Matrix.parse("2 4 4 4; 5 5 7 9");
        assertEquals(40, numbers.sum());
        assertEquals(5, numbers.mean());
        assertEquals(2, numbers.standardDeviation());
        assertEquals(0, Matrix.row(7.0).standardDeviation());
        assertEquals(Double.NaN, numbers.with(0, 0, Double.NaN).sum());
    }

    @Test
    void aProductThatDoesNotFitNamesOperandsShapesAndRule() {
        unfit(
                """
                A·B does not fit
                  A     2 × 3
                  B     2 × 3
                  rule  the columns of A (3) must equal the rows of B (2)
                  fits  Aᵀ·B gives 3 × 3
                        A·Bᵀ gives 2 × 2

                       3             3
                    ╒══════╕      ╓──────┐
                  2 │      │  · 2 ║      │
                    │      │      ║      │
                    └──────┘      ╙──────┘
                       A             B""",
                () -> a.times(b));
        unfit(
                """
                hidden·w does not fit
                  hidden  2 × 3
                  w       1,000 × 1
                  rule    the columns of hidden (3) must equal the rows of w (1,000)
                  fits    no product of the two, in either order or transposed

                                    1
                     3             ╓──┐
                    ╒══╕           ║  │
                  2 │  │   · 1,000 ║  │
                    └──┘           ║  │
                   hidden          ║  │
                                   ╙──┘
                                    w""",
                () -> a.named("hidden").times(Matrix.ones(1000, 1).named("w")));
    }

    @Test
    void operandsOfDifferentShapesNameTheOperation() {
        Matrix w = Matrix.parse("1 2; 3 4; 5 6").named("w");
        unfit(
                """
                A + w does not fit
                  A     2 × 3
                  w     3 × 2
                  rule  both must have the same shape
                  try   w.transpose() is 2 × 3, as A is

                                    2
                       3          ╔════╕
                    ╔══════╕      ║    │
                  2 ║      │  + 3 ║    │
                    ║      │      ║    │
                    ╙──────┘      ╙────┘
                       A            w""",
                () -> a.plus(w));
        unfit(
                """
                w − B does not fit
                  w     3 × 2
                  B     2 × 3
                  rule  both must have the same shape
                  try   B.transpose() is 3 × 2, as w is

                      2
                    ╔════╕         3
                    ║    │      ╔══════╕
                  3 ║    │  − 2 ║      │
                    ║    │      ║      │
                    ╙────┘      ╙──────┘
                      w            B""",
                () -> w.minus(b));
        unfit(
                """
                A ∘ B does not fit
                  A     2 × 3
                  B     3 × 2
                  rule  both must have the same shape
                  try   B.transpose() is 2 × 3, as A is
                        A·B, the matrix product, gives 2 × 2: A.times(B)

                                    2
                       3          ╔════╕
                    ╔══════╕      ║    │
                  2 ║      │  ∘ 3 ║    │
                    ║      │      ║    │
                    ╙──────┘      ╙────┘
                       A            B""",
                () -> a.hadamard(w.named(null)));
    }

    @Test
    void aRowThatDoesNotFitSaysHowLongItMustBe() {
        unfit(
                """
                A + b does not fit, row by row
                  A     2 × 3
                  b     1 × 2
                  rule  b must be 1 × 3: one entry for each column of A

                       3            2
                    ╒══════╕      ╒════╕
                  2 │      │  + 1 │    │
                    │      │      └────┘
                    └──────┘        b
                       A""",
                () -> a.plusRow(Matrix.row(1, 2)));
        unfit(
                """
                x + bias does not fit, row by row
                  x     2 × 3
                  bias  2 × 3
                  rule  bias must be 1 × 3: one entry for each column of x
                  try   x.plus(bias) adds them entry by entry

                       3             3
                    ┌──────┐      ╓──────┐
                  2 │      │  + 2 ║      │
                    │      │      ║      │
                    └──────┘      ╙──────┘
                       x            bias""",
                () -> a.named("x").plusRow(b.named("bias")));
        for (Matrix row : new Matrix[] {Matrix.row(1, 2), b, null}) {
            assertEquals(
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> a.times(b.transpose().times(a)).plusRow(row))
                            .getMessage(),
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> a.timesPlusRow(b.transpose().times(a), row))
                            .getMessage());
        }
    }

    @Test
    void anOuterProductIsOfVectors() {
        unfit(
                """
                the outer product of a and b does not fit
                  a     2 × 3
                  b     1 × 2
                  rule  both must be vectors, of one row
                  fits  b·a gives 1 × 3""",
                () -> a.outer(Matrix.row(1, 2)));
        unfit(
                """
                the outer product of x and dLdf does not fit
                  x     1 × 2
                  dLdf  2 × 3
                  rule  both must be vectors, of one row
                  fits  x·dLdf gives 1 × 3""",
                () -> Matrix.row(1, 2).named("x").outer(b.named("dLdf")));
    }

    private static void unfit(String message, Executable operation) {
        assertEquals(message, assertThrows(ShapeException.class, operation).getMessage());
    }
}
