package org.jacobean.layer;

import static org.jacobean.layer.Fixtures.agrees;
import static org.jacobean.layer.Fixtures.matrix;
import static org.jacobean.layer.Fixtures.product;
import static org.jacobean.layer.Fixtures.turned;
import static org.jacobean.layer.Fixtures.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** f = x·w + b and its gradients against PyTorch's, in every case of fixtures/linear.json. */
class LinearFixturesTest {

    @Test
    void everyCaseAgreesWithPyTorch() {
        int cases = 0;
        for (JsonElement element : Fixtures.cases("linear")) {
            JsonObject each = element.getAsJsonObject();
            String name = each.get("name").getAsString();
            double[][] x = matrix(each, "x");
            double[][] w = matrix(each, "w");
            double[][] b = {vector(each.getAsJsonArray("b"))};
            double[][] dLdf = matrix(each, "dLdf");

            Forward pass = new Linear(Matrix.of(w), Matrix.of(b)).forward(Matrix.of(x));
            Gradients grads = pass.backward(Matrix.of(dLdf));

            double[][] addedForF = product(x, w);
            double[][] addedForB = new double[1][b[0].length];
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < b[0].length; j++) {
                    addedForF[i][j] += Math.abs(b[0][j]);
                    addedForB[0][j] += Math.abs(dLdf[i][j]);
                }
            }
            agrees(name + ": f", matrix(each, "f"), pass.output(), addedForF);
            agrees(name + ": dL/dx", matrix(each, "dLdx"), grads.of("x"), product(dLdf, turned(w)));
            agrees(name + ": dL/dw", matrix(each, "dLdw"), grads.of("w"), product(turned(x), dLdf));
            agrees(name + ": dL/db", new double[][] {vector(each.getAsJsonArray("dLdb"))}, grads.of("b"), addedForB);
            cases++;
        }
        assertEquals(15, cases);
    }
}
