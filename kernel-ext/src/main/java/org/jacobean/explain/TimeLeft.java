package org.jacobean.explain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * How long the rest of a check takes. What is at work goes on at its own pace of the last seconds; those that follow are
 * tried, a few elements of each and once it is worth it: an element of w may take a hundredth of the time of one of x.
 */
final class TimeLeft {

    private static final double SECOND = 1e9; // ns
    private static final double KNOWN_AFTER = 2 * SECOND;

    /** The pace is that of the last one or two of these. */
    private static final double LATELY = 4 * SECOND;

    /** From here the next unit is used, and in fives below it. */
    private static final int MANY = 100;

    private final Map<String, Long> left;
    private final ToDoubleFunction<String> trial;
    private final LongSupplier nanoTime;
    private final Map<String, Double> tried = new HashMap<>();
    private final long start;
    private String role;
    private Mark from;
    private Mark next;
    private long done;

    /** How much of what is at work was done by then. */
    private record Mark(long time, long done) {

        Mark later(long by) {
            return new Mark(time + by, done);
        }
    }

    /**
     * @param counts how many elements of each role are measured, in that order
     * @param trial of a few elements of a role: the nanoseconds for each
     */
    TimeLeft(Map<String, Long> counts, ToDoubleFunction<String> trial, LongSupplier nanoTime) {
        this.left = new LinkedHashMap<>(counts);
        this.left.values().removeIf(count -> count == 0);
        this.trial = trial;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    void begin(String which) {
        left.remove(role);
        role = which;
        done = 0;
        from = new Mark(nanoTime.getAsLong(), 0);
        next = from;
    }

    void did(long more) {
        done += more;
        left.merge(role, -more, Long::sum);
    }

    /** {@code about 40 s left}, or nothing as long as that is not known. */
    String words() {
        if (nanoTime.getAsLong() - start < KNOWN_AFTER) {
            return "";
        }
        long before = nanoTime.getAsLong();
        left.keySet().forEach(each -> tried.computeIfAbsent(each, trial::applyAsDouble));
        long now = nanoTime.getAsLong();
        from = from.later(now - before);
        next = next.later(now - before);
        if (now - next.time >= LATELY) {
            from = next;
            next = new Mark(now, done);
        }
        double rest = 0;
        for (Map.Entry<String, Long> each : left.entrySet()) {
            boolean known = each.getKey().equals(role) && done > from.done && now - from.time >= KNOWN_AFTER;
            rest += each.getValue()
                    * (known ? (double) (now - from.time) / (done - from.done) : tried.get(each.getKey()));
        }
        return "about " + said(rest / SECOND) + " left";
    }

    /** {@code 7 s}, {@code 40 s}, {@code 3 min}, {@code 2 h}: no more than such a measurement knows. */
    private static String said(double seconds) {
        double number = seconds;
        String unit = "s";
        for (String next : new String[] {"min", "h"}) {
            if (Math.round(number) >= MANY) {
                number /= 60;
                unit = next;
            }
        }
        long rounded = number < 10 || unit.equals("h") ? Math.round(number) : 5 * Math.round(number / 5);
        return Math.max(1, rounded) + " " + unit;
    }
}
