package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes options for picocli's model: first the names, then what kind of value they take. */
public final class Option {
    private final OptionSpec.Builder builder;

    private Option(OptionSpec.Builder builder) {
        this.builder = builder;
    }

    /** An option with these names, dashes included. */
    public static Option named(String... names) {
        return new Option(OptionSpec.builder(names));
    }

    /** {@code --at}, which most commands take. */
    public static OptionSpec at() {
        return named("--at")
                .value(
                        "INSTANT",
                        new Converters.Instants(),
                        "Evaluate times as of this instant: RFC 3339, a date (its start in UTC), or seconds since the"
                                + " epoch.");
    }

    /** Accepts any number of arguments, so that the command itself reports how many it takes. */
    public static PositionalParamSpec.Builder arguments(String label) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true);
    }

    /** Takes no value. */
    public OptionSpec flag(String description) {
        return builder.type(boolean.class).description(description).build();
    }

    /** Takes any value that may be shown, so no token. */
    public OptionSpec text(String label, String description) {
        return value(label, new Converters.Text(), description);
    }

    /** Takes the name of a file. */
    public OptionSpec file(String description) {
        return value("FILE", new Converters.FileName(), description);
    }

    /** Takes a duration, in whole seconds. */
    public OptionSpec duration(String description) {
        return value("DURATION", new Converters.Seconds(), description);
    }

    /** Takes one of some words, and has the constant that it means as its value. */
    public OptionSpec word(String label, List<? extends Keyword> constants, String description) {
        return words(constants).value(label, new Converters.Word<>(constants, ""), description);
    }

    /** Takes several of some words with commas between them, or their other spellings, which a phrase describes. */
    public OptionSpec words(String label, List<? extends Keyword> constants, String also, String description) {
        return words(constants).value(label, new Converters.Words<>(constants, also), description);
    }

    private Option words(List<? extends Keyword> constants) {
        builder.completionCandidates(Keyword.words(constants));
        return this;
    }

    /** Takes any value but an empty one, which is never shown. */
    public OptionSpec unshown(String label, String description) {
        return value(label, new Converters.NotEmpty(), description);
    }

    /** Takes a value that is neither checked nor shown. */
    public OptionSpec raw(String label, String description) {
        return builder.type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Takes what a converter reads; it throws a {@link UsageException} that goes on from the option's name. */
    public OptionSpec value(String label, ITypeConverter<?> converter, String description) {
        return builder.type(Object.class)
                .converters(converter)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Takes what a converter reads; completions offer some words. */
    OptionSpec value(String label, Iterable<String> words, ITypeConverter<?> converter, String description) {
        builder.completionCandidates(words);
        return value(label, converter, description);
    }

    /** Whether a flag is given. */
    public static boolean isSet(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    /** The value, if the option is given. */
    public static <T> Optional<T> value(OptionSpec option) {
        @Nullable T value = option.getValue();
        return Optional.ofNullable(value);
    }

    /** The words of some constants, as a description lists them. */
    static String oneOf(List<? extends Keyword> constants) {
        return Converters.listed(Keyword.words(constants), "or");
    }
}
