package org.jacobean.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Lessons 1 and 4 as a learner sees them, in a real browser. The pictures are kept under {@code target/screenshots}. */
class JupyterLabIT {

    private static final String LESSON = "1-understanding-gradient-calculation.ipynb";
    private static final String WHY = "kernel-ext/src/test/resources/why.ipynb";
    private static final Path PICTURES = Project.TARGET.resolve("screenshots");

    /** The text colour of a number on its own background, in either theme: #111. */
    private static final String INK = "rgb(17, 17, 17)";

    @Test
    void lessonOneRunsAndItsTablesAreSeenInBothThemes() throws IOException {
        Files.createDirectories(PICTURES);
        try (Browser browser = new Browser(executable());
                JupyterLab lab = new JupyterLab(Project.TARGET.resolve("lab"))) {
            Page page = executed(browser, lab, LESSON);
            assertEquals(
                    List.of(),
                    page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")
                            .allTextContents());
            assertTrue(
                    page.locator(".jacobean table").count() >= 10,
                    "tables: " + page.locator(".jacobean table").count());
            for (String theme : List.of("Light", "Dark")) {
                choose(page, theme);
                Locator number = page.locator(".jacobean td[title]").first();
                number.scrollIntoViewIfNeeded();
                assertEquals(INK, colour(number, "color"));
                Locator head = page.locator(".jacobean th[scope=row]").first();
                assertTrue(
                        contrast(rgb(colour(head, "color")), rgb(pageColour(page))) >= 4.5,
                        theme + ": the heads of rows can hardly be read");
                page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("lesson-1-" + theme + ".png")));
                page.locator(".jp-CodeCell", new Page.LocatorOptions().setHasText("%backward"))
                        .first()
                        .screenshot(new Locator.ScreenshotOptions()
                                .setPath(PICTURES.resolve("backward-" + theme + ".png")));
                page.locator(".jacobean").last().scrollIntoViewIfNeeded();
                page.screenshot(
                        new Page.ScreenshotOptions().setPath(PICTURES.resolve("lesson-1-" + theme + "-end.png")));
            }
        }
    }

    /** Lesson 4: a network is trained, and its pictures are there. */
    @Test
    void trainingIsSeenInBothThemes() throws IOException {
        Files.createDirectories(PICTURES);
        try (Browser browser = new Browser(executable());
                JupyterLab lab = new JupyterLab(Project.TARGET.resolve("lab-training"))) {
            Page page = executed(browser, lab, "4-training.ipynb");
            assertEquals(
                    List.of(),
                    page.locator(".jp-OutputArea-output[data-mime-type*='stderr'],"
                                    + ".jp-OutputArea-output[data-mime-type*='error']")
                            .allTextContents());
            Locator pictures = page.locator(".jp-OutputArea-output[data-mime-type='image/svg+xml'] img");
            assertEquals(5, pictures.count());
            for (Locator picture : pictures.all()) {
                picture.scrollIntoViewIfNeeded();
                int width = (int) picture.evaluate("i => i.decode().then(() => i.naturalWidth)");
                assertTrue(width > 300 && width < 900, "a picture is " + width + " pixels wide");
            }
            for (String theme : List.of("Light", "Dark")) {
                choose(page, theme);
                for (String cell : List.of("Chart.lines", "captions(captions)", "%flow stuckGrads")) {
                    String name = "training-" + cell.replaceAll("\\W+", "") + "-" + theme + ".png";
                    page.locator(".jp-CodeCell", new Page.LocatorOptions().setHasText(cell))
                            .first()
                            .screenshot(new Locator.ScreenshotOptions().setPath(PICTURES.resolve(name)));
                }
            }
        }
    }

    /** Pointing and going by Tab frame what made a number and show its formula; explanations are set as formulas. */
    @Test
    void numbersSayWhatMadeThem() throws IOException {
        Files.createDirectories(PICTURES);
        try (Browser browser = new Browser(executable());
                JupyterLab lab = new JupyterLab(Project.TARGET.resolve("lab-why"), Project.ROOT.resolve(WHY))) {
            Page page = browser.page(1280, 1400);
            page.setDefaultTimeout(120_000);
            page.navigate(lab.url("why.ipynb"));
            page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
            runAllCells(page);
            assertEquals(
                    List.of(),
                    page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")
                            .allTextContents());
            for (String theme : List.of("Light", "Dark")) {
                choose(page, theme);
                Locator display = page.locator(".jacobean:has(td[tabindex])");
                assertEquals(1, display.count());
                Locator weight = display.locator(".gw td.r2.c1");
                weight.hover();
                assertEquals(List.of("gf r1 c1", "gw r2 c1", "x r1 c2"), framed(display));
                assertEquals("\"dL/dw[2,1] = dL/df[1]·x[2] = 4 · (-5) = -20\"", formula(weight));
                screenshot(page, "hover-" + theme);
                page.mouse().move(2, 2);
                assertEquals(List.of(), framed(display));
                assertEquals("none", formula(weight));
                display.locator(".f td.r1.c1").focus();
                assertEquals(
                        List.of("b r1 c1", "f r1 c1", "w r1 c1", "w r2 c1", "w r3 c1", "x r1 c1", "x r1 c2", "x r1 c3"),
                        framed(display));
                for (int k = 0; k < 3; k++) { // over f[2] and dL/dx[1] to dL/dx[2]
                    page.keyboard().press("Tab");
                }
                assertEquals(List.of("gf r1 c1", "gf r1 c2", "gx r1 c2", "w r2 c1", "w r2 c2"), framed(display));
                assertEquals(
                        "\"dL/dx[2] = Σⱼ dL/df[j]·w[2,j] = 4 · 0.4 - 7 · (-0.5) = 5.1\"",
                        formula(display.locator(".gx td.r1.c2")));
                screenshot(page, "tab-" + theme);
                assertEquals(
                        "\"Point at a number of f or of a gradient, or go to it with Tab: what made it is framed.\"",
                        formula(display));
                Locator explanations = page.locator(".jp-RenderedMarkdown:has(mjx-container)");
                explanations.first().locator("mjx-container").first().waitFor();
                assertEquals(4, explanations.count());
                for (Locator explanation : explanations.all()) {
                    String text = explanation.innerText();
                    assertTrue(!text.contains("$$") && !text.contains("\\begin") && !text.contains("\\["), text);
                    assertEquals(
                            0,
                            explanation
                                    .locator("mjx-merror, [data-mml-node=merror]")
                                    .count(),
                            text);
                    assertEquals(
                            colour(explanation.locator("p").first(), "color"),
                            colour(explanation.locator("mjx-container").first(), "color"));
                }
                explanations.first().scrollIntoViewIfNeeded();
                screenshot(page, "explain-" + theme);
                explanations.nth(1).scrollIntoViewIfNeeded();
                screenshot(page, "explain-names-" + theme);
                explanations.last().scrollIntoViewIfNeeded();
                screenshot(page, "explain-convention-" + theme);
            }
        }
    }

    /** The cells with a frame, sorted: {@code w r1 c2}. */
    private static Object framed(Locator display) {
        return display.evaluate("d => [...d.querySelectorAll('table[class] td[class]')]"
                + ".filter(c => getComputedStyle(c).outlineStyle === 'solid')"
                + ".map(c => c.closest('table').className + ' ' + c.className).sort()");
    }

    /** The text that a style sheet puts behind a cell. */
    private static Object formula(Locator cell) {
        return cell.evaluate("c => getComputedStyle(c, '::after').content");
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** What {@code nbconvert --to html} makes of it, which is also what pages that show notebooks do. */
    @Test
    void lessonOneStandsOnAPageWithoutAKernel() throws IOException, InterruptedException {
        Files.createDirectories(PICTURES);
        Path executable = executable();
        Path log = Project.TARGET.resolve("nbconvert.log");
        Process convert = new ProcessBuilder(
                        System.getProperty("jacobean.python"),
                        "-m",
                        "nbconvert",
                        "--to",
                        "html",
                        "--output-dir",
                        Project.TARGET.resolve("html").toString(),
                        Project.NOTEBOOKS.resolve(LESSON).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(convert.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, convert.exitValue(), Files.readString(log));
        try (Browser browser = new Browser(executable)) {
            Page page = browser.page(1280, 1400);
            page.navigate(Project.TARGET
                    .resolve("html")
                    .resolve(LESSON.replace("ipynb", "html"))
                    .toUri()
                    .toString());
            assertTrue(
                    page.locator(".jacobean table").count() >= 10,
                    "tables: " + page.locator(".jacobean table").count());
            page.locator(".jacobean").nth(3).scrollIntoViewIfNeeded();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("lesson-1-html.png")));
        }
    }

    /** CI always has a browser; elsewhere its absence is said, and the test counts as skipped. */
    private static Path executable() {
        Optional<Path> found = Browser.find();
        if (found.isEmpty() && !"true".equals(System.getenv("CI"))) {
            System.out.println(
                    "No Chromium or Chrome on PATH: the tests that look at JupyterLab in a browser are left out.");
            Assumptions.abort("no browser on PATH");
        }
        return found.orElseThrow(() -> new IllegalStateException("CI needs chromium on PATH"));
    }

    /** The notebook in the lab, after all its cells have run. */
    private static Page executed(Browser browser, JupyterLab lab, String notebook) {
        Page page = browser.page(1280, 1400);
        page.setDefaultTimeout(120_000);
        page.navigate(lab.url(notebook));
        page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
        runAllCells(page);
        return page;
    }

    private static void runAllCells(Page page) {
        page.locator(".jp-Toolbar-kernelName").getByText("Java (Jacobean)").waitFor();
        // A kernel that is restarted before it is connected loses the cells that were to run.
        page.waitForFunction("() => ['idle', 'unknown'].includes("
                + "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status)");
        page.locator(".lm-MenuBar-item", new Page.LocatorOptions().setHasText("Kernel"))
                .click();
        page.locator(".lm-Menu-item", new Page.LocatorOptions().setHasText("Restart Kernel and Run All Cells"))
                .click();
        page.locator(".jp-Dialog button.jp-mod-warn").click();
        page.waitForFunction("() => { const p = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
                + ".map(e => e.textContent); return p.length > 0 && p.every(t => /\\[\\d+\\]/.test(t)); }");
    }

    private static void choose(Page page, String theme) {
        page.locator(".lm-MenuBar-item", new Page.LocatorOptions().setHasText("Settings"))
                .click();
        page.locator(".lm-Menu-item", new Page.LocatorOptions().setHasText("Theme"))
                .first()
                .hover();
        page.locator(
                        ".lm-Menu-item[data-command='apputils:change-theme']",
                        new Page.LocatorOptions().setHasText("JupyterLab " + theme))
                .first()
                .click();
        page.locator("body[data-jp-theme-name='JupyterLab " + theme + "']")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        page.waitForTimeout(500);
    }

    private static String colour(Locator element, String property) {
        return (String) element.evaluate("(e, p) => getComputedStyle(e)[p]", property);
    }

    /** The colour of the notebook's page, as the browser computes it. */
    private static String pageColour(Page page) {
        return (String) page.locator(".jp-Notebook")
                .first()
                .evaluate("e => { const probe = document.createElement('i');"
                        + " probe.style.color = getComputedStyle(e).getPropertyValue('--jp-layout-color0'); e.append(probe);"
                        + " const colour = getComputedStyle(probe).color; probe.remove(); return colour; }");
    }

    private static double[] rgb(String colour) {
        String[] parts = colour.replaceAll("[^\\d.,]", "").split(",");
        return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2])};
    }

    /** The contrast ratio of WCAG 2.2, section 1.4.3, from 1 to 21. */
    private static double contrast(double[] one, double[] other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(double[] rgb) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = rgb[i] / 255;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
