package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.TokenShape;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads options' values for picocli. What a converter throws goes on from the option's name, and quotes no value. */
public final class Converters {
    private Converters() {}

    /** Any text but an empty one. */
    static final class NotEmpty implements ITypeConverter<String> {
        @Override
        public String convert(String value) throws UsageException {
            if (value.isEmpty()) {
                throw new UsageException("has an empty value; a variable may be unset");
            }
            return value;
        }
    }

    /** Text that may be shown later, so no token that stands in the wrong place. */
    static final class Text implements ITypeConverter<String> {
        @Override
        public String convert(String value) throws UsageException {
            if (TokenShape.isIn(new NotEmpty().convert(value))) {
                throw new UsageException(
                        "has a value that looks like a token; a variable before it may be unset or empty");
            }
            return value;
        }
    }

    /** The name of a file. */
    static final class FileName implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) throws UsageException {
            try {
                return Path.of(new Text().convert(value));
            } catch (InvalidPathException e) {
                throw new UsageException("has a file name that cannot be encoded in this locale");
            }
        }
    }

    /**
     * One of some constants, by its word.
     *
     * @param also further spellings that are understood, for the error message
     */
    record Word<T extends Keyword>(List<T> constants, String also) implements ITypeConverter<T> {
        @Override
        public T convert(String value) throws UsageException {
            Optional<T> meant = Keyword.find(constants, value);
            if (meant.isPresent()) {
                return meant.get();
            }
            List<String> words = Keyword.words(constants);
            throw new UsageException("takes " + listed(words, "or") + also + Similar.hint(value, words));
        }
    }

    /** Several of some constants, with commas between their words. */
    record Words<T extends Keyword>(List<T> constants, String also) implements ITypeConverter<Set<T>> {
        @Override
        public Set<T> convert(String value) throws UsageException {
            Set<T> meant = new LinkedHashSet<>();
            for (String word : value.split(",", -1)) {
                meant.add(new Word<>(constants, also).convert(word));
            }
            return meant;
        }
    }

    /** An instant: RFC 3339, a date, or whole seconds since the epoch. */
    static final class Instants implements ITypeConverter<Instant> {
        private static final int LONGEST_SECONDS = 13;
        private static final long MAX_SECONDS = 253_402_300_799L;

        @Override
        public Instant convert(String value) throws UsageException {
            try {
                Instant instant = read(value);
                if (Math.abs(instant.getEpochSecond()) <= MAX_SECONDS) {
                    return instant;
                }
            } catch (DateTimeException e) {
                // Reported below, without the value.
            }
            throw new UsageException(
                    "takes RFC 3339 (2026-01-31T12:00:00Z), a date (2026-01-31) or seconds since the epoch");
        }

        private static Instant read(String value) {
            if (value.length() <= LONGEST_SECONDS && value.matches("-?[0-9]+")) {
                return Instant.ofEpochSecond(Long.parseLong(value));
            }
            return value.length() == "2026-01-31".length() && value.indexOf('T') < 0
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(value).toInstant();
        }
    }

    /**
     * A duration in whole seconds: {@code 90s}, {@code 1h30m}, {@code 4 min 9 s} as this tool prints it, or ISO 8601 as in
     * {@code PT10M}.
     */
    static final class Seconds implements ITypeConverter<Long> {
        private static final String UNITS =
                "(?:([0-9]{1,9}) ?d)?(?: ?([0-9]{1,9}) ?h)?(?: ?([0-9]{1,9}) ?m(?:in)?)?(?: ?([0-9]{1,9}) ?s)?";

        private static final long[] SECONDS = {0, 86_400, 3600, 60, 1};

        /** Three million years; much more would overflow date arithmetic. */
        private static final long MAX_SECONDS = 100_000_000_000_000L;

        @Override
        public Long convert(String value) throws UsageException {
            long seconds = value.startsWith("P") || value.startsWith("p") ? iso(value) : units(value);
            if (seconds < 0 || seconds > MAX_SECONDS) {
                throw new UsageException("takes a duration such as 90s, 10m, 1h30m, 7d, \"4 min 9 s\" or PT10M");
            }
            return seconds;
        }

        private static long iso(String value) {
            try {
                return Duration.parse(value).toSeconds();
            } catch (DateTimeException | ArithmeticException e) {
                return -1;
            }
        }

        private static long units(String value) {
            Matcher units = Pattern.compile(UNITS).matcher(value);
            if (value.isEmpty() || value.startsWith(" ") || !units.matches()) {
                return -1;
            }
            long sum = 0;
            for (int i = 1; i < SECONDS.length; i++) {
                sum += units.group(i) == null ? 0 : Long.parseLong(units.group(i)) * SECONDS[i];
            }
            return sum;
        }
    }

    /** Words as a sentence lists them: {@code a, b or c}. */
    public static String listed(List<String> words, String conjunction) {
        int last = words.size() - 1;
        return last == 0
                ? words.get(0)
                : String.join(", ", words.subList(0, last)) + " " + conjunction + " " + words.get(last);
    }
}
