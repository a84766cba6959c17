package org.jacobean.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One way of writing dates and times that stand together: {@code 2026-11-25}, {@code 09:30}, {@code 2026-11-25 09:30} and,
 * of an instant, {@code 2026-11-25 09:30Z}; with seconds, and parts of a second, where one of them has some.
 */
final class Moments {

    private static final String[] TIMES = {"HH:mm", "HH:mm:ss", "HH:mm:ss.SSS", "HH:mm:ss.SSSSSSSSS"};

    private final DateTimeFormatter time;

    private Moments(DateTimeFormatter time) {
        this.time = time;
    }

    static Moments of(List<?> moments) {
        int finest = moments.stream()
                .map(Moments::time)
                .filter(Objects::nonNull)
                .mapToInt(Moments::parts)
                .max()
                .orElse(0);
        return new Moments(DateTimeFormatter.ofPattern(TIMES[finest], Locale.ROOT));
    }

    String format(Object moment) {
        if (moment instanceof LocalTime) {
            return time.format((LocalTime) moment);
        } else if (moment instanceof LocalDateTime at) {
            return at.toLocalDate() + " " + time.format(at);
        } else if (moment instanceof Instant at) {
            return format(at.atOffset(ZoneOffset.UTC).toLocalDateTime()) + "Z";
        }
        return moment.toString();
    }

    private static LocalTime time(Object moment) {
        if (moment instanceof LocalDate) {
            return null;
        }
        return moment instanceof LocalTime time
                ? time
                : moment instanceof LocalDateTime at
                        ? at.toLocalTime()
                        : ((Instant) moment).atOffset(ZoneOffset.UTC).toLocalTime();
    }

    private static int parts(LocalTime time) {
        return time.getNano() % 1_000_000 != 0 ? 3 : time.getNano() != 0 ? 2 : time.getSecond() != 0 ? 1 : 0;
    }
}
