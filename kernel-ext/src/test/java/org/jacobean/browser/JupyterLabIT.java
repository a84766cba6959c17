package org.jacobean.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every notebook in JupyterLab, in both themes: as it was committed, which is untrusted, then with all its cells run there.
 * Screenshots are kept under {@code target/screenshots}.
 */
@ExtendWith(InBrowser.class)
class JupyterLabIT {

    static final Path SCREENSHOTS = Project.TARGET.resolve("screenshots");

    static List<String> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Project.NOTEBOOKS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void itIsThereForEverybody(String notebook, Browser browser, Jupyter lab) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        try (NotebookPage page = new NotebookPage(browser, lab.url(notebook))) {
            List<String> printed = page.failures();
            for (String theme : List.of("Light", "Dark")) {
                page.choose(theme);
                look(page, notebook, "untrusted-" + theme);
            }
            assertEquals(0, page.page().locator(".jacobean style").count(), "is it trusted?");
            page.runAll();
            assertEquals(printed, page.failures());
            assertTrue(page.page().locator(".jacobean style").count() > 5);
            List<?> widths = (List<?>) page.page().evaluate("() => Promise.all([...document.querySelectorAll("
                    + "'[data-mime-type=\"image/svg+xml\"] img')].map(i => i.decode().then(() => i.naturalWidth)))");
            assertEquals(pictures(notebook), widths.size());
            assertTrue(widths.stream().allMatch(w -> (int) w > 300 && (int) w < 900), "widths of pictures: " + widths);
            for (String theme : List.of("Dark", "Light")) {
                page.choose(theme);
                look(page, notebook, "trusted-" + theme);
                for (Photo photo : Photo.ALL) {
                    if (photo.notebook().equals(notebook)) {
                        photo.take(page, theme);
                    }
                }
            }
            assertEquals(List.of(), page.complaints());
        }
    }

    /** The page at two widths: in the narrow one, tables and pictures do not fit. */
    private static void look(NotebookPage page, String notebook, String name) throws IOException {
        assertEquals(List.of(), Axe.faults(page.page(), NotebookPage.OUTPUTS), name);
        page.page().setViewportSize(640, NotebookPage.HEIGHT);
        assertEquals(List.of(), Axe.faults(page.page(), NotebookPage.OUTPUTS), name + ", narrow");
        page.page().setViewportSize(NotebookPage.WIDTH, NotebookPage.HEIGHT);
        String text = String.join("\n", page.page().locator(NotebookPage.OUTPUTS).allInnerTexts());
        assertEquals(-1, text.indexOf("border-collapse"), "a style sheet as text");
        screenshot(page, notebook, name);
    }

    /** How many pictures the committed file holds. */
    private static int pictures(String notebook) throws IOException {
        return Files.readString(Project.NOTEBOOKS.resolve(notebook)).split("\"image/svg", -1).length - 1;
    }

    private static void screenshot(NotebookPage page, String notebook, String name) {
        page.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(notebook.replace(".ipynb", "-" + name + ".png"))));
    }
}
