package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.render.FieldReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.Palette;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say what an answer looks like, and as of when it is true, for every command. */
public final class OutputOptions {
    /** Longer lines are hard to read. */
    private static final int MAX_WIDTH = 100;

    private static final int MAX_KEYS = 20;

    private static final String SAFE =
            "For sharing: no header, raw claims, IDs or people; ~ for home. Other names are kept.";
    private static final List<When> WHENS = List.of(When.values());

    private final OptionSpec output;
    private final OptionSpec redact;
    private final OptionSpec color =
            Option.named("--color").word("WHEN", WHENS, Option.oneOf(WHENS) + "; auto heeds NO_COLOR, FORCE_COLOR.");
    private final OptionSpec at = Option.named("--at")
            .value("INSTANT", Converters::instant, "As of this time: RFC 3339, a date, or epoch seconds.");
    private final OptionSpec field = Option.named("--field")
            .offering(() -> FieldReport.topLevelNames().iterator()) // Listed only when needed, which is hardly ever.
            .value(
                    "NAME[,NAME…]",
                    OutputOptions::fieldNames,
                    "Print bare values, one per line: keys of the JSON output, or claims.x.y for one claim.");
    private final OptionSpec quiet =
            Option.named("-q", "--quiet").flag("Print nothing on stdout; why it fails is on stderr.");
    private final OptionSpec all = Option.named("--all").flag("Show all facts, also those that are usual.");
    final List<OptionSpec> options;
    /** The options that documents explain once for all commands. */
    final List<OptionSpec> common = new ArrayList<>(List.of(color, at));

    private enum When implements Keyword {
        AUTO,
        ALWAYS,
        NEVER
    }

    private OutputOptions(String redaction, OutputFormat... formats) {
        this.output =
                Option.named("-o", "--output").word("FORMAT", List.of(formats), Option.oneOf(List.of(formats)) + ".");
        this.redact = Option.named("--redact").flag(redaction);
        this.options = new ArrayList<>(List.of(output, redact));
    }

    /** Every format, for commands about one token. */
    public static OutputOptions ofEveryFormat() {
        return new OutputOptions(SAFE, OutputFormat.values());
    }

    public static OutputOptions ofTextAndJson() {
        return new OutputOptions(SAFE, OutputFormat.TEXT, OutputFormat.JSON);
    }

    /** For text in which tokens are masked, which has no format and no colors. */
    public static OutputOptions ofMasks() {
        OutputOptions options = new OutputOptions("Say only <token>, not which token it was.", OutputFormat.TEXT);
        options.options.remove(options.output);
        options.common.remove(options.color);
        return options;
    }

    /** Adds the option for all facts. */
    public OutputOptions withAll() {
        options.add(all);
        return this;
    }

    /** Adds the option for no output but the exit status. */
    public OutputOptions withQuiet() {
        options.add(quiet);
        return this;
    }

    /** Adds the option for bare values in place of an answer. */
    public OutputOptions withFields() {
        options.add(field);
        return this;
    }

    /** Leaves out the option for another instant. */
    public OutputOptions ofNow() {
        common.remove(at);
        return this;
    }

    /** Tells the instant as of which times are evaluated. */
    public InstantSource clock(InstantSource clock) {
        Optional<Instant> given = Option.value(at);
        return given.isPresent() ? InstantSource.fixed(given.get()) : clock;
    }

    /** The format that was asked for; text by default. */
    public OutputFormat format() {
        return Option.<OutputFormat>value(output).orElse(OutputFormat.DEFAULT);
    }

    /**
     * The names of the bare values that were asked for; none for an answer.
     *
     * @throws UsageException when a format was asked for too
     */
    public List<String> fields() throws UsageException {
        List<String> fields = Option.<List<String>>value(field).orElse(List.of());
        if (!fields.isEmpty() && !format().isDefault()) {
            throw new UsageException("--field and -o " + format().word() + " cannot be used together");
        }
        return fields;
    }

    /** Whether only the exit status answers. */
    public boolean isQuiet() {
        return Option.isSet(quiet);
    }

    /** Whether the answer is to be shared. */
    public boolean redacts() {
        return Option.isSet(redact);
    }

    public ViewOptions view(Environment environment, OutputKind out) {
        boolean colored = switch (Option.<When>value(color).orElse(When.AUTO)) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> isColored(environment, out);
        };
        // For a user who runs this with `sudo`, ~ means a home folder other than root's.
        Optional<Path> home =
                redacts() || environment.nonEmpty("SUDO_USER").isEmpty() ? environment.home() : Optional.empty();
        ViewOptions.Width width = new OutputKind.Columns(environment, out, MAX_WIDTH);
        Palette palette = colored ? Palette.COLOR : Palette.PLAIN;
        return new ViewOptions(home, redacts(), Option.isSet(all), false, palette, width);
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

    /** What the output calls a claim that every JWT may have (RFC 7519 section 4.1), or a key of its header. */
    private static Optional<String> keyOfClaim(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "iss" -> "issuer";
                    case "sub" -> "subject";
                    case "aud" -> "audience";
                    case "exp" -> "expiresAt";
                    case "nbf" -> "notBefore";
                    case "iat" -> "issuedAt";
                    case "jti" -> "id";
                    case "alg" -> "algorithm";
                    case "kid" -> "keyId";
                    default -> null;
                });
    }

    private static List<String> fieldNames(String value) throws UsageException {
        List<String> fields = List.of(value.split(",", -1));
        List<String> known = FieldReport.topLevelNames();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i);
            String top = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (!known.contains(top)) {
                throw new UsageException("takes keys of the JSON output; name " + (i + 1) + " is not one"
                        + keyOfClaim(top)
                                .map(key -> "; did you mean " + key + "?")
                                .orElse(Converters.hint(top, known)));
            }
            // Dots can be parts of keys, so a path can be read in many ways.
            if (name.split("\\.", -1).length > MAX_KEYS) {
                throw new UsageException("takes names of at most " + MAX_KEYS + " keys");
            }
        }
        return fields;
    }
}
