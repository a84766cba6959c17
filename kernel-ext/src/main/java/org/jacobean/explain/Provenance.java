package org.jacobean.explain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.explain.Inventory.Entry;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Layer;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;

/** Where the values of a session come from, how large they are, and what has changed since: as {@link Inventory} says. */
final class Provenance {

    /** What a value was computed from, under the name that it had. */
    private record Operand(Matrix matrix, Optional<String> name) {

        static Operand of(Matrix matrix) {
            return new Operand(matrix, matrix.name());
        }
    }

    /** Where numbers come from: a variable, or an earlier value of it; or no variable that is known. */
    private record Source(String variable, String label, boolean earlier) {

        static Source of(String variable) {
            return new Source(variable, variable, false);
        }
    }

    private final Map<String, Object> variables = new LinkedHashMap<>();
    private final Map<String, List<Matrix>> results = new LinkedHashMap<>();
    private final List<String> matrices;
    private final Map<String, Set<String>> earlier = new LinkedHashMap<>();

    private Provenance(Map<String, ?> variables) {
        variables.forEach((name, value) -> {
            if (!kind(value).isEmpty()) {
                this.variables.put(name, value);
                results.put(name, results(value));
            }
        });
        this.matrices = this.variables.keySet().stream()
                .filter(name -> this.variables.get(name) instanceof Matrix)
                .toList();
    }

    static List<Entry> entries(Map<String, ?> variables) {
        Interrupts.check("the inventory");
        return new Provenance(variables).entries();
    }

    private List<Entry> entries() {
        Map<String, Long> bytes = bytes();
        List<Entry> entries = new ArrayList<>();
        variables.forEach((name, value) -> {
            Interrupts.check("the inventory");
            entries.add(new Entry(
                    name,
                    kind(value),
                    shape(value),
                    bytes.getOrDefault(name, 0L),
                    List.copyOf(madeFrom(name)),
                    List.copyOf(earlier(name)),
                    steps(value)));
        });
        return entries;
    }

    // Made from

    private Set<String> madeFrom(String name) {
        Set<String> from = new LinkedHashSet<>();
        Object value = variables.get(name);
        if (value instanceof Matrix matrix) {
            source(name, matrix).ifPresent(source -> from.add(source.label()));
        } else if (value instanceof Layer layer) {
            layer.parameters()
                    .values()
                    .forEach(p -> from.add(source(Operand.of(p)).label()));
        } else if (value instanceof Forward pass) {
            from.addAll(madeFrom(pass));
        } else if (isOfNetwork(value)) {
            ofNetwork(value).forEach(source -> from.add(source.label()));
        } else {
            Forward pass = pass(value);
            String its = variable(Forward.class, pass, other -> alike(pass, other));
            from.addAll(its == null ? madeFrom(pass) : List.of(its));
            if (value instanceof Gradients grads) {
                from.add(source(incoming(grads)).label());
            }
        }
        return from;
    }

    private List<Source> ofNetwork(Object value) {
        List<Source> from = new ArrayList<>();
        if (value instanceof Network network) {
            ofLayers(network).forEach(from::add);
        } else if (value instanceof NetworkPass pass) {
            from.add(source(pass.network()));
            from.add(source(Operand.of(pass.input())));
        } else if (value instanceof LossPass loss) {
            from.add(source(new Operand(loss.output(), Optional.empty())));
            from.add(source(Operand.of(loss.target())));
        } else {
            NetworkGradients grads = (NetworkGradients) value;
            String pass = variable(NetworkPass.class, grads.pass(), other -> alike(grads.pass(), other));
            from.addAll(pass == null ? ofNetwork(grads.pass()) : List.of(Source.of(pass)));
            from.add(grads.loss()
                    .map(this::source)
                    .orElseGet(() ->
                            source(incoming(grads.layers().get(grads.layers().size() - 1)))));
        }
        return from;
    }

    private Source source(LossPass loss) {
        String its = variable(
                LossPass.class,
                loss,
                other -> alike(loss.output(), other.output()) && alike(loss.target(), other.target()));
        return its == null ? source(Operand.of(loss.target())) : Source.of(its);
    }

    /** The layers that are variables, and the parameters of the others; nothing once steps have replaced them all. */
    private List<Source> ofLayers(Network network) {
        List<Source> from = new ArrayList<>();
        for (Layer layer : network.steps() == 0 ? network.layers() : List.<Layer>of()) {
            String its =
                    layer.parameters().isEmpty() ? null : variable(Layer.class, layer, other -> alike(layer, other));
            if (its != null) {
                from.add(Source.of(its));
            } else {
                layer.parameters()
                        .values()
                        .forEach(p -> from.add(source(new Operand(p, p.name().filter(network::hasOwnName)))));
            }
        }
        return from;
    }

