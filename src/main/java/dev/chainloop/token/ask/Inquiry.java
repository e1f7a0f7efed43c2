package dev.chainloop.token.ask;

import dev.chainloop.token.ask.Verdict.Identity;
import dev.chainloop.token.ask.Verdict.Outcome;
import dev.chainloop.token.ask.Verdict.Program;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.JsonObjectReader;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Causes;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.explain.MessageSearch;
import dev.chainloop.token.explain.PlainText;
import dev.chainloop.token.scan.TokenScanner;
import dev.chainloop.token.source.ConfigFile;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.SourceKind;
import io.jsonwebtoken.io.DeserializationException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks the control plane about a token: {@code chainloop organization describe} makes the call that says whose token it is,
 * and the server judges the token before it answers (app/cli/cmd/organization_describe.go and root.go, since v1.0.0).
 *
 * @param named the config file that an option names
 */
public record Inquiry(Diagnosis diagnosis, Environment environment, Optional<Path> named) {
    private static final List<String> NEEDED = List.of(("HOME USER PATH LANG TMPDIR XDG_CONFIG_HOME XDG_CONFIG_DIRS"
                    + " CHAINLOOP_CONTROL_PLANE_API CHAINLOOP_CONTROL_PLANE_API_CA CHAINLOOP_ARTIFACT_CAS_API"
                    + " CHAINLOOP_ARTIFACT_CAS_API_CA CHAINLOOP_API_INSECURE CHAINLOOP_API_MAX_RECV_MSG_SIZE"
                    + " CHAINLOOP_ORGANIZATION GRPC_ENFORCE_ALPN_ENABLED GRPC_ENABLE_TXT_SERVICE_CONFIG"
                    + " GRPC_GO_IGNORE_TXT_ERRORS GRPC_EXPERIMENTAL_ENABLE_DEFAULT_PORT_FOR_PROXY_TARGET"
                    + " GODEBUG LOCALDOMAIN RES_OPTIONS HOSTALIASES SSL_CERT_FILE SSL_CERT_DIR"
                    + " HTTPS_PROXY https_proxy HTTP_PROXY http_proxy NO_PROXY no_proxy")
            .split(" "));

    /** The most of the CLI's output that is shown. */
    private static final int MOST = 300;

    /** What the server puts in place of an API token's address. */
    private static final String API_TOKEN = "API-token@chainloop";

    /** Shorter pieces of a token can be words by coincidence. */
    private static final int SHORTEST_PIECE = 12;

