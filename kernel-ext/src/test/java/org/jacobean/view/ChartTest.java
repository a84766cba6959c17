package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Lines and histograms: the whole text, and what is drawn by XChart as far as it can be counted. */
class ChartTest {

    private static final Table RUN = Table.create(
            "run",
            IntColumn.create("step", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            DoubleColumn.create("up", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            DoubleColumn.create("down", 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
            StringColumn.create("note", 12));

    // Text

    /** Twelve points on twelve lines: one step up takes 65/11 columns. */
    @Test
    void linesAsText() {
        assertEquals(
                """
                up and down by step
                11 ┤ooo                                                            ***
                   │   oooooo                                                ******
                   │         oooooo                                    ******
                   │               oooooo                        ******
                   │                     oooooo            ******
                   │                           oooooo******
                   │                           ******oooooo
                   │                     ******            oooooo
                   │               ******                        oooooo
                   │         ******                                    oooooo
                   │   ******                                                oooooo
                 0 ┤***                                                            ooo
                   └──────────────────────────────────────────────────────────────────
                    0                             step                              11
                * up    min 0, max 11, last 11
                o down  min 0, max 11, last 0""",
                Rendered.of(Chart.lines(RUN, "step", "up", "down")).text());
    }

    /** Powers of 2 fall on one line. */
    @Test
    void aLogarithmicAxisMakesPowersALine() {
        Table powers = table(new double[] {0, 1, 2, 4, 8, -3}, new double[] {0, 0, 1, 2, 3, 3});
        assertEquals(
                """
                y by x
                8 ┤                                                               ***
                  │                                                         ******
                  │                                                   ******
                  │                                             ******
                  │                                       ******
                  │                                 ******
                  │                           ******
                  │                     ******
                  │               ******
                  │         ******
                  │   ******
                1 ┤***
                  └──────────────────────────────────────────────────────────────────
                   0                        x, y logarithmic                        3
                * y  min -3, max 8, last -3, 2 not above 0""",
                Rendered.of(Chart.lines(powers, "x", "y").log()).text());
    }

    @Test
    void whatIsNoFiniteNumberIsAGapAndIsSaid() {
        double inf = Double.POSITIVE_INFINITY;
        Table gaps = table(new double[] {1, 1, Double.NaN, 0, inf, 1, 1}, new double[] {0, 1, 2, 3, 4, 5, Double.NaN});
        assertEquals(
                """
                y by x
                1 ┤**************                                                   *
                  │
                  │
                  │
                  │
                  │
                  │
                  │
                  │
                  │
                  │
                0 ┤                                       *
                  └──────────────────────────────────────────────────────────────────
                   0                               x                                5
                * y  min 0, max 1, last 1, 1 NaN, 1 ∞, 1 without x""",
                Rendered.of(Chart.lines(gaps, "x", "y")).text());
    }

    @Test
    void aConstantLineIsInTheMiddleAndSoIsOnePoint() {
        String constant = Rendered.of(Chart.lines(table(new double[] {5, 5}, new double[] {1, 2}), "x", "y"))
                .text();
        assertEquals("5 ┤" + "*".repeat(66), constant.split("\n")[7]);
        String one = Rendered.of(Chart.lines(table(new double[] {5}, new double[] {1}), "x", "y"))
                .text();
        assertEquals("5 ┤" + " ".repeat(33) + "*", one.split("\n")[7]);
    }

    /** Its numbers stand once, where it is. */
    @Test
    void onePointOnALogarithmicAxis() {
        String empty = "  │\n";
        assertEquals(
                "y by x\n" + empty.repeat(6) + "3 ┤" + " ".repeat(33) + "*\n" + empty.repeat(5) + "  └" + "─".repeat(66)
                        + "\n" + " ".repeat(26) + "x = 1, y logarithmic\n* y  min 3, max 3, last 3",
                Rendered.of(Chart.lines(table(new double[] {3}, new double[] {1}), "x", "y")
                                .log())
                        .text()
                        .replaceAll(" +\n", "\n"));
    }

    @Test
    void whereThereIsNothingToCountItIsSaid() {
        Rendered nothing = Rendered.of(Chart.histogram("w", Matrix.parse("nan nan; inf nan")));
        assertEquals(
                """
                w
                nothing to count: no finite number
                2 × 2, norm NaN, min ∞, max ∞, 3 NaN, 1 +∞""",
                nothing.text());
    }

    @Test
    void whereThereIsNothingToDrawItIsSaid() {
        Chart empty = Chart.lines(table(new double[0], new double[0]), "x", "y");
        assertEquals(
                """
                y by x
                nothing to draw: no point of finite numbers
                * y  no rows""",
                Rendered.of(empty).text());
        Chart nan = Chart.lines(table(new double[] {Double.NaN}, new double[] {1}), "x", "y");
        assertEquals(
                """
                y by x
                nothing to draw: no point of finite numbers
                * y  last NaN, 1 NaN""",
                Rendered.of(nan).text());
        assertEquals(Map.of(), Rendered.of(nan).shown());
    }

    @Test
    void noLineOfTextIsTooWide() {
        String name = "a very long name of a column, such as people have them in their files";
        Table wide = Table.create(
                DoubleColumn.create("x", -1.2345e-10, 1.2345e10), DoubleColumn.create(name, -1.7e308, 1.7e308));
        Rendered.of(Chart.lines(wide, "x", name)).text().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void aHistogramAsText() {
        assertEquals(
                """
                l1
                2 × 5, norm NaN, min -1.5, max ∞, 2 zeros, 1 NaN, 1 +∞
                -1.5 to -1.0 │█████████████ 1
                -1.0 to -0.5 │
                -0.5 to    0 │
                   0 to  0.5 │████████████████████████████████████████ 3
                 0.5 to  1.0 │███████████████████████████ 2
                 1.0 to  1.5 │█████████████ 1
                 1.5 to  2.0 │█████████████ 1""",
                Rendered.of(Chart.histogram("l1", Matrix.parse("-1.5 0 0 0.25 0.5; 0.75 1 nan inf 1.5")))
                        .text());
    }

    /** 1, 2 and 3 are not thrown together, and a bin holds its lower end. */
    @Test
    void wholeNumbersHaveBinsOfTheirOwn() {
        Histogram histogram = Histogram.of(Matrix.parse("1 2 2; 3 3 3"));
        assertEquals(
                List.of(1L, 2L, 3L), Arrays.stream(histogram.counts()).boxed().toList());
        assertEquals(
                List.of(1.0, 2.0, 3.0, 4.0),
                Arrays.stream(histogram.ends()).boxed().toList());
    }

    /** 0.3/0.1 is less than 3 in doubles, and 3·0.1 more than 0.3: still 0.3 is where the fourth bin begins. */
    @Test
    void aBinHoldsItsLowerEndInDecimals() {
        double[] tenths = {0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6};
        double[] shifted = Arrays.stream(tenths).map(a -> a - 0.5).toArray();
        double[] each = new double[17 * 17];
        Arrays.setAll(each, i -> tenths[i / 17]);
        Histogram histogram = Histogram.of(Matrix.row(each));
        assertArrayEquals(tenths, Arrays.copyOf(histogram.ends(), 17));
        assertArrayEquals(LongStream.generate(() -> 17).limit(17).toArray(), histogram.counts());
        assertArrayEquals(
                new long[] {1, 2, 1},
                Histogram.of(Matrix.row(-0.5, -0.0, 0.0, 0.5)).counts());
        assertEquals(
                17, Arrays.stream(Histogram.of(Matrix.row(shifted)).counts()).sum());
    }

    @Test
    void endsThatAreNearHaveAsManyDigitsAsTellThemApart() {
        assertEquals(
                """
                year
                1 × 4, norm 4041, min 2020, max 2021
                2020.5 to 2020.6 │████████████████████ 1
                2020.6 to 2020.7 │████████████████████ 1
                2020.7 to 2020.8 │
                2020.8 to 2020.9 │████████████████████████████████████████ 2""",
                Rendered.of(Chart.histogram("year", Matrix.row(2020.5, 2020.6, 2020.8, 2020.85)))
                        .text());
    }

    @Test
    void withoutANameAHistogramHasThatOfItsMatrix() {
        Matrix w = Matrix.row(1, 2);
        assertEquals(
                "Histogram of w1, 1 × 2", Chart.histogram(null, w.named("w1")).toString());
        assertEquals("Histogram of numbers, 1 × 2", Chart.histogram(null, w).toString());
        assertTrue(Rendered.of(Chart.histogram("w", w).title(null)).text().startsWith("w\n"));
    }

    @Test
    void everyFiniteNumberIsInABin() {
        for (Matrix matrix : List.of(
                Matrix.normal(100, 50, 1),
                Matrix.zeros(3, 3),
                Matrix.row(7, 7, 7),
                Matrix.row(1e300, -1e300, 0),
                Matrix.row(1, 1 + Math.ulp(1.0)),
                Matrix.row(1e17 + 16, 1e17),
                Matrix.row(-0.0, 0.0, -0.0),
                Matrix.row(-1.7e308, 1.7e308, 1),
                Matrix.row(-Double.MAX_VALUE, Double.MAX_VALUE),
                Matrix.row(Double.MAX_VALUE, Double.MAX_VALUE),
                Matrix.row(Double.MIN_VALUE, -Double.MIN_VALUE, 0),
                Matrix.row(Double.MIN_NORMAL, 3 * Double.MIN_NORMAL),
                Matrix.row(5e-301, 5e-301),
                Matrix.row(1e-300, 2e-300, 0.5e-300),
                Matrix.uniform(40, 40, 3).scale(1e9))) {
            Histogram histogram = Histogram.of(matrix);
            assertEquals(
                    matrix.rows() * matrix.columns(),
                    Arrays.stream(histogram.counts()).sum(),
                    matrix.toString());
            assertTrue(histogram.counts().length <= 22, matrix.toString());
            double[] sorted = histogram.ends().clone();
            Arrays.sort(sorted);
            assertArrayEquals(sorted, histogram.ends());
            for (int k = 0; k < histogram.counts().length; k++) {
                double from = histogram.ends()[k];
                double to = k + 1 == histogram.counts().length
                        ? Math.nextUp(histogram.ends()[k + 1])
                        : histogram.ends()[k + 1];
                assertEquals(
                        matrix.stream().filter(a -> a >= from && a < to).count(),
                        histogram.counts()[k],
                        matrix + " from " + from + " to " + to);
            }
        }
    }

    @Test
    void toStringIsALine() {
        assertEquals(
                "Chart of up and down by step, rows: 12",
                Chart.lines(RUN, "step", "up", "down").toString());
        assertEquals(
                "Histogram of w, 2 × 3",
                Chart.histogram("w", Matrix.zeros(2, 3)).toString());
    }

    // Errors

    @Test
    void anErrorNamesTheColumnsThereAre() {
        assertEquals(
                "there is no column 'loss' in the table; the columns of numbers are step, up, down",
                error(() -> Chart.lines(RUN, "step", "loss")));
        assertEquals(
                "the column 'note' holds no numbers, but string; the columns of numbers are step, up, down",
                error(() -> Chart.lines(RUN, "note", "up")));
        assertEquals(
                "there is no column 'null' in the table; the columns of numbers are step, up, down",
                error(() -> Chart.lines(RUN, "step", (String) null)));
        assertEquals(
                "a chart needs a column for x and one or more for y, as in Chart.lines(table, \"step\", \"loss\");"
                        + " the columns of numbers are step, up, down",
                error(() -> Chart.lines(RUN, "step")));
        assertEquals(
                "there is no column 'x' in the table; none of its columns holds numbers",
                error(() -> Chart.lines(Table.create(StringColumn.create("s")), "x", "s")));
        assertEquals(
                "a chart holds up to 8 lines, not 9",
                error(() -> Chart.lines(RUN, "step", "up", "up", "up", "up", "up", "up", "up", "up", "up")));
        assertEquals(
                "the table of a chart is null; did the cell that declares it fail?",
                error(() -> Chart.lines(null, "x", "y")));
        assertEquals("a histogram has no logarithmic axis", error(() -> Chart.histogram("w", Matrix.zeros(1, 1))
                .log()));
    }

    /** Tablesaw does not tell capitals, and the chart has the column's own name. */
    @Test
    void capitalsDoNotCount() {
        assertEquals(
                "Chart of up by step, rows: 12",
                Chart.lines(RUN, "STEP", "Up", "uP").toString());
    }

    // SVG

    @Test
    void aLineIsOneElementWithAllItsPoints() throws Exception {
        double[] x = IntStream.range(0, 100).asDoubleStream().toArray();
        double[] falling = Arrays.stream(x).map(a -> 100 - a).toArray();
        Table run = Table.create(
                DoubleColumn.create("step", x), DoubleColumn.create("a", x), DoubleColumn.create("b", falling));
        SvgDocument svg = SvgDocument.of(Chart.lines(run, "step", "a", "b"));
        assertEquals("a and b by step", svg.title());
        assertEquals("a: min 0, max 99, last 99; b: min 1, max 100, last 1", svg.description());
        assertEquals(List.of(100), points(svg, "rgb(0,114,178)"));
        assertEquals(List.of(100), points(svg, "rgb(213,94,0)"));
        assertTrue(style(svg, "rgb(213,94,0)").contains("stroke-dasharray"), "the second is told apart without colour");
        assertFalse(style(svg, "rgb(0,114,178)").contains("stroke-dasharray"));
    }

    /** What is measured every tenth step has no lines, but marks. */
    @Test
    void pointsBetweenGapsAreMarked() throws Exception {
        double[] x = IntStream.range(0, 500).asDoubleStream().toArray();
        double[] y = Arrays.stream(x).map(a -> a % 10 == 0 ? a : Double.NaN).toArray();
        SvgDocument svg = SvgDocument.of(Chart.lines(table(y, x), "x", "y"));
        assertEquals(50, svg.all("ellipse").size());
        assertEquals(List.of(), points(svg, "rgb(0,114,178)"));
    }

    @Test
    void anXThatIsNotFiniteMovesNoAxis() throws Exception {
        double[] x = {Double.NaN, 1, 2, Double.POSITIVE_INFINITY, 4};
        SvgDocument svg = SvgDocument.of(Chart.lines(table(new double[] {1, 2, 3, 4, 5}, x), "x", "y"));
        assertEquals("y: min 1, max 5, last 5, 2 without x", svg.description());
        List<Element> marks = svg.all("ellipse");
        assertEquals(3, marks.size());
        double first = svg.number(marks.get(0), "cx");
        double second = svg.number(marks.get(1), "cx");
        double last = svg.number(marks.get(2), "cx");
        assertEquals(2, (last - second) / (second - first), 0.001, "4 is twice as far from 2 as 2 is from 1");
        assertTrue(last - first > 400, "most of the 640 pixels' width");
    }

    /** 41 points of which one is missing: two lines of 20. */
    @Test
    void aGapPartsALine() throws Exception {
        double[] x = IntStream.range(0, 41).asDoubleStream().toArray();
        double[] y = x.clone();
        y[20] = Double.NaN;
        assertEquals(List.of(20, 20), points(SvgDocument.of(Chart.lines(table(y, x), "x", "y")), "rgb(0,114,178)"));
    }

    @Test
    void ofAMillionPointsTheExtremesStay() throws Exception {
        int n = 1_000_000;
        double[] x = IntStream.range(0, n).asDoubleStream().toArray();
        double[] y = new double[n];
        y[123_456] = 1;
        y[654_321] = -1;
        SvgDocument svg = SvgDocument.of(Chart.lines(table(y, x), "x", "y"));
        assertEquals("y: min -1, max 1, last 0", svg.description());
        List<Element> lines = lines(svg, "rgb(0,114,178)");
        assertEquals(1, lines.size());
        List<double[]> points = new ArrayList<>();
        for (String point : lines.get(0).getAttribute("points").split(" ")) {
            points.add(Arrays.stream(point.split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        }
        assertTrue(points.size() <= 1000, points.size() + " points");
        double zero = points.get(0)[1];
        double up = points.stream().mapToDouble(p -> p[1]).min().orElseThrow();
        double down = points.stream().mapToDouble(p -> p[1]).max().orElseThrow();
        assertEquals(zero - up, down - zero, 0.02, "to two hundredths of a pixel, the two roundings");
        assertTrue(down - up > 200, "most of the 360 pixels' height");
        double left = points.get(0)[0];
        double right = points.get(points.size() - 1)[0];
        double at = points.stream().filter(p -> p[1] == up).findFirst().orElseThrow()[0];
        assertEquals(left + (right - left) * 123_456 / (n - 1), at, 0.02);
    }

    /** Eight lines of a million points together are not much longer than 100 kB. */
    @Test
    void manyLongLinesAreThinnedTogether() {
        double[] x = IntStream.range(0, 1_000_000).asDoubleStream().toArray();
        Table noise = Table.create(DoubleColumn.create("x", x));
        String[] names = new String[8];
        for (int k = 0; k < names.length; k++) {
            names[k] = "y" + k;
            noise.addColumns(DoubleColumn.create(
                    names[k], Matrix.normal(1, x.length, k).stream().toArray()));
        }
        int length = Rendered.of(Chart.lines(noise, "x", names))
                .as("image/svg+xml")
                .orElseThrow()
                .length();
        assertTrue(length < 110_000, length + " characters");
    }

    @Test
    void fewPointsHaveMarksAndOneIsAMark() throws Exception {
        assertEquals(
                1,
                SvgDocument.of(Chart.lines(table(new double[] {5}, new double[] {1}), "x", "y"))
                        .all("ellipse")
                        .size());
    }

    @Test
    void aHistogramIsOneAreaWithAStepForEachBin() throws Exception {
        SvgDocument svg = SvgDocument.of(Chart.histogram("w", Matrix.parse("1 2 2; 3 3 3")));
        assertEquals("w", svg.title());
        assertEquals("2 × 3, norm 6, min 1, max 3", svg.description());
        assertEquals(
                1,
                svg.all("path").stream()
                        .filter(path -> path.getAttribute("style").contains("rgb(158,202,233)"))
                        .count());
    }

    /** A name may hold anything; what XML cannot hold is written out. */
    @Test
    void namesAreEscaped() throws Exception {
        String name = "<script>&\"'\u0007]]>\uD800";
        Table table = Table.create(DoubleColumn.create("x<", 1, 2), DoubleColumn.create(name, 1, 2));
        Chart chart = Chart.lines(table, "x<", name).title("a < b & c");
        SvgDocument svg = SvgDocument.of(chart);
        assertEquals("a < b & c", svg.title());
        assertEquals("<script>&\"'‹U+0007›]]>‹U+D800›: min 1, max 2, last 2", svg.description());
        assertFalse(Rendered.of(chart).text().contains("\u0007"));
        assertFalse(chart.toString().contains("\u0007"));
    }

    @Test
    void everyOddChartIsDrawn() throws Exception {
        double[][] odd = {
            {5, 5, 5},
            {0, 0, 0},
            {-1e-300, 1e-300, 0},
            {1.7e308, -1.7e308, 0},
            {1.7e308, 1.7e308},
            {1e15 + 1, 1e15, 1e15 + 2},
            {3},
        };
        for (double[] y : odd) {
            double[] x = IntStream.range(0, y.length).asDoubleStream().toArray();
            assertTrue(SvgDocument.of(Chart.lines(table(y, x), "x", "y")).width() > 0);
        }
        assertTrue(SvgDocument.of(Chart.lines(table(new double[] {3, 3}, new double[] {1, 1}), "x", "y")
                                .log())
                        .width()
                > 0);
        for (double y : new double[] {Double.MIN_VALUE, Double.MAX_VALUE}) {
            assertTrue(SvgDocument.of(Chart.lines(table(new double[] {y, y}, new double[] {1.7e308, 1.7e308}), "x", "y")
                                    .log())
                            .width()
                    > 0);
        }
        for (Matrix matrix : List.of(
                Matrix.row(Double.NaN, 1e-300), Matrix.row(1.7e308, -1.7e308), Matrix.row(1, 1 + Math.ulp(1.0)))) {
            assertTrue(SvgDocument.of(Chart.histogram("w", matrix)).width() > 0);
        }
    }

    /** 630 powers of ten have no room for a label each. */
    @Test
    void aLogarithmicAxisOfManyPowersStaysReadableAndShort() throws Exception {
        for (double least : new double[] {1e-30, Double.MIN_VALUE}) {
            double[] y = {least, Math.sqrt(least), 1};
            Chart chart =
                    Chart.lines(table(y, new double[] {1, 2, 3}), "x", "y").log();
            SvgDocument svg = SvgDocument.of(chart);
            List<Element> marks = svg.all("ellipse");
            double first = svg.number(marks.get(0), "cy");
            double last = svg.number(marks.get(2), "cy");
            assertEquals(
                    (first + last) / 2, svg.number(marks.get(1), "cy"), 0.02, "half of the powers, half of the way");
            int length = Rendered.of(chart).as("image/svg+xml").orElseThrow().length();
            assertTrue(length < 50_000, length + " characters");
        }
    }

    @Test
    void theSameChartIsTheSameBytes() {
        assertEquals(
                Rendered.of(Chart.lines(RUN, "step", "up").log()).shown(),
                Rendered.of(Chart.lines(RUN, "step", "up").log()).shown());
    }

    @Test
    void aPictureIsNoHtmlAndAwtOpensNoWindow() {
        Rendered rendered = Rendered.of(Chart.lines(RUN, "step", "up"));
        assertEquals(List.of("image/svg+xml"), List.copyOf(rendered.shown().keySet()));
        assertTrue(rendered.html().isEmpty() && rendered.as("text/markdown").isEmpty());
        assertEquals("image/svg+xml", Rendered.preferred(Chart.class));
        assertEquals("true", System.getProperty("java.awt.headless"));
    }

    /** As JDK 17 and 25 fail on a machine without fonts, without fontconfig and without freetype. */
    @Test
    void withoutFontsItStaysText() {
        assertEquals(
                "(as text: Java could not draw it here, RuntimeException: Fontconfig head is null, check your fonts or"
                        + " fonts configuration; a picture needs a font, such as the package fonts-dejavu)",
                ChartView.without(new InternalError(
                        new RuntimeException("Fontconfig head is null, check your fonts or fonts configuration"))));
        assertTrue(ChartView.isOfFonts(new Error("Probable fatal error:No fonts found.")));
        assertTrue(ChartView.isOfFonts(new UnsatisfiedLinkError("libfreetype.so.6")));
        assertTrue(ChartView.isOfFonts(new NoClassDefFoundError("sun.font.FontManagerFactory")));
        assertFalse(ChartView.isOfFonts(new OutOfMemoryError()));
        assertFalse(ChartView.isOfFonts(new StackOverflowError()));
    }

    private static List<Integer> points(SvgDocument svg, String color) {
        return lines(svg, color).stream()
                .map(line -> line.getAttribute("points").split(" ").length)
                .toList();
    }

    private static String style(SvgDocument svg, String color) {
        return lines(svg, color).get(0).getAttribute("style");
    }

    /** Those in the plot: a legend's have two points. */
    private static List<Element> lines(SvgDocument svg, String color) {
        return svg.all("polyline").stream()
                .filter(line -> line.getAttribute("style").contains(color))
                .filter(line -> line.getAttribute("points").split(" ").length > 2)
                .toList();
    }

    private static Table table(double[] y, double[] x) {
        return Table.create(DoubleColumn.create("x", x), DoubleColumn.create("y", y));
    }

    private static String error(Runnable code) {
        return assertThrows(IllegalArgumentException.class, code::run).getMessage();
    }
}
