package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.Payload.ABSENT;
import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static dev.chainloop.token.testing.TokenMint.USER;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.ByteStream;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the causes of each message are weighed against a token, and where message and token come from. */
class ExplainCommandTest {
    private static final String NOT_FOUND = "issuer not found: cp.chainloop";
    private static final String LATE = "1767214800";
    private static final String PROJECT = Payload.of(API_TOKEN, "project_name", "\"shop\"");
    private static final String GITHUB = "https://token.actions.githubusercontent.com";

    private static final Map<String, String> TOKENS = Map.ofEntries(
            entry("nothing", ""),
            entry("hunter2", "hunter2"),
            entry("a login", USER),
            entry("an expired login", Payload.of(USER, "exp", LATE)),
            entry("a login of the next second", Payload.of(USER, "nbf", "1767225601")),
            entry("a login for x", Payload.of(USER, "aud", "\"x\"")),
            entry("a login for x and y", Payload.of(USER, "aud", "[\"x\",\"y\"]")),
            entry("a login for MCP", Payload.of(USER, "aud", "\"mcp-user-auth.chainloop\"")),
            entry("an API token", API_TOKEN),
            entry("an expired API token", Payload.of(API_TOKEN, "exp", LATE)),
            entry("an API token without ID", Payload.of(API_TOKEN, "jti", ABSENT)),
            entry("an API token of the project shop", PROJECT),
            entry("an API token of the workflow build", Payload.of(PROJECT, "workflow_name", "\"build\"")),
            entry("a federated token", FEDERATED),
            entry("an expired federated token", Payload.of(FEDERATED, "exp", LATE)));

    /** A message and the token here, and below them all causes; the transcripts explain-… have the common ones. */
    private static final String ROWS = """
            issuer not found: cp.chainloop < an expired API token
              certain: It expired 3 h ago; the server refuses it.
              not visible here: It may also have been signed with another secret.
              ruled out: a missing token: the message names the issuer of the one that was sent
            issuer not found: https://gitlab.com < an expired login
              ruled out: the token here: it has the issuer cp.chainloop, but the message names \
            https://gitlab.com
              not visible here: The repository or the CI provider is not enrolled with the organization. A \
            self-hosted open-source control plane cannot enroll any.
              ruled out: a missing token: the message names the issuer of the one that was sent
            issuer not found: https://token.actions.githubusercontent.com < an expired federated token
              certain: It expired 3 h ago; the server refuses it.
              not visible here: The repository or the CI provider is not enrolled with the organization. A \
            self-hosted open-source control plane cannot enroll any.
              not visible here: Whether the token here is the one that was sent from GitHub Actions.
              ruled out: a missing token: the message names the issuer of the one that was sent
            issuer not found: cp.chainloop < a login for x
              certain: Chainloop accepts none of its audiences: "x".
              not visible here: It may also have been signed with another secret.
              ruled out: a missing token: the message names the issuer of the one that was sent
            issuer not found: cp.chainloop < a login for x and y
              certain: Chainloop accepts none of its audiences: "x", "y".
              not visible here: It may also have been signed with another secret.
              ruled out: a missing token: the message names the issuer of the one that was sent
              ruled out: several audiences in the token: the server issues no such token, and treating audiences as a \
            set (pull request #2828) does not change this message (#2812)
            couldn't match JWT provider < an expired login
              certain: It expired 3 h ago; the server refuses it.
              not visible here: It may also have been signed with another secret.
            couldn't match JWT provider < a federated token
              likely: The job had no other token, so the CLI sent a federated one, which this control plane accepts only \
            if its operator sets that up.
            JWT token has expired < a login
              likely: By this machine's clock it has not expired, but that clock may be wrong.
              likely: If the clock is right, a different token was sent.
              not visible here: If an upload or a download failed, the expired token is the artifact store's own, which \
            lasts 30 seconds (Chainloop #1533, #1539).
            JWT token has expired < a login of the next second
              certain: It becomes valid in 1 s (nbf); until then the server refuses it.
            your authentication token has expired < an API token
              likely: CLIs before v1.89.7 say this whenever the server refuses a token, whatever its reason (Chainloop #2922, #2945).
              likely: If the CLI is newer, a different token was sent: this one never expires.
            your authentication token has expired < a login for x
              likely: Chainloop accepts none of its audiences: "x".
            Token is invalid < hunter2
              certain: What is sent is not a JWT: it has 1 segment where a JWT has 3.
            invalid audience < a login for MCP
              certain: By its audience it is a user's token for the MCP server, which the control plane's API does not \
            accept.
              ruled out: expiry or a wrong secret: the server knew whose token it was
            API token not found < a login
              ruled out: the token here: it is not an API token
            error mapping the API-token claims < an API token without ID
              certain: Its audience api-token-auth.chainloop makes it a token of kind api-token, but jti, the claim that \
            identifies it, is missing.
              ruled out: expiry or a wrong secret: the server knew whose token it was
            error mapping the user claims < a login
              ruled out: the token here: it has that claim
            valid only with the project "shop" < an API token
              ruled out: the token here: it is not limited to a project
            scoped to a different workflow < an API token without ID
              ruled out: the token here: it has no ID, and the server would have said so
            API token project mismatch < an API token without ID
              ruled out: the token here: it has no ID, and the server would have said so
            scoped to a different workflow < an API token of the workflow build
              certain: This token is for the workflow "build" only.
              ruled out: expiry or a wrong secret: the server knew whose token it was
            scoped to a different workflow < an API token of the project shop
              ruled out: the token here: it is not limited to a workflow
            scoped to a different workflow < a login
              ruled out: the token here: it is not an API token
            """;

