package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jacobean.explain.ElementName;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Diagram.Step;
import org.jacobean.view.Diagram.Value;

/** A small network unit by unit: a column for each value, and the weights on the edges between them. */
final class DiagramUnits {

    private static final String ABOVE_ZERO = "#c85a00";
    private static final String BELOW_ZERO = "#1f6fb5";
    private static final String PLAIN = "#aaaaaa";
    private static final int UNIT = 72;
    private static final int GAP = 110;

    /** From one unit to the next below it. */
    private static final int PITCH = 68;

    private static final int HEAD = 30;
    private static final int NARROWEST = 510;

    /** Below this distance, and where more edges leave a unit, the weights would stand on one another. */
    private static final int ROOM_FOR_WEIGHTS = 80;

    private static final int MOST_LABELLED = 3;

    /** Of the numbers in titles: fewer than those in which one JDK's exp differs from another's. */
    private static final int TITLE_DIGITS = 8;

    /** Where on its edge a weight stands, near to where it starts: there are fewer edges to be mistaken for. */
    private static final double NEAR = 0.24;

    private final Diagram diagram;
    private final DiagramView words;

    private DiagramUnits(Diagram diagram, DiagramView words) {
        this.diagram = diagram;
        this.words = words;
    }

    static String svg(Diagram diagram, DiagramView words) {
        return new DiagramUnits(diagram, words).svg();
    }

    private String svg() {
        Svg svg = new Svg();
        List<Value> values = diagram.values();
        int columns = values.size() + (diagram.loss() == null ? 0 : 1);
        double gap = Math.min(
                GAP, (double) (DiagramView.PANEL - 2 * DiagramView.MARGIN - UNIT * columns) / Math.max(1, columns - 1));
        int most = values.stream().mapToInt(Value::width).max().orElse(1);
        double unit = 20 + DiagramView.LINE * (diagram.hasGradients() ? 2 : diagram.hasNumbers() ? 1 : 0);
        double height = most * PITCH;
        for (int k = 0; k < diagram.steps().size(); k++) {
            double from = left(k, gap) + UNIT;
            svg.text(
                    from + gap / 2,
                    DiagramView.MARGIN + 12,
                    Svg.SMALL,
                    "middle",
                    Svg.FAINT,
                    gap + UNIT - 50,
                    DiagramView.word(diagram.steps().get(k).layer()));
            edges(svg, k, from, gap, unit, most);
        }
        for (int k = 0; k < values.size(); k++) {
            column(svg, k, left(k, gap), unit, most);
        }
        if (diagram.loss() != null) {
            double x = left(values.size(), gap);
            for (int i = 0; i < values.get(values.size() - 1).width(); i++) {
                edge(
                        svg,
                        x - gap,
                        top(i, values.size() - 1, unit, most) + unit / 2,
                        x,
                        first() + height / 2,
                        PLAIN,
                        1,
                        "");
            }
            svg.text(
                    x - gap / 2,
                    DiagramView.MARGIN + 12,
                    Svg.SMALL,
                    "middle",
                    Svg.FAINT,
                    gap + UNIT - 50,
                    words.loss());
            box(
                    svg,
                    x,
                    first() + (height - unit) / 2,
                    unit,
                    "L",
                    words.number(diagram.loss().value()),
                    "",
                    words.lossValue());
        }
        double width = Math.max(2 * DiagramView.MARGIN + columns * (UNIT + gap) - gap, NARROWEST);
        double bottom = first() + height + 14;
        for (String line : legend()) {
            svg.text(DiagramView.MARGIN, bottom, Svg.SMALL, "start", Svg.FAINT, width - 2 * DiagramView.MARGIN, line);
            bottom += DiagramView.LINE;
        }
        return svg.of(width, bottom, diagram.toString(), words.description());
    }

    private List<String> legend() {
        List<String> legend = new ArrayList<>();
        int rows = diagram.hasNumbers() ? diagram.values().get(0).numbers().rows() : 0;
        if (rows > 1) {
            legend.add(String.format(Locale.ROOT, "row %,d of %,d", diagram.row() + 1, rows)
                    + (diagram.loss() == null ? "" : "; L is of all rows"));
        }
        if (diagram.steps().stream().anyMatch(step -> weights(step) != null)) {
            legend.add("edges: orange above 0, blue and dashed below 0, the thicker the larger");
        }
        return legend;
    }

    private static double left(int column, double gap) {
        return DiagramView.MARGIN + column * (UNIT + gap);
    }

    private double top(int unit, int column, double height, int most) {
        int its = diagram.values().get(column).width();
        return first() + (unit + (most - its) / 2.0) * PITCH + (PITCH - height) / 2;
    }

    /** Where the units begin, below the names. */
    private double first() {
        return DiagramView.MARGIN + (diagram.hasGradients() ? HEAD + DiagramView.LINE : HEAD);
    }

