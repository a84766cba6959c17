package org.jacobean.magic;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jacobean.matrix.Matrix;

/** What stands right of {@code %matrix NAME =}: numbers, a recipe such as {@code normal 784x50 seed 42}, or a file. */
final class MatrixLiteral {

    /** Numbers that Java reads as they are typed, and as the same number: no leading zero, no int out of range, no −0. */
    private static final Pattern JAVA_NUMBER =
            Pattern.compile("(?!-0$)-?(0|[1-9]\\d{0,8})(\\.\\d+)?([eE][+-]?\\d{1,3})?");

    private static final int LONGEST_ROW_CALL = 50;
    private static final String SEPARATORS = "[\\s\\u00a0,]+";
    private static final int LONGEST_BODY = 2_000_000;
    private static final Pattern SHAPE = Pattern.compile("(\\S+?)\\s*[x×]\\s*(\\S+)");

    private static final Pattern RECIPE_OPTION = Pattern.compile("\\s+(seed|scale)\\b(?:(?:\\s*=\\s*|\\s+)(\\S+))?");

    private static final Pattern DRAWN = Pattern.compile("(\\S+?)\\s*[x×]\\s*(\\S+)(\\s+seed(?:\\s+(\\S+))?)?");

    private static final Pattern PASTED =
            Pattern.compile("(?:\\w+\\.)?(?:array|tensor|matrix)\\s*\\(|Parameter containing");

    static final List<String> RECIPES = List.of("normal", "uniform", "zeros", "ones", "identity");

    private MatrixLiteral() {}

    /** The Java for a matrix written as {@code %matrix} takes it. */
    static Expansion matrix(Arguments arguments) {
        return expansion(arguments, value(arguments, false));
    }

    /** The Java for a vector: one row. */
    static Expansion vector(Arguments arguments) {
        return expansion(arguments, value(arguments, true));
    }

    /** The Java for the body of {@code %%matrix}: one row a line. */
    static Expansion cell(Arguments arguments, String body) {
        if (!arguments.operands().isEmpty() && arguments.name() != null) {
            throw new MagicException("%%matrix takes only a name, and the rows below it; for one line write %matrix "
                    + arguments.name() + " = " + arguments.operands());
        }
        String name = arguments.name() != null
                ? arguments.name()
                : arguments.operands().isEmpty() ? null : Arguments.variable("matrix", arguments.operands());
        if (body.length() > LONGEST_BODY) {
            throw new MagicException(String.format(
                    Locale.ROOT,
                    "%%%%matrix: the cell has %,d characters, and %,d is the most;"
                            + " put the numbers into a file and write %%matrix %s = csv FILE",
                    body.length(),
                    LONGEST_BODY,
                    name == null ? "w" : name));
        }
        String source = "Matrix.parse(" + Source.rows(rows(PastedRows.of(body))) + ")";
        return expansion(new Arguments("matrix", arguments.options(), name, "", arguments.variables()), source);
    }

    /** Whether it begins as what NumPy and PyTorch print. */
    static boolean isPasted(String text) {
        return PASTED.matcher(text).lookingAt();
    }

    /** A matrix in brackets, as an operand: {@code [1 2 3]}. */
    static String source(String literal) {
        Matrix parsed = Matrix.parse(literal);
        String inside = literal.strip()
                .replaceFirst("^\\[", "")
                .replaceFirst("\\]$", "")
                .strip();
        return parsed.rows() == 1 && !inside.startsWith("[") ? row(inside) : parse(literal);
    }

    /** A layer whose weights are drawn, {@code he 784x50 seed 1}: {@code Linear.he(784, 50, 1)}. */
    static String drawn(String kind, Arguments arguments) {
        String rest = arguments.operands().substring(kind.length()).strip();
        Matcher form = DRAWN.matcher(rest);
        InsteadOfNumbers.requireSizes(arguments, kind, rest);
        if (!form.matches()) {
            throw new MagicException(
                    "%linear: " + kind + " takes inputs x outputs, and a seed if you like, as in %linear layer = "
                            + kind + " 784x50 seed 1" + (rest.isEmpty() ? "" : ", not '" + rest + "'"));
        }
        long inputs = whole("%linear", "number of inputs", form.group(1));
        long outputs = whole("%linear", "number of outputs", form.group(2));
        Matrix.checkSize(inputs, outputs);
        long seed = form.group(3) == null ? 0 : whole("%linear", "seed", form.group(4));
        return "Linear." + kind + "(" + inputs + ", " + outputs + ", " + literal(seed) + ")";
    }

