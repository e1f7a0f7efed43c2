package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Acceptance;
import dev.chainloop.token.diagnosis.CheckResult;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.render.JsonReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.TextReport;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.SourceRequest;
import dev.chainloop.token.verification.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code verify}: whether a token was really signed with a key, and is in time. */
final class VerifyCommand implements Command {
    private final SourceOptions source = SourceOptions.ofOneSource();
    private final KeyOptions key = new KeyOptions();
    private final OptionSpec type = Option.named("--type")
            .choice(
                    "TYPE[,TYPE…]",
                    TypeOption.KINDS,
                    "The kind is one of these: user, api-token or federated, or as AUTH_TYPE_….");
    private final OptionSpec audience =
            Option.named("--audience").text("NAME", "One of its audiences is exactly this.");
    private final OptionSpec leeway =
            Option.named("--leeway").text("SPAN", "How far clocks may differ, as in 30s; without it not at all.");
    private final OutputOptions output = OutputOptions.ofEveryFormat().withRedact();
    private final AtOption at = new AtOption();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        key.addTo(spec);
        spec.addOption(type).addOption(audience).addOption(leeway);
        source.addTo(spec);
        output.addTo(spec);
        at.addTo(spec);
        return spec;
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public ExitCode run(World world, Console console)
            throws UsageException, UnreadableKeyException, Console.OutputException {
        View view = output.view(world);
        OutputFormat format = output.format();
        Acceptance.Terms terms = terms();
        Verifier verifier = key.verifier(world, view);
        SourceRequest request = source.request();
        Instant now = at.read(world.clock());

        Examination examination =
                Examination.of(request, now, view, world, console).judgedBy(verifier);
        Diagnosis diagnosis = examination.diagnosis();
        CheckResult result = Acceptance.of(diagnosis, terms);

        examination.tellRemoved(view, console);
        examination.tellFault(view, console);
        switch (format) {
            case TEXT -> console.answer(TextReport.renderVerified(diagnosis, result, view));
            case JSON -> console.answer(JsonReport.renderVerified(diagnosis, result, view));
            case GITHUB, DOTENV, SHELL -> CiOutput.write(format, diagnosis, Optional.of(result), view, world, console);
        }
        ExitCode status = examination.status();
        if (status == ExitCode.MALFORMED || status == ExitCode.UNREADABLE) {
            return status;
        }
        // Genuine is genuine, whatever the kind.
        return result.passed() ? ExitCode.OK : ExitCode.NIL;
    }

    private Acceptance.Terms terms() throws UsageException {
        @Nullable String span = leeway.getValue();
        return new Acceptance.Terms(
                TypeOption.read(type),
                key.issuer(),
                Option.value(audience),
                span == null ? 0 : DurationOption.seconds("--leeway", span));
    }

    @Override
    public List<OptionGroup> groups() {
        return List.of(
                OptionGroup.ofToken(source),
                OptionGroup.ofKey(key),
                new OptionGroup("Expectations", List.of(type, audience, leeway)),
                OptionGroup.ofOutput(output));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token verify --secret-file secret    signed with this secret?",
                "chainloop-token verify --key issuer.pem --type federated",
                "chainloop-token verify --discover --issuer https://gitlab.com");
    }

    @Override
    public Exits exits() {
        return new Exits(
                "the token is genuine, in time and as asked for",
                "it is not, or there is no token",
                "the token is not a JWT",
                "a source or the key cannot be read");
    }
}
