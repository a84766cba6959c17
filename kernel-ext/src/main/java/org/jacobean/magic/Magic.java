package org.jacobean.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jacobean.magic.Expansion.Use;

/**
 * One magic: what it is called, how it is written, and the Java it stands for.
 *
 * @param usage its grammar, a line each, without the percent sign
 * @param help what it does, in one line
 * @param example a line that can be typed as it stands
 * @param options that it knows besides --help, without their dashes, each with the values that it takes
 */
record Magic(
        String name, List<String> usage, String help, String example, Map<String, List<String>> options, Rule rule) {

    private static final int WIDTH = 80;

    /** From what was typed to Java. */
    interface Rule {
        Expansion expand(Arguments arguments);
    }

    /** What --help prints. */
    String manual() {
        StringBuilder manual = new StringBuilder(wrapped(help, ""));
        String before = "\n\nusage    ";
        for (String line : usage) {
            manual.append(before).append('%').append(line);
            before = "\n         ";
        }
        return manual.append("\nexample  %").append(example).toString();
    }

    /** In lines that a terminal of 80 columns shows whole, each but the first behind {@code hanging}. */
    static String wrapped(String text, String hanging) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split("(?= )")) {
            if (column + word.length() > WIDTH) {
                lines.append('\n').append(hanging).append(word.strip());
                column = hanging.length() + word.strip().length();
            } else {
                lines.append(word);
                column += word.length();
            }
        }
        return lines.toString();
    }

    /** A magic whose operands are all variables (or matrices in brackets), such as {@code layer x}. */
    static Rule call(String type, List<Kind> kinds, String said, Call call) {
        return arguments -> {
            List<String> words = arguments.words();
            if (words.size() != kinds.size()) {
                throw Instead.count(arguments, kinds, said);
            }
            Instead.requireOrder(arguments, kinds);
            List<Use> uses = new ArrayList<>();
            List<String> operands = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                operands.add(operand(arguments, words.get(i), kinds.get(i), uses));
            }
            return new Expansion(arguments.magic(), arguments.name(), type, call.of(arguments, operands), uses);
        };
    }

    /** The expression made of the operands. */
    interface Call {
        String of(Arguments arguments, List<String> operands);
    }

    /** A variable, or a matrix written in brackets; a {@code null} kind is a word as it stands. */
    static String operand(Arguments arguments, String word, Kind kind, List<Use> uses) {
        if (kind == null) {
            return Source.string(word);
        }
        if (kind == Kind.MATRIX && (word.startsWith("[") || MatrixLiteral.isPasted(word))) {
            return MatrixLiteral.source(word);
        }
        if (!Arguments.isVariable(word)) {
            throw Instead.word(arguments, word, kind);
        }
        uses.add(new Use(word, kind));
        return word;
    }
}
