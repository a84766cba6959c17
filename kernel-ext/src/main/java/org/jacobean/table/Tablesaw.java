package org.jacobean.table;

import tech.tablesaw.api.Table;

/**
 * Makes Tablesaw ready. When {@link Table} is first used it looks through the class path for what reads and writes files; an
 * interrupt in that moment would leave the class broken for the rest of the session. So a thread does it that nobody interrupts.
 */
public final class Tablesaw {

    private static final Thread FIRST_USE = new Thread(() -> Table.create(), "Tablesaw");

    static {
        FIRST_USE.setDaemon(true);
        FIRST_USE.start();
    }

    private Tablesaw() {}

    /** Begins with it, unless that is done, and does not wait. */
    public static void prepare() {
        // The thread began when this class was first used.
    }

    /** Waits for it, a few tenths of a second once in a session. An interrupt meanwhile is kept. */
    static void await() {
        boolean interrupted = false;
        while (FIRST_USE.isAlive()) {
            try {
                FIRST_USE.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
