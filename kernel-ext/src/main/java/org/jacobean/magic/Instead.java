package org.jacobean.magic;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** What is said of words that are no operands: what is expected there, and the line to type instead. */
final class Instead {

    /** Those whose operands are words of their own, and hold commas, or columns of a table. */
    private static final Set<String> OWN_WORDS = Set.of("matrix", "vector", "chart", "display", "images", "shapes");

    private static final Set<String> OF_ELEMENTS = Set.of("explain", "check", "table");

    private static final Pattern SEPARATOR = Pattern.compile("\\s*(?:,|[-=]?>|→|\\|)\\s*");
    private static final Pattern QUOTED = Pattern.compile("[\"'`](.+)[\"'`]");
    private static final Pattern CALL =
            Pattern.compile("(?:new\\s+)?(?:\\w++\\.)*+(\\w++)\\s*+\\(.*\\)", Pattern.DOTALL);
    private static final Pattern MEMBER = Pattern.compile("[\\p{L}_$][\\w$]*+(?:\\s*+\\.\\s*+\\w++)++", Pattern.DOTALL);
    private static final Pattern ROOT = Pattern.compile("([\\p{L}_$][\\w$]*+)\\s*+\\.");
    /** Where names of packages begin. */
    private static final Set<String> ROOTS = Set.of("java", "javax", "org", "com", "tech", "this");
    private static final Pattern ELEMENT = Pattern.compile("d[Ll]\\s*/.*|[\\p{L}_]\\w*\\s*\\[.*", Pattern.DOTALL);
    private static final Pattern GRADIENT = Pattern.compile("dL/d\\w+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?;?");

    private Instead() {}

    /** @throws MagicException where something else than blanks parts the operands, or = is missing behind the name */
    static void require(Arguments arguments) {
        if (OWN_WORDS.contains(arguments.magic()) || arguments.operands().matches("(?s)(?:he|glorot)\\b.*")) {
            return;
        }
        boolean sum = List.of("network", "linear").contains(arguments.magic())
                && arguments.operands().indexOf('*') < 0;
        String parted = parted(sum ? arguments.operands().replace(" + ", ", ") : arguments.operands());
        if (!parted.equals(arguments.operands()) && !parted.isEmpty()) {
            throw of(arguments, "operands are parted by blanks alone: " + arguments.line(parted));
        }
        List<String> words = arguments.words();
        if (arguments.name() == null && words.size() > 1) {
            String first = words.get(0);
            String second = words.get(1);
            boolean made = arguments.variables().containsKey(second) || second.matches("he|glorot");
            List<Kind> firsts =
                    switch (arguments.magic()) {
                        case "network" -> List.of(Kind.LAYER);
                        case "linear" -> List.of(Kind.MATRIX);
                        case "explain" -> List.of(Kind.EXPLAINED, Kind.OF_ELEMENTS);
                        case "check" -> List.of(Kind.GRADIENTS);
                        case "table" -> List.of(Kind.TABULAR);
                        default -> List.of();
                    };
            List<String> known = firsts.stream()
                    .flatMap(kind -> arguments.variables(kind).stream())
                    .toList();
            boolean operand = arguments.variables().containsKey(first) && !isOneOfItsOwn(arguments, first)
                    || first.matches("he|glorot")
                    || Meant.of(first, Networks.words(Kind.LAYER)).isPresent()
                    || Meant.of(first, known).isPresent();
            if (made && !operand && !firsts.isEmpty() && isName(first)) {
                throw assigned(arguments);
            }
        }
    }

    /** Whether the variable holds what the magic gives and does not take: it was declared by it before. */
    private static boolean isOneOfItsOwn(Arguments arguments, String variable) {
        List<String> own =
                switch (arguments.magic()) {
                    case "network" -> List.of("Network");
                    case "linear" -> List.of("Linear");
                    case "explain" -> List.of("Explanation", "Contributions");
                    case "check" -> List.of("GradientCheck", "Diagnosis");
                    case "table" -> List.of("Table");
                    default -> List.of();
                };
        return own.contains(Kind.simple(arguments.variables().get(variable)));
    }

    /** The operands with blanks in the place of commas and arrows, but for those in brackets and strings. */
    private static String parted(String operands) {
        StringBuilder parted = new StringBuilder();
        Matcher separator = SEPARATOR.matcher(operands);
        int depth = 0;
        boolean string = false;
        for (int i = 0; i < operands.length(); ) {
            char c = operands.charAt(i);
            string ^= c == '"';
            depth += string ? 0 : "[(".indexOf(c) >= 0 ? 1 : "])".indexOf(c) >= 0 ? -1 : 0;
            if (depth <= 0 && !string && separator.region(i, operands.length()).lookingAt()) {
                parted.append(' ');
                i = separator.end();
            } else {
                parted.append(c);
                i++;
            }
        }
        return parted.toString().strip();
    }

