package org.jacobean.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jacobean.matrix.Matrix;

/** PyTorch's numbers, and how near ours must be to them. */
final class Fixtures {

    /** Of the sum of the magnitudes that were added: what rounding can amount to, however far they cancel. */
    private static final double TOLERANCE = 1e-12;

    private Fixtures() {}

    static void agrees(String what, double[][] expected, Matrix actual, double[][] added) {
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
    static double[][] product(double[][] a, double[][] b) {
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

    static double[][] turned(double[][] a) {
        double[][] turned = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < turned.length; j++) {
                turned[j][i] = a[i][j];
            }
        }
        return turned;
    }

    static JsonArray cases(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + name + ".json")) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[][] matrix(JsonObject of, String name) {
        JsonArray rows = of.getAsJsonArray(name);
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = vector(rows.get(i).getAsJsonArray());
        }
        return matrix;
    }

    static double[] vector(JsonArray numbers) {
        double[] vector = new double[numbers.size()];
        for (int j = 0; j < vector.length; j++) {
            vector[j] = numbers.get(j).getAsDouble();
        }
        return vector;
    }
}
