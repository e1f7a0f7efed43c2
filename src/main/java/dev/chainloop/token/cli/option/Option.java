package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.TokenShape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Makes options: first the names, then what kind of value they take. Also reads their values. */
public final class Option {
    private final OptionSpec.Builder builder;

    private Option(OptionSpec.Builder builder) {
        this.builder = builder;
    }

    /** An option with these names, dashes included. */
    public static Option named(String... names) {
        return new Option(OptionSpec.builder(names));
    }

    /** Takes no value. */
    public OptionSpec flag(String description) {
        return builder.type(boolean.class).description(description).build();
    }

    /** Takes any value. */
    public OptionSpec text(String label, String description) {
        return builder.type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Takes any value; completions offer some words. */
    public OptionSpec text(String label, Iterable<String> words, String description) {
        builder.completionCandidates(words);
        return text(label, description);
    }

    /** Takes one of some words, or several where the label says so. */
    public <T extends Keyword> Choice<T> choice(String label, List<T> constants, String description) {
        return new Choice<>(text(label, Keyword.words(constants), description), constants, "");
    }

    /** Also understands other spellings of the words, which a phrase describes. */
    public <T extends Keyword> Choice<T> choice(String label, List<T> constants, String also, String description) {
        return new Choice<>(text(label, Keyword.words(constants), description), constants, also);
    }

    /** Whether a flag is given. */
    public static boolean isSet(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    /**
     * The value, if one is given. Every value that may be shown later is read here, so that a token given in the wrong
     * place is never shown.
     *
     * @throws UsageException when it is empty, or looks like a token
     */
    public static Optional<String> value(OptionSpec option) throws UsageException {
        Optional<String> value = unshown(option);
        if (value.isPresent() && TokenShape.isIn(value.get())) {
            throw new UsageException(option.longestName()
                    + " has a value that looks like a token; a variable before it may be unset or empty");
        }
        return value;
    }

    /**
     * The value, if one is given, of an option whose value is never shown.
     *
     * @throws UsageException when it is empty
     */
    public static Optional<String> unshown(OptionSpec option) throws UsageException {
        @Nullable String value = option.getValue();
        if (value != null && value.isEmpty()) {
            throw new UsageException(option.longestName() + " has an empty value; a variable may be unset");
        }
        return Optional.ofNullable(value);
    }
}
