package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --lines}: many tokens from stdin, one per line. */
public final class LinesOption {
    private final OptionSpec lines = Option.named("--lines")
            .flag("Read many tokens from stdin, one per line, and answer each on one line; -o json prints NDJSON.");

    /** The option in picocli's model. */
    public OptionSpec option() {
        return lines;
    }

    /**
     * Whether many tokens are to be read.
     *
     * @throws UsageException when they are, and something else asked for does not go with that
     */
    public boolean isGiven(Search.Request request, OutputFormat format) throws UsageException {
        if (!Option.isSet(lines)) {
            return false;
        }
        if (request.argument().isPresent()) {
            throw new UsageException("--lines reads stdin and cannot be used with a token on the command line");
        }
        if (request.only().isPresent() && request.only().get() != SourceKind.STDIN) {
            throw new UsageException("--lines reads stdin and cannot be used with another source");
        }
        if (format.report().lines(ViewOptions.PLAIN) == null) {
            throw new UsageException("--lines and -o " + format.word() + " cannot be used together");
        }
        return true;
    }

    /** Whether it is given, whatever the other options. */
    public boolean isGiven() {
        return Option.isSet(lines);
    }
}
