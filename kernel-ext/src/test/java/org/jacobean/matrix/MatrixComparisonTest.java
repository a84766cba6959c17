package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When two matrices are equal, and when they are close. */
class MatrixComparisonTest {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void equalityIsOfShapeAndNumbersAndIgnoresNames() {
        Matrix matrix = Matrix.parse("1 2; 3 4");
        assertEquals(matrix.named("w"), matrix.named("v"));
        assertEquals(matrix.named("w").hashCode(), matrix.hashCode());
        assertNotEquals(matrix, matrix.with(1, 1, 4.000000000000001));
        assertNotEquals(Matrix.row(1, 2, 3, 4), matrix);
        assertNotEquals(Matrix.row(1, 2), Matrix.column(1, 2));
        assertNotEquals(matrix, null);
        assertFalse(matrix.equals((Object) "2 × 2 [1 2; 3 4]"));
    }

    @Test
    void theSameNumbersAreSharedUnderAnyNameAndNotWithATransposeOrACopy() {
        Matrix matrix = Matrix.parse("1 2; 3 4");
        assertTrue(matrix.sharesNumbersWith(matrix.named("w")));
        assertTrue(matrix.sharesNumbersWith(matrix.transpose().transpose()));
        assertFalse(matrix.sharesNumbersWith(matrix.transpose()));
        assertFalse(matrix.sharesNumbersWith(matrix.with(0, 0, 1)));
        assertFalse(matrix.sharesNumbersWith(Matrix.parse("1 2; 3 4")));
    }

    @Test
    void nanEqualsNanAndZeroEqualsMinusZero() {
        Matrix nan = Matrix.row(Double.NaN, 0);
        Matrix otherNan = Matrix.row(Double.longBitsToDouble(0x7ff8000000000001L), -0.0);
        assertEquals(nan, otherNan);
        assertEquals(nan.hashCode(), otherNan.hashCode());
        assertNotEquals(nan, Matrix.row(0, 0));
        assertNotEquals(Matrix.row(INFINITY, 0), Matrix.row(-INFINITY, 0));
    }

    /** 1/4 and 1/2 are exact, so that the difference is the tolerance to the last bit. */
    @Test
    void closeIsUpToTheToleranceInclusive() {
        Matrix a = Matrix.row(1, 1);
        assertTrue(a.isCloseTo(Matrix.row(1, 1.25), 0.25));
        assertTrue(a.isCloseTo(Matrix.row(1, 0.75), 0.25));
        assertFalse(a.isCloseTo(Matrix.row(1, Math.nextUp(1.25)), 0.25));
        assertFalse(a.isCloseTo(Matrix.row(1, Math.nextDown(0.75)), 0.25));
        assertFalse(a.isCloseTo(Matrix.row(1, 1.25), Math.nextDown(0.25)));
        assertTrue(a.isCloseTo(Matrix.row(1, 1), 0));
        assertFalse(a.isCloseTo(Matrix.row(Math.nextUp(1), 1), 0));
    }

    @Test
    void nanIsCloseToNothingAndInfinityOnlyToItself() {
        Matrix nan = Matrix.row(Double.NaN);
        assertFalse(nan.isCloseTo(nan, INFINITY));
        assertFalse(nan.isCloseTo(Matrix.row(0.0), INFINITY));
        assertFalse(Matrix.row(0.0).isCloseTo(nan, INFINITY));
        assertTrue(Matrix.row(INFINITY).isCloseTo(Matrix.row(INFINITY), 0));
        assertFalse(Matrix.row(INFINITY).isCloseTo(Matrix.row(-INFINITY), INFINITY));
        assertFalse(Matrix.row(INFINITY).isCloseTo(Matrix.row(Double.MAX_VALUE), INFINITY));
    }

    @Test
    void matricesOfDifferentShapesAreNotClose() {
        assertFalse(Matrix.row(1, 2).isCloseTo(Matrix.column(1, 2), 10));
        assertFalse(Matrix.row(1, 2).isCloseTo(Matrix.row(1, 2, 3), 10));
    }

    @Test
    void aToleranceIsZeroOrMore() {
        Matrix a = Matrix.row(1.0);
        assertEquals(
                "a tolerance is 0 or more, not -1.0",
                assertThrows(IllegalArgumentException.class, () -> a.isCloseTo(a, -1))
                        .getMessage());
        assertEquals(
                "a tolerance is 0 or more, not NaN",
                assertThrows(IllegalArgumentException.class, () -> a.isCloseTo(a, Double.NaN))
                        .getMessage());
    }
}
