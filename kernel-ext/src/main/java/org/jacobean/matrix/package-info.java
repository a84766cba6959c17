/**
 * Dense, immutable matrices of doubles: how they are written, multiplied and compared.
 *
 * <pre>{@code
 * Matrix x = Matrix.row(1, 2, 3);
 * Matrix w = Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6");
 * Matrix f = x.times(w);                 // 1 × 2 [-0.8 1.2]
 * }</pre>
 *
 * Imports nothing of ours; the BLAS library multiplies what is large, and {@code Backend} says by what.
 */
package org.jacobean.matrix;
