package org.jacobean.view;

import java.util.UUID;
import java.util.function.LongSupplier;
import org.jacobean.explain.GradientCheck;

/**
 * How far long work is, shown in one place, ten times a second at most. Work that is soon done shows nothing of it, unless
 * it ends with words.
 */
final class LiveProgress implements GradientCheck.Progress {

    private static final long QUIET = 500_000_000; // ns
    private static final long BETWEEN = 100_000_000;

    private final String what;
    private final LongSupplier nanoTime;
    private final String id = "progress-" + UUID.randomUUID();
    private long due;
    private boolean shown;

    LiveProgress(String what, LongSupplier nanoTime) {
        this.what = what;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong() + QUIET;
    }

    @Override
    public void at(long done, long total) {
        at(done, total, "");
    }

    @Override
    public void at(long done, long total, String words) {
        long now = nanoTime.getAsLong();
        boolean last = done >= total;
        String said = words == null ? "" : words;
        if (last ? shown || !said.isEmpty() : now - due >= 0) {
            shown = true;
            due = now + BETWEEN;
            Display.show(id, new ProgressBar(what, done, total, said));
        }
    }
}
