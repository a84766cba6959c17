package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.Explanation.Comparison;
import org.jacobean.explain.Explanation.Equation;
import org.jacobean.explain.Explanation.Gap;
import org.jacobean.explain.Explanation.Part;
import org.jacobean.explain.Explanation.Product;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.explain.Explanation.Words;
import org.jacobean.formula.Expression;
import org.jacobean.formula.Notation;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Folded;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;
import org.jacobean.view.View.Section;
import org.jacobean.view.View.Written;
import org.jacobean.view.View.Written.Side;

/** An explanation: its steps, numbered, with equations aligned at their first =. */
final class ExplanationView {

    /** Of a network with more layers the rest has its names to ask for, so that no output grows without end. */
    private static final int MOST_OPENED = 24;

    private final Limits limits;
    private final Notation notation;

    private ExplanationView(Explanation explanation, Limits limits) {
        this.limits = limits;
        this.notation = explanation.notation(this::number);
    }

    static View of(Explanation explanation, Limits limits) {
        ExplanationView view = new ExplanationView(explanation, limits);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Line(view.title(explanation)));
        blocks.addAll(view.parts(explanation));
        return new View(blocks);
    }

    private String title(Explanation explanation) {
        return explanation.value().isPresent()
                ? "Why " + explanation.title() + " is "
                        + number(explanation.value().getAsDouble())
                : explanation.title();
    }

    private List<Block> parts(Explanation explanation) {
        List<Block> blocks = new ArrayList<>();
        for (Part part : explanation.parts()) {
            List<Block> steps = new ArrayList<>();
            int number = 1;
            for (Step step : part.steps()) {
                List<Block> said = blocks(step, number <= MOST_OPENED);
                steps.add(new Section(number++ + ". " + step.title(), said));
            }
            blocks.addAll(part.title().isEmpty() ? steps : List.of(new Section(part.title(), steps)));
        }
        return blocks;
    }

    /** @param opened whether what is said in short can be opened */
    private List<Block> blocks(Step step, boolean opened) {
        if (step.whole() == null) {
            return lines(step);
        }
        ExplanationView its = new ExplanationView(step.whole(), limits);
        List<Block> blocks = new ArrayList<>(its.lines(step));
        if (opened) {
            blocks.add(new Folded(its.title(step.whole()), its.parts(step.whole())));
        }
        return blocks;
    }

    /** Neighbouring equations stand together, so that they are aligned. */
    private List<Block> lines(Step step) {
        List<Block> blocks = new ArrayList<>();
        List<Written.Row> rows = new ArrayList<>();
        for (Explanation.Line line : step.lines()) {
            if (line instanceof Words || line instanceof Comparison) {
                if (!rows.isEmpty()) {
                    blocks.add(new Written(List.copyOf(rows)));
                    rows.clear();
                }
                blocks.add(line instanceof Words words ? new Line(words.text()) : comparison((Comparison) line));
            } else {
                rows.add(row(line));
            }
        }
        if (!rows.isEmpty()) {
            blocks.add(new Written(List.copyOf(rows)));
        }
        return blocks;
    }

    private Written.Row row(Explanation.Line line) {
        if (line instanceof Equation equation) {
            List<Side> sides =
                    equation.sides().stream().map(this::side).collect(Collectors.toCollection(ArrayList::new));
            if (!equation.rest().isEmpty()) {
                Side last = sides.remove(sides.size() - 1);
                sides.add(new Side(
                        last.text() + " " + equation.rest(), last.latex() + " \\text{ " + equation.rest() + "}"));
            }
            return new Written.Row(sides);
        } else if (line instanceof Gap gap) {
            String words = gap.words() + (gap.together().isPresent() ? ", together " : "");
            String number = gap.together().isPresent() ? number(gap.together().getAsDouble()) : "";
            return new Written.Row(List.of(
                    new Side("…", "\\dots"),
                    new Side(words + number, "\\text{" + words + "}" + Notation.latexNumber(number))));
        }
        Product product = (Product) line;
        String latex = product.left().startsWith("dL/d")
                ? "\\frac{dL}{d" + Notation.latexName(product.left().substring("dL/d".length())) + "}"
                : Notation.latexName(product.left());
        return new Written.Row(List.of(
                new Side(product.left(), latex),
                new Side(
                        product.right().text(notation) + " : " + String.join(" : ", product.shapes()),
                        product.right().latex(notation)
                                + product.shapes().stream()
                                        .map(s -> "\\quad "
                                                + s.replace("×", "\\times ")
                                                        .replace("·", "\\cdot ")
                                                        .replace("→", "\\to "))
                                        .collect(Collectors.joining()))));
    }

    private Side side(Expression e) {
        return new Side(notation.text(e), notation.latex(e));
    }

    private String number(double value) {
        return Digits.alone(value, limits.digits());
    }

    private static Block comparison(Comparison comparison) {
        List<Row> rows = comparison.rows().stream()
                .map(row -> new Row(
                        row.get(0),
                        row.subList(1, row.size()).stream()
                                .map(text -> new Cell(text, null, null, false))
                                .toList()))
                .toList();
        return Beside.of(
                new Grid("", comparison.heads().subList(1, comparison.heads().size()), List.of(), rows, List.of()));
    }
}
