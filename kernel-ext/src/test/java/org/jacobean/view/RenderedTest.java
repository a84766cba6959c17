package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacobean.explain.Explanation;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What each kind of value looks like, to the letter. */
class RenderedTest {

    private static final Matrix X = Matrix.row(2, 3, 5).named("x");
    private static final Matrix W = Matrix.parse("0.1 0.2; 0.3 -0.4; -0.5 0.6").named("w");
    private static final Matrix B = Matrix.row(0.01, -0.02).named("b");
    private static final Forward PASS = new Linear(W, B).forward(X);
    private static final Gradients GRADS = PASS.backward(Matrix.row(1, -2));

    @AfterEach
    void settingsAsTheyWere() {
        Display.defaults();
    }

    // Text

    @Test
    void aMatrixAsText() {
        assertEquals(
                """
                w: 3 × 2, norm 0.9539, min -0.5, max 0.6
                        w[·,1]  w[·,2]
                w[1,·]     0.1     0.2
                w[2,·]     0.3    -0.4
                w[3,·]    -0.5     0.6""",
                Rendered.of(W).text());
    }

    /** What people compute by hand with; Java counts from 0. */
    @Test
    void aJavaArrayAsText() {
        assertEquals(
                """
                double[3][2], norm 0.9539, min -0.5, max 0.6
                     [·][0]  [·][1]
                [0]     0.1     0.2
                [1]     0.3    -0.4
                [2]    -0.5     0.6""",
                Rendered.of(W.toArray()).text());
        assertEquals(
                """
                double[3], norm 4.031, min -3, max 2.5
                     [0]  [1]   [2]
                [·]  1.0  2.5  -3.0""",
                Rendered.of(new double[] {1, 2.5, -3}).text());
        assertEquals(
                """
                float[1][2], norm 1.118, min -0.5, max 1
                     [·][0]  [·][1]
                [0]     1.0    -0.5""",
                Rendered.of(new float[][] {{1, -0.5f}}).text());
        assertEquals(
                """
                int[3], norm 4.243e7, min 0, max 3e7, 1 zero
                          [0]  [1]       [2]
                [·]  30000000    0  30000000""",
                Rendered.of(new int[] {30_000_000, 0, 30_000_000}).text());
        // Of others there is no view: what Java says.
        assertTrue(Rendered.of(new int[0][][]).text().startsWith("[[[I@"));
    }

    @Test
    void anArrayWhoseRowsDifferAsText() {
        assertEquals(
                """
                double[4][], rows of 0 to 3, 1 null, norm NaN, min 1, max 4, 1 NaN
                     [·][0]  [·][1]  [·][2]
                [0]       1       2       3
                [1]    null
                [2]
                [3]       4     NaN""",
                Rendered.of(new double[][] {{1, 2, 3}, null, {}, {4, Double.NaN}})
                        .text());
        assertEquals(
                """
                int[2][], rows of 2, 1 null, norm 5, min 3, max 4
                     [·][0]  [·][1]
                [0]       3       4
                [1]    null""",
                Rendered.of(new int[][] {{3, 4}, null}).text());
        Map<String, Object> empty = new LinkedHashMap<>();
        empty.put("double[0]", new double[0]);
        empty.put("double[0][]", new double[0][0]);
        empty.put("double[3][0]", new double[3][0]);
        empty.put("float[2][], all null", new float[2][]);
        empty.put("int[2][], rows of 0, 1 null", new int[][] {{}, null});
        empty.forEach((text, array) -> assertEquals(text, Rendered.of(array).text()));
    }

    @Test
    void theMiddleOfALargeArrayIsLeftOut() {
        double[][] large = new double[1000][20_000];
        large[999][19_999] = 3;
        Display.rows(2).columns(2);
        assertEquals(
                """
                double[1000][20000], norm 3, min 0, max 3, 19,999,999 zeros
                       [·][0]  …  [·][19999]
                [0]         0  …           0
                ⋮           ⋮  ⋱           ⋮
                [999]       0  …           3
                shown: 2 of 1,000 rows, 2 of 20,000 columns""",
                Rendered.of(large).text());
        double[] one = {7};
        double[][] same = new double[1_000_000][];
        Arrays.fill(same, one);
        same[0] = new double[1_000_000];
        same[1] = null;
        assertEquals(
                """
                double[1000000][], rows of 1 to 1,000,000, 1 null, norm 7000, min 0, max 7,
                  1,000,000 zeros
                          [·][0]  …  [·][999999]
                [0]            0  …            0
                ⋮              ⋮  ⋱            ⋮
                [999999]       7  …
                shown: 2 of 1,000,000 rows, 2 of 1,000,000 columns""",
                Rendered.of(same).text());
    }

