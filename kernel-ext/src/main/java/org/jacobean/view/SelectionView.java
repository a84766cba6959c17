package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jacobean.view.View.Line;
import tech.tablesaw.selection.Selection;

/**
 * Which rows a Tablesaw selection holds: {@code 0 to 4, 7, 9}. It is not gone through: where a run of rows ends is searched.
 */
final class SelectionView {

    private static final int MOST_RUNS = 12;

    private SelectionView() {}

    static View of(Selection selection) {
        int size = selection.size();
        if (size == 0) {
            return View.of(new Line("selection of no rows"));
        }
        String counted = String.format(Locale.ROOT, size == 1 ? "selection of %,d row" : "selection of %,d rows", size);
        return View.of(new Line(counted + ": " + String.join(", ", runs(selection, size))));
    }

    private static List<String> runs(Selection selection, int size) {
        List<String> runs = new ArrayList<>();
        int k = 0;
        while (k < size && runs.size() < MOST_RUNS) {
            int end = end(selection, k, size);
            int first = selection.get(k);
            int last = selection.get(end);
            runs.add(end == k ? "" + first : first + (end == k + 1 ? ", " : " to ") + last);
            k = end + 1;
        }
        if (k < size) {
            runs.add("…");
            runs.add("" + selection.get(size - 1));
        }
        return runs;
    }

    /** The last position whose row follows that at {@code k} without a gap: rows rise, so it can be halved towards. */
    private static int end(Selection selection, int k, int size) {
        int offset = selection.get(k) - k;
        int step = 1;
        while (k + step < size && selection.get(k + step) - (k + step) == offset) {
            step = step <= size / 2 ? 2 * step : size;
        }
        int in = k + step / 2;
        int out = Math.min(k + step, size);
        while (out - in > 1) {
            int middle = (in + out) >>> 1;
            if (selection.get(middle) - middle == offset) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }
}
