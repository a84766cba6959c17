package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jacobean.explain.GradientCheck;
import org.jacobean.explain.GradientCheck.Element;
import org.jacobean.explain.GradientCheck.Verdict;
import org.jacobean.layer.NotFinite;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Folded;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/** A check: how many agree, where NaN or ∞ begins, its worst elements, and how it was done. */
final class CheckView {

    private static final double HUGE = 1e7;
    private static final String AT_THE_SIDE = "this pass and its gradients are finite; L is not, a step to their side";
    private static final List<String> HEADS = List.of("analytic", "numeric", "absolute", "relative", "verdict");

    private CheckView() {}

    static View of(GradientCheck check, Limits limits) {
        int count = limits.within(check.elements().size(), HEADS.size()).rows();
        List<Element> worst = check.elements().subList(0, count);
        double[] gradients = worst.stream()
                .flatMapToDouble(element -> DoubleStream.of(element.analytic(), element.numeric()))
                .toArray();
        Digits digits = Digits.of(gradients, limits.digits(), Math.min(2, limits.digits()), HUGE);
        List<Row> rows = new ArrayList<>();
        for (Element element : worst) {
            rows.add(new Row(
                    element.name(),
                    List.of(
                            number(digits.format(element.analytic()), element.analytic()),
                            number(digits.format(element.numeric()), element.numeric()),
                            error(element, Element::absolute),
                            error(element, Element::relative),
                            new Cell(element.verdict().toString(), null, null, false))));
        }
        List<String> below = count == check.checked()
                ? List.of()
                : List.of(String.format(Locale.ROOT, "shown: the worst %,d of %,d elements", count, check.checked()));
        List<Block> blocks = new ArrayList<>(List.of(new Line(check.summary())));
        if (check.count(Verdict.NOT_FINITE) > 0) {
            blocks.add(new Line(check.notFinite().map(CheckView::begins).orElse(AT_THE_SIDE)));
        }
        blocks.add(Beside.of(new Grid("elements, the worst first", HEADS, List.of(), rows, below)));
        blocks.add(new Line(check.how()));
        blocks.add(new Folded("how exactly", List.of(new Line(check.method()))));
        return new View(blocks);
    }

    private static String begins(NotFinite first) {
        return "NaN or ∞ begins with " + first + "; %flow (in Java Flow.of) of these gradients shows every step";
    }

    private static Cell error(Element element, ToDoubleFunction<Element> error) {
        return number(Digits.alone(error.applyAsDouble(element), 2), error.applyAsDouble(element));
    }

    private static Cell number(String text, double value) {
        return new Cell(text, Views.exact(value), null, true);
    }
}
