package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What explain makes of logs as users paste them. They have the form of logs in Chainloop's public issues and pull
 * requests, shortened, and with other names and words around the error; the tokens are made for the tests.
 */
class RealLogsTest {
    private static final String LATE_USER = Payload.of(USER, "exp", "1767214800");
    private static final String PROJECT = Payload.of(API_TOKEN, "project_name", "\"john\"");

    @TempDir
    Path home;

    static Stream<Arguments> logs() {
        return Stream.of(
                log(
                        "#317, a secret with another installation's token",
                        """
                        $ chainloop --debug attestation init
                        DBG loaded token
                        DBG Retrieving attestation definition
                        ERR rpc error: code = Unknown desc = signature is invalid
                        """,
                        API_TOKEN,
                        "signature-invalid",
                        "likely: It comes from another installation, or the server's secret"),
                log(
                        "#783, CI after a revocation",
                        """
                        INF API token provided to the command line
                        ERR rpc error: code = Unknown desc = error setting current org and user: API token revoked
                        """,
                        API_TOKEN,
                        "api-token-revoked",
                        "likely: This API token was revoked or deleted"),
                log(
                        "#894, a CLI that looks for no login",
                        """
                        $ chainloop att status
                        ERR Chainloop Token required, please provide it via --token flag or CHAINLOOP_TOKEN environment variable
                        """,
                        "",
                        "token-required",
                        "certain: There is no token to send: $CHAINLOOP_TOKEN is not set."),
                log(
                        "#967, before the login",
                        """
                        $ chainloop config save --control-plane localhost:9000 --debug
                        DBG Telemetry enabled, to disable it use DO_NOT_TRACK=1
                        $ chainloop --insecure wf run ls
                        WRN API contacted in insecure mode
                        ERR authentication required, please run "chainloop auth login"
                        """,
                        "",
                        "token-missing",
                        "certain: There is no token to send: $CHAINLOOP_TOKEN is not set."),
                log(
                        "#967, after the login",
                        """
                        ERR authentication required, please run "chainloop auth login"
                        $ chainloop --insecure auth login
                        WRN API contacted in insecure mode
                        INF login successful!
                        $ chainloop --insecure wf run ls
                        ERR you are not part of any organization, please run "chainloop organization create --name ORG_NAME" to create one
                        """,
                        USER,
                        "no-membership",
                        "not visible here: Only the server knows memberships",
                        "token-missing"),
                log(
                        "#1071, an API token in the allow-list's middleware",
                        """
                        ERR rpc error: code = NotFound desc = USER not found
                        """,
                        API_TOKEN,
                        "user-not-found",
                        "certain: The token here did not cause this: it is not a user token."),
                log(
                        "#1073, the artifact store",
                        """
                        Error invoking method "cas.v1.StatusService.Infoz": rpc error: code = Unauthenticated desc = failed to
                        query for service descriptor "cas.v1.StatusService": JWT token is missing
                        """,
                        API_TOKEN,
                        "token-missing",
                        "certain: The token here did not cause this: it would have been sent."),
                log(
                        "#1533, a slow upload",
                        """
                        INF uploading sbom.cyclonedx.json - sha256:0123
                        ERR adding material: uploading: rpc error: code = Unauthenticated desc = JWT token has expired
                        """,
                        API_TOKEN,
                        "token-expired",
                        "likely: It has no exp claim, so it never"),
                log(
                        "#1713, another token than at the start",
                        """
                        WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring $CHAINLOOP_TOKEN.
                        DBG failed to read the state: decrypting: incorrect passphrase
                        """,
                        API_TOKEN,
                        "token-changed",
                        "not visible here: There is no token here to compare",
                        "both-credentials"),
                log(
                        "#2088, no organization on an old CLI",
                        """
                        ERR the organization you are trying to access does not exist, please run "chainloop auth login"
                        """,
                        USER,
                        "not-a-member",
                        "not visible here: Only the server knows memberships"),
                log(
                        "#2143, another project",
                        """
                        chainloop att init --name test --project sarah --replace --token $CHAINLOOP_TOKEN

                        ERR operation not allowed: This auth token is valid only with the project "john"
                        """,
                        PROJECT,
                        "wrong-scope",
                        "certain: This token is for the project john",
                        "operation-not-allowed"),
                log(
                        "#2160, a federated token and a CLI of July 2025",
                        """
                        Step 3: Cleanup
                        Client Version: 1.12.0
                        Run 'chainloop auth login' to get started
                        $ chainloop att init --workflow test-gitlab --project demo
                        ERR could not determine auth type from token
                        """,
                        FEDERATED,
                        "auth-type-unknown",
                        "likely: The CLI is one of those two"),
                log(
                        "#2219, a viewer",
                        """
                        ERR rpc error: code = PermissionDenied desc = operation not allowed
                        """,
                        USER,
                        "operation-not-allowed",
                        "likely: The user's role does not allow it."),
                log(
                        "#2434, expired, said in other words",
                        """
                        Flag --name has been deprecated, please use --workflow instead
                        This command is will run against the organization "acme"
                        Please confirm to continue y/N
                        y
                        ERR failed to load issuer: authorization error: issuer not found: cp.chainloop
                        """,
                        LATE_USER,
                        "issuer-not-found",
                        "certain: It expired 3 h ago; the server refuses it."),
                log(
                        "#2434, the same on the next server",
                        """
                        ERR rpc error: code = Unauthenticated desc = couldn't match JWT provider: error: code = 401 reason = UNAUTHORIZED message = JWT token has expired metadata = map[] cause = <nil>
                        """,
                        LATE_USER,
                        "token-expired",
                        "certain: It expired 3 h ago",
                        "no-provider"),
                log(
                        "#2811, a project's token makes a token",
                        """
                        $ chainloop org api-token create --name test --project other
                        WRN API contacted in insecure mode
                        INF API token provided to the command line
                        ERR operation not allowed
                        """,
                        PROJECT,
                        "operation-not-allowed",
                        "likely: This is a project's token"),
                log(
                        "#2860, a policy that asks the control plane",
                        """
                        ERR evaluating attestation policies: failed to execute policy: eval_builtin_error: failed to call project compliance endpoint: permission_denied: federated accounts not allowed to perform this action
                        """,
                        FEDERATED,
                        "federated-in-policy",
                        "certain: A policy of this attestation does not"),
                log(
                        "#2892, a release that took longer than five minutes",
                        """
                        2026-03-19T10:02:11.1234567Z INF material added
                        2026-03-19T10:09:41.1234567Z ERR your authentication token has expired, please run "chainloop auth login" again
                        2026-03-19T10:09:41.2234567Z ##[error]Process completed with exit code 1.
                        """,
                        Payload.of(FEDERATED, "exp", "1767225360"),
                        "token-expired",
                        "certain: It expired 4 min ago"),
                log(
                        "#2932, a call without the token",
                        """
                        ...
                        ERR describe project version: unauthenticated: JWT token is missing
                        """,
                        "",
                        "token-missing",
                        "certain: There is no token to send: $CHAINLOOP_TOKEN is not set."),
                log(
                        "#3226, no providers at all",
                        """
                        ERR failed to load issuer: authorization error: no issuers configured
                        """,
                        LATE_USER,
                        "issuer-not-found",
                        "certain: It expired 3 h ago; the server refuses it."));
    }

    private static Arguments log(String where, String log, String payload, String id, String cause, String... further) {
        return arguments(where, log, payload, id, cause, List.of(further));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void isExplained(String where, String log, String payload, String id, String cause, List<String> further) {
        CliRun run = CliRun.withHome(home).stdin(log);
        if (!payload.isEmpty()) {
            String header = payload.contains("githubusercontent") ? "{\"alg\":\"RS256\"}" : TokenMint.HS256;
            run.env("CHAINLOOP_TOKEN", TokenMint.token(header, payload));
        }
        JsonNode answer = Payload.read(run.run("explain", "-o", "json").out());

        assertEquals(id, answer.get("message").path("id").asText());
        JsonNode first = answer.get("causes").get(0);
        String told = first.get("weight").asText() + ": " + first.get("message").asText();
        assertEquals(cause, told.substring(0, Math.min(told.length(), cause.length())));
        List<String> others = new ArrayList<>();
        answer.get("furtherMessages").forEach(one -> others.add(one.get("id").asText()));
        assertEquals(further, others);
        assertEquals(false, answer.get("plan").get("steps").isEmpty());
    }
}
