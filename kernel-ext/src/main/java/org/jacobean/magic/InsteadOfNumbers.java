package org.jacobean.magic;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jacobean.matrix.Matrix;

/** What is said of words that stand where {@code %matrix} takes numbers or a recipe, and the line to type instead. */
final class InsteadOfNumbers {

    private static final List<String> WORDS = List.of("normal", "uniform", "zeros", "ones", "identity", "csv");

    /** {@code gaussian 3x2}, {@code np.zeros((3, 2))}. */
    private static final Pattern WORD = Pattern.compile(
            "((?:[\\p{L}_]\\w*+\\.)*+([\\p{L}_][\\w-]*+))(?:\\s+(.*)|\\s*\\((.*)\\)\\s*)?", Pattern.DOTALL);

    private static final Pattern NUMBER_WORD = Pattern.compile("(?i)nan|inf|infinity");
    private static final Pattern JAVA = Pattern.compile("new\\s.*|[\\p{L}_$][\\w$]*(?:\\.\\w++)++", Pattern.DOTALL);

    private static final Pattern FILE = Pattern.compile("(?i)\\S*\\.(?:csv|tsv|txt)\"?");

    /** How many and how many. */
    private static final Pattern TWO_NUMBERS = Pattern.compile("\\(?\\s*(\\d+)\\s*(?:[ ,;*X]|by)\\s*(\\d+)\\s*\\)?");

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\s*[x×]\\s*\\d+)?)\\s+((?![x×])\\S.*)");

    private InsteadOfNumbers() {}

    /** @throws MagicException where a word stands before the numbers, or in their place */
    static void require(Arguments arguments, boolean vector) {
        String operands = arguments.operands();
        if (FILE.matcher(operands).matches()) {
            throw new MagicException("%" + arguments.magic() + ": before a file stands csv: "
                    + (vector
                            ? "%matrix" + arguments.line("csv " + operands).substring(7)
                            : arguments.line("csv " + operands)));
        }
        String variable = operands.split("[^\\p{L}\\w$]", 2)[0];
        if (!operands.equals(variable)
                && arguments.name() != null
                && arguments.variables().containsKey(variable)
                && !JAVA.matcher(operands).matches()
                && operands.indexOf('(') < 0) {
            throw new MagicException("%" + arguments.magic() + ": " + variable
                    + " is a variable, and what is computed is Java, such as Matrix " + arguments.name() + " = "
                    + variable + ".scale(2); or " + variable + ".plus(" + variable + ");");
        }
        Matcher word = WORD.matcher(operands);
        if (!word.matches() || NUMBER_WORD.matcher(word.group(2)).matches() || MatrixLiteral.isPasted(operands)) {
            return;
        }
        String magic = "%" + arguments.magic() + ": ";
        String first = word.group(1);
        String rest = word.group(3);
        String named = arguments.name() == null ? "w" : arguments.name();
        if (rest != null && arguments.name() == null && Arguments.isVariable(first) && isValue(rest)) {
            throw new MagicException(
                    magic + "behind the name of a variable stands =: " + arguments.line(first + " = " + rest));
        }
        if (arguments.variables().containsKey(operands)) {
            throw new MagicException(magic + first + " is a variable; write Matrix " + named + " = " + first + ";");
        }
        Optional<String> meant = Meant.of(word.group(2), WORDS);
        if (meant.isPresent()) {
            String size = size(meant.get(), rest != null ? rest : word.group(4) == null ? "" : word.group(4), vector);
            throw new MagicException(magic
                    + (WORDS.contains(first) ? "behind " + first + " stand no brackets" : "there is no " + first)
                    + "; did you mean "
                    + arguments.line((meant.get() + " " + size).strip()) + "?");
        }
        if ((word.group(4) != null || JAVA.matcher(operands).matches()) && !Instead.isForeign(arguments, operands)) {
            String method = Instead.method(operands);
            throw new MagicException(magic + "'" + operands + "' is " + (method.isEmpty() ? "Java; " : "a call; ") + method
                    + "write Matrix " + named + " = " + Instead.java(arguments, operands) + ";");
        }
        throw new MagicException(magic + "'" + first + "' is no number, and none of the words "
                + String.join(", ", vector ? WORDS.subList(0, 4) : WORDS)
                + Meant.of(first, List.of("he", "glorot"))
                        .map(drawn -> "; a layer has such weights: %linear layer = " + drawn
                                + (rest == null ? " 3x2" : " " + rest))
                        .orElse("; see %" + arguments.magic() + " --help"));
    }

    private static String size(String kind, String typed, boolean vector) {
        Matcher numbers = TWO_NUMBERS.matcher(typed.strip());
        return !numbers.matches() || vector
                ? typed
                : numbers.group(1) + (kind.equals("identity") ? "" : "x" + numbers.group(2));
    }

    /** Whether it could stand behind =. */
    private static boolean isValue(String text) {
        if (WORDS.contains(text.split("\\s", 2)[0])) {
            return true;
        }
        try {
            Matrix.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws MagicException where rows and columns are parted by something else than x */
    static void requireSizes(Arguments arguments, String kind, String rest) {
        Matcher numbers = TWO_NUMBERS.matcher(rest);
        if (numbers.lookingAt()) {
            String behind = rest.substring(numbers.end()).strip();
            throw new MagicException("%" + arguments.magic() + ": between the two sizes stands an x: "
                    + arguments.line((kind + " " + numbers.group(1) + "x" + numbers.group(2) + " " + behind).strip()));
        }
    }

    /** @throws MagicException where what follows the size is no option */
    static void requireOptions(Arguments arguments, String kind, String written, boolean random) {
        Matcher size = SIZE.matcher(written);
        if (size.matches()) {
            throw option(arguments, kind + " " + size.group(1), size.group(2), random);
        }
    }

    /** What is said of words behind a recipe that are no option. */
    static MagicException option(Arguments arguments, String before, String words, boolean random) {
        String[] parts = words.split("\\s+", 2);
        List<String> known = random ? List.of("seed", "scale") : List.of("scale");
        return new MagicException("%" + arguments.magic() + ": '" + words + "' means nothing behind " + before
                + "; what may follow the size is " + (random ? "seed S and scale F" : "scale F")
                + Meant.of(parts[0], known)
                        .map(meant -> "; did you mean "
                                + arguments.line(before + " " + meant + (parts.length == 1 ? "" : " " + parts[1]))
                                + "?")
                        .orElse(""));
    }
}
