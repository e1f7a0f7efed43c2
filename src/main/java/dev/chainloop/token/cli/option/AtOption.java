package dev.chainloop.token.cli.option;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Reads {@code --at}: RFC 3339, a date, or whole seconds since the epoch. */
public final class AtOption {
    private static final int MAX_SECONDS_LENGTH = 12;
    private static final long MAX_SECONDS = 253_402_300_799L;

    private final OptionSpec at = Option.named("--at")
            .text(
                    "INSTANT",
                    "Evaluate times as of this instant: RFC 3339, a date (its start in UTC), or seconds since the"
                            + " epoch.");

    /** The option in picocli's model. */
    public OptionSpec option() {
        return at;
    }

    /**
     * The instant given on the command line, else the clock's.
     *
     * @throws UsageException when the value is not an instant
     */
    public Instant read(InstantSource clock) throws UsageException {
        @Nullable String value = at.getValue();
        if (value == null) {
            return clock.instant();
        }
        try {
            Instant instant = isSeconds(value)
                    ? Instant.ofEpochSecond(Long.parseLong(value))
                    : isDate(value)
                            ? LocalDate.parse(value)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                            : OffsetDateTime.parse(value).toInstant();
            if (Math.abs(instant.getEpochSecond()) <= MAX_SECONDS) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Reported below, without the value.
        }
        throw new UsageException(
                "--at takes RFC 3339 (2026-01-31T12:00:00Z), a date (2026-01-31) or seconds since the epoch");
    }

    /**
     * A clock fixed at the instant given on the command line, else the clock passed in.
     *
     * @throws UsageException when the value is not an instant
     */
    public InstantSource clock(InstantSource clock) throws UsageException {
        return at.getValue() == null ? clock : InstantSource.fixed(read(clock));
    }

    private static boolean isDate(String value) {
        return value.length() == "2026-01-31".length() && value.indexOf('T') < 0;
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
