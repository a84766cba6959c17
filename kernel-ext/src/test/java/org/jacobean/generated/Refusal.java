package org.jacobean.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.Callable;
import org.jacobean.matrix.Visible;

/** What something is, or the one error that says why not. */
public final class Refusal {

    private static final Set<String> OURS = Set.of(
            "java.lang.IllegalArgumentException",
            "org.jacobean.magic.MagicException",
            "org.jacobean.matrix.ShapeException",
            "org.jacobean.kernel.MagicError",
            "org.jacobean.kernel.jshell.CellException");

    private static final int LONGEST = 4000;

    private Refusal() {}

    /** The value of {@code call}, or null where it is refused as we refuse: any other failure fails the test. */
    public static <T> T orValue(Callable<T> call) throws Exception {
        try {
            return call.call();
        } catch (RuntimeException | Error e) {
            check(e);
            return null;
        }
    }

    /** Fails unless it was thrown by us, on purpose, and tells a person something. */
    public static void check(Throwable e) {
        if (!OURS.contains(e.getClass().getName())) {
            throw new AssertionError("not ours: " + e, e);
        }
        String message = e.getMessage();
        assertTrue(message != null && !message.isBlank(), "no message");
        assertTrue(
                e.getStackTrace().length == 0
                        || e.getStackTrace()[0].getClassName().startsWith("org.jacobean."),
                () -> "thrown by " + e.getStackTrace()[0]);
        assertTrue(message.length() <= LONGEST, () -> message.length() + " characters: " + message.substring(0, 200));
        String plain = message.replaceAll("\u2068([^\u2068\u2069]*)\u2069", "$1");
        assertEquals(Visible.lines(plain), plain, "what is hidden in a message is written out");
    }
}
