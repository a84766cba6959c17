package org.jacobean.layer;

import static org.jacobean.layer.Fixtures.agrees;
import static org.jacobean.layer.Fixtures.matrix;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** f = a(x) and dL/dx against PyTorch's, in every case of fixtures/activations.json. */
class ActivationFixturesTest {

    private static final Map<String, Layer> LAYERS =
            Map.of("relu", new Relu(), "sigmoid", new Sigmoid(), "tanh", new Tanh(), "softmax", new Softmax());

    @Test
    void everyCaseAgreesWithPyTorch() {
        List<String> names = new ArrayList<>();
        for (JsonElement element : Fixtures.cases("activations")) {
            JsonObject each = element.getAsJsonObject();
            String name = each.get("name").getAsString();
            double[][] f = matrix(each, "y");
            double[][] dLdf = matrix(each, "dLdy");

            Forward pass = LAYERS.get(name).forward(Matrix.of(matrix(each, "x")));
            Gradients grads = pass.backward(Matrix.of(dLdf));

            agrees(name + ": f", f, pass.output(), magnitudes(f));
            agrees(name + ": dL/dx", matrix(each, "dLdx"), grads.of("x"), added(name, f, dLdf));
            names.add(name);
        }
        assertEquals(List.of("relu", "sigmoid", "tanh", "softmax"), names);
    }

    private static double[][] magnitudes(double[][] a) {
        return Matrix.of(a).map(Math::abs).toArray();
    }

    /** What is added for dL/dx, as PyTorch computes it: f·(1 − f), 1 − f², f·(dL/df − Σ dL/df·f). */
    private static double[][] added(String name, double[][] f, double[][] dLdf) {
        double[][] added = magnitudes(dLdf);
        for (int r = 0; r < f.length; r++) {
            double sum = 0;
            for (int j = 0; j < f[r].length; j++) {
                sum += Math.abs(dLdf[r][j]) * f[r][j];
            }
            for (int j = 0; j < f[r].length; j++) {
                double a = f[r][j];
                added[r][j] = switch (name) {
                    case "sigmoid" -> added[r][j] * a * (1 + a);
                    case "tanh" -> added[r][j] * (1 + a * a);
                    case "softmax" -> a * (added[r][j] + sum);
                    default -> added[r][j];
                };
            }
        }
        return added;
    }
}
