package org.jacobean.explain;

import java.util.stream.IntStream;

/** Gradients measured by central differences, each in its own way: those of a layer, and those of a network. */
interface Differences {

    /** The first rounds are slower than all others. */
    long TRIAL = 100_000_000; // ns

    /**
     * As far as it came until an interrupt.
     *
     * @param role of x or of a parameter
     * @param elements of it, row by row; null for all of them
     */
    Measured of(String role, int[] elements);

    /** Elements that together take as long as any others of {@code role}; some may be past its end. */
    int[] few(String role);

    /** How many nanoseconds an element of {@code role} takes, of which there are {@code size}: tried on a few. */
    default double pace(String role, int size) {
        int[] few = IntStream.of(few(role)).filter(element -> element < size).toArray();
        long once = Long.MAX_VALUE; // what is done once for all of them
        long some = Long.MAX_VALUE;
        for (long end = System.nanoTime() + TRIAL; some == Long.MAX_VALUE || System.nanoTime() - end < 0; ) {
            once = Math.min(once, time(role, new int[0]));
            some = Math.min(some, time(role, few));
        }
        return Math.max(0, some - once) / (double) few.length;
    }

    private long time(String role, int[] elements) {
        long start = System.nanoTime();
        of(role, elements);
        return System.nanoTime() - start;
    }
}
