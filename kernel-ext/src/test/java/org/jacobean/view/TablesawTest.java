package org.jacobean.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.dates.DateColumnFormatter;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import tech.tablesaw.columns.strings.StringColumnFormatter;
import tech.tablesaw.selection.Selection;
import tech.tablesaw.sorting.Sort;
import tech.tablesaw.table.TableSlice;

/** What Tablesaw's tables, columns, rows, selections and groups look like, to the letter. */
class TablesawTest {

    private static final int MANY = 10_000_000;

    @AfterEach
    void settingsAsTheyWere() {
        Display.defaults();
    }

    private static Table everyType() {
        return Table.create(
                "every type",
                DoubleColumn.create("a double", 1.5, Double.NaN, 1234567.125),
                FloatColumn.create("a float", new float[] {0.1f, Float.NaN, 3}),
                IntColumn.create("an int", -2_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE),
                LongColumn.create("a long", 1, Long.MIN_VALUE, 1234567890123456789L),
                ShortColumn.create("a short", new short[] {1, Short.MIN_VALUE, -30000}),
                BooleanColumn.create("a boolean", new Boolean[] {true, null, false}),
                StringColumn.create("a string", "Ann", null, "missing"),
                DateColumn.create("a date", LocalDate.of(2026, 2, 28), null, LocalDate.of(33, 4, 3)),
                TimeColumn.create("a time", LocalTime.of(9, 30), null, LocalTime.MIDNIGHT),
                DateTimeColumn.create(
                        "a date and time",
                        LocalDateTime.of(2026, 2, 28, 9, 30, 5),
                        null,
                        LocalDateTime.of(33, 4, 3, 15, 0)),
                InstantColumn.create("an instant", Instant.EPOCH, null, Instant.ofEpochMilli(1_234_567_890_123L)));
    }

    // Each type of column, and what is missing in it

    @Test
    void everyTypeAsText() {
        assertEquals(
                """
                every type: 3 × 11
                      a double  a float      an int               a long  a short  a boolean
                        double    float     integer                 long    short  boolean
                0        1.500      0.1    -2000000                    1        1  true
                1          NaN      NaN     missing              missing  missing  missing
                2  1234567.125      3.0  2147483647  1234567890123456789   -30000  false

                   a string   a date      a time      a date and time
                   string     local_date  local_time  local_date_time
                0  Ann        2026-02-28  09:30       2026-02-28 09:30:05
                1  missing    missing     missing     missing
                2  "missing"  0033-04-03  00:00       0033-04-03 15:00:00

                   an instant
                   instant
                0  1970-01-01 00:00:00.000Z
                1  missing
                2  2009-02-13 23:31:30.123Z""",
                Rendered.of(everyType()).text());
    }

    @Test
    void everyTypeAsMarkdown() {
        assertEquals(
                """
                every type: 3 × 11

                | · | a double | a float | an int | a long | a short | a boolean | a string | a date | a time | a date and time | an instant |
                |:---|---:|---:|---:|---:|---:|:---|:---|:---|:---|:---|:---|
                | 0 | 1.500 | 0.1 | -2000000 | 1 | 1 | true | Ann | 2026-02-28 | 09:30 | 2026-02-28 09:30:05 | 1970-01-01 00:00:00.000Z |
                | 1 | NaN | NaN | *missing* | *missing* | *missing* | *missing* | *missing* | *missing* | *missing* | *missing* | *missing* |
                | 2 | 1234567.125 | 3.0 | 2147483647 | 1234567890123456789 | -30000 | false | "missing" | 0033-04-03 | 00:00 | 0033-04-03 15:00:00 | 2009-02-13 23:31:30.123Z |""",
                Rendered.of(everyType()).as("text/markdown").orElseThrow());
    }

