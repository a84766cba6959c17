package org.jacobean.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a matrix is written: {@link Matrix#parse} and {@link Matrix#toString}. */
final class MatrixText {

    private static final int WHOLE_UP_TO = 10_000;
    private static final Pattern SHAPE = Pattern.compile("\\s*+([\\d,]++) × ([\\d,]++) (?=\\[)");
    /** {@code array([[1., 2.], [3., 4.]])} of NumPy, {@code tensor([1., 2.], requires_grad=True)} of PyTorch. */
    private static final Pattern PASTED =
            Pattern.compile("\\s*+(?:Parameter containing:\\s*+)?(?:\\w++\\.)?((?:array|tensor|matrix)\\s*+\\()");

    private static final Pattern KEYWORD = Pattern.compile(",\\s*+[a-z_]++\\s*+=");
    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final char MINUS_SIGN = '\u2212';
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d++\\.?\\d*+|\\.\\d++)(?:e[+-]?\\d++)?");

    private MatrixText() {}

    // Printing

    static String print(Matrix matrix) {
        boolean whole = (long) matrix.rows() * matrix.columns() <= WHOLE_UP_TO;
        int rows = whole ? matrix.rows() : Math.min(matrix.rows(), 2);
        int columns = whole ? matrix.columns() : Math.min(matrix.columns(), 3);
        StringBuilder text = new StringBuilder(matrix.shape()).append(" [");
        for (int i = 0; i < rows; i++) {
            text.append(i == 0 ? "" : "; ");
            for (int j = 0; j < columns; j++) {
                text.append(j == 0 ? "" : " ").append(print(matrix.get(i, j)));
            }
            text.append(columns < matrix.columns() ? " …" : "");
        }
        return text.append(rows < matrix.rows() ? "; …]" : "]").toString();
    }

    /** As Java writes it, without the ".0" of a whole number. */
    static String print(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    // Parsing

    static Matrix parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        boolean stated = shape.lookingAt();
        Matrix matrix = new Reader(stated ? text.substring(shape.end()) : unwrapped(text)).matrix();
        if (stated) {
            String found = shape.group(1) + " × " + shape.group(2);
            if (!found.replace(",", "").equals(matrix.rows() + " × " + matrix.columns())) {
                throw new IllegalArgumentException(
                        "the text says " + Visible.quoted(found) + ", but what follows is " + matrix.shape());
            }
        }
        return matrix;
    }

    /** Without the name before what NumPy and PyTorch print, and without what they say behind the numbers. */
    private static String unwrapped(String text) {
        Matcher pasted = PASTED.matcher(text);
        if (!pasted.lookingAt()) {
            return text;
        }
        String rest = text.substring(pasted.end()).stripTrailing();
        if (!rest.endsWith(")")) {
            throw new IllegalArgumentException(pasted.group(1) + " is never closed; behind its last number stands a )");
        }
        int bracket = rest.lastIndexOf(']') + 1;
        Matcher said = KEYWORD.matcher(rest);
        return rest.substring(0, said.find(bracket) ? said.start() : rest.length() - 1);
    }

    static String ragged(int row, int entries, int expected) {
        return "row " + row + " has " + count(entries, "entry", "entries") + ", row 1 has " + expected
                + "; every row of a matrix has as many entries as the first";
    }

    private static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** One pass over the characters; rows and entries are counted from 1, as a person would. */
    private static final class Reader {

        private final String text;
        private final List<double[]> rows = new ArrayList<>();
        private double[] row = new double[8];
        private int entries;
        /** How many brackets are open: in [[1, 2], [3, 4]] an inner one is a row. */
        private int depth;

        private boolean nested;
        private boolean closed;
        /** How many rows there were when the last bracket was opened. */
        private int before;
        /** The comma or tab since the last entry, or 0; a second one means that an entry was left out. */
        private char separator;

        /** Where the entry before begins and ends. */
        private int start;

        private int end;
        /** The first two entries of this row with nothing but a comma between, and what number the first of them is. */
        private String tight;

        private int tightEntry;
        /** Whether two entries of this row have no comma between. */
        private boolean spaced;

        Reader(String text) {
            this.text = text;
        }

        Matrix matrix() {
            int at = 0;
            for (int k = 0; at < text.length(); k++) {
                Parts.stopIfInterrupted(k);
                char c = text.charAt(at);
                int next = at + 1;
                switch (c) {
                    case '#' -> next = endOfLine(at);
                    case '\n', '\r' -> endLine();
                    case ';' -> endRow();
                    case '[' -> open();
                    case ']' -> close();
                    case ',', '\t' -> separate(c);
                    default -> {
                        if (!isBlank(c)) {
                            next = endOfWord(at);
                            decimalComma(at, next);
                            entry(text.substring(at, next));
                        }
                    }
                }
                at = next;
            }
            endRow();
            if (depth > 0) {
                throw new IllegalArgumentException("a bracket [ is never closed; every [ needs its ]");
            }
            return build();
        }

        private int endOfLine(int at) {
            int end = at;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            return end;
        }

        private int endOfWord(int at) {
            int end = at + 1;
            while (end < text.length() && !isBlank(text.charAt(end)) && ",;[]#".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            return end;
        }

        private static boolean isBlank(char c) {
            return Character.isWhitespace(c) || c == NO_BREAK_SPACE;
        }

        private void open() {
            if (depth == 2 || closed || entries > 0 || !nested && !rows.isEmpty()) {
                throw new IllegalArgumentException(
                        where() + "a bracket [ cannot stand here; write [[1, 2], [3, 4]] or [1 2; 3 4]");
            }
            depth++;
            nested = depth == 2;
            before = rows.size();
            separator = 0;
        }

        private void close() {
            if (depth == 0) {
                throw new IllegalArgumentException(where() + "this bracket ] was never opened");
            }
            endRow();
            if (depth == 2 && rows.size() == before) {
                throw new IllegalArgumentException(where() + "the brackets [] are empty; a row has at least one entry");
            }
            depth--;
            closed = depth == 0;
        }

        private void separate(char c) {
            if (c == '\t' && separator == ',') {
                return; // a blank after the comma
            }
            boolean betweenRows = nested && depth == 1 || closed;
            if (!betweenRows && (separator == c || c == ',' && entries == 0)) {
                throw new IllegalArgumentException(where() + "the entry is empty; write nan for a missing number");
            }
            if (entries > 0) {
                separator = c;
            }
        }

        private void entry(String word) {
            if (closed || nested && depth == 1) {
                throw new IllegalArgumentException(
                        where() + "'" + Visible.quoted(word) + "' stands behind the closing bracket ]");
            }
            if (entries == row.length) {
                row = Arrays.copyOf(row, 2 * entries);
            }
            row[entries] = number(word);
            entries++;
            separator = 0;
        }

        /** Where both occur in a row, {@code 1,5 2,5} may be four numbers, or two of somebody who writes 1.5 as 1,5. */
        private void decimalComma(int nextStart, int nextEnd) {
            if (entries > 0) {
                String between = text.substring(end, nextStart);
                if (between.equals(",") && tight == null) {
                    tight = text.substring(start, nextEnd);
                    tightEntry = entries;
                }
                spaced |= between.indexOf(',') < 0;
                if (tight != null && spaced) {
                    throw new IllegalArgumentException(where(tightEntry) + "'" + Visible.quoted(tight)
                            + "' may be one number or two;"
                            + " write 1.5 for 1,5, or part all entries of the row alike");
                }
            }
            start = nextStart;
            end = nextEnd;
        }

        /** A line's end ends a row, but not inside an inner bracket, nor after a comma inside an outer one. */
        private void endLine() {
            if (depth == 0 || depth == 1 && separator != ',') {
                endRow();
            }
        }

        private void endRow() {
            if (entries > 0) {
                if (!rows.isEmpty() && rows.get(0).length != entries) {
                    throw new IllegalArgumentException(ragged(rows.size() + 1, entries, rows.get(0).length));
                }
                rows.add(Arrays.copyOf(row, entries));
                entries = 0;
                tight = null;
                spaced = false;
            }
            separator = 0;
        }

        private Matrix build() {
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("a matrix needs at least one number, such as 0.1 0.2; 0.3 0.4");
            }
            int columns = rows.get(0).length;
            Matrix.checkSize(rows.size(), columns);
            double[] all = new double[rows.size() * columns];
            for (int i = 0; i < rows.size(); i++) {
                Parts.stopIfInterrupted(i);
                System.arraycopy(rows.get(i), 0, all, i * columns, columns);
            }
            return Matrix.wrap(rows.size(), columns, all);
        }

        private String where() {
            return where(entries + 1);
        }

        private String where(int entry) {
            return "row " + (rows.size() + 1) + ", entry " + entry + ": ";
        }

        private double number(String word) {
            int slash = word.indexOf('/');
            if (slash < 0) {
                return number(word, word);
            }
            double divisor = number(word.substring(slash + 1), word);
            if (divisor == 0) {
                throw new IllegalArgumentException(
                        where() + "'" + Visible.quoted(word) + "' divides by zero; write inf or nan if you mean it");
            }
            double dividend = number(word.substring(0, slash), word);
            return Double.isInfinite(dividend) ? dividend / divisor : finite(dividend / divisor, word);
        }

        /** {@code part} is all of {@code word}, or one side of its slash. */
        private double number(String part, String word) {
            String ascii = part.replace(MINUS_SIGN, '-').replace("∞", "inf").toLowerCase(Locale.ROOT);
            switch (ascii) {
                case "nan":
                    return Double.NaN;
                case "inf", "+inf", "infinity", "+infinity":
                    return Double.POSITIVE_INFINITY;
                case "-inf", "-infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
            }
            if (word.contains("…") || word.equals("...")) {
                throw new IllegalArgumentException(where() + "'" + Visible.quoted(word)
                        + "' stands for numbers that were left out:"
                        + " this is the shortened text of a larger matrix, and cannot be read back");
            }
            if ("{(".indexOf(word.charAt(0)) >= 0) {
                throw new IllegalArgumentException(where() + "'" + Visible.quoted(word)
                        + "' is not a number; rows stand in brackets [ ], as in [[1, 2], [3, 4]]");
            }
            if (!NUMBER.matcher(ascii).matches()) {
                throw new IllegalArgumentException(where() + "'" + Visible.quoted(word)
                        + "' is not a number; write numbers such as 0.5, -2e-3, 1/3, nan or inf");
            }
            return finite(Double.parseDouble(ascii), word);
        }

        private double finite(double value, String word) {
            if (Double.isInfinite(value)) {
                throw new IllegalArgumentException(where() + "'" + Visible.quoted(word)
                        + "' is beyond the largest double, 1.8e308; write inf if you mean it");
            }
            return value;
        }
    }
}