    @Test
    void anArrayAsHtml() {
        String html = Rendered.of(new double[][] {{4, -2}, null}).html().orElseThrow();
        assertEquals(
                """
                <caption style="caption-side:top;text-align:left;white-space:nowrap">double[2][], rows of 2, 1 null, norm 4.472, \
                min -2, max 4</caption>
                <thead><tr><td></td><th scope="col" style="text-align:right">[·][0]</th><th scope="col" \
                style="text-align:right">[·][1]</th></tr></thead>
                <tbody>
                <tr><th scope="row">[0]</th><td style="background-color:#f4a552;color:#111" title="[0][0] = 4">4</td>\
                <td style="background-color:#bbd9f1;color:#111" title="[0][1] = -2">-2</td></tr>
                <tr><th scope="row">[1]</th><td style="text-align:right"><i style="opacity:.7">null</i></td><td style="text-align:right"></td></tr>
                </tbody>""",
                html.substring(html.indexOf("<caption"), html.indexOf("\n</table>")));
        assertTrue(Rendered.of(new double[] {5}).html().orElseThrow().contains("title=\"[0] = 5\""));
    }

    @Test
    void aMatrixWithoutANameAsText() {
        assertEquals(
                """
                1 × 2, norm 5, min -3, max 4
                     [1]  [2]
                [·]   -3    4""",
                Rendered.of(Matrix.row(-3, 4)).text());
    }

    @Test
    void whatIsOddAboutAMatrixIsCounted() {
        assertEquals(
                """
                2 × 4, norm NaN, min -∞, max ∞, 2 zeros, 1 NaN, 1 +∞, 2 -∞
                       [·,1]  [·,2]  [·,3]  [·,4]
                [1,·]    NaN      ∞     -∞     -∞
                [2,·]      0      0   -1.0    0.5""",
                Rendered.of(Matrix.parse("nan inf -inf -inf; 0 -0 -1 0.5")).text());
    }

    @Test
    void theNormOfHugeNumbersDoesNotOverflow() {
        assertEquals(
                """
                1 × 2, norm 5e200, min 3e200, max 4e200
                       [1]    [2]
                [·]  3e200  4e200""",
                Rendered.of(Matrix.row(3e200, 4e200)).text());
    }

    @Test
    void aLayerAsText() {
        assertEquals(
                """
                linear layer: f = x·w + b, n = 3 inputs, m = 2 neurons, 8 parameters

                w: 3 × 2, norm 0.9539, min -0.5, max 0.6
                        w[·,1]  w[·,2]
                w[1,·]     0.1     0.2
                w[2,·]     0.3    -0.4
                w[3,·]    -0.5     0.6

                b: 1 × 2, norm 0.02236, min -0.02, max 0.01
                   b[1]   b[2]
                b  0.01  -0.02""",
                Rendered.of(new Linear(W, B)).text());
    }

    @Test
    void aPassAsText() {
        // f[1] = 2·0.1 + 3·0.3 − 5·0.5 + 0.01 = −1.39; f[2] = 2·0.2 − 3·0.4 + 5·0.6 − 0.02 = 2.18
        assertEquals(
                """
                f = x·w + b : (1 × 3)·(3 × 2) + (1 × 2) → 1 × 2

                x: 1 × 3, norm 6.164, min 2, max 5    f: 1 × 2, norm 2.585, min -1.39, max 2.18
                   x[1]  x[2]  x[3]                       f[1]  f[2]
                x     2     3     5                   f  -1.39  2.18""",
                Rendered.of(PASS).text());
    }

