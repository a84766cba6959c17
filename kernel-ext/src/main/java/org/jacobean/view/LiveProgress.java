package org.jacobean.view;

import java.util.UUID;
import java.util.function.LongSupplier;
import org.jacobean.explain.GradientCheck;

/** How far long work is, shown in one place, and not at all where it is soon done. */
final class LiveProgress implements GradientCheck.Progress {

    private static final long QUIET = 500_000_000; // ns

    private final String what;
    private final LongSupplier nanoTime;
    private final long begun;
    private final String id = "progress-" + UUID.randomUUID();
    private boolean shown;

    LiveProgress(String what, LongSupplier nanoTime) {
        this.what = what;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    @Override
    public void at(long done, long total) {
        if (shown || done < total && nanoTime.getAsLong() - begun >= QUIET) {
            shown = true;
            Display.show(id, new ProgressBar(what, done, total));
        }
    }
}
