package org.jacobean.explain;

import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jacobean.matrix.Matrix;

/** Sizes of many numbers at once, where neither huge nor tiny ones overflow or vanish. */
final class Norm {

    private Norm() {}

    /** √(Σ a²) over all entries; NaN where one of them is, and ∞ where one is infinite. */
    static double of(Matrix matrix) {
        return of(matrix::stream);
    }

    /** √(Σ a² / count) over the finite ones, or 0 where there is none. */
    static double rootMeanSquare(Supplier<DoubleStream> numbers) {
        Supplier<DoubleStream> finite = () -> numbers.get().filter(Double::isFinite);
        long count = finite.get().count();
        return count == 0 ? 0 : of(finite) / Math.sqrt(count);
    }

    static double of(Supplier<DoubleStream> numbers) {
        double largest = numbers.get().map(Math::abs).reduce(0, Math::max);
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        // A power of two, so that dividing by it rounds nothing.
        double unit = Math.max(Double.MIN_NORMAL, Math.scalb(1.0, Math.getExponent(largest)));
        return unit * Math.sqrt(numbers.get().map(a -> (a / unit) * (a / unit)).sum());
    }
}
