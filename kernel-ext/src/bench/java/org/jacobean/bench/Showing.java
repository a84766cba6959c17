package org.jacobean.bench;

import java.util.concurrent.TimeUnit;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Rendered;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A matrix as a kernel shows it, as text and as HTML: some of its entries, and one line about all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Showing {

    /** Each has ten times the entries of the one before. */
    @Param({"500", "1581", "5000"})
    public int shape;

    private Matrix matrix;

    @Setup
    public void draw() {
        matrix = Matrix.normal(shape, shape, 1).named("w");
    }

    @Benchmark
    public Rendered show() {
        return Rendered.of(matrix);
    }
}
