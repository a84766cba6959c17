package org.jacobean.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** From a Tablesaw table to a matrix. */
class TablesMatrixTest {

    private static final double NAN = Double.NaN;

    @Test
    void aMatrixComesBackFromItsTable() {
        int shapes = 0;
        for (int[] shape : new int[][] {{1, 1}, {1, 5}, {5, 1}, {3, 3}, {2, 7}, {7, 2}}) {
            double[][] numbers = Matrix.normal(shape[0], shape[1], 3).toArray();
            numbers[0][0] = NAN;
            numbers[shape[0] - 1][shape[1] - 1] = Double.NEGATIVE_INFINITY;
            assertArrayEquals(
                    numbers,
                    Tables.matrix(Tables.of(Matrix.of(numbers).named("w"))).toArray());
            assertArrayEquals(
                    numbers, Tables.matrix(Tables.of(Matrix.of(numbers))).toArray());
            shapes++;
        }
        assertEquals(6, shapes);
    }

    @Test
    void everyKindOfNumberBecomesADoubleAndWhatIsMissingNaN() {
        IntColumn ints = IntColumn.create("int", new int[] {1, -2});
        LongColumn longs = LongColumn.create("long", new long[] {1L << 53, 4});
        FloatColumn floats = FloatColumn.create("float", new float[] {0.5f, -0.25f});
        ShortColumn shorts = ShortColumn.create("short", new short[] {7, 8});
        DoubleColumn doubles = DoubleColumn.create("double", new double[] {0.1, Double.POSITIVE_INFINITY});
        Table table = Table.create("numbers", ints, longs, floats, shorts, doubles);
        assertArrayEquals(
                new double[][] {{1, 9007199254740992.0, 0.5, 7, 0.1}, {-2, 4, -0.25, 8, Double.POSITIVE_INFINITY}},
                Tables.matrix(table).toArray());
        table.columns().forEach(column -> column.setMissing(1));
        assertArrayEquals(
                new double[][] {{1, 9007199254740992.0, 0.5, 7, 0.1}, {NAN, NAN, NAN, NAN, NAN}},
                Tables.matrix(table).toArray());
    }

    @Test
    void aFirstColumnOfTextsIsTakenForLabels() {
        Table table = Table.create(
                "people", StringColumn.create("name", "ann", "bob"), IntColumn.create("age", new int[] {40, 50}));
        assertArrayEquals(new double[][] {{40}, {50}}, Tables.matrix(table).toArray());
        assertEquals(2, table.columnCount());
    }

    @Test
    void anotherColumnThatIsNotNumericIsNamed() {
        fails(
                "column 'name' of table 'people' is STRING, not numbers; leave it out: table.rejectColumns(\"name\")",
                Table.create("people", IntColumn.create("age", new int[] {40}), StringColumn.create("name", "ann")));
        fails(
                "column 'name' of table 'people' is STRING, not numbers; leave it out: table.rejectColumns(\"name\")",
                Table.create("people", StringColumn.create("name", "ann")));
        fails(
                "column 'born' of table 'people' is LOCAL_DATE, not numbers; leave it out: table.rejectColumns(\"born\")",
                Table.create(
                        "people",
                        StringColumn.create("name", "ann"),
                        DateColumn.create("born", LocalDate.of(1980, 1, 2))));
        fails(
                "column 'here' of table 'people' is BOOLEAN, not numbers; leave it out: table.rejectColumns(\"here\")",
                Table.create("people", IntColumn.create("age", new int[] {40}), BooleanColumn.create("here", true)));
    }

    /** Only texts are labels. */
    @Test
    void aFirstColumnOfDatesOrTruthsIsNotLeftOutSilently() {
        fails(
                "column 'born' of table 'people' is LOCAL_DATE, not numbers; leave it out: table.rejectColumns(\"born\")",
                Table.create(
                        "people",
                        DateColumn.create("born", LocalDate.of(1980, 1, 2)),
                        IntColumn.create("age", new int[] {40})));
        fails(
                "column 'here' of table 'people' is BOOLEAN, not numbers; leave it out: table.rejectColumns(\"here\")",
                Table.create("people", BooleanColumn.create("here", true), IntColumn.create("age", new int[] {40})));
    }

    @Test
    void aTableWithoutNumbersIsNoMatrix() {
        String end = "; a matrix needs at least one row and one column";
        fails("table 'empty' has no numbers (0 × 0)" + end, Table.create("empty"));
        fails("table 'empty' has no numbers (0 × 1)" + end, Table.create("empty", DoubleColumn.create("a")));
        fails(
                "table 'empty' has no numbers (0 × 2)" + end,
                Table.create("empty", StringColumn.create("row"), DoubleColumn.create("a")));
    }

    private static void fails(String message, Table table) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Tables.matrix(table))
                        .getMessage());
    }
}
