package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jacobean.explain.ElementName;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Diagram.Step;
import org.jacobean.view.Diagram.Value;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/** A network as boxes and arrows, or, where it is small, as units and edges; and in words. */
final class DiagramView {

    private static final int MOST_UNITS = 8;
    private static final int MOST_COLUMNS = 7;
    private static final int MOST_BOXES = 24;

    private static final int PANEL = 760;
    private static final int MARGIN = 14;
    private static final String BACK = "#8a4500";
    private static final String ABOVE_ZERO = "#c85a00";
    private static final String BELOW_ZERO = "#1f6fb5";
    private static final String PLAIN = "#aaaaaa";
    private static final double HUGE = 1e7;

    private final Diagram diagram;
    private final Limits limits;

    private DiagramView(Diagram diagram, Limits limits) {
        this.diagram = diagram;
        this.limits = limits;
    }

    static Picture of(Diagram diagram, Limits limits) {
        DiagramView view = new DiagramView(diagram, limits);
        boolean small = view.isSmall();
        return new Picture(view.text(small), small ? view.units() : view.boxes());
    }

    private boolean isSmall() {
        return diagram.values().size() + (diagram.loss() == null ? 0 : 1) <= MOST_COLUMNS
                && diagram.values().stream().allMatch(value -> value.width() >= 1 && value.width() <= MOST_UNITS);
    }

    // Words

    private static String word(Layer layer) {
        String name = layer.getClass().getSimpleName();
        return name.isEmpty() ? "layer" : name.toLowerCase(Locale.ROOT);
    }

    private String loss() {
        String name = diagram.loss().loss().getClass().getSimpleName();
        return name.isEmpty() ? "loss" : name;
    }

    private String lossValue() {
        return "L = " + number(diagram.loss().value());
    }

    private String number(double value) {
        return Digits.alone(value, limits.digits());
    }

    /** {@code N × 784}. */
    private static String shape(Value value) {
        return value.numbers() != null
                ? value.numbers().shape()
                : "N × " + (value.width() == 0 ? "n" : String.format(Locale.ROOT, "%,d", value.width()));
    }

    private static String gradient(Value value) {
        return "dL/d" + value.name();
    }

    private String norm(Matrix gradient) {
        return "norm " + number(Summary.of(gradient).norm());
    }

    /** {@code x [N × 784] → linear (w1 784 × 50, b1 1 × 50) → l1 [N × 50] → relu → f [N × 50]}. */
    private String forward(Window shown) {
        StringBuilder text = new StringBuilder();
        for (int k : shown.indices()) {
            if (k == Window.GAP) {
                text.append(" → …");
                continue;
            }
            Step step = diagram.steps().get(k);
            Value in = diagram.values().get(k);
            text.append(k == 0 ? "" : " → ")
                    .append(in.name())
                    .append(" [")
                    .append(shape(in))
                    .append("] → ");
            text.append(word(step.layer()));
            String parameters = step.parameters().entrySet().stream()
                    .map(parameter ->
                            parameter.getKey() + " " + parameter.getValue().shape())
                    .collect(Collectors.joining(", "));
            text.append(parameters.isEmpty() ? "" : " (" + parameters + ")");
        }
        Value out = diagram.values().get(diagram.steps().size());
        text.append(" → ").append(out.name()).append(" [").append(shape(out)).append("]");
        return diagram.loss() == null ? text.toString() : text + " → " + loss() + " → " + lossValue();
    }

    /** {@code back: dL/df norm 15.62 → dL/dl2 norm 96.29 → …}. */
    private String back() {
        List<Value> values = diagram.values();
        Window shown = Window.of(values.size(), MOST_BOXES);
        List<String> parts = new ArrayList<>();
        for (int i : shown.indices()) {
            Value value = i == Window.GAP ? null : values.get(values.size() - 1 - i);
            parts.add(
                    value == null
                            ? "…"
                            : gradient(value)
                                    + (value.gradient() == null ? " not computed yet" : " " + norm(value.gradient())));
        }
        return "back: " + String.join(" → ", parts);
    }

