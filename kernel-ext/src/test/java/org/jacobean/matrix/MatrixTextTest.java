package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The one line that a matrix prints, and that it parses back to the very same bits. */
class MatrixTextTest {

    @Test
    void aMatrixPrintsItsShapeAndItsRows() {
        assertEquals(
                "3 × 2 [0.1 0.2; 0.3 -0.4; -5 600]",
                Matrix.of(new double[][] {{0.1, 0.2}, {0.3, -0.4}, {-5, 600}}).toString());
        assertEquals("1 × 1 [0]", Matrix.zeros(1, 1).toString());
        assertEquals(
                "1 × 5 [NaN Infinity -Infinity -0 1.0E10]",
                Matrix.row(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e10)
                        .toString());
    }

    @Test
    void extremeNumbersComeBackToTheLastBit() {
        comesBack(new double[][] {
            {Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL)},
            {Double.MAX_VALUE, -Double.MAX_VALUE, Math.nextDown(Double.MAX_VALUE), 9007199254740993.0},
            {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY},
            {Double.NEGATIVE_INFINITY, 0.1, 1 / 3.0, Math.nextUp(1)}
        });
    }

    /** Any 64 bits: every sign, exponent and fraction, NaN among them (which prints as one NaN, whatever its bits). */
    @Test
    void randomMatricesComeBackToTheLastBit() {
        Random random = new Random(11);
        int entries = 0;
        for (int round = 0; round < 200; round++) {
            double[][] numbers = new double[1 + random.nextInt(12)][1 + random.nextInt(12)];
            for (double[] row : numbers) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = random.nextBoolean()
                            ? Double.longBitsToDouble(random.nextLong())
                            : random.nextInt(100) / 8.0;
                    entries++;
                }
            }
            comesBack(numbers);
        }
        assertTrue(entries > 5_000, "entries: " + entries);
    }

    @Test
    void upTo10000EntriesAreWhole() {
        comesBack(Matrix.normal(100, 100, 1).toArray());
        comesBack(Matrix.normal(1, 10_000, 2).toArray());
        comesBack(Matrix.normal(10_000, 1, 3).toArray());
    }

    @Test
    void beyond10000EntriesTheTextIsCutAfterTwoRowsAndThreeColumns() {
        assertEquals("101 × 100 [1 1 1 …; 1 1 1 …; …]", Matrix.ones(101, 100).toString());
        assertEquals("1 × 10,001 [1 1 1 …]", Matrix.ones(1, 10_001).toString());
        assertEquals("10,001 × 1 [1; 1; …]", Matrix.ones(10_001, 1).toString());
        assertEquals("2 × 5,001 [0 0 0 …; 0 0 0 …]", Matrix.zeros(2, 5_001).toString());
        assertEquals("3,334 × 3 [1 1 1; 1 1 1; …]", Matrix.ones(3_334, 3).toString());
    }

    @Test
    void aCutTextIsNotReadBackAsASmallerMatrix() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> Matrix.parse(Matrix.ones(101, 100).toString()));
        assertEquals(
                "row 1, entry 4: '…' stands for numbers that were left out: this is the shortened text of a larger matrix,"
                        + " and cannot be read back",
                error.getMessage());
    }

    private static void comesBack(double[][] numbers) {
        String text = Matrix.of(numbers).toString();
        Matrix parsed = Matrix.parse(text);
        // Arrays are compared with Double.equals: −0 differs from 0, NaN equals NaN.
        assertArrayEquals(numbers, parsed.toArray());
        assertEquals(text, parsed.toString());
    }
}
