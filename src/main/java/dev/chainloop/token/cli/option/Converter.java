package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Phrases;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** Reads an option's value for picocli. The messages of its exceptions follow the option's name, and quote no value. */
public enum Converter implements ITypeConverter<Object> {
    /** As it is, and never shown. */
    TEXT,
    NOT_EMPTY,
    FILE,
    /** An organization or project by its name or ID, which is shown later. */
    NAME,
    ISSUER,
    /** An instant: RFC 3339, a date, or whole seconds since the epoch. */
    INSTANT,
    /**
     * A duration in whole seconds: {@code 90s}, {@code 1h30m}, {@code 4 min 9 s} as this tool prints it, or ISO 8601 as in
     * {@code PT10M}.
     */
    DURATION;

    private static final long LAST_SECOND = 253_402_300_799L;

    /** Three million years; much more would overflow date arithmetic. */
    private static final long MAX_SECONDS = 100_000_000_000_000L;

    @Override
    public Object convert(String value) throws UsageException {
        return switch (this) {
            case TEXT -> value;
            case NOT_EMPTY -> notEmpty(value);
            case FILE -> Path.of(notEmpty(value));
            case NAME -> formed(Form.isLabel(notEmpty(value)) || Form.isId(value), "a lower-case name or an ID", value);
            case ISSUER -> formed(Form.isIssuer(notEmpty(value)), "a URL without a query, or a host", value);
            case INSTANT -> instant(value);
            case DURATION -> duration(value);
        };
    }

    private static String notEmpty(String value) throws UsageException {
        if (value.isEmpty()) {
            throw new UsageException("has an empty value; is a variable unset?");
        }
        return value;
    }

    private static String formed(boolean fits, String form, String value) throws UsageException {
        if (!fits) {
            boolean next = value.startsWith("-") || value.startsWith("eyJ"); // Another argument.
            throw new UsageException("takes " + form + (next ? "; is the variable before it unset?" : ""));
        }
        return value;
    }

    /** The words of some constants, as a sentence lists them. */
    public static String oneOf(List<? extends Keyword> constants) {
        return Phrases.list(Keyword.words(constants), "or");
    }

    private static Instant instant(String value) throws UsageException {
        try {
            Instant instant;
            if (value.length() <= 13 && value.matches("-?[0-9]+")) {
                instant = Instant.ofEpochSecond(Long.parseLong(value));
            } else if (value.length() == "2026-01-31".length()) {
                instant = LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
            } else {
                instant = OffsetDateTime.parse(value).toInstant();
            }
            if (Math.abs(instant.getEpochSecond()) <= LAST_SECOND) {
                return instant;
            }
        } catch (DateTimeException e) {
            // Reported below, without the value.
        }
        throw new UsageException(
                "takes RFC 3339 (2026-01-31T12:00:00Z), a date (2026-01-31) or seconds since the epoch");
    }

    private static long duration(String value) throws UsageException {
        String span = value.replace(" ", "").replace("min", "m");
        String time = span.indexOf('d') < 0 ? "T" + span : span.replace("d", "dT");
        String iso = span.startsWith("P") || span.startsWith("p") ? span : "P" + time;
        try {
            long seconds = Duration.parse(iso.endsWith("T") ? iso.substring(0, iso.length() - 1) : iso)
                    .toSeconds();
            if (iso.indexOf('-') < 0 && seconds <= MAX_SECONDS) {
                return seconds;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Reported below, without the value.
        }
        throw new UsageException("takes a duration with its unit, such as 90s, 10m, 1h30m, 7d, \"4 min 9 s\" or PT10M");
    }
}
