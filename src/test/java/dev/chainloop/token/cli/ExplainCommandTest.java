package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.Payload.ABSENT;
import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.io.StandardInput;
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
    private static final String NOT_SENT = "ruled out: No token was sent: the issuer in the message came from one.";
    private static final String NOT_2828 = "ruled out: Several audiences in the token: the server issues no such"
            + " token, and the maintainers found that treating audiences as a set (pull request #2828) does not"
            + " fix this message (#2812).";
    private static final String BESIDES = "not visible here: It may also have been signed with another secret: by"
            + " another installation, or before the secret was changed.";
    private static final String OTHER_SECRET = "not visible here: It was signed with another secret than the"
            + " server's: it %s, and nothing else in it explains the refusal. Another installation issued it, or the"
            + " secret has been changed since. Check whether it is meant for the control plane that the CLI talks"
            + " to: api.cp.chainloop.dev:443 (default).";
    private static final String NO_TOKEN = "not visible here: There is no token here to compare the message with.";
    private static final String NO_JWT = "certain: What is sent is not a JWT: it has 1 segment where a JWT has 3.";
    private static final String OLD_SERVER =
            "certain: It expired 3 h ago; servers before v1.101.0 answer an expired token with this message.";
    private static final String GENUINE =
            "ruled out: It has expired, or was signed with another secret: the server knew" + " whose it is.";

    private static final String LATE_USER = Payload.of(USER, "exp", "1767214800");
    private static final String LATE_API = Payload.of(API_TOKEN, "exp", "1767214800");
    private static final String PROJECT = Payload.of(API_TOKEN, "project_name", "\"shop\"");
    private static final String WORKFLOW = Payload.of(PROJECT, "workflow_name", "\"build\"");

    @TempDir
    Path home;

    static Stream<Arguments> rows() {
        return Stream.of(
                row(NOT_FOUND, LATE_USER, OLD_SERVER, BESIDES, NOT_SENT),
                row(NOT_FOUND, LATE_API, OLD_SERVER, BESIDES, NOT_SENT),
                row(NOT_FOUND, USER, OTHER_SECRET.formatted("has not expired"), NOT_SENT),
                row(NOT_FOUND, API_TOKEN, OTHER_SECRET.formatted("never expires"), NOT_SENT),
                row(NOT_FOUND, "", NO_TOKEN, NOT_SENT),
                row(
                        NOT_FOUND,
                        FEDERATED,
                        "certain: A different token was sent: the message names the issuer cp.chainloop, and the"
                                + " one here has https://token.actions.githubusercontent.com.",
                        "not visible here: The token that was sent had expired, was signed with another secret than"
                                + " the server's, or has an audience that the server does not know.",
                        NOT_SENT),
                row(
                        "issuer not found: https://gitlab.com",
                        LATE_USER,
                        "certain: A different token was sent: the message names the issuer https://gitlab.com, and"
                                + " the one here has cp.chainloop.",
                        "not visible here: The CI provider or the repository is not enrolled with the organization:"
                                + " only the server knows which are.",
                        NOT_SENT),
                row(
                        "issuer not found: https://token.actions.githubusercontent.com",
                        Payload.of(FEDERATED, "exp", "1767214800"),
                        "certain: It expired 3 h ago; an expired token of a CI provider can lead to this message too.",
                        "not visible here: The CI provider or the repository is not enrolled with the organization:"
                                + " only the server knows which are.",
                        NOT_SENT),
                row(
                        NOT_FOUND,
                        Payload.of(USER, "aud", "\"x\""),
                        "certain: Chainloop accepts none of its audiences: x.",
                        BESIDES,
                        NOT_SENT),
                row(
                        NOT_FOUND,
                        Payload.of(USER, "aud", "[\"x\",\"y\"]"),
                        "certain: Chainloop accepts none of its audiences: x, y.",
                        BESIDES,
                        NOT_SENT,
                        NOT_2828),
                row("couldn't match JWT provider", LATE_USER, OLD_SERVER, BESIDES),
                row(
                        "couldn't match JWT provider",
                        FEDERATED,
                        "not visible here: The control plane does not accept tokens of this CI provider."),
                row("JWT token has expired", LATE_USER, "certain: It expired 3 h ago; that is what the message says."),
                row(
                        "JWT token has expired",
                        USER,
                        "likely: A different token was sent, or the server refused this one for another reason:"
                                + " some CLI versions show every refusal as an expiry (Chainloop #2922).",
                        "not visible here: If an upload or a download failed, the expired token is the artifact"
                                + " store's own, which lasts 30 seconds (Chainloop #1533, #1539), not this one:"
                                + " run the command again.",
                        "ruled out: It expired: by this machine's clock it has not. Check the clock if in doubt."),
                row(
                        "JWT token has expired",
                        Payload.of(USER, "nbf", "1767225601"),
                        "certain: It becomes valid in 1 s (nbf); until then the server refuses it."),
                row("JWT token has expired", "", NO_TOKEN),
                row(
                        "Token is invalid",
                        USER,
                        "likely: It was signed with another secret, or damaged on its way; without the key, the"
                                + " signature cannot be checked here."),
                row("Token is invalid", "hunter2", NO_JWT),
                row("Token is invalid", "", NO_TOKEN),
                row(
                        "signature is invalid",
                        LATE_USER,
                        "certain: It expired 3 h ago; an expired token with a wrong signature gets this message, not"
                                + " the one about expiry.",
                        "likely: Another installation issued it, or the secret was changed after it was issued. Check"
                                + " whether it is meant for the control plane that the CLI talks to:"
                                + " api.cp.chainloop.dev:443 (default)."),
                row("JWT token is missing", "", "certain: There is no token in any of the places where the CLI looks."),
                row(
                        "JWT token is missing",
                        USER,
                        "likely: The command ran where this token is not visible: as another user, in another job or"
                                + " container, or with another HOME.",
                        "not visible here: A proxy between the CLI and the server removed the token."),
                row(
                        "couldn't authorize using the provided token",
                        FEDERATED,
                        "not visible here: The outage is on the server's side; no token can cause or fix it.",
                        "not visible here: The service is asked only about a token that the control plane's own"
                                + " checks rejected."),
                row(
                        "invalid audience",
                        Payload.of(USER, "aud", "\"mcp-user-auth.chainloop\""),
                        "certain: By its audience it is a user's token for the MCP server,"
                                + " which the control plane's API does not accept."),
                row(
                        "invalid audience",
                        USER,
                        "likely: A different token was sent: the one here has the control plane's audience."),
                row(
                        "API token revoked",
                        API_TOKEN,
                        "likely: This API token was revoked or deleted; the ID tells which one it is.",
                        "not visible here: Perhaps nobody did it: where this is enabled, the server itself revokes"
                                + " tokens that were not used for a long time (since v1.77.1).",
                        "ruled out: It is signed with another secret, or has expired: the server reports that in"
                                + " other words."),
                row(
                        "API token not found",
                        USER,
                        "likely: A different token was sent: the one here is not an API token."),
                row(
                        "error mapping the API-token claims",
                        Payload.of(API_TOKEN, "jti", ABSENT),
                        "certain: Its audience api-token-auth.chainloop makes it a token of kind api-token, but"
                                + " jti, the claim that identifies it, is missing."),
                row(
                        "error mapping the user claims",
                        USER,
                        "likely: A different token was sent: the one here has the missing claim."),
                row(
                        "could not determine auth type from token",
                        USER,
                        "likely: The token here has a type, so a different token was sent."),
                row(
                        "user not found",
                        USER,
                        "not visible here: Only the server knows its accounts: this one was deleted, or belongs to"
                                + " another database.",
                        GENUINE),
                row(
                        "organization is suspended",
                        API_TOKEN,
                        "not visible here: Only the server knows which organizations are suspended.",
                        GENUINE),
                row(
                        "you are not part of any organization",
                        USER,
                        "not visible here: Only the server knows memberships.",
                        GENUINE),
                row(
                        "valid only with the project \"shop\"",
                        PROJECT,
                        "certain: This token is for the project shop only."),
                row(
                        "valid only with the project \"web\"",
                        PROJECT,
                        "likely: A different token was sent: the one here is for project shop."),
                row(
                        "valid only with the project \"shop\"",
                        API_TOKEN,
                        "likely: A different token was sent: the one here is not limited to a project."),
                row("scoped to a different workflow", WORKFLOW, "certain: This token is for the workflow build only."),
                row(
                        "scoped to a different workflow",
                        PROJECT,
                        "likely: A different token was sent: the one here is not limited to a workflow."),
                row(
                        "scoped to a different workflow",
                        USER,
                        "likely: A different token was sent: the one here is not an API token, and only those have"
                                + " a scope."));
    }

    private static Arguments row(String message, String token, String... causes) {
        return arguments(message, token, List.of(causes));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rows")
    void theCausesAreWeighedAgainstTheToken(String message, String payload, List<String> causes) {
        CliRun run = CliRun.withHome(home);
        if (payload.startsWith("{")) {
            String header = payload.contains("githubusercontent") ? "{\"alg\":\"RS256\"}" : TokenMint.HS256;
            run.env("CHAINLOOP_TOKEN", TokenMint.token(header, payload));
        } else {
            run.env("CHAINLOOP_TOKEN", payload);
        }
        CliRun.Result result = run.run("explain", "-o", "json", message);
        List<String> told = new ArrayList<>();
        for (JsonNode cause : Payload.read(result.out()).get("causes")) {
            told.add(cause.get("weight").asText() + ": " + cause.get("message").asText());
        }
        assertEquals(causes, told);
        assertEquals(0, result.status());
    }

    @Test
    void anOrganizationThatIsNotTheFilesIsALikelyCause() throws Exception {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "organization = 'umbrella'\n");
        JsonNode causes = json(CliRun.withHome(home)
                        .env("CHAINLOOP_TOKEN", TokenMint.token(API_TOKEN))
                        .run("explain", "-o", "json", "you are not part of any organization"))
                .get("causes");
        assertEquals(Payload.read("""
                        {"weight":"likely","message":"It is for the organization acme, but the config file works in \
                        umbrella. With an API token the server ignores the latter: commands work in acme."}"""), causes.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPE", "FILE", "SOCKET", "OTHER"})
    void withTheMessageOnStdinTheTokenComesFromElsewhere(StandardInput.Kind kind) {
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
                .stdin(StandardInput.Kind.TERMINAL, bytes(NOT_FOUND))
                .run("explain", "-o", "json", "-");
        assertEquals("issuer-not-found", json(result).get("message").get("id").asText());
    }

    @Test
    void aTerminalWithoutAMessageIsAUsageError() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(StandardInput.Kind.TERMINAL, new ByteStream(() -> {
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
                .stdin(StandardInput.Kind.CLOSED, bytes(NOT_FOUND))
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

    @Test
    void anUnknownMessageIsOneAndTheTokenIsStillDiagnosed() {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(LATE_USER))
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
        String list = CliRun.withHome(home).run("explain", "--list").out();
        assertEquals(texts, list.lines().filter(texts::contains).toList());
    }

    private static JsonNode json(CliRun.Result result) {
        return Payload.read(result.out());
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
