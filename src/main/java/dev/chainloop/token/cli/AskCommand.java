package dev.chainloop.token.cli;

import com.google.common.net.HostAndPort;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.controlplane.Answers;
import dev.chainloop.token.controlplane.ControlPlane;
import dev.chainloop.token.controlplane.Endpoint;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.explain.Verdict;
import dev.chainloop.token.http.UnreachableException;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Search;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ask}: what the control plane itself says about a token. The only command that sends the token anywhere. */
final class AskCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SourceOptions source = SourceOptions.ofOneSource();
    private final OptionSpec controlPlane = Option.named("--control-plane")
            .text("HOST:PORT", "Ask this control plane instead of the one that the Chainloop CLI uses.");
    private final OptionSpec authority = Option.named("--control-plane-ca")
            .unshown("FILE", "Also trust the certificate authorities in this PEM file.");
    private final OptionSpec insecure = Option.named("--insecure")
            .flag("Use plain text instead of TLS: anyone on the network path can read" + " the token.");
    private final OptionSpec organization = Option.named("--org")
            .text("NAME", "Ask for this organization instead of the config file's. Matters for user tokens only.");
    private final OutputOptions output = OutputOptions.ofEveryFormat().ofNow();

    @Override
    public void describe(CommandModel model) {
        model.token(source)
                .group("Control plane", List.of(controlPlane, authority, insecure, organization))
                .output(output)
                .examples(
                        "chainloop-token ask    would the CLI's token be accepted?",
                        "chainloop-token ask --control-plane cp.example.com:443")
                .exits(ExitCode.meanings(
                        "the control plane accepts the token, a person's at least for commands",
                        "it refuses it, there is no token, or it cannot be sent",
                        "the token is not a JWT; nothing was sent",
                        "a source cannot be read; nothing was sent",
                        "the control plane cannot be asked"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, output, world);
        Endpoint.Given given = new Endpoint.Given(address(), Option.value(authority), Option.isSet(insecure));
        Optional<String> ownOrganization = Option.value(organization);

        Diagnosis diagnosis = request.inspect(world, console);
        Asking asking = new Asking(request, diagnosis, world, console);
        request.comment(diagnosis, false, console);
        Optional<Look.Found> found = diagnosis.evidence().search().found();
        @Nullable DecodedToken decoded = diagnosis.inspection().decoded();
        if (found.isEmpty() || decoded == null) {
            asking.answer(Verdict.notAsked(null));
            return ExitCode.of(diagnosis.inspection().status());
        }
        ConfigReading config = request.source().only().isEmpty()
                ? diagnosis.evidence().search().config()
                : new Search(world.environment(), world.stdin(), world.pause(), console)
                        .config(request.source().config());
        if (config instanceof ConfigReading.Unreadable unreadable && given.needsConfig(world.environment())) {
            Fault fault = new Fault(
                    "source-unreadable",
                    "the config file, which may name the control plane, cannot be used: " + unreadable.why(),
                    "Name the control plane with --control-plane, or make the file readable.");
            asking.answer(Verdict.notAsked(fault));
            return ExitCode.UNREADABLE;
        }
        String sent = found.get().sent();
        Optional<String> configured =
                config instanceof ConfigReading.Read read ? read.organization() : Optional.empty();
        String name = ownOrganization.or(() -> configured).orElse("");
        if (!ControlPlane.canSend(sent) || !ControlPlane.canSend(name)) {
            return asking.end(Verdict.notAsked(notSendable(sent)));
        }
        Endpoint endpoint;
        try {
            endpoint = Endpoint.of(given, world.environment(), config);
        } catch (UnreachableException e) {
            return asking.end(Verdict.unreachable(null, e));
        }
        return asking.end(asking.ask(endpoint, sent, decoded.claims().audience(), name));
    }

    private static Fault notSendable(String sent) {
        if (ControlPlane.canSend(sent)) {
            return new Fault(
                    "not-sendable",
                    "the organization's name contains a character that cannot be sent",
                    "Give its name with --org.");
        }
        return new Fault(
                "not-sendable",
                ControlPlane.canSend(sent.replace('\t', ' '))
                        ? "this value contains a tab, which the Chainloop CLI can send, but this tool cannot"
                        : "the Chainloop CLI cannot send this value: it contains a newline or another character that a"
                                + " request header cannot carry",
                "Remove everything around the token. `echo` adds a newline to a secret; `printf %s` does not.");
    }

    /** One run: what was found, and where the answer goes. */
    private record Asking(Request request, Diagnosis diagnosis, World world, Console console) {
        Verdict ask(Endpoint endpoint, String sent, List<String> audience, String organization) {
            if (world.outKind().isErrorTerminal()) {
                console.tell("asking " + endpoint.address() + " …");
            }
            if (endpoint.plainText()) {
                console.note("plain text instead of TLS: anyone on the network path to " + endpoint.address()
                        + " can read the token");
            }
            ControlPlane controlPlane =
                    new ControlPlane(endpoint, world.environment(), world.clock(), PATIENCE, Version.VALUE);
            try {
                Answers answers = controlPlane.ask(sent, diagnosis.inspection().kind(), audience, organization);
                return Verdict.of(diagnosis, endpoint, answers);
            } catch (UnreachableException e) {
                return Verdict.unreachable(endpoint, e);
            }
        }

        ExitCode end(Verdict verdict) throws Console.OutputException {
            answer(verdict);
            return switch (verdict.outcome()) {
                case ACCEPTED -> ExitCode.OK;
                case REFUSED, NOT_ASKED -> ExitCode.NEGATIVE;
                case UNREACHABLE -> ExitCode.UNREACHABLE;
            };
        }

        void answer(Verdict verdict) throws Console.OutputException {
            if (verdict.fault() != null) {
                console.error(verdict.fault());
            }
            console.answer(request.format().report().verdict(diagnosis, verdict, request.view()));
        }
    }

    private Optional<HostAndPort> address() throws UsageException {
        Optional<String> text = Option.value(controlPlane);
        Optional<HostAndPort> address = text.flatMap(Endpoint::address);
        if (text.isPresent() && address.isEmpty()) {
            throw new UsageException("--control-plane takes " + Endpoint.FORM);
        }
        return address;
    }
}
