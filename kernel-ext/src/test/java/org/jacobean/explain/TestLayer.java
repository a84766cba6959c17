package org.jacobean.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.jacobean.formula.Expression.Element;
import org.jacobean.formula.Formula;
import org.jacobean.formula.Index;
import org.jacobean.layer.Layer;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;

/** Layers that a check is tried on. */
abstract class TestLayer implements Layer {

    /** f = function(x), entry by entry. */
    static Layer elementwise(int n, DoubleUnaryOperator function, DoubleUnaryOperator slope) {
        return new TestLayer() {
            @Override
            public int inputs() {
                return n;
            }

            @Override
            public int outputs() {
                return n;
            }

            @Override
            public Map<String, Matrix> parameters() {
                return Map.of();
            }

            @Override
            public Layer with(String role, Matrix value) {
                throw new IllegalArgumentException("no " + role);
            }

            @Override
            public Matrix output(Matrix x) {
                return x.map(function);
            }

            @Override
            public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
                return Map.of("x", x.map(slope).hadamard(dLdf));
            }
        };
    }

    /** f = max(0, x), with the slope {@code atZero} at 0. */
    static Layer relu(int n, double atZero) {
        return elementwise(n, a -> Math.max(0, a), a -> a > 0 ? 1 : a == 0 ? atZero : 0);
    }

    /** A layer whose gradients went through {@code spoil}. */
    static Layer spoilt(Layer right, UnaryOperator<Map<String, Matrix>> spoil) {
        return odd(right, spoil, () -> {});
    }

    /** A layer that calls {@code ran} each time its outputs were computed. */
    static Layer told(Layer layer, Runnable ran) {
        return odd(layer, gradients -> gradients, ran);
    }

    private static Layer odd(Layer right, UnaryOperator<Map<String, Matrix>> spoil, Runnable ran) {
        return new TestLayer() {
            @Override
            public int inputs() {
                return right.inputs();
            }

            @Override
            public int outputs() {
                return right.outputs();
            }

            @Override
            public Map<String, Matrix> parameters() {
                return right.parameters();
            }

            @Override
            public Layer with(String role, Matrix value) {
                return odd(right.with(role, value), spoil, ran);
            }

            @Override
            public Matrix output(Matrix x) {
                Matrix f = right.output(x);
                ran.run();
                return f;
            }

            @Override
            public Map<String, Matrix> gradients(Matrix x, Matrix dLdf) {
                return spoil.apply(new LinkedHashMap<>(right.gradients(x, dLdf)));
            }

            @Override
            public Formula formula() {
                return right.formula();
            }
        };
    }

    /** A linear layer whose gradient of {@code role} has {@code value} in one place, counted from 0. */
    static Layer spoilt(Linear right, String role, int row, int column, DoubleUnaryOperator value) {
        return spoilt(right, gradients -> {
            gradients.computeIfPresent(
                    role, (r, its) -> its.with(row, column, value.applyAsDouble(its.get(row, column))));
            return gradients;
        });
    }

    /** Only which outputs an element moves is asked of it: here those of its row and column. */
    @Override
    public Formula formula() {
        Index.Running r = Index.running("r", "N");
        Index.Running j = Index.running("j", "m");
        return Formula.of(new Element("f", r, j), new Element("x", r, j));
    }

    @Override
    public String toString() {
        return "TestLayer " + inputs() + " → " + outputs();
    }
}
