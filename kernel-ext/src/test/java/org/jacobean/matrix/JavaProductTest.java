package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java, which does the work where there is no native library. */
class JavaProductTest extends ProductChecks {

    @Override
    Blas blas() {
        return Blas.java("");
    }

    @Test
    void whyItIsJavaIsSaid(@TempDir Path folder) throws IOException {
        assertEquals("no native library was named", remark(null));
        assertEquals("there is no native library " + folder, remark(folder));
        Path missing = folder.resolve("libmissing.so");
        assertEquals("there is no native library " + missing, remark(missing));
        Path other = Files.writeString(folder.resolve("libother.so"), "dgemm_");
        assertEquals("the native library " + other + " is no BLAS", remark(other));
    }

    private static String remark(Path path) {
        Blas blas = Blas.of(path == null ? null : path.toString(), null);
        assertEquals(new Backend("Java", false, 1, blas.backend().remark()), blas.backend());
        return blas.backend().remark();
    }

    @Test
    void aBackendSaysWhatItIs() {
        assertEquals(
                "Java, 1 thread (no native library was named)",
                new Backend("Java", false, 1, "no native library was named").toString());
        assertEquals("libopenblas.so.0, 2 threads", new Backend("libopenblas.so.0", true, 2, "").toString());
    }
}
