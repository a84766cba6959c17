package org.jacobean.layer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jacobean.matrix.Matrix;

/**
 * Where NaN or ∞ begins: the first matrix of a pass or of gradients, in the order in which they are computed, with an entry
 * that is one. The order is x, layer by layer its parameters and its output, then dL/df, and layer by layer, the last first,
 * the gradients of its parameters and what it sends back. What comes before it is all finite.
 *
 * @param name {@code x}, {@code w2}, {@code l3}, {@code dL/dw2}
 * @param where {@code the output of layer 3 (Relu 50 → 50)}
 * @param nans how many entries are NaN
 * @param infinities how many are ∞ or −∞
 * @param row of the first of them, counted from 0
 * @param column of the first of them, counted from 0
 * @param from what it was computed from, by name; empty where it was there before
 * @param hint what might help
 */
public record NotFinite(
        String name,
        String where,
        Matrix matrix,
        long nans,
        long infinities,
        int row,
        int column,
        Map<String, Matrix> from,
        String hint) {

    private static final String GIVEN = "look where it comes from";
    private static final String COMPUTED = "try a smaller learning rate";

    private record Place(String name, String where, Matrix matrix, Map<String, Matrix> from, String hint) {}

    static Optional<NotFinite> of(NetworkPass pass) {
        return first(forward(pass));
    }

    static Optional<NotFinite> of(NetworkGradients grads) {
        return first(Stream.concat(forward(grads.pass()), back(grads)));
    }

    private static Stream<Place> forward(NetworkPass pass) {
        Matrix x = pass.input();
        Place input = new Place(x.label("x"), "which was given", x, Map.of(), GIVEN);
        IntStream layers = IntStream.rangeClosed(1, pass.layers().size());
        return Stream.concat(Stream.of(input), layers.boxed().flatMap(k -> forward(pass.layer(k), k)));
    }

    private static Stream<Place> forward(Forward its, int k) {
        String layer = "layer " + k + " (" + its.layer() + ")";
        Stream<Place> parameters = its.layer().parameters().values().stream()
                .map(p -> new Place(p.label(""), "of " + layer + ", before this pass", p, Map.of(), GIVEN));
        Matrix f = its.output();
        Place output = new Place(f.label(""), "the output of " + layer, f, named(its), COMPUTED);
        return Stream.concat(parameters, Stream.of(output));
    }

    private static Stream<Place> back(NetworkGradients grads) {
        Matrix dLdf = grads.incoming();
        Map<String, Matrix> ends = new LinkedHashMap<>();
        grads.loss().ifPresent(loss -> {
            ends.put("f", loss.output());
            ends.put(loss.target().label("y"), loss.target());
        });
        Place incoming = new Place(
                "dL/df",
                grads.loss().map(loss -> "of " + loss.loss()).orElse("which was given"),
                dLdf,
                ends,
                ends.isEmpty() ? GIVEN : COMPUTED);
        int n = grads.layers().size();
        IntStream layers = IntStream.range(0, n).map(i -> n - i);
        return Stream.concat(Stream.of(incoming), layers.boxed().flatMap(k -> back(grads.layer(k), k)));
    }

    private static Stream<Place> back(Gradients its, int k) {
        Map<String, Matrix> from = named(its.pass());
        from.put(its.incoming().label(""), its.incoming());
        String where = "which layer " + k + " (" + its.pass().layer() + ") ";
        Stream<Place> parameters = its.pass().layer().parameters().keySet().stream()
                .map(role -> new Place(its.label(role), where + "computes", its.of(role), from, COMPUTED));
        Stream<Place> back = its.atHand("x").stream()
                .map(dLdx -> new Place(its.label("x"), where + "sends back", dLdx, from, COMPUTED));
        return Stream.concat(parameters, back);
    }

    /** The operands, as a person calls them. */
    private static Map<String, Matrix> named(Forward pass) {
        Map<String, Matrix> named = new LinkedHashMap<>();
        pass.operands().forEach((role, operand) -> named.put(operand.label(role), operand));
        return named;
    }

    private static Optional<NotFinite> first(Stream<Place> places) {
        return places.filter(place -> !place.matrix.isFinite()).findFirst().map(NotFinite::of);
    }

    private static NotFinite of(Place place) {
        Matrix matrix = place.matrix;
        int first = (int) matrix.stream().takeWhile(Double::isFinite).count();
        return new NotFinite(
                place.name,
                place.where,
                matrix,
                matrix.stream().filter(Double::isNaN).count(),
                matrix.stream().filter(Double::isInfinite).count(),
                first / matrix.columns(),
                first % matrix.columns(),
                Collections.unmodifiableMap(place.from),
                place.hint);
    }

    /** {@code l3[4,7]}; row and column count from 1. */
    public String element() {
        return Operands.element(name, matrix, row, column);
    }

    /**
     * {@code l3, the output of layer 3 (Relu 50 → 50): 12 of 640 entries are ±∞, the first l3[4,7]; it was computed from
     * finite numbers, up to 3.1e200 in l2}.
     */
    @Override
    public String toString() {
        return name + ", " + where + ": " + counted() + largest();
    }

    private String counted() {
        if (nans + infinities == 1) {
            return element() + " is " + Operands.number(matrix.get(row, column));
        }
        String kinds = nans == 0
                ? "are ±∞"
                : infinities == 0
                        ? "are NaN"
                        : String.format(Locale.ROOT, "are not finite (%,d NaN, %,d ±∞)", nans, infinities);
        long all = (long) matrix.rows() * matrix.columns();
        return nans + infinities == all
                ? String.format(Locale.ROOT, "all %,d entries %s", all, kinds)
                : String.format(
                        Locale.ROOT, "%,d of %,d entries %s, the first %s", nans + infinities, all, kinds, element());
    }

    private String largest() {
        double most = -1;
        String its = "";
        for (Map.Entry<String, Matrix> operand : from.entrySet()) {
            double largest = operand.getValue().stream().map(Math::abs).max().orElseThrow();
            if (!Double.isFinite(largest)) { // a y with gaps, for a loss of one's own that leaves them out
                return "";
            }
            if (largest > most) {
                most = largest;
                its = operand.getKey();
            }
        }
        return its.isEmpty() ? "" : "; it was computed from finite numbers, up to " + shortly(most) + " in " + its;
    }

    /** Two digits; the largest doubles are rounded beyond what is one. */
    private static String shortly(double number) {
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(2)).stripTrailingZeros();
        return number < 1e7
                ? Operands.number(rounded.doubleValue()).replace(".0E", "e").replace("E", "e")
                : rounded.toString().replace("E+", "e");
    }
}
