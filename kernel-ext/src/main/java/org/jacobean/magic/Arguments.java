package org.jacobean.magic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * The text behind a magic's name, by the one grammar of all magics: {@code [options] [NAME =] operands}, where options
 * begin with {@code --}, and a last {@code ;} and a last {@code // comment} do not count.
 *
 * @param options without their dashes
 * @param name the variable to declare, or null
 * @param operands what is left, as it was typed
 */
record Arguments(String magic, Set<String> options, String name, String operands) {

    private static final Pattern COMMENT = Pattern.compile("(^|[\\s;])//.*$");
    private static final Pattern OPTION = Pattern.compile("(?:^|(?<=\\s))--([A-Za-z][\\w-]*)(?=\\s|$)\\s*");
    private static final Pattern ASSIGNMENT = Pattern.compile("^([^\\s=\\[\\]]+)\\s*=(?!=)\\s*(.*)$", Pattern.DOTALL);

    /** @throws MagicException for an option the magic does not have, or a name that no variable can have */
    static Arguments parse(String magic, String text, Set<String> known) {
        String rest = COMMENT.matcher(text.strip()).replaceFirst("").strip();
        while (rest.endsWith(";")) {
            rest = rest.substring(0, rest.length() - 1).strip();
        }
        Set<String> options = new LinkedHashSet<>();
        Matcher option = OPTION.matcher(rest);
        StringBuilder without = new StringBuilder();
        while (option.find()) {
            options.add(option.group(1));
            option.appendReplacement(without, "");
        }
        rest = option.appendTail(without).toString().strip();
        for (String word : options) {
            if (!known.contains(word) && !word.equals("help")) {
                throw new MagicException("%" + magic + " has no option --" + word + "; it has "
                        + (known.isEmpty() ? "" : "--" + String.join(", --", known) + " and ") + "--help");
            }
        }
        Matcher assignment = ASSIGNMENT.matcher(rest);
        if (!assignment.matches()) {
            return new Arguments(magic, options, null, rest);
        }
        return new Arguments(
                magic,
                options,
                variable(magic, assignment.group(1)),
                assignment.group(2).strip());
    }

    /** {@code name}, if Java can have a variable of that name. */
    static String variable(String magic, String name) {
        if (SourceVersion.isKeyword(name)) {
            throw new MagicException(
                    "%" + magic + ": " + name + " is a word of Java's own; give the variable another name");
        }
        if (!SourceVersion.isIdentifier(name)) {
            throw new MagicException(
                    "%" + magic + ": '" + name + "' cannot be the name of a variable; a name begins with a"
                            + " letter and goes on with letters, digits and _");
        }
        return name;
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** The operands parted at blanks, where a literal in brackets is one of them. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        for (char c : operands.toCharArray()) {
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (Character.isWhitespace(c) && depth <= 0) {
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
