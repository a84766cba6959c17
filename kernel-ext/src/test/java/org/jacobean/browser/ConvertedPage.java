package org.jacobean.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A page that nbconvert made, and what the browser's console complained of. What sets its formulas is there without a
 * network.
 */
final class ConvertedPage implements AutoCloseable {

    private static final String NETWORK = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/";
    private static final String VERSIONS = "https://api.cdnjs.com/libraries/mathjax*";

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    ConvertedPage(Browser browser, Path file) {
        page = browser.page(1000, 1400);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " " + message.location());
            }
        });
        page.onPageError(complaints::add);
        // Of the rest of the network, nbconvert's pages ask for programs that no output of ours needs.
        page.route(Pattern.compile("^https://.*"), route -> route.fulfill(new Route.FulfillOptions().setBody("")));
        page.route(NETWORK + "**", ConvertedPage::mathJax);
        // MathJax asks for the newest of its second version.
        page.route(
                VERSIONS,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))
                        .setContentType("application/json")
                        .setBody("{\"version\":\"2.7.7\"}")));
        page.navigate(file.toUri().toString());
        page.waitForFunction("() => window.MathJax?.Hub?.queue.pending === 0 && window.MathJax.isReady");
        page.waitForFunction("() => document.querySelectorAll('.MathJax_Processing, .MJXc-processing').length === 0");
    }

    Page page() {
        return page;
    }

    List<String> complaints() {
        return complaints;
    }

    private static void mathJax(Route route) {
        String path = route.request().url().substring(NETWORK.length()).replaceFirst("\\?.*", "");
        try (InputStream file =
                ConvertedPage.class.getResourceAsStream("/META-INF/resources/webjars/mathjax/2.7.9/" + path)) {
            if (file == null) {
                route.abort();
                return;
            }
            route.fulfill(new Route.FulfillOptions()
                    .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))
                    .setBodyBytes(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        page.close();
    }
}
