package org.jacobean.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jacobean.explain.Confusion;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Exercise;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.Flow;
import org.jacobean.explain.GradientCheck;
import org.jacobean.explain.Inventory;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;
import org.jacobean.view.Display.Limits;
import tech.tablesaw.api.Row;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;
import tech.tablesaw.table.Relation;
import tech.tablesaw.table.TableSliceGroup;

/**
 * A value as it is shown: the same content as text and, where it has a view of ours, as HTML, Markdown and LaTeX. It holds
 * no more than these strings, and none of them is much longer than 100 kB, whatever the value's size.
 */
public final class Rendered {

    /** The kinds of values that have a view; a kernel registers a renderer for each. */
    public static final List<Class<?>> TYPES = List.of(
            Matrix.class,
            double[].class,
            double[][].class,
            float[].class,
            float[][].class,
            int[].class,
            int[][].class,
            Linear.class,
            Forward.class,
            Gradients.class,
            Jacobian.class,
            Network.class,
            NetworkPass.class,
            NetworkGradients.class,
            LossPass.class,
            Inventory.class,
            Flow.class,
            Confusion.class,
            GradientCheck.class,
            Contributions.class,
            ProgressBar.class,
            Diagnosis.class,
            Exercise.class,
            Relation.class,
            Column.class,
            Row.class,
            Selection.class,
            TableSliceGroup.class,
            Explanation.class,
            Chart.class,
            Images.class,
            Diagram.class,
            SideBySide.class);

    private static final int LONGEST = 100_000;

    private final String text;
    private final Map<String, String> rich;

    private Rendered(String text, Map<String, String> rich) {
        this.text = text;
        this.rich = rich;
    }

    /** {@code value} as the settings of {@link Display} stand now; a value without a view is its {@code toString}. */
    public static Rendered of(Object value) {
        Limits limits = Display.limits();
        Picture picture = Picture.of(value, limits);
        if (picture != null) {
            return new Rendered(
                    Visible.isolated(picture.text()),
                    picture.svg() == null ? Map.of() : Map.of(Picture.SVG, Visible.isolated(picture.svg())));
        }
        View view = Views.of(value, limits);
        if (view == null) {
            return new Rendered(String.valueOf(value), Map.of());
        }
        Map<String, String> rich = lower(value, view);
        int longest = longest(rich);
        while (longest > LONGEST && limits.canShrink()) {
            limits = view.pointing() != null ? limits.withoutPointing() : limits.smaller((double) LONGEST / longest);
            view = Views.of(value, limits);
            rich = lower(value, view);
            longest = longest(rich);
        }
        return new Rendered(Visible.isolated(TextLowering.of(view)), rich);
    }

    /** What is to be said of a value even where nobody displays it. */
    public static Optional<String> remark(Object value) {
        return value instanceof LossPass loss ? loss.remark() : Optional.empty();
    }

    /** text/plain: aligned, at most 80 columns wide. */
    public String text() {
        return text;
    }

    /** text/html, if there is any. */
    public Optional<String> html() {
        return as("text/html");
    }

    /** The value as {@code mimeType}: text/plain, text/html, text/markdown, text/latex or image/svg+xml. */
    public Optional<String> as(String mimeType) {
        return mimeType.equals("text/plain") ? Optional.of(text) : Optional.ofNullable(rich.get(mimeType));
    }

    /**
     * As what values of this kind are shown where more than text can be: as HTML; as Markdown where they hold formulas,
     * which not every page sets in HTML; as SVG where they are pictures.
     */
    public static String preferred(Class<?> type) {
        return type == Explanation.class ? "text/markdown" : Picture.is(type) ? Picture.SVG : "text/html";
    }

    /** All that a kernel shows of it besides text: HTML or a picture, or else Markdown; by its MIME type. */
    public Map<String, String> shown() {
        for (String mimeType : List.of("text/html", Picture.SVG, "text/markdown")) {
            if (rich.containsKey(mimeType)) {
                return Map.of(mimeType, rich.get(mimeType));
            }
        }
        return Map.of();
    }

    private static int longest(Map<String, String> rich) {
        return rich.values().stream().mapToInt(String::length).max().orElse(0);
    }

    private static Map<String, String> lower(Object value, View view) {
        Map<String, String> rich = new TreeMap<>();
        if (preferred(value.getClass()).equals("text/html")) {
            rich.put("text/html", Visible.isolated(HtmlLowering.of(view)));
        }
        rich.put("text/markdown", Visible.isolated(MarkdownLowering.of(view)));
        if (value instanceof Matrix matrix) {
            rich.put("text/latex", LatexLowering.of(matrix, view));
        }
        return rich;
    }
}