    @Test
    void gradientsAsText() {
        assertEquals(
                """
                f: 1 × 2, norm 2.585, min -1.39, max 2.18
                    f[1]  f[2]
                f  -1.39  2.18

                dL/df: 1 × 2, norm 2.236, min -2, max 1
                       dL/df[1]  dL/df[2]
                dL/df         1        -2

                x: 1 × 3, norm 6.164, min 2, max 5
                   x[1]  x[2]  x[3]
                x     2     3     5

                dL/dx: 1 × 3, norm 2.047, min -1.7, max 1.1
                       dL/dx[1]  dL/dx[2]  dL/dx[3]
                dL/dx      -0.3       1.1      -1.7
                dL/dx = dL/df·wᵀ : (N×m)·(m×n) : (1 × 2)·(2 × 3) → 1 × 3

                w: 3 × 2, norm 0.9539, min -0.5, max 0.6
                        w[·,1]  w[·,2]
                w[1,·]     0.1     0.2
                w[2,·]     0.3    -0.4
                w[3,·]    -0.5     0.6

                dL/dw: 3 × 2, norm 13.78, min -10, max 5
                            dL/dw[·,1]  dL/dw[·,2]
                dL/dw[1,·]           2          -4
                dL/dw[2,·]           3          -6
                dL/dw[3,·]           5         -10
                dL/dw = xᵀ·dL/df : (n×N)·(N×m) : (3 × 1)·(1 × 2) → 3 × 2

                b: 1 × 2, norm 0.02236, min -0.02, max 0.01
                   b[1]   b[2]
                b  0.01  -0.02

                dL/db: 1 × 2, norm 2.236, min -2, max 1
                       dL/db[1]  dL/db[2]
                dL/db         1        -2
                dL/db = column sums of dL/df : (N×m) → (1×m) : (1 × 2) → 1 × 2""",
                Rendered.of(GRADS).text());
    }

    @Test
    void gradientsUseTheNamesOfTheVariables() {
        Forward hidden =
                new Linear(Matrix.row(4, 6).named("w1")).forward(Matrix.row(2.0).named("pixels"));
        assertEquals(
                """
                f: 1 × 2, norm 14.42, min 8, max 12    dL/df: 1 × 2, norm 5, min 3, max 4
                   f[1]  f[2]                                 dL/df[1]  dL/df[2]
                f     8    12                          dL/df         3         4

                pixels: 1 × 1, norm 2, min 2, max 2
                        pixels[1]
                pixels          2

                dL/dpixels: 1 × 1, norm 36, min 36, max 36
                            [1]
                dL/dpixels   36
                dL/dpixels = dL/df·w1ᵀ : (N×m)·(m×n) : (1 × 2)·(2 × 1) → 1 × 1

                w1: 1 × 2, norm 7.211, min 4, max 6    dL/dw1: 1 × 2, norm 10, min 6, max 8
                    w1[1]  w1[2]                               dL/dw1[1]  dL/dw1[2]
                w1      4      6                       dL/dw1          6          8
                dL/dw1 = pixelsᵀ·dL/df : (n×N)·(N×m) : (1 × 1)·(1 × 2) → 1 × 2""",
                Rendered.of(hidden.backward(Matrix.row(3, 4).named("upstream"))).text());
    }

    @Test
    void aJacobianAsText() {
        assertEquals(
                """
                df/dx: 2 × 3, norm 0.9539, min -0.5, max 0.6
                      x[1]  x[2]  x[3]
                f[1]   0.1   0.3  -0.5
                f[2]   0.2  -0.4   0.6""",
                Rendered.of(Jacobian.of(PASS, "x")).text());
    }

    @Test
    void valuesAreShownSideBySideWhereThereIsRoom() {
        assertEquals(
                """
                x: 1 × 3, norm 6.164, min 2, max 5    f: 1 × 2, norm 2.585, min -1.39, max 2.18
                   x[1]  x[2]  x[3]                       f[1]  f[2]
                x     2     3     5                   f  -1.39  2.18
                """,
                shown(() -> Display.show(X, PASS.output())));
        assertEquals(
                """
                x: 1 × 3, norm 6.164, min 2, max 5
                   x[1]  x[2]  x[3]
                x     2     3     5
                and a word
                """,
                shown(() -> Display.show(X, "and a word")));
    }

    @Test
    void aMeasuredJacobianSaysSo() {
        assertEquals(
                """
                df/dw: 2 × 6, norm 8.718, min 0, max 5, 6 zeros, measured
                      w[1,1]  w[1,2]  w[2,1]  w[2,2]  w[3,1]  w[3,2]
                f[1]       2       0       3       0       5       0
                f[2]       0       2       0       3       0       5""",
                Rendered.of(Jacobian.byNudging(PASS, "w")).text());
    }

