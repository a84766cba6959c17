package org.jacobean.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.ShapeException;

/**
 * How often each class was taken for which: f [N × m] has a score for each of m classes, and the prediction for a row is the
 * class with the largest, the first of several. A row with a NaN predicts nothing. y has the class of each row, from 0 to
 * m − 1.
 *
 * <pre>{@code
 * Confusion confusion = Confusion.of(network.forward(x).output(), y);
 * double right = confusion.accuracy();
 * Matrix misread = x.rowsAt(confusion.wrong());
 * }</pre>
 */
public final class Confusion {

    /** What a row with a NaN predicts. */
    public static final int NONE = -1;

    private final int classes;
    private final int[] labels;
    private final int[] predicted;
    /** Only those that are not 0: of many classes there may be more pairs than a Java array can hold. */
    private final Map<Pair, Integer> counts = new HashMap<>();

    private record Pair(int actual, int predicted) {}

    private Confusion(Matrix f, int[] labels) {
        this.classes = f.columns();
        this.labels = labels;
        this.predicted = new int[labels.length];
        for (int r = 0; r < labels.length; r++) {
            Interrupts.check("the confusion");
            predicted[r] = largest(f, r);
            counts.merge(new Pair(labels[r], predicted[r]), 1, Integer::sum);
        }
    }

    /**
     * The scores against the classes.
     *
     * @param f scores, or probabilities, [N × m]
     * @param y classes [N × 1] or [1 × N], as a {@link CrossEntropy} takes them
     * @throws ShapeException when y has not a class for each row of f
     * @throws IllegalArgumentException naming a class that is not the number of a column
     */
    public static Confusion of(Matrix f, Matrix y) {
        require("f", f);
        require("y", y);
        Interrupts.check("the confusion");
        return new Confusion(f, CrossEntropy.labels(f, y));
    }

    private static void require(String name, Matrix matrix) {
        if (matrix == null) {
            throw new IllegalArgumentException(name + " of a confusion is null; did the cell that declares it fail?");
        }
    }

    private static int largest(Matrix f, int row) {
        int largest = 0;
        for (int j = 0; j < f.columns(); j++) {
            double score = f.get(row, j);
            if (Double.isNaN(score)) {
                return NONE;
            }
            largest = score > f.get(row, largest) ? j : largest;
        }
        return largest;
    }

    /** m. */
    public int classes() {
        return classes;
    }

    /** N. */
    public int rows() {
        return labels.length;
    }

    /**
     * How many rows of the class {@code actual} were taken for {@code predicted}.
     *
     * @param predicted a class, or {@link #NONE}
     */
    public int count(int actual, int predicted) {
        if (actual < 0 || actual >= classes || predicted < NONE || predicted >= classes) {
            throw new IndexOutOfBoundsException(
                    "confusion.count(" + actual + ", " + predicted + "): the classes count from 0 to " + (classes - 1));
        }
        return counts.getOrDefault(new Pair(actual, predicted), 0);
    }

    /** How many rows were taken for what they are. */
    public int right() {
        return rows() - wrong().length;
    }

    /** How many of the rows were taken for what they are, from 0 to 1. */
    public double accuracy() {
        return (double) right() / rows();
    }

    /** The numbers of the rows that were taken for another class, or for none, counted from 0. */
    public int[] wrong() {
        return IntStream.range(0, rows()).filter(r -> predicted[r] != labels[r]).toArray();
    }

    /** The class predicted for each row, or {@link #NONE}. */
    public int[] predicted() {
        return predicted.clone();
    }

    /** How many rows predict nothing. */
    public int without() {
        return (int) IntStream.of(predicted).filter(its -> its == NONE).count();
    }

    /** {@code 96 of 100 right, 96.0 %; 1 row has a NaN and predicts nothing; most often 8 was taken for 3 (2 rows)}. */
    public String summary() {
        int right = right();
        String summary =
                String.format(Locale.ROOT, "%,d of %,d right, %.1f %%", right, rows(), perMille(right, rows()) / 10.0);
        int without = without();
        if (without > 0) {
            summary += String.format(
                    Locale.ROOT,
                    without == 1
                            ? "; %,d row has a NaN and predicts nothing"
                            : "; %,d rows have a NaN and predict nothing",
                    without);
        }
        return summary
                + counts.entrySet().stream()
                        .filter(each -> each.getKey().predicted != NONE
                                && each.getKey().predicted != each.getKey().actual
                                && each.getValue() > 1)
                        .min((a, b) -> a.getValue().equals(b.getValue())
                                ? compare(a.getKey(), b.getKey())
                                : b.getValue() - a.getValue())
                        .map(most -> String.format(
                                Locale.ROOT,
                                "; most often %d was taken for %d (%,d rows)",
                                most.getKey().actual,
                                most.getKey().predicted,
                                most.getValue()))
                        .orElse("");
    }

    /** 1000·right/all, rounded half up, but 1000 only when all are right. */
    private static long perMille(long right, long all) {
        return right == all ? 1000 : Math.min(999, (2000 * right + all) / (2 * all));
    }

    private static int compare(Pair a, Pair b) {
        return a.actual == b.actual ? a.predicted - b.predicted : a.actual - b.actual;
    }

    /** {@code Confusion of 10 classes: 96 of 100 right, 96.0 %}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Confusion of %,d %s: ", classes, classes == 1 ? "class" : "classes")
                + summary();
    }
}
