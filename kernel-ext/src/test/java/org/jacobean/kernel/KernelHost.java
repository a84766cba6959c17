package org.jacobean.kernel;

import java.util.Map;
import org.jacobean.kernel.Cells.Outcome;
import org.jacobean.kernel.client.KernelClient;
import org.jacobean.kernel.client.Reply;

/** A kernel as the table of cells sees it. */
final class KernelHost {

    private KernelHost() {}

    static Outcome run(KernelClient kernel, String cell) {
        Reply reply = kernel.run(cell);
        StringBuilder shown = new StringBuilder();
        reply.displays().forEach(display -> shown.append(text(display.data())));
        shown.append(text(reply.result()));
        return new Outcome(shown.toString(), reply.stdout().stripTrailing(), message(reply));
    }

    /** rapaio-jupyter-kernel gives a number, and what else nobody renders, as HTML alone. */
    private static String text(Map<String, String> data) {
        return data.getOrDefault("text/plain", data.getOrDefault("text/html", ""));
    }

    /** An error's message without the class in front, which is JJava's way of writing it. */
    static String message(Reply reply) {
        return reply.evalue() == null ? "" : reply.evalue().replaceFirst("^[\\w.$]+, ", "");
    }
}
