package org.jacobean.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jacobean.kernel.Project;

/**
 * A picture of the README, of a cell in one of the notebooks as JupyterLab shows it; in each theme one. With {@code
 * -Dupdate} it is taken anew; without, what it shows must be on the page, and the picture in its folder.
 *
 * @param name that of the file, without the theme
 * @param notebook where the cell stands
 * @param cell text of the cell
 * @param shown what must be in the cell's output, as a selector
 * @param pointedAt what is pointed at meanwhile, or null
 */
record Photo(String name, String notebook, String cell, String shown, String pointedAt) {

    private static final Path FOLDER = Project.ROOT.resolve("kernel-ext/pictures");
    private static final int LARGEST = 150_000; // bytes
    private static final int WIDTH = 860;

    /** Where the cell is, without the blank to the right of the texts and pictures in it. */
    private static final String BOX =
            """
            cell => {
                const boxes = [...cell.querySelectorAll('img, table, td[tabindex]:hover')].map(e => e.matches('td')
                    ? e.closest('.jacobean').getBoundingClientRect() : e.getBoundingClientRect());
                const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                for (const range = document.createRange(); texts.nextNode();) {
                    range.selectNodeContents(texts.currentNode);
                    boxes.push(...range.getClientRects());
                }
                const all = cell.getBoundingClientRect();
                const right = Math.min(all.right, Math.max(...boxes.map(box => box.right)) + 12);
                return [all.left, all.top - 4, right - all.left, all.height + 8];
            }""";

    static final List<Photo> ALL = List.of(
            new Photo(
                    "backward",
                    "1-understanding-gradient-calculation.ipynb",
                    "%backward grads = pass dLdf",
                    ".jacobean table.gw",
                    ".gw td.r2.c1"),
            new Photo(
                    "explain",
                    "1-understanding-gradient-calculation.ipynb",
                    "%explain grads dL/dx[2]",
                    "mjx-container",
                    null),
            new Photo("check", "debugging-a-gradient.ipynb", "%check grads dL/dw = dw", ".jacobean p", null),
            new Photo("flow", "4-training.ipynb", "%flow last", ".jacobean table", null),
            new Photo("chart", "4-training.ipynb", "Chart.lines(history", ".jp-RenderedSVG img", null),
            new Photo("table", "tables.ipynb", "Table odd = Table.create", ".jacobean table", null));

    /** Takes it, or looks whether it could be taken. */
    void take(NotebookPage notebook, String theme) throws IOException {
        Page page = notebook.page();
        Locator cell = notebook.cell(this.cell, shown);
        cell.locator(shown).first().waitFor();
        Path file = FOLDER.resolve(name + "-" + theme.toLowerCase(Locale.ROOT) + ".png");
        if (Project.update()) {
            page.setViewportSize(WIDTH, 1400);
            page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')");
            cell.evaluate("cell => cell.scrollIntoView({block: 'center'})");
            if (pointedAt != null) {
                cell.locator(pointedAt).hover();
            }
            page.waitForTimeout(500);
            Files.write(file, Palette.png(page.screenshot(new Page.ScreenshotOptions().setClip(clip(cell)))));
            page.mouse().move(1, 1);
            page.evaluate("() => jupyterapp.commands.execute('application:toggle-left-area')");
            page.setViewportSize(NotebookPage.WIDTH, NotebookPage.HEIGHT);
        }
        assertTrue(Files.exists(file), file + " is missing: mvn verify -Dupdate takes it");
        assertTrue(Files.size(file) <= LARGEST, () -> file + " is larger than " + LARGEST + " bytes");
    }

    private static Clip clip(Locator cell) {
        List<?> box = (List<?>) cell.evaluate(BOX);
        double[] sides = box.stream().mapToDouble(side -> ((Number) side).doubleValue()).toArray();
        return new Clip(sides[0], sides[1], sides[2], sides[3]);
    }
}
