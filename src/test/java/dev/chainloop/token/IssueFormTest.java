package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether what the issue forms ask for is as safe to paste as they say. In these tokens each claim that the forms call left
 * out holds the word {@code SECRET}.
 */
class IssueFormTest {
    private static final Path FORMS = Path.of(".github/ISSUE_TEMPLATE");
    private static final String SECRET = "SECRET";
    private static final String HEADER =
            "{\"alg\":\"HS256\",\"typ\":\"SECRET\",\"kid\":\"SECRET\",\"jku\":\"https://SECRET.example\",\"x\":\"SECRET\"}";
    private static final String SECRET_CLAIMS = "\"sub\":\"SECRET\",\"email\":\"SECRET@example.org\","
            + "\"nested\":{\"a\":[\"SECRET\"]},\"SECRET\":1,\"exp\":\"SECRET\",\"iat\":[\"SECRET\"],\"nbf\":{\"a\":\"SECRET\"}";

    @TempDir
    Path home;

    static List<Path> formsThatAsk() {
        return List.of(FORMS.resolve("bug.yml"), FORMS.resolve("message.yml"));
    }

    static List<Arguments> tokens() {
        String user =
                "{\"user_id\":\"SECRET\",\"iss\":\"cp.chainloop\",\"aud\":[\"user-auth.chainloop\"]," + SECRET_CLAIMS;
        String api = "{\"jti\":\"SECRET\",\"org_id\":\"SECRET\",\"org_name\":\"acme\",\"token_name\":\"ci\","
                + "\"project_id\":\"SECRET\",\"project_name\":\"web\",\"workflow_id\":\"SECRET\","
                + "\"workflow_name\":\"build\",\"scope\":\"RESOURCE_TYPE_PROJECT\",\"scope_id\":\"SECRET\","
                + "\"iss\":\"cp.chainloop\",\"aud\":[\"api-token-auth.chainloop\"]," + SECRET_CLAIMS;
        String federated = "{\"iss\":\"https://gitlab.example\",\"aud\":\"chainloop\",\"namespace_id\":\"SECRET\","
                + "\"repository_owner_id\":\"SECRET\",\"repository\":\"SECRET\"," + SECRET_CLAIMS;
        return List.of(
                arguments("user token", user + "}"),
                arguments("API token", api + "}"),
                arguments("federated token", federated + "}"),
                arguments("an id that is a number or an object", user.replace("\"SECRET\",", "{\"SECRET\":[]},") + "}"),
                arguments("an unknown audience", user.replace("user-auth.chainloop", "nobody") + "}"),
                arguments("claims cut off", user),
                arguments("claims that are no JSON", "SECRET"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void whatIsAskedForHoldsNothingThatIsCalledLeftOut(String name, String claims) throws IOException {
        for (Path form : formsThatAsk()) {
            String token = TokenMint.token(HEADER, claims);
            String pasted = CliRun.withHome(home)
                    .env("CHAINLOOP_TOKEN", token)
                    .run(command(form))
                    .out();
            assertFalse(pasted.contains(SECRET), pasted);
            for (String segment : token.split("\\.", -1)) {
                assertFalse(pasted.contains(segment.substring(0, Math.min(12, segment.length()))), pasted);
            }
            assertFalse(pasted.contains(home.toString()), pasted);
        }
    }

    /** The form's own list of what stays, and behind it the keys that each part of it speaks of. */
    private static final List<String> STAYS = List.of(
            "the kind of token: kind type",
            "the names of organization, project, workflow and token: orgName projectName workflowName tokenName",
            "scope: scope",
            "audience: audience matchedAudience",
            "issuer: issuer",
            "algorithm: algorithm",
            "times: issuedAt notBefore expiresAt expired expiresInSeconds",
            "findings: findings",
            "what to do: plan",
            "the control plane: controlPlane",
            "where the token was found: source requestsFederated",
            "and its fingerprint: fingerprint");

    @ParameterizedTest
    @MethodSource("formsThatAsk")
    void whatStaysIsNamed(Path form) throws IOException {
        String claims = String.valueOf(tokens().get(1).get()[1])
                .replaceAll("\"(exp|iat|nbf)\":(\"SECRET\"|\\[\"SECRET\"]|\\{\"a\":\"SECRET\"})", "\"$1\":1");
        JsonNode pasted = Payload.read(CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(HEADER, claims))
                .run(command(form))
                .out());
        // Of the answer, not of the token.
        TreeSet<String> expected = new TreeSet<>(List.of("schemaVersion", "status"));
        STAYS.forEach(
                row -> expected.addAll(List.of(row.replaceFirst(".*: ", "").split(" ", -1))));
        TreeSet<String> left = new TreeSet<>();
        pasted.properties().stream().filter(one -> !one.getValue().isNull()).forEach(one -> left.add(one.getKey()));
        assertEquals(expected, left);
        String description = Files.readString(form).replaceAll("\\s+", " ");
        String named = String.join(
                ", ", STAYS.stream().map(row -> row.replaceFirst(": .*", "")).toList());
        assertTrue(description.contains("It contains " + named + ", a part of"), description);
        assertTrue(description.contains("It is safe to paste") && description.contains("Paste no token."), description);
    }

    /** Whoever wants to tell of a vulnerability is led away from the public forms. */
    @Test
    void vulnerabilitiesAreReportedPrivately() throws IOException {
        JsonNode config = new YAMLMapper().readTree(FORMS.resolve("config.yml").toFile());
        assertFalse(config.get("blank_issues_enabled").asBoolean());
        String url = config.at("/contact_links/0/url").asText();
        assertEquals("https://github.com/" + PlaceTest.place() + "/security/advisories/new", url);
    }

    private static String[] command(Path form) throws IOException {
        String command = "inspect -o json --redact";
        assertTrue(
                Files.readString(form).contains("```sh\n        chainloop-token " + command + "\n"),
                form + " has no command");
        return command.split(" ", -1);
    }
}
