package org.jacobean.view;

import java.util.Locale;
import org.jacobean.view.View.Block;

/** How far long work is, and a few words beside it, or none: see {@link Display#progress}. */
record ProgressBar(String what, long done, long total, String words) implements Block {

    private static final int WIDTH = 20;

    /** {@code 40}; whatever was counted, from 0 to 100. */
    long percent() {
        return total <= 0 ? 100 : Math.max(0, Math.min(100, 100 * done / total));
    }

    /** {@code [########------------]}. */
    String bar() {
        int full = (int) (WIDTH * percent() / 100);
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
    }

    /** {@code checking [########------------] 40% (400 of 1,000)}, and then {@code : loss 0.12}. */
    String text() {
        return String.format(Locale.ROOT, "%s %s %d%% (%,d of %,d)", what, bar(), percent(), done, total)
                + (words.isEmpty() ? "" : ": " + words);
    }
}
