package org.jacobean.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.jacobean.explain.Inventory;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** Our values as whole Tablesaw tables, and what a person then does with them. */
class TablesTest {

    private final Matrix w = Matrix.parse("0.5 2; 3 -4; -5 0.25").named("w1");
    private final Forward pass = new Linear(w, Matrix.row(1, -2)).forward(Matrix.row(1, 2, 3));
    private final Gradients grads = pass.backward(Matrix.row(1, -2));

    @Test
    void aMatrixIsAColumnOfLabelsAndAColumnForEachNeuron() {
        prints(
                """
                               w1
                   row    |  w1[·,1]  |  w1[·,2]  |
                -----------------------------------
                 w1[1,·]  |      0.5  |        2  |
                 w1[2,·]  |        3  |       -4  |
                 w1[3,·]  |       -5  |     0.25  |
                """,
                Tables.of(w));
        assertEquals("w1", Tables.of(w).name());
    }

    /** The pass keeps the earlier w1, b, x and f: 6 + 2 + 3 + 2 numbers of 8 bytes. */
    @Test
    void anInventoryIsARowForEachValue() {
        prints(
                """
                                                           inventory
                 name  |   kind    |  shape  |  bytes  |       made from        |             stale             |
                -------------------------------------------------------------------------------------------------
                   w1  |   Matrix  |  3 × 2  |     48  |                        |                               |
                 pass  |  Forward  |  1 × 2  |    104  |  w1, [1 × 2], [1 × 3]  |  computed with an earlier w1  |
                """,
                Tables.of(Inventory.of("w1", w.with(0, 0, 1), "pass", pass)));
    }

    @Test
    void aVectorHasOneRowThatIsTheVector() {
        prints(
                """
                              b
                 row  |  b[1]  |  b[2]  |
                -------------------------
                   b  |     1  |    -2  |
                """,
                Tables.of(Matrix.row(1, -2).named("b")));
    }

    @Test
    void whatHasNoNameIsCalledMatrix() {
        prints(
                """
                          matrix
                  row   |  [·,1]  |  [·,2]  |
                -----------------------------
                 [1,·]  |      1  |      2  |
                 [2,·]  |      3  |      4  |
                """,
                Tables.of(Matrix.parse("1 2; 3 4")));
        prints(
                """
                     matrix
                 row  |  [1]  |
                ---------------
                 [·]  |    7  |
                """,
                Tables.of(Matrix.row(7.0)));
    }

    /** x [1, 2, 3], w as above; dL/dx[i] = w[i,1] − 2·w[i,2], dL/dw[i,j] = x[i]·dL/df[j], dL/db = dL/df. */
    @Test
    void gradientsAreTidyOneRowForEachElement() {
        String expected =
                """
                                   gradients
                 of  |  row  |  column  |  value  |  gradient  |
                ------------------------------------------------
                  x  |    1  |       1  |      1  |      -3.5  |
                  x  |    1  |       2  |      2  |        11  |
                  x  |    1  |       3  |      3  |      -5.5  |
                 w1  |    1  |       1  |    0.5  |         1  |
                 w1  |    1  |       2  |      2  |        -2  |
                 w1  |    2  |       1  |      3  |         2  |
                 w1  |    2  |       2  |     -4  |        -4  |
                 w1  |    3  |       1  |     -5  |         3  |
                 w1  |    3  |       2  |   0.25  |        -6  |
                  b  |    1  |       1  |      1  |         1  |
                  b  |    1  |       2  |     -2  |        -2  |
                """;
        prints(expected, Tables.tidy(grads));
        prints(expected, Tables.of(grads));
    }

    @Test
    void aLayerIsTidyWithoutGradients() {
        prints(
                """
                     Linear 2 → 1 without b
                 of  |  row  |  column  |  value  |
                -----------------------------------
                  w  |    1  |       1  |      3  |
                  w  |    2  |       1  |      4  |
                """,
                Tables.of(new Linear(Matrix.column(3, 4))));
    }

    @Test
    void aPassIsItsOutput() {
        prints(
                """
                            f
                 row  |  f[1]  |  f[2]   |
                --------------------------
                   f  |  -7.5  |  -7.25  |
                """,
                Tables.of(pass));
    }

    @Test
    void aJacobianHasARowForEachOutputAndAColumnForEachElement() {
        prints(
                """
                              df/dx
                 row   |  x[1]  |  x[2]  |  x[3]  |
                -----------------------------------
                 f[1]  |   0.5  |     3  |    -5  |
                 f[2]  |     2  |    -4  |  0.25  |
                """,
                Tables.of(Jacobian.of(pass, "x")));
        assertEquals(
                List.of("row", "w1[1,1]", "w1[1,2]", "w1[2,1]", "w1[2,2]", "w1[3,1]", "w1[3,2]"),
                Tables.of(Jacobian.of(pass, "w1")).columnNames());
    }

    @Test
    void gradientsCanBeFilteredAndSorted() {
        Table tidy = Tables.tidy(grads);
        prints(
                """
                                   gradients
                 of  |  row  |  column  |  value  |  gradient  |
                ------------------------------------------------
                 w1  |    3  |       1  |     -5  |         3  |
                 w1  |    2  |       1  |      3  |         2  |
                 w1  |    1  |       1  |    0.5  |         1  |
                """,
                tidy.where(tidy.stringColumn("of")
                                .isEqualTo("w1")
                                .and(tidy.intColumn("column").isEqualTo(1)))
                        .sortDescendingOn("gradient"));
    }

    @Test
    void twoPassesCanBeJoinedElementByElement() {
        Gradients doubled = pass.backward(Matrix.row(2, -4));
        Table first = Tables.tidy(grads).removeColumns("value");
        Table second = Tables.tidy(doubled).removeColumns("value");
        second.column("gradient").setName("doubled");
        Table joined = first.joinOn("of", "row", "column").with(second).join();
        assertEquals(11, joined.rowCount());
        for (int i = 0; i < joined.rowCount(); i++) {
            assertEquals(
                    2 * joined.doubleColumn("gradient").get(i),
                    joined.doubleColumn("doubled").get(i));
        }
    }

    /** Table.print() pads its title, and leaves blanks at the ends of lines. */
    private static void prints(String expected, Table table) {
        assertEquals(lines(expected), lines(table.print()));
    }

    private static String lines(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        return lines.get(0).strip() + "\n" + String.join("\n", lines.subList(1, lines.size()));
    }

    @Test
    void tooManyColumnsForTablesawAreRefused() {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class,
                () -> Tables.of(Matrix.zeros(1, 5001).named("wide")));
        assertEquals(
                "wide has 5,001 columns, and Tablesaw copes with some 5,000; transpose it, or take a part of it",
                failure.getMessage());
    }
}
