package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options that select the token, for every command that reads one. */
public final class SourceOptions {
    private static final String STDIN = "-";

    private static final List<SourceKind> KINDS = List.of(SourceKind.values());

    private final OptionSpec token =
            Option.named("-t", "--token").value("TOKEN", value -> value, "The token, as the Chainloop CLI takes it.");
    private final OptionSpec source =
            Option.named("--source").word("WORD", KINDS, "Use only " + Option.oneOf(KINDS) + ".");
    private final OptionSpec lines = Option.named("--lines")
            .flag("Read many tokens from stdin, one per line, and answer each on one line; -o json prints NDJSON.");
    private final OptionSpec config;
    private final PositionalParamSpec argument = Option.arguments("[TOKEN | -]")
            .description("The token, or - for stdin, which neither `ps` nor the shell's history shows.")
            .build();
    private final List<PositionalParamSpec> arguments;
    private final List<OptionSpec> options;

    private SourceOptions(boolean withArgument, boolean withSource, boolean withLines) {
        this.config = Option.named("-c", "--config")
                .value(
                        "FILE",
                        Converters::file,
                        withSource
                                ? "Read this config file; implies --source config."
                                : "Read this config file, not the Chainloop CLI's.");
        this.arguments = withArgument ? List.of(argument) : List.of();
        this.options = !withSource
                ? List.of(token, config)
                : withLines ? List.of(token, source, config, lines) : List.of(token, source, config);
    }

    /** For commands about one token. */
    public static SourceOptions ofOneSource() {
        return new SourceOptions(true, true, false);
    }

    /** For commands about one token, or many from stdin. */
    public static SourceOptions ofOneOrMany() {
        return new SourceOptions(true, true, true);
    }

    /** For commands whose arguments are not tokens. */
    public static SourceOptions withoutArgument() {
        return new SourceOptions(false, true, false);
    }

    /** For commands about all tokens. */
    public static SourceOptions ofEverySource() {
        return new SourceOptions(true, false, false);
    }

    List<PositionalParamSpec> arguments() {
        return arguments;
    }

    List<OptionSpec> options() {
        return options;
    }

    /** Whether many tokens are to be read, one per line. */
    public boolean isOfLines() {
        return Option.isSet(lines);
    }

    /**
     * Refuses what does not go with many tokens.
     *
     * @throws UsageException when something else was asked for that does not
     */
    public void requireLines(Search.Request request, OutputFormat format) throws UsageException {
        if (request.argument().isPresent()) {
            throw new UsageException("--lines reads stdin and cannot be used with a token on the command line");
        }
        if (request.only().isPresent() && request.only().get() != SourceKind.STDIN) {
            throw new UsageException("--lines reads stdin and cannot be used with another source");
        }
        if (format.report().lines(ViewOptions.PLAIN) == null) {
            throw new UsageException("--lines and -o " + format.word() + " cannot be used together");
        }
    }

    /**
     * What the user asked for.
     *
     * @throws UsageException when that contradicts itself
     */
    public Search.Request request() throws UsageException {
        List<String> positionals = Option.<List<String>>value(argument).orElse(List.of());
        if (positionals.size() > 1) {
            throw new UsageException("there are " + positionals.size()
                    + " arguments, but only one token can be given; quote a value that contains spaces");
        }
        boolean stdin = positionals.contains(STDIN);
        Optional<String> option = Option.value(token);
        if (option.isPresent() && !positionals.isEmpty()) {
            throw new UsageException(
                    stdin
                            ? "`-` and --token cannot be used together"
                            : "the token is given twice: as the argument and with --token");
        }
        Optional<Search.Argument> given = option.isPresent()
                ? Optional.of(new Search.Argument("--token", option.get()))
                : positionals.stream()
                        .filter(one -> !stdin)
                        .map(one -> new Search.Argument("TOKEN", one))
                        .findFirst();
        Optional<Path> file = Option.value(config);
        return new Search.Request(only(given, stdin, file.isPresent() && options.contains(source)), given, file);
    }

    private Optional<SourceKind> only(Optional<Search.Argument> given, boolean stdin, boolean file)
            throws UsageException {
        Optional<SourceKind> named = Option.value(source);
        Optional<SourceKind> implied = stdin ? Optional.of(SourceKind.STDIN) : given.map(one -> SourceKind.ARGUMENT);
        Optional<SourceKind> other = file ? Optional.of(SourceKind.CONFIG) : Optional.empty();
        if (implied.isPresent() && file) {
            throw contradiction(spelling(implied.get()), SourceKind.CONFIG);
        }
        implied = implied.or(() -> other);
        if (named.isPresent() && implied.isPresent() && named.get() != implied.get()) {
            throw contradiction("--source " + named.get().word(), implied.get());
        }
        // An argument alone does not narrow the search, so that other tokens are reported; the first source wins
        // anyway.
        return named.or(() -> stdin ? Optional.of(SourceKind.STDIN) : other);
    }

    private UsageException contradiction(String one, SourceKind other) {
        return new UsageException(one + " and " + spelling(other) + " cannot be used together: give only one source");
    }

    private String spelling(SourceKind kind) {
        return kind == SourceKind.ARGUMENT && token.getValue() != null ? "--token" : kind.spelling();
    }
}
