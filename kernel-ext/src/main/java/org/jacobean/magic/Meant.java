package org.jacobean.magic;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jacobean.matrix.Spelling;

/** The word of ours for one that was typed: near in its letters, or what another library calls the same. */
final class Meant {

    /** In small letters, without what parts them. */
    private static final Map<String, List<String>> ELSEWHERE = Map.ofEntries(
            Map.entry("normal", List.of("gaussian", "gauss", "randn", "random", "rnorm")),
            Map.entry("uniform", List.of("rand", "runif")),
            Map.entry("zeros", List.of("zero", "zeroes")),
            Map.entry("ones", List.of("one")),
            Map.entry("identity", List.of("eye", "id")),
            Map.entry("csv", List.of("read", "load", "file", "readcsv", "loadtxt", "tsv")),
            Map.entry("glorot", List.of("xavier", "glorotuniform", "glorotnormal")),
            Map.entry("he", List.of("kaiming", "henormal", "heuniform")),
            Map.entry("sigmoid", List.of("logistic", "sigm", "expit")),
            Map.entry("mse", List.of("mseloss", "meansquarederror", "meansquared", "l2", "squared", "quadratic")),
            Map.entry(
                    "cross-entropy",
                    List.of("ce", "xent", "nll", "nllloss", "crossentropyloss", "crossentropy", "logloss")),
            Map.entry("scale", List.of("std", "sd", "sigma", "stddev", "gain")),
            Map.entry("seed", List.of("rng", "randomstate")),
            Map.entry("default", List.of("reset")));

    private Meant() {}

    static Optional<String> of(String typed, Collection<String> words) {
        String bare = typed.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        return words.stream()
                .filter(word -> ELSEWHERE.getOrDefault(word, List.of()).contains(bare))
                .findFirst()
                .or(() -> Spelling.nearest(typed, words));
    }

    /** {@code ; did you mean glorot?}, or nothing. */
    static String didYouMean(String typed, Collection<String> words) {
        return of(typed, words).map(word -> "; did you mean " + word + "?").orElse("");
    }
}
