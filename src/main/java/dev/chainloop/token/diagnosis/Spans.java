package dev.chainloop.token.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Durations in words. */
public final class Spans {
    private static final int DAY = 86_400;

    private Spans() {}

    /** How far a time is from now: {@code in 6 d 3 h}, {@code 2 h ago}, {@code now}. */
    public static String distance(Instant now, Instant then) {
        long seconds = Math.floorDiv(then.toEpochMilli() - now.toEpochMilli(), 1000L);
        if (seconds == 0) {
            return "now";
        }
        return seconds > 0 ? "in " + length(seconds) : length(-seconds) + " ago";
    }

    /** The two largest units of a number of seconds that is not negative. */
    public static String length(long seconds) {
        String[] units = {"d", "h", "min", "s"};
        long[] counts = {seconds / DAY, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < units.length && parts.size() < 2; i++) {
            if (counts[i] > 0) {
                parts.add(counts[i] + " " + units[i]);
            } else if (!parts.isEmpty()) {
                break;
            }
        }
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }
}
