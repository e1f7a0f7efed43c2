package dev.chainloop.token.ask;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.JsonObjectReader;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Refusal;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import io.jsonwebtoken.io.DeserializationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the control plane about a token: {@code chainloop organization describe} calls what says whose a token is, and the
 * server judges the token before it answers (app/cli/cmd/organization_describe.go and root.go, since v1.0.0).
 *
 * @param config the config file that the CLI reads
 * @param named the same, if an option named it
 */
public record Inquiry(Diagnosis diagnosis, Environment environment, ConfigReading config, Optional<Path> named) {
    private static final String TOKEN = "CHAINLOOP_TOKEN";
    private static final String AUTHORITY = "CHAINLOOP_CONTROL_PLANE_API_CA";
    private static final String PLAIN_TEXT = "CHAINLOOP_API_INSECURE";
    private static final String ROBOT = "attestations.chainloop";
    private static final String COMMAND = "chainloop organization describe";

    private static final List<String> DESCRIBE = List.of("organization", "describe", "-o", "json");
    private static final List<String> VERSION = List.of("version", "-o", "json");

    /** What Cobra and pflag say of a word that a CLI does not have. */
    private static final List<String> UNKNOWN = List.of("unknown command", "unknown flag", "unknown shorthand flag");

    /**
     * Asks, if the CLI would send the token.
     *
     * @param cli the program to start; empty for the one on the PATH
     */
    public Verdict ask(Optional<String> cli) {
        if (diagnosis.inspection().fault() != null) {
            return Verdict.notAsked(Optional.empty(), Optional.empty());
        }
        Optional<Look.Found> found = diagnosis.evidence().search().found();
        if (found.isPresent() && isWrapped(found.get())) {
            Fault fault = fault(
                    "malformed",
                    "nothing was asked: something stands around the token, and the Chainloop CLI would send it, too",
                    "Store the token alone.");
            return Verdict.notAsked(Optional.of(fault), Plan.of(diagnosis));
        }
        Optional<String> why = whyNot();
        if (why.isPresent()) {
            return Verdict.notAsked(
                    Optional.of(fault("not-asked", "nothing was asked: " + why.get(), "")), Plan.of(diagnosis));
        }
        Optional<Path> program = cli.isPresent() ? ChainloopCli.program(cli.get()) : ChainloopCli.find(environment);
        if (program.isEmpty()) {
            return failed(
                    Optional.empty(),
                    cli.isPresent()
                            ? fault("no-cli", "--cli names no program that can be run", "Check the path.")
                            : fault(
                                    "no-cli",
                                    "no `chainloop` is in an absolute folder of $PATH",
                                    "Name it with --cli, or run `" + COMMAND + "` where it is."));
        }
        Path empty = null;
        try {
            // Viper tells the format by the name's end.
            empty = Files.createTempFile("chainloop-token-", ".toml");
            return ask(program.get(), empty);
        } catch (IOException e) {
            return failed(
                    Optional.of(new Verdict.Program(program.get(), Optional.empty(), Optional.empty())),
                    fault(
                            "no-cli",
                            "the Chainloop CLI cannot be started",
                            "Check the program, and the folder for temporary files."));
        } finally {
            delete(empty);
        }
    }

