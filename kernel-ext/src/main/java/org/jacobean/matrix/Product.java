package org.jacobean.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * C = A·B on row-major arrays; A [p × q], B [q × r], C [p × r]: plain loops where they are as fast, BLAS beyond.
 *
 * <p>Works in blocks of rows, and looks between two of them whether its thread was interrupted.
 */
final class Product {

    /** Below about this many multiplications a loop is as quick as any library (measured: 1 × 16 × 16 to 1 × 784 × 50). */
    private static final long LOOPS_UP_TO = 40_000;

    /** Multiplications in one block: at most some 50 ms of plain Java, so that an interrupt is noticed well within 0.2 s. */
    private static final long BLOCK = 100_000_000;

    private Product() {}

    /** An array marked transposed holds its matrix column by column. */
    static void of(double[] a, boolean aTransposed, double[] b, boolean bTransposed, double[] c, int p, int q, int r) {
        if ((long) p * q * r <= LOOPS_UP_TO) {
            loops(a, aTransposed, b, bTransposed, c, p, q, r);
        } else {
            blocks(a, aTransposed, b, bTransposed, c, p, q, r);
        }
    }

    private static void loops(
            double[] a, boolean aTransposed, double[] b, boolean bTransposed, double[] c, int p, int q, int r) {
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < r; k++) {
                double sum = 0;
                for (int j = 0; j < q; j++) {
                    sum += a[aTransposed ? j * p + i : i * q + j] * b[bTransposed ? k * q + j : j * r + k];
                }
                c[i * r + k] = sum;
            }
        }
    }

    /** BLAS counts column by column, and C = A·B is Cᵀ = Bᵀ·Aᵀ: so the operands change places and nothing is copied. */
    private static void blocks(
            double[] a, boolean aTransposed, double[] b, boolean bTransposed, double[] c, int p, int q, int r) {
        int rowsAtATime = (int) Math.max(1, Math.min(p, BLOCK / Math.max(1, (long) q * r)));
        for (int first = 0; first < p; first += rowsAtATime) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted: the product of " + Matrix.shape(p, q) + " and "
                        + Matrix.shape(q, r) + " was given up at row " + (first + 1));
            }
            int rows = Math.min(rowsAtATime, p - first);
            Blas.INSTANCE.dgemm(
                    bTransposed ? "T" : "N",
                    aTransposed ? "T" : "N",
                    r,
                    rows,
                    q,
                    1,
                    b,
                    0,
                    bTransposed ? q : r,
                    a,
                    aTransposed ? first : first * q,
                    aTransposed ? p : q,
                    0,
                    c,
                    first * r,
                    r);
        }
    }

    /** Made when the first large product needs it. */
    private static final class Blas {

        static final BLAS INSTANCE = quietly();

        /**
         * The library's Java, unless the person names a native one. Left alone it would look for the system's, whatever
         * that is, and say on stderr what it found.
         */
        private static BLAS quietly() {
            Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder").setLevel(Level.WARNING);
            if (System.getProperty("dev.ludovic.netlib.blas.nativeLibPath") == null
                    && System.getProperty("dev.ludovic.netlib.blas.nativeLib") == null) {
                System.setProperty("dev.ludovic.netlib.blas.allowNative", "false");
            }
            return BLAS.getInstance();
        }
    }
}
