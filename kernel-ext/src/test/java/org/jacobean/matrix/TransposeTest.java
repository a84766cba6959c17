package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A transpose shares its numbers, column by column: each operation on one must give what it gives on a matrix that was
 * made from a copy, row by row. Products are held by {@link ProductTest}.
 */
class TransposeTest {

    private static final int[][] SHAPES = {{1, 1}, {1, 6}, {6, 1}, {4, 4}, {3, 8}, {8, 3}, {210, 200}};

    @Test
    void everyOperationGivesWhatItGivesOnACopy() {
        List<String> ran = new ArrayList<>();
        for (int[] shape : SHAPES) {
            double[][] numbers = wholeNumbers(shape[0], shape[1]);
            Matrix copy = Matrix.of(numbers);
            Matrix view = Matrix.of(turned(numbers)).transpose();
            same(copy, view);
            numbers[0][0] += 1;
            Matrix other = Matrix.of(numbers);
            Matrix otherView = Matrix.of(turned(numbers)).transpose();
            for (Matrix operand : new Matrix[] {other, otherView}) {
                same(copy.plus(other), view.plus(operand));
                same(copy.minus(other), view.minus(operand));
                same(other.minus(copy), operand.minus(view));
                same(copy.hadamard(other), view.hadamard(operand));
                assertTrue(view.isCloseTo(operand, 1) && operand.isCloseTo(view, 1));
                assertTrue(!view.equals(operand) && !operand.equals(view));
            }
            same(copy.transpose(), view.transpose());
            same(copy.scale(3), view.scale(3));
            same(copy.map(a -> a * a), view.map(a -> a * a));
            same(copy.columnSums(), view.columnSums());
            Matrix row = other.row(0);
            Matrix rowView = other.row(0).transpose().transpose();
            Matrix turnedRow = Matrix.column(numbers[0]).transpose();
            same(copy.plusRow(row), view.plusRow(rowView));
            same(copy.plusRow(row), view.plusRow(turnedRow));
            same(copy.with(shape[0] - 1, 0, 99), view.with(shape[0] - 1, 0, 99));
            if (shape[0] == 1) {
                same(copy.outer(row), view.outer(turnedRow));
            }
            ran.add(view.shape());
        }
        assertEquals(List.of("1 × 1", "1 × 6", "6 × 1", "4 × 4", "3 × 8", "8 × 3", "210 × 200"), ran);
    }

    @Test
    void aTransposeOfATransposeIsTheMatrix() {
        Matrix matrix = Matrix.parse("1 2 3; 4 5 6");
        assertArrayEquals(
                new double[][] {{1, 4}, {2, 5}, {3, 6}}, matrix.transpose().toArray());
        assertArrayEquals(
                new double[][] {{1, 2, 3}, {4, 5, 6}},
                matrix.transpose().transpose().toArray());
    }

    private static void same(Matrix expected, Matrix actual) {
        double[][] numbers = expected.toArray();
        assertArrayEquals(numbers, actual.toArray());
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < numbers.length; i += Math.max(1, numbers.length - 1)) {
            assertArrayEquals(new double[][] {numbers[i]}, actual.row(i).toArray());
            for (int j = 0; j < numbers[0].length; j++) {
                assertEquals(numbers[i][j], actual.get(i, j));
            }
        }
        int last = numbers[0].length - 1;
        assertArrayEquals(expected.column(last).toArray(), actual.column(last).toArray());
        assertArrayEquals(expected.stream().toArray(), actual.stream().toArray());
        assertEquals(expected.toString(), actual.toString());
        assertEquals(expected.hashCode(), actual.hashCode());
        assertTrue(expected.equals(actual) && actual.equals(expected));
        assertTrue(expected.isCloseTo(actual, 0) && actual.isCloseTo(expected, 0));
        // Whole numbers, so the sum is exact in either order; the squares of the deviations are not, but
        // DoubleStream.sum
        // compensates, and is off by a few units in the last place at most: 1e-15 is 4.5 of them.
        assertEquals(expected.sum(), actual.sum());
        assertEquals(expected.mean(), actual.mean());
        assertEquals(expected.standardDeviation(), actual.standardDeviation(), 1e-15 * expected.standardDeviation());
    }

    private static double[][] wholeNumbers(int rows, int columns) {
        Random random = new Random(31L * rows + columns);
        double[][] numbers = new double[rows][columns];
        for (double[] row : numbers) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(199) - 99;
            }
        }
        return numbers;
    }

    private static double[][] turned(double[][] numbers) {
        double[][] turned = new double[numbers[0].length][numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < turned.length; j++) {
                turned[j][i] = numbers[i][j];
            }
        }
        return turned;
    }
}
