package org.jacobean.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.ArrayList;
import java.util.List;

/** A notebook in JupyterLab or in Notebook 7, and what the browser's console complained of meanwhile. */
final class NotebookPage implements AutoCloseable {

    /** What was put out, but for what a program printed as a warning, whose ground is Jupyter's. */
    static final String OUTPUTS = ".jp-OutputArea-output:not([data-mime-type='application/vnd.jupyter.stderr'])";

    static final int WIDTH = 1280;
    static final int HEIGHT = 1400;

    /**
     * What is Jupyter's own: its keyboard shortcuts miss themselves where a setting changes before they are loaded, and a
     * kernel that is restarted leaves a request of its page without an answer.
     */
    private static final List<String> OWN = List.of(
            "TypeError: Cannot read properties of undefined (reading 'schema')",
            "Error: Canceled future for kernel_info_request message before replies were done");

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    NotebookPage(Browser browser, String url) {
        page = browser.page(WIDTH, HEIGHT);
        page.setDefaultTimeout(120_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(complaints::add);
        page.navigate(url);
        page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
        page.locator(".jp-Toolbar-kernelName").getByText("Java (Jacobean)").waitFor();
        // A kernel that is restarted before it is connected loses the cells that were to run.
        page.waitForFunction("() => ['idle', 'unknown'].includes("
                + "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status)");
    }

    Page page() {
        return page;
    }

    /** Restarts the kernel and waits until all cells have run. */
    void runAll() {
        page.locator(".lm-MenuBar-item", new Page.LocatorOptions().setHasText("Kernel"))
                .click();
        page.locator(".lm-Menu-item", new Page.LocatorOptions().setHasText("Restart Kernel and Run All Cells"))
                .click();
        page.locator(".jp-Dialog button.jp-mod-warn").click();
        page.waitForFunction("() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
                + ".some(e => e.textContent.includes('*'))");
        page.waitForFunction("() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
                + ".every(e => /\\[\\d+\\]/.test(e.textContent))");
    }

    /** Writes the notebook with its outputs where the server has it. */
    void save() {
        page.evaluate("() => jupyterapp.commands.execute('docmanager:save')");
    }

    /** @param theme Light or Dark */
    void choose(String theme) {
        page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", "JupyterLab " + theme);
        page.locator("body[data-jp-theme-name='JupyterLab " + theme + "']")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        page.waitForTimeout(300);
    }

    /** The first cell of code that holds this text, and in its outputs what the selector finds. */
    Locator cell(String text, String shown) {
        return page.locator(
                        ".jp-CodeCell",
                        new Page.LocatorOptions()
                                .setHasText(text)
                                .setHas(page.locator(".jp-OutputArea " + shown)))
                .first();
    }

    /** What the cells printed as warnings, or failed with. */
    List<String> failures() {
        return page.locator(".jp-OutputArea-output[data-mime-type*='stderr'], .jp-OutputArea-output[data-mime-type*='error']")
                .allTextContents();
    }

    /** What the browser's console holds against the page, but for Jupyter's own. */
    List<String> complaints() {
        return complaints.stream()
                .filter(complaint -> OWN.stream().noneMatch(complaint::startsWith))
                .toList();
    }

    @Override
    public void close() {
        page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()");
        page.close();
    }
}
