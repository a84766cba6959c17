package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenBLAS, which the set-up put into the environment; where it could not, these tests are left out and say why. */
class NativeProductIT extends ProductChecks {

    @BeforeEach
    void theNativeLibraryIsThere() {
        assumeTrue(blas().isNative(), () -> Backend.current().toString());
    }

    @Override
    Blas blas() {
        return Blas.inUse();
    }

    @Test
    void itIsSaid() {
        Backend backend = Backend.current();
        assertEquals(System.getProperty("openblas"), backend.name());
        assertEquals("", backend.remark());
    }

    /** The numbers of a large layer, forward and backward, are those of Java to 1e-12 of what was added. */
    @Test
    void matricesUseIt() {
        Matrix x = Matrix.uniform(64, 784, 1);
        Matrix w = Matrix.uniform(784, 50, 2);
        double[] java = new double[64 * 50];
        double[] xs = x.stream().toArray();
        double[] ws = w.stream().toArray();
        new Product(xs, false, ws, false, java, 64, 784, 50).large(Blas.java(""));
        double[] its = x.times(w).stream().toArray();
        for (int k = 0; k < its.length; k++) {
            assertEquals(java[k], its[k], 1e-12 * java[k]); // all are positive: each sum is that of its magnitudes
        }
    }
}
