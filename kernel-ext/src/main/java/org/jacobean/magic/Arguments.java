package org.jacobean.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jacobean.matrix.Spelling;
import org.jacobean.matrix.Visible;

/**
 * The text behind a magic's name, by the one grammar of all magics: {@code [options] [NAME =] operands}, where options
 * begin with {@code --}, and a last {@code ;} and a last {@code // comment} do not count.
 *
 * @param options without their dashes, each with its value, or with nothing
 * @param name the variable to declare, or null
 * @param operands what is left, as it was typed
 * @param variables the session's variables, each with its declared type
 */
record Arguments(
        String magic, Map<String, String> options, String name, String operands, Map<String, String> variables) {

    private static final Pattern COMMENT = Pattern.compile("(^|[\\s;])//.*$");
    private static final Pattern OPTION = Pattern.compile("(?:^|(?<=\\s))--([A-Za-z][\\w-]*)(?=[\\s=]|$)\\s*");
    /** Some editors make one long dash of two. */
    private static final Pattern DASHED = Pattern.compile("(?:^|(?<=\\s))[-–—]([A-Za-z]\\w*)(?=\\s|$)");

    private static final Pattern OTHER_ASSIGNMENT =
            Pattern.compile("([\\p{L}_]\\w*+)\\s*+(?::=|==|:|<-)\\s*+(.*)", Pattern.DOTALL);
    private static final Pattern PARTED_NAME =
            Pattern.compile("([\\p{L}_]\\w*+(?:\\s++[\\p{L}_]\\w*+)++)\\s*+=(?!=)\\s*+(.*)", Pattern.DOTALL);

    /** Words of a magic that are no options. */
    private static final Map<String, List<String>> PLAIN = Map.of(
            "matrix", List.of("seed", "scale"),
            "vector", List.of("seed", "scale"),
            "linear", List.of("seed"),
            "display", List.of("rows", "columns", "digits", "default"));

    private static final Pattern VALUE = Pattern.compile("\\G=?\\s*(\\S+)\\s*");
    private static final Pattern ASSIGNMENT = Pattern.compile("^([^\\s=\\[\\]]+)\\s*=(?!=)\\s*(.*)$", Pattern.DOTALL);

    /**
     * @param known the options of the magic, each with the values that it takes, which may be none
     * @throws MagicException for an option the magic does not have, or a name that no variable can have
     */
    static Arguments parse(String magic, String text, Map<String, List<String>> known, Map<String, String> variables) {
        String rest = COMMENT.matcher(text.strip()).replaceFirst("").strip();
        while (rest.endsWith(";")) {
            rest = rest.substring(0, rest.length() - 1).strip();
        }
        Map<String, String> options = new LinkedHashMap<>();
        Matcher option = OPTION.matcher(rest);
        Matcher value = VALUE.matcher(rest);
        StringBuilder without = new StringBuilder();
        int end = 0;
        while (option.find(end)) {
            String word = option.group(1);
            List<String> values = known.get(word);
            if (values == null && !word.equals("help")) {
                throw new MagicException("%" + magic + " has no option --" + word + "; it has "
                        + (known.isEmpty() ? "" : "--" + String.join(", --", known.keySet()) + " and ") + "--help"
                        + (PLAIN.getOrDefault(magic, List.of()).contains(word)
                                ? "; " + word + " stands without dashes"
                                : Spelling.nearest(word, known.keySet())
                                        .map(meant -> "; did you mean --" + meant + "?")
                                        .orElse("")));
            }
            without.append(rest, end, option.start());
            end = option.end();
            String given = "";
            if (values != null && !values.isEmpty()) {
                boolean any = value.find(end);
                given = any ? value.group(1) : "";
                if (!values.contains(given)) {
                    throw new MagicException("%" + magic + ": --" + word + " is " + String.join(" or ", values)
                            + (any ? ", not '" + given + "'" : ", and that is missing"));
                }
                end = value.end();
            }
            options.put(word, given);
            if (end == rest.length()) {
                break;
            }
        }
        rest = without.append(rest.substring(end)).toString().strip();
        Matcher dashed = DASHED.matcher(rest);
        while (dashed.find()) {
            if (known.containsKey(dashed.group(1)) || dashed.group(1).equals("help")) {
                throw new MagicException("%" + magic + ": an option begins with two dashes: --" + dashed.group(1));
            }
        }
        Matcher other = OTHER_ASSIGNMENT.matcher(rest);
        if (other.matches()) {
            String of = new Arguments(magic, options, other.group(1), "", variables).line(other.group(2));
            throw new MagicException("%" + magic + ": behind the name of a variable stands =: " + of);
        }
        Matcher parted = PARTED_NAME.matcher(rest);
        if (parted.matches() && !magic.equals("check")) {
            String joined = parted.group(1).strip().replaceAll("\\s+", "_");
            throw new MagicException("%" + magic + ": the name of a variable has no blanks: "
                    + new Arguments(magic, options, joined, "", variables).line(parted.group(2)));
        }
        Matcher assignment = ASSIGNMENT.matcher(rest);
        if (!assignment.matches()) {
            return new Arguments(magic, options, null, rest, variables);
        }
        if (assignment.group(1).matches("d[Ll]\\s*/.*")) {
            throw Instead.element(new Arguments(magic, options, null, rest, variables), assignment.group(1), rest);
        }
        return new Arguments(
                magic,
                options,
                variable(magic, assignment.group(1)),
                assignment.group(2).strip(),
                variables);
    }

    /** {@code name}, if Java can have a variable of that name. */
    static String variable(String magic, String name) {
        if (SourceVersion.isKeyword(name)) {
            throw new MagicException(
                    "%" + magic + ": " + name + " is a word of Java's own; give the variable another name");
        }
        if (!isVariable(name)) {
            throw new MagicException(
                    "%" + magic + ": '" + name + "' cannot be the name of a variable; a name begins with a"
                            + " letter and goes on with letters, digits and _");
        }
        return name;
    }

    /** Whether Java can have a variable of that name; what does not show in it the compiler would leave out. */
    static boolean isVariable(String name) {
        return SourceVersion.isIdentifier(name)
                && !SourceVersion.isKeyword(name)
                && Visible.of(name).equals(name)
                && name.codePoints().noneMatch(Character::isIdentifierIgnorable);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The variables that are surely of these kinds, by name, in the order of their declaration. */
    List<String> variables(Kind kind) {
        return variables.entrySet().stream()
                .filter(variable ->
                        kind.proposes(variable.getValue()) && !variable.getKey().startsWith("$"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What was given behind an option. */
    String value(String option) {
        return options.get(option);
    }

    /** The line as it could be typed with other operands. */
    String line(String other) {
        StringBuilder line = new StringBuilder("%").append(magic);
        options.forEach((option, value) -> line.append(" --")
                .append(option)
                .append(value.isEmpty() ? "" : " ")
                .append(value));
        return line.append(name == null ? " " : " " + name + " = ")
                .append(other)
                .toString();
    }

    /** The operands parted at blanks, where a literal in brackets is one of them, and so is a call of Java. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        for (char c : operands.toCharArray()) {
            depth += "[(".indexOf(c) >= 0 ? 1 : "])".indexOf(c) >= 0 ? -1 : 0;
            if (Character.isWhitespace(c) && depth <= 0 && !word.toString().equals("new")) {
                add(words, word);
            } else {
                // "pass[1 2]" would be an element's name; "pass [1 2]" is an operand and a literal.
                word.append(c);
            }
        }
        add(words, word);
        return words;
    }

    private static void add(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
