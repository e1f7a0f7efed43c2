package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options that select the token, for every command that reads one. */
public final class SourceOptions {
    private static final String STDIN = "-";

    private static final List<SourceKind> KINDS = List.of(SourceKind.values());

    private final OptionSpec token =
            Option.named("-t", "--token").raw("TOKEN", "The token, as the Chainloop CLI takes it.");
    private final OptionSpec source =
            Option.named("--source").word("WORD", KINDS, "Use only this source: " + Option.oneOf(KINDS) + ".");
    private final OptionSpec config;
    private final PositionalParamSpec argument = Option.arguments("[TOKEN | -]")
            .description("The token, or - for stdin. Other users can see an argument in `ps`, and the shell's history"
                    + " keeps it:"
                    + " prefer stdin.")
            .build();

    private final OptionSpec lines = Option.named("--lines")
            .flag("Read many tokens from stdin, one per line, and answer each on one line; -o json prints NDJSON.");

    private final boolean withArgument;
    private final boolean withSource;
    private final boolean withLines;

    private SourceOptions(boolean withArgument, boolean withSource, boolean withLines) {
        this.withArgument = withArgument;
        this.withSource = withSource;
        this.withLines = withLines;
        this.config = Option.named("-c", "--config")
                .file("Read this config file instead of the Chainloop CLI's"
                        + (withSource ? "; implies --source config." : "."));
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
        return withArgument ? List.of(argument) : List.of();
    }

    List<OptionSpec> options() {
        return !withSource
                ? List.of(token, config)
                : withLines ? List.of(token, source, config, lines) : List.of(token, source, config);
    }

    /**
     * What the user asked for.
     *
     * @throws UsageException when that contradicts itself
     */
    public Search.Request request() throws UsageException {
        Optional<Search.Argument> argument = argument();
        Optional<Path> file = Option.value(config);
        Optional<SourceKind> only = only(argument, file);
        return new Search.Request(only, argument, file);
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

    private Optional<Search.Argument> argument() throws UsageException {
        List<String> positionals = positionals();
        @Nullable String option = token.getValue();
        if (positionals.size() > 1) {
            throw new UsageException("there are " + positionals.size()
                    + " arguments, but only one token can be given; quote a" + " value that contains spaces");
        }
        if (option != null && !positionals.isEmpty()) {
            throw new UsageException(
                    positionals.get(0).equals(STDIN)
                            ? "`-` and --token cannot be used together"
                            : "the token is given twice: as the argument and with --token");
        }
        if (option != null) {
            return Optional.of(new Search.Argument("--token", option));
        }
        return positionals.isEmpty() || positionals.get(0).equals(STDIN)
                ? Optional.empty()
                : Optional.of(new Search.Argument("TOKEN", positionals.get(0)));
    }

    private List<String> positionals() {
        @Nullable List<String> values = argument.getValue();
        return values == null ? List.of() : new ArrayList<>(values);
    }

    private Optional<SourceKind> only(Optional<Search.Argument> argument, Optional<Path> file) throws UsageException {
        Optional<SourceKind> named = Option.value(source);
        List<SourceKind> implied = new ArrayList<>();
        if (argument.isPresent()) {
            implied.add(SourceKind.ARGUMENT);
        }
        if (positionals().contains(STDIN)) {
            implied.add(SourceKind.STDIN);
        }
        if (file.isPresent() && withSource) {
            implied.add(SourceKind.CONFIG);
        }
        if (implied.size() > 1) {
            throw new UsageException(spelling(implied.get(0)) + " and " + spelling(implied.get(1))
                    + " cannot be used together: give only one source");
        }
        if (named.isPresent() && !implied.isEmpty() && named.get() != implied.get(0)) {
            throw new UsageException("--source " + named.get().word() + " and " + spelling(implied.get(0))
                    + " cannot be used together: give only one source");
        }
        // An argument alone does not narrow the search, so that other tokens are reported; the first source wins
        // anyway.
        if (named.isPresent() || implied.isEmpty() || implied.get(0) == SourceKind.ARGUMENT) {
            return named;
        }
        return Optional.of(implied.get(0));
    }

    private String spelling(SourceKind kind) {
        return kind == SourceKind.ARGUMENT && token.getValue() != null ? "--token" : kind.spelling();
    }
}
