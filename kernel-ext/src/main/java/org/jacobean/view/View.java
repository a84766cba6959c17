package org.jacobean.view;

import java.util.List;

/**
 * What is to be seen of a value, before it is text, HTML or Markdown: blocks, one below the other. Everything in it is
 * plain text, as the user wrote it; each lowering escapes what it must.
 *
 * @param pointing which numbers of it made which, where that is to be shown; or null
 */
record View(List<Block> blocks, Pointing pointing) {

    View(List<Block> blocks) {
        this(blocks, null);
    }

    static View of(Block... blocks) {
        return new View(List.of(blocks));
    }

    sealed interface Block permits Line, Beside, Section, Folded, Written, ProgressBar {}

    /** A sentence or a formula. */
    record Line(String text) implements Block {}

    /** Blocks under a title of their own. */
    record Section(String title, List<Block> blocks) implements Block {}

    /** What a reader may open: a page that can fold shows the title; a terminal leaves it out. */
    record Folded(String title, List<Block> blocks) implements Block {}

    /** Equations, aligned at their first =. */
    record Written(List<Written.Row> rows) implements Block {

        private static final int LONGEST = 70;

        /** {@code a = b = c}, or what stands in the place of left-out terms. */
        record Row(List<Side> sides) {

            /** Whether it stands for terms that are left out: it is no equation then. */
            boolean isGap() {
                return sides.get(0).text().equals("…");
            }

            /** Whether its sides stand better one below the other. */
            boolean isLong() {
                return sides.stream().mapToInt(side -> side.text().length()).sum() > LONGEST;
            }
        }

        record Side(String text, String latex) {}
    }

    /** Grids that belong together, side by side where there is room. */
    record Beside(List<Grid> grids) implements Block {

        static Beside of(Grid... grids) {
            return new Beside(List.of(grids));
        }
    }

    /**
     * A table with a line above it.
     *
     * @param notes a second line below each head, such as the column's type; may be empty
     * @param below lines under the table: what was left out
     * @param part what it is called by a view's {@link Pointing}; or null
     * @param source whether its cells can be pointed at
     */
    record Grid(
            String caption,
            List<String> heads,
            List<String> notes,
            List<Row> rows,
            List<String> below,
            String part,
            boolean source) {

        Grid(String caption, List<String> heads, List<String> notes, List<Row> rows, List<String> below) {
            this(caption, heads, notes, rows, below, null, false);
        }
    }

    record Row(String head, List<Cell> cells) {}

    /**
     * One number or word.
     *
     * @param title what a pointer resting on it is told: the element's name and its value in full; or null
     * @param background a colour {@code #rrggbb} on which black is easily read; or null
     * @param right whether it is aligned to the right, as numbers are
     * @param missing whether it stands for a value that is not there
     */
    record Cell(String text, String title, String background, boolean right, boolean missing) {

        Cell(String text, String title, String background, boolean right) {
            this(text, title, background, right, false);
        }

        static Cell number(String text) {
            return new Cell(text, null, null, true);
        }

        static Cell missing(String text, boolean right) {
            return new Cell(text, null, null, right, true);
        }

        /** Stands for what was left out. */
        static Cell gap(String text) {
            return new Cell(text, null, null, true);
        }
    }
}
