package dev.chainloop.token.cli;

import com.google.common.net.HostAndPort;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Converters;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.controlplane.ControlPlane;
import dev.chainloop.token.controlplane.Endpoint;
import dev.chainloop.token.controlplane.Mint;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.explain.Verdict;
import dev.chainloop.token.http.Patience;
import dev.chainloop.token.http.UnreachableException;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ask}: what the control plane itself says about a token. The only command that sends the token anywhere. */
final class AskCommand implements Command {
    private static final String UNREADABLE = "source-unreadable";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SourceOptions source = SourceOptions.ofOneOrRequested();
    private final OptionSpec controlPlane = Option.named("--control-plane")
            .value("HOST:PORT", AskCommand::address, "Ask this control plane, not the Chainloop CLI's.");
    private final OptionSpec authority = Option.named("--control-plane-ca")
            .value("FILE", Converters::notEmpty, "Also trust the certificate authorities in this PEM file.");
    private final OptionSpec insecure = Option.named("--insecure")
            .flag("Use plain text instead of TLS: anyone on the network path can read" + " the token.");
    private final OptionSpec organization = Option.named("--org")
            .value(
                    "NAME",
                    Converters::name,
                    "Ask for this organization instead of the config file's. Matters for user tokens only.");
    private final OutputOptions output = OutputOptions.ofEveryFormat().ofNow();

    @Override
    public void describe(CommandModel model) {
        model.token(source)
                .group("Control plane", List.of(controlPlane, authority, insecure, organization), "")
                .output(output)
                .sharing("inspect")
                .examples(List.of(
                        "chainloop-token ask    would the CLI's token be accepted?",
                        "chainloop-token ask --control-plane cp.example.com:443",
                        "chainloop-token ask --source github    the token that this job can get"))
                .exits(ExitCode.meanings(
                        "the control plane accepts the token, though perhaps not for attestations",
                        "it refuses the token, or there is none that can be sent",
                        "the token is not a JWT; nothing was sent",
                        "a source cannot be read; nothing was sent",
                        "the control plane cannot be asked, or no token can be requested"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, output, world);
        Instant start = world.clock().instant();
        @Nullable Verdict failure = null;
        if (request.source().only().equals(Optional.of(SourceKind.GITHUB))) {
            try {
                request = request.with(new Mint(world.environment(), new Patience(PATIENCE, console)).token());
            } catch (UnreachableException e) {
                failure = Verdict.unreachable(null, Mint.NAME, e);
            }
        }
        Optional<HostAndPort> asked = Option.value(controlPlane);
        Diagnosis found = request.inspect(world, console);
        Diagnosis diagnosis = asked.isPresent() ? found.at(new Host(asked.get().toString(), "--control-plane")) : found;
        request.comment(diagnosis, false, console);
        // Both are asked within the same ten seconds, of which the second gets at least one.
        long left = Math.max(
                1,
                PATIENCE.minus(Duration.between(start, world.clock().instant())).toSeconds());
        Verdict verdict =
                failure != null ? failure : verdict(request, diagnosis, Duration.ofSeconds(left), world, console);
        @Nullable Fault fault = verdict.fault();
        if (fault != null) {
            console.error(fault);
        }
        console.answer(request.format().report().verdict(diagnosis, verdict, request.view()), false);
        return switch (verdict.outcome()) {
            case ACCEPTED -> ExitCode.OK;
            case REFUSED -> ExitCode.NEGATIVE;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            case NOT_ASKED ->
                fault == null
                        ? ExitCode.of(diagnosis.inspection().status())
                        : fault.code().equals(UNREADABLE) ? ExitCode.UNREADABLE : ExitCode.NEGATIVE;
        };
    }

    private Verdict verdict(Request request, Diagnosis diagnosis, Duration left, World world, Console console) {
        Optional<Look.Found> found = diagnosis.evidence().search().found();
        @Nullable DecodedToken decoded = diagnosis.inspection().decoded();
        if (diagnosis.inspection().fault() != null) {
            return Verdict.notAsked(null);
        }
        ConfigReading config = request.source().only().isEmpty()
                ? diagnosis.evidence().search().config()
                : Request.search(world, console).config(request.source().config());
        Endpoint.Given given =
                new Endpoint.Given(Option.value(controlPlane), Option.value(authority), Option.isSet(insecure));
        if (config instanceof ConfigReading.Unreadable unreadable && given.needsConfig(world.environment())) {
            return Verdict.notAsked(new Fault(
                    UNREADABLE,
                    "the config file, which may name the control plane, cannot be used: " + unreadable.why(),
                    "Name the control plane with --control-plane, or make the file readable."));
        }
        String sent = found.map(Look.Found::sent).orElse("");
        if (!ControlPlane.canSend(sent)) {
            return unsendable(
                    "this value contains a line end, a tab or another character that cannot be sent",
                    "Remove everything around the token. `echo` adds a newline to a secret; `printf %s` does not.");
        }
        Optional<String> configured =
                config instanceof ConfigReading.Read read ? read.organization() : Optional.empty();
        String name = Option.<String>value(organization).or(() -> configured).orElse("");
        if (!ControlPlane.canSend(name)) {
            return unsendable(
                    "the organization's name contains a character that cannot be sent", "Give its name with --org.");
        }
        @Nullable Endpoint endpoint = null;
        try {
            endpoint = Endpoint.of(given, world.environment(), config);
            ControlPlane asked = new ControlPlane(
                    endpoint, world.environment(), world.clock(), new Patience(left, console), Version.VALUE);
            if (decoded == null) {
                return Verdict.greeted(diagnosis, endpoint, asked.ask("", Optional.empty(), List.of(), ""));
            }
            if (endpoint.plainText()) {
                console.note("plain text instead of TLS: anyone on the network path to " + endpoint.address()
                        + " can read the token");
            }
            if (diagnosis.inspection().isFrom(SourceKind.GITHUB)) {
                Mint.flaws(decoded.claims())
                        .forEach(flaw -> console.note("the Chainloop CLI silently drops this token: " + flaw));
            }
            List<String> audience = decoded.claims().audience();
            return Verdict.of(
                    diagnosis, endpoint, asked.ask(sent, diagnosis.inspection().kind(), audience, name));
        } catch (UnreachableException e) {
            return Verdict.unreachable(endpoint, "the control plane", e);
        }
    }

    private static Verdict unsendable(String what, String remedy) {
        return Verdict.notAsked(new Fault("not-sendable", what, remedy));
    }

    private static HostAndPort address(String value) throws UsageException {
        return Endpoint.address(Converters.notEmpty(value))
                .orElseThrow(() -> new UsageException("takes " + Endpoint.FORM));
    }
}
