package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.GradientCheck;
import org.jacobean.explain.GradientCheck.Progress;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What checks, contributions and progress look like, to the letter. */
class ExplainedViewsTest {

    private static final Gradients GRADS = new Linear(Matrix.parse("1 2; 3 4"), Matrix.row(0, 0))
            .forward(Matrix.parse("1 2; 3 4; 0 -1"))
            .backward(Matrix.parse("1 -2; 3 0.5; 0.5 4"));

    /** A check of which every digit is known: its numbers are 0 and NaN. */
    private static final Gradients ODD =
            new Linear(Matrix.row(0.0)).forward(Matrix.column(0, Double.NaN)).backward(Matrix.column(0, 0));

    @AfterEach
    void settingsAsTheyWere() {
        Display.rows(12);
        Display.on(null);
    }

    @Test
    void aCheckAsText() {
        assertEquals(
                """
                1 of 3 agree; worst 0 at dL/dx[1,1]; 2 not finite
                NaN or ∞ begins with x, which was given: x[2,1] is NaN; %flow (in Java Flow.of)
                  of these gradients shows every step

                elements, the worst first
                            analytic  numeric  absolute  relative  verdict
                dL/dx[2,1]         0      NaN       NaN       NaN  not finite
                dL/dw[1]         NaN      NaN       NaN       NaN  not finite
                dL/dx[1,1]         0        0         0         0  agrees
                agree: to 1e-6, or to rounding; numeric: central differences of L = Σ dL/df∘f""",
                Rendered.of(GradientCheck.of(ODD)).text());
    }

    @Test
    void howACheckMeasuresIsToldToWhoOpensIt() {
        String html = Rendered.of(GradientCheck.of(ODD)).html().orElseThrow();
        assertEquals(
                """
                <p>agree: to 1e-6, or to rounding; numeric: central differences of L = Σ dL/df∘f</p>
                <details><summary>how exactly</summary>
                <p>agree: to 1e-6 of the larger of the two, or of the gradient&#39;s own size (its root mean square), or as \
                far as rounding goes. numeric: central differences of L = Σ dL/df∘f with h = ∛ε·max(|v|, rms of its operand), \
                smaller near kinks (Dennis and Schnabel, Numerical Methods for Unconstrained Optimization, 1996, A5.6.3); \
                rounding: 4ε·Σ |dL/df|·(|f₊| + |f₋|) / (v₊ − v₋)</p>
                </details>
                </div>""",
                html.substring(html.indexOf("<p>agree: to 1e-6, or")));
    }

