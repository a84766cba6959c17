package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jacobean.explain.Flow;
import org.jacobean.explain.Flow.Place;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/** A flow: what is to be said, and a row for each place, forward and then back; the first that is not finite is marked. */
final class FlowView {

    private static final List<String> HEADS = List.of("", "shape", "mean", "deviation", "largest", "zeros", "NaN", "∞");

    /** A way with a gap in it says little: a dozen layers are shown whole, whatever the settings. */
    private static final int LEAST_ROWS = 48;

    private FlowView() {}

    static View of(Flow flow, Limits limits) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Line(flow.summary()));
        flow.says().stream().filter(line -> !line.equals(flow.summary())).forEach(line -> blocks.add(new Line(line)));
        List<List<Cell>> cells =
                flow.places().stream().map(place -> cells(place, limits)).toList();
        int[] said = IntStream.range(0, HEADS.size())
                .filter(c -> cells.stream().anyMatch(row -> !row.get(c).text().isEmpty()))
                .toArray();
        int most = limits.isSmaller() ? limits.within(cells.size(), said.length).rows() : LEAST_ROWS;
        Window window = Window.of(cells.size(), Math.max(most, limits.rows()));
        List<Row> rows = new ArrayList<>();
        for (int i : window.indices()) {
            rows.add(new Row(
                    i == Window.GAP ? "⋮" : head(flow.places().get(i)),
                    IntStream.of(said)
                            .mapToObj(c -> i == Window.GAP
                                    ? Cell.gap("⋮")
                                    : cells.get(i).get(c))
                            .toList()));
        }
        blocks.add(Beside.of(new Grid(
                "",
                IntStream.of(said).mapToObj(HEADS::get).toList(),
                List.of(),
                rows,
                Window.leftOut(window, Window.of(said.length, said.length)))));
        return new View(List.copyOf(blocks));
    }

    private static String head(Place place) {
        return place.first() ? "→ " + place.name() : place.name();
    }

    private static List<Cell> cells(Place place, Limits limits) {
        String ground = place.first() ? Heat.of(Double.NaN, 1) : null;
        return List.of(
                // The shapes say the rest.
                new Cell(place.of().split(" ")[0], place.of(), null, false),
                new Cell(place.shape(), null, null, false),
                number(place.mean(), limits),
                number(place.deviation(), limits),
                number(place.largest(), limits),
                new Cell(percent(place), String.format(Locale.ROOT, "%,d", place.zeros()), null, true),
                new Cell(count(place.nans()), null, ground, true),
                new Cell(count(place.infinities()), null, ground, true));
    }

    /** Neither 0 % nor 100 % unless it is. */
    private static String percent(Place place) {
        double percent = 100 * place.zeroFraction();
        return place.zeros() == 0
                ? ""
                : percent < 1 ? "< 1 %" : percent > 99 && percent < 100 ? "> 99 %" : Math.round(percent) + " %";
    }

    private static String count(long count) {
        return count == 0 ? "" : String.format(Locale.ROOT, "%,d", count);
    }

    private static Cell number(double value, Limits limits) {
        return new Cell(Digits.alone(value, limits.digits()), Views.exact(value), null, true);
    }
}
