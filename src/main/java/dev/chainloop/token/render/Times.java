package dev.chainloop.token.render;

import java.time.Instant;
import java.time.LocalDate;

/** Times as people and RFC 3339 write them; written by hand, because the platform's formatter takes long to load. */
final class Times {
    private static final int DAY = 86_400;

    private Times() {}

    /** RFC 3339 in UTC, to the second. */
    static String rfc3339(Instant instant) {
        long seconds = instant.getEpochSecond();
        int ofDay = (int) Math.floorMod(seconds, (long) DAY);
        StringBuilder text = new StringBuilder(20);
        text.append(LocalDate.ofEpochDay(Math.floorDiv(seconds, (long) DAY)));
        two(text.append('T'), ofDay / 3600);
        two(text.append(':'), ofDay / 60 % 60);
        two(text.append(':'), ofDay % 60);
        return text.append('Z').toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
