package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jacobean.explain.GradientCheck;
import org.jacobean.explain.GradientCheck.Element;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/** A check: how many agree, its worst elements, and how it was done. */
final class CheckView {

    private static final double HUGE = 1e7;
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
        return View.of(
                new Line(check.summary()),
                Beside.of(new Grid("elements, the worst first", HEADS, List.of(), rows, below)),
                new Line(check.method()));
    }

    private static Cell error(Element element, ToDoubleFunction<Element> error) {
        return number(Digits.alone(error.applyAsDouble(element), 2), error.applyAsDouble(element));
    }

    private static Cell number(String text, double value) {
        return new Cell(text, Views.exact(value), null, true);
    }
}
