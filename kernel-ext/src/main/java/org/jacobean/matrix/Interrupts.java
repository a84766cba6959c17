package org.jacobean.matrix;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * What long work asks every few milliseconds: whether its thread was interrupted. The flag stays set, for whoever runs the
 * work.
 */
public final class Interrupts {

    private Interrupts() {}

    /** @throws CancellationException {@code interrupted: WORK was given up}, where this thread was interrupted */
    public static void check(String work) {
        if (Thread.currentThread().isInterrupted()) {
            throw givenUp(work);
        }
    }

    /** The same with what it came to, in words of its own. */
    public static void check(Supplier<String> outcome) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted: " + outcome.get());
        }
    }

    /** What to throw where an interrupt has shown in another way. */
    public static CancellationException givenUp(String work) {
        return new CancellationException("interrupted: " + work + " was given up");
    }
}
