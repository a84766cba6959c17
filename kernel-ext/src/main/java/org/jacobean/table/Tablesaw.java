package org.jacobean.table;

/**
 * Makes Tablesaw ready. When its {@code Table} is first used it looks through the class path for what reads and writes
 * files;
 * an interrupt in that moment would leave the class broken for the rest of the session. So a thread does it that nobody
 * interrupts.
 */
public final class Tablesaw {

    private static Thread firstUse;

    private Tablesaw() {}

    /** Begins with it, unless it has begun, and does not wait. */
    public static synchronized void prepare() {
        if (firstUse == null) {
            firstUse = new Thread(Tablesaw::use, "Tablesaw");
            firstUse.setDaemon(true);
            firstUse.start();
        }
    }

    /** Waits for it, a few tenths of a second once in a session. An interrupt meanwhile is kept. */
    static void await() {
        prepare();
        boolean interrupted = false;
        while (firstUse.isAlive()) {
            try {
                firstUse.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void use() {
        try {
            Class.forName("tech.tablesaw.api.Table");
        } catch (ClassNotFoundException | LinkageError e) {
            // Whoever uses a table is told.
        }
    }
}
