package org.jacobean.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jacobean.explain.Confusion;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Exercise;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.Flow;
import org.jacobean.explain.GradientCheck;
import org.jacobean.explain.Inventory;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Labels;
import org.jacobean.view.Display.Limits;
import org.jacobean.view.Rules.Rule;
import org.jacobean.view.View.Beside;
import org.jacobean.view.View.Block;
import org.jacobean.view.View.Cell;
import org.jacobean.view.View.Grid;
import org.jacobean.view.View.Line;
import org.jacobean.view.View.Row;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;
import tech.tablesaw.table.Relation;
import tech.tablesaw.table.TableSliceGroup;

/** Which view belongs to which kind of value. */
final class Views {

    private Views() {}

    /** The view of {@code value}, or null where it has none of ours. */
    static View of(Object value, Limits limits) {
        if (value instanceof Matrix matrix) {
            return View.of(Beside.of(grid(matrix.label(""), matrix, limits)));
        } else if (value instanceof Linear layer) {
            return linear(layer, limits);
        } else if (value instanceof Forward pass) {
            return forward(pass, limits);
        } else if (value instanceof Gradients grads) {
            return gradients(grads, limits, Pointing.at(grads, limits));
        } else if (value instanceof Network network) {
            return NetworkView.of(network, limits);
        } else if (value instanceof NetworkPass pass) {
            return NetworkView.of(pass, limits);
        } else if (value instanceof NetworkGradients grads) {
            return NetworkView.of(grads, limits);
        } else if (value instanceof LossPass loss) {
            return LossView.of(loss, limits);
        } else if (value instanceof Jacobian jacobian) {
            return jacobian(jacobian, limits);
        } else if (value instanceof Inventory inventory) {
            return InventoryView.of(inventory, limits);
        } else if (value instanceof Flow flow) {
            return FlowView.of(flow, limits);
        } else if (value instanceof Confusion confusion) {
            return ConfusionView.of(confusion, limits);
        } else if (value instanceof GradientCheck check) {
            return CheckView.of(check, limits);
        } else if (value instanceof Contributions contributions) {
            return ContributionsView.of(contributions, limits);
        } else if (value instanceof ProgressBar progress) {
            return View.of(progress);
        } else if (value instanceof Diagnosis diagnosis) {
            return DiagnosisView.of(diagnosis, limits);
        } else if (value instanceof Exercise exercise) {
            return ExerciseView.of(exercise, limits);
        } else if (value instanceof Relation table) {
            return View.of(Beside.of(TableGrid.of(table, limits)));
        } else if (value instanceof Column<?> column) {
            return View.of(Beside.of(TableGrid.of(column, limits)));
        } else if (value instanceof tech.tablesaw.api.Row row) {
            String absent = TableGrid.absent(row);
            return absent == null ? View.of(Beside.of(TableGrid.of(row, limits))) : View.of(new Line(absent));
        } else if (value instanceof Selection selection) {
            return SelectionView.of(selection);
        } else if (value instanceof TableSliceGroup groups) {
            return View.of(Beside.of(TableGrid.of(groups, limits)));
        } else if (value instanceof Explanation explanation) {
            return ExplanationView.of(explanation, limits);
        } else if (value != null && ArrayView.TYPES.contains(value.getClass())) {
            return ArrayView.of(value, limits);
        } else if (value instanceof SideBySide together) {
            return sideBySide(together, limits);
        }
        return null;
    }

    /** Values that are a grid each stand beside one another; with any other among them all stand below one another. */
    private static View sideBySide(SideBySide together, Limits limits) {
        List<Block> blocks = together.values().stream()
                .flatMap(value -> {
                    // What is pointed at in one is not to frame what stands in another.
                    View view = value instanceof Gradients grads ? gradients(grads, limits, null) : of(value, limits);
                    return view == null ? Stream.<Block>of(new Line(String.valueOf(value))) : view.blocks().stream();
                })
                .toList();
        if (!blocks.stream().allMatch(Beside.class::isInstance)) {
            return new View(blocks);
        }
        return View.of(new Beside(blocks.stream()
                .flatMap(block -> ((Beside) block).grids().stream())
                .toList()));
    }

