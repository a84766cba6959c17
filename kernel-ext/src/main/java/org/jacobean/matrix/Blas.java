package org.jacobean.matrix;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Who multiplies what is large: the native library that the person named, else Java.
 *
 * @param library what netlib calls it by
 * @param lookAfter multiplications in one call, after which the thread looks whether it was interrupted: at most some 50 ms
 * @param backend what is told of it
 */
record Blas(BLAS library, long lookAfter, Backend backend) {

    /** netlib's own names: the file of a native library, or the name under which the system finds one. */
    private static final String PATH = "dev.ludovic.netlib.blas.nativeLibPath";

    private static final String NAME = "dev.ludovic.netlib.blas.nativeLib";
    private static final String ALLOWED = "dev.ludovic.netlib.blas.allowNative";

    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");

    /** Left alone netlib would look for the system's library, whatever that is, and say on stderr what it found. */
    static {
        NETLIB.setLevel(Level.WARNING);
        if (System.getProperty(PATH) == null && System.getProperty(NAME) == null) {
            System.setProperty(ALLOWED, "false");
        }
    }

    /** Chosen when the first large product needs it, or the person asks. */
    static Blas inUse() {
        return Chosen.BLAS;
    }

    boolean isNative() {
        return backend.isNative();
    }

    /** netlib's Java. */
    static Blas java(String why) {
        return new Blas(JavaBLAS.getInstance(), 20_000_000, new Backend("Java", false, 1, why));
    }

    private static final class Chosen {

        static final Blas BLAS = of(System.getProperty(PATH), System.getProperty(NAME));
    }

    /** The library in the file {@code path}, or else that which the system finds as {@code name}; or Java, and why. */
    static Blas of(String path, String name) {
        String file = path == null ? name : new File(path).getName();
        String trouble = file == null ? "no native library was named" : path == null ? "" : trouble(path);
        if (!trouble.isEmpty()) {
            System.setProperty(ALLOWED, "false");
            return java(trouble);
        }
        try {
            return new Blas(NativeBLAS.getInstance(), 1_000_000_000, new Backend(file, true, threads(), ""));
        } catch (RuntimeException | LinkageError e) {
            return java("the native library " + file + " could not be used: " + e.getMessage());
        }
    }

    /** Why the file will not do, or nothing; asked here, since netlib would print it, or crash for want of a function. */
    private static String trouble(String path) {
        if (!new File(path).isFile()) {
            return "there is no native library " + path;
        }
        try {
            String content = Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
            if (!content.contains("dgemm_") || !content.contains("dgemv_")) {
                return "the native library " + path + " is no BLAS";
            }
            System.load(new File(path).getAbsolutePath());
            return "";
        } catch (IOException e) {
            return "the native library could not be read: " + e.getMessage();
        } catch (UnsatisfiedLinkError e) {
            String message = String.valueOf(e.getMessage());
            return message.contains("already loaded in another classloader")
                    ? ""
                    : "the native library could not be loaded: " + message;
        }
    }

    /** As OpenBLAS counts: the first of these variables that is a number, at most one for each processor. */
    private static int threads() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Stream.of("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS")
                .map(variable -> System.getenv().getOrDefault(variable, ""))
                .filter(value -> value.matches("[1-9]\\d{0,5}"))
                .findFirst()
                .map(value -> Math.min(processors, Integer.parseInt(value)))
                .orElse(processors);
    }
}
