package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.jacobean.generated.Cases;
import org.jacobean.generated.Refusal;
import org.jacobean.generated.Share;
import org.jacobean.generated.Texts;
import org.jacobean.layer.Forward;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Linear;
import org.jacobean.matrix.Matrix;

/** What any text names of gradients and of a pass. */
@AddLifecycleHook(Cases.class)
class AnyElementNameTest {

    private static final Forward PASS = new Linear(
                    Matrix.parse("1 2; 3 4; 5 6").named("w1"),
                    Matrix.row(0.1, 0.2).named("größe"))
            .forward(Matrix.row(1, 2, 3).named("x"));
    private static final Gradients GRADS = PASS.backward(Matrix.row(1, -2));

    @Property
    @Share(300)
    @StatisticsReport(StatisticsReportMode.OFF)
    void anyTextNamesAnElementOrIsRefused(@ForAll("names") String name) throws Exception {
        ElementName ofGradients = Refusal.orValue(() -> ElementName.of(GRADS, name));
        ElementName ofPass = Refusal.orValue(() -> ElementName.of(PASS, name));
        Statistics.collect(ofGradients != null || ofPass != null);
        Statistics.coverage(seen -> seen.check(true).percentage(p -> p > 15 && p < 85));
        if (ofGradients != null) {
            requireSame(ofGradients, ElementName.of(GRADS, ofGradients.toString()));
        }
        if (ofPass != null) {
            requireSame(ofPass, ElementName.of(PASS, ofPass.toString()));
        }
    }

    private static void requireSame(ElementName expected, ElementName actual) {
        assertEquals(expected.toString(), actual.toString());
        assertEquals(expected.whole(), actual.whole());
        if (!expected.whole()) {
            assertEquals(expected.row() + "," + expected.column(), actual.row() + "," + actual.column());
        }
    }

    @Provide
    static Arbitrary<String> names() {
        Arbitrary<String> valid = Arbitraries.of(
                "dL/dw[2,1]",
                "dL/dw1[3,2]",
                "dL / dx [ 3 ]",
                "w1[+02, 1]",
                "dL/db",
                "b",
                "x[1,3]",
                "f[2]",
                "dL/df[1]",
                "dL/dgröße[2]",
                "größe");
        return Arbitraries.frequencyOf(Tuple.of(3, Texts.edited(valid)), Tuple.of(1, Texts.noise()));
    }
}
