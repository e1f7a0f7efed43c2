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
    private static final List<String> SCOPES = List.of("any", "exact");
    private static final List<String> SEVERITIES = List.of("error", "warning");

    private final OptionSpec type = Option.named("--type")
            .choice(
                    "TYPE[,TYPE…]",
                    TypeOption.KINDS,
                    "The kind is one of these: user, api-token or federated, or as AUTH_TYPE_….");
    private final OptionSpec notType = Option.named("--not-type")
            .choice("TYPE[,TYPE…]", TypeOption.KINDS, "The kind is none of these: user, api-token or federated.");
    private final OptionSpec org = Option.named("--org").text("NAME|ID", "It is an API token of this organization.");
    private final OptionSpec project =
            Option.named("--project").text("NAME|ID", "It is an API token that works in this project.");
    private final OptionSpec workflow =
            Option.named("--workflow").text("NAME|ID", "It is an API token that works for this workflow.");
    private final OptionSpec scope = Option.named("--scope")
            .choice("any|exact", SCOPES, "exact: it is for just that scope; any (the default): a wider one will do.");
    private final OptionSpec issuer = Option.named("--issuer").text("URL", "Its issuer is exactly this.");
    private final OptionSpec minRemaining = Option.named("--min-remaining")
            .text("SPAN", "So much is left before it expires: 90s, 10m, 1h30m, 7d or PT10M.");
    private final OptionSpec requireExp = Option.named("--require-exp").flag("It expires at some time.");
    private final OptionSpec failOn = Option.named("--fail-on")
            .choice("SEVERITY", SEVERITIES, "No finding is of this severity or worse: error (the default) or warning.");
    private final OptionSpec quiet = Option.named("-q", "--quiet")
            .flag("Print only usage and source errors. GitHub's files are written all the same.");

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
        boolean silent = Option.isSet(quiet);

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
        } else if (format == OutputFormat.GITHUB) {
            CiOutput.writeGithubFiles(examination.diagnosis(), result, view, world);
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
                Option.value(org),
                Option.value(project),
                Option.value(workflow),
                exactScope(),
                Option.value(issuer),
                span == null ? Optional.empty() : Optional.of(DurationOption.seconds("--min-remaining", span)),
                Option.isSet(requireExp),
                failOn());
    }

    private boolean exactScope() throws UsageException {
        @Nullable String word = scope.getValue();
        if (word == null) {
            return false;
        }
        if (!word.equals("any") && !word.equals("exact")) {
            throw new UsageException("--scope knows any and exact" + Nearest.hint(word, SCOPES));
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
        throw new UsageException("--fail-on knows error and warning" + Nearest.hint(word, SEVERITIES));
    }

    @Override
    public List<OptionGroup> groups() {
        return List.of(
                OptionGroup.ofToken(source, lines.option()),
                new OptionGroup(
                        "Expectations",
                        List.of(
                                type,
                                notType,
                                org,
                                project,
                                workflow,
                                scope,
                                issuer,
                                minRemaining,
                                requireExp,
                                failOn)),
                OptionGroup.ofOutput(output, quiet));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token check                            any usable token",
                "chainloop-token check --type api-token --org acme --min-remaining 30m",
                "chainloop-token check -o github --type federated");
    }

    @Override
    public Exits exits() {
        return new Exits(
                "the token meets every expectation",
                "an expectation is not met, or there is no token",
                "the token is not a JWT",
                "a source cannot be read");
    }
}
