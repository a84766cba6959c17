package org.jacobean.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jacobean.explain.GradientCheck;

/**
 * How values are displayed, for the whole session: {@link #digits}, {@link #rows}, {@link #columns}, and {@link #show}.
 */
public final class Display {

    /** More would never fit: a cell takes some fifty characters of HTML. */
    private static final int MOST_CELLS = 2000;

    private static final Screen TERMINAL = Display::print;

    private static volatile Settings settings = Settings.defaults(null);
    private static volatile Screen screen = TERMINAL;

    private Display() {}

    /**
     * The significant digits of numbers, 1 to 17: of the largest of those that stand together. At first 4 and, of the
     * fractions in a Tablesaw table, 6.
     */
    public static Settings digits(int digits) {
        return settings.alone().digits(digits);
    }

    /** How many rows are shown before the middle ones are left out, at least 2; at first 12. */
    public static Settings rows(int rows) {
        return settings.alone().rows(rows);
    }

    /** How many columns are shown before the middle ones are left out, at least 2; at first 12. */
    public static Settings columns(int columns) {
        return settings.alone().columns(columns);
    }

    /** The settings as they stand. */
    public static Settings settings() {
        return settings.alone();
    }

    /** The settings as they were at first. */
    public static Settings defaults() {
        return set(Settings.defaults(settings.alone()));
    }

    /** The whole view of {@code value}: rich in a notebook, text elsewhere. */
    public static void show(Object value) {
        screen.show(value, null);
    }

    /** The whole views of several values, side by side where there is room; with a picture among them, one by one. */
    public static void show(Object first, Object second, Object... more) {
        List<Object> values = new ArrayList<>(Arrays.asList(first, second));
        values.addAll(Arrays.asList(more));
        if (values.stream().anyMatch(value -> value != null && Picture.is(value.getClass()))) {
            values.forEach(Display::show);
            return;
        }
        screen.show(new SideBySide(values), null);
    }

    /**
     * The whole view of {@code value}, in the place where a value was last shown under {@code id}: for progress in a loop.
     * A terminal prints it anew.
     */
    public static void show(String id, Object value) {
        screen.show(value, id);
    }

    /**
     * Shows how far {@code what} is, {@code GradientCheck.all(grads, Display.progress("checking"))}, in one place and only
     * when it takes more than half a second; a check also says how long it still takes, and what it has found. In a loop of
     * yours: {@code progress.at(epoch + 1, 30, "loss 0.12")}, of which the last is always shown. A terminal, where each step
     * would be a line, shows nothing of it.
     */
    public static GradientCheck.Progress progress(String what) {
        return screen == TERMINAL ? GradientCheck.Progress.NONE : new LiveProgress(what, System::nanoTime);
    }

    /**
     * Where {@link #show} shows: a kernel puts its notebook here; {@code null} is standard output again. Returns what it
     * was.
     */
    public static Screen on(Screen screen) {
        Screen before = Display.screen;
        Display.screen = screen == null ? TERMINAL : screen;
        return before;
    }

    /** Something that values can be shown on. */
    public interface Screen {

        /** @param id of the display to replace, if there is one already; or null */
        void show(Object value, String id);
    }

    static Limits limits() {
        return settings.limits(MOST_CELLS);
    }

    static Settings set(Settings settings) {
        Display.settings = settings;
        return settings;
    }

    /** Undoes a chain, unless others have been set since. */
    static void restore(Settings failed, Settings before) {
        if (settings == failed) {
            settings = before;
        }
    }

    /**
     * The settings as they stood when a view was begun.
     *
     * @param tableDigits those of a table's fractions: they are the user's data, not ours to round away
     * @param cells how many cells a grid may have, whatever the settings say
     */
    record Limits(int digits, int tableDigits, int rows, int columns, int cells) {

        /** Whether somebody set the digits; where nobody did a table has more of them. */
        boolean digitsAreSet() {
            return digits == tableDigits;
        }

        /** The rows and columns to show of a grid that has so many. */
        Limits within(int itsRows, int itsColumns) {
            int someRows = Math.min(itsRows, rows);
            int someColumns = Math.min(itsColumns, columns);
            while ((long) someRows * someColumns > cells && (someRows > 2 || someColumns > 2)) {
                if (someRows >= someColumns) {
                    someRows = Math.max(2, someRows * 7 / 8);
                } else {
                    someColumns = Math.max(2, someColumns * 7 / 8);
                }
            }
            return new Limits(digits, tableDigits, someRows, someColumns, cells);
        }

        /** For a list that a person wants whole. */
        Limits rowsAtLeast(int least) {
            return new Limits(digits, tableDigits, Math.max(rows, least), columns, cells);
        }

        /** Whether it was made smaller because all would be too long. */
        boolean isSmaller() {
            return cells < MOST_CELLS;
        }

        boolean canShrink() {
            return cells > 4;
        }

        /** All that is shown now, but nothing to point at. */
        Limits withoutPointing() {
            return new Limits(digits, tableDigits, rows, columns, MOST_CELLS - 1);
        }

        /** With fewer cells, about {@code ratio} of them. */
        Limits smaller(double ratio) {
            // What the settings leave out anyway saves nothing.
            long most = Math.min(cells, (long) rows * columns);
            return new Limits(digits, tableDigits, rows, columns, (int) Math.max(4, most * Math.min(0.9, ratio)));
        }
    }

    private static void print(Object value, String id) {
        System.out.println(Rendered.of(value).text());
    }
}
