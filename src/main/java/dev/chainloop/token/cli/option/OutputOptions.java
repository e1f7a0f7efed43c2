package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.Palette;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say what an answer looks like, for every command. */
public final class OutputOptions {
    private static final String NAME = "--output";

    /** Longer lines are hard to read. */
    private static final int MAX_WIDTH = 100;

    private static final List<When> WHENS = List.of(When.values());

    private final Choice<OutputFormat> output;
    private final Choice<When> color = Option.named("--color")
            .choice(
                    "WHEN",
                    WHENS,
                    Choice.oneOf(WHENS) + "; auto (the default) follows NO_COLOR, CLICOLOR_FORCE and FORCE_COLOR.");
    private final OptionSpec redact;
    private final OptionSpec quiet = Option.named("-q", "--quiet")
            .flag("Print nothing on stdout; unmet expectations go to stderr. GitHub's files are still written.");
    private boolean colorable = true;
    private boolean silenceable;

    private enum When implements Keyword {
        AUTO("auto"),
        ALWAYS("always"),
        NEVER("never");

        private final String word;

        When(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    private OutputOptions(List<OutputFormat> formats) {
        this(formats, "Make the output safe to share: no header, claims or IDs, and ~ for the home folder.");
    }

    private OutputOptions(List<OutputFormat> formats, String redaction) {
        this.output = Option.named("-o", NAME).choice("FORMAT", formats, Choice.oneOf(formats) + ".");
        this.redact = Option.named("--redact").flag(redaction);
    }

    public static OutputOptions ofEveryFormat() {
        return new OutputOptions(List.of(OutputFormat.values()));
    }

    public static OutputOptions ofTextAndJson() {
        return new OutputOptions(List.of(OutputFormat.TEXT, OutputFormat.JSON));
    }

    /** For lists of places, which have no colours. */
    public static OutputOptions ofLeaks() {
        OutputOptions options = new OutputOptions(
                List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.GITHUB),
                "Say only <token>, not which token it was.");
        options.colorable = false;
        return options;
    }

    /** Adds the option for no output but the exit status. */
    public OutputOptions withQuiet() {
        silenceable = true;
        return this;
    }

    List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(List.of(output.option()));
        if (colorable) {
            options.add(color.option());
        }
        options.add(redact);
        if (silenceable) {
            options.add(quiet);
        }
        return options;
    }

    /**
     * The format that was asked for; text by default.
     *
     * @throws UsageException when there is no such format
     */
    public OutputFormat format() throws UsageException {
        return output.value().orElse(OutputFormat.DEFAULT);
    }

    /** Whether an argument is the option for the format, perhaps with its value. */
    public static boolean isNamedBy(String argument) {
        return argument.startsWith("-o") || argument.startsWith(NAME);
    }

    /** The format that a partly read command line asks for. */
    public static Optional<OutputFormat> asked(CommandSpec spec) {
        OptionSpec output = spec.findOption(NAME);
        @Nullable String word = output == null ? null : output.getValue();
        if (word != null) {
            for (String known : output.completionCandidates()) {
                if (known.equals(word)) {
                    return Keyword.find(List.of(OutputFormat.values()), word);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether only the exit status answers. */
    public boolean isQuiet() {
        return Option.isSet(quiet);
    }

    /** Whether the answer has to be safe to share. */
    public boolean redacts() {
        return Option.isSet(redact);
    }

    /**
     * How the answer is shown.
     *
     * @throws UsageException when the word for the colours is unknown
     */
    public ViewOptions view(Environment environment, OutputKind out) throws UsageException {
        boolean colored = switch (color.value().orElse(When.AUTO)) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> isColored(environment, out);
        };
        // For a user who runs this with `sudo`, ~ means another home folder than root's.
        Optional<Path> home =
                redacts() || environment.nonEmpty("SUDO_USER").isEmpty() ? environment.home() : Optional.empty();
        ViewOptions.Width width = new Columns(environment, out, MAX_WIDTH);
        return new ViewOptions(home, redacts(), colored ? Palette.COLOR : Palette.PLAIN, width);
    }

    private static boolean isColored(Environment environment, OutputKind out) {
        if (environment.isSet("NO_COLOR")) {
            return false;
        }
        if (isForced(environment, "CLICOLOR_FORCE") || isForced(environment, "FORCE_COLOR")) {
            return true;
        }
        return !environment.get("TERM").equals(Optional.of("dumb")) && out.isTerminal();
    }

    private static boolean isForced(Environment environment, String variable) {
        String value = environment.get(variable).orElse("");
        return !value.isEmpty() && !value.equals("0") && !value.equals("false");
    }
}
