package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is framed when a number of a display of gradients is pointed at, as the style sheet's rules say, against what the
 * number depends on, found by moving each number that went in.
 */
class PointingTest {

    private static final Matrix X = Matrix.row(3, -5, 6).named("x");
    private static final Matrix W = Matrix.parse("0.2 0.3; 0.4 -0.5; -0.6 0.7").named("w");
    private static final Matrix B = Matrix.row(0.01, -0.02).named("b");
    private static final Linear LAYER = new Linear(W, B);
    private static final Gradients GRADS = LAYER.forward(X).backward(Matrix.row(4, -7));

    /** {@code :has(.gx td.r1.c2:hover) .w td.r2}: what is pointed at, and what that frames. */
    private static final Pattern RULE = Pattern.compile(
            "\\.jacobean-\\w+(\\S*?):has\\(\\.(\\w+) td([.\\w]*):(hover|focus)\\) \\.(\\w+) td([.\\w]*)");

    private static final Pattern TABLE = Pattern.compile("<table class=\"(\\w+)\">(.*?)</table>", Pattern.DOTALL);
    private static final Pattern CELL =
            Pattern.compile("<td class=\"r(\\d+) c(\\d+)\"( tabindex=\"0\")?[^>]*?(?: title=\"([^\"]*)\")?>");

    @AfterEach
    void settingsAsTheyWere() {
        Display.rows(12);
        Display.columns(12);
    }

    // Formulas

    @Test
    void everyNumberSaysWhatMadeIt() {
        assertEquals(
                List.of(
                        "f[1] = Σᵢ w[i,1]·x[i] + b[1] = 0.2 · 3 + 0.4 · (-5) - 0.6 · 6 + 0.01 = -4.99",
                        "f[2] = Σᵢ w[i,2]·x[i] + b[2] = 0.3 · 3 - 0.5 · (-5) + 0.7 · 6 - 0.02 = 7.58",
                        "dL/dx[1] = Σⱼ dL/df[j]·w[1,j] = 4 · 0.2 - 7 · 0.3 = -1.3",
                        "dL/dx[2] = Σⱼ dL/df[j]·w[2,j] = 4 · 0.4 - 7 · (-0.5) = 5.1",
                        "dL/dx[3] = Σⱼ dL/df[j]·w[3,j] = 4 · (-0.6) - 7 · 0.7 = -7.3",
                        "dL/dw[1,1] = dL/df[1]·x[1] = 4 · 3 = 12",
                        "dL/dw[1,2] = dL/df[2]·x[1] = -7 · 3 = -21",
                        "dL/dw[2,1] = dL/df[1]·x[2] = 4 · (-5) = -20",
                        "dL/dw[2,2] = dL/df[2]·x[2] = -7 · (-5) = 35",
                        "dL/dw[3,1] = dL/df[1]·x[3] = 4 · 6 = 24",
                        "dL/dw[3,2] = dL/df[2]·x[3] = -7 · 6 = -42",
                        "dL/db[1] = dL/df[1] = 4",
                        "dL/db[2] = dL/df[2] = -7"),
                formulas(GRADS));
    }

    @Test
    void inABatchWithNamesAndWithoutB() {
        // dL/d$w[1,1] = 4·3 + 1·(−1)
        Gradients grads = new Linear(Matrix.parse("0.2 -1").named("$w"))
                .forward(Matrix.parse("3; -1").named("größe_1"))
                .backward(Matrix.parse("4 -7; 1 -1"));
        assertEquals(
                List.of(
                        "f[1,1] = $w[1]·größe_1[1,1] = 0.2 · 3 = 0.6",
                        "f[1,2] = $w[2]·größe_1[1,1] = -1 · 3 = -3",
                        "f[2,1] = $w[1]·größe_1[2,1] = 0.2 · (-1) = -0.2",
                        "f[2,2] = $w[2]·größe_1[2,1] = -1 · (-1) = 1",
                        "dL/dgröße_1[1,1] = Σⱼ dL/df[1,j]·$w[j] = 4 · 0.2 - 7 · (-1) = 7.8",
                        "dL/dgröße_1[2,1] = Σⱼ dL/df[2,j]·$w[j] = 1 · 0.2 - 1 · (-1) = 1.2",
                        "dL/d$w[1] = Σᵣ dL/df[r,1]·größe_1[r,1] = 4 · 3 + 1 · (-1) = 11",
                        "dL/d$w[2] = Σᵣ dL/df[r,2]·größe_1[r,1] = -7 · 3 - 1 · (-1) = -20"),
                formulas(grads));
    }