    @Test
    void whatIsMissingIsToldFromTextsInHtml() {
        Table table = Table.create(
                "t",
                StringColumn.create("s", "missing", ""),
                IntColumn.create("i", Integer.MIN_VALUE, 7),
                DoubleColumn.create("d", Double.NaN, 0.25));
        assertEquals(
                """
                <caption style="caption-side:top;text-align:left;white-space:nowrap">t: 2 × 3</caption>
                <thead><tr><td></td><th scope="col" style="text-align:left">s<br><small>string</small></th><th scope="col" style="text-align:right">i<br><small>integer</small></th><th scope="col" style="text-align:right">d<br><small>double</small></th></tr></thead>
                <tbody>
                <tr><th scope="row">0</th><td style="text-align:left">&quot;missing&quot;</td><td style="text-align:right"><i style="opacity:.7">missing</i></td><td style="text-align:right">NaN</td></tr>
                <tr><th scope="row">1</th><td style="text-align:left"><i style="opacity:.7">missing</i></td><td style="text-align:right">7</td><td style="text-align:right">0.25</td></tr>
                </tbody>""",
                body(table));
    }

    /** A pattern that looks for the quotes at its end would try each of them. */
    @Test
    void aCellOfQuotesIsShownAtOnce() {
        String quotes = "a" + "\"".repeat(2_000_000) + "a";
        assertTrue(Rendered.of(StringColumn.create("c", quotes)).text().contains("a" + "\"".repeat(36) + "…"));
    }

