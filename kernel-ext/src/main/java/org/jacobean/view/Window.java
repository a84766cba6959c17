package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which of {@code count} rows or columns are shown: all, or the first and last ones and a gap between.
 *
 * @param indices those shown, in order; {@link #GAP} where some are left out
 */
record Window(int count, List<Integer> indices) {

    static final int GAP = -1;

    static Window of(int count, int limit) {
        List<Integer> indices = new ArrayList<>();
        int head = count <= limit ? count : (limit + 1) / 2;
        int tail = count <= limit ? 0 : limit / 2;
        for (int i = 0; i < head; i++) {
            indices.add(i);
        }
        if (head + tail < count) {
            indices.add(GAP);
        }
        for (int i = count - tail; i < count; i++) {
            indices.add(i);
        }
        return new Window(count, List.copyOf(indices));
    }

    boolean whole() {
        return !indices.contains(GAP);
    }

    int shown() {
        return whole() ? count : indices.size() - 1;
    }

    /** {@code 12 of 5,000 rows}. */
    String said(String what) {
        return String.format(Locale.ROOT, "%,d of %,d %s", shown(), count, what);
    }

    /** {@code shown: 12 of 5,000 rows, 12 of 300 columns}, or nothing where all is shown. */
    static List<String> leftOut(Window rows, Window columns) {
        List<String> parts = new ArrayList<>();
        if (!rows.whole()) {
            parts.add(rows.said("rows"));
        }
        if (!columns.whole()) {
            parts.add(columns.said("columns"));
        }
        return parts.isEmpty() ? List.of() : List.of("shown: " + String.join(", ", parts));
    }
}