    /** What is said of another number of words than the magic takes. */
    static MagicException count(Arguments arguments, List<Kind> kinds, String said) {
        List<String> words = arguments.words();
        int last = kinds.size() - 1;
        boolean matrixLast = kinds.get(last) == Kind.MATRIX || kinds.get(last) == Kind.INCOMING;
        if (matrixLast
                && words.size() > kinds.size()
                && words.subList(last, words.size()).stream()
                        .allMatch(word -> NUMBER.matcher(word).matches())) {
            return of(
                    arguments,
                    "numbers stand in brackets: "
                            + arguments.line(String.join(" ", words.subList(0, last)) + " ["
                                    + String.join(" ", words.subList(last, words.size())) + "]"));
        }
        Matcher call = words.size() == 1 ? CALL.matcher(words.get(0)) : null;
        if (call != null && call.matches()) {
            String only = words.get(0);
            String its = only.substring(only.indexOf('(') + 1, only.length() - 1);
            return of(
                    arguments,
                    only.matches("(?s)\\w+\\(.*")
                            ? "operands are parted by blanks alone: "
                                    + arguments.line((call.group(1) + " " + parted(its)).strip())
                            : "'" + only + "' is Java; write "
                                    + (arguments.name() == null
                                            ? only
                                            : "var " + arguments.name() + " = " + only + ";"));
        }
        if (arguments.name() == null
                && words.size() == kinds.size() + 1
                && isName(words.get(0))
                && beginsAnew(arguments, kinds)) {
            return assigned(arguments);
        }
        return new MagicException("%" + arguments.magic() + " takes " + said + ", as in %" + example(arguments)
                + (words.isEmpty() ? "" : ", not '" + arguments.operands() + "'"));
    }

    /** Whether the first word is rather a new name, and the second the first operand. */
    private static boolean beginsAnew(Arguments arguments, List<Kind> kinds) {
        String first = arguments.variables().get(arguments.words().get(0));
        String second = arguments.variables().get(arguments.words().get(1));
        return (first == null || !kinds.get(0).accepts(first))
                && (second == null ? kinds.size() > 1 : kinds.get(0).accepts(second));
    }

    private static MagicException assigned(Arguments arguments) {
        String[] parts = arguments.operands().split("\\s+", 2);
        return of(arguments, "behind the name of a variable stands =: " + arguments.line(parts[0] + " = " + parts[1]));
    }

    /** @throws MagicException where of two operands each is what the other should be */
    static void requireOrder(Arguments arguments, List<Kind> kinds) {
        List<String> words = arguments.words();
        if (kinds.size() == 2 && isExchanged(arguments, kinds.get(0), kinds.get(1))) {
            throw of(
                    arguments,
                    "the operands stand the other way round: " + arguments.line(words.get(1) + " " + words.get(0)));
        }
    }

    private static boolean isExchanged(Arguments arguments, Kind kind, Kind other) {
        String first = arguments.variables().get(arguments.words().get(0));
        String second = arguments.variables().get(arguments.words().get(1));
        return second != null
                && kind.proposes(second)
                && (first == null
                        ? other == null
                        : !kind.accepts(first) && (other == null ? Kind.MATRIX : other).accepts(first));
    }

    /** What is said of a word that no variable can be called. */
    static MagicException word(Arguments arguments, String word, Kind kind) {
        Matcher quoted = QUOTED.matcher(word);
        if (quoted.matches()) {
            return of(arguments, "operands stand without quotes: " + with(arguments, word, quoted.group(1)));
        }
        Matcher call = CALL.matcher(word);
        Optional<String> ours = call.matches() && !isOfVariables(arguments, word)
                ? Meant.of(call.group(1), Networks.words(kind))
                : Optional.empty();
        if (ours.isPresent()) {
            return of(arguments, "a word will do for '" + word + "': " + with(arguments, word, ours.get()));
        }
        boolean first = word.equals(arguments.words().get(0));
        if (ELEMENT.matcher(word).matches() && first && OF_ELEMENTS.contains(arguments.magic())) {
            return element(arguments, word, arguments.operands());
        }
        if (kind == Kind.LAYER && word.matches("(?s)\\[[^\\[\\]]*\\p{L}[^\\[\\]]*\\]")) {
            return of(
                    arguments,
                    "layers stand without brackets: "
                            + with(arguments, word, parted(word.substring(1, word.length() - 1))));
        }
        boolean takesMatrix = kind.accepts("Matrix");
        String variable = variable(arguments, takesMatrix ? "m" : "v");
        if (word.startsWith("new ") && word.equals(arguments.operands()) && arguments.name() != null) {
            return of(arguments, "'" + word + "' is Java; write var " + arguments.name() + " = " + word + ";");
        }
        if (takesMatrix && GRADIENT.matcher(word).matches()) {
            return of(
                    arguments,
                    "a gradient is taken out of its gradients first; write Matrix " + variable + " = "
                            + last(arguments.variables(Kind.GRADIENTS), "grads") + ".of(" + Source.string(word)
                            + "); and then " + with(arguments, word, variable));
        }
        if ((call.matches() || MEMBER.matcher(word).matches()) && !isForeign(arguments, word)) {
            String java = java(arguments, word);
            String method = method(java);
            return of(
                    arguments,
                    "'" + java + "' is " + (method.isEmpty() ? "Java" : "a call") + ", where " + kind.said()
                            + " is expected; " + method + "write "
                            + (takesMatrix ? "Matrix " : "var ") + variable + " = " + java + "; first, and then "
                            + with(arguments, word, variable));
        }
        if (word.startsWith("[") && takesMatrix) {
            return of(
                    arguments,
                    "numbers in brackets have no name here; write %matrix " + variable + " = " + word
                            + " first, and then " + with(arguments, word, variable));
        }
        if (NUMBER.matcher(word).matches() && takesMatrix) {
            return of(arguments, "numbers stand in brackets: " + with(arguments, word, "[" + word + "]"));
        }
        return of(
                arguments,
                "'" + word + "' is no variable, where " + kind.said() + " is expected, as in %" + example(arguments));
    }

