package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.AtOption;
import dev.chainloop.token.cli.option.Choice;
import dev.chainloop.token.cli.option.DurationOption;
import dev.chainloop.token.cli.option.KeyOptions;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.CheckResult;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Expectations;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.render.View;
import dev.chainloop.token.verification.KeyRing;
import dev.chainloop.token.verification.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** {@code verify}: whether a token was really signed with a key, and is in time. */
final class VerifyCommand implements Command {
    private final SourceOptions source = SourceOptions.ofOneSource();
    private final KeyOptions key = new KeyOptions();
    private final Choice<Audience> type = Option.named("--type")
            .choice(
                    "TYPE[,TYPE…]",
                    CheckCommand.KINDS,
                    CheckCommand.ALSO,
                    "Require one of these kinds (`kind` in the JSON output): user, api-token or federated, or AUTH_TYPE_….");
    private final OptionSpec audience =
            Option.named("--audience").text("NAME", "Require this audience, compared exactly.");
    private final DurationOption leeway =
            new DurationOption("--leeway", "Allow clocks to differ by this much, such as 30s; by default not at all.");
    private final OutputOptions output = OutputOptions.ofEveryFormat().withRedact();
    private final AtOption at = new AtOption();

    @Override
    public Parameters parameters() {
        return new Parameters()
                .token(source)
                .key(key)
                .expectations(List.of(type.option(), audience, leeway.option()))
                .output(output)
                .others(at.option());
    }

    @Override
    public ExitCode run(World world, Console console)
            throws UsageException, UnreadableKeyException, Console.OutputException {
        Request request = Request.of(source, at, output, world);
        View view = request.view();
        Expectations expectations = expectations();
        Verifier verifier = key.verifier(new KeyRing(world.environment(), world.stdin(), console), view);

        World rest = request.withoutKey(world, verifier);
        Diagnosis diagnosis = Request.judged(request.inspect(rest, console), verifier);
        CheckResult result = Check.of(diagnosis, expectations);

        Commentary commentary = new Commentary(diagnosis, view, console);
        commentary.removed();
        commentary.fault();
        new AnswerWriter(world, console)
                .write(request.format().report().render(Report.Subject.verified(diagnosis, result), view));
        ExitCode status = ExitCode.of(diagnosis.inspection().status());
        if (status == ExitCode.MALFORMED || status == ExitCode.UNREADABLE) {
            return status;
        }
        // Genuine is genuine, whatever the kind.
        return result.passed() ? ExitCode.OK : ExitCode.NIL;
    }

    private Expectations expectations() throws UsageException {
        return new Expectations(
                true,
                false,
                type.values(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                key.issuer(),
                Option.value(audience),
                leeway.seconds().orElse(0L),
                Optional.empty(),
                false,
                Optional.empty());
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token verify --secret-file secret    signed with this secret?",
                "chainloop-token verify --key issuer.pem --type federated",
                "chainloop-token verify --discover --issuer https://gitlab.com");
    }

    @Override
    public ExitMeanings exits() {
        return new ExitMeanings(
                "the token is genuine, in time and as asked for",
                "it is not, or there is no token",
                "the token is not a JWT",
                "a source or the key cannot be read");
    }
}
