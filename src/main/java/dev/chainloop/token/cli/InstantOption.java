package dev.chainloop.token.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Reads {@code --at}: RFC 3339, or whole seconds since the epoch. */
final class InstantOption {
    private static final int MAX_SECONDS_LENGTH = 12;
    private static final long MAX_SECONDS = 253_402_300_799L;

    private InstantOption() {}

    static Instant read(OptionSpec option, InstantSource clock) throws UsageException {
        @Nullable String value = option.getValue();
        if (value == null) {
            return clock.instant();
        }
        try {
            Instant instant = isSeconds(value)
                    ? Instant.ofEpochSecond(Long.parseLong(value))
                    : OffsetDateTime.parse(value).toInstant();
            if (Math.abs(instant.getEpochSecond()) <= MAX_SECONDS) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Told below, without the value.
        }
        throw new UsageException(
                option.longestName() + " takes RFC 3339 as in 2026-01-31T12:00:00Z, or seconds since the epoch");
    }

    private static boolean isSeconds(String value) {
        int start = value.startsWith("-") ? 1 : 0;
        if (value.length() == start || value.length() > MAX_SECONDS_LENGTH + start) {
            return false;
        }
        for (int i = start; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
