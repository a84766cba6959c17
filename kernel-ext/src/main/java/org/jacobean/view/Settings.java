package org.jacobean.view;

import org.jacobean.view.Display.Limits;

/**
 * The settings of {@link Display} after one of them was changed. What is set further on it is set for the session too, and
 * all of a chain or nothing: {@code Display.rows(20).digits(0)} fails, and leaves the rows as they were. They are for one
 * chain, and
 * not to be kept: a kept one sets all that stands in it anew, and a mistake takes all of it back.
 */
public final class Settings {

    private static final int ROWS = 12;
    private static final int COLUMNS = 12;
    private static final int DIGITS = 4;
    private static final int TABLE_DIGITS = 6;

    /** Where the digits were not set: matrices and tables have their own. */
    private static final int AS_FIT = 0;

    private final int rows;
    private final int columns;
    private final int digits;

    /** The settings before the chain that made these; null outside of one. */
    private final Settings before;

    private Settings(int rows, int columns, int digits, Settings before) {
        this.rows = rows;
        this.columns = columns;
        this.digits = digits;
        this.before = before;
    }

    /** Those that a session begins with, as the begin of a chain after {@code before}; or null. */
    static Settings defaults(Settings before) {
        return new Settings(ROWS, COLUMNS, AS_FIT, before);
    }

    /** See {@link Display#rows}. */
    public Settings rows(int rows) {
        return Display.set(new Settings(within("rows", rows, 2, Integer.MAX_VALUE), columns, digits, chain()));
    }

    /** See {@link Display#columns}. */
    public Settings columns(int columns) {
        return Display.set(new Settings(rows, within("columns", columns, 2, Integer.MAX_VALUE), digits, chain()));
    }

    /** See {@link Display#digits}. */
    public Settings digits(int digits) {
        return Display.set(new Settings(rows, columns, within("digits", digits, 1, 17), chain()));
    }

    /** {@code rows 20, columns 12, digits 4}. */
    @Override
    public String toString() {
        return "rows " + rows + ", columns " + columns + ", digits "
                + (digits == AS_FIT ? DIGITS + ", in tables " + TABLE_DIGITS : digits);
    }

    /** These, as the begin of a chain. */
    Settings alone() {
        return new Settings(rows, columns, digits, null);
    }

    Limits limits(int cells) {
        return digits == AS_FIT
                ? new Limits(DIGITS, TABLE_DIGITS, rows, columns, cells)
                : new Limits(digits, digits, rows, columns, cells);
    }

    private Settings chain() {
        return before == null ? this : before;
    }

    private int within(String setting, int value, int least, int most) {
        if (value < least || value > most) {
            Display.restore(this, chain());
            throw new IllegalArgumentException("Display." + setting + " is "
                    + (most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most) + ", not "
                    + value);
        }
        return value;
    }
}
