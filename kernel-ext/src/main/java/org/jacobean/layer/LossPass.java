package org.jacobean.layer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Matrix;

/** L = loss(f, y) on the numbers of one pass: the loss, f [N × m], y, and L, which is a finite number. */
public final class LossPass {

    private final Loss loss;
    private final Matrix f;
    private final Matrix y;
    private final double value;
    /** Or null. */
    private final Layer layer;

    private LossPass(Loss loss, Layer layer, Matrix f, Matrix y, double value) {
        this.loss = loss;
        this.layer = layer;
        this.f = f.named("f");
        this.y = y;
        this.value = value;
    }

    /** @param layer whose output f is, or null */
    static LossPass of(Loss loss, Layer layer, Matrix f, Matrix y) {
        Operands.require("f", f, "a loss");
        return of(loss, layer, f, y, () -> Operands.notFinite(f.label("f"), f)
                .or(() -> Operands.notFinite(y.label("y"), y))
                .orElse("f and y are too far apart for the range of a double"));
    }

    /** @param why what is to be said where L is not a finite number */
    static LossPass of(Loss loss, Layer layer, Matrix f, Matrix y, Supplier<String> why) {
        if (loss == null) {
            throw new IllegalArgumentException(
                    "the loss is null; there are new MeanSquaredError() and new CrossEntropy()");
        }
        double value = loss.value(f, y);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the loss is " + Operands.number(value) + ": " + why.get());
        }
        return new LossPass(loss, layer, f, y, value);
    }

    /** {@code loss}, if it was taken of the outputs {@code f}. */
    static LossPass require(LossPass loss, Matrix f) {
        if (loss == null) {
            throw new IllegalArgumentException("the loss is null; did the cell that declares it fail?");
        }
        if (!loss.f.sharesNumbersWith(f) && !loss.f.equals(f)) {
            throw new IllegalArgumentException("this loss is of another pass: its f is not the f of this one; take it"
                    + " anew, as in pass.loss(new MeanSquaredError(), y)");
        }
        return loss;
    }

    public Loss loss() {
        return loss;
    }

    /** The layer whose output f is, where the loss was taken of a pass. */
    public Optional<Layer> layer() {
        return Optional.ofNullable(layer);
    }

    /** What is to be said of a loss on this layer's outputs that is as it was asked for, and hardly as it was meant. */
    public Optional<String> remark() {
        return loss instanceof CrossEntropy && layer instanceof Softmax
                ? Optional.of("f is softmax's already, and cross-entropy applies it itself: leave the layer out")
                : Optional.empty();
    }

    /** L. */
    public double value() {
        return value;
    }

    /** f [N × m]. */
    public Matrix output() {
        return f;
    }

    /** What f should be, as it was given. */
    public Matrix target() {
        return y;
    }

    /** dL/df [N × m]. */
    public Matrix gradient() {
        return loss.gradient(f, y).named("dL/df");
    }

    /** What the variables of the loss's formula hold: f, and y as {@link Loss#targets} has it. */
    public Values values() {
        return Operands.values(Map.of("f", f, "y", loss.targets(f, y)), f.rows(), f.columns(), f.columns());
    }

    /** {@code MeanSquaredError: L = 28.784665437591986}. */
    @Override
    public String toString() {
        return loss + ": L = " + Operands.number(value);
    }
}
