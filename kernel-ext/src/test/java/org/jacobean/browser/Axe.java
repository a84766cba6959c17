package org.jacobean.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What axe-core faults: what somebody who sees badly, or uses no mouse, could not read. */
final class Axe {

    private static final String SOURCE = source();

    /**
     * Two things are Jupyter's alone: the img of a picture, which it gives no alt and for which it takes none, and the
     * element in which an output too wide for the page is moved, which it makes no stop for Tab (Chromium does so by
     * itself).
     */
    private static final String RUN =
            """
            async selector => (await axe.run(
                    {include: [[selector]], exclude: [['.jp-RenderedSVG > img']]}, {resultTypes: ['violations']})).violations
                .flatMap(v => v.nodes
                .filter(n => v.id !== 'scrollable-region-focusable' || !n.html.includes('jp-OutputArea-output'))
                .map(n => v.id + ': ' + n.html.slice(0, 300) + ' ' + n.failureSummary))""";

    private Axe() {}

    /** The faults of all that the selector finds, by all of axe's rules. */
    static List<String> faults(Page page, String selector) {
        if (page.evaluate("() => typeof axe").equals("undefined")) {
            page.evaluate(SOURCE);
        }
        List<?> faults = (List<?>) page.evaluate(RUN, selector);
        return faults.stream().flatMap(fault -> Stream.of((String) fault)).toList();
    }

    private static String source() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
