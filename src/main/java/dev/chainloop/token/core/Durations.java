package dev.chainloop.token.core;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Times and durations in words, formatted by hand because the platform's formatter takes long to load. */
public final class Durations {
    private static final int DAY = 86_400;

    private static final String[] UNITS = {"d", "h", "min", "s"};

    private Durations() {}

    /** How far a time is from now: {@code in 6 d 3 h}, {@code 2 h ago}, {@code just now}; {@code now} in this second. */
    public static String distance(Instant now, Instant then) {
        long seconds = Math.floorDiv(then.toEpochMilli() - now.toEpochMilli(), 1000L);
        if (seconds == 0) {
            return then.isAfter(now) ? "now" : "just now";
        }
        return seconds > 0 ? "in " + length(seconds) : length(-seconds) + " ago";
    }

    /** The two largest units of a number of seconds that is not negative, or the days alone where they are 30 or more. */
    public static String length(long seconds) {
        long[] counts = {seconds / DAY, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        List<String> parts = new ArrayList<>();
        int most = counts[0] < 30 ? 2 : 1;
        for (int i = 0; i < UNITS.length && parts.size() < most; i++) {
            if (counts[i] > 0) {
                parts.add(counts[i] + " " + UNITS[i]);
            } else if (!parts.isEmpty()) {
                break;
            }
        }
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }

    /** A time as RFC 3339 writes it, in UTC and to the second. */
    public static String rfc3339(Instant instant) {
        // With a fraction, so that seconds are written that are zero.
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 1, ZoneOffset.UTC);
        return time.toString().substring(0, "2026-01-01T00:00:00".length()) + "Z";
    }
}
