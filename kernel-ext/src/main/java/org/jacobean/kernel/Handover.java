package org.jacobean.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jacobean.matrix.Interrupts;

/**
 * The way of a value out of evaluated source and back into it. A shell hands out texts, not values, and names everything
 * that an expression leaves behind, so that it would stay in memory; and it wraps what an expression throws. So the source
 * gives its value here under a number, and who asked for it takes it away.
 *
 * <p>Public because the evaluated source calls it. Nothing stays in it longer than one magic runs.
 */
public final class Handover {

    private static final AtomicLong TICKETS = new AtomicLong();
    private static final Map<Long, Outcome> OUTCOMES = new ConcurrentHashMap<>();

    private Handover() {}

    /** A value, or what was thrown on the way to it; and what is to be said about what it is made from, or "". */
    record Outcome(Object value, Throwable failure, String warning) {}

    static long ticket() {
        return TICKETS.incrementAndGet();
    }

    /** Keeps {@code value}, and returns it. */
    public static <T> T give(long ticket, T value) {
        Interrupts.check("the magic"); // so late that nothing in the expression has noticed
        OUTCOMES.merge(ticket, new Outcome(value, null, ""), (warned, its) -> new Outcome(value, null, warned.warning));
        return value;
    }

    /** Keeps what is to be said about what the value is made from. */
    public static void warn(long ticket, String warning) {
        OUTCOMES.put(ticket, new Outcome(null, null, warning));
    }

    /** Keeps what the expression threw. */
    public static void fail(long ticket, Throwable failure) {
        OUTCOMES.merge(ticket, new Outcome(null, failure, ""), (warned, its) -> new Outcome(null, failure, warned.warning));
    }

    /** The value given under {@code ticket}, as the variable's type. */
    @SuppressWarnings("unchecked")
    public static <T> T value(long ticket) {
        return (T) OUTCOMES.get(ticket).value();
    }

    /** What came under {@code ticket}, or null where the source never got so far. */
    static Outcome outcome(long ticket) {
        return OUTCOMES.get(ticket);
    }

    static void forget(long ticket) {
        OUTCOMES.remove(ticket);
    }
}
