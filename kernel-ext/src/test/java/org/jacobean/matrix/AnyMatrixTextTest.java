package org.jacobean.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jacobean.generated.Cases;
import org.jacobean.generated.Refusal;
import org.jacobean.generated.Share;
import org.jacobean.generated.Texts;

/** What {@link Matrix#parse} makes of any text, and of each text that a matrix can be written as. */
@AddLifecycleHook(Cases.class)
class AnyMatrixTextTest {

    /** A matrix, and a text that means it. */
    record Written(Matrix matrix, String text) {}

    @Property
    @Share(750)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void anyTextIsAMatrixOrOneClearError(@ForAll("texts") String text) throws Exception {
        Matrix matrix = Refusal.orValue(() -> Matrix.parse(text));
        Statistics.collect(matrix != null);
        Statistics.coverage(seen -> seen.check(true).percentage(p -> p > 15 && p < 85));
        if (matrix != null) {
            assertSameBits(matrix, Matrix.parse(matrix.toString()));
        }
    }

    @Property
    @Share(700)
    void aTextMeansTheNumbersThatAreWrittenInIt(@ForAll("written") Written written) {
        assertSameBits(written.matrix(), Matrix.parse(written.text()));
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Texts.noise(),
                Texts.edited(written().map(Written::text)),
                Texts.edited(written().map(Written::text)));
    }

    @Provide
    static Arbitrary<Written> written() {
        Arbitrary<Matrix> matrices = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 5))
                .flatAs((rows, columns) -> Texts.doubles()
                        .array(double[].class)
                        .ofSize(rows * columns)
                        .map(entries -> Matrix.wrap(rows, columns, entries)));
        return Combinators.combine(matrices, Arbitraries.longs())
                .as((matrix, style) -> new Written(matrix, write(matrix, new Random(style))));
    }

    /** In one of the ways that the grammar has: as printed, rows in lines or behind semicolons, or in brackets. */
    private static String write(Matrix matrix, Random random) {
        int way = random.nextInt(5);
        if (way == 0) {
            return matrix.toString();
        }
        boolean brackets = way == 1;
        String between =
                brackets ? pick(random, ",", ", ", " ,\t") : pick(random, " ", "  ", ", ", "\t", "\u00a0", "\u2003");
        String end = brackets
                ? pick(random, "], [", "],\n [", "] [")
                : pick(random, ";", "; ", "\n", "\r\n", " ; # a comment, [1; 2]\n", ";\n\n");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < matrix.rows(); i++) {
            List<String> row = new ArrayList<>();
            matrix.row(i).stream().forEach(entry -> row.add(number(entry, random)));
            rows.add(String.join(between, row));
        }
        String all = String.join(end, rows);
        String opened = brackets ? "[[" + all + "]]" : way == 2 ? "[" + all + "]" : all;
        return pick(random, "", " ", "\n", "# what it is\n") + opened + pick(random, "", " ", "\n", " # the end");
    }

    private static String number(double value, Random random) {
        if (Double.isNaN(value)) {
            return pick(random, "nan", "NaN", "NAN");
        } else if (Double.isInfinite(value)) {
            return value > 0 ? pick(random, "inf", "+Infinity", "∞") : pick(random, "-inf", "-∞", "−Infinity");
        }
        String text = Double.toString(value);
        return pick(random, text, text.toLowerCase(Locale.ROOT), text.replace('-', '−'), text + "/1");
    }

    private static String pick(Random random, String... ways) {
        return ways[random.nextInt(ways.length)];
    }

    private static void assertSameBits(Matrix expected, Matrix actual) {
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                assertEquals(
                        Double.doubleToLongBits(expected.get(i, j)),
                        Double.doubleToLongBits(actual.get(i, j)),
                        expected + ", " + actual);
            }
        }
    }
}
