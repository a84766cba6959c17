package org.jacobean.matrix;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text from outside (names, cells, what was typed) as it can stand in a text of ours: what would hide, colour or turn round
 * what stands beside it is written out, {@code ‹U+202E›} for the mark that turns the rest of the line to the left. All that
 * shows is left as it is.
 */
public final class Visible {

    /** Controls, halves of pairs, what is no character, and marks of no width that are not part of a word's spelling. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\x{AD}\\x{34F}\\x{61C}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180E}"
            + "\\x{200B}\\x{200E}\\x{200F}\\x{2028}-\\x{202E}\\x{2060}-\\x{206F}\\x{3164}\\x{D800}-\\x{DFFF}\\x{FEFF}"
            + "\\x{FFA0}\\x{FFF9}-\\x{FFFB}\\x{FFFE}\\x{FFFF}\\x{E0000}-\\x{E007F}]");

    private static final Pattern HIDDEN_IN_LINES = Pattern.compile("[" + HIDDEN.pattern() + "&&[^\n\t]]");

    /** Words of letters that are written from right to left, up to the last of them. */
    private static final Pattern TO_THE_LEFT = Pattern.compile("L++(?:[ '._\\-]L++)*+"
            .replace("L", "[\\x{590}-\\x{8FF}\\x{FB1D}-\\x{FDFF}\\x{FE70}-\\x{FEFE}\\x{10800}-\\x{10FFF}\\x{1E800}-\\x{1EFFF}]"));

    private static final int LONGEST_QUOTE = 200;
    private static final int LONGEST_MESSAGE = 4000;
    private static final int END_OF_MESSAGE = 800;

    private Visible() {}

    /** In one line: a line's end is ⏎, a tab ⇥. */
    public static String of(String text) {
        String inLine = text.indexOf('\n') < 0 && text.indexOf('\t') < 0
                ? text
                : text.replace("\r\n", "\n").replace('\n', '⏎').replace('\t', '⇥');
        return written(HIDDEN, inLine);
    }

    /** The same, where lines and tabs stay what they are. */
    public static String lines(String text) {
        return written(HIDDEN_IN_LINES, text.replace("\r\n", "\n"));
    }

    /** A whole message; of a very long one, whoever made it so, the middle is left out: its end says what to try. */
    public static String message(String text) {
        String clean = lines(text);
        if (clean.length() <= LONGEST_MESSAGE) {
            return clean;
        }
        return clean.substring(0, whole(clean, LONGEST_MESSAGE - END_OF_MESSAGE - 3)) + " … "
                + clean.substring(whole(clean, clean.length() - END_OF_MESSAGE + 1));
    }

    /** {@code index}, or one less where that would part a pair. */
    private static int whole(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }

    /** What a message quotes: in one line, and cut with … where it is long. */
    public static String quoted(String text) {
        String part = text.length() <= LONGEST_QUOTE ? text : text.substring(0, whole(text, LONGEST_QUOTE)) + "…";
        return of(part);
    }

    /** With each word that is written from right to left isolated, so that what follows it keeps its place. */
    public static String isolated(String text) {
        return TO_THE_LEFT.matcher(text).replaceAll("\u2068$0\u2069");
    }

    private static String written(Pattern hidden, String text) {
        return isPlain(text)
                ? text
                : hidden.matcher(text)
                        .replaceAll(found -> String.format(
                                Locale.ROOT, "‹U+%04X›", found.group().codePointAt(0)));
    }

    /** As most names are, which are asked for at every pass. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
