package org.jacobean.explain;

import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/** A long loop: it ends when its thread is interrupted, and tells about ten times a second how far it is. */
final class Work {

    private static final long BETWEEN_REPORTS = 100_000_000; // ns

    private static final long BETWEEN_LOOKS = 1_000_000;

    private final String what;
    private final long total;
    private final GradientCheck.Progress progress;
    private final Words words;
    private Measured measured;
    private long done;
    private long read;
    private long reported = System.nanoTime();

    Work(String what, long total, GradientCheck.Progress progress) {
        this(what, total, progress, null);
    }

    /** @param words which the progress tells too, or null */
    Work(String what, long total, GradientCheck.Progress progress, Words words) {
        this.what = what;
        this.total = total;
        this.progress = progress;
        this.words = words;
        stopIfInterrupted();
    }

    /** What there is to say while it goes on. */
    interface Words {

        void did(long more);

        /** @param measured as far as it is, of what is at work */
        String of(Measured measured);
    }

    /** Returns what is filled from here on. */
    Measured into(Measured measured) {
        this.measured = measured;
        return measured;
    }

    void stopIfInterrupted() {
        Interrupts.check(what);
    }

    /** The numbers of {@code matrix}, as often as they are asked for, until an interrupt. */
    Supplier<DoubleStream> reading(Matrix matrix) {
        return () -> matrix.stream().peek(a -> {
            if (++read % BETWEEN_LOOKS == 0) {
                stopIfInterrupted();
            }
        });
    }

    void did(long more) {
        stopIfInterrupted();
        done += more;
        if (words != null) {
            words.did(more);
        }
        long now = System.nanoTime();
        if (done == total || now - reported >= BETWEEN_REPORTS) {
            reported = now;
            progress.at(done, total, words == null || done == total ? "" : words.of(measured));
        }
    }
}
