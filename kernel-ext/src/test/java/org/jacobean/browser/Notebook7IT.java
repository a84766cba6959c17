package org.jacobean.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lesson 1 in Notebook 7, which has JupyterLab's notebook on a page of its own. */
@ExtendWith(InBrowser.class)
class Notebook7IT {

    @Test
    void lessonOneRuns(Browser browser) throws IOException {
        Files.createDirectories(JupyterLabIT.SCREENSHOTS);
        try (Jupyter jupyter = Jupyter.notebook(Project.TARGET.resolve("notebook"));
                NotebookPage notebook =
                        new NotebookPage(browser, jupyter.url("1-understanding-gradient-calculation.ipynb"))) {
            Page page = notebook.page();
            assertEquals("notebooks", page.locator("body").getAttribute("data-notebook"));
            int committed = page.locator(".jacobean table").count();
            assertTrue(committed > 20, "tables: " + committed);
            notebook.runAll();
            for (String theme : List.of("Light", "Dark")) {
                notebook.choose(theme);
                assertEquals(committed, page.locator(".jacobean table").count());
                assertEquals(List.of(), Axe.faults(page, NotebookPage.OUTPUTS), theme);
                notebook.cell("%backward grads = pass dLdf", ".jacobean").scrollIntoViewIfNeeded();
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(JupyterLabIT.SCREENSHOTS.resolve("notebook-7-" + theme + ".png")));
            }
            assertEquals(List.of(), notebook.failures());
            assertEquals(List.of(), notebook.complaints());
        }
    }
}
