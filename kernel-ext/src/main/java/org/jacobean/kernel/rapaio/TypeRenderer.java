package org.jacobean.kernel.rapaio;

import java.util.Map;
import java.util.Set;
import org.jacobean.view.Rendered;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;

/** Displays the values of one of our types: as a bundle, or as what {@code display("latex", w)} asks for, and text. */
record TypeRenderer(Class<?> rendererClass) implements DisplayRenderer {

    private static final Set<String> LONG =
            Set.of("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml");

    /** The kernel's own short names; of pictures as SVG it has none. */
    private static final Map<String, String> SHORT = Map.of(
            "text", "text/plain",
            "html", "text/html",
            "markdown", "text/markdown",
            "md", "text/markdown",
            "latex", "text/latex",
            "svg", "image/svg+xml");

    /** @param mime null where nothing is asked for */
    @Override
    public boolean canRender(String mime) {
        return mime == null || LONG.contains(mime) || SHORT.containsKey(mime);
    }

    @Override
    public DisplayData render(String mime, Object value) {
        try {
            Rendered rendered = Rendered.of(value);
            DisplayData data = DisplayData.fromText(rendered.text());
            if (mime == null) {
                rendered.shown().forEach(data::putData);
            } else {
                String type = SHORT.getOrDefault(mime, mime);
                rendered.as(type).ifPresent(content -> data.putData(type, content));
            }
            return data;
        } catch (Error e) {
            // The kernel fails the cell for an exception; an error, such as a class that is missing, would end it.
            throw new IllegalStateException("this value could not be displayed: " + e, e);
        }
    }
}