    private static boolean isOfVariables(Arguments arguments, String call) {
        return Arrays.stream(call.substring(call.indexOf('(')).split("\\W+"))
                .anyMatch(arguments.variables()::containsKey);
    }

    /** What is said of a gradient, or an element, with nothing before it that it is of. */
    static MagicException element(Arguments arguments, String element, String operands) {
        boolean gradient = !arguments.magic().equals("explain") || !element.matches("(?s)(?:f|l\\d+)\\b.*");
        Kind kind = gradient ? Kind.GRADIENTS : Kind.PASS;
        List<String> words = arguments.words();
        if (words.size() == 2 && arguments.variables(Kind.OF_ELEMENTS).contains(words.get(1))) {
            return of(
                    arguments,
                    "the operands stand the other way round: " + arguments.line(words.get(1) + " " + words.get(0)));
        }
        List<String> known = arguments.variables(kind);
        String of = last(known, gradient ? "grads" : "pass");
        return of(
                arguments,
                "before " + element
                        + (gradient ? " stand the gradients that have it: " : " stands the pass that has it: ")
                        + arguments.line(of + " " + operands)
                        + (arguments.magic().equals("check") && !operands.contains("=") ? " = mine" : "")
                        + (known.size() == 1 ? "" : kind.known(known)));
    }

    /** Whether it begins with the name of nothing here, such as a module of Python's. */
    static boolean isForeign(Arguments arguments, String word) {
        Matcher root = ROOT.matcher(word);
        return root.lookingAt()
                && !arguments.variables().containsKey(root.group(1))
                && !ROOTS.contains(root.group(1))
                && Character.isLowerCase(root.group(1).charAt(0));
    }

    /** {@code if f is a method of yours, }, before a line with the call {@code f(x)}; else nothing. */
    static String method(String java) {
        Matcher call = Pattern.compile("(\\w++)\\s*+\\(.*", Pattern.DOTALL).matcher(java);
        return call.matches() ? "if " + call.group(1) + " is a method of yours, " : "";
    }

    /** Java as it must be typed: some kernels take the quotes out of what they hand over, and NumPy's is another. */
    static String java(Arguments arguments, String typed) {
        String java = typed.replaceFirst("\\.(?:T|t(?:\\(\\))?)$", ".transpose()");
        for (String name : arguments.variables(Kind.OF_ELEMENTS)) {
            java = java.replaceAll(
                    "\\b" + Pattern.quote(name) + "\\.of\\(\\s*([\\w/]+)\\s*\\)",
                    Matcher.quoteReplacement(name) + ".of(\"$1\")");
        }
        return java;
    }

    private static String last(List<String> known, String otherwise) {
        return known.isEmpty() ? otherwise : known.get(known.size() - 1);
    }

    private static String with(Arguments arguments, String word, String other) {
        return arguments.line(arguments.words().stream()
                .map(each -> each.equals(word) ? other : each)
                .collect(Collectors.joining(" ")));
    }

    /** A name that no variable has yet. */
    static String variable(Arguments arguments, String name) {
        String free = name;
        for (int i = 2; arguments.variables().containsKey(free); i++) {
            free = name + i;
        }
        return free;
    }

    private static boolean isName(String word) {
        return SourceVersion.isName(word) && !word.contains(".");
    }

    private static String example(Arguments arguments) {
        return Magics.magic(arguments.magic()).example();
    }

    private static MagicException of(Arguments arguments, String message) {
        return new MagicException("%" + arguments.magic() + ": " + message);
    }
}
