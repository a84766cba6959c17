package org.jacobean.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Matrix;

/**
 * dL/dx [N × n] and the gradient of each parameter, of the parameter's shape: what a pass sends back for the dL/df that
 * came in. Over a batch dL/dw and dL/db are sums over its N rows.
 */
public final class Gradients {

    private final Forward pass;
    private final Matrix dLdf;
    private final String incomingName;
    private final Map<String, Matrix> gradients;

    Gradients(Forward pass, Matrix dLdf) {
        this.pass = pass;
        this.dLdf = dLdf.named("dL/d" + pass.output().label("f"));
        this.incomingName = dLdf.name().orElse(null);
        Map<String, Matrix> operands = pass.operands();
        Map<String, Matrix> its = pass.layer().gradients(pass.input(), dLdf);
        Contract.requireGradients(operands, its);
        Map<String, Matrix> named = new LinkedHashMap<>();
        operands.forEach((role, v) -> named.put(role, its.get(role).named("dL/d" + v.label(role))));
        this.gradients = Collections.unmodifiableMap(named);
    }

    /**
     * The gradient with respect to {@code name}: a role ({@code x}, {@code w}, {@code b}) or the name of the variable
     * ({@code w1}), with or without {@code dL/d} before it.
     *
     * @throws IllegalArgumentException naming what there is, when there is no such gradient
     */
    public Matrix of(String name) {
        String role = role(name);
        return role.equals("f") ? dLdf : gradients.get(role);
    }

    /**
     * The role that {@code name} means, as in {@link #of}: x, a parameter's, or f for the gradient that came in.
     *
     * @throws IllegalArgumentException naming what there is, when there is no such gradient
     */
    public String role(String name) {
        String bare = name.startsWith("dL/d") ? name.substring("dL/d".length()) : name;
        return bare.equals("f") || bare.equals(pass.output().label("f"))
                ? "f"
                : Operands.role(bare, pass.operands(), "these gradients");
    }

    /** All of them by role, x first. */
    public Map<String, Matrix> all() {
        return gradients;
    }

    public Forward pass() {
        return pass;
    }

    /** dL/df [N × m], the gradient that came in. */
    public Matrix incoming() {
        return dLdf;
    }

    /** What the variables of the layer's formula hold, by role, and {@code dL/df}. */
    public Values values() {
        return Operands.values(pass, dLdf);
    }

    /** What dL/df was called before it came in, such as the variable that it was in. */
    public Optional<String> incomingName() {
        return Optional.ofNullable(incomingName);
    }

    /** {@code Gradients of Linear 3 → 2: dL/dx 1 × 3, dL/dw 3 × 2, dL/db 1 × 2}. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("Gradients of ").append(pass.layer()).append(":");
        gradients.values().forEach(g -> text.append(g == gradients.get("x") ? " " : ", ")
                .append(g.label(""))
                .append(" ")
                .append(g.shape()));
        return text.toString();
    }
}
