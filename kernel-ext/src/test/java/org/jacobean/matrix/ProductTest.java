package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/**
 * A·B against three loops. Entries are whole numbers from −9 to 9, so that every sum is exact in whatever order it was
 * added, and the comparison needs no tolerance.
 */
class ProductTest {

    /** p, q, r of A [p × q] and B [q × r]; beyond 40,000 multiplications BLAS takes over from the loops. */
    private static final int[][] SHAPES = {
        {1, 1, 1},
        {1, 1, 5},
        {1, 5, 1},
        {5, 1, 1},
        {1, 5, 4},
        {4, 5, 1},
        {5, 1, 4},
        {4, 4, 4},
        {2, 3, 7},
        {7, 3, 2},
        {1, 200, 200},
        {1, 200, 201},
        {200, 201, 1},
        {200, 1, 201},
        {1, 1, 40_001},
        {40_001, 1, 1},
        {1, 40_001, 1},
        {40, 40, 40},
        {10, 50, 100},
        {100, 50, 10},
        {10, 500, 10},
    };

    private static final boolean[] BOTH = {false, true};

    @Test
    void everyShapeInEitherLayoutGivesWhatThreeLoopsGive() {
        int cases = 0;
        int large = 0;
        Random random = new Random(7);
        for (int[] shape : SHAPES) {
            double[][] a = whole(shape[0], shape[1], random);
            double[][] b = whole(shape[1], shape[2], random);
            double[][] expected = threeLoops(a, b);
            for (boolean aTransposed : BOTH) {
                for (boolean bTransposed : BOTH) {
                    double[][] product = laidOut(a, aTransposed)
                            .times(laidOut(b, bTransposed))
                            .toArray();
                    assertArrayEquals(
                            expected,
                            product,
                            shape[0] + "·" + shape[1] + "·" + shape[2] + " " + aTransposed + " " + bTransposed);
                    cases++;
                    large += (long) shape[0] * shape[1] * shape[2] > 40_000 ? 1 : 0;
                }
            }
        }
        assertEquals(84, cases);
        assertEquals(40, large);
    }

    /** 101 rows of 1000 · 1000 multiplications each are more than one block holds: the last row stands in the second. */
    @Test
    void aProductInSeveralBlocksIsWhole() {
        Random random = new Random(8);
        double[][] a = whole(101, 1000, random);
        double[][] b = whole(1000, 1000, random);
        double[][] some = {a[0], a[99], a[100]};
        double[][] expected = threeLoops(some, b);
        for (boolean aTransposed : BOTH) {
            for (boolean bTransposed : BOTH) {
                double[][] product =
                        laidOut(a, aTransposed).times(laidOut(b, bTransposed)).toArray();
                assertArrayEquals(expected, new double[][] {product[0], product[99], product[100]});
            }
        }
    }

    @Test
    void nanAndInfinityGoThroughAlsoAgainstZero() {
        int cases = 0;
        for (int size : new int[] {4, 40}) {
            for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                for (double other : new double[] {0, -0.0, 1, -2}) {
                    double[][] a = filled(size, 1);
                    a[1][2] = special;
                    double[][] b = filled(size, other);
                    for (boolean aTransposed : BOTH) {
                        for (boolean bTransposed : BOTH) {
                            assertArrayEquals(
                                    threeLoops(a, b),
                                    laidOut(a, aTransposed)
                                            .times(laidOut(b, bTransposed))
                                            .toArray());
                            assertArrayEquals(
                                    threeLoops(b, a),
                                    laidOut(b, bTransposed)
                                            .times(laidOut(a, aTransposed))
                                            .toArray());
                            cases += 2;
                        }
                    }
                }
            }
        }
        assertEquals(192, cases);
        // What the loops above rest on.
        assertTrue(Double.isNaN(Double.POSITIVE_INFINITY * 0) && Double.isNaN(Double.NaN * 0));
    }

    @Test
    void aLargeProductOnAnInterruptedThreadIsGivenUpAndTheFlagStaysSet() {
        Matrix large = Matrix.ones(200, 300);
        Thread.currentThread().interrupt();
        try {
            CancellationException given =
                    assertThrows(CancellationException.class, () -> large.times(Matrix.ones(300, 40)));
            assertEquals(
                    "interrupted: the product of 200 × 300 and 300 × 40 was given up at row 1", given.getMessage());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
        assertArrayEquals(
                new double[][] {{300.0}},
                large.row(0).times(Matrix.ones(300, 1)).toArray());
    }

    private static Matrix laidOut(double[][] matrix, boolean transposed) {
        if (!transposed) {
            return Matrix.of(matrix);
        }
        double[][] turned = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < turned.length; j++) {
                turned[j][i] = matrix[i][j];
            }
        }
        return Matrix.of(turned).transpose();
    }

    private static double[][] threeLoops(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                for (int k = 0; k < b[0].length; k++) {
                    c[i][k] += a[i][j] * b[j][k];
                }
            }
        }
        return c;
    }

    private static double[][] whole(int rows, int columns, Random random) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(19) - 9;
            }
        }
        return matrix;
    }

    private static double[][] filled(int size, double value) {
        double[][] matrix = new double[size][size];
        for (double[] row : matrix) {
            Arrays.fill(row, value);
        }
        return matrix;
    }
}