    /**
     * Asks, if the CLI would send the token.
     *
     * @param cli the program to start; empty for the one on the PATH
     */
    public Verdict ask(Optional<String> cli) {
        Candidate used = diagnosis.used();
        boolean faulty = used.trouble().isPresent() || used.malformed().isPresent() || diagnosis.isOfEmptyStdin();
        Optional<String> why = faulty ? Optional.empty() : whyNot();
        if (faulty || why.isPresent()) {
            Optional<Finding> fault =
                    why.map(one -> Finding.error(Fault.NOT_ASKED, "nothing was asked: " + one, Optional.empty()));
            return new Verdict(
                    Outcome.NOT_ASKED, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), fault);
        }
        try {
            File program =
                    cli.map(File::new).or(() -> ChainloopCli.find(environment)).orElseThrow(FileNotFoundException::new);
            Path folder;
            try {
                folder = newFolder();
            } catch (IOException e) {
                String what = "no folder can be created in $TMPDIR (/tmp if unset)";
                return failed(Optional.empty(), Fault.NO_FOLDER, what, "Set TMPDIR to a folder that exists.");
            }
            File empty = folder.resolve("config.toml").toFile(); // Viper tells the format by the name's end.
            // This also works when a signal ends a JVM.
            folder.toFile().deleteOnExit();
            empty.deleteOnExit();
            try {
                empty.createNewFile();
                return ask(program, empty.toPath());
            } finally {
                empty.delete();
                folder.toFile().delete();
            }
        } catch (IOException e) {
            String what = (cli.isPresent() ? "--cli names no program that" : "no `chainloop` on the $PATH")
                    + " can be started";
            String remedy = "Name it with --cli, or run `chainloop organization describe` where it is installed.";
            return failed(Optional.empty(), Fault.NO_CLI, what, remedy);
        }
    }

    /**
     * A folder that nobody else can write to. The JDK's own temporary files, and its channels, load its network library, which
     * opens a socket to see whether there is IPv6.
     */
    private Path newFolder() throws IOException {
        String name = "chainloop-token-" + Long.toHexString(new SplittableRandom().nextLong());
        return Files.createDirectory(
                Path.of(environment.nonEmpty("TMPDIR").orElse("/tmp"), name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Why the CLI would not send this token with this command; empty when it would. */
    private Optional<String> whyNot() {
        Candidate used = diagnosis.used();
        if (used.jwt().isEmpty()) {
            return Optional.of(
                    diagnosis.requestsFederated()
                            ? "no token is stored, and only attestation commands request a federated one"
                            : "there is no token");
        }
        String paths = named.map(Path::toString).orElse("") + " "
                + environment.nonEmpty("TMPDIR").orElse("");
        if (holdsToken(paths)) {
            return Optional.of("a token is part of the config file's path or of $TMPDIR, so `ps` would show it");
        }
        if (used.isMatched(Audience.GENERIC) || used.isFrom(SourceKind.GITLAB)) {
            return Optional.of("only attestation commands send a federated token");
        }
        return used.isRobot()
                ? Optional.of("a robot account token is for attestation commands only")
                : Optional.empty();
    }

    private Verdict ask(File program, Path empty) throws IOException {
        Candidate used = diagnosis.used();
        Map<String, String> variables = variables();
        List<String> arguments = new ArrayList<>(List.of("organization", "describe", "-o", "json"));
        if (used.isGiven()) {
            isolate(variables, arguments, empty);
        }
        if (used.isFrom(SourceKind.CONFIG)) {
            named.ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
        } else {
            variables.put("CHAINLOOP_TOKEN", used.secret().orElseThrow());
        }
        Optional<ChainloopCli.Run> run = ChainloopCli.run(program, empty, arguments, variables);
        if (run.isEmpty()) {
            Optional<Program> asked = Optional.of(new Program(program, Optional.empty(), Optional.empty()));
            String what = "the Chainloop CLI gave no answer within " + ChainloopCli.SECONDS + " seconds";
            return failed(asked, Fault.UNREACHABLE, what, "Check the address, the network and the proxy.");
        }
        return judge(run.get(), withVersions(program, empty));
    }

    /** The variables here that a run of the CLI needs, except those that hold a token. */
    private Map<String, String> variables() {
        Map<String, String> needed = new HashMap<>(environment.variables());
        needed.keySet().retainAll(NEEDED);
        needed.values().removeIf(this::holdsToken);
        return needed;
    }

    /** Whether a text holds this token, or any other. */
    private boolean holdsToken(String text) {
        return text.contains(diagnosis.used().secret().orElseThrow())
                || !TokenScanner.find(text).isEmpty();
    }

    /** The same address and authority, but neither a login nor an organization. */
    private void isolate(Map<String, String> variables, List<String> arguments, Path empty) {
        arguments.addAll(List.of("--config", empty.toString()));
        ConfigFile config = diagnosis.evidence().inputs().config();
        hand(variables, Host.VARIABLE, config.api());
        hand(variables, "CHAINLOOP_CONTROL_PLANE_API_CA", config.authority());
        hand(variables, "CHAINLOOP_API_INSECURE", config.insecure() ? Optional.of("true") : Optional.empty());
        // The organization here is not meant for a token that was passed in.
        variables.remove(Organization.VARIABLE);
    }

    /** A variable overrides the config file, unless it is empty. */
    private void hand(Map<String, String> variables, String name, Optional<String> value) {
        if (value.isPresent() && !environment.isSet(name) && !holdsToken(value.get())) {
            variables.put(name, value.get());
        }
    }

    /** With both versions, as the CLI prints them. This connects, too, so the CLI gets no token. */
    private Program withVersions(File program, Path empty) throws IOException {
        Map<String, String> variables = variables();
        List<String> arguments = new ArrayList<>(List.of("version", "-o", "json"));
        isolate(variables, arguments, empty);
        Optional<ChainloopCli.Run> run = ChainloopCli.run(program, empty, arguments, variables);
        Map<String, ?> versions = run.flatMap(one -> object(one.out())).orElse(Map.of());
        return new Program(program, version(versions, "client"), version(versions, "server"));
    }

    /** A server that has seen the token could answer with a piece of it, which may look like a version. */
    private Optional<String> version(Map<String, ?> versions, String name) {
        return text(versions, name).filter(text -> text.matches("v?[0-9][0-9A-Za-z.+-]{0,40}"));
    }

    /** What {@code organization describe -o json} prints, without unknown keys; empty when it is not a JSON object. */
    private Optional<Identity> identity(String json) {
        Optional<Map<String, ?>> answer = object(json);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Object user = answer.get().get("currentUser");
        Object membership = answer.get().get("currentMembership");
        String name = text(user, "firstName").orElse("") + " "
                + text(user, "lastName").orElse("");
        return Optional.of(new Identity(
                text(user, "id"),
                text(user, "email").filter(one -> !one.equals(API_TOKEN)),
                Optional.of(name.strip()).filter(one -> !one.isEmpty()),
                text(member(membership, "org"), "name"),
                text(membership, "role")));
    }

    private static Optional<Map<String, ?>> object(String json) {
        try {
            return Optional.of(new JsonObjectReader().read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (DeserializationException e) {
            return Optional.empty();
        }
    }

    /** A member of an object, as it is shown; empty if it is not text. */
    private Optional<String> text(@Nullable Object object, String name) {
        return member(object, name) instanceof String text && !text.isEmpty()
                ? Optional.of(shown(text))
                : Optional.empty();
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> map ? map.get(name) : null;
    }

    /**
     * A text of the CLI, cut to a bounded length, if it contains no token, and no piece of any token that was found here.
     * Renderers make it safe to print.
     */
    private String shown(String text) {
        String words = PlainText.of(text.substring(0, Math.min(text.length(), 20 * MOST)));
        boolean secret = !TokenScanner.find(words).isEmpty();
        for (Candidate one : diagnosis.evidence().candidates()) {
            for (int i = 0; i + SHORTEST_PIECE <= words.length() && !secret; i++) {
                secret = one.secret().orElse("").contains(words.substring(i, i + SHORTEST_PIECE));
            }
        }
        if (secret) {
            return "(not shown: a token is in it)";
        }
        return words.length() <= MOST ? words : words.substring(0, MOST - 1) + "…";
    }

    /** The line that says why the CLI failed. */
    private static String error(String stderr) {
        String words = PlainText.of(stderr).strip();
        String error = words.substring(Math.max(0, words.indexOf("ERR ")))
                .lines()
                .findFirst()
                .orElse("");
        return error.startsWith("ERR ") ? error.substring(4).strip() : error;
    }

    private static boolean isAtLeast(Optional<String> version, String least) {
        try {
            Version actual = Version.parse(version.orElse("").replaceFirst("^v", ""));
            return actual.compareTo(Version.parse(least)) >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Verdict judge(ChainloopCli.Run run, Program program) {
        Optional<Program> asked = Optional.of(program);
        if (diagnosis.used().isFrom(SourceKind.ENVIRONMENT) && run.err().contains("Ignoring $CHAINLOOP_TOKEN")) {
            return failed(
                    asked,
                    Fault.LOGIN_ASKED,
                    "this Chainloop CLI ignored $CHAINLOOP_TOKEN and sent the login, so nothing is known about the"
                            + " token",
                    "Update it to v1.100.10 or later; `--source config` asks about the login.");
        }
        if (run.status() == 0) {
            Optional<Identity> identity = identity(run.out());
            String what = "the answer cannot be read: the program succeeded, but printed no JSON object";
            return identity.isPresent()
                    ? new Verdict(Outcome.ACCEPTED, asked, identity, Optional.empty(), List.of(), Optional.empty())
                    : failed(asked, Fault.ANSWER_UNKNOWN, what, "Check that it is the Chainloop CLI.");
        }
        String error = shown(error(run.err()));
        Optional<MessageMatch> known = MessageSearch.refusal(run.err());
        if (known.isPresent()) {
            boolean tellsRefusals = isAtLeast(program.version(), "1.89.7");
            boolean tellsExpiry = isAtLeast(program.server(), "1.101.0");
            String title = shown(known.get().title());
            boolean dated = program.version().isPresent();
            return refused(asked, title, Causes.ofSent(diagnosis, known.get(), dated, tellsRefusals, tellsExpiry));
        }
        if (run.err().contains("authentication error: ")) {
            Cause unknown = new Cause(
                    Cause.Weight.CERTAIN,
                    "The control plane refuses it with a message that this tool does not know.",
                    Optional.of(Cure.ASK_ADMINISTRATOR));
            return refused(asked, error, List.of(unknown));
        }
        // Its words may name a person or an ID.
        String what = "the Chainloop CLI failed, which says nothing about the token" + Redaction.of(": " + error, "");
        return failed(asked, Fault.UNREACHABLE, what, "`chainloop-token explain` knows many of its messages.");
    }

    private static Verdict refused(Optional<Program> asked, String message, List<Cause> causes) {
        Optional<String> words = Optional.of(message);
        return new Verdict(Outcome.REFUSED, asked, Optional.empty(), words, causes, Optional.empty());
    }

    private static Verdict failed(Optional<Program> program, Fault fault, String what, String remedy) {
        Finding finding = Finding.error(fault, what, Optional.empty(), remedy);
        return new Verdict(
                Outcome.UNREACHABLE, program, Optional.empty(), Optional.empty(), List.of(), Optional.of(finding));
    }
}
