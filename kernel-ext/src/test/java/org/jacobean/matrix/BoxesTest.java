package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jacobean.matrix.ShapeException.Operand;
import org.junit.jupiter.api.Test;

/** A row is a line high, a column two characters wide, until one scale has to make both boxes smaller. */
class BoxesTest {

    private final Operand x = new Operand("x", 1, 3);
    private final Operand w = new Operand("w", 3, 2);

    @Test
    void theColumnsOfTheLeftAndTheRowsOfTheRightOfAProductAreDouble() {
        draws(
                """
                      2
                    ╒════╕         3
                    │    │      ╓──────┐
                  3 │    │  · 1 ║      │
                    │    │      ╙──────┘
                    └────┘         x
                      w
                """,
                Boxes.product(w, x));
    }

    @Test
    void ofTwoThatShouldBeAlikeTheSidesThatDifferAreDouble() {
        draws(
                """
                                    2
                       3          ╔════╕
                    ╔══════╕      ║    │
                  1 ║      │  − 3 ║    │
                    ╙──────┘      ║    │
                       x          ╙────┘
                                    w
                """,
                Boxes.alike(x, "−", w));
        draws(
                """
                       3            2
                    ╒══════╕      ╒════╕
                  1 │      │    1 │    │
                    └──────┘      └────┘
                     dL/df          f
                """,
                Boxes.alike(new Operand("dL/df", 1, 3), "", new Operand("f", 1, 2)));
    }

    @Test
    void ofARowForAMatrixTheRowsAreDoubleWhereThereIsMoreThanOne() {
        draws(
                """
                      2
                    ┌────┐        2
                    │    │      ╓────┐
                  3 │    │  + 2 ║    │
                    │    │      ║    │
                    └────┘      ╙────┘
                      w           b
                """,
                Boxes.rowFor(w, "+", new Operand("b", 2, 2)));
        draws(
                """
                      2
                    ╒════╕         3
                    │    │      ╒══════╕
                  3 │    │  + 1 │      │
                    │    │      └──────┘
                    └────┘         x
                      w
                """,
                Boxes.rowFor(w, "+", x));
    }

    /** 50,000 rows are 4 lines: 12,500 to the line, and 784 or 50 of anything are the least that is drawn. */
    @Test
    void largeMatricesShareOneScale() {
        draws(
                """
                         784
                         ╒══╕         50
                         │  │        ╓──┐
                  50,000 │  │  · 784 ║  │
                         │  │        ╙──┘
                         │  │         w
                         └──┘
                          x
                """,
                Boxes.product(new Operand("x", 50_000, 784), new Operand("w", 784, 50)));
        // 500 rows are 4 lines: 125 to the line, and to two characters.
        draws(
                """
                            784
                      ╒═════════════╕             784
                      │             │       ╓─────────────┐
                  500 │             │  · 50 ║             │
                      │             │       ╙─────────────┘
                      │             │              w
                      └─────────────┘
                          images
                """,
                Boxes.product(new Operand("images", 500, 784), new Operand("w", 50, 784)));
    }

    @Test
    void aLongNameStandsBelowTheMiddleOfItsBox() {
        draws(
                """
                       1
                      ╒══╕            2
                      │  │          ╓────┐
                    3 │  │      · 1 ║    │
                      │  │          ╙────┘
                      └──┘            b
                  allTheInputs
                """,
                Boxes.product(new Operand("allTheInputs", 3, 1), new Operand("b", 1, 2)));
    }

    @Test
    void nothingIsMuchWiderThanSixtyColumnsOrHigherThanEightLines() {
        int[] sides = {1, 2, 3, 4, 5, 9, 10, 18, 50, 784, 50_000};
        int cases = 0;
        for (int rows : sides) {
            for (int columns : sides) {
                for (int others : sides) {
                    String picture = Boxes.product(
                            new Operand("images", rows, columns), new Operand("theWeightsOfLayerOne", others, rows));
                    assertTrue(picture.lines().count() <= 8, picture);
                    assertTrue(picture.lines().allMatch(line -> line.length() <= 62), picture);
                    cases++;
                }
            }
        }
        assertEquals(1331, cases);
    }

    private static void draws(String expected, String picture) {
        assertEquals(expected, picture + "\n");
    }
}
