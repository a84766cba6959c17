package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VisibleTest {

    @Test
    void whatShowsIsLeftAsItIs() {
        for (String text : new String[] {
            "", "w1", "größe ∂L/∂w", "<b>$x$ %s {0} `\\|", "שלום", "e\u0301 𝔵 👨\u200d👩\u200d👧", "می\u200cخواهم"
        }) {
            assertEquals(text, Visible.of(text));
            assertEquals(text, Visible.lines(text));
            assertEquals(text, Visible.message(text));
            assertEquals(text, Visible.quoted(text));
        }
    }

    @Test
    void whatHidesOrTurnsRoundIsWrittenOut() {
        assertEquals("a‹U+202E›b‹U+2066›‹U+200F›", Visible.of("a\u202eb\u2066\u200f"));
        assertEquals("‹U+001B›[31mred‹U+0000›‹U+0085›", Visible.of("\u001b[31mred\u0000\u0085"));
        assertEquals("‹U+200B›‹U+FEFF›‹U+00AD›‹U+2028›", Visible.of("\u200b\ufeff\u00ad\u2028"));
        assertEquals("‹U+D800›a‹U+DC00›😀‹U+FFFF›", Visible.of("\ud800a\udc00😀\uffff"));
        // Letters that show nothing, which Java takes in a name, and tags.
        assertEquals("w‹U+3164›‹U+115F›‹U+E0041›", Visible.of("w\u3164\u115f\udb40\udc41"));
    }

    @Test
    void aLinesEndShowsInALineAndStaysAmongLines() {
        assertEquals("a⏎b⏎c⇥d‹U+000D›e", Visible.of("a\nb\r\nc\td\re"));
        assertEquals("a\nb\nc\td‹U+000D›e", Visible.lines("a\nb\r\nc\td\re"));
    }

    @Test
    void aLongQuoteIsCutAndAPairIsNot() {
        assertEquals("a".repeat(200), Visible.quoted("a".repeat(200)));
        assertEquals("a".repeat(200) + "…", Visible.quoted("a".repeat(201)));
        assertEquals("a".repeat(199) + "…", Visible.quoted("a".repeat(199) + "😀"));
    }

    /** What is wrong stands first, what to try last. */
    @Test
    void ofAVeryLongMessageTheMiddleIsLeftOut() {
        assertEquals("a".repeat(4000), Visible.message("a".repeat(4000)));
        String message = Visible.message("wrong " + "😀".repeat(5000) + " try");
        assertTrue(message.startsWith("wrong 😀") && message.endsWith("😀 try"), message);
        assertTrue(message.contains("😀 … 😀") && message.length() <= 4000, message.length() + " characters");
        assertEquals(message, Visible.message(message));
    }

    @Test
    void aWordFromRightToLeftIsIsolatedAndNothingElse() {
        assertEquals(
                "\u2068שלום עולם\u2069: 3 × 2, \u2068مرحبا\u2069  \u2068عالم\u2069[1]",
                Visible.isolated("שלום עולם: 3 × 2, مرحبا  عالم[1]"));
        String plain = "größe: 3 × 2 😀";
        assertEquals(plain, Visible.isolated(plain));
    }

    /** Many more than a stack would hold, if it held each. */
    @Test
    void aLongTextFromRightToLeftIsIsolatedAsOne() {
        String words = "שלום ".repeat(100_000).strip();
        assertEquals("a \u2068" + words + "\u2069 b", Visible.isolated("a " + words + " b"));
    }
}