    @Test
    void aTableAsText() {
        Table table = Table.create(
                "people & more",
                StringColumn.create("name", "Ann", "<b>Bo\nb</b>", ""),
                DoubleColumn.create("score", 1.5, Double.NaN, 123456.789),
                IntColumn.create("n", 1, 20, 300),
                DateColumn.create(
                        "born", java.time.LocalDate.of(1970, 1, 1), null, java.time.LocalDate.of(2000, 12, 31)));
        table.intColumn("n").setMissing(1);
        assertEquals(
                """
                people & more: 3 × 4
                   name              score        n  born
                   string           double  integer  local_date
                0  Ann               1.500        1  1970-01-01
                1  <b>Bo⏎b</b>         NaN  missing  missing
                2  missing      123456.789      300  2000-12-31""",
                Rendered.of(table).text());
    }

    @Test
    void aColumnAsText() {
        assertEquals(
                """
                column of 2 rows
                    score
                   double
                0    0.25
                1     NaN""",
                Rendered.of(DoubleColumn.create("score", 0.25, Double.NaN)).text());
    }

    @Test
    void aTablesHugeNumbersArePowersOfTenUnlessTheyAreWhole() {
        Table table = Table.create(
                "huge",
                DoubleColumn.create("measured", 4.5, 1e15),
                DoubleColumn.create("money", 0.25, 999_999_999_999.25),
                DoubleColumn.create("milliseconds", 0, 1_795_400_000_000.0));
        assertEquals(
                """
                huge: 2 × 3
                   measured            money   milliseconds
                     double           double         double
                0     4.5e0             0.25              0
                1    1.0e15  999999999999.25  1795400000000""",
                Rendered.of(table).text());
    }

    @Test
    void anEmptyTableAsText() {
        assertEquals(
                "nothing: 0 × 1\n    name\n  string",
                Rendered.of(Table.create("nothing", StringColumn.create("name")))
                        .text());
    }