    /** The variable that holds the network; or what it has become, by steps or because its cell was run again. */
    private Source source(Network network) {
        String its = variable(Network.class, network, other -> alike(network, other));
        if (its != null) {
            return Source.of(its);
        }
        return networks()
                .filter(name -> ((Network) variables.get(name)).isAfter(network))
                .findFirst()
                .map(Source::of)
                .or(() -> networks()
                        .filter(name -> variables.get(name).toString().equals(network.toString()))
                        .findFirst()
                        .map(name -> new Source(name, name, true)))
                .orElse(new Source(null, "[network]", false));
    }

    private Stream<String> networks() {
        return variables.keySet().stream().filter(name -> variables.get(name) instanceof Network);
    }

    private String steps(Object value) {
        Network network = value instanceof NetworkPass pass
                ? pass.network()
                : value instanceof NetworkGradients grads ? grads.pass().network() : null;
        if (value instanceof LossPass loss) {
            return computed(loss.output())
                    .map(of -> steps(variables.get(of.variable())))
                    .orElse("");
        }
        if (network == null || variable(Network.class, network, other -> alike(network, other)) != null) {
            return "";
        }
        return networks()
                .filter(name -> ((Network) variables.get(name)).isAfter(network))
                .findFirst()
                .map(name -> {
                    long steps = ((Network) variables.get(name)).steps() - network.steps();
                    return "made before " + name + "'s last "
                            + (steps == 1 ? "step" : String.format(Locale.ROOT, "%,d steps", steps));
                })
                .orElse("");
    }

    private List<String> madeFrom(Forward pass) {
        List<String> from = new ArrayList<>();
        Layer layer = pass.layer();
        String its = variable(Layer.class, layer, other -> alike(layer, other));
        if (its == null) {
            layer.parameters()
                    .values()
                    .forEach(p -> from.add(source(Operand.of(p)).label()));
        } else {
            from.add(its);
        }
        from.add(source(Operand.of(pass.input())).label());
        return from;
    }

    /** The variable that holds {@code value}, or else one that holds such another. */
    private <T> String variable(Class<T> type, T value, Function<T, Boolean> alike) {
        String first = null;
        for (Map.Entry<String, Object> variable : variables.entrySet()) {
            if (variable.getValue() == value) {
                return variable.getKey();
            } else if (first == null
                    && type.isInstance(variable.getValue())
                    && alike.apply(type.cast(variable.getValue()))) {
                first = variable.getKey();
            }
        }
        return first;
    }

    private Source source(Operand operand) {
        String name = operand.name().orElse(null);
        Matrix matrix = operand.matrix();
        String same = null;
        for (String variable : matrices) {
            if (matrix.sharesNumbersWith((Matrix) variables.get(variable)) && (same == null || variable.equals(name))) {
                same = variable;
            }
        }
        if (same != null) {
            return Source.of(same);
        }
        Optional<Source> other = computed(matrix).or(() -> matrices.stream()
                .filter(variable -> share(matrix, (Matrix) variables.get(variable)))
                .findFirst()
                .map(variable -> new Source(variable, variable + "ᵀ", false)));
        if (other.isPresent()) {
            return other.get();
        }
        return variables.get(name) instanceof Matrix now
                ? new Source(name, name, !now.equals(matrix))
                : new Source(null, "[" + matrix.shape() + "]", false);
    }

    /** Of a matrix that is itself the variable {@code name}: what computed it, or the variable whose numbers it shares. */
    private Optional<Source> source(String name, Matrix matrix) {
        Optional<Source> computed = computed(matrix);
        if (computed.isPresent()) {
            return computed;
        }
        String owner = owner(matrix);
        boolean turned = !matrix.sharesNumbersWith((Matrix) variables.get(owner));
        return owner.equals(name)
                ? Optional.empty()
                : Optional.of(new Source(owner, turned ? owner + "ᵀ" : owner, false));
    }

    private Optional<Source> computed(Matrix matrix) {
        return variables.keySet().stream()
                .filter(variable -> results.get(variable).stream().anyMatch(r -> share(r, matrix)))
                .findFirst()
                .map(Source::of);
    }

