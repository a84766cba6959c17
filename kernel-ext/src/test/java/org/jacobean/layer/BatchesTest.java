package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Rows in batches: in order, shuffled, and what does not fit. */
class BatchesTest {

    private final Matrix x = Matrix.parse("1 10; 2 20; 3 30; 4 40; 5 50").named("images");
    private final Matrix y = Matrix.column(1, 2, 3, 4, 5);

    @Test
    void theLastHasWhatIsLeft() {
        List<Batch> batches = all(Batches.of(x, y, 2));
        assertEquals(
                List.of(
                        new Batch(Matrix.parse("1 10; 2 20"), Matrix.column(1, 2)),
                        new Batch(Matrix.parse("3 30; 4 40"), Matrix.column(3, 4)),
                        new Batch(Matrix.row(5, 50), Matrix.parse("5"))),
                batches);
        // A part of images is not the variable of that name: it would look like an earlier value of it.
        assertEquals(Optional.empty(), batches.get(0).x().name());
        assertEquals("Batch: x 2 × 2, y 2 × 1", batches.get(0).toString());
    }

    @Test
    void theyKnowHowManyTheyAre() {
        assertEquals("Batches of 2: 5 rows, 3 batches, the last of 1", describe(2));
        assertEquals("Batches of 1: 5 rows, 5 batches", describe(1));
        assertEquals("Batches of 5: 5 rows, 1 batch", describe(5));
        assertEquals("Batches of 9: 5 rows, 1 batch of 5", describe(9));
        assertEquals("Batches of " + Integer.MAX_VALUE + ": 5 rows, 1 batch of 5", describe(Integer.MAX_VALUE));
        assertEquals(
                "Batches of 32: 1,797 rows, 57 batches, the last of 5, shuffled",
                Batches.of(Matrix.zeros(1797, 1), Matrix.zeros(1797, 1), 32)
                        .shuffled(1)
                        .toString());
    }

    private String describe(int size) {
        Batches batches = Batches.of(x, y, size);
        assertEquals(all(batches).size(), batches.count());
        return batches.toString();
    }

    /** The order that java.util's own shuffle gives, and its own mixing of a seed. */
    @Test
    void shuffledTheyHaveEachRowOnceInTheSameOrderEverywhere() {
        Matrix inputs = Matrix.column(IntStream.range(0, 100).asDoubleStream().toArray());
        for (long seed : new long[] {0, 1, 2, -7, Long.MAX_VALUE}) {
            List<Double> expected = new ArrayList<>(
                    IntStream.range(0, 100).asDoubleStream().boxed().toList());
            Collections.shuffle(expected, new Random(new SplittableRandom(seed).nextLong()));
            List<Double> rows = new ArrayList<>();
            for (Batch batch : Batches.of(inputs, inputs.scale(2), 7).shuffled(seed)) {
                batch.x().stream().forEach(rows::add);
                assertEquals(batch.x().scale(2), batch.y());
            }
            assertEquals(expected, rows);
        }
        assertEquals(
                all(Batches.of(inputs, inputs, 7).shuffled(3)),
                all(Batches.of(inputs, inputs, 7).shuffled(1).shuffled(3)));
        assertNotEquals(
                all(Batches.of(inputs, inputs, 7).shuffled(3)),
                all(Batches.of(inputs, inputs, 7).shuffled(4)));
    }

    @Test
    void twoLoopsDoNotDisturbEachOther() {
        Batches batches = Batches.of(x, y, 2);
        Iterator<Batch> one = batches.iterator();
        one.next();
        assertEquals(3, all(batches).size());
        one.next();
        one.next();
        assertEquals(
                "there are 3 batches",
                assertThrows(NoSuchElementException.class, one::next).getMessage());
    }

    @Test
    void anInterruptedLoopEnds() {
        Iterator<Batch> loop = Batches.of(x, y, 2).iterator();
        loop.next();
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: the loop over the batches was given up",
                    assertThrows(CancellationException.class, loop::next).getMessage());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals(
                """
                y does not fit images
                  images  5 × 2
                  y       3 × 1
                  rule    y has a row for each row of images (5)
                  try     the rows of both that belong together, such as images.rows(0, 3) and
                          y.rows(0, 3)""",
                message(() -> Batches.of(x, y.rows(0, 3), 2)));
        assertEquals(
                """
                digit does not fit images
                  images  5 × 2
                  digit   1 × 5
                  rule    digit has a row for each row of images (5)
                  try     digit.transpose() fits""",
                message(() -> Batches.of(x, y.transpose().named("digit"), 2)));
        assertEquals("a batch has at least one row, such as 32, not 0", message(() -> Batches.of(x, y, 0)));
        assertEquals("a batch has at least one row, such as 32, not -1", message(() -> Batches.of(x, y, -1)));
        assertEquals(
                "x of the batches is null; did the cell that declares it fail?", message(() -> Batches.of(null, y, 2)));
        assertEquals(
                "y of the batches is null; did the cell that declares it fail?", message(() -> Batches.of(x, null, 2)));
    }

    private static List<Batch> all(Batches batches) {
        List<Batch> all = new ArrayList<>();
        batches.forEach(all::add);
        return all;
    }

    private static String message(Runnable mistake) {
        return assertThrows(IllegalArgumentException.class, mistake::run).getMessage();
    }
}
