package org.jacobean.layer;

import org.jacobean.matrix.Matrix;

/**
 * x [B × n] and y [B × m]: some of the rows that a network learns from, without their names; row r of y belongs to row r of
 * x.
 */
public record Batch(Matrix x, Matrix y) {

    /** {@code Batch: x 32 × 64, y 32 × 1}. */
    @Override
    public String toString() {
        return "Batch: x " + x.shape() + ", y " + y.shape();
    }
}
