package org.jacobean.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacobean.layer.Gradients;
import org.jacobean.layer.Layer;
import org.jacobean.matrix.Matrix;
import org.junit.jupiter.api.Test;

/** What a long check says of the time that is left, on a clock of its own. */
class TimeLeftTest {

    private static final long SECOND = 1_000_000_000;

    private long now = Long.MAX_VALUE - 3 * SECOND; // the clock may run over
    private final List<String> tried = new ArrayList<>();

    private TimeLeft of(long x, long w, double secondsForW) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("x", x);
        counts.put("w", w);
        return new TimeLeft(
                counts,
                role -> {
                    tried.add(role);
                    now += SECOND;
                    return role.equals("w") ? secondsForW * SECOND : 7 * SECOND;
                },
                () -> now);
    }

    @Test
    void whatIsAtWorkGoesOnAsItDidAndTheRestAsItWasTried() {
        TimeLeft left = of(100, 1000, 0.01);
        left.begin("x");
        assertEquals("", left.words());
        left.did(1);
        now += 2 * SECOND - 1;
        assertEquals("", left.words());
        assertEquals(List.of(), tried, "what is soon done is not worth a trial");
        now += 1;
        // 99 · 2 s + 1,000 · 0.01 s = 208 s, and the two trials took no time of x's.
        assertEquals("about 3 min left", left.words());
        assertEquals(List.of("x", "w"), tried);
        left.did(89);
        now += SECOND;
        // 90 in 3 s: 10 · 3/90 s + 10 s.
        assertEquals("about 10 s left", left.words());
        left.did(10);
        left.begin("w");
        left.did(600);
        now += 1;
        assertEquals("about 4 s left", left.words());
        now += 3 * SECOND;
        // 600 in 3 s, whatever was tried.
        assertEquals("about 2 s left", left.words());
        assertEquals(List.of("x", "w"), tried, "once is enough");
    }

    @Test
    void thePaceIsThatOfTheLastSeconds() {
        TimeLeft left = of(1000, 0, 0);
        left.begin("x");
        List<String> said = new ArrayList<>();
        for (int second = 1; second <= 16; second++) {
            now += SECOND;
            left.did(second <= 8 ? 10 : 100);
            if (second % 4 == 0) {
                said.add(left.words());
            }
        }
        // 960 and 920 of 10 a second, then 520 and 120 of 100 a second.
        assertEquals(List.of("about 95 s left", "about 90 s left", "about 5 s left", "about 1 s left"), said);
    }

    @Test
    void itIsRoundedToWhatIsKnown() {
        Map<Double, String> said = new LinkedHashMap<>();
        said.put(0.2, "about 1 s left");
        said.put(7.4, "about 7 s left");
        said.put(12.4, "about 10 s left");
        said.put(12.6, "about 15 s left");
        said.put(99.4, "about 100 s left");
        said.put(100.0, "about 2 min left");
        said.put(8.4 * 60, "about 8 min left");
        said.put(52.0 * 60, "about 50 min left");
        said.put(100.0 * 60, "about 2 h left");
        said.put(31.0 * 3600, "about 31 h left");
        said.forEach((seconds, words) -> {
            TimeLeft left = of(0, 1, seconds);
            left.begin("w");
            now += 2 * SECOND;
            assertEquals(words, left.words());
        });
    }

    /** Three runs of a row of 48 for each element, 0.2 ms for each number: 2.8 s for all. */
    @Test
    void aLongCheckTellsItAndWhatItHasFound() {
        Layer slow = TestLayer.elementwise(
                48,
                a -> {
                    long end = System.nanoTime() + 200_000;
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    return a;
                },
                a -> a == 2 ? 1.5 : a == 3 ? Double.NaN : 1);
        Matrix x = Matrix.ones(2, 48).with(1, 9, 2).with(0, 29, 3);
        Gradients grads = slow.forward(x).backward(Matrix.ones(2, 48));
        List<String> told = new ArrayList<>();
        GradientCheck.all(grads, new GradientCheck.Progress() {
            @Override
            public void at(long done, long total) {
                throw new AssertionError("without words");
            }

            @Override
            public void at(long done, long total, String words) {
                told.add(words);
            }
        });
        // A column at a time.
        assertEquals("all agree so far", told.get(0));
        assertTrue(told.contains("1 differs so far, most dL/dx[2,10]"), told::toString);
        String last = told.get(told.size() - 2);
        assertTrue(
                last.matches("about \\d s left, 1 differs and 1 not finite so far, most dL/dx\\[2,10]"),
                told::toString);
        assertEquals("", told.get(told.size() - 1));
    }
}
