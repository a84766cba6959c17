package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import org.jacobean.view.Diagram.Step;
import org.jacobean.view.Diagram.Value;

/** A network as boxes and arrows, in as many lines as it needs. */
final class DiagramBoxes {

    private static final int WIDEST = 190;

    /** By so much may an arrow to nowhere stand out at the right: it is not to be alone in a line. */
    private static final int LAST = 100;

    private final Diagram diagram;
    private final DiagramView words;

    private DiagramBoxes(Diagram diagram, DiagramView words) {
        this.diagram = diagram;
        this.words = words;
    }

    static String svg(Diagram diagram, DiagramView words) {
        return new DiagramBoxes(diagram, words).svg();
    }

    private String svg() {
        Svg svg = new Svg();
        Window shown = Window.of(diagram.steps().size(), DiagramView.MOST_BOXES);
        int most = diagram.steps().stream()
                .mapToInt(
                        step -> 1 + step.parameters().size() + step.gradients().size())
                .max()
                .orElse(1);
        double height = Math.max(diagram.hasGradients() ? 84 : 44, most * DiagramView.LINE + 14);
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
            lines.add(DiagramView.word(step.layer()));
            step.parameters().forEach((name, parameter) -> lines.add(name + " " + parameter.shape()));
            step.gradients().forEach((name, gradient) -> back.add("dL/d" + name + " " + words.norm(gradient)));
            arrow(pen, diagram.values().get(k), Pen.width(lines, back));
            pen.box(lines, back);
        }
        List<String> end = diagram.loss() == null ? List.of() : List.of(words.loss(), words.lossValue());
        arrow(pen, diagram.values().get(diagram.steps().size()), end.isEmpty() ? -LAST : Pen.width(end, List.of()));
        if (!end.isEmpty()) {
            pen.box(end, List.of());
        }
        return svg.of(pen.width(), pen.bottom(), diagram.toString(), words.description());
    }

    /** @param next the width of what it points to: the two stand in one line */
    private void arrow(Pen pen, Value value, double next) {
        String norm = !diagram.hasGradients()
                ? ""
                : value.gradient() == null ? "not computed yet" : words.norm(value.gradient());
        pen.arrow(
                value.name(),
                DiagramView.shape(value),
                diagram.hasGradients() ? DiagramView.gradient(value) : "",
                norm,
                next);
    }

    /** Sets boxes and arrows beside one another, and goes on in a line below where there is no more room. */
    private static final class Pen {

        private final Svg svg;
        private final double height;
        private final boolean back;
        private double x = DiagramView.MARGIN;
        private double y = DiagramView.MARGIN;
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
                line(forward + 42, x + width - 2, x + 2, DiagramView.BACK);
                svg.text(middle, forward + 36, Svg.SMALL, "middle", DiagramView.BACK, width, gradient)
                        .text(middle, forward + 55, Svg.SMALL, "middle", DiagramView.BACK, width, norm);
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
            double top = y + (height - (lines.size() + gradients.size()) * DiagramView.LINE) / 2 + 12;
            for (int i = 0; i < lines.size() + gradients.size(); i++) {
                boolean forward = i < lines.size();
                svg.text(
                        x + width / 2,
                        top + i * DiagramView.LINE,
                        i == 0 ? Svg.NORMAL : Svg.SMALL,
                        "middle",
                        forward ? Svg.INK : DiagramView.BACK,
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
            if (x + width > DiagramView.PANEL - DiagramView.MARGIN && x > DiagramView.MARGIN) {
                x = DiagramView.MARGIN;
                y += height + 24;
            }
        }

        double width() {
            return Math.max(widest, x) + DiagramView.MARGIN;
        }

        double bottom() {
            return y + height + DiagramView.MARGIN;
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
}
