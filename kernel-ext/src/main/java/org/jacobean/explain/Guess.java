package org.jacobean.explain;

import org.jacobean.explain.Diagnosis.Finding;
import org.jacobean.explain.Diagnosis.Kind;

/**
 * The numbers that a mistake would give.
 *
 * @param needed how many elements must tell them from the right ones: see {@link Evidence}
 */
record Guess(Kind kind, int needed, Lazy numbers, String mistake, String remedy) {

    /** A guess without anything to be found out: one telling element is enough. */
    static Guess of(Kind kind, Lazy numbers, String mistake, String remedy) {
        return new Guess(kind, 1, numbers, mistake, remedy);
    }

    /** One of {@code count} guesses of a kind. */
    Guess oneOf(int count) {
        return new Guess(kind, Evidence.oneOf(count), numbers, mistake, remedy);
    }

    Finding finding() {
        return new Finding(kind, mistake, remedy);
    }

    /** {@code … is the right one transposed, to 4 decimals: …}. */
    Finding finding(Decimals decimals) {
        return new Finding(kind, mistake + ", to " + decimals, remedy);
    }
}
