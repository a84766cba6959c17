package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jacobean.explain.Flow;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.layer.MeanSquaredError;
import org.jacobean.layer.Network;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Sigmoid;
import org.jacobean.matrix.Matrix;
import org.jacobean.table.Tables;
import org.junit.jupiter.api.Test;

/** What the numbers on the way are like, to the letter. */
class FlowViewTest {

    private static final Network NETWORK = Network.of(
            new Linear(Matrix.parse("1 -1 2; 0.5 3 -2"), Matrix.row(0.5, 0, -1)),
            new Relu(),
            new Linear(Matrix.column(2, -3, 5), Matrix.parse("1")));
    private static final Flow FLOW =
            Flow.of(NETWORK.forward(Matrix.parse("1 2; 3 -1")).backward(new MeanSquaredError(), Matrix.column(1, 30)));

    @Test
    void forwardAndBack() {
        // The numbers are those that NetworkTest has by hand: l1 = 2.5 5 -3; 3 -6 7; dL/df = -10; 12 and so on.
        assertEquals(
                """
                all numbers are finite

                                shape   mean  deviation  largest  zeros
                x               2 × 2   1.25      1.479        3
                l1      Linear  2 × 3  1.417      4.513        7
                l2      Relu    2 × 3  2.917      2.524        7   33 %
                f       Linear  2 × 1   16.5       25.5       42
                dL/df           2 × 1      1         11       12
                dL/dw2  Linear  3 × 1     15      54.78       84
                dL/db2  Linear  1 × 1      2          0        2
                dL/dl2  Linear  2 × 3  1.333      39.29       60
                dL/dl1  Relu    2 × 3  15.67      25.83       60   33 %
                dL/dw1  Linear  2 × 3     33      82.43      180
                dL/db1  Linear  1 × 3  31.33      22.88       60
                dL/dx   Linear  2 × 2   16.5      100.3      144""",
                text(FLOW));
    }

    @Test
    void whereItBeginsIsMarked() {
        Flow flow = Flow.of(NETWORK.forward(Matrix.parse("1e308 2; 3 -1")).backward(Matrix.ones(2, 1)));
        assertEquals(
                """
                NaN or ∞ begins with l1, the output of layer 1 (Linear 2 → 3): l1[1,3] is ∞; it
                  was computed from finite numbers, up to 1e308 in x

                                shape     mean  deviation  largest  zeros  ∞
                x               2 × 2  2.5e307   4.33e307    1e308
                → l1    Linear  2 × 3      0.8  6.325e307    1e308         1
                l2      Relu    2 × 3    2e307      4e307    1e308   33 %  1
                f       Linear  2 × 1       42          0       42         1
                dL/df           2 × 1        1          0        1
                dL/dw2  Linear  3 × 1    5e307      5e307    1e308   33 %  1
                dL/db2  Linear  1 × 1        2          0        2
                dL/dl2  Linear  2 × 3    1.333        3.3        5
                dL/dl1  Relu    2 × 3    2.333      2.055        5   33 %
                dL/dw1  Linear  2 × 3     1.75      2.046        5   33 %  2
                dL/db1  Linear  1 × 3    4.667       4.11       10   33 %
                dL/dx   Linear  2 × 2      1.5       10.5       12""",
                text(flow));
        String html = Rendered.of(flow).html().orElseThrow();
        assertTrue(html.contains("→ l1"), html);
        assertTrue(html.contains("#e6c8f0"), html);
    }

    @Test
    void aDozenLayersHaveNoGap() {
        Layer[] layers = new Layer[12];
        for (int k = 0; k < 12; k += 2) {
            layers[k] = Linear.glorot(4, 4, k);
            layers[k + 1] = new Sigmoid();
        }
        Network deep = Network.of(layers);
        String text = text(Flow.of(deep.forward(Matrix.normal(3, 4, 3)).backward(Matrix.ones(3, 4))));
        assertTrue(!text.contains("shown:"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    }

    @Test
    void aTable() {
        assertEquals(
                """
                flow: 12 × 7
                    place   direction    layer  of               rows  columns     zeros
                    string  string     integer  string        integer  integer    double
                0   x       forward    missing  missing             2        2         0
                1   l1      forward          1  Linear 2 → 3        2        3         0
                2   l2      forward          2  Relu 3 → 3          2        3  0.333333
                3   f       forward          3  Linear 3 → 1        2        1         0
                4   dL/df   back       missing  missing             2        1         0
                5   dL/dw2  back             3  Linear 3 → 1        3        1         0
                6   dL/db2  back             3  Linear 3 → 1        1        1         0
                7   dL/dl2  back             3  Linear 3 → 1        2        3         0
                8   dL/dl1  back             2  Relu 3 → 3          2        3  0.333333
                9   dL/dw1  back             1  Linear 2 → 3        2        3         0
                10  dL/db1  back             1  Linear 2 → 3        1        3         0
                11  dL/dx   back             1  Linear 2 → 3        2        2         0""",
                text(Tables.of(FLOW).selectColumns("place", "direction", "layer", "of", "rows", "columns", "zeros")));
        assertEquals(
                "[place, direction, layer, of, rows, columns, mean, deviation, zeros, NaN, infinite, largest, begins]",
                Tables.of(FLOW).columnNames().toString());
    }

    private static String text(Object value) {
        return Rendered.of(value).text();
    }
}
