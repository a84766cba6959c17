package org.jacobean.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jacobean.matrix.Matrix;

/**
 * What is in a session: each matrix, layer, network, pass, loss, gradients and Jacobian among its variables, of what shape,
 * how large, made from which other variables, and whether these have changed since. It keeps what it says, not the values.
 *
 * <p><b>Made from.</b> An operand is the variable that holds its very numbers, whatever that is called; or else the variable
 * of its name, if that holds equal numbers: a cell was merely run again.
 *
 * <p><b>Stale.</b> A value is stale when an operand that it was computed with (x, w, b or dL/df) bears the name of a
 * variable that holds other numbers by now, and no variable holds the operand's own; or when a variable that it was made
 * from is stale. Of an operand without a name, such as one written in brackets, nothing can be told. A pass of a network
 * that is in no variable any more is stale where a variable holds another network of the same layers.
 *
 * <p><b>Steps.</b> In training a network is replaced at each step, {@code net = net.minus(grads, 0.1)}: what its last step
 * was made from is older than it, as it must be. That is said, and not counted as stale.
 *
 * <p><b>Memory.</b> Numbers that several values share count once: f, gradients and Jacobians for the value that computed
 * them, all others for the matrix, or else for the first layer, pass or gradients that holds them.
 */
public final class Inventory {

    private static final int MOST_NAMES = 8;

    private final List<Entry> entries;

    private Inventory(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * One value.
     *
     * @param kind its class: Matrix, Linear, Forward, Gradients or Jacobian; Network, NetworkPass, LossPass or
     *     NetworkGradients
     * @param shape {@code 3 × 2}; of a layer {@code 3 → 2}; of a network {@code 4 → 5 → 5 → 1, 31 parameters}; of gradients
     *     {@code dL/dx 1 × 3, dL/dw 3 × 2}
     * @param bytes of its numbers, apart from those that count for another value
     * @param madeFrom names of variables, such as {@code layer} and {@code x}; {@code wᵀ} for a transpose, {@code [1 × 3]}
     *     for an operand that is in no variable
     * @param earlier the names of the variables that have changed since
     * @param steps {@code made before net's last step}; empty where no network went on by steps since
     */
    public record Entry(
            String name,
            String kind,
            String shape,
            long bytes,
            List<String> madeFrom,
            List<String> earlier,
            String steps) {

        public boolean isStale() {
            return !earlier.isEmpty();
        }

        /** {@code computed with an earlier w}, or what there is to say of steps; empty where it is up to date. */
        public String note() {
            return isStale() ? "computed with an earlier " + String.join(" and ", earlier) : steps;
        }
    }

    /** What is ours among {@code variables}, by name and in their order; other values, and null, are left out. */
    public static Inventory of(Map<String, ?> variables) {
        return new Inventory(Provenance.entries(variables));
    }

    /**
     * For typing by hand: {@code Inventory.of("w", w, "layer", layer)}.
     *
     * @param more names and values by turns
     */
    public static Inventory of(String name, Object value, Object... more) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(name, value);
        for (int i = 0; i < more.length; i += 2) {
            if (!(more[i] instanceof String next) || i + 1 == more.length) {
                throw new IllegalArgumentException(
                        "an inventory is of names and values by turns: Inventory.of(\"w\", w, \"layer\", layer)");
            }
            variables.put(next, more[i + 1]);
        }
        return of(variables);
    }

    public List<Entry> entries() {
        return entries;
    }

    public List<Entry> stale() {
        return entries.stream().filter(Entry::isStale).toList();
    }

    /**
     * What is to be said before {@code names} are used: {@code grads was computed with an earlier w; run again the cells of
     * layer, pass and grads, in this order}, or {@code grads was made before net's last step}, a line for each cause;
     * nothing where all are up to date.
     */
    public String warning(String... names) {
        Map<String, List<Entry>> byNote = entries.stream()
                .filter(entry ->
                        List.of(names).contains(entry.name()) && !entry.note().isEmpty())
                .collect(Collectors.groupingBy(Entry::note, LinkedHashMap::new, Collectors.toList()));
        return byNote.values().stream().map(this::line).collect(Collectors.joining("\n"));
    }

    /** Of values of which the same is to be noted. */
    private String line(List<Entry> of) {
        List<String> names = of.stream().map(Entry::name).toList();
        Entry first = of.get(0);
        String was = list(names) + (names.size() == 1 ? " was " : " were ") + first.note();
        if (!first.isStale()) {
            return was;
        }
        List<String> again = new ArrayList<>();
        of.forEach(entry -> again(entry, new HashSet<>(), again));
        return was
                + (again.size() == 1
                        ? "; run its cell again"
                        : "; run again the cells of " + most(again) + ", in this order");
    }

    /** Puts the value behind all stale ones that it was made from: none of them is right before these are. */
    private void again(Entry entry, Set<String> seen, List<String> order) {
        if (!entry.isStale() || order.contains(entry.name()) || !seen.add(entry.name())) {
            return;
        }
        for (Entry other : entries) {
            if (entry.madeFrom().contains(other.name()) || entry.madeFrom().contains(other.name() + "ᵀ")) {
                again(other, seen, order);
            }
        }
        order.add(entry.name());
    }

    private static String list(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static String most(List<String> names) {
        return names.size() <= MOST_NAMES
                ? list(names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /** Of all numbers together. */
    public long bytes() {
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    /** {@code 7 values, 1.2 MB; 2 stale: pass, grads (run their cells again)}. */
    @Override
    public String toString() {
        if (entries.isEmpty()) {
            return "nothing of Jacobean's is in this session yet; an example: %matrix w = 0.1 0.2; 0.3 0.4";
        }
        String all = String.format(Locale.ROOT, entries.size() == 1 ? "%,d value, " : "%,d values, ", entries.size())
                + Matrix.memory(bytes());
        List<String> stale = stale().stream().map(Entry::name).toList();
        return stale.isEmpty()
                ? all
                : all + "; " + stale.size() + " stale: "
                        + stale.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                        + (stale.size() > MOST_NAMES ? " and " + (stale.size() - MOST_NAMES) + " more" : "")
                        + (stale.size() == 1 ? " (run its cell again)" : " (run their cells again)");
    }
}
