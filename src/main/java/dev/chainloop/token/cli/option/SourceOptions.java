package dev.chainloop.token.cli.option;

import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading.Found;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options that select the token; a command adds those that it takes. */
public final class SourceOptions {
    private static final List<SourceKind> ALL = List.of(SourceKind.values());

    public final OptionSpec token = Options.value(
            "TOKEN", Converter.TEXT, "The token; the Chainloop CLI has the same option.", "-t", "--token");
    public final OptionSpec source =
            Options.word("WORD", ALL, "Use only this source: " + Converter.oneOf(ALL) + ".", "--source");
    public final OptionSpec config;
    public final PositionalParamSpec argument = Options.arguments(
                    "[TOKEN | -]", "The token, or - to read it from stdin.")
            .build();
    private final boolean every;

    /** For a command about every source, or about the one that it uses. */
    public SourceOptions(boolean every) {
        this.every = every;
        String more = every ? ", not the Chainloop CLI's." : "; implies --source config.";
        this.config = Options.file("FILE", Converter.FILE, "Read this config file" + more, "-c", "--config");
    }

    /** What the user asked for, unless that contradicts itself. */
    public Search.Selection request(boolean address) throws UsageException {
        List<String> positionals = Options.<List<String>>value(argument).orElse(List.of());
        if (positionals.size() > 1) {
            throw new UsageException("there are " + positionals.size()
                    + " arguments, but only one token can be given; quote a value that contains spaces");
        }
        Optional<SourceKind> named = Options.value(source);
        Optional<String> option = Options.value(token);
        Optional<Path> file = Options.value(config);
        Optional<Found> given = Optional.empty();
        Map<String, SourceKind> asked = new LinkedHashMap<>();
        if (named.isPresent()) {
            asked.put("--source " + named.get().word(), named.get());
        }
        if (option.isPresent()) {
            given = Optional.of(new Found(new Origin(SourceKind.ARGUMENT, "--token"), option.get()));
            asked.put("--token", SourceKind.ARGUMENT);
        }
        for (String one : positionals) {
            SourceKind kind = one.equals("-") ? SourceKind.STDIN : SourceKind.ARGUMENT;
            if (kind == SourceKind.ARGUMENT && given.isPresent()) {
                throw new UsageException("the token is given twice: as the argument and with --token");
            }
            if (kind == SourceKind.ARGUMENT) {
                given = Optional.of(new Found(new Origin(kind, "TOKEN"), one));
            }
            asked.put(kind.spelling, kind);
        }
        if (given.isPresent() && new File(given.get().secret()).isFile()) {
            boolean config = given.get().secret().endsWith(".toml");
            throw new UsageException("this is the name of a file, not a token; to read its content, run `"
                    + token.command().name() + (config ? " -c FILE`" : " <FILE`"));
        }
        if (file.isPresent() && !every) {
            asked.put(SourceKind.CONFIG.spelling, SourceKind.CONFIG);
        }
        Optional<SourceKind> only = Optional.empty();
        for (Map.Entry<String, SourceKind> one : asked.entrySet()) {
            if (only.isPresent() && only.get() != one.getValue()) {
                throw new UsageException(asked.keySet().iterator().next() + " and " + one.getKey()
                        + " cannot be used together: use only one source");
            }
            only = Optional.of(one.getValue());
        }
        // An argument alone does not narrow the search, so that other tokens are reported. It takes precedence anyway.
        boolean wide = every || (named.isEmpty() && only.equals(Optional.of(SourceKind.ARGUMENT)));
        return new Search.Selection(wide ? Optional.empty() : only, given, file, every, address);
    }
}
