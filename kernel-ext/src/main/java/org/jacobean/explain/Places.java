package org.jacobean.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jacobean.matrix.Matrix;

/** Some elements of a matrix, and how to say which. */
final class Places {

    private static final int MOST_NAMED = 3;

    final BitSet rows = new BitSet();
    final BitSet columns = new BitSet();
    private final List<int[]> first = new ArrayList<>();
    private long count;

    void add(int i, int j) {
        rows.set(i);
        columns.set(j);
        count++;
        if (first.size() < MOST_NAMED) {
            first.add(new int[] {i, j});
        }
    }

    long count() {
        return count;
    }

    /** {@code row 2}, {@code columns 1 and 3}, or single elements. */
    String where(Matrix its, String label) {
        boolean line = its.rows() == 1 || its.columns() == 1;
        if (!line && count == (long) rows.cardinality() * its.columns()) {
            return lines("row", rows);
        }
        if (!line && count == (long) columns.cardinality() * its.rows()) {
            return lines("column", columns);
        }
        return list(first.stream().map(at -> element(label, its, at[0], at[1])).toList(), count);
    }

    /** {@code rows 1, 2, 3 and 5 more}. */
    static String lines(String what, BitSet numbers) {
        int count = numbers.cardinality();
        IntStream named = numbers.stream().limit(MOST_NAMED);
        return what
                + (count == 1 ? " " : "s ")
                + list(named.mapToObj(i -> "" + (i + 1)).toList(), count);
    }

    /** {@code dL/dw[2,1]}, or {@code dL/dx[3]} in a single row. */
    static String element(String label, Matrix its, int i, int j) {
        return label + "[" + (its.rows() == 1 ? "" : (i + 1) + ",") + (j + 1) + "]";
    }

    /** {@code a, b and c}, or {@code a, b, c and 5 more}. */
    private static String list(List<String> first, long count) {
        if (count > first.size()) {
            return String.join(", ", first) + String.format(Locale.ROOT, " and %,d more", count - first.size());
        }
        int last = first.size() - 1;
        return last == 0 ? first.get(0) : String.join(", ", first.subList(0, last)) + " and " + first.get(last);
    }
}
