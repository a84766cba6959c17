package org.jacobean.matrix;

import java.util.Spliterator;
import java.util.Spliterators.AbstractDoubleSpliterator;
import java.util.function.DoubleConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * The way through many numbers in parts, between which the thread looks whether it was interrupted. The flag stays set, for
 * whoever runs the work.
 */
final class Parts {

    /** Numbers in a part: some ten microseconds, or a few milliseconds of a person's own function. */
    private static final int SIZE = 1 << 14;

    private Parts() {}

    interface Part {
        void of(int from, int to);
    }

    /** All numbers from 0 to {@code count − 1}. */
    static void of(int count, Part part) {
        int to;
        for (int from = 0; from < count; from = to) {
            stopIfInterrupted();
            to = from + Math.min(SIZE, count - from);
            part.of(from, to);
        }
    }

    /** For a loop over rows. */
    static void stopIfInterrupted() {
        Interrupts.check("the matrix");
    }

    /** For a loop over rows that is short in most cases: looks once a part is behind it. */
    static void stopIfInterrupted(int row, int columns) {
        if ((long) row * columns >= SIZE) {
            stopIfInterrupted();
        }
    }

    /** For a loop over single numbers, whose {@code k}th it is: looks where a part begins. */
    static void stopIfInterrupted(int k) {
        if (k % SIZE == 0) {
            stopIfInterrupted();
        }
    }

    /** The numbers from {@code number.applyAsDouble(0)} on, as often as a stream asks for them. */
    static DoubleStream stream(int count, IntToDoubleFunction number) {
        return StreamSupport.doubleStream(new Numbers(count, number), false);
    }

    private static final class Numbers extends AbstractDoubleSpliterator {

        private final int count;
        private final IntToDoubleFunction number;
        private int next;

        Numbers(int count, IntToDoubleFunction number) {
            super(count, Spliterator.ORDERED | Spliterator.SIZED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
            this.count = count;
            this.number = number;
        }

        @Override
        public boolean tryAdvance(DoubleConsumer action) {
            if (next == count) {
                return false;
            }
            Parts.stopIfInterrupted(next);
            action.accept(number.applyAsDouble(next++));
            return true;
        }

        @Override
        public void forEachRemaining(DoubleConsumer action) {
            int start = next;
            next = count;
            Parts.of(count - start, (from, to) -> {
                for (int k = start + from; k < start + to; k++) {
                    action.accept(number.applyAsDouble(k));
                }
            });
        }
    }
}