    @Test
    void ofManyTermsTheMiddleOnesAreLeftOut() {
        // 1² + … + 7² = 140
        Matrix seven = Matrix.row(1, 2, 3, 4, 5, 6, 7);
        assertEquals(
                "f[1] = Σᵢ w[i,1]·x[i] = 1 · 1 + 2 · 2 + 3 · 3 + 4 · 4 + … + 7 · 7 = 140",
                formulas(new Linear(seven.transpose()).forward(seven).backward(Matrix.parse("1")))
                        .get(0));
    }

    @Test
    void hostileNamesAreEscaped() {
        String name = "</style><b onclick=\"x\">";
        Gradients grads = new Linear(W.named(name), B).forward(X).backward(Matrix.row(4, -7));
        String html = html(grads);
        assertFalse(html.contains("<b onclick"), html);
        assertEquals(3, html.split("</style>", -1).length); // two style sheets, each closed once
    }

    // Frames

    @Test
    void whatIsFramedIsWhatTheNumberDependsOn() {
        assertFramesWhatCounts(LAYER, X, Matrix.row(4, -7));
    }

    @Test
    void inABatch() {
        assertFramesWhatCounts(
                LAYER, Matrix.parse("3 -5 6; 1 2 -4; 5 7 9; 2 8 3").named("x"), Matrix.normal(4, 2, 1));
    }

    @Test
    void withNamesAndWithoutB() {
        assertFramesWhatCounts(
                new Linear(W.named("$w")), Matrix.parse("3 -5 6; 1 2 -4").named("größe_1"), Matrix.normal(2, 2, 2));
    }

    @Test
    void ofTheLargestLayer() {
        assertFramesWhatCounts(
                new Linear(Matrix.normal(12, 12, 3), Matrix.normal(1, 12, 4)),
                Matrix.normal(2, 12, 5),
                Matrix.normal(2, 12, 6));
    }

    @Test
    void ofLayersOfWhichOnlyTheFormulaIsKnown() {
        // Between 0 and 1, so that the slope of each is neither 0 nor constant; a maximum's does not depend on what is
        // near x.
        Matrix x = Matrix.parse("0.3 0.7 0.2; 0.6 0.9 0.4");
        assertFramesWhatCounts(FormulaLayers.SIGMOID, x, Matrix.normal(2, 3, 7));
        assertFramesWhatCounts(FormulaLayers.SOFTMAX, x, Matrix.normal(2, 3, 8));
        assertFramesWhatCounts(FormulaLayers.SCALE, x, Matrix.normal(2, 3, 9));
    }

    // Where there is none

    @Test
    void largeLayersAndThoseShownInPartHaveNone() {
        assertTrue(points(new Linear(Matrix.normal(12, 2, 1))));
        assertFalse(points(new Linear(Matrix.normal(13, 2, 1))));
        assertFalse(points(new Linear(Matrix.normal(2, 13, 1))));
        assertTrue(points(LAYER));
        Display.rows(2);
        assertFalse(points(LAYER));
        Display.rows(3);
        assertTrue(points(LAYER));
        Display.columns(2);
        assertFalse(points(LAYER));
    }

    @Test
    void withoutItsStyleSheetNothingIsHiddenAndNothingIsPromised() {
        String hint = "Point at a number of f or of a gradient, or go to it with Tab: what made it is framed.";
        String bare = html(GRADS).replaceAll("(?s)<style>.*?</style>", "");
        assertTrue(html(GRADS).contains("::after{content:'" + hint + "'"));
        assertFalse(bare.contains(hint), bare);
        assertFalse(bare.contains("hidden") || bare.contains("display:none") || bare.contains("<script"), bare);
        Display.rows(2);
        assertFalse(html(GRADS).contains(hint));
    }

