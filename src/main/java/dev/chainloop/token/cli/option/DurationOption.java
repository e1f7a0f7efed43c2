package dev.chainloop.token.cli.option;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option whose value is a duration: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 7d}, {@code 4 min 9 s}, or ISO
 * 8601 as in {@code PT10M}.
 */
public final class DurationOption {
    private static final String UNITS = "dhms";
    private static final long[] SECONDS = {86_400, 3600, 60, 1};
    private static final int MAX_DIGITS = 9;

    /** Three million years, the most that the units can express; much more would overflow date arithmetic. */
    private static final long MAX_SECONDS = 100_000_000_000_000L;

    private final OptionSpec option;

    /** An option with a name and a description. */
    public DurationOption(String name, String description) {
        this.option = Option.named(name).text("DURATION", description);
    }

    /** The option in picocli's model. */
    public OptionSpec option() {
        return option;
    }

    /**
     * Whole seconds, not negative; empty when the option is not given.
     *
     * @throws UsageException when the value is not a duration
     */
    public Optional<Long> seconds() throws UsageException {
        @Nullable String text = option.getValue();
        return text == null ? Optional.empty() : Optional.of(seconds(option.longestName(), text));
    }

    static long seconds(String name, String text) throws UsageException {
        long seconds = text.startsWith("P") || text.startsWith("p") ? iso(text) : units(compact(text));
        if (seconds < 0) {
            throw new UsageException(name + " takes a duration such as 90s, 10m, 1h30m, 7d, \"4 min 9 s\" or PT10M");
        }
        return seconds;
    }

    /** Accepts durations as this tool prints them, {@code 4 min 9 s}: removes the blanks, and turns min into m. */
    private static String compact(String text) {
        StringBuilder compact = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean between = i > 0 && i < text.length() - 1;
            if (c == ' ' && between && text.charAt(i - 1) != ' ' && !isBetweenDigits(text, i)) {
                continue;
            }
            if (c == 'm' && text.startsWith("min", i)) {
                i += "min".length() - 1;
            }
            compact.append(c);
        }
        return compact.toString();
    }

    private static boolean isBetweenDigits(String text, int index) {
        return Character.isDigit(text.charAt(index - 1)) && Character.isDigit(text.charAt(index + 1));
    }

    private static long iso(String text) {
        try {
            long seconds = Duration.parse(text).toSeconds();
            return seconds > MAX_SECONDS ? -1 : seconds;
        } catch (DateTimeParseException | ArithmeticException e) {
            return -1;
        }
    }

    /** The sum of numbers with units, which go from large to small, each at most once; -1 for anything else. */
    private static long units(String text) {
        long sum = 0;
        int unit = -1;
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                i++;
            }
            int next = i < text.length() ? UNITS.indexOf(text.charAt(i)) : -1;
            if (i == start || i - start > MAX_DIGITS || next <= unit) {
                return -1;
            }
            unit = next;
            sum += Long.parseLong(text.substring(start, i)) * SECONDS[unit];
            i++;
        }
        return text.isEmpty() ? -1 : sum;
    }
}
