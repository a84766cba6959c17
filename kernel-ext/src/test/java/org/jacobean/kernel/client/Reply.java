package org.jacobean.kernel.client;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;

/**
 * What a cell came to, as a Jupyter client sees it.
 *
 * @param status          {@code ok}, {@code error}, {@code aborted}, or {@code timeout} when it wasn't done in time
 * @param ename           the kind of error, null when there was none
 * @param evalue          the error's message, null when there was none
 * @param traceback       the error's lines, mostly with colour codes
 * @param result          the value of the cell, MIME type → text; empty when it has none
 * @param displays        what was shown besides, in order
 * @param updates         what replaced something shown before, in order
 * @param stdout          what was printed
 * @param stderr          what was printed as a warning
 * @param executionCount  the number of the cell, null when the kernel doesn't say
 * @param seconds         from the request to its reply, null without a reply
 * @param secondsAfterInterrupt from the interrupt to the reply, null without an interrupt
 */
public record Reply(
        String status,
        String ename,
        String evalue,
        List<String> traceback,
        @SerializedName("results") Map<String, String> result,
        List<Display> displays,
        List<Display> updates,
        String stdout,
        String stderr,
        @SerializedName("execution_count") Integer executionCount,
        Double seconds,
        @SerializedName("seconds_after_interrupt") Double secondsAfterInterrupt) {

    /** One display: its id (null when it has none) and MIME type → text. */
    public record Display(@SerializedName("display_id") String id, Map<String, String> data) {
        public String text() {
            return data.get("text/plain");
        }

        public String html() {
            return data.get("text/html");
        }
    }

    public boolean ok() {
        return status.equals("ok");
    }

    /** The value as text, null when the cell has none. */
    public String text() {
        return result.get("text/plain");
    }

    /** The value as HTML, null when the cell has none. */
    public String html() {
        return result.get("text/html");
    }
}
