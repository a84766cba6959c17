package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What a linear layer is, says and keeps; its numbers are held by {@link LinearFixturesTest}. */
class LinearTest {

    private final Matrix w = Matrix.parse("0.5 2; 3 -4; -5 0.25");
    private final Matrix b = Matrix.row(1, -2);
    private final Linear layer = new Linear(w, b);
    private final Forward pass = layer.forward(Matrix.row(1, 2, 3));

    /** Neuron 1: 1·0.5 + 2·3 + 3·(−5) + 1 = −7.5; neuron 2: 1·2 + 2·(−4) + 3·0.25 − 2 = −7.25. */
    @Test
    void theForwardPassIsTheSumOfEachNeuron() {
        assertArrayEquals(new double[][] {{-7.5, -7.25}}, pass.output().toArray());
        assertEquals("Forward of Linear 3 → 2: f = 1 × 2 [-7.5 -7.25]", pass.toString());
        assertEquals(Optional.of("f"), pass.output().name());
    }

    /** In powers of two no order of additions rounds. */
    @Test
    void oneOutputAloneIsThatColumnOfAll() {
        Matrix x = Matrix.parse("1 2 4; -1 0.5 8");
        for (Linear each : List.of(layer, new Linear(w))) {
            assertEquals(each.output(x).column(0), each.output(x, 0));
            assertEquals(each.output(x).column(1), each.output(x, 1));
        }
    }

    /** dL/dx[i] = 1·w[i,1] − 2·w[i,2]; dL/dw[i,j] = x[i]·dL/df[j]. */
    @Test
    void theBackwardPassFollowsTheThreeRules() {
        Gradients grads = pass.backward(Matrix.row(1, -2));
        assertArrayEquals(new double[][] {{-3.5, 11, -5.5}}, grads.of("x").toArray());
        assertArrayEquals(
                new double[][] {{1, -2}, {2, -4}, {3, -6}}, grads.of("w").toArray());
        assertArrayEquals(new double[][] {{1, -2}}, grads.of("b").toArray());
        assertArrayEquals(new double[][] {{1, -2}}, grads.incoming().toArray());
        assertEquals("Gradients of Linear 3 → 2: dL/dx 1 × 3, dL/dw 3 × 2, dL/db 1 × 2", grads.toString());
    }

    @Test
    void overABatchTheGradientsOfWAndBAreSumsOverItsRows() {
        Matrix x = Matrix.parse("1 2 3; 4 5 6");
        Matrix dLdf = Matrix.parse("1 -2; 3 0.5");
        Gradients both = layer.forward(x).backward(dLdf);
        Gradients first = layer.forward(x.row(0)).backward(dLdf.row(0));
        Gradients second = layer.forward(x.row(1)).backward(dLdf.row(1));
        assertEquals(first.of("w").plus(second.of("w")), both.of("w"));
        assertEquals(first.of("b").plus(second.of("b")), both.of("b"));
        assertEquals(first.of("x"), both.of("x").row(0));
        assertEquals(second.of("x"), both.of("x").row(1));
    }

    @Test
    void aLayerKnowsItsSizesAndParameters() {
        assertEquals(3, layer.inputs());
        assertEquals(2, layer.outputs());
        assertSame(w, layer.w());
        assertEquals(Optional.of(b), layer.b());
        assertEquals(List.of("w", "b"), List.copyOf(layer.parameters().keySet()));
        assertEquals("Linear 3 → 2", layer.toString());
        assertThrows(
                UnsupportedOperationException.class, () -> layer.parameters().put("w", b));
    }

    @Test
    void withoutBiasesItIsAProduct() {
        Linear plain = new Linear(w);
        Gradients grads = plain.forward(Matrix.row(1, 2, 3)).backward(Matrix.row(1, -2));
        assertArrayEquals(new double[][] {{-8.5, -5.25}}, grads.pass().output().toArray());
        assertEquals(List.of("x", "w"), List.copyOf(grads.all().keySet()));
        assertEquals(Map.of("w", w), plain.parameters());
        assertEquals(Optional.empty(), plain.b());
        assertEquals("Linear 3 → 2 without b", plain.toString());
        assertEquals("Gradients of Linear 3 → 2 without b: dL/dx 1 × 3, dL/dw 3 × 2", grads.toString());
    }

    @Test
    void withReplacesAParameterOfACopy() {
        Linear other = layer.with("w", w.scale(2));
        assertEquals(w.scale(2), other.w());
        assertEquals(Optional.of(b), other.b());
        assertEquals(Optional.of(b.scale(3)), layer.with("b", b.scale(3)).b());
        assertEquals(Optional.of(b), new Linear(w).with("b", b).b());
        assertSame(w, layer.w());
        assertEquals(
                "a linear layer has no x",
                assertThrows(IllegalArgumentException.class, () -> layer.with("x", w))
                        .getMessage());
    }
}
