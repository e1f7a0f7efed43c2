package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads options' values for picocli. What a converter throws goes on from the option's name, and quotes no value. */
public final class Converters {
    private static final int LONGEST_WORD = 30;

    /** To picocli two words are similar when they have any two neighboring letters in common. */
    private static final int LETTERS_MORE_OR_LESS = 2;

    private static final long LAST_SECOND = 253_402_300_799L;

    private static final long[] SECONDS = {0, 86_400, 3600, 60, 1};

    /** Three million years; much more would overflow date arithmetic. */
    private static final long MAX_SECONDS = 100_000_000_000_000L;

    private Converters() {}

    /** Loaded only for an option that needs one. */
    private static final class Patterns {
        static final Pattern DASHES = Pattern.compile("^-+");
        static final Pattern SECONDS = Pattern.compile("-?[0-9]+");
        static final Pattern UNITS = Pattern.compile(
                "^(?:([0-9]{1,9}) ?d)?(?: ?([0-9]{1,9}) ?h)?(?: ?([0-9]{1,9}) ?m(?:in)?)?(?: ?([0-9]{1,9}) ?s)?");
    }

    /** Text that is never shown. */
    public static String notEmpty(String value) throws UsageException {
        if (value.isEmpty()) {
            throw new UsageException("has an empty value; a variable may be unset");
        }
        return value;
    }

    /** An organization or project by its name or ID, which is shown later. */
    public static String name(String value) throws UsageException {
        return formed(Form.isLabel(notEmpty(value)) || Form.isId(value), "a name in lower case or an ID", value);
    }

    static String issuer(String value) throws UsageException {
        return formed(Form.isIssuer(notEmpty(value)), "a URL without a query, or a host", value);
    }

    private static String formed(boolean fits, String form, String value) throws UsageException {
        if (!fits) {
            throw new UsageException("takes " + form + "; a variable before it may be unset");
        }
        return value;
    }

    static Path file(String value) throws UsageException {
        try {
            return Path.of(notEmpty(value));
        } catch (InvalidPathException e) {
            throw new UsageException("has a file name that cannot be encoded in this locale");
        }
    }

    /**
     * One of some constants, by its word.
     *
     * @param also further spellings that are understood, for the error message
     */
    static <T extends Keyword> T word(List<T> constants, String also, String value) throws UsageException {
        Optional<T> meant = Keyword.find(constants, value);
        if (meant.isPresent()) {
            return meant.get();
        }
        List<String> words = Keyword.words(constants);
        throw new UsageException("takes " + listed(words, "or") + also + hint(value, words));
    }

    /** Several of some constants, with commas between their words. */
    static <T extends Keyword> Set<T> words(List<T> constants, String also, String value) throws UsageException {
        Set<T> meant = new LinkedHashSet<>();
        for (String word : value.split(",", -1)) {
            meant.add(word(constants, also, word));
        }
        return meant;
    }

    /** Words as a sentence lists them: {@code a, b or c}. */
    public static String listed(List<String> words, String conjunction) {
        int last = words.size() - 1;
        return last == 0
                ? words.get(0)
                : String.join(", ", words.subList(0, last)) + " " + conjunction + " " + words.get(last);
    }

    /** A question, to follow a phrase, whether the most similar of the words was meant; empty when none is. */
    public static String hint(String typed, Iterable<String> words) {
        Optional<String> meant = similar(typed, words);
        return meant.isPresent() ? "; did you mean " + meant.get() + "?" : "";
    }

    /** What picocli suggests of the words, if it is about as long and begins or ends with the same letter. */
    public static Optional<String> similar(String typed, Iterable<String> words) {
        if (typed.length() > LONGEST_WORD) {
            return Optional.empty();
        }
        Map<String, String> byLetters = new TreeMap<>();
        CommandSpec spec = CommandSpec.create();
        for (String word : words) {
            if (word.equalsIgnoreCase(typed)) {
                return Optional.of(word);
            }
            byLetters.put(letters(word), word);
            spec.addSubcommand(letters(word), CommandSpec.create());
        }
        String bare = letters(typed);
        List<String> similar = new UnmatchedArgumentException(new CommandLine(spec), List.of(bare)).getSuggestions();
        return similar.stream()
                .limit(1)
                .filter(word -> isNear(bare, word))
                .map(byLetters::get)
                .findFirst();
    }

    private static boolean isNear(String typed, String word) {
        return Math.abs(typed.length() - word.length()) <= LETTERS_MORE_OR_LESS
                && (typed.charAt(0) == word.charAt(0)
                        || typed.charAt(typed.length() - 1) == word.charAt(word.length() - 1));
    }

    /** Without the dashes before an option's name, by which picocli would tell options from subcommands. */
    private static String letters(String word) {
        return Patterns.DASHES.matcher(word).replaceFirst("");
    }

    /** An instant: RFC 3339, a date, or whole seconds since the epoch. */
    static Instant instant(String value) throws UsageException {
        try {
            Instant instant;
            if (value.length() <= 13 && Patterns.SECONDS.matcher(value).matches()) {
                instant = Instant.ofEpochSecond(Long.parseLong(value));
            } else if (value.length() == "2026-01-31".length() && value.indexOf('T') < 0) {
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

    /**
     * A duration in whole seconds: {@code 90s}, {@code 1h30m}, {@code 4 min 9 s} as this tool prints it, or ISO 8601 as in
     * {@code PT10M}.
     */
    static long duration(String value) throws UsageException {
        long seconds = value.startsWith("P") || value.startsWith("p") ? iso(value) : units(value);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new UsageException(
                    "takes a duration with its unit, such as 90s, 10m, 1h30m, 7d, \"4 min 9 s\" or PT10M");
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
        Matcher units = Patterns.UNITS.matcher(value);
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