    /** A page would break a date at its hyphens. */
    @Test
    void datesStayInOneLine() {
        assertTrue(
                body(everyType()).contains("<td style=\"text-align:left;white-space:nowrap\">2026-02-28</td>"),
                body(everyType()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            missing       | "missing"
            "missing"     | ""missing""
            ` Ann`        | " Ann"
            `Ann `        | "Ann "
            `  `          | "  "
            Ann           | Ann
            "Ann"         | "Ann"
            not missing   | not missing
            Missing       | Missing
            NaN           | NaN
            """)
    void noTextReadsLikeWhatIsMissing(String text, String expected) {
        assertEquals(
                "column of 1 row\n   s\n   string\n0  " + expected,
                Rendered.of(StringColumn.create("s", text)).text());
    }

    // Numbers and times that stand together

    /** They are the user's data: up to six decimals stay as they are, in however large numbers, until digits are set. */
    @Test
    void fewDecimalsAreNotRounded() {
        DoubleColumn price = DoubleColumn.create("price", 1234567.89, 19.99, 0.05);
        DoubleColumn time = DoubleColumn.create("time", 1795400000123.5, 1795400000999.25, Double.NaN);
        DoubleColumn root = DoubleColumn.create("root", 1234567.89, Math.sqrt(2), 0);
        Table t = Table.create("t", price, time, root);
        assertEquals(
                """
                t: 3 × 3
                        price              time        root
                       double            double      double
                0  1234567.89  1795400000123.50  1234567.89
                1       19.99  1795400000999.25        1.41
                2        0.05               NaN           0""",
                Rendered.of(t).text());
        Display.digits(3);
        assertEquals(
                "column of 3 rows\n     price\n    double\n0   1.23e6\n1   2.00e1\n2  5.00e-2",
                Rendered.of(price).text());
    }

    @Test
    void numbersOfAColumnShareTheirDecimals() {
        assertEquals(
                """
                numbers: 3 × 5
                    price     tiny          whole        float                id
                   double   double         double        float              long
                0    2.00   1.0e-9              3         0.10  9007199254740993
                1   19.99   2.5e-9  1795400000000         0.25                 1
                2    0.50  -1.0e-7             -1  16777216.00                 2""",
                Rendered.of(Table.create(
                                "numbers",
                                DoubleColumn.create("price", 2, 19.99, 0.5),
                                DoubleColumn.create("tiny", 1e-9, 2.5e-9, -1e-7),
                                DoubleColumn.create("whole", 3, 1_795_400_000_000.0, -1),
                                FloatColumn.create("float", new float[] {0.1f, 0.25f, 16777216f}),
                                LongColumn.create("id", 9007199254740993L, 1, 2)))
                        .text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            2026-02-28T09:30 2026-03-01T00:00        | 2026-02-28 09:30 2026-03-01 00:00
            2026-02-28T09:30 2026-03-01T00:00:01     | 2026-02-28 09:30:00 2026-03-01 00:00:01
            2026-02-28T09:30 2026-03-01T00:00:00.5   | 2026-02-28 09:30:00.000 2026-03-01 00:00:00.500
            """)
    void timesOfAColumnShareTheirPrecision(String moments, String expected) {
        LocalDateTime[] times =
                Arrays.stream(moments.split(" ")).map(LocalDateTime::parse).toArray(LocalDateTime[]::new);
        String[] said = expected.split(" ");
        assertEquals(
                "column of 2 rows\n   at\n   local_date_time\n0  %s %s\n1  %s %s".formatted((Object[]) said),
                Rendered.of(DateTimeColumn.create("at", times)).text());
    }

    @Test
    void aPrintFormatterOfTheUsersIsRespected() {
        DoubleColumn money = DoubleColumn.create("money", 1.5, Double.NaN, 2000);
        money.setPrintFormatter(NumberColumnFormatter.currency("en", "US"));
        DoubleColumn share = DoubleColumn.create("share", 0.256, Double.NaN, 0.5);
        share.setPrintFormatter(NumberFormat.getPercentInstance(Locale.ROOT), "n/a");
        IntColumn grouped = IntColumn.create("grouped", 1234567, 1, 2);
        grouped.setPrintFormatter(NumberColumnFormatter.intsWithGrouping());
        DateColumn day = DateColumn.create("day", LocalDate.of(2026, 2, 28), null, LocalDate.of(2026, 3, 1));
        day.setPrintFormatter(new DateColumnFormatter(
                java.time.format.DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH), "-"));
        StringColumn name = StringColumn.create("name", "ann", "", "bo");
        name.setPrintFormatter(new StringColumnFormatter(String::toUpperCase));
        Table table = Table.create("formatted", money, share, grouped, day, name);
        assertEquals(
                """
                formatted: 3 × 5
                       money   share    grouped  day          name
                      double  double    integer  local_date   string
                0      $1.50     26%  1,234,567  28 Feb 2026  ANN
                1        NaN     n/a          1  -            missing
                2  $2,000.00     50%          2  1 Mar 2026   BO""",
                Rendered.of(table).text());
        assertEquals(
                """
                formatted: row 2
                         value       type
                money    $2,000.00   double
                share    50%         double
                grouped  2           integer
                day      1 Mar 2026  local_date
                name     BO          string""",
                Rendered.of(table.row(2)).text());
        assertTrue(body(table).contains("<td style=\"text-align:right\" title=\"0.256\">26%</td>"), body(table));
    }

    // Tables and their relatives

    @Test
    void aSliceIsShownAsTheTableThatItIs() {
        Table table = Table.create(
                "people", StringColumn.create("name", "Ann", "Bo", "Cy", "Di"), IntColumn.create("age", 31, 28, 45, 7));
        TableSlice slice = new TableSlice(table, Selection.with(0, 2, 3));
        assertEquals(
                """
                people: 3 × 2
                   name        age
                   string  integer
                0  Ann          31
                1  Cy           45
                2  Di            7""",
                Rendered.of(slice).text());
        slice.sortOn(Sort.on("age", Sort.Order.ASCEND));
        assertEquals(
                """
                people: 3 × 2
                   name        age
                   string  integer
                0  Di            7
                1  Ann          31
                2  Cy           45""",
                Rendered.of(slice).text());
        assertEquals(
                """
                people: row 0, which is row 3 of its table
                      value  type
                name  Di     string
                age   7      integer""",
                Rendered.of(new Row(slice, 0)).text());
        assertEquals("Ann", table.get(0, 0));
    }

    @Test
    void aRowIsAListOfItsValues() {
        assertEquals(
                """
                every type: row 1
                                 value    type
                a double         NaN      double
                a float          NaN      float
                an int           missing  integer
                a long           missing  long
                a short          missing  short
                a boolean        missing  boolean
                a string         missing  string
                a date           missing  local_date
                a time           missing  local_time
                a date and time  missing  local_date_time
                an instant       missing  instant""",
                Rendered.of(everyType().row(1)).text());
        assertEquals(
                "a row before the first: next() goes to it",
                Rendered.of(new Row(everyType())).text());
        // Tablesaw makes a row of any number.
        Table people = Table.create("people", IntColumn.create("age", 31, 28, 45));
        assertEquals(
                "people: there is no row 500: the last is 2",
                Rendered.of(people.row(500)).text());
        assertEquals(
                "people: there is no row 1: the last is 0",
                Rendered.of(new Row(new TableSlice(people, Selection.with(2)), 1))
                        .text());
        Row last = people.row(2);
        people.clear();
        assertEquals(
                "people: there is no row 2, nor any other", Rendered.of(last).text());
        Display.rows(4);
        assertEquals(
                """
                every type: row 0
                                 value                type
                a double         1.5                  double
                a float          0.1                  float
                ⋮                ⋮                    ⋮
                a date and time  2026-02-28 09:30:05  local_date_time
                an instant       1970-01-01 00:00Z    instant
                shown: 4 of 11 columns
                columns left out: an int, a long, a short, a boolean, a string, a date, a time""",
                Rendered.of(everyType().row(0)).text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            ''                                     | selection of no rows
            7                                      | selection of 1 row: 7
            0 1                                    | selection of 2 rows: 0, 1
            3 4 5                                  | selection of 3 rows: 3 to 5
            0 2 3 4 5 9                            | selection of 6 rows: 0, 2 to 5, 9
            0 2 4 6 8 10 12 14 16 18 20 22         | selection of 12 rows: 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22
            0 2 4 6 8 10 12 14 16 18 20 22 24 1000 | selection of 14 rows: 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, …, 1000
            """)
    void aSelectionSaysWhichRows(String rows, String expected) {
        int[] all = Arrays.stream(rows.split(" "))
                .filter(row -> !row.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        assertEquals(expected, Rendered.of(Selection.with(all)).text().replace("\n  ", " "));
    }

    @Test
    void everyRunOfASelectionIsFound() {
        for (int size = 1; size < 70; size++) {
            Selection selection = Selection.withRange(5, 5 + size).add(5 + size + 1);
            String run = size == 1 ? "5" : size == 2 ? "5, 6" : "5 to " + (4 + size);
            assertEquals(
                    "selection of " + (size + 1) + " rows: " + run + ", " + (6 + size),
                    Rendered.of(selection).text());
        }
        assertEquals(
                "selection of 10,000,000 rows: 0 to 9999999",
                Rendered.of(Selection.withRange(0, MANY)).text());
        // Tablesaw has another kind for booleans.
        BooleanColumn flags = BooleanColumn.create("f", new boolean[] {true, true, true, false, true});
        assertEquals(
                "selection of 4 rows: 0 to 2, 4", Rendered.of(flags.isTrue()).text());
    }

    @Test
    void groupsAreListed() {
        Table table = Table.create(
                "people",
                StringColumn.create("town", "Ulm", "", "Ulm", "missing"),
                StringColumn.create("job", "cook", "smith", "cook", "cook"));
        assertEquals(
                """
                people: 3 groups
                   group      rows
                0  Ulm           2
                1  missing       1
                2  "missing"     1""",
                Rendered.of(table.splitOn("town")).text());
        assertEquals(
                """
                people: 3 groups
                   group             rows
                0  Ulm · cook           2
                1  missing · smith      1
                2  "missing" · cook     1""",
                Rendered.of(table.splitOn("town", "job")).text());
    }

    // Odd shapes and names

    @Test
    void aTableOfNothing() {
        assertEquals("table: 0 × 0", Rendered.of(Table.create()).text());
        assertEquals(
                "t: 0 × 2\n       a        b\n  string  integer",
                Rendered.of(Table.create("t", StringColumn.create("a"), IntColumn.create("b")))
                        .text());
        assertEquals(
                "column of 0 rows\n       x\n  double",
                Rendered.of(DoubleColumn.create("x")).text());
        for (Object nothing : new Object[] {Table.create(), Table.create("t", IntColumn.create("b"))}) {
            assertFalse(body(nothing).contains("<th></th>"), body(nothing));
        }
    }

    @Test
    void oddNames() {
        IntColumn twice = IntColumn.create("c", new int[] {4});
        Table table = Table.create(
                " ",
                IntColumn.create("", new int[] {1}),
                IntColumn.create(" a", new int[] {2}),
                IntColumn.create("b", new int[] {3}),
                twice,
                IntColumn.create("x".repeat(500), new int[] {5}));
        twice.setName("b");
        assertEquals(
                """
                table: 1 × 5
                   (column 0)        a        b        b  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
                      integer  integer  integer  integer                                 integer
                0           1        2        3        4                                       5""",
                Rendered.of(table).text());
    }

    // What is left out

    /** In the box of a wide table, which scrolls, the end of these lines would be out of sight. */
    @Test
    void whatIsLeftOutStandsBelowTheBoxOfAWideTable() {
        Table table =
                Table.create("t", StringColumn.create("text", "a b", "", "c", "d"), IntColumn.create("n", 1, 2, 3, 4));
        Display.rows(2);
        assertEquals(
                """

                <div style="display:flex;flex-wrap:wrap;align-items:flex-start">
                <div style="margin-right:24px">
                <table>
                <caption style="caption-side:top;text-align:left;white-space:nowrap">t: 4 × 2</caption>
                <thead><tr><td></td><th scope="col" style="text-align:left">text<br><small>string</small></th><th scope="col" style="text-align:right">n<br><small>integer</small></th></tr></thead>
                <tbody>
                <tr><th scope="row">0</th><td style="text-align:left;white-space:nowrap">a b</td><td style="text-align:right">1</td></tr>
                <tr><th scope="row">⋮</th><td style="text-align:left">⋮</td><td style="text-align:right">⋮</td></tr>
                <tr><th scope="row">3</th><td style="text-align:left">d</td><td style="text-align:right">4</td></tr>
                </tbody>
                </table>
                </div>
                </div>
                <p>shown: 2 of 4 rows<br>
                missing: 1 in text</p>
                </div>""",
                html(table));
        String both = Rendered.of(new SideBySide(List.of(table, table))).html().orElseThrow();
        assertEquals(3, both.split("<p>shown: 2 of 4 rows<br>\\nmissing: 1 in text</p>\\n</div>", -1).length, both);
    }

    @Test
    void whatIsLeftOutIsNamedAndWhatIsMissingCounted() {
        Table table = Table.create("wide");
        for (int j = 0; j < 40; j++) {
            table.addColumns(
                    IntColumn.create("measure " + j, IntStream.range(0, 3000).toArray()));
        }
        table.column(2).setMissing(1500);
        for (int i = 10; i < 2000; i++) {
            table.column(39).setMissing(i);
        }
        Display.rows(2).columns(2);
        assertEquals(
                """
                wide: 3,000 × 40
                      measure 0  …  measure 39
                        integer        integer
                0             0  …           0
                ⋮             ⋮  …           ⋮
                2999       2999  …        2999
                shown: 2 of 3,000 rows, 2 of 40 columns
                columns left out: measure 1, measure 2, measure 3, measure 4, measure 5, measure
                  6, measure 7, measure 8, measure 9, measure 10, measure 11, …
                missing: 1 in measure 2, 1,990 in measure 39""",
                Rendered.of(table).text());
        for (int j = 3; j < 12; j++) {
            table.column(j).setMissing(1);
        }
        assertTrue(
                Rendered.of(table)
                        .as("text/markdown")
                        .orElseThrow()
                        .endsWith(
                                "\n\nmissing: 1 in measure 2, 1 in measure 3, 1 in measure 4, 1 in measure 5, 1 in"
                                        + " measure 6, 1 in measure 7, 1 in measure 8, 1 in measure 9, and some in 3 other columns"),
                Rendered.of(table).as("text/markdown").orElseThrow());
    }

    @Test
    void moreThanAPageHoldsIsSaid() {
        Table table = Table.create(
                "long", IntColumn.create("n", IntStream.range(0, 9000).toArray()));
        Display.rows(9000);
        String text = Rendered.of(table).text();
        assertTrue(lastLine(table).matches("shown: 1,\\d{3} of 9,000 rows, as much as a page holds"), text);
        assertTrue(Rendered.of(table).html().orElseThrow().length() <= 100_000);
    }

    // Ten million rows

    @Test
    void onlyTheRowsThatAreShownAreLookedAt() {
        Set<Integer> touched = new TreeSet<>();
        Column<?> column = counted(MANY, touched);
        Set<Integer> ends = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            ends.add(i);
            ends.add(MANY - 1 - i);
        }
        Rendered.of(column);
        assertEquals(ends, touched);
        touched.clear();
        Table table = Table.create("many", column);
        touched.clear();
        assertEquals(
                """
                many: 10,000,000 × 1
                         text
                         string
                0        row 0
                1        row 1
                2        row 2
                3        row 3
                4        row 4
                5        row 5
                ⋮        ⋮
                9999994  row 9999994
                9999995  row 9999995
                9999996  row 9999996
                9999997  row 9999997
                9999998  row 9999998
                9999999  row 9999999
                shown: 12 of 10,000,000 rows
                missing: not counted in so many cells""",
                Rendered.of(table).text());
        assertEquals(ends, touched);
        touched.clear();
        Rendered.of(table.row(77));
        assertEquals(Set.of(77), touched);
        touched.clear();
        Display.rows(2);
        Rendered.of(new TableSlice(table, Selection.withRange(1000, 9_000_000)));
        assertEquals(Set.of(1000, 8_999_999), touched);
    }

    @Test
    void whatIsMissingIsCountedUpToAQuarterOfAMillionCells() {
        Set<Integer> touched = new TreeSet<>();
        assertEquals("shown: 12 of 250,000 rows", lastLine(counted(250_000, touched)));
        assertEquals(250_000, touched.size());
        assertEquals("missing: not counted in so many cells", lastLine(counted(250_001, touched)));
    }

    /** A column of texts that tells which of its rows were asked for. */
    private static Column<?> counted(int size, Set<Integer> touched) {
        return (Column<?>) Proxy.newProxyInstance(
                Column.class.getClassLoader(), new Class<?>[] {Column.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length == 1 && arguments[0] instanceof Integer row) {
                        touched.add(row);
                        return method.getReturnType() == boolean.class ? (Object) false : "row " + row;
                    }
                    return switch (method.getName()) {
                        case "size" -> size;
                        case "name" -> "text";
                        case "type" -> ColumnType.STRING;
                        default -> throw new AssertionError("a look at all rows: " + method);
                    };
                });
    }

    // Settings

    @Test
    void digitsThatAreSetAreThoseOfTablesToo() {
        DoubleColumn column = DoubleColumn.create("x", 3.14159265, 2.5);
        assertEquals(
                "column of 2 rows\n         x\n    double\n0  3.14159\n1  2.50000",
                Rendered.of(column).text());
        Display.digits(3);
        assertEquals(
                "column of 2 rows\n        x\n   double\n0    3.14\n1    2.50",
                Rendered.of(column).text());
        Display.digits(17);
        assertEquals(
                "column of 1 row\n       x\n   float\n0    0.1",
                Rendered.of(FloatColumn.create("x", new float[] {0.1f})).text());
    }

    private static String lastLine(Object value) {
        return Rendered.of(value).text().lines().reduce((before, last) -> last).orElseThrow();
    }

    private static String html(Object value) {
        String html = Rendered.of(value).html().orElseThrow();
        return html.substring(html.indexOf("</style>") + "</style>".length());
    }

    private static String body(Object value) {
        String html = Rendered.of(value).html().orElseThrow();
        return html.substring(html.indexOf("<caption"), html.indexOf("\n</table>"));
    }
}
