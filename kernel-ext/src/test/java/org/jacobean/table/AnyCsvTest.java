package org.jacobean.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.jacobean.generated.Bits;
import org.jacobean.generated.Cases;
import org.jacobean.generated.Refusal;
import org.jacobean.generated.Share;
import org.jacobean.generated.Texts;
import org.jacobean.matrix.Matrix;
import tech.tablesaw.api.Table;

/** What becomes of any text in a CSV file, and of any matrix that goes through a table, or through a file. */
@AddLifecycleHook(Cases.class)
class AnyCsvTest {

    private static Path file;

    @BeforeContainer
    static void makeFile() throws IOException {
        file = Files.createTempFile("any", ".csv");
    }

    @AfterContainer
    static void removeFile() throws IOException {
        Files.delete(file);
    }

    @Property
    @Share(250)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyFileIsAMatrixOrOneClearError(@ForAll("files") String text) throws Exception {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        Matrix matrix = Refusal.orValue(() -> Tables.readMatrix(file.toString()));
        Statistics.collect(matrix != null);
        Statistics.coverage(seen -> seen.check(true).percentage(p -> p > 15 && p < 85));
    }

    @Property
    @Share(100)
    void aMatrixComesBackFromItsTable(@ForAll("matrices") Matrix matrix) throws IOException {
        Table table = Tables.of(matrix);
        assertEquals(Bits.of(matrix), Bits.of(Tables.matrix(table)));
        if (matrix.columns() == 1 && !matrix.isFinite()) {
            return; // Tablesaw writes NaN as nothing, and a line of nothing is left out
        }
        table.removeColumns("row");
        table.write().csv(file.toFile());
        assertEquals(Bits.of(matrix), Bits.of(Tables.readMatrix(file.toString())));
    }

    @Provide
    static Arbitrary<Matrix> matrices() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(columns -> Texts.doubles()
                        .array(double[].class)
                        .ofSize(columns)
                        .array(double[][].class)
                        .ofMinSize(1)
                        .ofMaxSize(6))
                .map(Matrix::of);
    }

    @Provide
    static Arbitrary<String> files() {
        Arbitrary<String> valid = Arbitraries.of(
                "a,b\n1,2\n3,4\n",
                "1;2\r\n3;4\r\n",
                "\uFEFFa\tb\n1\t2\n",
                "# so\n\"a\",\"b, c\"\n1,2\n\"3\",\n",
                "1\n2\n3",
                "x,y\n0.5,-2e-3\nnan,inf\n");
        return Arbitraries.frequencyOf(Tuple.of(3, Texts.edited(valid)), Tuple.of(1, Texts.noise()));
    }
}
