package org.jacobean.matrix;

/**
 * C = A·B on row-major arrays; A [p × q], B [q × r], C [p × r]: plain loops where they are as fast, BLAS beyond. An array
 * marked transposed holds its matrix column by column.
 *
 * <p>Works in blocks of rows, or of terms that add up, and looks before each of them whether its thread was interrupted;
 * also before a small product, which may stand in a long loop.
 */
final class Product {

    /** Up to about this many multiplications a loop is as quick as any library (measured: 1 × 16 × 16 to 1 × 784 × 50). */
    static final long LOOPS_UP_TO = 40_000;

    /** How many entries an outer product has that BLAS computes quicker than a loop. */
    private static final long CACHED_FROM = 10_000;

    private static final long CACHED_UP_TO = 1_000_000;

    /** Multiplications by a loop between two looks at the thread: some 10 ms. */
    private static final long LOOK_AFTER = 10_000_000;

    /**
     * Up to so many multiplications in one call OpenBLAS reads A and B where they lie, on a processor with AVX-512; beyond,
     * it packs them into an order of its own first. For a layer of few outputs the packing costs more than it saves
     * (measured: 50,000 × 784 × 50 takes 120 to 150 ms in large calls, 85 in small ones); where B is transposed, nothing is
     * gained.
     */
    private static final long UNPACKED_UP_TO = 1_000_000;

    /** Rows, or terms, below which a call is not worth its while. */
    private static final int FEWEST = 16;

    /**
     * Numbers of A, and of B, that one call may read: where they are used but once or twice, memory is what takes the time.
     */
    private static final long MOST_READ = 8_000_000;

    private final double[] a;
    private final boolean aTransposed;
    private final double[] b;
    private final boolean bTransposed;
    private final double[] c;
    private final int p;
    private final int q;
    private final int r;

    Product(double[] a, boolean aTransposed, double[] b, boolean bTransposed, double[] c, int p, int q, int r) {
        this.a = a;
        this.aTransposed = aTransposed;
        this.b = b;
        this.bTransposed = bTransposed;
        this.c = c;
        this.p = p;
        this.q = q;
        this.r = r;
    }

    /** Fills C, which comes in full of zeros. */
    void compute() {
        stopIfInterrupted(0);
        if (q == 1) {
            outer();
        } else if ((long) p * q * r <= LOOPS_UP_TO) {
            small();
        } else {
            large(Blas.inUse());
        }
    }

    private void small() {
        int step = aTransposed ? p : 1;
        for (int i = 0; i < p; i++) {
            int row = aTransposed ? i : i * q;
            if (bTransposed) {
                dots(b, 0, r, q, a, row, step, c, i * r);
            } else {
                sums(b, 0, q, r, a, row, step, c, i * r);
            }
        }
    }

    /** By {@code blas}, whatever the size. */
    void large(Blas blas) {
        if (p == 1) {
            vector(blas, b, !bTransposed, a);
        } else if (r == 1) {
            vector(blas, a, aTransposed, b);
        } else {
            matrices(blas);
        }
    }

    /**
     * {@code C[i,k] = A[i]·B[k]}, a column times a row; 0 is added as in any sum, so that none is −0. One product rounds
     * alike everywhere, so BLAS may do it at any size: it is quicker where C stays in the processor's cache.
     */
    private void outer() {
        long size = (long) p * r;
        if (size >= CACHED_FROM && size <= CACHED_UP_TO && Blas.inUse().isNative()) {
            Blas.inUse().library().dger(r, p, 1, b, 1, a, 1, c, r);
            return;
        }
        int rowsAtATime = (int) Math.max(4, LOOK_AFTER / r);
        int end = 0;
        for (int first = 0; first < p; first = end) {
            if (first > 0) {
                stopIfInterrupted(first);
            }
            end += Math.min(rowsAtATime, p - first);
            int i = first;
            for (; i <= end - 4; i += 4) {
                double a0 = a[i];
                double a1 = a[i + 1];
                double a2 = a[i + 2];
                double a3 = a[i + 3];
                int c0 = i * r;
                int c1 = c0 + r;
                int c2 = c1 + r;
                int c3 = c2 + r;
                for (int k = 0; k < r; k++) {
                    double bk = b[k];
                    c[c0 + k] = 0 + a0 * bk;
                    c[c1 + k] = 0 + a1 * bk;
                    c[c2 + k] = 0 + a2 * bk;
                    c[c3 + k] = 0 + a3 * bk;
                }
            }
            for (; i < end; i++) {
                for (int k = 0; k < r; k++) {
                    c[i * r + k] = 0 + a[i] * b[k];
                }
            }
        }
    }

