package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jacobean.explain.Explanation.Step;
import org.jacobean.formula.Values;
import org.jacobean.layer.CrossEntropy;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.Relu;
import org.jacobean.layer.Tanh;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** The way to the loss goes through the largest terms, with the pass's own numbers, and costs its own sums. */
class ToTheLossTest {

    private static final Matrix LABELS = Matrix.row(0, 2, 1, 1, 0, 2, 2);

    @Test
    void theLargestTermIsFollowed() {
        Network network =
                Network.of(Linear.glorot(4, 5, 1), new Tanh(), Linear.he(5, 6, 2), new Relu(), Linear.he(6, 3, 3));
        NetworkGradients grads = network.forward(Matrix.normal(7, 4, 4)).backward(new CrossEntropy(), LABELS);
        Matrix x = grads.pass().input();
        for (int i = 1; i <= 4; i++) {
            for (int j = 1; j <= 5; j++) {
                int input = i;
                int output = j;
                int r = largest(7, k -> grads.of("l1").get(k - 1, output - 1) * x.get(k - 1, input - 1));
                int p = largest(
                        6,
                        k -> grads.of("l3").get(r - 1, k - 1)
                                * grads.pass().of("w2").get(output - 1, k - 1));
                int q = largest(
                        3,
                        k -> grads.of("f").get(r - 1, k - 1)
                                * grads.pass().of("w3").get(p - 1, k - 1));
                List<String> way = grads.of("l3").get(r - 1, p - 1) == 0
                        ? List.of(at("l1", r, j), at("l2", r, j))
                        : List.of(at("l1", r, j), at("l2", r, j), at("l3", r, p), at("l4", r, p), at("f", r, q));
                Explanation explanation = Explanation.of(grads, at("w1", i, j));
                List<Explanation> followed = explanation.parts().get(0).steps().stream()
                        .filter(step -> step.whole() != null)
                        .map(Step::whole)
                        .toList();
                assertEquals(way, followed.stream().map(Explanation::title).toList());
                for (Explanation each : followed) {
                    String name = each.title().replaceFirst("\\[.*", "");
                    ElementName element = ElementName.of(grads.layerOf(name), each.title());
                    assertEquals(element.value(), each.value().orElseThrow(), each.title());
                }
            }
        }
    }

    private static String at(String name, int row, int column) {
        return "dL/d" + name + "[" + row + "," + column + "]";
    }

    private static int largest(int count, IntToDoubleFunction term) {
        return IntStream.rangeClosed(1, count)
                .boxed()
                .max((a, b) -> Double.compare(Math.abs(term.applyAsDouble(a)), Math.abs(term.applyAsDouble(b))))
                .orElseThrow();
    }

    @Test
    void aStepReadsItsOwnRowsAndColumns() {
        Network network = Network.of(Linear.he(30, 20, 1), new Relu(), Linear.he(20, 10, 2));
        NetworkGradients grads = network.forward(Matrix.normal(40, 30, 3)).backward(Matrix.normal(40, 10, 4));
        Map<Gradients, Set<String>> read = new HashMap<>();
        Gradients first = grads.layer(1);
        Explanation explanation =
                ToTheLoss.explain(grads, first, ElementName.of(first, "dL/dw1[7,3]"), its -> reading(its, read));
        String followed = explanation.parts().get(0).steps().stream()
                .map(Step::title)
                .filter(title -> title.startsWith("dL/dl1["))
                .findFirst()
                .orElseThrow()
                .replaceFirst("dL/dl1\\[(\\d+),3].*", "$1");
        Set<String> own = new TreeSet<>(Set.of("w[7,3]"));
        IntStream.rangeClosed(1, 40).forEach(r -> own.addAll(List.of("x[" + r + ",7]", "dL/df[" + r + ",3]")));
        assertEquals(own, read.get(first));
        assertEquals(
                new TreeSet<>(Set.of("x[" + followed + ",3]", "dL/df[" + followed + ",3]")), read.get(grads.layer(2)));
        own.clear();
        own.add("x[" + followed + ",3]");
        IntStream.rangeClosed(1, 10)
                .forEach(j -> own.addAll(List.of("w[3," + j + "]", "dL/df[" + followed + "," + j + "]")));
        assertEquals(own, read.get(grads.layer(3)));
    }

    private static Values reading(Gradients grads, Map<Gradients, Set<String>> read) {
        Set<String> its = read.computeIfAbsent(grads, g -> new TreeSet<>());
        return new Values() {
            @Override
            public double of(String variable, int row, int column) {
                its.add(variable + "[" + row + "," + column + "]");
                return grads.values().of(variable, row, column);
            }

            @Override
            public int size(String name) {
                return grads.values().size(name);
            }
        };
    }
}
