package org.jacobean.matrix;

/** What to try where this Java's memory is too small. */
public final class Memory {

    private static final long GIGABYTE = 1L << 30; // as -Xmx counts

    private Memory() {}

    /** {@code start Java with more, -Xmx8g; the kernel: python3 install --jvm-option=-Xmx8g}: twice what it has. */
    public static String more() {
        return more(Runtime.getRuntime().maxMemory());
    }

    static String more(long most) {
        String option = "-Xmx" + (2 * most + GIGABYTE - 1) / GIGABYTE + "g";
        return "start Java with more, " + option + "; the kernel: python3 install --jvm-option=" + option;
    }
}
