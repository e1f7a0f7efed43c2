package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, just now",
        "PT0.5S, now",
        "PT1S, in 1 s",
        "PT59S, in 59 s",
        "PT1H1M59S, in 1 h 1 min",
        "PT23H59M59S, in 23 h 59 min",
        "P1DT59M, in 1 d",
        "P6DT3H5M, in 6 d 3 h",
        "P29DT23H, in 29 d 23 h",
        "P30DT23H, in 30 d",
        "-PT0.001S, 1 s ago",
        "-PT1.5S, 2 s ago",
        "-P6DT3H, 6 d 3 h ago"
    })
    void aDistanceHasTheTwoLargestUnitsOrThirtyDaysAndMoreAlone(Duration distance, String text) {
        assertEquals(text, Durations.distance(NOW, NOW.plus(distance)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "300, 5 min", "90000, 1 d 1 h", "86460, 1 d"})
    void aLengthHasTheTwoLargestUnits(long seconds, String text) {
        assertEquals(text, Durations.length(seconds));
    }

    /** The platform's own formatter is slow to load, but correct. */
    @Test
    void rfc3339IsWhatThePlatformWritesToTheSecond() {
        DateTimeFormatter platform =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
        Random random = new Random(3339);
        LongStream some = random.longs(10_000, -62_167_219_200L, 253_402_300_800L);
        LongStream ends = LongStream.of(0, 1_709_164_800, -62_167_219_200L, 253_402_300_799L);
        LongStream.concat(some, ends).forEach(second -> {
            Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
            assertEquals(platform.format(instant), Durations.rfc3339(instant));
        });
    }
}
