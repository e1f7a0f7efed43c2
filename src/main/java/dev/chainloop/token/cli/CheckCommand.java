package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.AtOption;
import dev.chainloop.token.cli.option.Choice;
import dev.chainloop.token.cli.option.DurationOption;
import dev.chainloop.token.cli.option.LinesOption;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.CheckResult;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Expectations;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.LineReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.Search;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** {@code check}: a gate for CI that checks whether a token meets expectations. */
final class CheckCommand implements Command {
    static final List<Audience> KINDS = List.of(Audience.USER, Audience.API_TOKEN, Audience.GENERIC);
    static final String ALSO = ", also as AUTH_TYPE_USER and the like";

    private final SourceOptions source = SourceOptions.ofOneSource();
    private final OutputOptions output = OutputOptions.ofEveryFormat();
    private final AtOption at = new AtOption();
    private final LinesOption lines = new LinesOption();
    private final Choice<Audience> type = Option.named("--type")
            .choice(
                    "TYPE[,TYPE…]",
                    KINDS,
                    ALSO,
                    "Require one of these kinds (`kind` in the JSON output): user, api-token or federated, or AUTH_TYPE_….");
    private final Choice<Audience> notType = Option.named("--not-type")
            .choice("TYPE[,TYPE…]", KINDS, ALSO, "Refuse these kinds: user, api-token or federated.");
    private final OptionSpec org = Option.named("--org").text("NAME|ID", "Require an API token of this organization.");
    private final OptionSpec project =
            Option.named("--project").text("NAME|ID", "Require an API token that works in this project.");
    private final OptionSpec workflow =
            Option.named("--workflow").text("NAME|ID", "Require an API token that works for this workflow.");
    private final Choice<ScopeMatch> scopeMatch = scopeMatch("--scope-match");
    private final Choice<ScopeMatch> scope = scopeMatch("--scope");
    private final OptionSpec issuer = Option.named("--issuer").text("URL", "Require exactly this issuer.");
    private final DurationOption minRemaining = new DurationOption(
            "--min-remaining", "Require at least this much remaining lifetime: 90s, 10m, 1h30m, 7d or PT10M.");
    private final OptionSpec requireExp = Option.named("--require-exp").flag("Require an expiry.");
    private final Choice<Severity> failOn = Option.named("--fail-on")
            .choice(
                    "SEVERITY",
                    List.of(Severity.ERROR, Severity.WARNING),
                    "Fail on a finding of this severity or worse: error (the default) or warning.");
    private final OptionSpec quiet =
            Option.named("-q", "--quiet").flag("Print only usage and source errors. GitHub's files are still written.");

    @Override
    public Parameters parameters() {
        return new Parameters()
                .token(source, lines.option())
                .expectations(List.of(
                        type.option(),
                        notType.option(),
                        org,
                        project,
                        workflow,
                        scopeMatch.option(),
                        issuer,
                        minRemaining.option(),
                        requireExp,
                        failOn.option()))
                .output(output, quiet)
                .others(at.option())
                .hidden(scope.option());
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, at, output, world);
        View view = request.view();
        OutputFormat format = request.format();
        Expectations expectations = expectations();
        boolean silent = Option.isSet(quiet);

        if (lines.isGiven(request.source(), format)) {
            return LinePipeline.run(
                    world, console, at.clock(world.clock()), new ManyChecked(format, expectations, silent, view));
        }
        Search.Notes notes = silent ? sentence -> {} : console;
        Diagnosis diagnosis = request.inspect(world, notes);
        CheckResult result = Check.of(diagnosis, expectations);

        ExitCode status = ExitCode.of(diagnosis.inspection().status());
        Commentary commentary = new Commentary(diagnosis, view, console);
        if (!silent) {
            commentary.removed();
        }
        if (!silent || status == ExitCode.UNREADABLE) {
            commentary.fault();
        }
        Answer answer = format.report().render(Report.Subject.checked(diagnosis, result), view);
        AnswerWriter writer = new AnswerWriter(world, console);
        if (silent) {
            writer.append(answer);
        } else {
            writer.write(answer);
        }
        return status == ExitCode.OK && !result.passed() ? ExitCode.NIL : status;
    }

    /** Checks many tokens as one is checked. */
    private record ManyChecked(OutputFormat format, Expectations expectations, boolean silent, View view)
            implements LinePipeline.Answers {
        @Override
        public LineReport start() {
            return Objects.requireNonNull(format.report().lines(view));
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

    private Expectations expectations() throws UsageException {
        return new Expectations(
                false,
                true,
                type.values(),
                notType.values(),
                Option.value(org),
                Option.value(project),
                Option.value(workflow),
                exactScope(),
                Option.value(issuer),
                Optional.empty(),
                0,
                minRemaining.seconds(),
                Option.isSet(requireExp),
                failOn.isGiven() ? failOn.value() : Optional.of(Severity.ERROR));
    }

    private boolean exactScope() throws UsageException {
        Optional<ScopeMatch> named = scopeMatch.isGiven() ? scopeMatch.value() : scope.value();
        if (scopeMatch.isGiven() && scope.isGiven()) {
            throw new UsageException("--scope is the old name of --scope-match; give one of them");
        }
        if (named.isPresent() && org.getValue() == null && project.getValue() == null && workflow.getValue() == null) {
            throw new UsageException(
                    "--scope-match says how --org, --project and --workflow are compared; give one of them");
        }
        return named.equals(Optional.of(ScopeMatch.EXACT));
    }

    private static Choice<ScopeMatch> scopeMatch(String name) {
        return Option.named(name)
                .choice(
                        "any|exact",
                        List.of(ScopeMatch.values()),
                        "any (the default) accepts a token whose scope is wider than --org, --project or --workflow;"
                                + " exact does not.");
    }

    /** Whether the token's scope may be wider than what was asked for. */
    private enum ScopeMatch implements Keyword {
        ANY("any"),
        EXACT("exact");

        private final String word;

        ScopeMatch(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token check                            any usable token",
                "chainloop-token check --type api-token --org acme --min-remaining 30m",
                "chainloop-token check -o github --type federated");
    }

    @Override
    public ExitMeanings exits() {
        return new ExitMeanings(
                "the token meets every expectation",
                "an expectation is not met, or there is no token",
                "the token is not a JWT",
                "a source cannot be read");
    }
}
