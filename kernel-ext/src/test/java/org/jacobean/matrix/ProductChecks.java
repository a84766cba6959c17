package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What every backend must do, on shapes small and large: its product against three loops, in each layout. */
abstract class ProductChecks {

    /** p, q, r of A [p × q] and B [q × r]: rows, columns, both, and sizes beside the four at a time of the loops. */
    private static final int[][] SHAPES = {
        {1, 1, 1},
        {1, 5, 4},
        {4, 5, 1},
        {5, 1, 4},
        {1, 7, 1},
        {3, 2, 2},
        {2, 3, 7},
        {7, 3, 2},
        {8, 8, 8},
        {1, 203, 201},
        {201, 203, 1},
        {202, 1, 203},
        {100, 1, 101},
        {1_001, 1, 1_000},
        {1, 40_001, 1},
        {33, 65, 31},
        {64, 50, 101},
        {1_501, 40, 17}, // in two blocks of rows,
        {13, 5_003, 17} // of terms
    };

    private static final boolean[] BOTH = {false, true};

    abstract Blas blas();

    /** Whole numbers from −9 to 9: every sum is exact in whatever order it was added. */
    @Test
    void everyShapeInEitherLayoutGivesWhatThreeLoopsGive() {
        Random random = new Random(7);
        for (int[] shape : SHAPES) {
            double[] a = drawn(shape[0] * shape[1], () -> random.nextInt(19) - 9);
            double[] b = drawn(shape[1] * shape[2], () -> random.nextInt(19) - 9);
            double[] expected = threeLoops(a, b, shape, false);
            for (boolean aTransposed : BOTH) {
                for (boolean bTransposed : BOTH) {
                    assertArrayEquals(
                            expected,
                            product(a, aTransposed, b, bTransposed, shape),
                            said(shape, aTransposed, bTransposed));
                }
            }
        }
    }

    /** The promise: to 1e-12 of the sum of the magnitudes that were added, whatever their order and however fused. */
    @Test
    void roundingStaysBelowTheSumOfTheMagnitudes() {
        Random random = new Random(9);
        for (int[] shape : SHAPES) {
            double[] a = drawn(shape[0] * shape[1], random::nextGaussian);
            double[] b = drawn(shape[1] * shape[2], random::nextGaussian);
            double[] expected = threeLoops(a, b, shape, false);
            double[] magnitudes = threeLoops(a, b, shape, true);
            for (boolean aTransposed : BOTH) {
                for (boolean bTransposed : BOTH) {
                    double[] product = product(a, aTransposed, b, bTransposed, shape);
                    for (int k = 0; k < product.length; k++) {
                        assertEquals(
                                expected[k], product[k], 1e-12 * magnitudes[k], said(shape, aTransposed, bTransposed));
                    }
                }
            }
        }
    }

    @Test
    void nanAndInfinityGoThroughAlsoAgainstZero() {
        for (int[] shape :
                new int[][] {{4, 4, 4}, {40, 40, 40}, {1, 40, 40}, {40, 40, 1}, {40, 1, 40}, {120, 1, 120}, {1, 9, 1}
                }) {
            for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                for (double other : new double[] {0, -0.0, 1, -2}) {
                    double[] a = drawn(shape[0] * shape[1], () -> other);
                    double[] b = drawn(shape[1] * shape[2], () -> other);
                    for (double[] one : new double[][] {a, b}) {
                        one[one.length / 2] = special;
                        double[] expected = threeLoops(a, b, shape, false);
                        assertTrue(Arrays.stream(expected).anyMatch(c -> !Double.isFinite(c)));
                        for (boolean aTransposed : BOTH) {
                            for (boolean bTransposed : BOTH) {
                                assertArrayEquals(
                                        expected,
                                        product(a, aTransposed, b, bTransposed, shape),
                                        said(shape, aTransposed, bTransposed) + " " + special + " " + other);
                            }
                        }
                        one[one.length / 2] = other;
                    }
                }
            }
        }
    }

    /** 10,001 · 1,000 multiplications are more than one block of a vector holds: the last row stands in the second. */
    @Test
    void aVectorTimesAMatrixOfSeveralBlocksIsWhole() {
        Random random = new Random(8);
        int[] shape = {1, 10_001, 1_000};
        double[] a = drawn(shape[1], () -> random.nextInt(19) - 9);
        double[] b = drawn(shape[1] * shape[2], () -> random.nextInt(19) - 9);
        assertArrayEquals(threeLoops(a, b, shape, false), product(a, false, b, false, shape));
        int[] turned = {1, 1_000, 10_001};
        double[] few = drawn(turned[1], () -> random.nextInt(19) - 9);
        assertArrayEquals(threeLoops(few, b, turned, false), product(few, false, b, true, turned));
    }

    @Test
    void anInterruptedThreadGivesUpAndKeepsItsFlag() {
        for (int[] shape : new int[][] {{1, 300, 200}, {200, 300, 1}, {200, 300, 40}}) {
            double[] a = new double[shape[0] * shape[1]];
            double[] b = new double[shape[1] * shape[2]];
            Thread.currentThread().interrupt();
            try {
                CancellationException given =
                        assertThrows(CancellationException.class, () -> product(a, false, b, false, shape));
                assertEquals(
                        "interrupted: the product of " + shape[0] + " × " + shape[1] + " and " + shape[1] + " × "
                                + shape[2] + " was given up at row 1",
                        given.getMessage());
                assertTrue(Thread.currentThread().isInterrupted());
            } finally {
                Thread.interrupted();
            }
        }
    }

    /** A column times a row needs no BLAS; all else is asked of {@link #blas}, whatever the size. */
    private double[] product(double[] a, boolean aTransposed, double[] b, boolean bTransposed, int[] shape) {
        double[] c = new double[shape[0] * shape[2]];
        Product product = new Product(
                aTransposed ? turned(a, shape[0], shape[1]) : a,
                aTransposed,
                bTransposed ? turned(b, shape[1], shape[2]) : b,
                bTransposed,
                c,
                shape[0],
                shape[1],
                shape[2]);
        if (shape[1] == 1) {
            product.compute();
        } else {
            product.large(blas());
        }
        return c;
    }

    private static double[] threeLoops(double[] a, double[] b, int[] shape, boolean magnitudes) {
        double[] c = new double[shape[0] * shape[2]];
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                for (int k = 0; k < shape[2]; k++) {
                    double term = a[i * shape[1] + j] * b[j * shape[2] + k];
                    c[i * shape[2] + k] += magnitudes ? Math.abs(term) : term;
                }
            }
        }
        return c;
    }

    private static double[] turned(double[] matrix, int rows, int columns) {
        double[] turned = new double[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = matrix[i * columns + j];
            }
        }
        return turned;
    }

    private static double[] drawn(int count, DoubleSupplier numbers) {
        return DoubleStream.generate(numbers).limit(count).toArray();
    }

    private static String said(int[] shape, boolean aTransposed, boolean bTransposed) {
        return shape[0] + "·" + shape[1] + "·" + shape[2] + " " + aTransposed + " " + bTransposed;
    }
}
