package org.jacobean.magic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a cell in which a semicolon may stand between numbers, as spreadsheets write it where the comma is the
 * decimal point, or between rows, as in {@code 1 2; 3 4}.
 */
final class PastedRows {

    private static final Pattern LINE_END = Pattern.compile("\r\n?|\n");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+\u2212]?\\d*,\\d+(?:[eE][-+]?\\d+)?");

    private PastedRows() {}

    /**
     * The text with a comma for each semicolon that stands between two numbers of a row: in lines of single numbers, where
     * every other line has as many, or is of that form too.
     *
     * @throws MagicException where a line may be one row or several, saying how to write either
     */
    static String of(String text) {
        if (text.indexOf(';') < 0 || text.indexOf('[') >= 0) {
            return text;
        }
        String[] lines = LINE_END.split(text, -1);
        List<String> rows = new ArrayList<>();
        int parted = -1;
        boolean others = false;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("#.*", "").strip().replaceFirst("\\s*;$", "");
            if (line.isEmpty()) {
                continue;
            }
            String[] numbers = line.split("\\s*;\\s*", -1);
            if (numbers.length > 1 && Arrays.stream(numbers).allMatch(PastedRows::isOne)) {
                if (line.indexOf(',') >= 0) {
                    throw decimal(i, line, numbers[0]);
                }
                parted = parted < 0 ? i : parted;
                rows.add(String.join(", ", numbers));
            } else {
                others = true;
                rows.add(line);
            }
        }
        if (parted < 0) {
            return text;
        }
        boolean asMany = rows.stream()
                        .map(row -> row.split("[\\s,;]+").length)
                        .distinct()
                        .count()
                == 1;
        if (rows.size() == 1 || others && (!asMany || rows.stream().anyMatch(row -> row.indexOf(';') >= 0))) {
            throw either(parted, lines[parted].strip());
        }
        return String.join("\n", rows);
    }

    /** One number, with a decimal comma perhaps, or nothing where one is missing. */
    private static boolean isOne(String number) {
        return number.chars().noneMatch(c -> Character.isWhitespace(c) || c == ',')
                || DECIMAL_COMMA.matcher(number).matches();
    }

    private static MagicException either(int line, String text) {
        return new MagicException("%%matrix: line " + (line + 1) + " may be one row or several: '" + text
                + "'; write " + text.replaceFirst("\\s*;$", "").replaceAll("\\s*;\\s*", " ")
                + " for one row, and for several a line each");
    }

    private static MagicException decimal(int line, String text, String number) {
        return new MagicException("%%matrix: line " + (line + 1) + " may hold decimal commas: '" + text + "'; write "
                + text.replace(',', '.').replaceAll("\\s*;\\s*", " ")
                + " for one row, and for several a line each, such as "
                + number.replace(",", " "));
    }
}
