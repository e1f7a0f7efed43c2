package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.AtOption;
import dev.chainloop.token.cli.option.ExpectationOptions;
import dev.chainloop.token.cli.option.FieldOption;
import dev.chainloop.token.cli.option.KeyOptions;
import dev.chainloop.token.cli.option.LinesOption;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Expectations;
import dev.chainloop.token.render.LineReport;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.verification.Verifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code check}: a gate for CI that checks whether a token meets expectations. */
final class CheckCommand implements Command {
    private final SourceOptions source = SourceOptions.ofOneSource();
    private final OutputOptions output = OutputOptions.ofEveryFormat().withQuiet();
    private final FieldOption field = new FieldOption();
    private final AtOption at = new AtOption();
    private final LinesOption lines = new LinesOption();
    private final ExpectationOptions expected = ExpectationOptions.ofUse();
    private final KeyOptions key = new KeyOptions();

    @Override
    public Parameters parameters() {
        return new Parameters()
                .token(source, lines.option())
                .key(key)
                .expectations(expected)
                .output(output, field.option())
                .others(at.option());
    }

    @Override
    public ExitCode run(World world, Console console)
            throws UsageException, Request.UnreadableKeyException, Console.OutputException {
        Request request = Request.of(source, at, output, world);
        Optional<Verifier> verifier =
                key.key(request.view()).map(one -> new Verifier(one, world.environment(), world.stdin(), console));
        Expectations expectations = expected.expectations(verifier.isPresent());
        boolean silent = output.isQuiet();
        List<String> fields = field.names(request.format());

        if (lines.isGiven(request.source(), request.format())) {
            if (!fields.isEmpty()) {
                throw new UsageException("--field and --lines cannot be used together here; `inspect` takes both");
            }
            if (verifier.isPresent()) {
                throw new UsageException("--lines and " + verifier.get().option() + " cannot be used together");
            }
            ViewOptions view = request.view();
            LineReport report = Objects.requireNonNull(request.format().report().lines(view));
            return new TokenLines(world, console, at.clock(world.clock()), view.redact(), silent)
                    .run((number, found) -> {
                        Diagnosis diagnosis =
                                found.warningBelow(expectations.warnRemaining().orElse(0L));
                        Check.Result result = Check.of(diagnosis, expectations);
                        String line = silent ? "" : report.line(number, diagnosis, Optional.of(result));
                        return new TokenLines.Answer(line, result.passed());
                    });
        }
        return new Gate(request, verifier, expectations, fields, silent).run(world, console, false);
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token check                            any usable token",
                "chainloop-token check --type api-token --org acme --min-remaining 30m",
                "chainloop-token check --secret-file secret --org acme --min-remaining 10m",
                "chainloop-token check -o github --type federated");
    }

    @Override
    public ExitMeanings exits() {
        return new ExitMeanings(
                "the token meets every expectation",
                "an expectation is not met, or there is no token",
                "the token is not a JWT",
                "a source or the key cannot be read");
    }
}
