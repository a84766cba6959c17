package org.jacobean.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jacobean.kernel.Clients;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every notebook as {@code nbconvert --to html} and {@code --to markdown} make it, which is also what sites that show
 * notebooks do.
 */
@ExtendWith(InBrowser.class)
class ConvertedIT {

    /** The text of what is neither a program nor a table of ours. */
    private static final String PROSE =
            """
            () => [...document.querySelectorAll('.jp-RenderedMarkdown')].map(e => {
                const copy = e.cloneNode(true);
                copy.querySelectorAll('code, pre, script, .MathJax_CHTML, .mjx-chtml, .MathJax_Preview').forEach(c => c.remove());
                return copy.textContent; }).join('\\n')""";

    @Test
    void pagesAreThereForEverybody(Browser browser) throws IOException {
        Files.createDirectories(JupyterLabIT.SCREENSHOTS);
        Path folder = convert("html", JupyterLabIT.notebooks());
        for (String notebook : JupyterLabIT.notebooks()) {
            try (ConvertedPage converted =
                    new ConvertedPage(browser, folder.resolve(notebook.replace(".ipynb", ".html")))) {
                Page page = converted.page();
                assertEquals(List.of(), converted.complaints(), notebook);
                assertEquals(tables(notebook), page.locator(".jacobean table").count(), notebook);
                String prose = (String) page.evaluate(PROSE);
                assertTrue(prose.length() > 1000, notebook);
                assertEquals(-1, Math.max(prose.indexOf('$'), prose.indexOf('\\')), notebook + ": TeX in " + prose);
                assertEquals(hasFormulas(notebook), page.locator(".mjx-chtml").count() > 3, notebook);
                assertEquals(0, page.locator(".mjx-merror, .MathJax_Error").count(), notebook);
                assertEquals(0, page.locator(".jacobean .mjx-chtml").count(), notebook);
                assertEquals(List.of(), Axe.faults(page, ".jp-OutputArea-output"), notebook);
                page.locator(".jacobean").nth(3).scrollIntoViewIfNeeded();
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(JupyterLabIT.SCREENSHOTS.resolve(notebook.replace(".ipynb", "-html.png"))));
            }
        }
    }

    /**
     * Set by a reader of Markdown that knows HTML; of those that take the styles away a plain table with all its cells
     * remains.
     */
    @Test
    void markdownReadsOn(Browser browser) throws IOException {
        Path folder = convert("markdown", JupyterLabIT.notebooks());
        try (Page page = browser.page(1000, 1400)) {
            for (String notebook : JupyterLabIT.notebooks()) {
                Path file = folder.resolve(notebook.replace(".ipynb", ".md"));
                String markdown = Files.readString(file);
                assertTrue(markdown.startsWith("# "), markdown.substring(0, 80));
                String html = Clients.run("markdown", Map.of(), "-m", "mistune", "-f", file.toString());
                page.setContent("<main>" + html + "</main>");
                assertEquals(tables(notebook), page.locator(".jacobean table").count(), notebook);
                assertEquals(-1, page.locator("main").innerText().indexOf("border-collapse"), notebook);
                page.evaluate("() => document.querySelectorAll('style, [style]').forEach(e => e.matches('style')"
                        + " ? e.remove() : e.removeAttribute('style'))");
                assertEquals(-1, page.locator("main").innerText().indexOf("{outline"), notebook);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(JupyterLabIT.SCREENSHOTS.resolve(notebook.replace(".ipynb", "-markdown.png"))));
            }
        }
    }

    private static Path convert(String format, List<String> notebooks) throws IOException {
        Path folder = Project.TARGET.resolve(format);
        List<String> arguments = new ArrayList<>(
                List.of("-m", "nbconvert", "--to", format, "--output-dir", folder.toString()));
        notebooks.forEach(notebook -> arguments.add(Project.NOTEBOOKS.resolve(notebook).toString()));
        Clients.run("nbconvert-" + format, Map.of(), arguments.toArray(String[]::new));
        return folder;
    }

    private static boolean hasFormulas(String notebook) throws IOException {
        return Files.readString(Project.NOTEBOOKS.resolve(notebook)).contains("$");
    }

    /** How many tables of ours the committed file holds. */
    private static int tables(String notebook) throws IOException {
        return Files.readString(Project.NOTEBOOKS.resolve(notebook)).split("<table(?: class|>)", -1).length - 1;
    }
}
