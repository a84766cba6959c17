package org.jacobean.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jacobean.explain.Confusion;
import org.jacobean.explain.Contributions;
import org.jacobean.explain.Diagnosis;
import org.jacobean.explain.Flow;
import org.jacobean.explain.GradientCheck;
import org.jacobean.explain.Inventory;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Jacobian;
import org.jacobean.layer.Layer;
import org.jacobean.layer.LossPass;
import org.jacobean.layer.Network;
import org.jacobean.layer.NetworkGradients;
import org.jacobean.layer.NetworkPass;
import org.jacobean.matrix.Interrupts;
import org.jacobean.matrix.Matrix;
import org.jacobean.matrix.Visible;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Tablesaw tables of our values ({@link #of}, {@link #tidy}), and matrices from tables ({@link #matrix}, {@link
 * #readMatrix}).
 */
public final class Tables {

    private static final Pattern ONE_WORD = Pattern.compile("[^\\s\u00a0,;\\[\\]#]+");

    private static final Pattern RAGGED =
            Pattern.compile("Row number (\\d+) contains (\\d+) columns\\. (\\d+) expected");

    /** Tablesaw compares each new column's name with all before it: five thousand take it a second. */
    private static final int MOST_COLUMNS = 5000;

    static {
        Tablesaw.await();
    }

    private Tables() {}

    // To a table

    /**
     * The matrix as it stands: a column {@code row} with each row's label, and a column of numbers for each column of the
     * matrix, that is for each neuron where the matrix is weights. The table has the matrix's name.
     *
     * @throws IllegalArgumentException for more than 5,000 columns
     */
    public static Table of(Matrix matrix) {
        if (matrix.columns() > MOST_COLUMNS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has %,d columns, and Tablesaw copes with some %,d; transpose it, or take a part of it",
                    matrix.label("the matrix"),
                    matrix.columns(),
                    MOST_COLUMNS));
        }
        Labels labels = Labels.of(matrix);
        StringColumn rows = StringColumn.create("row");
        for (int i = 0; i < matrix.rows(); i++) {
            Interrupts.check("the table");
            rows.append(labels.row(i));
        }
        Table table = Table.create(matrix.label("matrix"), rows);
        for (int j = 0; j < matrix.columns(); j++) {
            double[] values = new double[matrix.rows()];
            for (int i = 0; i < values.length; i++) {
                Interrupts.check("the table");
                values[i] = matrix.get(i, j);
            }
            table.addColumns(DoubleColumn.create(labels.column(j), values));
        }
        return table;
    }

    /** df/dv as it stands: a row for each output, a column for each element of v. */
    public static Table of(Jacobian jacobian) {
        Labels f = Labels.of(jacobian.pass().output());
        Matrix v = jacobian.pass().of(jacobian.role());
        Labels elements = Labels.of(v.named(v.label(jacobian.role())));
        Table table = of(jacobian.matrix());
        for (int j = 0; j < jacobian.matrix().rows(); j++) {
            table.stringColumn("row").set(j, f.element(0, j));
        }
        for (int k = 0; k < jacobian.matrix().columns(); k++) {
            Interrupts.check("the table");
            table.column(k + 1).setName(elements.element(k / v.columns(), k % v.columns()));
        }
        return table;
    }

    /**
     * One row for each element: its name, the right number, the supplied one, and the absolute and the relative error; the
     * worst first, and of more than 10,000 the worst 10,000.
     *
     * @throws IllegalArgumentException when the supplied matrix has not the gradient's shape
     */
    public static Table of(Diagnosis diagnosis) {
        return ErrorTable.of(diagnosis);
    }

    /** f, what the pass put out. */
    public static Table of(Forward pass) {
        return of(pass.output());
    }

    /** The layer's parameters, one row for each element: see {@link #tidy}. */
    public static Table of(Layer layer) {
        return tidy(layer.toString(), layer.parameters(), Map.of());
    }

    /** The same as {@link #tidy}. */
    public static Table of(Gradients grads) {
        return tidy(grads);
    }

    /**
     * One row for each element of x and of each parameter: {@code of} (the variable's name), {@code row} and
     * {@code column} (counted from 1, as in {@code w[1,2]}), its {@code value} and its {@code gradient}.
     */
    public static Table tidy(Gradients grads) {
        return tidy("gradients", grads.pass().operands(), grads.all());
    }

    /** The network's parameters, one row for each element: see {@link #tidy}. */
    public static Table of(Network network) {
        return tidy("network", network.parameters(), Map.of());
    }

    /** f, what the network put out. */
    public static Table of(NetworkPass pass) {
        return of(pass.output());
    }

    /** One row for each element of x and of every parameter, by its name in the network: see {@link #tidy}. */
    public static Table of(NetworkGradients grads) {
        Map<String, Matrix> operands = new LinkedHashMap<>();
        operands.put("x", grads.pass().input());
        operands.putAll(grads.pass().network().parameters());
        return tidy("gradients", operands, grads.all());
    }

    /** dL/df as it stands. */
    public static Table of(LossPass loss) {
        return of(loss.gradient());
    }

    /**
     * One row for each element that was checked, the worst first: {@code element}, {@code analytic}, {@code numeric},
     * {@code absolute}, {@code relative} and {@code verdict}.
     */
    public static Table of(GradientCheck check) {
        return Explained.of(check);
    }

    /**
     * One row for each row of the batch, counted from 1: {@code row}, {@code share} and {@code running sum}; of a whole
     * gradient also {@code norm}.
     */
    public static Table of(Contributions contributions) {
        return Explained.of(contributions);
    }

    /**
     * One row for each place on the way: {@code place}, {@code direction} (forward or back), {@code layer} (its number,
     * missing for x and dL/df), {@code of}, {@code rows}, {@code columns}, {@code mean}, {@code deviation}, {@code zeros} (a
     * fraction), {@code NaN} and {@code infinite} (how many), {@code largest}, and whether NaN or ∞ {@code begins} there.
     */
    public static Table of(Flow flow) {
        return Explained.of(flow);
    }

    /**
     * One row for each class: its number, {@code class}, and a column for each class that was predicted, {@code 0}, {@code
     * 1} and so on, with how many rows; and {@code none}, if there are rows without a prediction.
     *
     * @throws IllegalArgumentException for more than 5,000 classes
     */
    public static Table of(Confusion confusion) {
        if (confusion.classes() > MOST_COLUMNS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "there are %,d classes, and Tablesaw copes with some %,d columns",
                    confusion.classes(),
                    MOST_COLUMNS));
        }
        return Explained.of(confusion);
    }

    private static Table tidy(String name, Map<String, Matrix> operands, Map<String, Matrix> gradients) {
        StringColumn of = StringColumn.create("of");
        IntColumn row = IntColumn.create("row");
        IntColumn column = IntColumn.create("column");
        DoubleColumn value = DoubleColumn.create("value");
        DoubleColumn gradient = DoubleColumn.create("gradient");
        operands.forEach((role, operand) -> {
            Matrix its = gradients.get(role);
            for (int i = 0; i < operand.rows(); i++) {
                for (int j = 0; j < operand.columns(); j++) {
                    Interrupts.check("the table");
                    of.append(operand.label(role));
                    row.append(i + 1);
                    column.append(j + 1);
                    value.append(operand.get(i, j));
                    if (its != null) {
                        gradient.append(its.get(i, j));
                    }
                }
            }
        });
        Table table = Table.create(name, of, row, column, value);
        return gradients.isEmpty() ? table : table.addColumns(gradient);
    }

    /**
     * One row for each value: {@code name}, {@code kind}, {@code shape}, {@code bytes} of its own, the variables it was
     * {@code made from}, and why it is {@code stale}, empty where it is not.
     */
    public static Table of(Inventory inventory) {
        StringColumn name = StringColumn.create("name");
        StringColumn kind = StringColumn.create("kind");
        StringColumn shape = StringColumn.create("shape");
        LongColumn bytes = LongColumn.create("bytes");
        StringColumn madeFrom = StringColumn.create("made from");
        StringColumn stale = StringColumn.create("stale");
        inventory.entries().forEach(entry -> {
            name.append(entry.name());
            kind.append(entry.kind());
            shape.append(entry.shape());
            bytes.append(entry.bytes());
            madeFrom.append(String.join(", ", entry.madeFrom()));
            stale.append(entry.note());
        });
        return Table.create("inventory", name, kind, shape, bytes, madeFrom, stale);
    }

    // To a matrix

    /**
     * The numeric columns of the table, in their order; a first column of texts is taken for row labels and left out. A
     * missing number becomes NaN.
     *
     * @throws IllegalArgumentException naming a column that is not numeric
     */
    public static Matrix matrix(Table table) {
        List<Column<?>> columns = new ArrayList<>(table.columns());
        if (columns.size() > 1 && columns.get(0) instanceof StringColumn) {
            columns.remove(0);
        }
        for (Column<?> column : columns) {
            if (!(column instanceof NumericColumn)) {
                throw new IllegalArgumentException("column '" + column.name() + "' of table '" + table.name() + "' is "
                        + column.type().name() + ", not numbers; leave it out: table.rejectColumns(\"" + column.name()
                        + "\")");
            }
        }
        if (columns.isEmpty() || table.rowCount() == 0) {
            throw new IllegalArgumentException("table '" + table.name() + "' has no numbers ("
                    + Matrix.shape(table.rowCount(), table.columnCount())
                    + "); a matrix needs at least one row and one column");
        }
        double[][] numbers = new double[table.rowCount()][];
        for (int i = 0; i < numbers.length; i++) {
            Interrupts.check("the matrix");
            numbers[i] = new double[columns.size()];
        }
        for (int j = 0; j < columns.size(); j++) {
            NumericColumn<?> column = (NumericColumn<?>) columns.get(j);
            for (int i = 0; i < numbers.length; i++) {
                Interrupts.check("the matrix");
                numbers[i][j] = column.isMissing(i) ? Double.NaN : column.getDouble(i);
            }
        }
        return Matrix.of(numbers);
    }

    /**
     * The numbers of a CSV file, read by Tablesaw; cells are parted by tabs, semicolons or commas, whichever of them, in
     * this order, its first line has, and a cell is written like an entry in {@link Matrix#parse}. A first line of words
     * without any number is a header; an empty cell becomes NaN, and a blank line is left out.
     *
     * @throws IllegalArgumentException when there is no such file, or naming the row, column and word that is no number
     */
    public static Matrix readMatrix(String path) {
        Path file = file(path);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + Visible.quoted(path) + " (looked for "
                    + Visible.quoted(file.toAbsolutePath().normalize().toString())
                    + "); paths start at the notebook's folder, and are written with /");
        }
        Interrupts.check("reading " + path);
        String first = firstLine(file, path);
        char separator = first.indexOf('\t') >= 0 ? '\t' : first.indexOf(';') >= 0 ? ';' : ',';
        String[] cells = first.replace("\"", "").split(String.valueOf(separator), -1);
        boolean header = Stream.of(cells).anyMatch(cell -> !cell.isBlank())
                && Stream.of(cells)
                        .allMatch(cell -> cell.isBlank() || number(cell).isEmpty());
        // As texts: Tablesaw's own numbers would take 0,5 for 5, and 1d and 0x10 for numbers.
        CsvReadOptions.Builder options = CsvReadOptions.builder(file.toFile())
                .header(header)
                .separator(separator)
                .maxNumberOfColumns(cells.length + 1);
        if (header) {
            options.columnTypes(name -> ColumnType.STRING);
        } else {
            options.columnTypes(
                    Collections.nCopies(cells.length, ColumnType.STRING).toArray(ColumnType[]::new));
        }
        Table table;
        try {
            table = Table.read().usingOptions(options);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt(); // the reader of Tablesaw took the flag away
            }
            Interrupts.check("reading " + path);
            throw new IllegalArgumentException(
                    Visible.quoted(path) + " could not be read as CSV: " + Visible.quoted(reason(e, header)), e);
        }
        for (int j = 0; j < table.columnCount(); j++) {
            table.replaceColumn(
                    j,
                    numbers(
                            table.stringColumn(j),
                            path,
                            header ? "'" + Visible.quoted(table.column(j).name()) + "'" : "" + (j + 1)));
        }
        return matrix(table);
    }

    private static Path file(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "no file can be called " + Visible.quoted(path) + ": " + e.getReason(), e);
        }
    }

    private static DoubleColumn numbers(StringColumn words, String path, String column) {
        DoubleColumn numbers = DoubleColumn.create(words.name());
        // A column of pixels has many cells and few different words.
        Map<String, Double> known = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            Interrupts.check("reading " + path);
            String word = words.get(i);
            Double value = known.get(word);
            if (value == null) {
                int row = i + 1;
                value = number(word)
                        .orElseThrow(() -> new IllegalArgumentException(Visible.quoted(path) + ", row " + row
                                + ", column " + column
                                + ": '" + Visible.quoted(word)
                                + "' is not a number; read the file with Table.read().csv(\"" + Visible.quoted(path)
                                + "\"), keep its numeric columns, and give them to Tables.matrix(table)"));
                if (known.size() < 1000) {
                    known.put(word, value);
                }
            }
            numbers.append(value);
        }
        return numbers;
    }

    /**
     * One entry as {@link Matrix#parse} reads it, not two of them, nor one in brackets or before a comment; blank is NaN.
     */
    private static OptionalDouble number(String cell) {
        if (cell.isBlank()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (!ONE_WORD.matcher(cell.strip()).matches()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Matrix.parse(cell).get(0, 0));
        } catch (IllegalArgumentException e) {
            return OptionalDouble.empty();
        }
    }

    /** The first line that Tablesaw reads: neither blank nor a comment. */
    private static String firstLine(Path file, String path) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
                if (!text.isBlank() && !text.startsWith("#")) {
                    return text;
                }
            }
            throw new IllegalArgumentException(
                    Visible.quoted(path) + " is empty; a matrix needs at least one row and one column");
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(Visible.quoted(path) + " could not be read: it is not UTF-8 text", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    Visible.quoted(path) + " could not be read: " + Visible.quoted(e.getMessage()), e);
        }
    }

    /** Tablesaw counts rows from 0 where there is no header, from 1 where there is one. */
    private static String reason(RuntimeException failure, boolean header) {
        String message = failure.getMessage() == null ? "no reason was given" : failure.getMessage();
        Matcher ragged = RAGGED.matcher(message);
        return ragged.find()
                ? "row " + (Integer.parseInt(ragged.group(1)) + (header ? 0 : 1)) + " has " + ragged.group(2)
                        + " cells, the first line has " + ragged.group(3)
                : message.lines().findFirst().orElse("");
    }
}