    @TempDir
    Path home;

    static Stream<Arguments> rows() {
        return Stream.of(ROWS.split("\n(?=\\S)")).map(row -> {
            List<String> lines = row.lines().map(String::strip).toList();
            String[] given = lines.get(0).split(" < ");
            return arguments(given[0], given[1], lines.subList(1, lines.size()));
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void theCausesAreWeighedAgainstTheToken(String message, String token, List<String> causes) {
        String payload = TOKENS.get(token);
        String header = payload.contains(GITHUB) ? "{\"alg\":\"RS256\"}" : TokenMint.HS256;
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", payload.startsWith("{") ? TokenMint.token(header, payload) : payload)
                .run("explain", "-o", "json", message);
        List<String> told = new ArrayList<>();
        for (JsonNode cause : json(result).get("causes")) {
            told.add(cause.get("weight").asText() + ": " + cause.get("message").asText());
        }
        assertEquals(causes, told);
        assertEquals(0, result.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPE", "FILE", "SOCKET", "OTHER"})
    void withTheMessageOnStdinTheTokenComesFromElsewhere(Descriptor.Kind kind) {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(kind, bytes(NOT_FOUND + "\n"))
                .env("CHAINLOOP_TOKEN", TokenMint.token(USER))
                .run("explain", "-o", "json");
        JsonNode object = json(result);
        assertEquals("cp.chainloop", object.get("message").get("name").asText());
        assertEquals("env", object.get("token").get("source").get("kind").asText());
        assertEquals(0, result.status());
    }

    @Test
    void withTheMessageAsArgumentTheTokenMayComeFromStdin() {
        CliRun.Result result =
                CliRun.withHome(home).stdin(TokenMint.token(USER) + "\n").run("explain", "-o", "json", NOT_FOUND);
        assertEquals(
                "stdin", json(result).get("token").get("source").get("kind").asText());
    }

    @Test
    void aDashReadsTheMessageFromStdinAlsoAtATerminal() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.TERMINAL, bytes(NOT_FOUND))
                .run("explain", "-o", "json", "-");
        assertEquals("issuer-not-found", json(result).get("message").get("id").asText());
    }

    /** Such a log is searched in parts of a MiB, and a message can lie over the end of one. */
    @Test
    void inALogWithoutLineEndsAMessageIsFoundWhereTwoPartsMeet() {
        String log = "x ".repeat((1 << 19) - 8) + "ERR " + NOT_FOUND + " x".repeat(100);
        assertEquals(0, CliRun.withHome(home).stdin(log).run("explain").status());
    }

    @Test
    void aTerminalWithoutAMessageIsAUsageError() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.TERMINAL, new ByteStream(() -> {
                    throw new AssertionError("the terminal was read");
                }))
                .run("explain");
        assertEquals(
                new CliRun.Result(
                        2,
                        "",
                        "error: there is no message: give it as an argument, or on stdin. Try `chainloop-token"
                                + " explain --help`.\n"),
                result);
    }

    @Test
    void aClosedStdinIsEmptyAndNotAFileOfTheJvm() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.CLOSED, bytes(NOT_FOUND))
                .run("explain", "-o", "json");
        assertEquals(0, result.status());
        assertEquals("null", json(result).get("message").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "\n\n"})
    void anEmptyMessageIsNotAFailure(String text) {
        CliRun.Result result = CliRun.withHome(home).stdin(text).run("explain");
        assertEquals(0, result.status());
        assertEquals("No message to explain", result.out().lines().findFirst().orElseThrow());
    }

