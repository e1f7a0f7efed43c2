package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.CheckResult;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Expectations;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.render.CheckReport;
import dev.chainloop.token.render.JsonReport;
import dev.chainloop.token.render.LineReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code check}: a gate for CI that holds the token against expectations. */
final class CheckCommand implements Command {
    private final SourceOptions source = SourceOptions.ofOneSource();
    private final OutputOptions output = OutputOptions.ofEveryFormat();
    private final AtOption at = new AtOption();
    private final LinesOption lines = new LinesOption();
    private final OptionSpec type = text(
            "--type", "TYPE[,TYPE…]", "The kind is one of these: user, api-token or federated, or as AUTH_TYPE_….");
    private final OptionSpec notType = text("--not-type", "TYPE[,TYPE…]", "The kind is none of these.");
    private final OptionSpec org = text("--org", "NAME|ID", "It is an API token of this organization.");
    private final OptionSpec project = text("--project", "NAME|ID", "It is an API token that works in this project.");
    private final OptionSpec workflow =
            text("--workflow", "NAME|ID", "It is an API token that works for this workflow.");
    private final OptionSpec scope =
            text("--scope", "any|exact", "exact: it is for just that scope; any (the default): a wider one will do.");
    private final OptionSpec issuer = text("--issuer", "URL", "Its issuer is exactly this.");
    private final OptionSpec minRemaining =
            text("--min-remaining", "SPAN", "So much is left before it expires: 90s, 10m, 1h30m, 7d or PT10M.");
    private final OptionSpec requireExp = flag("--require-exp", "It expires at some time.");
    private final OptionSpec failOn =
            text("--fail-on", "SEVERITY", "No finding is of this severity or worse: error (the default) or warning.");
    private final OptionSpec quiet = flag("-q", "--quiet", "Print only usage and source errors.");

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build();
    }

    private static OptionSpec flag(String name, String alias, String description) {
        return OptionSpec.builder(name, alias)
                .type(boolean.class)
                .description(description)
                .build();
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        for (OptionSpec option : List.of(
                type, notType, org, project, workflow, scope, issuer, minRemaining, requireExp, failOn, quiet)) {
            spec.addOption(option);
        }
        source.addTo(spec);
        output.addTo(spec);
        at.addTo(spec);
        lines.addTo(spec);
        return spec;
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        View view = output.view(world);
        OutputFormat format = output.format();
        Expectations expectations = expectations();
        SourceRequest request = source.request();
        Instant now = at.read(world.clock());
        boolean silent = Boolean.TRUE.equals(quiet.getValue());

        if (lines.isGiven()) {
            lines.requireStdin(request);
            LinesOption.requireLineFormat(format);
            return LinesOption.run(
                    world, console, at.clock(world.clock()), new ManyChecked(format, expectations, silent, view));
        }
        Search.Notes notes = silent ? sentence -> {} : console;
        Examination examination = Examination.of(request, now, view, world, notes);
        CheckResult result = Check.of(examination.diagnosis(), expectations);

        ExitCode status = examination.status();
        if (!silent) {
            examination.tellRemoved(view, console);
        }
        if (!silent || status == ExitCode.UNREADABLE) {
            examination.tellFault(view, console);
        }
        if (!silent) {
            answer(format, examination.diagnosis(), result, view, world, console);
        }
        return status == ExitCode.OK && !result.passed() ? ExitCode.NIL : status;
    }

    /** Checks many tokens as one is checked. */
    private record ManyChecked(OutputFormat format, Expectations expectations, boolean silent, View view)
            implements LinesOption.Answers {
        @Override
        public LineReport start() {
            return format == OutputFormat.JSON ? LineReport.json(view) : LineReport.text(view);
        }

        @Override
        public boolean add(LineReport report, long line, Diagnosis diagnosis) {
            CheckResult result = Check.of(diagnosis, expectations);
            if (!silent) {
                report.add(line, diagnosis, Optional.of(result));
            }
            return result.passed();
        }
    }

    private static void answer(
            OutputFormat format, Diagnosis diagnosis, CheckResult result, View view, World world, Console console)
            throws Console.OutputException {
        switch (format) {
            case TEXT -> {
                if (diagnosis.inspection().fault().isEmpty()) {
                    console.answer(CheckReport.render(diagnosis.inspection(), result, view));
                }
            }
            case JSON -> console.answer(JsonReport.render(diagnosis, Optional.of(result), view));
            case GITHUB, DOTENV, SHELL -> CiOutput.write(format, diagnosis, Optional.of(result), view, world, console);
        }
    }

    private Expectations expectations() throws UsageException {
        @Nullable String span = minRemaining.getValue();
        return new Expectations(
                TypeOption.read(type),
                TypeOption.read(notType),
                value(org),
                value(project),
                value(workflow),
                exactScope(),
                value(issuer),
                span == null ? Optional.empty() : Optional.of(DurationOption.seconds("--min-remaining", span)),
                Boolean.TRUE.equals(requireExp.getValue()),
                failOn());
    }

    private static Optional<String> value(OptionSpec option) throws UsageException {
        @Nullable String value = option.getValue();
        if (value != null && value.isEmpty()) {
            throw new UsageException(option.longestName() + " has an empty value; a variable may be unset");
        }
        return Optional.ofNullable(value);
    }

    private boolean exactScope() throws UsageException {
        @Nullable String word = scope.getValue();
        if (word == null) {
            return false;
        }
        if (!word.equals("any") && !word.equals("exact")) {
            throw new UsageException("--scope knows any and exact");
        }
        if (org.getValue() == null && project.getValue() == null && workflow.getValue() == null) {
            throw new UsageException("--scope says how --org, --project or --workflow is meant; name one");
        }
        return word.equals("exact");
    }

    private Severity failOn() throws UsageException {
        @Nullable String word = failOn.getValue();
        if (word == null || word.equals("error")) {
            return Severity.ERROR;
        }
        if (word.equals("warning")) {
            return Severity.WARNING;
        }
        throw new UsageException("--fail-on knows error and warning");
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token check                            any usable token",
                "chainloop-token check --type api-token --org acme --min-remaining 30m",
                "chainloop-token check -o github --type federated");
    }
}
