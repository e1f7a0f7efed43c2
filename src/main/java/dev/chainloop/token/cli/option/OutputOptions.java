package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.render.JsonReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say what an answer looks like, and as of when it is true; a command adds those that it takes. */
public final class OutputOptions {
    private static final FieldNames FIELDS = new FieldNames();
    private static final List<When> WHENS = List.of(When.values());

    public final OptionSpec format;
    public final OptionSpec redact = Options.flag(
            "Leave out header, raw claims, IDs and people, and write ~ for home. Names and hosts stay.", "--redact");
    public final OptionSpec field = Options.valued(
                    "NAME[,NAME…]",
                    FIELDS,
                    "Print only these values, one per line: keys of the JSON output, or claims.x.y. A missing value"
                            + " is an empty line, and the status is 1.",
                    "--field")
            .completionCandidates(FIELDS)
            .build();
    public final OptionSpec quiet =
            Options.flag("Print nothing on stdout; failures and warnings go to stderr.", "-q", "--quiet");
    public final OptionSpec all = Options.flag("Show every fact, the header and the claims.", "--all");
    public final OptionSpec in = Options.word(
            "PLACE",
            List.copyOf(EnumSet.range(Place.DAGGER, Place.TERMINAL)),
            "Where the token is used, if not here, such as github, gitlab or pod; a wrong name lists all.",
            "--in");
    public final OptionSpec color = Options.word("WHEN", WHENS, "auto (honors NO_COLOR), always or never.", "--color");
    public final OptionSpec at = Options.value(
            "INSTANT", Converter.INSTANT, "Evaluate as of this time: RFC 3339, a date, or Unix time.", "--at");

    /** Reads the names of fields, and lists those that one can begin with, which takes time, only when asked. */
    private static final class FieldNames implements ITypeConverter<List<String>>, Iterable<String> {
        private static final int MAX_KEYS = 20;

        @Override
        public Iterator<String> iterator() {
            return JsonReport.topLevelNames().iterator();
        }

        @Override
        public List<String> convert(String value) throws UsageException {
            List<String> fields = List.of(value.split(",", -1));
            List<String> known = JsonReport.topLevelNames();
            for (String name : fields) {
                String top = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
                if (!known.contains(top)) {
                    String which = "name " + (fields.indexOf(name) + 1) + " in your list is not a key";
                    throw new UsageException("takes keys of the JSON output, which `-o json` shows; "
                            + JsonReport.near(top)
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse(which));
                }
                // Dots can be parts of keys, so a path can be read in many ways.
                if (name.split("\\.", -1).length > MAX_KEYS) {
                    throw new UsageException("takes names of at most " + MAX_KEYS + " parts");
                }
            }
            return fields;
        }
    }

    private enum When implements Keyword {
        AUTO,
        ALWAYS,
        NEVER
    }

    public OutputOptions(OutputFormat... formats) {
        List<OutputFormat> known = List.of(formats);
        this.format = Options.word("FORMAT", known, Converter.oneOf(known) + ".", "-o", "--output");
    }

    /** Tells the instant as of which times are evaluated. */
    public InstantSource clock(InstantSource clock) {
        Optional<Instant> given = Options.value(at);
        return given.isPresent() ? InstantSource.fixed(given.get()) : clock;
    }

    /** The format that was asked for; text by default. */
    public OutputFormat format() {
        return Options.<OutputFormat>value(format).orElse(OutputFormat.TEXT);
    }

    /**
     * The names of the bare values that were asked for; none for an answer.
     *
     * @throws UsageException when a format was asked for too
     */
    public List<String> fields() throws UsageException {
        List<String> fields = Options.<List<String>>value(field).orElse(List.of());
        if (!fields.isEmpty() && format() != OutputFormat.TEXT) {
            throw new UsageException("--field and -o " + format().word() + " cannot be used together");
        }
        return fields;
    }

    public ViewOptions view(Environment environment) {
        boolean terminal = environment.machine().isTerminal(Descriptor.OUT);
        When when = Options.<When>value(color).orElse(When.AUTO);
        boolean colored = when == When.ALWAYS || (when == When.AUTO && isColored(environment, terminal));
        boolean redacts = Options.isSet(redact);
        // For a user who runs this with `sudo`, ~ means a home folder other than root's.
        Optional<Path> home =
                redacts || environment.nonEmpty("SUDO_USER").isEmpty() ? environment.home() : Optional.empty();
        String locale =
                environment.nonEmpty("LC_ALL").orElse(environment.get("LANG").orElse(""));
        if (locale.equals("C.UTF-8")) { // As the launcher sets it, which keeps the user's.
            locale = environment.get("LC_MESSAGES").orElse("");
        }
        boolean signs = !locale.equals("C") && !locale.equals("POSIX");
        int width = ViewOptions.columns(environment, terminal);
        return new ViewOptions(home, redacts, Options.isSet(all), colored, terminal, signs, width);
    }

    private static boolean isColored(Environment environment, boolean terminal) {
        return !environment.isSet("NO_COLOR")
                && (isForced(environment, "CLICOLOR_FORCE")
                        || isForced(environment, "FORCE_COLOR")
                        || (!environment.get("TERM").equals(Optional.of("dumb")) && terminal));
    }

    private static boolean isForced(Environment environment, String variable) {
        String value = environment.get(variable).orElse("");
        return !value.isEmpty() && !value.equals("0") && !value.equals("false");
    }
}
