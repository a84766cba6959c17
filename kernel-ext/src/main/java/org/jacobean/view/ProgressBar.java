package org.jacobean.view;

import java.util.Locale;
import org.jacobean.view.View.Block;

/** How far long work is: see {@link Display#progress}. */
record ProgressBar(String what, long done, long total) implements Block {

    private static final int WIDTH = 20;

    /** {@code 40}. */
    long percent() {
        return 100 * done / total;
    }

    /** {@code [########------------]}. */
    String bar() {
        int full = (int) (WIDTH * done / total);
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
    }

    /** {@code checking [########------------] 40% (400 of 1,000)}. */
    String text() {
        return String.format(Locale.ROOT, "%s %s %d%% (%,d of %,d)", what, bar(), percent(), done, total);
    }
}
