package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** The rows of a matrix as pictures. */
class ImagesTest {

    private static final Matrix X = Matrix.parse("0 1 2 3; 4 4 0 0").named("x");

    // Text

    @Test
    void picturesAsText() {
        assertEquals(
                """
                2 pictures of 2 × 2: x 2 × 4

                  ░░    ████
                ▒▒▓▓
                x[1,·]  x[2,·]

                ░ ▒ ▓ █ up to 1, 2, 3, 4""",
                Rendered.of(Images.of(X, 2, 2)).text());
    }

    @Test
    void captionsStandBelow() {
        assertEquals(
                """
                2 pictures of 1 × 4: x 2 × 4

                  ░░▒▒▓▓          ████
                7, not 9          a very long cap…

                ░ ▒ ▓ █ up to 1, 2, 3, 4""",
                Rendered.of(Images.of(X, 1, 4).captions(List.of("7, not 9", "a very long caption of it")))
                        .text());
    }

    /** Of a largest of 8: above 4 strong, above 1 weak. */
    @Test
    void signedNumbersHaveTheirSigns() {
        assertEquals(
                """
                1 picture of 2 × 4: w 1 × 8

                ##++++
                --====
                w

                # above 4, + above 1, - below -1, = below -4""",
                Rendered.of(Images.of(
                                Matrix.row(8, 4, 1.5, 1, -1.5, -4.5, -8, 0).named("w"), 2, 4))
                        .text());
    }

    @Test
    void whatIsNotFiniteIsMarkedAndCounted() {
        assertEquals(
                """
                1 picture of 2 × 3: 1 × 6

                ??!!!!
                ??  ██
                [·]

                ░ ▒ ▓ █ up to 0.5, 1, 1.5, 2, ? 2 NaN, ! 1 +∞, ! 1 -∞""",
                Rendered.of(Images.of(Matrix.parse("nan inf -inf nan 0 2"), 2, 3))
                        .text());
        assertEquals(
                """
                1 picture of 1 × 2: 1 × 2


                [·]

                all 0""",
                Rendered.of(Images.of(Matrix.zeros(1, 2), 1, 2)).text());
    }

    /** A character is as high as two pixels: of these 30 × 2 each stands for a pixel of 4 above one of 0. */
    @Test
    void largerPicturesTakeACharacterForTwoPixels() {
        Matrix wide = Matrix.row(
                Collections.nCopies(30, 4.0).stream().mapToDouble(a -> a).toArray());
        Matrix both = Matrix.parse(
                wide.stream().mapToObj(Double::toString).collect(Collectors.joining(" ")) + " 0".repeat(30));
        assertEquals("▒".repeat(30), Rendered.of(Images.of(both, 2, 30)).text().split("\n")[2]);
    }

    /** Four characters for 80 × 2 pixels of the largest double each: their mean is that, and not ∞. */
    @Test
    void meansOfHugeNumbersAreFinite() {
        double[] huge = new double[640];
        Arrays.fill(huge, Double.MAX_VALUE);
        String text =
                Rendered.of(Images.of(Matrix.row(huge).named("x"), 2, 320)).text();
        assertEquals("█".repeat(80), text.split("\n")[2]);
    }

    /** 81 pixels are 41 characters, of which the last has one pixel alone. */
    @Test
    void whatIsLeftAtAnEdgeHasItsOwnMean() {
        double[] ones = new double[81 * 4];
        Arrays.fill(ones, 1);
        assertEquals(
                "█".repeat(41),
                Rendered.of(Images.of(Matrix.row(ones), 4, 81)).text().split("\n")[2]);
    }

    @Test
    void textFitsATerminal() {
        for (Images images : List.of(
                Images.of(Matrix.uniform(100, 64, 1), 8, 8),
                Images.of(Matrix.uniform(100, 784, 1), 28, 28),
                Images.of(Matrix.uniform(2, 40_000, 1), 200, 200),
                Images.of(Matrix.uniform(2, 1000, 1), 1, 1000),
                Images.of(Matrix.uniform(2, 1000, 1), 1000, 1),
                Images.of(Matrix.uniform(2, 100_000, 1), 5_000, 20),
                Images.of(Matrix.uniform(1, 100_000, 1), 1_000, 100))) {
            List<String> lines = Rendered.of(images).text().lines().toList();
            assertTrue(lines.size() <= 64, images + ": " + lines.size() + " lines");
            lines.forEach(line -> assertTrue(line.length() <= 80, line));
        }
    }

