package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.render.FieldReport;
import dev.chainloop.token.render.JsonReport;
import dev.chainloop.token.render.TextReport;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.FoundToken;
import dev.chainloop.token.source.Looked;
import dev.chainloop.token.source.Lookup;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SearchResult;
import dev.chainloop.token.source.SourceRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code inspect}: find the token, decode it, type it, show it. */
final class InspectCommand implements Command {
    private final SourceOptions source = new SourceOptions();
    private final OutputOptions output = new OutputOptions();
    private final OptionSpec field = OptionSpec.builder("--field")
            .type(String.class)
            .paramLabel("NAME[,NAME…]")
            .description("Print bare values, one a line: keys of the JSON output, claims.x.y or header.x.")
            .build();
    private final OptionSpec claims = OptionSpec.builder("--claims")
            .type(boolean.class)
            .description("Add the whole header and claims.")
            .build();
    private final OptionSpec at = OptionSpec.builder("--at")
            .type(String.class)
            .paramLabel("INSTANT")
            .description("Judge times as of then: RFC 3339, or seconds since the epoch.")
            .build();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        source.addTo(spec);
        output.addTo(spec);
        return spec.addOption(field).addOption(claims).addOption(at);
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        View view = output.view(world);
        OutputOptions.Format format = output.format();
        List<String> fields = fields(format);
        boolean whole = whole(format);
        SourceRequest request = source.request();
        Instant now = InstantOption.read(at, world.clock());

        SearchResult found = new Search(world.environment(), world.stdin(), world.pause(), console).run(request);
        Inspection inspection = Inspection.of(found, now);

        tellBesides(inspection, found, view, console);
        if (!fields.isEmpty()) {
            FieldReport report = FieldReport.render(inspection, fields, view);
            console.answer(report.text());
            ExitCode status = status(inspection);
            return status == ExitCode.OK && !report.complete() ? ExitCode.NIL : status;
        }
        console.answer(
                switch (format) {
                    case TEXT -> TextReport.render(inspection, view, whole);
                    case JSON -> JsonReport.render(inspection, view);
                });
        return status(inspection);
    }

    private List<String> fields(OutputOptions.Format format) throws UsageException {
        @Nullable String names = field.getValue();
        if (names == null) {
            return List.of();
        }
        if (format == OutputOptions.Format.JSON) {
            throw new UsageException("--field and -o json contradict each other");
        }
        if (Boolean.TRUE.equals(claims.getValue())) {
            throw new UsageException("--field and --claims contradict each other");
        }
        List<String> fields = Arrays.asList(names.split(",", -1));
        List<String> known = FieldReport.topLevelNames();
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i);
            String top = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (!known.contains(top)) {
                throw new UsageException(
                        "--field: name " + (i + 1) + " is no key of the JSON output" + Nearest.hint(top, known));
            }
        }
        return fields;
    }

    private boolean whole(OutputOptions.Format format) throws UsageException {
        boolean whole = Boolean.TRUE.equals(claims.getValue());
        if (whole && output.redacts()) {
            throw new UsageException("--claims and --redact contradict each other");
        }
        return whole && format == OutputOptions.Format.TEXT;
    }

    private static void tellBesides(Inspection inspection, SearchResult found, View view, Console console) {
        Optional<Looked> deciding = found.deciding();
        if (deciding.isPresent() && deciding.get().lookup() instanceof Lookup.Found one) {
            tellRemoved(one.token(), view, console);
        }
        for (Looked looked : found.unreadableBehind()) {
            if (looked.lookup() instanceof Lookup.Unreadable unreadable) {
                console.note(view.nameOf(looked.origin()) + ": " + unreadable.why() + "; not needed here");
            }
        }
        if (inspection.fault().isPresent()) {
            Fault fault = inspection.fault().get();
            Optional<Origin> origin = inspection.origin();
            String where = origin.isPresent() ? view.nameOf(origin.get()) : "";
            console.error(where + ": " + fault.message(), fault.next());
        }
    }

    private static void tellRemoved(FoundToken token, View view, Console console) {
        if (!token.removed().isEmpty()) {
            console.note(view.nameOf(token.origin()) + ": took off " + String.join(", ", token.removed())
                    + "; the Chainloop CLI would have sent it as is");
        }
    }

    private static ExitCode status(Inspection inspection) {
        return switch (inspection.status()) {
            case TYPED -> ExitCode.OK;
            case UNRECOGNIZED, NONE -> ExitCode.NIL;
            case MALFORMED -> ExitCode.MALFORMED;
            case ERROR -> ExitCode.UNREADABLE;
        };
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token                        what the Chainloop CLI would send",
                "echo \"$TOKEN\" | chainloop-token        a token in a pipe",
                "chainloop-token --field kind           one bare word for a script",
                "chainloop-token -o json --redact       safe to paste into an issue");
    }
}
