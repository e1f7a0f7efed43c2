package dev.chainloop.token.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** An option in the making: its names, then what it takes. And how the value of a made one is read. */
final class Option {
    private final OptionSpec.Builder builder;

    private Option(OptionSpec.Builder builder) {
        this.builder = builder;
    }

    static Option named(String... names) {
        return new Option(OptionSpec.builder(names));
    }

    /** One without a value. */
    OptionSpec flag(String description) {
        return builder.type(boolean.class).description(description).build();
    }

    /** One with any value. */
    OptionSpec text(String label, String description) {
        return builder.type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** One whose value is among some words. */
    OptionSpec choice(String label, Iterable<String> words, String description) {
        builder.completionCandidates(words);
        return text(label, description);
    }

    static boolean isSet(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    /** A value that says something, if one is given. */
    static Optional<String> value(OptionSpec option) throws UsageException {
        @Nullable String value = option.getValue();
        if (value != null && value.isEmpty()) {
            throw new UsageException(option.longestName() + " has an empty value; a variable may be unset");
        }
        return Optional.ofNullable(value);
    }
}