    // Errors

    @Test
    void anErrorSaysWhatWouldFit() {
        Matrix x = Matrix.zeros(5, 64).named("x");
        assertEquals(
                "the 64 columns of x are not 7 × 8 pixels, which are 56; it could be 8 × 8",
                error(() -> Images.of(x, 7, 8)));
        assertEquals(
                "the 20 columns of w1 are not 8 × 8 pixels, which are 64; its columns have so many entries: a picture"
                        + " of each column is %images --columns w1 8x8, in Java Images.of(w1.transpose(), 8, 8)",
                error(() -> Images.of(Matrix.zeros(64, 20).named("w1"), 8, 8)));
        assertEquals(
                "the 7 columns of the matrix are not 60,000 × 60,000 pixels, which are 3,600,000,000; it could be 1 ×"
                        + " 7",
                error(() -> Images.of(Matrix.zeros(1, 7), 60_000, 60_000)));
        assertEquals(
                "a picture has at least one row and one column of pixels, not 0 × 8", error(() -> Images.of(x, 0, 8)));
        assertEquals(
                "there must be a caption for each of the 5 pictures, and there are 1 captions",
                error(() -> Images.of(x, 8, 8).captions(List.of("7, not 9"))));
        assertEquals(
                "the matrix of pictures is null; did the cell that declares it fail?",
                error(() -> Images.of(null, 8, 8)));
    }

    @Test
    void toStringIsALine() {
        assertEquals("2 pictures of 2 × 2: x 2 × 4", Images.of(X, 2, 2).toString());
        assertEquals(
                "1 picture of 1 × 1: 1 × 1", Images.of(Matrix.zeros(1, 1), 1, 1).toString());
    }

    // SVG

    @Test
    void theWholeSvg() {
        assertEquals(
                Optional.of(
                        """
                        <svg xmlns="http://www.w3.org/2000/svg" width="256.82" height="164" viewBox="0 0 256.82 164" role="img" \
                        font-family="sans-serif">
                        <title>1 picture of 2 × 2: x 1 × 4</title>
                        <desc>white 0, black 2</desc>
                        <rect width="256.82" height="164" fill="#ffffff"/>
                        <text x="12" y="24" font-size="13" fill="#222222">1 picture of 2 × 2: x 1 × 4</text>
                        <g transform="translate(12 38)scale(36)">\
                        <path fill="#ffffff" stroke="#999999" stroke-width="0.03" d="M0 0h2v2h-2z"/>\
                        <g transform="translate(0 .5)" shape-rendering="crispEdges">\
                        <path stroke="#000000" d="M0 1h2"/><path stroke="#808080" d="M1 0h1"/></g></g>
                        <text x="48" y="124" font-size="11" text-anchor="middle" fill="#222222">x</text>
                        <text x="12" y="150" font-size="11" fill="#222222">0</text>
                        <g transform="translate(22.82 140)" shape-rendering="crispEdges">\
                        <path fill="#ffffff" d="M0 0h8v12h-8z"/><path fill="#efefef" d="M8 0h8v12h-8z"/>\
                        <path fill="#dfdfdf" d="M16 0h8v12h-8z"/><path fill="#cfcfcf" d="M24 0h8v12h-8z"/>\
                        <path fill="#bfbfbf" d="M32 0h8v12h-8z"/><path fill="#afafaf" d="M40 0h8v12h-8z"/>\
                        <path fill="#9f9f9f" d="M48 0h8v12h-8z"/><path fill="#8f8f8f" d="M56 0h8v12h-8z"/>\
                        <path fill="#808080" d="M64 0h8v12h-8z"/><path fill="#707070" d="M72 0h8v12h-8z"/>\
                        <path fill="#606060" d="M80 0h8v12h-8z"/><path fill="#505050" d="M88 0h8v12h-8z"/>\
                        <path fill="#404040" d="M96 0h8v12h-8z"/><path fill="#303030" d="M104 0h8v12h-8z"/>\
                        <path fill="#202020" d="M112 0h8v12h-8z"/><path fill="#101010" d="M120 0h8v12h-8z"/>\
                        <path fill="#000000" d="M128 0h8v12h-8z"/>\
                        <path fill="none" stroke="#999999" d="M0 0h136v12h-136z"/></g>
                        <text x="164.82" y="150" font-size="11" fill="#222222">2</text>
                        </svg>"""),
                Rendered.of(Images.of(Matrix.row(0, 1, 2, 2).named("x"), 2, 2)).as("image/svg+xml"));
    }

