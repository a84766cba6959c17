package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** f = x·w + b and its gradients against PyTorch's, in every case of fixtures/linear.json. */
class LinearFixturesTest {

    /** Of the sum of the magnitudes that were added: what rounding can amount to, however far they cancel. */
    private static final double TOLERANCE = 1e-12;

    @Test
    void everyCaseAgreesWithPyTorch() throws IOException {
        int cases = 0;
        for (JsonElement element : fixture().getAsJsonArray("cases")) {
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

    private static void agrees(String what, double[][] expected, Matrix actual, double[][] added) {
        assertEquals(Matrix.shape(expected.length, expected[0].length), actual.shape(), what);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[0].length; j++) {
                double difference = Math.abs(actual.get(i, j) - expected[i][j]);
                assertTrue(
                        difference <= TOLERANCE * added[i][j],
                        what + "[" + (i + 1) + "," + (j + 1) + "] is " + actual.get(i, j) + ", PyTorch has "
                                + expected[i][j] + ", and magnitudes of " + added[i][j] + " were added");
            }
        }
    }

    /** |A|·|B|. */
    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                for (int k = 0; k < b[0].length; k++) {
                    c[i][k] += Math.abs(a[i][j]) * Math.abs(b[j][k]);
                }
            }
        }
        return c;
    }

    private static double[][] turned(double[][] a) {
        double[][] turned = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < turned.length; j++) {
                turned[j][i] = a[i][j];
            }
        }
        return turned;
    }

    private static JsonObject fixture() throws IOException {
        try (InputStream in = LinearFixturesTest.class.getResourceAsStream("/fixtures/linear.json")) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    private static double[][] matrix(JsonObject of, String name) {
        JsonArray rows = of.getAsJsonArray(name);
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = vector(rows.get(i).getAsJsonArray());
        }
        return matrix;
    }

    private static double[] vector(JsonArray numbers) {
        double[] vector = new double[numbers.size()];
        for (int j = 0; j < vector.length; j++) {
            vector[j] = numbers.get(j).getAsDouble();
        }
        return vector;
    }
}