    private void column(Svg svg, int k, double x, double unit, int most) {
        Value value = diagram.values().get(k);
        svg.text(x + UNIT / 2.0, DiagramView.MARGIN + 12, Svg.NORMAL, "middle", Svg.INK, 50, value.name());
        if (value.gradient() != null) {
            svg.text(
                    x + UNIT / 2.0,
                    DiagramView.MARGIN + 28,
                    Svg.SMALL,
                    "middle",
                    DiagramView.BACK,
                    UNIT,
                    DiagramView.gradient(value));
        }
        Digits numbers = value.numbers() == null ? null : words.digits(value.numbers());
        Digits gradients = value.gradient() == null ? null : words.digits(value.gradient());
        for (int j = 0; j < value.width(); j++) {
            String name = words.unit(value, j);
            box(
                    svg,
                    x,
                    top(j, k, unit, most),
                    unit,
                    name,
                    numbers == null ? "" : numbers.format(value.numbers().get(diagram.row(), j)),
                    gradients == null ? "" : gradients.format(value.gradient().get(diagram.row(), j)),
                    numbers == null
                            ? name
                            : name + " = " + Digits.alone(value.numbers().get(diagram.row(), j), TITLE_DIGITS));
        }
    }

    private static void box(
            Svg svg, double x, double y, double height, String name, String number, String gradient, String title) {
        svg.add("<rect x=\"" + Svg.number(x) + "\" y=\"" + Svg.number(y) + "\" width=\"" + UNIT + "\" height=\""
                + Svg.number(height) + "\" rx=\"6\" fill=\"#eef3f8\" stroke=\"#7a8aa0\"><title>" + Svg.escaped(title)
                + "</title></rect>");
        double middle = x + UNIT / 2.0;
        svg.text(middle, y + 14, Svg.SMALL, "middle", Svg.FAINT, UNIT - 4, name);
        if (!number.isEmpty()) {
            svg.text(middle, y + 14 + DiagramView.LINE, Svg.SMALL + 1, "middle", Svg.INK, UNIT, number);
        }
        if (!gradient.isEmpty()) {
            svg.text(middle, y + 14 + 2 * DiagramView.LINE, Svg.SMALL + 1, "middle", DiagramView.BACK, UNIT, gradient);
        }
    }

    /** The weights [n × m] of a layer that has some, or null. */
    private static Map.Entry<String, Matrix> weights(Step step) {
        return step.layer() instanceof Linear
                ? step.parameters().entrySet().iterator().next()
                : null;
    }

    private void edges(Svg svg, int k, double x, double gap, double unit, int most) {
        Step step = diagram.steps().get(k);
        int n = diagram.values().get(k).width();
        int m = diagram.values().get(k + 1).width();
        Map.Entry<String, Matrix> weights = weights(step);
        boolean alone = step.layer() instanceof Relu || step.layer() instanceof Sigmoid || step.layer() instanceof Tanh;
        double largest = weights == null ? 1 : Summary.of(weights.getValue()).largest();
        List<Runnable> labels = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double from = top(i, k, unit, most) + unit / 2;
                double to = top(j, k + 1, unit, most) + unit / 2;
                if (weights == null) {
                    if (!alone || i == j) {
                        edge(svg, x, from, x + gap, to, PLAIN, 1, "");
                    }
                    continue;
                }
                double w = weights.getValue().get(i, j);
                String name = ElementName.of(weights.getValue().named(weights.getKey()), i, j);
                Matrix gradient = step.gradients().get(weights.getKey());
                edge(
                        svg,
                        x,
                        from,
                        x + gap,
                        to,
                        w > 0 ? ABOVE_ZERO : w < 0 ? BELOW_ZERO : PLAIN,
                        Double.isFinite(w) && w != 0 ? 0.75 + 3.25 * (Math.abs(w) / largest) : 1,
                        name + " = " + Digits.alone(w, TITLE_DIGITS)
                                + (gradient == null
                                        ? ""
                                        : ", dL/d" + name + " = " + Digits.alone(gradient.get(i, j), TITLE_DIGITS)));
                if (m <= MOST_LABELLED && gap >= ROOM_FOR_WEIGHTS) {
                    labels.add(() -> weight(svg, x + NEAR * gap, from + NEAR * (to - from), words.number(w)));
                }
            }
        }
        labels.forEach(Runnable::run);
    }

    private static void weight(Svg svg, double x, double y, String number) {
        double width = Svg.width(number, Svg.SMALL) + 2;
        svg.add("<rect x=\"" + Svg.number(x - width / 2) + "\" y=\"" + Svg.number(y - 7) + "\" width=\""
                        + Svg.number(width) + "\" height=\"14\" fill=\"#ffffff\"/>")
                .text(x, y + 4, Svg.SMALL, "middle", Svg.INK, width, number);
    }

    private static void edge(
            Svg svg, double x1, double y1, double x2, double y2, String color, double width, String title) {
        svg.add("<path stroke=\"" + color + "\" stroke-width=\"" + Svg.number(width) + "\""
                + (color.equals(BELOW_ZERO) ? " stroke-dasharray=\"6 3\"" : "") + " d=\"M" + Svg.number(x1) + " "
                + Svg.number(y1) + "L" + Svg.number(x2) + " " + Svg.number(y2) + "\""
                + (title.isEmpty() ? "/>" : "><title>" + Svg.escaped(title) + "</title></path>"));
    }
}
