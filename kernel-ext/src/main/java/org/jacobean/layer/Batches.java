package org.jacobean.layer;

import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;
import org.jacobean.matrix.ShapeException.Fact;
import org.jacobean.matrix.ShapeException.Operand;

/**
 * The rows of x [N × n] and y [N × m], so many at a time, for a loop that learns from them; the last batch has what is left.
 *
 * <pre>{@code
 * for (Batch batch : Batches.of(x, y, 32).shuffled(epoch)) {
 *     net = net.minus(net.forward(batch.x()).backward(new CrossEntropy(), batch.y()), 0.1);
 * }
 * }</pre>
 *
 * <p>A loop over them ends with a {@link java.util.concurrent.CancellationException} when its thread is interrupted.
 */
public final class Batches implements Iterable<Batch> {

    private final Matrix x;
    private final Matrix y;
    private final int size;
    /** Which row comes when; null: in their order. */
    private final int[] order;

    private Batches(Matrix x, Matrix y, int size, int[] order) {
        this.x = x;
        this.y = y;
        this.size = size;
        this.order = order;
    }

    /**
     * All rows in their order, {@code size} at a time.
     *
     * @param y what f should be, or the classes [N × 1]
     * @throws ShapeException when y has not as many rows as x
     */
    public static Batches of(Matrix x, Matrix y, int size) {
        Operands.require("x", x, "the batches");
        Operands.require("y", y, "the batches");
        if (x.rows() != y.rows()) {
            throw unfit(x, y);
        }
        if (size < 1) {
            throw new IllegalArgumentException("a batch has at least one row, such as 32, not " + size);
        }
        return new Batches(x, y, size, null);
    }

    private static ShapeException unfit(Matrix x, Matrix y) {
        Operand inputs = Operand.of(x, "x");
        Operand targets = Operand.of(y, "y");
        return ShapeException.of(
                targets + " does not fit " + inputs,
                "",
                Fact.of(inputs),
                Fact.of(targets),
                Fact.rule(targets + " has a row for each row of " + inputs + " (" + counted(x.rows()) + ")"),
                Fact.hint(
                        y.columns() == x.rows()
                                ? targets + ".transpose() fits"
                                : "the rows of both that belong together, such as " + inputs + ".rows(0, "
                                        + Math.min(x.rows(), y.rows()) + ") and " + targets + ".rows(0, "
                                        + Math.min(x.rows(), y.rows()) + ")"));
    }

    /**
     * The same rows in an order drawn by chance, each once; the same {@code seed}, such as the epoch, gives the same order
     * on every machine.
     */
    public Batches shuffled(long seed) {
        int[] shuffled = IntStream.range(0, x.rows()).toArray();
        Random random = new Random(mixed(seed));
        for (int i = shuffled.length - 1; i > 0; i--) {
            Interrupts.check("the shuffling");
            int k = random.nextInt(i + 1);
            int row = shuffled[i];
            shuffled[i] = shuffled[k];
            shuffled[k] = row;
        }
        return new Batches(x, y, size, shuffled);
    }

    /**
     * Random's first numbers hardly differ between neighbouring seeds, such as epochs. After G. Steele, D. Lea and C. Flood,
     * Fast Splittable Pseudorandom Number Generators, 2014, figure 16 (its variant 13 by D. Stafford).
     */
    private static long mixed(long seed) {
        long z = seed + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** How many batches there are: N/size, rounded up. */
    public int count() {
        return (x.rows() - 1) / size + 1;
    }

    @Override
    public Iterator<Batch> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < x.rows();
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("there are " + count() + " batches");
                }
                Interrupts.check("the loop over the batches");
                int from = next;
                next += Math.min(size, x.rows() - from);
                return new Batch(part(x, from, next), part(y, from, next));
            }
        };
    }

    private Matrix part(Matrix all, int from, int to) {
        return order == null
                ? all.rows(from, to)
                : all.rowsAt(IntStream.range(from, to).map(i -> order[i]).toArray());
    }

    private static String counted(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code Batches of 32: 1,797 rows, 57 batches, the last of 5, shuffled}. */
    @Override
    public String toString() {
        int last = x.rows() - (count() - 1) * size;
        return "Batches of " + size + ": " + counted(x.rows()) + " rows, " + counted(count())
                + (count() > 1 ? " batches" : " batch")
                + (last == size ? "" : (count() > 1 ? ", the last of " : " of ") + counted(last))
                + (order == null ? "" : ", shuffled");
    }
}
