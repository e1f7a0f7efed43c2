package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Phrases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Short forms for picocli's own model of a command, from which the parser, help, manual and completions read. A converter
 * throws a {@link UsageException} whose message follows the option's name.
 */
public final class Options {
    private Options() {}

    private record Word(List<? extends Keyword> constants) implements ITypeConverter<Object> {
        @Override
        public Keyword convert(String value) throws UsageException {
            return Keyword.find(constants, value)
                    .orElseThrow(() -> new UsageException("takes " + Converter.oneOf(constants)));
        }

        Set<Keyword> several(String value) throws UsageException {
            Set<Keyword> meant = new LinkedHashSet<>();
            for (String word : value.split(",", -1)) {
                meant.add(convert(word.strip()));
            }
            return meant;
        }
    }

    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build();
    }

    public static OptionSpec value(String label, ITypeConverter<?> converter, String description, String... names) {
        return valued(label, converter, description, names).build();
    }

    /** For a file's name: completions offer files where the type is declared as this one. */
    public static OptionSpec file(String label, ITypeConverter<?> converter, String description, String... names) {
        return valued(label, converter, description, names).type(Path.class).build();
    }

    /** Takes one of some words, and has the constant that it means as its value. */
    public static OptionSpec word(
            String label, List<? extends Keyword> constants, String description, String... names) {
        return valued(label, new Word(constants), description, names)
                .completionCandidates(Keyword.words(constants))
                .build();
    }

    /** The same for several of them, with commas between. */
    public static OptionSpec words(
            String label, List<? extends Keyword> constants, String description, String... names) {
        return valued(label, new Word(constants)::several, description, names)
                .completionCandidates(Keyword.words(constants))
                .build();
    }

    public static OptionSpec.Builder valued(
            String label, ITypeConverter<?> converter, String description, String... names) {
        return OptionSpec.builder(names)
                .type(Object.class)
                .converters(converter)
                .paramLabel(label)
                .description(description);
    }

    /** Accepts any number of arguments, so that the command itself reports how many it takes. */
    public static PositionalParamSpec.Builder arguments(String label, String description) {
        return PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true)
                .description(description);
    }

    public static PositionalParamSpec word(String label, List<? extends Keyword> constants, String description) {
        return arguments(label, description)
                .type(Object.class)
                .auxiliaryTypes(Object.class)
                .arity("1")
                .index("0")
                .completionCandidates(Keyword.words(constants))
                .converters(new Word(constants))
                .build();
    }

    /** Adds options that documents show together. */
    public static void group(CommandSpec spec, String heading, Collection<OptionSpec> options) {
        int order = spec.argGroups().size();
        add(spec, ArgGroupSpec.builder().heading("%n" + heading + ":%n").order(order), options);
    }

    /** Adds options that the help of another command explains: this command's only names them. */
    public static void explainedBy(String command, CommandSpec spec, Collection<OptionSpec> options) {
        add(spec, ArgGroupSpec.builder(), options);
        List<String> names = new ArrayList<>();
        for (OptionSpec option : options) {
            names.add(String.join("/", option.names()));
        }
        List<String> sentences = new ArrayList<>(List.of(spec.usageMessage().footer()));
        sentences.add("For " + Phrases.list(names, "and") + ", see `chainloop-token " + command + " --help`.");
        spec.usageMessage().footer(sentences.toArray(new String[0]));
    }

    private static void add(CommandSpec spec, ArgGroupSpec.Builder group, Collection<OptionSpec> options) {
        group.validate(false).exclusive(false); // If exclusive, picocli lays out a synopsis for its log.
        for (OptionSpec option : options) {
            group.addArg(option);
        }
        spec.addArgGroup(group.build());
    }

    public static boolean isSet(OptionSpec flag) {
        return Boolean.TRUE.equals(flag.getValue());
    }

    public static <T> Optional<T> value(ArgSpec option) {
        @Nullable T value = option.getValue();
        return Optional.ofNullable(value);
    }
}
