package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Matrix;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;

/** A network, a row for each layer; its pass, a row for each layer's output; its gradients, a row for each. */
final class NetworkView {

    private NetworkView() {}

    static View of(Network network, Limits limits) {
        long count = count(network.parameters());
        List<Row> rows = new ArrayList<>();
        for (int k = 1; k <= network.layers().size(); k++) {
            Layer layer = network.layers().get(k - 1);
            rows.add(new Row(
                    "" + k,
                    List.of(
                            word(layer.toString()),
                            word(rule(network, k)),
                            Cell.number(layer.parameters().isEmpty() ? "" : counted(count(layer.parameters()))))));
        }
        return View.of(
                new Line("network: " + chain(network) + ", " + counted(count)
                        + (count == 1 ? " parameter" : " parameters")),
                grid(List.of("layer", "computes", "parameters"), rows, limits));
    }

    static View of(NetworkPass pass, Limits limits) {
        Network network = pass.network();
        List<Matrix> values =
                new ArrayList<>(List.of(pass.input().named(pass.input().label("x"))));
        for (int k = 1; k <= pass.layers().size(); k++) {
            values.add(pass.of("l" + k));
        }
        List<Summary> summaries = values.stream().map(Summary::of).toList();
        List<List<Cell>> columns = List.of(
                values.stream().map(v -> word(v.shape())).toList(),
                values.stream().map(v -> number(v.mean(), limits)).toList(),
                values.stream().map(v -> number(v.standardDeviation(), limits)).toList(),
                summaries.stream().map(s -> countedCell(s.zeros())).toList(),
                summaries.stream().map(s -> countedCell(s.notFinite())).toList());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<Cell> cells =
                    new ArrayList<>(List.of(word(i == 0 ? "" : rule(network, i).replaceFirst(".*? = ", ""))));
            for (List<Cell> column : columns) {
                cells.add(column.get(i));
            }
            rows.add(new Row(values.get(i).label(""), cells));
        }
        return View.of(
                new Line("pass: " + chain(network)),
                grid(List.of("computed as", "shape", "mean", "deviation", "zeros", "NaN, ∞"), rows, limits));
    }

    static View of(NetworkGradients grads, Limits limits) {
        boolean whole = grads.layer(1).atHand("x").isPresent();
        List<Matrix> all = grads.pass().values().keySet().stream()
                .filter(name -> whole || !name.equals("x"))
                .map(name -> grads.of("dL/d" + name))
                .toList();
        List<Summary> summaries = all.stream().map(Summary::of).toList();
        List<List<Cell>> columns = List.of(
                all.stream().map(g -> word(g.shape())).toList(),
                summaries.stream().map(s -> number(s.norm(), limits)).toList(),
                summaries.stream().map(s -> number(s.min(), limits)).toList(),
                summaries.stream().map(s -> number(s.max(), limits)).toList(),
                summaries.stream().map(s -> countedCell(s.zeros())).toList(),
                summaries.stream().map(s -> countedCell(s.notFinite())).toList());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Cell> cells = new ArrayList<>();
            for (List<Cell> column : columns) {
                cells.add(column.get(i));
            }
            rows.add(new Row(all.get(i).label(""), cells));
        }
        String of = grads.loss()
                .map(loss -> " of " + loss.loss() + ", L = " + Digits.alone(loss.value(), limits.digits()))
                .orElse("");
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Line("gradients" + of + ": " + chain(grads.pass().network())));
        blocks.add(grid(List.of("shape", "norm", "min", "max", "zeros", "NaN, ∞"), rows, limits));
        if (!whole) {
            blocks.add(Views.notComputedYet(grads.layer(1), "x"));
        }
        return new View(List.copyOf(blocks));
    }

    /** {@code 4 → 5 → 5 → 1}. */
    private static String chain(Network network) {
        List<Integer> widths = new ArrayList<>();
        widths.add(network.layers().get(0).inputs());
        network.layers().forEach(layer -> widths.add(layer.outputs()));
        return widths.stream().map(width -> width == 0 ? "n" : counted(width)).collect(Collectors.joining(" → "));
    }

    /** {@code l2 = max(0, l1)}, of layer k, counted from 1. */
    private static String rule(Network network, int k) {
        String out = k == network.layers().size() ? "f" : "l" + k;
        return Rules.of(network.layers().get(k - 1), k == 1 ? "x" : "l" + (k - 1), out)
                .forward();
    }

    /** Without the columns in which nothing is said. */
    private static Beside grid(List<String> all, List<Row> every, Limits limits) {
        int[] said = IntStream.range(0, all.size())
                .filter(c -> every.stream()
                        .anyMatch(row -> !row.cells().get(c).text().isEmpty()))
                .toArray();
        List<String> heads = IntStream.of(said).mapToObj(all::get).toList();
        List<Row> rows = every.stream()
                .map(row -> new Row(
                        row.head(),
                        IntStream.of(said).mapToObj(row.cells()::get).toList()))
                .toList();
        Window window =
                Window.of(rows.size(), limits.within(rows.size(), heads.size()).rows());
        List<Row> shown = window.indices().stream()
                .map(i -> i == Window.GAP
                        ? new Row("⋮", heads.stream().map(head -> Cell.gap("⋮")).toList())
                        : rows.get(i))
                .toList();
        return Beside.of(new Grid(
                "", heads, List.of(), shown, window.whole() ? List.of() : List.of("shown: " + window.said("rows"))));
    }

    private static long count(Map<String, Matrix> parameters) {
        return parameters.values().stream()
                .mapToLong(p -> (long) p.rows() * p.columns())
                .sum();
    }

    private static String counted(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static Cell countedCell(long count) {
        return Cell.number(count == 0 ? "" : String.format(Locale.ROOT, "%,d", count));
    }

    private static Cell number(double value, Limits limits) {
        return new Cell(Digits.alone(value, limits.digits()), Views.exact(value), null, true);
    }

    private static Cell word(String text) {
        return new Cell(text, null, null, false);
    }
}