    /** For every number of f and of the gradients. */
    private static void assertFramesWhatCounts(Layer layer, Matrix x, Matrix dLdf) {
        Gradients grads = layer.forward(x).backward(dLdf);
        String html = html(grads);
        Map<String, List<String>> cells = cells(html);
        Map<String, Matrix> given = new LinkedHashMap<>(grads.pass().operands());
        given.put("gf", dLdf);
        Map<String, Matrix> before = made(grads);
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        before.forEach(
                (part, matrix) -> each(matrix, (r, c) -> expected.put(part + " r" + r + " c" + c, new TreeSet<>())));
        given.forEach((part, matrix) -> each(matrix, (r, c) -> {
            Matrix moved = matrix.with(r - 1, c - 1, matrix.get(r - 1, c - 1) + 0.125);
            Layer other = layer.parameters().containsKey(part) ? layer.with(part, moved) : layer;
            Map<String, Matrix> after =
                    made(other.forward(part.equals("x") ? moved : x).backward(part.equals("gf") ? moved : dLdf));
            before.forEach((name, was) -> each(was, (i, j) -> {
                if (was.get(i - 1, j - 1) != after.get(name).get(i - 1, j - 1)) {
                    expected.get(name + " r" + i + " c" + j).add(part + " r" + r + " c" + c);
                }
            }));
        }));
        for (String how : List.of("hover", "focus")) {
            Map<String, Set<String>> framed = new LinkedHashMap<>();
            expected.keySet().forEach(cell -> framed.put(cell, framed(html, how, cell, cells)));
            assertEquals(expected, framed, how);
        }
    }

    /** f and the gradients, by the class of their table. */
    private static Map<String, Matrix> made(Gradients grads) {
        Map<String, Matrix> made = new LinkedHashMap<>();
        made.put("f", grads.pass().output());
        grads.all().forEach((role, gradient) -> made.put("g" + role, gradient));
        return made;
    }

    private interface Place {
        void at(int row, int column);
    }

    private static void each(Matrix matrix, Place place) {
        for (int r = 1; r <= matrix.rows(); r++) {
            for (int c = 1; c <= matrix.columns(); c++) {
                place.at(r, c);
            }
        }
    }

    /** The cells that the rules for {@code how} frame when {@code cell} is pointed at. */
    private static Set<String> framed(String html, String how, String cell, Map<String, List<String>> cells) {
        Set<String> framed = new TreeSet<>();
        Matcher rule = RULE.matcher(html);
        while (rule.find()) {
            if (rule.group(4).equals(how) && matches(cell, rule.group(2), rule.group(3))) {
                cells.get(rule.group(5)).stream()
                        .filter(other -> matches(other, rule.group(5), rule.group(6)))
                        .forEach(framed::add);
            }
        }
        return framed;
    }

    /** Whether {@code .part td.r1} selects {@code part r1 c2}. */
    private static boolean matches(String cell, String part, String classes) {
        List<String> its = List.of(cell.split(" "));
        return its.get(0).equals(part)
                && Pattern.compile("\\.")
                        .splitAsStream(classes)
                        .allMatch(name -> name.isEmpty() || its.subList(1, 3).contains(name));
    }

    /** The cells of every table that has a class, by that class: {@code w r1 c2}. */
    private static Map<String, List<String>> cells(String html) {
        Map<String, List<String>> cells = new LinkedHashMap<>();
        Matcher table = TABLE.matcher(html);
        while (table.find()) {
            Matcher cell = CELL.matcher(table.group(2));
            while (cell.find()) {
                cells.computeIfAbsent(table.group(1), part -> new ArrayList<>())
                        .add(table.group(1) + " r" + cell.group(1) + " c" + cell.group(2));
            }
        }
        return cells;
    }

    /** The titles of all cells that can be pointed at. */
    private static List<String> formulas(Gradients grads) {
        List<String> formulas = new ArrayList<>();
        Matcher cell = CELL.matcher(html(grads));
        while (cell.find()) {
            if (cell.group(3) != null) {
                formulas.add(cell.group(4));
            }
        }
        return formulas;
    }

    private static boolean points(Linear layer) {
        return html(layer.forward(Matrix.ones(1, layer.inputs())).backward(Matrix.ones(1, layer.outputs())))
                .contains("tabindex");
    }

    private static String html(Gradients grads) {
        return Rendered.of(grads).html().orElseThrow();
    }
}