    /**
     * A row times a matrix, or a matrix times a column: the matrix is stored as {@code stored} [rows × columns], whose
     * rows either add up, each weighted by one entry of v, or give one entry of C each, their product with v.
     */
    private void vector(Blas blas, double[] stored, boolean addUp, double[] v) {
        int rows = addUp ? v.length : c.length;
        int columns = addUp ? c.length : v.length;
        int rowsAtATime = (int) Math.max(1, LOOK_AFTER / columns);
        int some;
        for (int first = 0; first < rows; first += some) {
            stopIfInterrupted(0);
            some = Math.min(rowsAtATime, rows - first);
            if (blas.isNative()) {
                blas.library()
                        .dgemv(
                                addUp ? "N" : "T",
                                columns,
                                some,
                                1,
                                stored,
                                first * columns,
                                columns,
                                v,
                                addUp ? first : 0,
                                1,
                                addUp ? 1 : 0,
                                c,
                                addUp ? 0 : first,
                                1);
            } else if (addUp) {
                sums(stored, first * columns, some, columns, v, first, 1, c, 0);
            } else {
                dots(stored, first * columns, some, columns, v, 0, 1, c, first);
            }
        }
    }

    /** BLAS counts column by column, and C = A·B is Cᵀ = Bᵀ·Aᵀ: so the operands change places and nothing is copied. */
    private void matrices(Blas blas) {
        int rowsAtATime = atATime(p, Math.max(FEWEST, blas.lookAfter() / ((long) q * r)));
        int termsAtATime =
                atATime(q, Math.min(MOST_READ / Math.max(rowsAtATime, r), blas.lookAfter() / ((long) rowsAtATime * r)));
        if (blas.isNative() && blas.backend().threads() == 1 && !bTransposed) {
            long rows = UNPACKED_UP_TO / ((long) q * r);
            long terms = UNPACKED_UP_TO / ((long) p * r);
            if (rows >= FEWEST) {
                rowsAtATime = atATime(p, rows);
            } else if (terms >= FEWEST) {
                rowsAtATime = p;
                termsAtATime = atATime(q, terms);
            }
        }
        for (int first = 0; first < p; first += rowsAtATime) {
            for (int term = 0; term < q; term += termsAtATime) {
                stopIfInterrupted(first);
                blas.library()
                        .dgemm(
                                bTransposed ? "T" : "N",
                                aTransposed ? "T" : "N",
                                r,
                                Math.min(rowsAtATime, p - first),
                                Math.min(termsAtATime, q - term),
                                1,
                                b,
                                bTransposed ? term : term * r,
                                bTransposed ? q : r,
                                a,
                                aTransposed ? first + term * p : first * q + term,
                                aTransposed ? p : q,
                                term == 0 ? 0 : 1,
                                c,
                                first * r,
                                r);
            }
        }
    }

    /** {@code count} in parts of at most {@code most}, each but the last as large as the others. */
    private static int atATime(int count, long most) {
        int parts = (int) Math.ceil((double) count / Math.max(1, most));
        return (count + parts - 1) / parts;
    }

    private void stopIfInterrupted(int row) {
        Interrupts.check(() -> "the product of " + Matrix.shape(p, q) + " and " + Matrix.shape(q, r)
                + " was given up at row " + (row + 1));
    }

    // Each entry's terms are added in their order, one after the other: how a loop is unrolled changes no digit.

    /** {@code y[k] = y[k] + Σ over j of v[j]·S[j,k]}; S [count × columns] from {@code s[at]}, v from {@code v[from]} on. */
    private static void sums(
            double[] s, int at, int count, int columns, double[] v, int from, int step, double[] y, int to) {
        int j = 0;
        for (; j + 4 <= count; j += 4) {
            double v0 = v[from + j * step];
            double v1 = v[from + (j + 1) * step];
            double v2 = v[from + (j + 2) * step];
            double v3 = v[from + (j + 3) * step];
            int s0 = at + j * columns;
            int s1 = s0 + columns;
            int s2 = s1 + columns;
            int s3 = s2 + columns;
            for (int k = 0; k < columns; k++) {
                y[to + k] = y[to + k] + v0 * s[s0 + k] + v1 * s[s1 + k] + v2 * s[s2 + k] + v3 * s[s3 + k];
            }
        }
        for (; j < count; j++) {
            double vj = v[from + j * step];
            int sj = at + j * columns;
            for (int k = 0; k < columns; k++) {
                y[to + k] += vj * s[sj + k];
            }
        }
    }

    /** {@code y[k] = Σ over j of S[k,j]·v[j]}; S [count × columns] from {@code s[at]}, v from {@code v[from]} on. */
    private static void dots(
            double[] s, int at, int count, int columns, double[] v, int from, int step, double[] y, int to) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            int s0 = at + k * columns;
            int s1 = s0 + columns;
            int s2 = s1 + columns;
            int s3 = s2 + columns;
            double y0 = 0;
            double y1 = 0;
            double y2 = 0;
            double y3 = 0;
            for (int j = 0; j < columns; j++) {
                double vj = v[from + j * step];
                y0 += s[s0 + j] * vj;
                y1 += s[s1 + j] * vj;
                y2 += s[s2 + j] * vj;
                y3 += s[s3 + j] * vj;
            }
            y[to + k] = y0;
            y[to + k + 1] = y1;
            y[to + k + 2] = y2;
            y[to + k + 3] = y3;
        }
        for (; k < count; k++) {
            int sk = at + k * columns;
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += s[sk + j] * v[from + j * step];
            }
            y[to + k] = sum;
        }
    }
}
