package org.jacobean.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jacobean.kernel.Clients;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The notebook {@code injection.ipynb} names everything that can be named with markup, scripts and formulas. Where scripts
 * would run, in a trusted notebook and on nbconvert's page, nothing of it runs, and all of it is read as it was written.
 */
@ExtendWith(InBrowser.class)
class InjectionIT {

    /** What came of the strings: a script that ran, an element that one of them made, or a formula. */
    private static final String HARM =
            """
            () => [
                ...(window.hacked === undefined ? [] : ['it ran']),
                ...[...document.querySelectorAll(
                        '.jp-OutputArea-output img[src="x"], .jp-OutputArea-output [onclick], .jp-OutputArea-output script')]
                    .filter(e => !/^math\\/|^text\\/x-mathjax/.test(e.type)).map(e => e.outerHTML),
                ...[...document.querySelectorAll('mjx-container, .mjx-chtml')]
                    .filter(e => e.closest('.jacobean')
                        || /^(hacked)+$/.test(e.querySelector('math')?.textContent.replace(/\\s/g, '') ?? ''))
                    .map(e => 'set as a formula: ' + e.parentElement.textContent.slice(0, 200))]""";

    /** The strings in the first cell of the notebook that have no invisible characters. */
    private static final List<String> READ = List.of(
            "<img src=x onerror=\"window.hacked=1\">",
            "<script>window.hacked=1</script>",
            "</td></table><b onclick='hacked'>bold",
            "$hacked$ \\(hacked\\) $$hacked$$",
            "%s {0} `code` **bold** [a](b) ~c~ #d",
            "&lt;i&gt; &amp; \\frac{a}{b}");

    @Test
    void whatIsNamedLikeAScriptIsOnlyRead(Browser browser, Jupyter lab) throws IOException {
        Files.createDirectories(JupyterLabIT.SCREENSHOTS);
        try (NotebookPage notebook = new NotebookPage(browser, lab.url("injection.ipynb"))) {
            notebook.runAll();
            read(notebook.page(), "JupyterLab");
            assertEquals(
                    List.of("org.jacobean.kernel.MagicError: row 1, entry 2: '<img' is not a number;"
                            + " write numbers such as 0.5, -2e-3, 1/3, nan or inf"),
                    notebook.failures());
            notebook.save();
            assertEquals(List.of(), notebook.complaints());
        }
        Path folder = Project.TARGET.resolve("html");
        Clients.run(
                "nbconvert-injection",
                Map.of(),
                "-m",
                "nbconvert",
                "--to",
                "html",
                "--output-dir",
                folder.toString(),
                Project.TARGET.resolve("lab/notebooks/injection.ipynb").toString());
        try (ConvertedPage converted = new ConvertedPage(browser, folder.resolve("injection.html"))) {
            read(converted.page(), "nbconvert");
            assertEquals(List.of(), converted.complaints());
        }
    }

    private static void read(Page page, String where) {
        page.waitForTimeout(500); // for an onerror to come
        assertEquals(List.of(), page.evaluate(HARM), where);
        String text = page.locator(".jp-OutputArea-output").allInnerTexts().toString();
        for (String string : READ) {
            int times = text.split(Pattern.quote(string), -1).length - 1;
            assertTrue(times >= 30, where + ": " + times + " times " + string);
        }
        assertEquals(0, page.locator(".mjx-merror, mjx-merror").count(), where);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(JupyterLabIT.SCREENSHOTS.resolve("injection-" + where + ".png")));
    }
}