    /** Of the matrices that share numbers, the first that is called as its variable is, or else the first. */
    private String owner(Matrix matrix) {
        String first = null;
        for (String variable : matrices) {
            Matrix other = (Matrix) variables.get(variable);
            if (share(matrix, other)) {
                if (other.name().equals(Optional.of(variable))) {
                    return variable;
                }
                first = first == null ? variable : first;
            }
        }
        return first;
    }

    // Stale

    private Set<String> earlier(String name) {
        Set<String> known = earlier.get(name);
        if (known != null) {
            return known;
        }
        Set<String> names = new LinkedHashSet<>();
        earlier.put(name, names);
        Object value = variables.get(name);
        List<Source> sources = value instanceof Matrix matrix
                ? source(name, matrix).stream().toList()
                : isOfNetwork(value)
                        ? ofNetwork(value)
                        : operands(value).stream().map(this::source).toList();
        for (Source source : sources) {
            if (source.earlier()) {
                names.add(source.variable());
            } else if (source.variable() != null) {
                names.addAll(earlier(source.variable()));
            }
        }
        return names;
    }

    // Memory

    private Map<String, Long> bytes() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        List<Matrix> counted = new ArrayList<>();
        for (Class<?> type :
                List.of(Forward.class, NetworkPass.class, Gradients.class, NetworkGradients.class, Jacobian.class)) {
            count(type, Provenance::results, bytes, counted);
        }
        for (String name : matrices) {
            count(owner((Matrix) variables.get(name)), List.of((Matrix) variables.get(name)), bytes, counted);
        }
        for (Class<?> type : List.of(
                Layer.class,
                Network.class,
                Forward.class,
                NetworkPass.class,
                LossPass.class,
                Gradients.class,
                NetworkGradients.class,
                Jacobian.class)) {
            count(type, Provenance::held, bytes, counted);
        }
        return bytes;
    }

    private void count(
            Class<?> type,
            Function<Object, Collection<Matrix>> numbers,
            Map<String, Long> bytes,
            List<Matrix> counted) {
        variables.forEach((name, value) -> {
            if (type.isInstance(value)) {
                count(name, numbers.apply(value), bytes, counted);
            }
        });
    }

    private static void count(String name, Collection<Matrix> matrices, Map<String, Long> bytes, List<Matrix> counted) {
        Interrupts.check("the inventory");
        for (Matrix matrix : matrices) {
            if (counted.stream().noneMatch(other -> share(matrix, other))) {
                counted.add(matrix);
                bytes.merge(name, 8L * matrix.rows() * matrix.columns(), Long::sum);
            }
        }
    }

    // What the values hold

    private static List<Operand> operands(Object value) {
        List<Operand> operands = new ArrayList<>();
        given(value).forEach(matrix -> operands.add(Operand.of(matrix)));
        if (value instanceof Gradients grads) {
            operands.add(incoming(grads));
        }
        return operands;
    }

    private static Collection<Matrix> given(Object value) {
        List<Matrix> given = new ArrayList<>();
        if (value instanceof Layer layer) {
            given.addAll(layer.parameters().values());
        } else if (value instanceof Network network) {
            given.addAll(network.parameters().values());
        } else if (value instanceof NetworkPass pass) {
            given.add(pass.input());
            given.addAll(pass.network().parameters().values());
        } else if (value instanceof LossPass loss) {
            given.addAll(List.of(loss.output(), loss.target()));
        } else if (value instanceof NetworkGradients grads) {
            given.addAll(given(grads.pass()));
            given.addAll(grads.loss().isEmpty() ? List.of(grads.incoming()) : List.of());
        } else if (!(value instanceof Matrix)) {
            given.addAll(pass(value).operands().values());
        }
        return given;
    }

    /** What the value computed, apart from what it only passed on. */
    private static List<Matrix> results(Object value) {
        List<Matrix> results = new ArrayList<>();
        if (value instanceof Forward pass) {
            results.add(pass.output());
        } else if (value instanceof Gradients grads) {
            grads.roles().forEach(role -> grads.atHand(role).ifPresent(results::add));
        } else if (value instanceof Jacobian jacobian) {
            results.add(jacobian.matrix());
        } else if (value instanceof NetworkPass pass) {
            pass.layers().forEach(layer -> results.add(layer.output()));
        } else if (value instanceof NetworkGradients grads) {
            for (Gradients its : grads.layers()) {
                its.roles().forEach(role -> its.atHand(role).ifPresent(results::add));
                results.add(its.incoming());
            }
        }
        List<Operand> operands = results.isEmpty() ? List.of() : operands(value);
        return results.stream()
                .filter(result -> operands.stream().noneMatch(operand -> share(operand.matrix(), result)))
                .toList();
    }

    private static List<Matrix> held(Object value) {
        List<Matrix> held = new ArrayList<>(results(value));
        operands(value).forEach(operand -> held.add(operand.matrix()));
        if (value instanceof NetworkGradients grads) {
            held.addAll(results(grads.pass()));
        } else if (!(value instanceof Layer) && !isOfNetwork(value)) {
            held.add(pass(value).output());
        }
        return held;
    }

    private static boolean isOfNetwork(Object value) {
        return value instanceof Network
                || value instanceof NetworkPass
                || value instanceof LossPass
                || value instanceof NetworkGradients;
    }

    private static Forward pass(Object value) {
        return value instanceof Gradients grads
                ? grads.pass()
                : value instanceof Jacobian jacobian ? jacobian.pass() : (Forward) value;
    }

    private static Operand incoming(Gradients grads) {
        return new Operand(grads.incoming(), grads.incomingName());
    }

    private static boolean share(Matrix a, Matrix b) {
        return a.sharesNumbersWith(b) || a.transpose().sharesNumbersWith(b);
    }

    private static boolean alike(Matrix a, Matrix b) {
        return a.sharesNumbersWith(b) || a.equals(b);
    }

    private static boolean alike(Layer a, Layer b) {
        return a.getClass() == b.getClass()
                && a.parameters().keySet().equals(b.parameters().keySet())
                && a.parameters().entrySet().stream()
                        .allMatch(p -> alike(p.getValue(), b.parameters().get(p.getKey())));
    }

    private static boolean alike(Network a, Network b) {
        return a.layers().size() == b.layers().size()
                && IntStream.range(0, a.layers().size())
                        .allMatch(k -> alike(a.layers().get(k), b.layers().get(k)));
    }

    private static boolean alike(NetworkPass a, NetworkPass b) {
        return alike(a.network(), b.network()) && alike(a.input(), b.input());
    }

    private static boolean alike(Forward a, Forward b) {
        return alike(a.layer(), b.layer()) && alike(a.input(), b.input());
    }

    private static String kind(Object value) {
        boolean ours = value instanceof Matrix
                || value instanceof Layer
                || value instanceof Forward
                || value instanceof Gradients
                || value instanceof Jacobian
                || isOfNetwork(value);
        return ours ? value.getClass().getSimpleName() : "";
    }

    private static String shape(Object value) {
        if (value instanceof Layer layer) {
            return layer.inputs() == 0
                    ? "any width"
                    : String.format(Locale.ROOT, "%,d → %,d", layer.inputs(), layer.outputs());
        } else if (value instanceof Gradients grads) {
            return grads.pass().operands().entrySet().stream()
                    .map(operand -> grads.label(operand.getKey()) + " "
                            + operand.getValue().shape())
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof Network network) {
            return shape(network);
        } else if (value instanceof NetworkGradients grads) {
            Map<String, Matrix> of = new LinkedHashMap<>();
            of.put(grads.pass().input().label("x"), grads.pass().input());
            of.putAll(grads.pass().network().parameters());
            return of.entrySet().stream()
                    .map(each -> "dL/d" + each.getKey() + " " + each.getValue().shape())
                    .collect(Collectors.joining(", "));
        } else if (value instanceof NetworkPass pass) {
            return pass.output().shape();
        } else if (value instanceof LossPass loss) {
            return loss.output().shape() + " → 1";
        }
        return (value instanceof Matrix matrix
                        ? matrix
                        : value instanceof Jacobian jacobian
                                ? jacobian.matrix()
                                : pass(value).output())
                .shape();
    }

    /** {@code 4 → 5 → 5 → 1, 31 parameters}. */
    private static String shape(Network network) {
        IntStream widths = IntStream.concat(
                IntStream.of(network.layers().get(0).inputs()),
                network.layers().stream().mapToInt(Layer::outputs));
        long parameters = network.parameters().values().stream()
                .mapToLong(p -> (long) p.rows() * p.columns())
                .sum();
        return widths.mapToObj(width -> width == 0 ? "n" : String.format(Locale.ROOT, "%,d", width))
                        .collect(Collectors.joining(" → "))
                + String.format(Locale.ROOT, parameters == 1 ? ", %,d parameter" : ", %,d parameters", parameters);
    }
}