    @Test
    void runsOfOneColourAreOneStroke() throws Exception {
        SvgDocument svg = SvgDocument.of(Images.of(Matrix.parse("1 1 1 0 1 1; 0 0 0 0 0 0"), 2, 3));
        assertEquals(
                List.of("M0 0h3M1 1h2"),
                svg.all("path").stream()
                        .filter(path -> path.getAttribute("stroke").equals("#000000"))
                        .map(path -> path.getAttribute("d"))
                        .toList());
    }

    /** Red is above 0, blue below, white 0, in all pictures by one scale. */
    @Test
    void signedNumbersDiverge() throws Exception {
        SvgDocument svg = SvgDocument.of(Images.of(Matrix.parse("8 -8; 4 0"), 1, 2));
        List<String> strokes = svg.all("path").stream()
                .filter(path -> path.getAttribute("d").matches("(M\\d+ \\d+h\\d+)+"))
                .map(path -> path.getAttribute("stroke") + " " + path.getAttribute("d"))
                .toList();
        // 4 is half of the largest: half-way from 255 to (178, 24, 43) is (216.5, 139.5, 149).
        assertEquals(List.of("#2166ac M1 0h1", "#b2182b M0 0h1", "#d98c95 M0 0h1"), strokes);
        assertEquals("blue -8, white 0, red 8", svg.description());
    }

    @Test
    void whatIsNotFiniteIsMarkedInThePicture() throws Exception {
        SvgDocument svg = SvgDocument.of(Images.of(Matrix.parse("nan inf -inf 1"), 2, 2));
        assertEquals(
                List.of("M0.2 0.2l.6 .6m0-.6l-.6 .6M1.2 0.5h.6m-.3-.3v.6M0.2 1.5h.6"),
                svg.all("path").stream()
                        .filter(path -> path.getAttribute("stroke-width").equals(".15"))
                        .map(path -> path.getAttribute("d"))
                        .toList());
        assertEquals("white 0, black 1, × 1 NaN, + 1 +∞, − 1 -∞", svg.description());
    }

    @Test
    void moreThanSixtyAreCounted() throws Exception {
        SvgDocument svg = SvgDocument.of(Images.of(Matrix.zeros(1797, 64).named("x"), 8, 8));
        assertEquals("1,797 pictures of 8 × 8: x 1,797 × 64, the first 60", svg.title());
        assertEquals(
                60, svg.texts().stream().filter(text -> text.startsWith("x[")).count());
    }

    @Test
    void noSvgIsMuchLongerThan100kB() {
        for (Images images : List.of(
                Images.of(Matrix.normal(60, 784, 1), 28, 28),
                Images.of(Matrix.normal(3, 250_000, 1), 500, 500),
                Images.of(Matrix.normal(3, 9_000, 1), 9_000, 1))) {
            int length = Rendered.of(images).as("image/svg+xml").orElseThrow().length();
            assertTrue(length < 110_000, images + ": " + length);
        }
    }

    @Test
    void captionsAreEscapedAndFit() throws Exception {
        SvgDocument svg = SvgDocument.of(Images.of(X, 2, 2)
                .captions(List.of("<b>&\"'\u0000\uD800", "a caption that is wider than any picture of two pixels is")));
        assertEquals(
                List.of("2 pictures of 2 × 2: x 2 × 4", "<b>&\"'‹U+0000›…", "a caption that is…", "0", "4"),
                svg.texts());
        assertEquals(
                List.of(
                        "2 pictures of 2 × 2: x 2 × 4",
                        "<b>&\"'‹U+0000›‹U+D800›",
                        "a caption that is wider than any picture of two pixels is"),
                svg.all("title").stream().map(title -> title.getTextContent()).toList());
    }

    @Test
    void nothingStandsOutside() throws Exception {
        for (Images images : List.of(
                Images.of(X, 2, 2), Images.of(Matrix.normal(60, 64, 1).named("a_long_name_of_weights"), 8, 8))) {
            SvgDocument svg = SvgDocument.of(images);
            svg.all("text").forEach(text -> {
                assertTrue(svg.number(text, "x") < svg.width() && svg.number(text, "y") < svg.height() - 4);
                assertTrue(svg.number(text, "font-size") >= 11);
            });
        }
    }

    private static String error(Runnable code) {
        return assertThrows(IllegalArgumentException.class, code::run).getMessage();
    }
}