    @Test
    void theMiddleOfALargeMatrixIsLeftOut() {
        Display.rows(4);
        Display.columns(3);
        double[][] numbers = new double[5000][7];
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < 7; j++) {
                numbers[i][j] = 10 * (i + 1) + j + 1;
            }
        }
        assertEquals(
                """
                5,000 × 7, norm 5402075, min 11, max 50007
                          [·,1]  [·,2]  …  [·,7]
                [1,·]        11     12  …     17
                [2,·]        21     22  …     27
                ⋮             ⋮      ⋮  ⋱      ⋮
                [4999,·]  49991  49992  …  49997
                [5000,·]  50001  50002  …  50007
                shown: 4 of 5,000 rows, 3 of 7 columns""",
                Rendered.of(Matrix.of(numbers)).text());
    }

    @Test
    void noTextIsWiderThan80Columns() {
        Table wide = Table.create("wide");
        for (int j = 0; j < 30; j++) {
            wide.addColumns(StringColumn.create("a rather long column name " + j, "x".repeat(100)));
        }
        for (Object value : List.of(Matrix.normal(20, 20, 1).scale(1e-9).named("a_long_name"), wide, GRADS, PASS)) {
            int widest = Rendered.of(value)
                    .text()
                    .lines()
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            assertTrue(
                    widest <= 80,
                    () -> widest + " columns:\n" + Rendered.of(value).text());
        }
    }

    @Test
    void whatHasNoViewIsItsToString() {
        assertEquals("[1, 2]", Rendered.of(List.of(1, 2)).text());
        assertEquals("null", Rendered.of(null).text());
        assertEquals(java.util.Optional.empty(), Rendered.of("text").html());
    }

    // HTML, Markdown, LaTeX

    @Test
    void aMatrixAsHtml() {
        assertEquals(
                """
                <div class="jacobean mathjax_ignore tex2jax_ignore">STYLE
                <div style="display:flex;flex-wrap:wrap;align-items:flex-start">
                <div style="margin-right:24px">
                <table>
                <caption style="caption-side:top;text-align:left;white-space:nowrap">w: 2 × 2, norm NaN, min -1, max 0.5, 1 zero, 1 NaN</caption>
                <thead><tr><td></td><th scope="col" style="text-align:right">w[·,1]</th><th scope="col" style="text-align:right">w[·,2]</th></tr></thead>
                <tbody>
                <tr><th scope="row">w[1,·]</th><td style="background-color:#fad2a9;color:#111" title="w[1,1] = 0.5">0.5</td><td style="background-color:#76b2e2;color:#111" title="w[1,2] = -1">-1.0</td></tr>
                <tr><th scope="row">w[2,·]</th><td style="text-align:right" title="w[2,1] = 0">0</td><td style="background-color:#e6c8f0;color:#111" title="w[2,2] = NaN">NaN</td></tr>
                </tbody>
                </table>
                </div>
                </div>
                </div>""",
                withoutStyle(html(Matrix.parse("0.5 -1; 0 nan").named("w"))));
    }

    @Test
    void everythingFromTheUserIsEscaped() {
        Table table =
                Table.create("<script>t</script>", StringColumn.create("\"a\" & 'b'", "<img src=x onerror=alert(1)>"));
        assertEquals(
                """
                <div class="jacobean mathjax_ignore tex2jax_ignore">STYLE
                <div style="display:flex;flex-wrap:wrap;align-items:flex-start">
                <div style="margin-right:24px">
                <table>
                <caption style="caption-side:top;text-align:left;white-space:nowrap">&lt;script&gt;t&lt;/script&gt;: 1 × 1</caption>
                <thead><tr><td></td><th scope="col" style="text-align:left">&quot;a&quot; &amp; &#39;b&#39;<br><small>string</small></th></tr></thead>
                <tbody>
                <tr><th scope="row">0</th><td style="text-align:left;white-space:nowrap">&lt;img src=x onerror=alert(1)&gt;</td></tr>
                </tbody>
                </table>
                </div>
                </div>
                </div>""",
                withoutStyle(html(table)));
        String name = "<i>\"w\"</i>";
        assertTrue(!html(W.named(name)).contains(name));
        // What a page has no way to write, or does not show.
        String control = html(W.named("w\u0000\u001b\u0085\n1"));
        assertTrue(control.contains("w‹U+0000›‹U+001B›‹U+0085›⏎1: 3 × 2"), control);
        assertTrue(control.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\n'), control);
    }

    @Test
    void aMatrixAsLatex() {
        assertEquals(
                """
                $$\\mathrm{w} = \\begin{bmatrix}
                1.0 \\cdot 10^{-9} & \\infty \\\\
                -2.5 \\cdot 10^{-9} & \\mathrm{NaN}
                \\end{bmatrix}$$""",
                Rendered.of(Matrix.parse("1e-9 inf; -2.5e-9 nan").named("w"))
                        .as("text/latex")
                        .orElseThrow());
    }

    @Test
    void aTableAsMarkdown() {
        Table table = Table.create("t", StringColumn.create("a|b", "*x*"), DoubleColumn.create("y", 0.5));
        assertEquals(
                """
                t: 1 × 2

                | · | a\\|b | y |
                |:---|:---|---:|
                | 0 | \\*x\\* | 0.5 |""",
                Rendered.of(table).as("text/markdown").orElseThrow());
    }

    // Explanations

    @Test
    void gradientsBesideAnExplanation() {
        Rendered both = Rendered.of(new SideBySide(List.of(GRADS, Explanation.of(GRADS, "dL/dw[2,1]"))));
        assertEquals(
                Rendered.of(GRADS).text() + "\n"
                        + Rendered.of(Explanation.of(GRADS, "dL/dw[2,1]")).text(),
                both.text());
        String html = both.html().orElseThrow();
        assertTrue(
                html.endsWith(
                        """

                        <p>Why dL/dw[2,1] is 3</p>
                        <p><b>1. Where w[2,1] stands</b></p>
                        <pre>f[1] = w[2,1]·x[2] + 3 constants</pre>
                        <p>The derivative of a constant is 0. The other output does not hold w[2,1].</p>
                        <p><b>2. How f[1] moves with w[2,1]</b></p>
                        <pre>df[1]/dw[2,1] = x[2] = 3</pre>
                        <p><b>3. The chain rule</b></p>
                        <pre>dL/dw[2,1] = dL/df[1]·df[1]/dw[2,1]</pre>
                        <p>w[2,1] reaches L through this output alone.</p>
                        <p><b>4. The numbers</b></p>
                        <pre>dL/df[1]·x[2] = 1 · 3 = 3
                        dL/dw[2,1]    = 3</pre>
                        <p><b>5. The same in one product, and measured</b></p>
                        <p>dL/dw[2,1] is entry [2,1] of xᵀ·dL/df.</p>
                        <p>Moving w[2,1] by ±2.1e-6 and measuring L = Σ dL/df∘f gives:</p>
                        <pre>dL/dw[2,1] = 3</pre>
                        </div>"""),
                html);
        assertTrue(!html.contains("tabindex") && !html.contains("hidden"), html);
        assertTrue(html.contains("title=\"dL/dw[2,1] = 3\""), html);
    }

    @Test
    void anExplanationsNamesAreEscaped() {
        Explanation explanation = Explanation.of(
                new Linear(W.named("</pre><i>|*`$\\x^"))
                        .forward(X.named("a\n\n$$_}"))
                        .backward(Matrix.row(1, -2)),
                "dL/dw[2,1]");
        String html = html(new SideBySide(List.of(explanation)));
        assertTrue(!html.contains("<i>") && html.contains("&lt;/pre&gt;&lt;i&gt;|*`$\\x^[2,1]·a⏎⏎$$_}[2]"), html);
        String markdown = Rendered.of(explanation).as("text/markdown").orElseThrow();
        assertTrue(
                markdown.startsWith(
                        """
                        Why dL/d&lt;/pre&gt;&lt;i&gt;\\|\\*\\`<span>&#36;</span><span>&#92;</span>x^\\[2,1\\] is 3

                        **1. Where &lt;/pre&gt;&lt;i&gt;\\|\\*\\`<span>&#36;</span><span>&#92;</span>x^\\[2,1\\] stands**

                        $$
                        \\begin{aligned}
                        f[1] &= \\mathrm{</pre><i>|*`\\$\\backslash x\\wedge }[2,1] \\cdot \\mathrm{a⏎⏎\\$\\$\\_\\}}[2] \\text{ + 2 constants}
                        \\end{aligned}
                        $$
                        """),
                markdown);
        assertTrue(Rendered.of(explanation).text().startsWith("Why dL/d</pre><i>|*`$\\x^[2,1] is 3\n\n1. Where"));
    }

    // Size

    @Test
    void neverMuchMoreThan100KilobytesWhateverTheSizeAndTheSettings() {
        Matrix large = Matrix.normal(400, 500, 1).named("large");
        Gradients grads = new Linear(large.transpose(), large.column(0).transpose())
                .forward(large)
                .backward(large.times(large.transpose()));
        Table wide = Table.create("wide");
        for (int j = 0; j < 200; j++) {
            wide.addColumns(StringColumn.create(
                    "column " + j,
                    Arrays.stream(new String[200]).map(s -> "\"<&>'".repeat(50)).toList()));
        }
        for (int limit : new int[] {12, 100, 5000}) {
            Display.rows(limit);
            Display.columns(limit);
            for (Object value : List.of(large, grads, wide, Tables.of(large))) {
                int html = html(value).length();
                int text = Rendered.of(value).text().length();
                assertTrue(html <= 100_000 && text <= 100_000, () -> value.getClass() + ": " + html + ", " + text);
            }
        }
    }

    @Test
    void longTextsLeaveNoRowsOut() {
        StringColumn texts = StringColumn.create("text");
        for (int i = 0; i < 12; i++) {
            texts.append(i + "y".repeat(20_000));
        }
        Rendered rendered = Rendered.of(Table.create("n".repeat(500_000), texts));
        assertEquals(
                12,
                rendered.text().lines().filter(line -> line.endsWith("yyy…")).count());
        for (String type : List.of("text/plain", "text/html", "text/markdown")) {
            assertTrue(rendered.as(type).orElseThrow().length() < 10_000, type);
        }
    }

    // Settings

    @Test
    void digitsAreASetting() {
        Display.digits(2);
        assertEquals(
                """
                1 × 2, norm 1.4, min 0.33, max 1.3
                      [1]   [2]
                [·]  0.33  1.33""",
                Rendered.of(Matrix.parse("1/3 4/3")).text());
    }

    @Test
    void settingsOutOfRangeAreErrors() {
        assertEquals(
                "Display.digits is from 1 to 17, not 0",
                assertThrows(IllegalArgumentException.class, () -> Display.digits(0))
                        .getMessage());
        assertEquals(
                "Display.rows is at least 2, not 1",
                assertThrows(IllegalArgumentException.class, () -> Display.rows(1))
                        .getMessage());
        assertEquals(
                "Display.columns is at least 2, not -5",
                assertThrows(IllegalArgumentException.class, () -> Display.columns(-5))
                        .getMessage());
    }

    @Test
    void showPrintsTheWholeTextOnATerminal() {
        assertEquals(
                "x: 1 × 2, norm 2.236, min 1, max 2\n   x[1]  x[2]\nx     1     2\n",
                shown(() -> Display.show(Matrix.row(1, 2).named("x"))));
    }

    private static String shown(Runnable shows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            shows.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static String html(Object value) {
        return Rendered.of(value).html().orElseThrow();
    }

    private static String withoutStyle(String html) {
        return html.replaceFirst("<style>.*?</style>", "STYLE");
    }
}
