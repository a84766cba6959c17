package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacobean.explain.Confusion;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Explanation;
import org.jacobean.explain.Flow;
import org.jacobean.explain.Inventory;
import org.jacobean.layer.Batches;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Linear;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Softmax;
import org.jacobean.magic.Magics;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Memory;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Values of a million numbers in a row or in a column: what is shown of them stays short; and of none, and of too many. */
class HostileSizesTest {

    private static final int MILLION = 1_000_000;

    /** 100 kB, and what a frame of HTML takes. */
    private static final int LONGEST = 110_000;

    /** One second, by a machine with nothing else to do. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final Matrix COLUMN = Matrix.normal(MILLION, 1, 1).named("col");
    private static final Matrix ROW = Matrix.normal(1, MILLION, 1).named("row");
    private static final Matrix ONE = Matrix.row(1.0);

    @Test
    void aMillionOfAnythingIsShownInShort() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("row", ROW);
        values.put("column", COLUMN);
        values.put("table", Tables.of(COLUMN));
        values.put("column of a table", Tables.of(COLUMN).column(1));
        values.put("histogram", Chart.histogram("col", COLUMN));
        values.put("chart", Chart.lines(Tables.of(COLUMN), "col[·,1]", "col[·,1]"));
        values.put("one picture", Images.of(ROW, 1000, 1000));
        values.put("a wide picture", Images.of(ROW, 1, MILLION));
        values.put("a million pictures", Images.of(COLUMN, 1, 1));
        values.put("batches", Batches.of(COLUMN, COLUMN, 1));
        values.put("confusion", Confusion.of(ROW, Matrix.row(5.0)));
        Linear many = new Linear(ONE.named("w"));
        everything(values, "rows", many.forward(COLUMN), COLUMN);
        everything(values, "inputs", new Linear(COLUMN).forward(ROW), ONE);
        everything(values, "outputs", new Linear(ROW).forward(ONE), ROW);
        values.put("Jacobian of a million outputs", Jacobian.of(new Linear(ROW).forward(ONE), "x"));
        Network deep = Network.of(new Linear(ROW), new Relu(), new Linear(COLUMN));
        everything(values, "units", deep.forward(ONE), ONE);
        everything(values, "classes", Network.of(new Linear(ROW), new Softmax()).forward(ONE), ROW);
        values.put("all", Inventory.of(values));
        List<String> wrong = new ArrayList<>();
        values.forEach((name, value) -> {
            Instant start = Instant.now();
            Rendered rendered = Rendered.of(value);
            int length = rendered.text().length()
                    + rendered.shown().values().stream()
                            .mapToInt(String::length)
                            .sum();
            if (length > LONGEST || value.toString().length() > LONGEST) {
                wrong.add(name + " has " + length + " characters");
            }
            if (Duration.between(start, Instant.now()).compareTo(LONG) > 0) {
                wrong.add(name + " took " + Duration.between(start, Instant.now()));
            }
        });
        assertEquals(List.of(), wrong);
        assertEquals(47, values.size());
    }

    private static void everything(Map<String, Object> values, String of, Forward pass, Matrix incoming) {
        Gradients grads = pass.backward(incoming);
        values.put(of + ": layer", pass.layer());
        values.put(of + ": pass", pass);
        values.put(of + ": gradients", grads);
        values.put(of + ": loss", pass.loss(new MeanSquaredError(), incoming));
        values.put(of + ": flow", Flow.of(grads));
        values.put(of + ": diagram", Diagram.of(grads));
        values.put(of + ": explanation", Explanation.of(grads, "dL/dw"));
        values.put(of + ": contributions", Contributions.of(grads, "dL/dw"));
    }

    private static void everything(Map<String, Object> values, String of, NetworkPass pass, Matrix y) {
        LossPass loss = pass.loss(new MeanSquaredError(), y);
        NetworkGradients grads = pass.backward(loss);
        values.put(of + ": pass", pass);
        values.put(of + ": gradients", grads);
        values.put(of + ": flow", Flow.of(grads));
        values.put(of + ": diagram", Diagram.of(grads));
        values.put(of + ": explanation", Explanation.of(grads));
    }

    /** Every way to a matrix of a million by a million. */
    @Test
    void whatNoMemoryHoldsIsRefusedBeforeItIsTried() {
        String message = "a matrix of 1,000,000 × 1,000,000 needs 8.0 TB, more than the "
                + Matrix.memory(Runtime.getRuntime().maxMemory())
                + " that this Java may use; make it smaller, or " + Memory.more();
        for (String line : List.of(
                "w = normal 1000000x1000000",
                "w = uniform 1000000x1000000 seed 1",
                "w = zeros 1000000x1000000",
                "w = ones 1000000 × 1000000 scale 2",
                "w = identity 1000000")) {
            refused(message, () -> Magics.expand("matrix", line));
        }
        refused(message, () -> Magics.expand("linear", "layer = he 1000000x1000000"));
        refused(message, () -> Linear.glorot(MILLION, MILLION, 1));
        refused(message, () -> Matrix.identity(MILLION));
        refused(message, () -> COLUMN.times(ROW));
        refused(message, () -> ROW.outer(ROW));
        refused(message, () -> COLUMN.timesPlusRow(ROW, ROW));
        refused(message, () -> new Linear(ROW).forward(COLUMN));
        refused(message, () -> Jacobian.of(new Linear(ROW).forward(ONE), "w"));
        refused(message, () -> Jacobian.byNudging(new Linear(ROW).forward(ONE), "w"));
        refused(
                "row has 1,000,000 columns, and Tablesaw copes with some 5,000; transpose it, or take a part of it",
                () -> Tables.of(ROW));
    }

    @Test
    void aTableOfNothing() {
        Table none = Table.create("t", StringColumn.create("a"), DoubleColumn.create("b"));
        assertEquals("t: 0 × 0", Rendered.of(Table.create("t")).text());
        assertEquals(
                """
                t: 0 × 2
                       a       b
                  string  double""",
                Rendered.of(none).text());
        assertEquals(
                """
                column of 0 rows
                       b
                  double""",
                Rendered.of(none.column(1)).text());
        refused(
                "table 't' has no numbers (0 × 1); a matrix needs at least one row and one column",
                () -> Tables.matrix(Table.create("t", DoubleColumn.create("b"))));
        for (Object value : List.of(Table.create("t"), none, none.column(0))) {
            String html = Rendered.of(value).html().orElseThrow();
            assertTrue(html.contains("<tbody>\n</tbody>"), html);
        }
    }

    private static void refused(String message, Executable make) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, make).getMessage());
    }
}
