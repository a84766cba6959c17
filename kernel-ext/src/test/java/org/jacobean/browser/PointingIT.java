package org.jacobean.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pointing and going by Tab frame what made a number and show its formula; explanations are set as formulas. */
@ExtendWith(InBrowser.class)
class PointingIT {

    @Test
    void numbersSayWhatMadeThem(Browser browser, Jupyter lab) throws IOException {
        Files.createDirectories(JupyterLabIT.SCREENSHOTS);
        try (NotebookPage notebook = new NotebookPage(browser, lab.url("why.ipynb"))) {
            Page page = notebook.page();
            notebook.runAll();
            assertEquals(List.of(), notebook.failures());
            for (String theme : List.of("Light", "Dark")) {
                notebook.choose(theme);
                page.evaluate("() => document.activeElement.blur()");
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
        page.screenshot(new Page.ScreenshotOptions().setPath(JupyterLabIT.SCREENSHOTS.resolve(name + ".png")));
    }

    private static String colour(Locator element, String property) {
        return (String) element.evaluate("(e, p) => getComputedStyle(e)[p]", property);
    }
}
