package org.jacobean.layer;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jacobean.formula.Values;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;

/**
 * dL/dx [N × n] and the gradient of each parameter, of the parameter's shape: what a pass sends back for the dL/df that
 * came in. Over a batch dL/dw and dL/db are sums over its N rows.
 */
public final class Gradients {

    /** Multiplications that a display need not fear: some 10 ms of plain Java. */
    private static final long AT_ONCE = 10_000_000;

    private final Forward pass;
    private final Matrix dLdf;
    private final String incomingName;
    private final Map<String, Matrix> operands;
    /** By role; without x, where the layer computes each alone: then dL/dx waits until it is asked for. */
    private final Map<String, Matrix> known;

    private volatile Matrix dLdx;

    Gradients(Forward pass, Matrix dLdf) {
        this.pass = pass;
        this.dLdf = dLdf.named("dL/d" + pass.output().label("f"));
        this.incomingName = dLdf.name().orElse(null);
        this.operands = pass.operands();
        this.known = new HashMap<>();
        Layer layer = pass.layer();
        Map<String, Matrix> alone = new LinkedHashMap<>();
        for (String role : layer.parameters().keySet()) {
            layer.gradient(role, pass.input(), dLdf).ifPresent(gradient -> alone.put(role, gradient));
        }
        Map<String, Matrix> all = alone.isEmpty() ? layer.gradients(pass.input(), dLdf) : alone;
        Contract.requireGradients(alone.isEmpty() ? operands : layer.parameters(), all);
        operands.keySet().stream()
                .filter(role -> alone.isEmpty() || !role.equals("x"))
                .forEach(role -> known.put(role, named(role, all.get(role))));
        this.dLdx = known.get("x");
    }

    private Matrix named(String role, Matrix gradient) {
        return gradient.named(label(role));
    }

    /**
     * The gradient with respect to {@code name}: a role ({@code x}, {@code w}, {@code b}) or the name of the variable
     * ({@code w1}), with or without {@code dL/d} before it. dL/dx may be computed only now, once, by whichever thread asks
     * first.
     *
     * @throws IllegalArgumentException naming what there is, when there is no such gradient
     */
    public Matrix of(String name) {
        String role = role(name);
        return role.equals("f") ? dLdf : role.equals("x") ? dLdx() : known.get(role);
    }

    private Matrix dLdx() {
        Matrix computed = dLdx;
        if (computed == null) {
            synchronized (this) {
                computed = dLdx;
                if (computed == null) {
                    Map<String, Matrix> x = new HashMap<>();
                    pass.layer().gradient("x", pass.input(), dLdf).ifPresent(gradient -> x.put("x", gradient));
                    Contract.requireGradients(Map.of("x", operands.get("x")), x);
                    computed = named("x", x.get("x"));
                    dLdx = computed;
                }
            }
        }
        return computed;
    }

    /**
     * The gradient with respect to {@code role}, unless it is dL/dx that nobody has asked for yet and that would take more
     * than ten million multiplications: a display does without it.
     */
    public Optional<Matrix> atHand(String role) {
        long products = (long) operands.get("x").rows()
                * pass.layer().inputs()
                * pass.layer().outputs();
        return role.equals("x") && dLdx == null && products > AT_ONCE ? Optional.empty() : Optional.of(of(role));
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
                : Operands.role(bare, operands, "these gradients");
    }

    /** What there are gradients of: x, and each parameter. */
    public Set<String> roles() {
        return Collections.unmodifiableSet(operands.keySet());
    }

    /** {@code dL/dw}, or {@code dL/dw1} where that is the variable's name; computes nothing. */
    public String label(String role) {
        return "dL/d" + operands.get(role).label(role);
    }

    /** All of them by role, x first. */
    public Map<String, Matrix> all() {
        Map<String, Matrix> all = new LinkedHashMap<>();
        operands.keySet().forEach(role -> all.put(role, of(role)));
        return Collections.unmodifiableMap(all);
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
        return operands.entrySet().stream()
                .map(operand ->
                        label(operand.getKey()) + " " + operand.getValue().shape())
                .collect(Collectors.joining(", ", "Gradients of " + Visible.of("" + pass.layer()) + ": ", ""));
    }
}