    private String text(boolean small) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Line(forward(Window.of(diagram.steps().size(), MOST_BOXES))));
        if (diagram.hasGradients()) {
            blocks.add(new Line(back()));
        }
        if (small && diagram.hasNumbers()) {
            blocks.add(new Beside(diagram.values().stream().map(this::grid).toList()));
        }
        return TextLowering.of(new View(blocks));
    }

    private Grid grid(Value value) {
        List<String> heads = value.gradient() == null ? List.of("value") : List.of("value", gradient(value));
        Digits numbers = digits(value.numbers());
        Digits gradients = value.gradient() == null ? null : digits(value.gradient());
        List<Row> rows = new ArrayList<>();
        for (int j = 0; j < value.width(); j++) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.number(numbers.format(value.numbers().get(diagram.row(), j))));
            if (gradients != null) {
                cells.add(Cell.number(gradients.format(value.gradient().get(diagram.row(), j))));
            }
            rows.add(new Row(unit(value, j), cells));
        }
        return new Grid("", heads, List.of(), rows, List.of());
    }

    /** One number of decimals for a row. */
    private Digits digits(Matrix matrix) {
        return Digits.of(
                matrix.row(diagram.row()).stream().toArray(), limits.digits(), Math.min(2, limits.digits()), HUGE);
    }

    private String unit(Value value, int j) {
        return value.numbers() == null
                ? value.name() + "[" + (j + 1) + "]"
                : ElementName.of(value.numbers().named(value.name()), diagram.row(), j);
    }

    private String description() {
        return forward(Window.of(diagram.steps().size(), MOST_BOXES)) + (diagram.hasGradients() ? "; " + back() : "");
    }

    // Boxes

    private static final int LINE = 16;
    private static final int WIDEST = 190;

    /** By so much may an arrow to nowhere stand out at the right: it is not to be alone in a line. */
    private static final int LAST = 100;

    private String boxes() {
        Svg svg = new Svg();
        Window shown = Window.of(diagram.steps().size(), MOST_BOXES);
        int most = diagram.steps().stream()
                .mapToInt(
                        step -> 1 + step.parameters().size() + step.gradients().size())
                .max()
                .orElse(1);
        double height = Math.max(diagram.hasGradients() ? 84 : 44, most * LINE + 14);
        Pen pen = new Pen(svg, height, diagram.hasGradients());
        for (int k : shown.indices()) {
            List<String> lines = new ArrayList<>();
            List<String> back = new ArrayList<>();
            if (k == Window.GAP) {
                lines.addAll(List.of("…", diagram.steps().size() - shown.shown() + " layers"));
                arrow(pen, diagram.values().get(shown.indices().indexOf(k)), Pen.width(lines, back));
                pen.box(lines, back);
                continue;
            }
            Step step = diagram.steps().get(k);
            lines.add(word(step.layer()));
            step.parameters().forEach((name, parameter) -> lines.add(name + " " + parameter.shape()));
            step.gradients().forEach((name, gradient) -> back.add("dL/d" + name + " " + norm(gradient)));
            arrow(pen, diagram.values().get(k), Pen.width(lines, back));
            pen.box(lines, back);
        }
        List<String> end = diagram.loss() == null ? List.of() : List.of(loss(), lossValue());
        arrow(pen, diagram.values().get(diagram.steps().size()), end.isEmpty() ? -LAST : Pen.width(end, List.of()));
        if (!end.isEmpty()) {
            pen.box(end, List.of());
        }
        return svg.of(pen.width(), pen.bottom(), diagram.toString(), description());
    }

    /** @param next the width of what it points to: the two stand in one line */
    private void arrow(Pen pen, Value value, double next) {
        String norm =
                !diagram.hasGradients() ? "" : value.gradient() == null ? "not computed yet" : norm(value.gradient());
        pen.arrow(value.name(), shape(value), diagram.hasGradients() ? gradient(value) : "", norm, next);
    }

    /** Sets boxes and arrows beside one another, and goes on in a line below where there is no more room. */
    private static final class Pen {

        private final Svg svg;
        private final double height;
        private final boolean back;
        private double x = MARGIN;
        private double y = MARGIN;
        private double widest;

        Pen(Svg svg, double height, boolean back) {
            this.svg = svg;
            this.height = height;
            this.back = back;
        }

        void arrow(String name, String shape, String gradient, String norm, double next) {
            double width = 14 + widest(List.of(name, shape, gradient, norm), Svg.SMALL);
            room(width + next);
            double middle = x + width / 2;
            double forward = back ? y + height / 2 - 19 : y + height / 2;
            line(forward, x + 2, x + width - 2, Svg.INK);
            svg.text(middle, forward - 6, Svg.NORMAL, "middle", Svg.INK, width, name)
                    .text(middle, forward + 14, Svg.SMALL, "middle", Svg.FAINT, width, shape);
            if (back) {
                line(forward + 42, x + width - 2, x + 2, BACK);
                svg.text(middle, forward + 36, Svg.SMALL, "middle", BACK, width, gradient)
                        .text(middle, forward + 55, Svg.SMALL, "middle", BACK, width, norm);
            }
            x += width;
        }

        private void line(double at, double from, double to, String color) {
            double tip = from < to ? -7 : 7;
            svg.add("<path fill=\"" + color + "\" stroke=\"" + color + "\" d=\"M" + Svg.number(from) + " "
                    + Svg.number(at) + "H" + Svg.number(to) + "l" + Svg.number(tip) + " -4v8l" + Svg.number(-tip)
                    + " -4\"/>");
        }

        void box(List<String> lines, List<String> gradients) {
            double width = width(lines, gradients);
            svg.add("<rect x=\"" + Svg.number(x) + "\" y=\"" + Svg.number(y) + "\" width=\"" + Svg.number(width)
                    + "\" height=\"" + Svg.number(height) + "\" rx=\"6\" fill=\"#eef3f8\" stroke=\"#7a8aa0\"/>");
            double top = y + (height - (lines.size() + gradients.size()) * LINE) / 2 + 12;
            for (int i = 0; i < lines.size() + gradients.size(); i++) {
                boolean forward = i < lines.size();
                svg.text(
                        x + width / 2,
                        top + i * LINE,
                        i == 0 ? Svg.NORMAL : Svg.SMALL,
                        "middle",
                        forward ? Svg.INK : BACK,
                        width - 8,
                        forward ? lines.get(i) : gradients.get(i - lines.size()));
            }
            x += width;
            widest = Math.max(widest, x);
        }

        static double width(List<String> lines, List<String> gradients) {
            return 20
                    + Math.max(
                            widest(lines.subList(0, 1), Svg.NORMAL),
                            Math.max(widest(lines, Svg.SMALL), widest(gradients, Svg.SMALL)));
        }

        private void room(double width) {
            if (x + width > PANEL - MARGIN && x > MARGIN) {
                x = MARGIN;
                y += height + 24;
            }
        }

        double width() {
            return Math.max(widest, x) + MARGIN;
        }

        double bottom() {
            return y + height + MARGIN;
        }

        private static double widest(List<String> texts, int size) {
            return Math.min(
                    WIDEST,
                    texts.stream()
                            .mapToDouble(text -> Svg.width(text, size))
                            .max()
                            .orElse(0));
        }
    }

    // Units

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

    private String units() {
        Svg svg = new Svg();
        List<Value> values = diagram.values();
        int columns = values.size() + (diagram.loss() == null ? 0 : 1);
        double gap = Math.min(GAP, (double) (PANEL - 2 * MARGIN - UNIT * columns) / Math.max(1, columns - 1));
        int most = values.stream().mapToInt(Value::width).max().orElse(1);
        double unit = 20 + LINE * (diagram.hasGradients() ? 2 : diagram.hasNumbers() ? 1 : 0);
        double height = most * PITCH;
        for (int k = 0; k < diagram.steps().size(); k++) {
            double from = left(k, gap) + UNIT;
            svg.text(
                    from + gap / 2,
                    MARGIN + 12,
                    Svg.SMALL,
                    "middle",
                    Svg.FAINT,
                    gap + UNIT - 50,
                    word(diagram.steps().get(k).layer()));
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
            svg.text(x - gap / 2, MARGIN + 12, Svg.SMALL, "middle", Svg.FAINT, gap + UNIT - 50, loss());
            box(
                    svg,
                    x,
                    first() + (height - unit) / 2,
                    unit,
                    "L",
                    number(diagram.loss().value()),
                    "",
                    lossValue());
        }
        double width = Math.max(2 * MARGIN + columns * (UNIT + gap) - gap, NARROWEST);
        double bottom = first() + height + 14;
        for (String line : legend()) {
            svg.text(MARGIN, bottom, Svg.SMALL, "start", Svg.FAINT, width - 2 * MARGIN, line);
            bottom += LINE;
        }
        return svg.of(width, bottom, diagram.toString(), description());
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
        return MARGIN + column * (UNIT + gap);
    }

    private double top(int unit, int column, double height, int most) {
        int its = diagram.values().get(column).width();
        return first() + (unit + (most - its) / 2.0) * PITCH + (PITCH - height) / 2;
    }

    /** Where the units begin, below the names. */
    private double first() {
        return MARGIN + (diagram.hasGradients() ? HEAD + LINE : HEAD);
    }

    private void column(Svg svg, int k, double x, double unit, int most) {
        Value value = diagram.values().get(k);
        svg.text(x + UNIT / 2.0, MARGIN + 12, Svg.NORMAL, "middle", Svg.INK, 50, value.name());
        if (value.gradient() != null) {
            svg.text(x + UNIT / 2.0, MARGIN + 28, Svg.SMALL, "middle", BACK, UNIT, gradient(value));
        }
        Digits numbers = value.numbers() == null ? null : digits(value.numbers());
        Digits gradients = value.gradient() == null ? null : digits(value.gradient());
        for (int j = 0; j < value.width(); j++) {
            String name = unit(value, j);
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
            svg.text(middle, y + 14 + LINE, Svg.SMALL + 1, "middle", Svg.INK, UNIT, number);
        }
        if (!gradient.isEmpty()) {
            svg.text(middle, y + 14 + 2 * LINE, Svg.SMALL + 1, "middle", BACK, UNIT, gradient);
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
                    labels.add(() -> weight(svg, x + NEAR * gap, from + NEAR * (to - from), number(w)));
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