    /** The line end of a text on stdin is no part of it. */
    private static boolean isWrapped(Look.Found found) {
        return !found.removed().isEmpty() || (found.lineEnd() && found.origin().kind() != SourceKind.STDIN);
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // It holds no token.
        }
    }

    /** Why the CLI would not send this token with this command; empty when it would. */
    private Optional<String> whyNot() {
        Inspection inspection = diagnosis.inspection();
        @Nullable DecodedToken decoded = inspection.decoded();
        if (decoded == null) {
            return Optional.of(
                    diagnosis.requestsFederated()
                            ? "no token is stored, and only attestation commands request a federated one"
                            : "there is no token");
        }
        if (inspection.kind().or(inspection::matched).equals(Optional.of(Audience.GENERIC))
                || inspection.isFrom(SourceKind.GITLAB)) {
            return Optional.of("only attestation commands send a federated token");
        }
        return decoded.claims().audience().contains(ROBOT)
                ? Optional.of("a robot account's token is for attestation commands only")
                : Optional.empty();
    }

    private Verdict ask(Path program, Path empty) throws IOException {
        Inspection inspection = diagnosis.inspection();
        String sent =
                diagnosis.evidence().search().found().map(Look.Found::secret).orElse("");
        Map<String, String> variables = new HashMap<>(environment.variables());
        List<String> arguments = new ArrayList<>(DESCRIBE);
        if (inspection.isGiven()) {
            isolate(variables, arguments, empty);
            variables.put(TOKEN, sent);
        } else if (inspection.isFrom(SourceKind.CONFIG)) {
            variables.remove(TOKEN);
            named.ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
        }
        ChainloopCli.Run run = ChainloopCli.run(program, arguments, quiet(variables));
        if (!run.ended()) {
            return failed(
                    Optional.of(new Verdict.Program(program, Optional.empty(), Optional.empty())),
                    fault(
                            "unreachable",
                            "the Chainloop CLI gave no answer within " + ChainloopCli.SECONDS + " seconds",
                            "Check the address, the network and the proxy."));
        }
        return judge(run, versions(program, empty), sent);
    }

    /** The same address, authority and organization, but neither the user's variable nor a login. */
    private void isolate(Map<String, String> variables, List<String> arguments, Path empty) {
        variables.remove(TOKEN);
        arguments.addAll(List.of("--config", empty.toString()));
        if (config instanceof ConfigReading.Read read) {
            ConfigReading.ControlPlaneKeys keys = read.controlPlane();
            hand(variables, Host.VARIABLE, keys.api());
            hand(variables, AUTHORITY, keys.authority());
            hand(variables, PLAIN_TEXT, keys.insecure() ? Optional.of("true") : Optional.empty());
            // No variable names it.
            read.organization().filter(name -> !name.isEmpty()).ifPresent(name -> arguments.add("--org=" + name));
        }
    }

    /** A variable wins over the config file, unless it is empty. */
    private void hand(Map<String, String> variables, String name, Optional<String> value) {
        if (value.isPresent() && !environment.isSet(name)) {
            variables.put(name, value.get());
        }
    }

    private static Map<String, String> quiet(Map<String, String> variables) {
        variables.put("DO_NOT_TRACK", "1");
        variables.put("NO_COLOR", "1");
        return variables;
    }

    /** What the CLI says of both versions. It connects as well, so it gets no token. */
    private Verdict.Program versions(Path program, Path empty) throws IOException {
        Map<String, String> variables = new HashMap<>(environment.variables());
        List<String> arguments = new ArrayList<>(VERSION);
        isolate(variables, arguments, empty);
        try {
            String json = ChainloopCli.run(program, arguments, quiet(variables)).out();
            Map<String, ?> versions = new JsonObjectReader().read(json.getBytes(StandardCharsets.UTF_8));
            return new Verdict.Program(program, version(versions.get("client")), version(versions.get("server")));
        } catch (DeserializationException e) {
            return new Verdict.Program(program, Optional.empty(), Optional.empty());
        }
    }

    private static Optional<String> version(@Nullable Object text) {
        return text instanceof String version && Release.isOne(version) ? Optional.of(version) : Optional.empty();
    }

    private Verdict judge(ChainloopCli.Run run, Verdict.Program program, String sent) {
        Optional<Verdict.Program> asked = Optional.of(program);
        if (diagnosis.inspection().isFrom(SourceKind.ENVIRONMENT) && run.err().contains("Ignoring $" + TOKEN)) {
            return failed(
                    asked,
                    fault(
                            "login-asked",
                            "this Chainloop CLI ignored $CHAINLOOP_TOKEN and sent the login, so nothing is known of the"
                                    + " token",
                            "Update it to v1.100.10 or later; `--source config` asks about the login."));
        }
        if (run.status() == 0) {
            Optional<Identity> identity = Identity.of(run.out(), sent);
            return identity.isPresent()
                    ? verdict(Verdict.Outcome.ACCEPTED, asked, identity, Optional.empty(), List.of(), Optional.empty())
                    : failed(
                            asked,
                            fault(
                                    "unreachable",
                                    "the answer is not visible: the program ended well, but printed no JSON object",
                                    "Check that it is the Chainloop CLI."));
        }
        String error = Shown.text(Shown.error(run.err()), sent);
        if (UNKNOWN.stream().anyMatch(run.err()::contains)) {
            return failed(
                    asked,
                    fault(
                            "cli-too-old",
                            "this Chainloop CLI does not know the command: " + error,
                            "Update it: `" + COMMAND + "` exists since v1.0.0."));
        }
        boolean exact = program.version()
                .filter(version -> Release.isAtLeast(version, 1, 89, 7))
                .isPresent();
        boolean tellsExpiry = program.server()
                .filter(version -> Release.isAtLeast(version, 1, 101, 0))
                .isPresent();
        Optional<Refusal> known = Refusal.of(diagnosis, run.err(), exact, tellsExpiry);
        if (known.isPresent() && known.get().judges()) {
            String title = Shown.text(known.get().title(), sent);
            return verdict(
                    Verdict.Outcome.REFUSED,
                    asked,
                    Optional.empty(),
                    Optional.of(title),
                    known.get().causes(),
                    Optional.empty());
        }
        if (known.isEmpty() && run.err().contains("authentication error: ")) {
            Cause unknown = new Cause(
                    Cause.Weight.CERTAIN,
                    "The control plane refuses it with a message that is not known here.",
                    Cure.ASK_ADMINISTRATOR);
            return verdict(
                    Verdict.Outcome.REFUSED,
                    asked,
                    Optional.empty(),
                    Optional.of(error),
                    List.of(unknown),
                    Optional.empty());
        }
        Fault fault = fault(
                "unreachable",
                "the Chainloop CLI failed, which says nothing about the token: "
                        + known.map(one -> Shown.text(one.title(), sent))
                                .orElse(error.isEmpty() ? "no message" : error),
                known.map(Refusal::meaning).orElse(""));
        return verdict(
                Verdict.Outcome.UNREACHABLE,
                asked,
                Optional.empty(),
                Optional.empty(),
                known.map(Refusal::causes).orElse(List.of()),
                Optional.of(fault));
    }

    private Verdict failed(Optional<Verdict.Program> program, Fault fault) {
        return verdict(
                Verdict.Outcome.UNREACHABLE,
                program,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(fault));
    }

    private Verdict verdict(
            Verdict.Outcome outcome,
            Optional<Verdict.Program> program,
            Optional<Identity> identity,
            Optional<String> message,
            List<Cause> causes,
            Optional<Fault> fault) {
        Situation situation = Situation.here(diagnosis.evidence(), Demand.like(diagnosis.inspection()));
        List<Cure> cures =
                causes.stream().map(Cause::cure).filter(Objects::nonNull).toList();
        return new Verdict(
                outcome,
                program,
                host(),
                identity,
                message,
                causes,
                Plan.of(situation, cures),
                fault,
                program.map(one -> sideEffects(outcome)));
    }

    /** The one that the CLI uses; its config file names it also where the token is from elsewhere. */
    private Optional<Host> host() {
        return Host.of(environment, config, true);
    }

    private String sideEffects(Verdict.Outcome outcome) {
        List<String> effects = new ArrayList<>();
        if (outcome == Verdict.Outcome.ACCEPTED && diagnosis.inspection().token() instanceof ApiToken) {
            effects.add("the server recorded a use of the API token");
        }
        if (!diagnosis.inspection().isGiven()) {
            effects.add("the CLI may have made its config file, or saved or emptied `organization` in it");
        }
        effects.add("the CLI started its plugins");
        return "Side effects: " + String.join("; ", effects) + ".";
    }

    private static Fault fault(String code, String message, String remedy) {
        return new Fault(code, message, remedy);
    }
}
