package org.jacobean.view;

import org.jacobean.view.Display.Limits;

/**
 * A value that is shown as a picture: an SVG, which a notebook shows like a photograph, and the same in characters.
 *
 * @param svg with fixed colours on an opaque panel, since a page's own colours do not reach into it; or null where none
 *     could be drawn
 */
record Picture(String text, String svg) {

    static final String SVG = "image/svg+xml";

    /** The picture that {@code value} is, or null where it is none. */
    static Picture of(Object value, Limits limits) {
        if (value instanceof Chart chart) {
            return ChartView.of(chart, limits);
        } else if (value instanceof Images images) {
            return ImagesView.of(images, limits);
        } else if (value instanceof Diagram diagram) {
            return DiagramView.of(diagram, limits);
        }
        return null;
    }

    /** Whether values of this kind are pictures. */
    static boolean is(Class<?> type) {
        return type == Chart.class || type == Images.class || type == Diagram.class;
    }
}
