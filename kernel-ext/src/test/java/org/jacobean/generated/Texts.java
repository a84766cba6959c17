package org.jacobean.generated;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts as people type them, and as nobody does. */
public final class Texts {

    /** What stands in magics and matrices, and what might be taken for something else. */
    private static final String SIGNS = "0123456789.-+eE/ ;,[]()=#\t\"'\\%$_{}:x×abwdLf…∞−\u00a0";

    private static final List<String> PIECES = List.of(
            "--help",
            "--all",
            "--rows",
            " --log",
            "//",
            "/*",
            "*/",
            "\"",
            "\\",
            "\\u0022",
            "\"\"\"",
            "\"); System.exit(1); (\"",
            "[[",
            "]]",
            "][",
            ";;",
            ",,",
            "= =",
            "==",
            " = ",
            "%matrix ",
            "%%",
            "nan",
            "-inf",
            "1e999",
            "1e-400",
            "-0",
            "4.9e-324",
            "1/3",
            "1/0",
            "/",
            "0x1p3",
            "1_000",
            "1d",
            "٣",
            "99999999999999999999",
            "-2147483648",
            "null",
            "class",
            "$1",
            "a\u0301",
            "€",
            "𝔵",
            "\ud800",
            "\udc00",
            "\u0000",
            "\u001b[31m",
            "\u202e",
            "\u2066",
            "\u200b",
            "\u2028",
            "\u0085",
            "\r",
            "\n",
            "\r\n",
            "\f",
            "%s%n",
            "{0}",
            "<img src=x onerror=alert(1)>",
            "]]>",
            "</style>");

    private Texts() {}

    /** One change of a text: a place in it, what to do there, and what with. */
    private record Edit(int place, int kind, String piece) {

        String of(String text) {
            int at = text.isEmpty() ? 0 : place % (text.length() + 1);
            int end = Math.min(text.length(), at + 1 + place % 3);
            return switch (kind) {
                case 0 -> text.substring(0, at) + piece + text.substring(at);
                case 1 -> text.substring(0, at) + text.substring(end);
                case 2 -> text.substring(0, at) + piece + text.substring(end);
                case 3 -> text.substring(0, end) + text.substring(at);
                default -> text.substring(0, at);
            };
        }
    }

    /** Texts without any grammar: signs of ours, pieces of them, or any characters, halves of pairs among them. */
    public static Arbitrary<String> noise() {
        Arbitrary<String> signs = Arbitraries.strings().withChars(SIGNS).ofMaxLength(40);
        Arbitrary<String> pieces = Arbitraries.of(PIECES).list().ofMaxSize(6).map(list -> String.join("", list));
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(20);
        Arbitrary<String> halves =
                Arbitraries.strings().withCharRange('\ud7f0', '\ue00f').ofMaxLength(5);
        return Arbitraries.frequencyOf(
                Tuple.of(4, signs),
                Tuple.of(4, pieces),
                Tuple.of(2, any),
                Tuple.of(1, halves),
                Tuple.of(1, longOnes()));
    }

    /** A text of the grammar with none to three edits. */
    public static Arbitrary<String> edited(Arbitrary<String> valid) {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(PIECES), Arbitraries.strings().withChars(SIGNS).ofLength(1));
        Arbitrary<Edit> edit = Combinators.combine(
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(0, 4),
                        piece)
                .as(Edit::new);
        Arbitrary<List<Edit>> edits = Arbitraries.integers().between(0, 3).flatMap(count -> edit.list()
                .ofSize(count));
        return Combinators.combine(valid, edits).as((text, list) -> {
            String changed = text;
            for (Edit one : list) {
                changed = one.of(changed);
            }
            return changed;
        });
    }

    private static Arbitrary<String> longOnes() {
        return Combinators.combine(
                        Arbitraries.of(
                                "1", "[", "]", " ", "1 ", "=", "-", "--", "\"", "//", "a", "1e", ",", "\ud800", "😀"),
                        Arbitraries.integers().between(100, 30_000),
                        Arbitraries.of("", "x", " = 1", "\""))
                .as((piece, times, end) -> piece.repeat(times) + end);
    }

    /** Any double: as often an odd one as another. */
    public static Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        0.0,
                        -0.0,
                        1.0,
                        -1.0,
                        0.1,
                        1e7,
                        -1e7,
                        9007199254740993.0,
                        Double.MIN_VALUE,
                        -Double.MIN_VALUE,
                        Double.MIN_NORMAL,
                        Double.MAX_VALUE,
                        -Double.MAX_VALUE,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        1.0E23,
                        2.0E-3,
                        9.999999e6),
                Arbitraries.longs().map(Double::longBitsToDouble).map(d -> Double.isNaN(d) ? Double.NaN : d),
                Arbitraries.integers().between(-99, 99).map(i -> i / 10.0));
    }
}
