package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options that select the token, for every command that reads one. */
public final class SourceOptions {
    private static final String STDIN = "-";

    private static final List<SourceKind> ALL = List.of(SourceKind.values());

    private final OptionSpec token = Option.named("-t", "--token")
            .value("TOKEN", value -> value, "The token; the Chainloop CLI has the same option.");
    private final OptionSpec source;
    private final OptionSpec config;
    private final PositionalParamSpec argument = Option.arguments("[TOKEN | -]")
            .description("The token, or - to read it from stdin.")
            .build();
    final List<PositionalParamSpec> arguments;
    final List<OptionSpec> options;

    private SourceOptions(boolean withArgument, boolean withSource) {
        this.source = Option.named("--source")
                .offering(Keyword.words(ALL))
                .value("WORD", word -> Converters.word(ALL, "", word), "Use only " + Option.oneOf(ALL) + ".");
        this.config = Option.named("-c", "--config")
                .value(
                        "FILE",
                        Converters::file,
                        withSource
                                ? "Read this config file; implies --source config."
                                : "Read this config file, not the Chainloop CLI's.");
        this.arguments = withArgument ? List.of(argument) : List.of();
        this.options = withSource ? List.of(token, source, config) : List.of(token, config);
    }

    /** For commands about one token. */
    public static SourceOptions ofOneSource() {
        return new SourceOptions(true, true);
    }

    /** For commands whose arguments are not tokens. */
    public static SourceOptions withoutArgument() {
        return new SourceOptions(false, true);
    }

    /** For commands about all tokens. */
    public static SourceOptions ofEverySource() {
        return new SourceOptions(true, false);
    }

    /** What stands on the command line besides options: a token, or what was taken for one. */
    public String words() {
        return String.join(" ", Option.<List<String>>value(argument).orElse(List.of()));
    }

    /** What the user asked for, unless that contradicts itself. */
    public Search.Request request() throws UsageException {
        List<String> positionals = Option.<List<String>>value(argument).orElse(List.of());
        if (positionals.size() > 1) {
            throw new UsageException("there are " + positionals.size()
                    + " arguments, but only one token can be given; quote a value that contains spaces");
        }
        Optional<SourceKind> named = Option.value(source);
        Optional<String> option = Option.value(token);
        Optional<Path> file = Option.value(config);
        Optional<Search.Argument> given = Optional.empty();
        Map<String, SourceKind> asked = new LinkedHashMap<>();
        if (named.isPresent()) {
            asked.put("--source " + named.get().word(), named.get());
        }
        if (option.isPresent()) {
            given = Optional.of(new Search.Argument("--token", option.get()));
            asked.put("--token", SourceKind.ARGUMENT);
        }
        for (String one : positionals) {
            SourceKind kind = one.equals(STDIN) ? SourceKind.STDIN : SourceKind.ARGUMENT;
            if (kind == SourceKind.ARGUMENT && given.isPresent()) {
                throw new UsageException("the token is given twice: as the argument and with --token");
            }
            if (kind == SourceKind.ARGUMENT) {
                given = Optional.of(new Search.Argument("TOKEN", one));
            }
            asked.put(kind.spelling(), kind);
        }
        if (file.isPresent() && options.contains(source)) {
            asked.put(SourceKind.CONFIG.spelling(), SourceKind.CONFIG);
        }
        Optional<SourceKind> only = theOne(asked);
        // An argument alone does not narrow the search, so that other tokens are reported. It wins anyway.
        boolean wide = named.isEmpty() && only.equals(Optional.of(SourceKind.ARGUMENT));
        return new Search.Request(wide ? Optional.empty() : only, given, file);
    }

    private static Optional<SourceKind> theOne(Map<String, SourceKind> asked) throws UsageException {
        List<String> spellings = List.copyOf(asked.keySet());
        for (String one : spellings) {
            if (asked.get(one) != asked.get(spellings.get(0))) {
                throw new UsageException(
                        spellings.get(0) + " and " + one + " cannot be used together: give only one source");
            }
        }
        return spellings.isEmpty() ? Optional.empty() : Optional.ofNullable(asked.get(spellings.get(0)));
    }
}
