package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.formula.Values;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/**
 * An element costs as many multiplications as its sum has terms: of a 4096 × 4096 layer it reads its own numbers. The
 * numbers come from {@link Counted} values that say they are so large; matrices of that size would only take memory.
 */
class TouchedTermsTest {

    private static final int SIZE = 4096;

    private final Gradients small = new Linear(
                    Matrix.ones(3, 2).named("w"), Matrix.zeros(1, 2).named("b"))
            .forward(Matrix.row(1, 1, 1).named("x"))
            .backward(Matrix.row(1, 1));
    private final Counted counted = new Counted();

    @Test
    void anInputReadsItsRowOfWeights() {
        ElementOfGradient.explain(small, ElementName.of(small, "dL/dx[2]"), counted);
        Set<String> own = all(j -> "w[2," + j + "]");
        own.addAll(all(j -> "dL/df[1," + j + "]"));
        own.add("x[1,2]");
        assertEquals(own, counted.read);
        // for each term dL/df and w to multiply, w for its magnitude, dL/df and three times w to measure; and the few
        // that are shown
        assertTrue(counted.count < 8L * SIZE, "read: " + counted.count);
    }

    @Test
    void aWeightReadsThreeNumbers() {
        ElementOfGradient.explain(small, ElementName.of(small, "dL/dw[2,1]"), counted);
        assertEquals(new TreeSet<>(Set.of("dL/df[1,1]", "x[1,2]", "w[2,1]")), counted.read);
        assertTrue(counted.count < 20, "read: " + counted.count);
    }

    @Test
    void anOutputReadsItsColumnOfWeights() {
        ElementOfOutput.explain(small.pass(), ElementName.of(small.pass(), "f[2]"), counted);
        Set<String> own = all(i -> "w[" + i + ",2]");
        own.addAll(all(i -> "x[1," + i + "]"));
        own.add("b[1,2]");
        assertEquals(own, counted.read);
        assertTrue(counted.count < 3L * SIZE, "read: " + counted.count);
    }

    private static Set<String> all(IntFunction<String> element) {
        return IntStream.rangeClosed(1, SIZE).mapToObj(element).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ones, in a batch of one row through a layer of 4096 inputs and outputs. */
    private static final class Counted implements Values {

        private final Set<String> read = new TreeSet<>();
        private long count;

        @Override
        public double of(String variable, int row, int column) {
            count++;
            read.add(variable + "[" + row + "," + column + "]");
            return 1;
        }

        @Override
        public int size(String name) {
            return name.equals("N") ? 1 : SIZE;
        }
    }
}
