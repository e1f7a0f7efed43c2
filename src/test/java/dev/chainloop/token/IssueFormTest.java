package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** The form's own list of what stays, and the keys that each part of it speaks of. */
    private static Map<String, List<String>> stays() {
        Map<String, List<String>> stays = new LinkedHashMap<>();
        stays.put("the kind of token", List.of("kind", "type"));
        stays.put(
                "the names of organization, project, workflow and token",
                List.of("orgName", "projectName", "workflowName", "tokenName"));
        stays.put("scope", List.of("scope"));
        stays.put("audience", List.of("audience", "matchedAudience"));
        stays.put("issuer", List.of("issuer"));
        stays.put("algorithm", List.of("algorithm"));
        stays.put("times", List.of("issuedAt", "notBefore", "expiresAt", "expired", "expiresInSeconds"));
        stays.put("findings", List.of("findings"));
        stays.put("the control plane", List.of("controlPlane"));
        stays.put("where the token was found", List.of("source"));
        stays.put("and its fingerprint", List.of("fingerprint"));
        return stays;
    }

    @ParameterizedTest
    @MethodSource("formsThatAsk")
    void whatStaysIsNamed(Path form) throws IOException {
        String claims = String.valueOf(tokens().get(1).get()[1])
                .replace("\"exp\":\"SECRET\"", "\"exp\":1")
                .replace("\"iat\":[\"SECRET\"]", "\"iat\":1")
                .replace("\"nbf\":{\"a\":\"SECRET\"}", "\"nbf\":1");
        JsonNode pasted = Payload.read(CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(HEADER, claims))
                .run(command(form))
                .out());
        TreeSet<String> left = new TreeSet<>();
        pasted.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                left.add(entry.getKey());
            }
        });

        // Of the answer, not of the token.
        TreeSet<String> expected = new TreeSet<>(List.of("schemaVersion", "status"));
        stays().values().forEach(expected::addAll);
        assertEquals(expected, left);
        assertTrue(
                description(form).contains("It contains " + String.join(", ", stays().keySet()) + ", a part of"),
                () -> description(form));
    }

    @ParameterizedTest
    @MethodSource("formsThatAsk")
    void saysWhyItIsSafe(Path form) throws IOException {
        assertTrue(description(form).contains("It is safe to paste"));
        assertTrue(Files.readString(form).contains("Paste no token."));
    }

    private static String description(Path form) {
        try {
            return Files.readString(form).replaceAll("\\s+", " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever wants to tell of a vulnerability is led away from the public forms. */
    @Test
    void vulnerabilitiesAreReportedPrivately() throws IOException {
        JsonNode config = new YAMLMapper().readTree(FORMS.resolve("config.yml").toFile());
        assertFalse(config.get("blank_issues_enabled").asBoolean());
        String url = config.at("/contact_links/0/url").asText();
        assertTrue(url.endsWith("/OWNER/REPOSITORY/security/advisories/new"), url);
        assertTrue(Files.readString(Path.of("pom.xml")).contains(url.replace("/security/advisories/new", "")), url);
    }

    /** The command as it stands in the form. */
    private static String[] command(Path form) throws IOException {
        Matcher block = Pattern.compile("```sh\\s+chainloop-token (.*?)\\s+```", Pattern.DOTALL)
                .matcher(Files.readString(form));
        assertTrue(block.find(), form + " has no command");
        List<String> words = new ArrayList<>(List.of(block.group(1).split(" ", -1)));
        assertEquals(List.of("inspect", "-o", "json", "--redact"), words);
        return words.toArray(new String[0]);
    }
}
