package org.jacobean.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jacobean.kernel.Project;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the {@link Browser} and the {@link Jupyter} lab that all tests share, from the first that asks to the end of
 * all. CI always has a browser; elsewhere its absence is said, and the tests count as skipped.
 */
final class InBrowser implements BeforeAllCallback, ParameterResolver {

    private static final Namespace SHARED = Namespace.create(InBrowser.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Browser.find().isEmpty() && !"true".equals(System.getenv("CI"))) {
            System.out.println(
                    "No Chromium or Chrome on PATH: the tests that look at notebooks in a browser are left out.");
            Assumptions.abort("no browser on PATH");
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Browser.class || type == Jupyter.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getRoot().getStore(SHARED).getOrComputeIfAbsent(type, InBrowser::make);
    }

    private static AutoCloseable make(Class<?> type) {
        if (type == Browser.class) {
            Optional<Path> found = Browser.find();
            return new Browser(found.orElseThrow(() -> new IllegalStateException("CI needs chromium on PATH")));
        }
        try {
            return Jupyter.lab(Project.TARGET.resolve("lab"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
