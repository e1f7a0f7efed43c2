package dev.chainloop.token.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z",
        "1709164799, 2024-02-28T23:59:59Z",
        "1709164800, 2024-02-29T00:00:00Z",
        "1767837296, 2026-01-08T01:54:56Z",
        "-62167219200, 0000-01-01T00:00:00Z",
        "-59011459200, 0100-01-01T00:00:00Z",
        "253402300799, 9999-12-31T23:59:59Z"
    })
    void rfc3339IsInUtcToTheSecond(long seconds, String text) {
        assertEquals(text, Times.rfc3339(Instant.ofEpochSecond(seconds)));
        assertEquals(text, Times.rfc3339(Instant.ofEpochSecond(seconds, 999_999_999)));
    }

    /** The platform's own formatter is slow to load, but correct. */
    @Test
    void rfc3339IsWhatThePlatformWrites() {
        DateTimeFormatter platform =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
        Random random = new Random(3339);
        for (int i = 0; i < 10_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L));
            assertEquals(platform.format(instant), Times.rfc3339(instant));
        }
    }
}
