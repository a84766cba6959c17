package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jacobean.explain.Contributions;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/** The rows' shares in a gradient, and what they add up to. */
final class ContributionsView {

    private static final double HUGE = 1e7;

    private ContributionsView() {}

    static View of(Contributions contributions, Limits limits) {
        String name = contributions.name().toString();
        List<Contributions.Row> all = contributions.rows();
        if (contributions.ofOneRow()) {
            return View.of(new Line(String.format(
                    Locale.ROOT,
                    "%s = %s belongs to row %,d alone: each row of %s is of one row of x",
                    name,
                    Digits.alone(contributions.gradient(), limits.digits()),
                    all.get(0).row() + 1,
                    contributions.name().matrix().label(""))));
        }
        boolean whole = contributions.name().whole();
        Window window = Window.of(all.size(), limits.within(all.size(), 3).rows());
        List<List<Cell>> columns = new ArrayList<>();
        if (whole) {
            columns.addAll(columns(all, window, limits, List.of(Contributions.Row::norm)));
        }
        columns.addAll(columns(all, window, limits, List.of(Contributions.Row::share, Contributions.Row::runningSum)));
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < window.indices().size(); k++) {
            int place = k;
            int i = window.indices().get(k);
            rows.add(new Row(
                    i == Window.GAP
                            ? "⋮"
                            : String.format(Locale.ROOT, "row %,d", all.get(i).row() + 1),
                    columns.stream().map(column -> column.get(place)).toList()));
        }
        String caption =
                String.format(Locale.ROOT, all.size() == 1 ? "%s, from %,d row" : "%s, from %,d rows", name, all.size())
                        + (whole ? ": share = ⟨its part, " + name + "⟩ / ‖" + name + "‖²" : "");
        return View.of(
                Beside.of(new Grid(
                        caption,
                        whole ? List.of("norm", "share", "running sum") : List.of("share", "running sum"),
                        List.of(),
                        rows,
                        window.whole() ? List.of() : List.of("shown: " + window.said("rows")))),
                new Line(
                        "total " + alone(contributions.total(), limits) + (whole ? ", the norm of " : ", the gradient ")
                                + name + " = " + alone(contributions.gradient(), limits)));
    }

    private static String alone(double value, Limits limits) {
        return Digits.alone(value, limits.digits());
    }

    /** Columns of one unit, with one number of decimals. */
    private static List<List<Cell>> columns(
            List<Contributions.Row> all,
            Window window,
            Limits limits,
            List<ToDoubleFunction<Contributions.Row>> columns) {
        double[] shown = columns.stream()
                .flatMapToDouble(column -> window.indices().stream()
                        .filter(i -> i != Window.GAP)
                        .mapToDouble(i -> column.applyAsDouble(all.get(i))))
                .toArray();
        Digits digits = Digits.of(shown, limits.digits(), Math.min(2, limits.digits()), HUGE);
        return columns.stream()
                .map(column -> window.indices().stream()
                        .map(i -> i == Window.GAP ? Cell.gap("⋮") : number(digits, column.applyAsDouble(all.get(i))))
                        .toList())
                .toList();
    }

    private static Cell number(Digits digits, double value) {
        return new Cell(digits.format(value), Views.exact(value), null, true);
    }
}
