package org.jacobean.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of a CSV file, as files come. */
class ReadMatrixTest {

    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2\n3,4\n",
                "1,2\n3,4",
                "a,b\n1,2\n3,4\n",
                "a,b\r\n1,2\r\n3,4\r\n",
                "1,2\r\n3,4",
                "a,b\r1,2\r3,4\r",
                "1\t2\n3\t4\n",
                "a\tb\n1\t2\n3\t4\n",
                "1;2\n3;4\n",
                "a;b\n1;2\n3;4\n",
                "1, 2\n3, 4\n",
                " 1 , 2 \n 3 , 4 \n",
                "1.0,2e0\n+3,.4e1\n",
                "2/2,4/2\n6/2,8/2\n",
                "\"1\",\"2\"\n\"3\",\"4\"\n",
                "\"a\",\"b\"\n1,2\n3,4\n",
                "\"the first, or so\",b\n1,2\n3,4\n",
                "\"say \"\"a\"\"\",b\n1,2\n3,4\n",
                "\uFEFF1,2\n3,4\n",
                "\uFEFFa,b\n1,2\n3,4\n",
                "\uFEFF\"a\",b\r\n1,2\r\n3,4\r\n",
                "# a note\n1,2\n3,4\n",
                "# a note\na,b\n1,2\n# another\n3,4\n",
                "\n1,2\n\n3,4\n\n",
                "\n\na,b\n1,2\n3,4\n",
                ",b\n1,2\n3,4\n",
            })
    void oneMatrixInManyFiles(String text) throws IOException {
        assertArrayEquals(
                new double[][] {{1, 2}, {3, 4}}, Tables.readMatrix(file(text)).toArray());
    }

    @Test
    void emptyAndMissingCellsAreNaN() throws IOException {
        reads(new double[][] {{1, NAN, 3}, {NAN, NAN, NAN}, {4, 5, NAN}}, "a,b,c\n1,,3\n,,\n4,5,\n");
        reads(new double[][] {{1, NAN}, {NAN, 4}}, "1,nan\nNaN,4\n");
        reads(new double[][] {{NAN, NAN, NAN}, {1, 2, 3}}, ",,\n1,2,3\n");
        reads(new double[][] {{1, NAN}, {NAN, 4}}, "a,b\n1,NA\nnull,4\n");
        reads(new double[][] {{1, NAN}, {3, NAN}}, "a,b\n1,\n3,\n");
    }

    @Test
    void infinitiesFractionsAndMinusSignsAreNumbersAsElsewhere() throws IOException {
        reads(new double[][] {{INFINITY, 1.0 / 3}, {-INFINITY, -2}}, "a,b\ninf,1/3\n-Infinity,\u22122\n");
        reads(new double[][] {{INFINITY, 1.0 / 3}, {-INFINITY, 2}}, "inf,1/3\n-∞,2\n");
    }

    @Test
    void oneColumnOneRowAndOneCellAreMatrices() throws IOException {
        reads(new double[][] {{1}, {2}}, "v\n1\n2\n");
        reads(new double[][] {{1}, {2}}, "1\n2\n");
        reads(new double[][] {{1, 2}}, "1,2");
        reads(new double[][] {{5}}, "5");
    }

    @Test
    void aTableWrittenByTablesawIsReadBack() throws IOException {
        Matrix matrix = Matrix.normal(7, 4, 9);
        Path csv = folder.resolve("written.csv");
        Tables.of(matrix).removeColumns("row").write().csv(csv.toFile());
        assertArrayEquals(matrix.toArray(), Tables.readMatrix(csv.toString()).toArray());
    }

    /** Its first line is a header, the cells under it 19 · 65 whole numbers: a label 0–9 and 64 pixels 0–16. */
    @Test
    void theDigitsAreRead() throws IOException, URISyntaxException {
        Path csv = Path.of(
                ReadMatrixTest.class.getResource("/fixtures/digits-head.csv").toURI());
        Matrix digits = Tables.readMatrix(csv.toString());
        List<String> lines = Files.readAllLines(csv);
        assertEquals("19 × 65", digits.shape());
        for (int i = 0; i < 19; i++) {
            String[] cells = lines.get(i + 1).split(",");
            for (int j = 0; j < 65; j++) {
                assertEquals(Integer.parseInt(cells[j]), digits.get(i, j));
            }
        }
    }

    @Test
    void aWordInACellIsNamedWithItsRowAndColumn() throws IOException {
        notANumber("row 2, column 'b': 'four'", "a,b\n1,2\n3,four\n");
        notANumber("row 2, column 2: 'four'", "1,2\n3,four\n");
        notANumber("row 1, column 'name': 'ann'", "name,age\nann,40\n");
        notANumber("row 2, column 'b': 'four'", "# a note\n\na,b\n1,2\n\n3,four\n");
    }

    /** Cells that are easily taken for another number than was meant: the first of two, or 5 for 0,5. */
    @Test
    void aCellIsOneNumberOrNone() throws IOException {
        for (String cell : List.of(
                "4 5", "4;5", "\"4,5\"", "[4]", "#4", "4 # x", "0x10", "1d", "1_000", "5%", "1/0", "1e999", "-")) {
            notANumber("row 2, column 'b': '" + cell.replace("\"", "") + "'", "a,b\n1,2\n3," + cell + "\n");
        }
        notANumber("row 1, column 'a': '0,5'", "a;b\n0,5;1,5\n");
        notANumber("row 1, column '1 2': '3 4'", "1 2\n3 4\n");
    }

    @Test
    void raggedLinesAreRefused() throws IOException {
        fails("%s could not be read as CSV: row 2 has 2 cells, the first line has 3", "a,b,c\n1,2,3\n4,5\n");
        fails("%s could not be read as CSV: row 2 has 3 cells, the first line has 2", "a,b\n1,2\n3,4,5\n");
        fails("%s could not be read as CSV: row 2 has 2 cells, the first line has 3", "1,2,3\n4,5\n6,7,8\n");
        fails("%s could not be read as CSV: row 3 has 3 cells, the first line has 2", "1,2\n3,4\n5,6,7\n");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() throws IOException {
        fails(
                "%s could not be read as CSV: Cannot add column with duplicate name a to table numbers.csv",
                "a,a\n1,2\n");
    }

    @Test
    void aFileWithoutNumbersIsNoMatrix() throws IOException {
        for (String text : List.of("", "\n\n", "# nothing\n")) {
            fails("%s is empty; a matrix needs at least one row and one column", text);
        }
        fails("table 'numbers.csv' has no numbers (0 × 2); a matrix needs at least one row and one column", "a,b\n");
    }

    @Test
    void whatIsNotThereIsLookedForInThePlaceItNames() {
        Path missing = folder.resolve("missing.csv");
        assertEquals(
                "there is no file " + missing + " (looked for " + missing
                        + "); paths start at the notebook's folder, and are written with /",
                error(missing.toString()));
        assertEquals(
                "there is no file missing.csv (looked for "
                        + Path.of("missing.csv").toAbsolutePath()
                        + "); paths start at the notebook's folder, and are written with /",
                error("missing.csv"));
        assertEquals(
                "there is no file " + folder + " (looked for " + folder
                        + "); paths start at the notebook's folder, and are written with /",
                error(folder.toString()));
    }

    @Test
    void anotherEncodingThanUtf8IsSaid() throws IOException {
        String path = file("größe,b\n1,2\n", StandardCharsets.ISO_8859_1);
        assertEquals(path + " could not be read: it is not UTF-8 text", error(path));
    }

    @Test
    void anInterruptGivesTheReadingUpAndTheFlagStaysSet() throws IOException {
        String path = file("1,2\n3,4\n");
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    "interrupted: reading " + path + " was given up",
                    assertThrows(CancellationException.class, () -> Tables.readMatrix(path))
                            .getMessage());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    private void reads(double[][] expected, String text) throws IOException {
        assertArrayEquals(expected, Tables.readMatrix(file(text)).toArray());
    }

    private void notANumber(String where, String text) throws IOException {
        String path = file(text);
        assertEquals(
                path + ", " + where + " is not a number; read the file with Table.read().csv(\"" + path
                        + "\"), keep its numeric columns, and give them to Tables.matrix(table)",
                error(path));
    }

    private void fails(String message, String text) throws IOException {
        String path = file(text);
        assertEquals(message.replace("%s", path), error(path));
    }

    private static String error(String path) {
        return assertThrows(IllegalArgumentException.class, () -> Tables.readMatrix(path))
                .getMessage();
    }

    private String file(String text) throws IOException {
        return file(text, StandardCharsets.UTF_8);
    }

    private String file(String text, Charset charset) throws IOException {
        return Files.writeString(folder.resolve("numbers.csv"), text, charset).toString();
    }
}