    /** The largest double: a step up from it is ∞, and that slope too. */
    @Test
    void aCheckOfFiniteNumbersThatIsNotFinite() {
        Gradients grads = new Linear(Matrix.row(1.0))
                .forward(Matrix.row(Double.MAX_VALUE))
                .backward(Matrix.row(1.0));
        assertEquals(
                "this pass and its gradients are finite; L is not, a step to their side",
                Rendered.of(GradientCheck.of(grads))
                        .text()
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void ofManyElementsTheWorstAreShown() {
        Display.rows(2);
        assertEquals(
                """
                elements, the worst first
                            analytic  numeric  absolute  relative  verdict
                dL/dx[2,1]         0      NaN       NaN       NaN  not finite
                dL/dw[1]         NaN      NaN       NaN       NaN  not finite
                shown: the worst 2 of 3 elements""",
                Rendered.of(GradientCheck.of(ODD))
                        .text()
                        .lines()
                        .skip(4)
                        .limit(5)
                        .reduce((a, b) -> a + "\n" + b)
                        .orElseThrow());
    }

    @Test
    void aCheckAsATable() {
        assertEquals(
                """
                check: 3 × 6
                   element     analytic  numeric  absolute  relative  verdict
                   string        double   double    double    double  string
                0  dL/dx[2,1]         0      NaN       NaN       NaN  not finite
                1  dL/dw[1]         NaN      NaN       NaN       NaN  not finite
                2  dL/dx[1,1]         0        0         0         0  agrees""",
                Rendered.of(Tables.of(GradientCheck.of(ODD))).text());
    }

    @Test
    void theTermsOfAnElementAsText() {
        assertEquals(
                """
                dL/dw[2,1], from 3 rows
                       share  running sum
                row 1    2.0          2.0
                row 2   12.0         14.0
                row 3   -0.5         13.5
                total 13.5, the gradient dL/dw[2,1] = 13.5""",
                Rendered.of(Contributions.of(GRADS, "dL/dw[2,1]")).text());
    }

    /** −0.5/26.5, 14.75/26.5 and 12.25/26.5; norms √5, √9.25, √16.25 and √26.5. */
    @Test
    void theRowsOfAWholeGradientAsText() {
        assertEquals(
                """
                dL/db, from 3 rows: share = ⟨its part, dL/db⟩ / ‖dL/db‖²
                        norm   share  running sum
                row 1  2.236  -0.019       -0.019
                row 2  3.041   0.557        0.538
                row 3  4.031   0.462        1.000
                total 1, the norm of dL/db = 5.148""",
                Rendered.of(Contributions.of(GRADS, "dL/db")).text());
    }

    @Test
    void anElementOfOneRowAsText() {
        assertEquals(
                "dL/dx[3,1] = 8.5 belongs to row 3 alone: each row of dL/dx is of one row of x",
                Rendered.of(Contributions.of(GRADS, "dL/dx[3,1]")).text());
    }

    @Test
    void ofManyRowsTheMiddleOnesAreLeftOut() {
        Display.rows(4);
        Gradients grads =
                new Linear(Matrix.ones(1, 1)).forward(Matrix.ones(5000, 1)).backward(Matrix.ones(5000, 1));
        assertEquals(
                """
                dL/dw[1], from 5,000 rows
                           share  running sum
                row 1          1            1
                row 2          1            2
                ⋮              ⋮            ⋮
                row 4,999      1         4999
                row 5,000      1         5000
                shown: 4 of 5,000 rows
                total 5000, the gradient dL/dw[1] = 5000""",
                Rendered.of(Contributions.of(grads, "dL/dw[1]")).text());
    }

    @Test
    void contributionsAsTables() {
        assertEquals(
                """
                dL/dw[2,1]: 3 × 3
                       row   share  running sum
                   integer  double       double
                0        1     2.0          2.0
                1        2    12.0         14.0
                2        3    -0.5         13.5""",
                Rendered.of(Tables.of(Contributions.of(GRADS, "dL/dw[2,1]"))).text());
        assertEquals(
                List.of("row", "norm", "share", "running sum"),
                Tables.of(Contributions.of(GRADS, "dL/db")).columnNames());
    }

    @Test
    void progressInEachForm() {
        Rendered bar = Rendered.of(new ProgressBar("a < b", 400, 1000, ""));
        assertEquals("a < b [########------------] 40% (400 of 1,000)", bar.text());
        assertEquals(
                "<p>a &lt; b <progress value=\"400\" max=\"1000\">40%</progress> 400/1,000</p>",
                bar.html().orElseThrow().lines().skip(1).findFirst().orElseThrow());
        assertEquals(
                "a &lt; b \\[########------------\\] 40% (400 of 1,000)",
                bar.as("text/markdown").orElseThrow());
        assertEquals(
                "w [####################] 100% (7 of 7)",
                Rendered.of(new ProgressBar("w", 7, 7, "")).text());
        assertEquals(
                "w [--------------------] 0% (0 of 7)",
                Rendered.of(new ProgressBar("w", 0, 7, "")).text());
        // Counted wrongly, it is still a bar.
        assertEquals(
                "w [####################] 100% (8 of 7)",
                Rendered.of(new ProgressBar("w", 8, 7, "")).text());
        assertEquals(
                "w [####################] 100% (0 of 0)",
                Rendered.of(new ProgressBar("w", 0, 0, "")).text());
        assertEquals(
                "w [--------------------] 0% (-1 of 7)",
                Rendered.of(new ProgressBar("w", -1, 7, "")).text());
    }

    @Test
    void progressWithWords() {
        Rendered bar = Rendered.of(new ProgressBar("train", 12, 30, "loss < 0.31, 93 % right"));
        assertEquals("train [########------------] 40% (12 of 30): loss < 0.31, 93 % right", bar.text());
        assertEquals(
                "<p>train <progress value=\"12\" max=\"30\">40%</progress> 12/30 loss &lt; 0.31, 93 % right</p>",
                bar.html().orElseThrow().lines().skip(1).findFirst().orElseThrow());
        assertEquals(
                """
                train [########------------] 40% (12 of 30): loss 0.31 on what it learns from,
                  0.42 on the rest""",
                Rendered.of(new ProgressBar("train", 12, 30, "loss 0.31 on what it learns from, 0.42 on the rest"))
                        .text());
    }

    @Test
    void wordsAreShownTenTimesASecondAndAtTheEnd() {
        List<String> shown = new ArrayList<>();
        Display.on((value, id) -> shown.add(Rendered.of(value).text().replaceFirst(".*: ", "")));
        long[] now = {-3};
        Progress progress = new LiveProgress("train", () -> now[0]);
        for (int step = 1; step <= 700; step++) {
            now[0] += 1_000_000; // a millisecond each
            progress.at(step, 700, "step " + step);
        }
        assertEquals(List.of("step 500", "step 600", "step 700"), shown);
        // Soon done: the last alone.
        shown.clear();
        Progress quick = new LiveProgress("train", () -> now[0]);
        quick.at(1, 2, "step 1");
        quick.at(2, 2, "step 2");
        assertEquals(List.of("step 2"), shown);
        // Counted wrongly, the end is past.
        new LiveProgress("train", () -> now[0]).at(7, 5, "step 7");
        assertEquals(List.of("step 2", "step 7"), shown);
        // No words are none.
        new LiveProgress("train", () -> now[0]).at(2, 2, null);
        assertEquals(List.of("step 2", "step 7"), shown);
        // One that takes no words is told the rest.
        List<Long> told = new ArrayList<>();
        Progress plain = (done, total) -> told.add(done);
        plain.at(3, 4, "words");
        assertEquals(List.of(3L), told);
    }

    @Test
    void progressIsShownInOnePlaceOnceItTakesHalfASecond() {
        List<String> shown = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Display.on((value, id) -> {
            shown.add(Rendered.of(value).text());
            ids.add(id);
        });
        long[] now = {7};
        Progress progress = new LiveProgress("checking", () -> now[0]);
        progress.at(1, 10);
        now[0] += 499_999_999;
        progress.at(4, 10);
        assertEquals(List.of(), shown);
        now[0] += 1;
        progress.at(5, 10);
        progress.at(10, 10);
        assertEquals(
                List.of(
                        "checking [##########----------] 50% (5 of 10)",
                        "checking [####################] 100% (10 of 10)"),
                shown);
        assertEquals(1, ids.stream().distinct().count());
        Progress second = new LiveProgress("checking", () -> now[0]);
        now[0] += 500_000_000;
        second.at(1, 10);
        assertEquals(2, ids.stream().distinct().count());
        // Done before anything was shown.
        new LiveProgress("quick", () -> now[0]++ * 1_000_000_000).at(10, 10);
        assertEquals(3, shown.size());
    }

    @Test
    void aTerminalIsSparedIt() {
        Display.on(null);
        assertEquals(Progress.NONE, Display.progress("checking"));
    }
}
