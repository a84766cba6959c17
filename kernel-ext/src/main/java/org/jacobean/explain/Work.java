package org.jacobean.explain;

import java.util.concurrent.CancellationException;

/** A long loop: it ends when its thread is interrupted, and tells about ten times a second how far it is. */
final class Work {

    private static final long BETWEEN_REPORTS = 100_000_000; // ns

    private final String what;
    private final long total;
    private final GradientCheck.Progress progress;
    private long done;
    private long reported = System.nanoTime();

    Work(String what, long total, GradientCheck.Progress progress) {
        this.what = what;
        this.total = total;
        this.progress = progress;
        stopIfInterrupted();
    }

    /** The flag stays set, for whoever runs the loop. */
    void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted: " + what + " was given up");
        }
    }

    void did(long more) {
        stopIfInterrupted();
        done += more;
        long now = System.nanoTime();
        if (done == total || now - reported >= BETWEEN_REPORTS) {
            reported = now;
            progress.at(done, total);
        }
    }
}