    private static String literal(long number) {
        return number + (number == (int) number ? "" : "L");
    }

    private static Expansion expansion(Arguments arguments, String source) {
        String named = arguments.name() == null ? source : source + ".named(" + Source.string(arguments.name()) + ")";
        return new Expansion(arguments.magic(), arguments.name(), "Matrix", named, List.of());
    }

    /** A line magic ends with its line; what was pasted may go on in the next. */
    private static void requireClosed(Arguments arguments) {
        int open = 0;
        for (char c : arguments.operands().toCharArray()) {
            open += "[(".indexOf(c) >= 0 ? 1 : "])".indexOf(c) >= 0 ? -1 : 0;
        }
        if (open > 0 && arguments.operands().matches("(?s).*[\\[,(]\\s*|.*],?\\s*")) {
            throw new MagicException("%" + arguments.magic() + ": a bracket is not closed in this line; what goes over"
                    + " several lines stands below %%matrix " + (arguments.name() == null ? "w" : arguments.name()));
        }
    }

    private static String value(Arguments arguments, boolean vector) {
        List<String> words = Arrays.asList(arguments.operands().split("\\s+"));
        String magic = "%" + arguments.magic();
        String rest = arguments.operands().substring(words.get(0).length()).strip();
        if (vector && (words.get(0).equals("csv") || words.get(0).equals("identity"))) {
            throw new MagicException(magic + ": a vector has one row; write %matrix "
                    + (arguments.name() == null ? "" : arguments.name() + " = ") + arguments.operands());
        }
        switch (words.get(0)) {
            case "csv" -> {
                if (rest.isEmpty()) {
                    throw new MagicException(magic + " csv needs the path of a file, such as csv data/w.csv");
                }
                return "Tables.readMatrix(" + Source.string(unquoted(rest)) + ")";
            }
            case "normal", "uniform", "zeros", "ones", "identity" -> {
                return recipe(arguments, words.get(0), rest, vector);
            }
            default -> {
                InsteadOfNumbers.require(arguments, vector);
                requireClosed(arguments);
                Matrix parsed = Matrix.parse(arguments.operands());
                if (!vector) {
                    return parse(arguments.operands());
                }
                if (parsed.rows() != 1) {
                    throw new MagicException(magic + ": a vector has one row, and this has " + parsed.rows()
                            + "; write %matrix"
                            + arguments.line(arguments.operands()).substring(magic.length())
                            + (parsed.columns() == 1
                                    ? ", or for one row "
                                            + arguments.line(
                                                    arguments.operands().replaceAll("\\s*;\\s*", " "))
                                    : ""));
                }
                return arguments.operands().startsWith("[") ? source(arguments.operands()) : row(arguments.operands());
            }
        }
    }

    /** {@code 784x50 seed 42 scale 0.05} behind {@code normal}. */
    private static String recipe(Arguments arguments, String kind, String rest, boolean vector) {
        String magic = "%" + arguments.magic();
        boolean random = kind.equals("normal") || kind.equals("uniform");
        long seed = 0;
        String scale = null;
        Matcher option = RECIPE_OPTION.matcher(rest);
        int start = option.find() ? option.start() : rest.length();
        String written = rest.substring(0, start);
        if (!vector && !kind.equals("identity")) {
            InsteadOfNumbers.requireSizes(arguments, kind, rest);
        }
        InsteadOfNumbers.requireOptions(arguments, kind, written, random);
        option.region(start, rest.length());
        int end = start;
        while (option.lookingAt()) {
            String value = option.group(2);
            if (option.group(1).equals("seed")) {
                seed = whole(magic, "seed", value);
                if (!random) {
                    throw new MagicException(magic + ": " + kind + " is not random and takes no seed");
                }
            } else {
                scale = scale(magic, value);
            }
            end = option.end();
            option.region(end, rest.length());
        }
        if (end < rest.length()) {
            throw InsteadOfNumbers.option(
                    arguments,
                    kind + " " + rest.substring(0, end),
                    rest.substring(end).strip(),
                    random);
        }
        String sizes = sizes(arguments, kind, written, vector);
        String made = "Matrix." + kind + "(" + sizes + (random ? ", " + literal(seed) : "") + ")";
        return scale == null ? made : made + ".scale(" + scale + ")";
    }

