package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What cannot be read, with the message to the letter. */
class MatrixParseErrorsTest {

    private static final String NOT_A_NUMBER = " is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf";
    private static final String RAGGED = "; every row of a matrix has as many entries as the first";
    private static final String BRACKET = "a bracket [ cannot stand here; write [[1, 2], [3, 4]] or [1 2; 3 4]";
    private static final String NO_NUMBER = "a matrix needs at least one number, such as 0.1 0.2; 0.3 0.4";
    private static final String EMPTY_ENTRY = "the entry is empty; write nan for a missing number";
    private static final String LEFT_OUT =
            " stands for numbers that were left out: this is the shortened text of a larger matrix, and cannot be read"
                    + " back";

    @Test
    void raggedRowsNameTheFirstThatDiffers() {
        fails("1 2; 3", "row 2 has 1 entry, row 1 has 2" + RAGGED);
        fails("1 2 3\n4 5 6\n7 8", "row 3 has 2 entries, row 1 has 3" + RAGGED);
        fails("[[1], [2, 3]]", "row 2 has 2 entries, row 1 has 1" + RAGGED);
        fails("# one\n1 2\n\n\n# two\n3", "row 2 has 1 entry, row 1 has 2" + RAGGED);
    }

    @Test
    void aWordAmongNumbersIsNamedWithItsRowAndEntry() {
        fails("1 x", "row 1, entry 2: 'x'" + NOT_A_NUMBER);
        fails("1 2; three 4", "row 2, entry 1: 'three'" + NOT_A_NUMBER);
        fails("[[1, 2], [3, four]]", "row 2, entry 2: 'four'" + NOT_A_NUMBER);
        fails("1 2\n# a comment\n3 ?", "row 2, entry 2: '?'" + NOT_A_NUMBER);
    }

    @Test
    void aDecimalCommaIsNotTakenForTwoNumbers() {
        String hint = "' may be one number or two; write 1.5 for 1,5, or part all entries of the row alike";
        fails("1,5\t2,5\n3,5\t4,5", "row 1, entry 1: '1,5" + hint);
        fails("1 2; 1,5 2", "row 2, entry 1: '1,5" + hint);
        fails("1 2,5", "row 1, entry 2: '2,5" + hint);
    }

    @Test
    void whatOtherLanguagesCallANumberIsNone() {
        for (String word : new String[] {
            "0x10", "1d", "1f", "1L", "1_000", "1e", "e5", ".", "--1", "+-1", "1.2.3", "1e5.0", "-nan", "5%", "1'000",
            "1/2/3", "1/", "/2", "/", "1/x", "true", "\u0663", "infinit", "=1"
        }) {
            fails(word, "row 1, entry 1: '" + word + "'" + NOT_A_NUMBER);
        }
    }

    @Test
    void aNumberBeyondTheLargestDoubleIsNotTakenForInfinity() {
        for (String word : new String[] {"1e999", "-1e999", "1.8e308", "1e999/2", "1e308/1e-308", "-1e300/1e-300"}) {
            fails(
                    "7 " + word,
                    "row 1, entry 2: '" + word + "' is beyond the largest double, 1.8e308; write inf if you mean it");
        }
    }

    @Test
    void aDivisionByZeroIsNotTakenForInfinity() {
        for (String word : new String[] {"1/0", "-1/0", "0/0", "1/-0", "1/0.0", "nan/0"}) {
            fails("1; " + word, "row 2, entry 1: '" + word + "' divides by zero; write inf or nan if you mean it");
        }
    }

    @Test
    void textWithoutANumberIsNoMatrix() {
        for (String text : new String[] {"", "  ", "\n\n", ";", ";;", "# 1 2", "[]", "[ ]"}) {
            fails(text, NO_NUMBER);
        }
        assertEquals(
                NO_NUMBER,
                assertThrows(IllegalArgumentException.class, () -> Matrix.parse())
                        .getMessage());
    }

    @Test
    void anEmptyEntryIsNotLeftOut() {
        fails("1,,2", "row 1, entry 2: " + EMPTY_ENTRY);
        fails("1, ,2", "row 1, entry 2: " + EMPTY_ENTRY);
        fails("1\t\t2", "row 1, entry 2: " + EMPTY_ENTRY);
        fails("1,\t,2", "row 1, entry 2: " + EMPTY_ENTRY);
        fails("1 2; ,4", "row 2, entry 1: " + EMPTY_ENTRY);
        fails("[[1, 2], [, 4]]", "row 2, entry 1: " + EMPTY_ENTRY);
        fails("1,,", "row 1, entry 2: " + EMPTY_ENTRY);
    }

    @Test
    void bracketsComeInPairs() {
        fails("[1 2", "a bracket [ is never closed; every [ needs its ]");
        fails("[[1, 2], [3, 4]", "a bracket [ is never closed; every [ needs its ]");
        fails("1 2]", "row 1, entry 3: this bracket ] was never opened");
        fails("[[1, 2], [3, 4]]]", "row 3, entry 1: this bracket ] was never opened");
        fails("]", "row 1, entry 1: this bracket ] was never opened");
    }

    @Test
    void bracketsStandAroundRowsOnly() {
        fails("[[[1]]]", "row 1, entry 1: " + BRACKET);
        fails("1 [2]", "row 1, entry 2: " + BRACKET);
        fails("[1, [2]]", "row 1, entry 2: " + BRACKET);
        fails("[1 2] [3 4]", "row 2, entry 1: " + BRACKET);
        fails("[1 2]\n[3 4]", "row 2, entry 1: " + BRACKET);
        fails("1 2; [3 4]", "row 2, entry 1: " + BRACKET);
        fails("[1 2; [3 4]]", "row 2, entry 1: " + BRACKET);
        fails("[[1 2] 3]", "row 2, entry 1: '3' stands behind the closing bracket ]");
        fails("[1 2] 3", "row 2, entry 1: '3' stands behind the closing bracket ]");
        fails("[[], [1, 2]]", "row 1, entry 1: the brackets [] are empty; a row has at least one entry");
        fails("[[1, 2], []]", "row 2, entry 1: the brackets [] are empty; a row has at least one entry");
    }

    @Test
    void aShortenedTextIsNotReadBack() {
        fails("1 2 …", "row 1, entry 3: '…'" + LEFT_OUT);
        fails("1 2; …", "row 2, entry 1: '…'" + LEFT_OUT);
        fails("1 2; ...", "row 2, entry 1: '...'" + LEFT_OUT);
    }

    @Test
    void pastedTextThatIsNoMatrix() {
        String rows = " is not a number; rows stand in brackets [ ], as in [[1, 2], [3, 4]]";
        fails("{{1, 2}, {3, 4}}", "row 1, entry 1: '{{1'" + rows);
        fails("(1, 2)", "row 1, entry 1: '(1'" + rows);
        fails("array([1, 2]", "array( is never closed; behind its last number stands a )");
        fails("array([[[1]]])", "row 1, entry 1: " + BRACKET);
        fails("tensor([1., ..., 5.])", "row 1, entry 2: '...'" + LEFT_OUT);
        fails("tensor()", NO_NUMBER);
        fails("array([1]) array([2])", "row 2, entry 1: ')' stands behind the closing bracket ]");
    }

    @Test
    void aStatedShapeMustBeTheShape() {
        fails("3 × 2 [1 2; 3 4]", "the text says 3 × 2, but what follows is 2 × 2");
        fails("1,000 × 2 [1 2]", "the text says 1,000 × 2, but what follows is 1 × 2");
    }

    private static void fails(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Matrix.parse(text), text)
                        .getMessage());
    }
}
