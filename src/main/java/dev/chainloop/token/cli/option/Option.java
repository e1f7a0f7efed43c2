package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
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

    /** Accepts any number of arguments, so that the command itself reports how many it takes. */
    public static PositionalParamSpec.Builder arguments(String label) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true);
    }

    /** An argument that is one of some words. */
    public static PositionalParamSpec argument(String label, List<? extends Keyword> constants, String description) {
        return PositionalParamSpec.builder()
                .type(Object.class)
                .index("0")
                .paramLabel(label)
                .hideParamSyntax(true)
                .completionCandidates(Keyword.words(constants))
                .converters((ITypeConverter<Object>) value -> Converters.word(constants, "", value))
                .description(description)
                .build();
    }

    public OptionSpec flag(String description) {
        return builder.type(boolean.class).description(description).build();
    }

    /** Takes a duration, in whole seconds. */
    OptionSpec duration(String description) {
        return value("SPAN", Converters::duration, description);
    }

    /** Takes one of some words, and has the constant that it means as its value. */
    OptionSpec word(String label, List<? extends Keyword> constants, String description) {
        return offering(Keyword.words(constants))
                .value(label, value -> Converters.word(constants, "", value), description);
    }

    /** Takes what a converter reads; it throws a {@link UsageException} that goes on from the option's name. */
    public OptionSpec value(String label, ITypeConverter<?> converter, String description) {
        return builder.type(Object.class)
                .converters(converter)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Makes completions offer some words as values. */
    Option offering(Iterable<String> words) {
        builder.completionCandidates(words);
        return this;
    }

    public static boolean isSet(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    /** The value, if the option is given. */
    public static <T> Optional<T> value(ArgSpec option) {
        @Nullable T value = option.getValue();
        return Optional.ofNullable(value);
    }

    /** The words from which a value is chosen; empty where it can be anything. */
    public static List<String> words(ArgSpec option) {
        List<String> words = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(words::add);
        }
        return words;
    }

    /** The words of some constants, as a description lists them. */
    static String oneOf(List<? extends Keyword> constants) {
        return Converters.listed(Keyword.words(constants), "or");
    }
}
