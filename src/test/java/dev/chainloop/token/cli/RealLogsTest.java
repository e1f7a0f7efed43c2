package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    private static final Map<String, String> TOKENS = Map.of(
            "nothing", "",
            "a login", TokenMint.described("USER"),
            "an expired login", TokenMint.described("USER exp=now-3h"),
            "an API token", TokenMint.described("API"),
            "the token of the project john", TokenMint.described("API project_name=\"john\""),
            "a federated token", TokenMint.described("FEDERATED header={\"alg\":\"RS256\"}"),
            "an expired federated token", TokenMint.described("FEDERATED exp=now-4m header={\"alg\":\"RS256\"}"));

    /** Where a log is from, the token here, the messages that are found, the first cause as it begins, and the log. */
    private static final String LOGS = """
            # #317, a secret with another installation's token < an API token > signature-invalid
              not visible here: Whether it was signed with the server's secret, or
            | $ chainloop --debug attestation init
            | DBG loaded token
            | DBG Retrieving attestation definition
            | ERR rpc error: code = Unknown desc = signature is invalid
            # #967, after the login < a login > no-membership token-missing
              not visible here: Only the server knows memberships
            | ERR authentication required, please run "chainloop auth login"
            | $ chainloop --insecure auth login
            | WRN API contacted in insecure mode
            | INF login successful!
            | $ chainloop --insecure wf run ls
            | ERR you are not part of any organization, please run "chainloop organization create --name ORG_NAME" to create one
            # #2143, another project < the token of the project john > wrong-scope
              certain: It is for the project "john" only, and the command names another.
            | chainloop att init --name test --project sarah --replace --token $CHAINLOOP_TOKEN
            |
            | ERR operation not allowed: This auth token is valid only with the project "john"
            # #2160, a federated token and a CLI of July 2025 < a federated token > auth-type-unknown
              not visible here: Which version of the CLI
            | Step 3: Cleanup
            | Client Version: 1.12.0
            | Run 'chainloop auth login' to get started
            | $ chainloop att init --workflow test-gitlab --project demo
            | ERR could not determine auth type from token
            # #2434, expired, said in other words < an expired login > issuer-not-found
              certain: It expired 3 h ago; the server refuses it.
            | Flag --name has been deprecated, please use --workflow instead
            | This command is will run against the organization "acme"
            | Please confirm to continue y/N
            | y
            | ERR failed to load issuer: authorization error: issuer not found: cp.chainloop
            # #2860, a policy that asks the control plane < a federated token > federated-in-policy
              certain: A policy of this attestation does not
            | ERR evaluating attestation policies: failed to execute policy: eval_builtin_error: failed to call project compliance endpoint: permission_denied: federated accounts not allowed to perform this action
            # #2892, a release that took longer than five minutes < an expired federated token > token-expired
              not visible here: The text is from a CI job
            | 2026-03-19T10:02:11.1234567Z INF material added
            | 2026-03-19T10:09:41.1234567Z ERR your authentication token has expired, please run "chainloop auth login" again
            | 2026-03-19T10:09:41.2234567Z ##[error]Process completed with exit code 1.
            """;

    @TempDir
    Path home;

    static Stream<Arguments> logs() {
        return Stream.of(LOGS.split("\n(?=# )")).map(row -> {
            List<String> lines = row.lines().toList();
            String[] title = lines.get(0).split(" [<>] ");
            String log = lines.stream()
                    .skip(2)
                    .map(line -> line.replaceFirst("[|] ?", "") + "\n")
                    .collect(Collectors.joining());
            return arguments(
                    title[0],
                    log,
                    TOKENS.get(title[1]),
                    List.of(title[2].split(" ")),
                    lines.get(1).strip());
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void isExplained(String where, String log, String token, List<String> ids, String cause) {
        CliRun run = CliRun.withHome(home).stdin(log);
        JsonNode answer = Payload.read((token.isEmpty() ? run : run.env("CHAINLOOP_TOKEN", token))
                .run("explain", "-o", "json")
                .out());
        List<String> found = new ArrayList<>(List.of(answer.at("/message/id").asText()));
        answer.get("furtherMessages").forEach(one -> found.add(one.get("id").asText()));
        assertEquals(ids, found);
        JsonNode first = answer.at("/causes/0");
        String told =
                first.path("weight").asText() + ": " + first.path("message").asText();
        assertEquals(cause, told.substring(0, Math.min(told.length(), cause.length())));
        assertEquals(false, answer.at("/plan/steps").isEmpty());
    }
}
