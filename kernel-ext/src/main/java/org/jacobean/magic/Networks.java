package org.jacobean.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jacobean.magic.Expansion.Use;

/** The magics of networks and losses, and those of layers that do for networks too. */
final class Networks {

    /** Words that are layers, where no variable has that name. */
    private static final Map<String, String> LAYERS = new LinkedHashMap<>();

    /** Words that are losses. */
    private static final Map<String, String> LOSSES = new LinkedHashMap<>();

    static {
        LAYERS.put("relu", "new Relu()");
        LAYERS.put("sigmoid", "new Sigmoid()");
        LAYERS.put("tanh", "new Tanh()");
        LAYERS.put("softmax", "new Softmax()");
        LOSSES.put("mse", "new MeanSquaredError()");
        LOSSES.put("cross-entropy", "new CrossEntropy()");
    }

    private Networks() {}

    /** The words that are of this kind without a variable. */
    static Set<String> words(Kind kind) {
        return switch (kind) {
            case LAYER -> LAYERS.keySet();
            case LOSS -> LOSSES.keySet();
            default -> Set.of();
        };
    }

    static Expansion network(Arguments arguments) {
        List<Use> uses = new ArrayList<>();
        List<String> layers = new ArrayList<>();
        for (String word : arguments.words()) {
            layers.add(word(arguments, word, LAYERS, Kind.LAYER, uses));
        }
        return new Expansion(
                arguments.magic(), arguments.name(), "Network", "Network.of(" + String.join(", ", layers) + ")", uses);
    }

    static Expansion forward(Arguments arguments) {
        return Magic.call(
                        of(arguments, "Network") ? "NetworkPass" : "Forward",
                        List.of(Kind.RUNNABLE, Kind.MATRIX),
                        "a layer and its input",
                        (a, operands) -> operands.get(0) + ".forward(" + operands.get(1) + ")")
                .expand(arguments);
    }

    static Expansion loss(Arguments arguments) {
        List<String> words = arguments.words();
        if (words.size() != 3) {
            Optional<String> parted =
                    words.size() < 4 ? Optional.empty() : Meant.of(words.get(1) + "-" + words.get(2), LOSSES.keySet());
            if (parted.isPresent()) {
                throw new MagicException("%loss: a loss is one word: "
                        + arguments.line(words.get(0) + " " + parted.get() + " "
                                + String.join(" ", words.subList(3, words.size()))));
            }
            throw Instead.count(arguments, List.of(Kind.PASS, Kind.LOSS, Kind.MATRIX), "a pass, a loss and y");
        }
        List<Use> uses = new ArrayList<>();
        if (LOSSES.containsKey(words.get(0)) && !arguments.variables().containsKey(words.get(0))) {
            throw new MagicException("%loss: before the loss stands the pass: "
                    + arguments.line(words.get(1) + " " + words.get(0) + " " + words.get(2)));
        }
        if (LOSSES.containsKey(words.get(2))
                && !LOSSES.containsKey(words.get(1))
                && !arguments.variables().containsKey(words.get(2))) {
            throw new MagicException("%loss: before y stands the loss: "
                    + arguments.line(words.get(0) + " " + words.get(2) + " " + words.get(1)));
        }
        String pass = Magic.operand(arguments, words.get(0), Kind.PASS, uses);
        String loss = word(arguments, words.get(1), LOSSES, Kind.LOSS, uses);
        String y = Magic.operand(arguments, words.get(2), Kind.MATRIX, uses);
        return new Expansion("loss", arguments.name(), "LossPass", pass + ".loss(" + loss + ", " + y + ")", uses);
    }

    static Expansion backward(Arguments arguments) {
        boolean literal =
                arguments.words().size() == 2 && !arguments.words().get(1).matches("\\p{L}\\w*");
        return Magic.call(
                        of(arguments, "NetworkPass") ? "NetworkGradients" : "Gradients",
                        List.of(Kind.PASS, literal ? Kind.MATRIX : Kind.INCOMING),
                        "a pass and dL/df",
                        (a, operands) -> operands.get(0) + ".backward(" + operands.get(1) + ")")
                .expand(arguments);
    }

    /** Whether the first operand is declared as {@code type}. */
    static boolean of(Arguments arguments, String type) {
        List<String> words = arguments.words();
        String declared = words.isEmpty() ? null : arguments.variables().get(words.get(0));
        return declared != null && Kind.simple(declared).equals(type);
    }

    private static String word(Arguments arguments, String word, Map<String, String> known, Kind kind, List<Use> uses) {
        if (kind == Kind.LOSS && !known.containsKey(word) && word.matches("\\w+(-\\w+)+")) {
            throw new MagicException("%loss: there is no loss " + word + "; write mse or cross-entropy"
                    + Meant.didYouMean(word, known.keySet()));
        }
        boolean variable = arguments.variables().containsKey(word);
        return !variable && known.containsKey(word) ? known.get(word) : Magic.operand(arguments, word, kind, uses);
    }
}
