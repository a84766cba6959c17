package org.jacobean.layer;

import static org.jacobean.layer.Fixtures.agrees;
import static org.jacobean.layer.Fixtures.matrix;
import static org.jacobean.layer.Fixtures.product;
import static org.jacobean.layer.Fixtures.turned;
import static org.jacobean.layer.Fixtures.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** Every value and every gradient of x → linear → relu → linear → loss against PyTorch's, in fixtures/mlp.json. */
class NetworkFixturesTest {

    @Test
    void everyCaseAgreesWithPyTorch() {
        Map<String, Integer> cases = new TreeMap<>();
        for (JsonElement element : Fixtures.cases("mlp")) {
            JsonObject each = element.getAsJsonObject();
            String name = each.get("name").getAsString();
            boolean squares = each.get("loss").getAsString().equals("mse");
            double[][] x = matrix(each, "x");
            double[][] w1 = matrix(each, "w1");
            double[][] b1 = row(each, "b1");
            double[][] w2 = matrix(each, "w2");
            double[][] b2 = row(each, "b2");
            boolean isList = each.getAsJsonArray("y").get(0).isJsonPrimitive();
            Matrix y = isList ? Matrix.column(row(each, "y")[0]) : Matrix.of(matrix(each, "y"));

            Network network = Network.of(
                    new Linear(Matrix.of(w1), Matrix.of(b1)), new Relu(), new Linear(Matrix.of(w2), Matrix.of(b2)));
            NetworkPass pass = network.forward(Matrix.of(x));
            NetworkGradients grads = pass.backward(squares ? new MeanSquaredError() : new CrossEntropy(), y);

            // What is added, as magnitudes: a rounding of l1 goes on into all that follows.
            double[][] l1 = plusRow(product(x, w1), b1);
            double[][] l2 = where(l1, matrix(each, "l2"));
            double[][] f = plusRow(product(l2, w2), b2);
            double[][] dLdf = addedForSlopes(squares, f, matrix(each, "out"), y);
            double[][] dl2 = product(dLdf, turned(w2));
            double[][] dl1 = where(dl2, matrix(each, "l2"));
            agrees(name + ": l1", matrix(each, "l1"), pass.of("l1"), l1);
            agrees(name + ": l2", matrix(each, "l2"), pass.of("l2"), l2);
            agrees(name + ": f", matrix(each, "out"), pass.of("f"), f);
            agrees(
                    name + ": L",
                    new double[][] {{each.get("value").getAsDouble()}},
                    Matrix.row(new double[] {grads.loss().orElseThrow().value()}),
                    new double[][] {{addedForLoss(squares, f, y)}});
            agrees(name + ": dL/df", matrix(each, "dout"), grads.of("f"), dLdf);
            agrees(name + ": dL/dw2", matrix(each, "dw2"), grads.of("w2"), product(turned(l2), dLdf));
            agrees(name + ": dL/db2", row(each, "db2"), grads.of("b2"), sums(dLdf));
            agrees(name + ": dL/dl2", matrix(each, "dl2"), grads.of("l2"), dl2);
            agrees(name + ": dL/dl1", matrix(each, "dl1"), grads.of("l1"), dl1);
            agrees(name + ": dL/dw1", matrix(each, "dw1"), grads.of("w1"), product(turned(x), dl1));
            agrees(name + ": dL/db1", row(each, "db1"), grads.of("b1"), sums(dl1));
            agrees(name + ": dL/dx", matrix(each, "dx"), grads.of("x"), product(dl1, turned(w1)));
            cases.merge(each.get("loss").getAsString(), 1, Integer::sum);
        }
        assertEquals(Map.of("mse", 3, "cross_entropy", 2), cases);
    }

    private static double[][] row(JsonObject of, String name) {
        return new double[][] {vector(of.getAsJsonArray(name))};
    }

    private static double[][] plusRow(double[][] a, double[][] b) {
        return Matrix.of(a).plusRow(Matrix.of(b).map(Math::abs)).toArray();
    }

    private static double[][] sums(double[][] a) {
        return new double[][] {Matrix.of(a).columnSums().toArray()[0]};
    }

    /** A relu lets through what is above 0. */
    private static double[][] where(double[][] a, double[][] above) {
        return Matrix.of(a).hadamard(Matrix.of(above).map(v -> v > 0 ? 1 : 0)).toArray();
    }

    /** 2·(f − y)/(N·m); (p − y)/N, where p moves by p times twice what the largest f of its row does. */
    private static double[][] addedForSlopes(boolean squares, double[][] f, double[][] out, Matrix y) {
        if (squares) {
            return Matrix.of(f)
                    .plus(y.map(Math::abs))
                    .scale(2.0 / (f.length * f[0].length))
                    .toArray();
        }
        Matrix p = new Softmax().output(Matrix.of(out));
        double[][] added = new double[f.length][f[0].length];
        for (int r = 0; r < f.length; r++) {
            double largest = DoubleStream.of(f[r]).max().orElseThrow();
            for (int j = 0; j < f[r].length; j++) {
                added[r][j] = (p.get(r, j) * (1 + 2 * largest) + (y.get(r, 0) == j ? 1 : 0)) / f.length;
            }
        }
        return added;
    }

    /** (f − y)²; log Σ exp(f) − f[y], which are two f and the logarithm of at most m. */
    private static double addedForLoss(boolean squares, double[][] f, Matrix y) {
        return squares
                ? Matrix.of(f).plus(y.map(Math::abs)).map(a -> a * a).mean()
                : 2 * Matrix.of(f).stream().max().orElseThrow() + Math.log(f[0].length);
    }
}
