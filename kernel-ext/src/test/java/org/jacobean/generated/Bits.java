package org.jacobean.generated;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jacobean.matrix.Matrix;

/** A matrix to the last bit: −0 is not 0, and a NaN is itself. */
public final class Bits {

    private Bits() {}

    /** A text for each row. */
    public static List<String> of(Matrix matrix) {
        return Arrays.stream(matrix.toArray())
                .map(row -> Arrays.stream(row)
                        .mapToObj(d -> Long.toHexString(Double.doubleToLongBits(d)))
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
