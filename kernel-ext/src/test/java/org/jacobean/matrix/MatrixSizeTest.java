package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Shapes of which there can be no matrix, refused before any memory is asked for. */
class MatrixSizeTest {

    @Test
    void aMatrixHasAtLeastOneRowAndOneColumn() {
        refused("a matrix needs at least one row and one column, not 0 × 3", () -> Matrix.zeros(0, 3));
        refused("a matrix needs at least one row and one column, not 3 × 0", () -> Matrix.ones(3, 0));
        refused("a matrix needs at least one row and one column, not -1 × 3", () -> Matrix.normal(-1, 3, 42));
        refused("a matrix needs at least one row and one column, not -2 × -3", () -> Matrix.uniform(-2, -3, 42));
        refused("a matrix needs at least one row and one column, not 0 × 0", () -> Matrix.identity(0));
    }

    /** 10⁹ · 10⁹ doubles of 8 bytes are 8·10¹⁸ bytes. */
    @Test
    void aMatrixLargerThanTheMemorySaysWhatItNeedsAndWhatThereIs() {
        String message = "a matrix of 1,000,000,000 × 1,000,000,000 needs 8,000,000 TB, more than the " + heap()
                + " that this Java may use; make it smaller, or " + Memory.more();
        refused(message, () -> Matrix.zeros(1_000_000_000, 1_000_000_000));
        refused(message, () -> Matrix.normal(1_000_000_000, 1_000_000_000, 42));
        refused(message, () -> Matrix.checkSize(1_000_000_000L, 1_000_000_000L));
    }

    @Test
    void aProductLargerThanTheMemoryIsRefusedToo() {
        Matrix column = Matrix.ones(3_000_000, 1);
        refused(
                "a matrix of 3,000,000 × 3,000,000 needs 72 TB, more than the " + heap()
                        + " that this Java may use; make it smaller, or " + Memory.more(),
                () -> column.times(column.transpose()));
    }

    /** The heap in thousands of thousands, by decimal arithmetic: one digit after the point below 10. */
    private static String heap() {
        BigDecimal heap = BigDecimal.valueOf(Runtime.getRuntime().maxMemory());
        BigDecimal giga = heap.movePointLeft(9);
        BigDecimal shown = giga.compareTo(BigDecimal.ONE) >= 0 ? giga : heap.movePointLeft(6);
        String unit = giga.compareTo(BigDecimal.ONE) >= 0 ? " GB" : " MB";
        return shown.setScale(shown.compareTo(BigDecimal.TEN) < 0 ? 1 : 0, RoundingMode.HALF_UP)
                        .toPlainString()
                + unit;
    }

    private static void refused(String message, Executable make) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, make).getMessage());
    }
}