    /** It crashed: its step had neither words nor anything to unset. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring $CHAINLOOP_TOKEN.",
                "WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring user credentials."
            })
    void bothUserCredentialsAreExplainedWhereTheVariableIsNotSet(String warning) {
        CliRun.Result result = CliRun.withHome(home).run("explain", "-o", "json", warning);
        assertEquals(0, result.status(), result.err());
        JsonNode answer = json(result);
        assertEquals("both-credentials", answer.at("/message/id").asText());
        answer.at("/plan/steps")
                .forEach(step -> assertFalse(step.get("text").asText().isBlank(), result.out()));
        assertFalse(answer.at("/plan").toString().contains("unset CHAINLOOP_TOKEN"), result.out());
        assertFalse(answer.at("/plan/steps").isEmpty(), result.out());
    }

    @Test
    void anUnknownMessageIsOneAndTheTokenIsStillDiagnosed() {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(TOKENS.get("an expired login")))
                .run("explain", "-o", "json", "out of cheese");
        assertEquals(1, result.status());
        assertEquals(
                "expired",
                json(result).get("token").get("findings").get(0).get("id").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void aHostileMessageIsNotObeyed(String format) {
        String secret = TokenMint.token(USER);
        String message = "ERR issuer not found: ##[error]x\u202e\u001b[31m\n::error::y\nERR valid only with the"
                + " project \"\u0007##[warning]" + "z\u009b2J\"\nERR Authorization: Bearer " + secret;
        CliRun.Result result = CliRun.withHome(home)
                .stdin(message)
                .env("CHAINLOOP_TOKEN", TokenMint.token(API_TOKEN))
                .run("explain", "-o", format);
        String all = result.out() + result.err();
        assertEquals(-1, all.indexOf("##["));
        assertEquals(-1, all.indexOf(secret.substring(secret.lastIndexOf('.') + 1)));
        assertEquals(
                List.of(),
                all.chars()
                        .filter(c -> (c < ' ' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x202e)
                        .boxed()
                        .toList());
        assertEquals(
                List.of(),
                all.lines().filter(line -> line.strip().startsWith("::")).toList());
    }

    @Test
    void theListHasEachMessageWithItsTexts() {
        JsonNode object = json(CliRun.withHome(home).run("explain", "--list", "-o", "json"));
        List<String> texts = new ArrayList<>();
        object.get("messages").forEach(one -> one.get("texts").forEach(text -> texts.add(text.asText())));
        String list = " " + CliRun.withHome(home).run("explain", "--list").out().replaceAll("\\s+", " ");
        assertEquals(
                List.of(),
                texts.stream().filter(text -> !list.contains(" " + text + " ")).toList());
    }

    private static JsonNode json(CliRun.Result result) {
        return Payload.read(result.out());
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFilesNameIsNotTakenForAMessage(@TempDir Path home) throws Exception {
        Path log = Files.writeString(home.resolve("job 1.log"), NOT_FOUND);
        String expected = "error: this is a file, not a message.\n\nWhat to do\n  Have it explained:\n"
                + "    chainloop-token explain <'" + log + "'\n";
        assertEquals(new CliRun.Result(2, "", expected), CliRun.withHome(home).run("explain", log.toString()));
    }
}