    private static View linear(Linear layer, Limits limits) {
        List<Grid> grids = new ArrayList<>();
        layer.parameters().forEach((role, parameter) -> grids.add(grid(role, parameter, limits)));
        long count = layer.parameters().values().stream()
                .mapToLong(p -> (long) p.rows() * p.columns())
                .sum();
        return View.of(
                new Line("linear layer: " + Rules.of(layer).forward() + ", n = " + counted(layer.inputs(), "input")
                        + ", m = " + counted(layer.outputs(), "neuron") + ", " + counted(count, "parameter")),
                new Beside(grids));
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? what : what + "s");
    }

    private static View forward(Forward pass, Limits limits) {
        Matrix x = pass.input();
        StringBuilder shapes = new StringBuilder();
        Matrix w = pass.layer().parameters().get("w");
        Matrix b = pass.layer().parameters().get("b");
        if (w != null) {
            shapes.append(" : (")
                    .append(x.shape())
                    .append(")·(")
                    .append(w.shape())
                    .append(")");
            shapes.append(b == null ? "" : " + (" + b.shape() + ")")
                    .append(" → ")
                    .append(pass.output().shape());
        }
        return View.of(
                new Line(Rules.of(pass).forward() + shapes),
                Beside.of(grid("x", x, limits), grid("f", pass.output(), limits)));
    }

    /** @param pointing or null */
    private static View gradients(Gradients grads, Limits limits, Pointing pointing) {
        Forward pass = grads.pass();
        Rules rules = Rules.of(pass);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Beside.of(
                pointed(grid("f", pass.output(), limits), "f", false, pointing),
                marked(grid("f", grads.incoming(), limits), "f", true, pointing)));
        pass.operands().forEach((role, operand) -> {
            Rule rule = rules.backward(role);
            Grid its = marked(grid(role, operand, limits), role, false, pointing);
            grads.atHand(role)
                    .ifPresentOrElse(
                            gradient -> blocks.add(Beside.of(
                                    its, pointed(grid("dL/d" + role, gradient, limits), role, true, pointing))),
                            () -> {
                                blocks.add(Beside.of(its));
                                blocks.add(notComputedYet(grads, role));
                            });
            blocks.add(new Line(
                    rule.shapes().isEmpty()
                            ? rule.formula()
                            : rule.formula() + " : " + rule.shapes() + " : "
                                    + numbers(rule.shapes().split(" →")[0], pass) + " → " + operand.shape()));
        });
        return new View(List.copyOf(blocks), pointing);
    }

    /** What stands in the place of a gradient that is not {@link Gradients#atHand}. */
    static Line notComputedYet(Gradients grads, String role) {
        return new Line(grads.label(role) + ": " + grads.pass().of(role).shape()
                + ", not computed yet, since it is large: of(\"" + role + "\") computes it");
    }

    /** A grid of what others are made of. */
    private static Grid marked(Grid grid, String role, boolean gradient, Pointing pointing) {
        String part = pointing == null ? null : Pointing.part(role, gradient);
        return new Grid(grid.caption(), grid.heads(), grid.notes(), grid.rows(), grid.below(), part, false);
    }

    /** A grid of numbers that can be pointed at, each with its formula. */
    private static Grid pointed(Grid grid, String role, boolean gradient, Pointing pointing) {
        if (pointing == null) {
            return grid;
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < grid.rows().size(); i++) {
            List<Cell> cells = new ArrayList<>();
            for (int j = 0; j < grid.rows().get(i).cells().size(); j++) {
                Cell cell = grid.rows().get(i).cells().get(j);
                cells.add(new Cell(cell.text(), pointing.why(role, i, j), cell.background(), cell.right()));
            }
            rows.add(new Row(grid.rows().get(i).head(), cells));
        }
        return new Grid(
                grid.caption(), grid.heads(), grid.notes(), rows, grid.below(), Pointing.part(role, gradient), true);
    }

    /** The letters of a rule's shapes, with this pass's numbers for them. */
    private static String numbers(String shapes, Forward pass) {
        return shapes.replace("×", " × ")
                .replace("N", "" + pass.input().rows())
                .replace("n", "" + pass.layer().inputs())
                .replace("m", "" + pass.layer().outputs());
    }

    private static View jacobian(Jacobian jacobian, Limits limits) {
        Matrix v = jacobian.pass().of(jacobian.role());
        Labels f = Labels.of(jacobian.pass().output());
        Labels elements = Labels.of(v.named(v.label(jacobian.role())));
        Matrix matrix = jacobian.matrix();
        String how = jacobian.nudged() ? ", measured" : "";
        return View.of(Beside.of(grid(
                matrix.label("") + ": ",
                how,
                matrix,
                limits,
                j -> f.element(0, j),
                k -> elements.element(k / v.columns(), k % v.columns()),
                (j, k) -> "d" + f.element(0, j) + "/d" + elements.element(k / v.columns(), k % v.columns()))));
    }

    /** A matrix by its own name, or by its role where it has none. */
    static Grid grid(String role, Matrix matrix, Limits limits) {
        Matrix named = matrix.named(matrix.label(role));
        String name = named.label("");
        Labels labels = Labels.of(named);
        return grid(
                name.isEmpty() ? "" : name + ": ", "", matrix, limits, labels::row, labels::column, labels::element);
    }

    private static Grid grid(
            String before,
            String after,
            Matrix matrix,
            Limits limits,
            Function<Integer, String> rowLabel,
            Function<Integer, String> columnLabel,
            BiFunction<Integer, Integer, String> elementLabel) {
        Summary summary = Summary.of(matrix);
        return new Labelled(matrix, rowLabel, columnLabel, elementLabel)
                .grid(before + summary.line(limits.digits()) + after, summary.largest(), limits);
    }

    private record Labelled(
            Matrix matrix,
            Function<Integer, String> rowLabel,
            Function<Integer, String> columnLabel,
            BiFunction<Integer, Integer, String> elementLabel)
            implements NumberGrid {

        @Override
        public int rows() {
            return matrix.rows();
        }

        @Override
        public int columns() {
            return matrix.columns();
        }

        @Override
        public double number(int i, int j) {
            return matrix.get(i, j);
        }

        @Override
        public String row(int i) {
            return rowLabel.apply(i);
        }

        @Override
        public String column(int j) {
            return columnLabel.apply(j);
        }

        @Override
        public String element(int i, int j) {
            return elementLabel.apply(i, j);
        }
    }

    /** Every digit, as Java writes it. */
    static String exact(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
