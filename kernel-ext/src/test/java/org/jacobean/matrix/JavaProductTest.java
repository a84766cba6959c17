package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Java, which does the work where there is no native library. */
class JavaProductTest extends ProductChecks {

    @Override
    Blas blas() {
        return Blas.java("");
    }

    @Test
    void aBackendSaysWhatItIs() {
        assertEquals(
                "Java, 1 thread (no native library was named)",
                new Backend("Java", false, 1, "no native library was named").toString());
        assertEquals("libopenblas.so.0, 2 threads", new Backend("libopenblas.so.0", true, 2, "").toString());
    }
}
