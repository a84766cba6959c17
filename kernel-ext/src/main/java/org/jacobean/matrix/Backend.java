package org.jacobean.matrix;

/**
 * What multiplies matrices too large for plain loops: a native library, or Java where there is none. Either gives the same
 * numbers but for the order of additions.
 *
 * <p>The native library is named by {@code -Ddev.ludovic.netlib.blas.nativeLibPath=FILE}, as the set-up does; OpenBLAS takes
 * the number of its threads from the environment variable {@code OPENBLAS_NUM_THREADS}.
 *
 * @param name {@code Java}, or the native library's file
 * @param isNative whether it is a native library
 * @param threads how many threads it may use for one product
 * @param remark why it is Java, or nothing
 */
public record Backend(String name, boolean isNative, int threads, String remark) {

    /** The one in use, as long as this Java runs. */
    public static Backend current() {
        return Blas.inUse().backend();
    }

    /** {@code libopenblas.so.0, 1 thread}, or {@code Java, 1 thread (no native library was named)}. */
    @Override
    public String toString() {
        return name + ", " + threads + (threads == 1 ? " thread" : " threads")
                + (remark.isEmpty() ? "" : " (" + remark + ")");
    }
}
