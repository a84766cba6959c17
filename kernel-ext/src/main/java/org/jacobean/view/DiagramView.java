package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jacobean.explain.ElementName;
import org.jacobean.layer.Layer;
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

/** A network in words, which {@link DiagramBoxes} also draws with, or, where it is small, {@link DiagramUnits}. */
final class DiagramView {

    static final int MOST_BOXES = 24;
    private static final int MOST_UNITS = 8;
    private static final int MOST_COLUMNS = 7;
    private static final double HUGE = 1e7;

    // Of both pictures

    static final int PANEL = 760;
    static final int MARGIN = 14;

    /** From one line of text to the next. */
    static final int LINE = 16;

    static final String BACK = "#8a4500";

    private final Diagram diagram;
    private final Limits limits;

    private DiagramView(Diagram diagram, Limits limits) {
        this.diagram = diagram;
        this.limits = limits;
    }

    static Picture of(Diagram diagram, Limits limits) {
        DiagramView view = new DiagramView(diagram, limits);
        boolean small = view.isSmall();
        return new Picture(view.text(small), small ? DiagramUnits.svg(diagram, view) : DiagramBoxes.svg(diagram, view));
    }

    private boolean isSmall() {
        return diagram.values().size() + (diagram.loss() == null ? 0 : 1) <= MOST_COLUMNS
                && diagram.values().stream().allMatch(value -> value.width() >= 1 && value.width() <= MOST_UNITS);
    }

    // Words

    static String word(Layer layer) {
        String name = layer.getClass().getSimpleName();
        return name.isEmpty() ? "layer" : name.toLowerCase(Locale.ROOT);
    }

    String loss() {
        String name = diagram.loss().loss().getClass().getSimpleName();
        return name.isEmpty() ? "loss" : name;
    }

    String lossValue() {
        return "L = " + number(diagram.loss().value());
    }

    String number(double value) {
        return Digits.alone(value, limits.digits());
    }

    /** {@code N × 784}. */
    static String shape(Value value) {
        return value.numbers() != null
                ? value.numbers().shape()
                : "N × " + (value.width() == 0 ? "n" : String.format(Locale.ROOT, "%,d", value.width()));
    }

    static String gradient(Value value) {
        return "dL/d" + value.name();
    }

    String norm(Matrix gradient) {
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
    Digits digits(Matrix matrix) {
        return Digits.of(
                matrix.row(diagram.row()).stream().toArray(), limits.digits(), Math.min(2, limits.digits()), HUGE);
    }

    String unit(Value value, int j) {
        return value.numbers() == null
                ? value.name() + "[" + (j + 1) + "]"
                : ElementName.of(value.numbers().named(value.name()), diagram.row(), j);
    }

    String description() {
        return forward(Window.of(diagram.steps().size(), MOST_BOXES)) + (diagram.hasGradients() ? "; " + back() : "");
    }
}