    private static String sizes(Arguments arguments, String kind, String written, boolean vector) {
        String magic = "%" + arguments.magic();
        Matcher shape = SHAPE.matcher(written);
        boolean twoNumbers = shape.matches();
        boolean identity = kind.equals("identity");
        String example = arguments.line(kind + (identity || vector ? " 3" : " 3x2"));
        if (identity || vector) {
            if (twoNumbers || written.isEmpty()) {
                throw new MagicException(magic + ": " + kind + " takes one number here, as in " + example
                        + (written.isEmpty() ? "" : ", not '" + written + "'"));
            }
            long n = whole(magic, "size", written);
            Matrix.checkSize(identity ? n : 1, n);
            return identity ? "" + n : "1, " + n;
        }
        if (!twoNumbers) {
            throw new MagicException(magic + ": " + kind + " takes rows x columns, as in " + example
                    + (written.isEmpty() ? "" : ", not '" + written + "'"));
        }
        long rows = whole(magic, "number of rows", shape.group(1));
        long columns = whole(magic, "number of columns", shape.group(2));
        Matrix.checkSize(rows, columns);
        return rows + ", " + columns;
    }

    private static long whole(String magic, String what, String word) {
        try {
            return new BigDecimal(word == null ? "" : word).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new MagicException(
                    magic + ": the " + what + " is a whole number, not '" + (word == null ? "" : word) + "'");
        }
    }

    private static String scale(String magic, String word) {
        if (word == null) {
            throw new MagicException(magic + ": scale needs a number, such as scale 0.05");
        }
        Matrix number;
        try {
            number = Matrix.parse(word);
        } catch (IllegalArgumentException e) {
            throw new MagicException(magic + ": scale takes a number, such as scale 0.05, not '" + word + "'");
        }
        double value = number.get(0, 0);
        if (number.rows() * number.columns() != 1 || !Double.isFinite(value)) {
            throw new MagicException(magic + ": scale needs one finite number, such as scale 0.05, not '" + word + "'");
        }
        return isJava(word) ? word : Double.toString(value);
    }

    private static String row(String numbers) {
        String[] words = numbers.strip().split("[\\s,]+");
        boolean plain = words.length <= LONGEST_ROW_CALL && Arrays.stream(words).allMatch(MatrixLiteral::isJava);
        if (!plain) {
            return parse(numbers);
        }
        // Matrix.row(2) is not a vector but the third row of something.
        boolean oneInt = words.length == 1 && words[0].matches("-?\\d+");
        return "Matrix.row(" + String.join(", ", words) + (oneInt ? ".0)" : ")");
    }

    /** A number too small for a double is 0 to us, and an error to Java. */
    private static boolean isJava(String word) {
        return JAVA_NUMBER.matcher(word).matches() && (Double.parseDouble(word) != 0 || word.matches("[-0.]+"));
    }

    private static String parse(String text) {
        boolean fitsAsTyped = text.length() <= Source.LONGEST_CONSTANT;
        return "Matrix.parse(" + (fitsAsTyped ? Source.string(text) : Source.rows(rows(text))) + ")";
    }

    /** The rows as they were typed, without comments and with single blanks; brackets are resolved. */
    private static List<String> rows(String text) {
        Matrix parsed = Matrix.parse(text);
        if (!text.contains("[")) {
            return Arrays.stream(text.replaceAll("#[^\r\n]*", "").split("[;\r\n]"))
                    .map(row -> row.replaceAll(SEPARATORS, " ").strip())
                    .filter(row -> !row.isEmpty())
                    .toList();
        }
        return IntStream.range(0, parsed.rows())
                .mapToObj(i -> parsed.row(i).stream().mapToObj(Double::toString).collect(Collectors.joining(" ")))
                .toList();
    }

    private static String unquoted(String path) {
        boolean quoted = path.length() > 1 && path.startsWith("\"") && path.endsWith("\"");
        return quoted ? path.substring(1, path.length() - 1) : path;
    }
}
