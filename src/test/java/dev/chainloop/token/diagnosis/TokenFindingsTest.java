package dev.chainloop.token.diagnosis;

import static dev.chainloop.token.testing.Payload.ABSENT;
import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static dev.chainloop.token.testing.TokenMint.HS256;
import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules about a token itself: what triggers each, and what comes close but must not. Now is second 1767225600. */
class TokenFindingsTest {
    private static final String RS256 = "{\"alg\":\"RS256\"}";

    @TempDir
    Path home;

    static Stream<Arguments> healthy() {
        return Stream.of(
                arguments("a user token", HS256, USER),
                arguments("a user token without exp", HS256, user("exp", ABSENT)),
                arguments("a user token whose aud is a string", HS256, user("aud", "\"user-auth.chainloop\"")),
                arguments("an API token", HS256, API_TOKEN),
                arguments("an old API token without org_id", HS256, api("org_id", ABSENT, "org_name", ABSENT)),
                arguments("an API token without a name", HS256, api("token_name", ABSENT)),
                arguments(
                        "an instance token with an empty org_id",
                        HS256,
                        api("org_id", "\"\"", "org_name", "\"\"", "scope", "\"INSTANCE_ADMIN\"")),
                arguments(
                        "a new instance token",
                        HS256,
                        api("org_id", ABSENT, "org_name", ABSENT, "scope", "\"instance\"")),
                arguments(
                        "a token of an organization",
                        HS256,
                        api("scope", "\"organization\"", "scope_id", "\"dddb8201-eab6-4e61-9201-f12b47c01892\"")),
                arguments("a token of a product", HS256, api("scope", "\"product\"", "scope_id", "\"p\"")),
                arguments(
                        "a token of a project",
                        HS256,
                        api(
                                "scope",
                                "\"project\"",
                                "scope_id",
                                "\"P\"",
                                "project_id",
                                "\"p\"",
                                "project_name",
                                "\"w\"")),
                arguments(
                        "a token of a workflow",
                        HS256,
                        api("project_name", "\"web\"", "workflow_id", "\"w\"", "workflow_name", "\"build\"")),
                arguments("a token of a scope yet unknown", HS256, api("scope", "\"galaxy\"")),
                arguments("a federated token", RS256, FEDERATED),
                arguments("a federated token whose aud is an array", RS256, federated("aud", "[\"chainloop\"]")),
                arguments("a federated token with a number as owner", RS256, federated("repository_owner_id", "1234")),
                arguments("a federated token without exp", RS256, federated("exp", ABSENT)),
                arguments("iat and nbf now", RS256, federated("iat", "1767225600", "nbf", "1767225600")),
                arguments("iat and nbf past", RS256, federated("iat", "1767225000", "nbf", "1767225000.5")),
                arguments(
                        "an unknown audience beside the known one",
                        HS256,
                        user("aud", "[\"x\",\"user-auth.chainloop\"]")),
                arguments(
                        "the same audience twice",
                        HS256,
                        user("aud", "[\"user-auth.chainloop\",\"user-auth.chainloop\"]")),
                arguments(
                        "claims of odd types that are no registered ones",
                        HS256,
                        user("groups", "5", "org_id", "[1]")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("healthy")
    void aHealthyTokenHasNone(String name, String header, String payload) {
        assertEquals(List.of(), rules(TokenMint.token(header, payload)));
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                // expired: now >= exp
                arguments("a second past exp", HS256, user("exp", "1767225599"), "error expired"),
                arguments("at exp", HS256, user("exp", "1767225600"), "error expired"),
                arguments("half a second of the same second", HS256, user("exp", "1767225600.5"), "error expired"),
                arguments("a second before exp", HS256, user("exp", "1767225601"), "warning expires-soon"),
                arguments("exp at the epoch", HS256, user("exp", "0"), "error expired"),
                // not-yet-valid
                arguments("nbf in a second", RS256, federated("nbf", "1767225601"), "error not-yet-valid"),
                arguments("nbf now", RS256, federated("nbf", "1767225600"), ""),
                arguments("nbf a second ago", RS256, federated("nbf", "1767225599"), ""),
                // expires-soon
                arguments("user, 3599 s", HS256, user("exp", "1767229199"), "warning expires-soon"),
                arguments("user, 3600 s", HS256, user("exp", "1767229200"), ""),
                arguments("API token, 7 d less 1 s", HS256, api("exp", "1767830399"), "warning expires-soon"),
                arguments("API token, 7 d", HS256, api("exp", "1767830400"), ""),
                arguments("federated, 119 s", RS256, federated("exp", "1767225719"), "warning expires-soon"),
                arguments("federated, 120 s", RS256, federated("exp", "1767225720"), ""),
                arguments("no kind, 1 s", HS256, user("aud", "\"x\"", "exp", "1767225601"), "error unknown-audience"),
                // identity-missing
                arguments("user_id absent", HS256, user("user_id", ABSENT), "error identity-missing"),
                arguments("user_id empty", HS256, user("user_id", "\"\""), "error identity-missing"),
                arguments("user_id a number", HS256, user("user_id", "5"), "error identity-missing"),
                arguments("user_id null", HS256, user("user_id", "null"), "error identity-missing"),
                arguments("jti absent", HS256, api("jti", ABSENT), "error identity-missing"),
                arguments("jti a number, told once", HS256, api("jti", "5"), "error identity-missing"),
                arguments("iss absent", RS256, federated("iss", ABSENT), "error identity-missing"),
                arguments("iss a number, told once", RS256, federated("iss", "5"), "error identity-missing"),
                // unknown-audience
                arguments("aud absent", HS256, user("aud", ABSENT), "error unknown-audience"),
                arguments("aud empty", HS256, user("aud", "[]"), "error unknown-audience"),
                arguments("aud of another case", HS256, user("aud", "\"Chainloop\""), "error unknown-audience"),
                arguments(
                        "AUD is not aud", HS256, user("aud", ABSENT, "AUD", "\"chainloop\""), "error unknown-audience"),
                arguments("legacy", HS256, user("aud", "\"client.chainloop\""), "error unknown-audience"),
                arguments("aud a number", HS256, user("aud", "5"), "error unknown-audience, warning odd-claim"),
                arguments("aud null", HS256, user("aud", "null"), "error unknown-audience, warning odd-claim"),
                arguments("aud [1]", HS256, user("aud", "[1]"), "error unknown-audience, warning odd-audience"),
                // mixed-audience
                arguments(
                        "two kinds",
                        HS256,
                        user("aud", "[\"user-auth.chainloop\",\"chainloop\"]"),
                        "warning mixed-audience"),
                arguments(
                        "a known and a legacy one",
                        HS256,
                        user("aud", "[\"client.chainloop\",\"user-auth.chainloop\"]"),
                        ""),
                // odd-audience
                arguments(
                        "a number among them",
                        HS256,
                        user("aud", "[5,\"user-auth.chainloop\"]"),
                        "warning odd-audience"),
                arguments(
                        "null among them",
                        HS256,
                        user("aud", "[null,\"user-auth.chainloop\"]"),
                        "warning odd-audience"),
                // foreign-issuer
                arguments("another issuer", HS256, api("iss", "\"https://cp.chainloop\""), "warning foreign-issuer"),
                arguments("issuer of another case", HS256, user("iss", "\"CP.chainloop\""), "warning foreign-issuer"),
                arguments("no issuer", HS256, user("iss", ABSENT), "warning foreign-issuer"),
                arguments("an empty issuer", HS256, user("iss", "\"\""), "warning foreign-issuer"),
                arguments("issuer a number", HS256, user("iss", "5"), "warning foreign-issuer, warning odd-claim"),
                // self-issued-federated
                arguments("self-issued", RS256, federated("iss", "\"cp.chainloop\""), "error self-issued-federated"),
                arguments("issued almost by itself", RS256, federated("iss", "\"cp.chainloop.dev\""), ""),
                // unsigned and algorithm
                arguments("alg none", "{\"alg\":\"none\"}", USER, "error unsigned"),
                arguments("alg NONE", "{\"alg\":\"NONE\"}", USER, "error unsigned"),
                arguments("alg absent", "{}", USER, "error algorithm"),
                arguments("alg empty", "{\"alg\":\"\"}", USER, "error algorithm"),
                arguments("alg a number", "{\"alg\":5}", USER, "error algorithm"),
                arguments("alg unknown", "{\"alg\":\"hs256\"}", USER, "error algorithm"),
                arguments("user HS512", "{\"alg\":\"HS512\"}", USER, "error algorithm"),
                arguments("API token RS256", RS256, API_TOKEN, "error algorithm"),
                arguments("federated HS256", HS256, FEDERATED, "error algorithm"),
                arguments("federated HS512", "{\"alg\":\"HS512\"}", FEDERATED, "error algorithm"),
                arguments("federated ES256", "{\"alg\":\"ES256\"}", FEDERATED, "warning algorithm"),
                arguments("federated EdDSA", "{\"alg\":\"EdDSA\"}", FEDERATED, "warning algorithm"),
                arguments("federated unknown", "{\"alg\":\"XS256\"}", FEDERATED, "error algorithm"),
                arguments("no kind, known alg", RS256, user("aud", "\"x\""), "error unknown-audience"),
                arguments(
                        "no kind, unknown alg",
                        "{\"alg\":\"x\"}",
                        user("aud", "\"x\""),
                        "error unknown-audience, error algorithm"),
                // odd-claim
                arguments("exp a string", HS256, user("exp", "\"1767830400\""), "warning odd-claim"),
                arguments("exp null", HS256, user("exp", "null"), "warning odd-claim"),
                arguments("exp in the year 10000", HS256, user("exp", "253402300800"), "warning odd-claim"),
                arguments("exp at the end of 9999", HS256, user("exp", "253402300799"), ""),
                arguments("exp 1e300", HS256, user("exp", "1e300"), "warning odd-claim"),
                arguments("nbf an array", HS256, user("nbf", "[]"), "warning odd-claim"),
                arguments("iat true", HS256, user("iat", "true"), "warning odd-claim"),
                arguments("sub a number", HS256, user("sub", "5"), "warning odd-claim"),
                arguments("jti a number in a user token", HS256, user("jti", "5"), "warning odd-claim"),
                // clock-skew
                arguments("iat in a second", RS256, federated("iat", "1767225601"), "warning clock-skew"),
                arguments("iat now", RS256, federated("iat", "1767225600"), ""),
                arguments("iat a second ago", RS256, federated("iat", "1767225599"), ""),
                // all, the worst first
                arguments(
                        "many",
                        "{\"alg\":\"none\"}",
                        user(
                                "aud",
                                "[\"user-auth.chainloop\",\"chainloop\",1]",
                                "exp",
                                "1",
                                "nbf",
                                "1767225601",
                                "iss",
                                "\"x\"",
                                "sub",
                                "1",
                                "iat",
                                "1767225601"),
                        "error expired, error not-yet-valid, error unsigned, warning mixed-audience,"
                                + " warning odd-audience, warning foreign-issuer, warning odd-claim, warning"
                                + " clock-skew"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("rows")
    void eachRuleAtItsThreshold(String name, String header, String payload, String expected) {
        assertEquals(expected, String.join(", ", rules(TokenMint.token(header, payload))));
    }

    @Test
    void anEmptySignatureIsUnsignedAndNothingIsSaidOfTheAlgorithm() {
        String token = TokenMint.segment("{\"alg\":\"RS256\"}") + "." + TokenMint.segment(USER) + ".";
        assertEquals(List.of("error unsigned"), rules(token));
        assertEquals(
                "It has no signature: nothing vouches for its claims, and the server refuses it.",
                findings(token).get(0).get("message").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                            | no audience
            [1,2,3,4,5,6,7,8]             | a1, a2, a3, a4, a5, a6, a7, a8
            [1,2,3,4,5,6,7,8,9,10]        | a1, a2, a3, a4, a5, a6, a7, a8 and 2 more
            """)
    void notTooManyAudiencesAreNamed(String audiences, String named) {
        String payload = federated("aud", audiences.replaceAll("([0-9]+)", "\"a$1\""));
        assertEquals(
                "It is a CI provider's token, issued for " + named
                        + "; Chainloop accepts only those issued for the audience chainloop.",
                findings(TokenMint.token(RS256, payload)).get(0).get("message").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1767225600000       | exp is in milliseconds, not in seconds
            1767225600000000    | exp is in microseconds, not in seconds
            1767225600000000000 | exp is in nanoseconds, not in seconds
            17672256000000      | exp is not a time in seconds
            -176722560000       | exp is not a time in seconds
            17672256000e9       | exp is not a time in seconds
            "1767225600"        | exp is a string
            """)
    void aTimeInAnotherUnitIsNamed(String time, String odd) {
        String message = findings(TokenMint.token(user("exp", time)))
                .get(0)
                .get("message")
                .asText();
        assertTrue(message.startsWith("Claims of an unexpected type or range: " + odd + ". "), message);
    }

    @Test
    void unusedTrailingBitsAreOddEncoding() {
        assertEquals(List.of("info odd-encoding"), rules(TokenMint.withSpareBit(TokenMint.token(USER))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            INSTANCE_ADMIN  | org     | Its scope is the whole instance, but it names an organization.
            instance        | project | Its scope is the whole instance, but it names a project.
            instance        | -       | -
            organization    | -       | Its scope is an organization, but it names no organization.
            organization    | org     | -
            organization    | org project | Its scope is an organization, but it names a project.
            organization    | org other | Its scope is another organization than the one that it names.
            product         | -       | Its scope is a product, but it names no organization.
            product         | org     | -
            product         | org other | -
            product         | org project | Its scope is a product, but it names a project.
            project         | org     | Its scope is a project, but it names no project.
            project         | project | Its scope is a project, but it names no organization.
            project         | org project | -
            project         | org project other | Its scope is another project than the one that it names.
            -               | org workflow | It names a workflow, but no project that it belongs to.
            -               | org project workflow | -
            organization    | org workflow | It names a workflow, but no project that it belongs to.
            """)
    void scopesThatContradictWhatIsNamed(String scope, String named, String fault) {
        String names = String.valueOf(named);
        String payload = api(
                "scope", scope == null ? ABSENT : Payload.string(scope),
                "scope_id", names.contains("other") ? "\"other\"" : ABSENT,
                "org_id", names.contains("org") ? "\"o\"" : ABSENT,
                "org_name", names.contains("org") ? "\"acme\"" : ABSENT,
                "project_id", names.contains("project") ? "\"p\"" : ABSENT,
                "workflow_name", names.contains("workflow") ? "\"w\"" : ABSENT);
        List<JsonNode> findings = findings(TokenMint.token(payload));
        assertEquals(fault == null ? 0 : 1, findings.size());
        if (fault != null) {
            assertEquals("scope-inconsistent", findings.get(0).get("id").asText());
            assertEquals(
                    fault + " The server may refuse it, or interpret it differently.",
                    findings.get(0).get("message").asText());
        }
    }

    @Test
    void aForeignAudienceOfChainloopIsNamedAmongOthers() {
        JsonNode finding = findings(TokenMint.token(user("aud", "[\"x\",\"artifact-cas.chainloop\"]")))
                .get(0);
        assertEquals(
                "By its audience it is a token for the artifact store, valid for 30 seconds, for one transfer.",
                finding.get("message").asText());
    }

    @Test
    void aMixedAudienceSaysWhichWasPickedAndWhatTheCliReads() {
        JsonNode finding = findings(TokenMint.token(user(
                        "aud", "[\"chainloop\",\"user-auth.chainloop\",\"api-token-auth.chainloop\"]", "jti", "\"j\"")))
                .get(0);
        assertEquals(
                "It names audiences of 3 kinds. Here it counts as api-token, because api-token-auth.chainloop comes"
                        + " first in the fixed order (Chainloop #2828); the Chainloop CLI reads only the first one,"
                        + " chainloop. The server issues no such token.",
                finding.get("message").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5        | Its issuer is not a string
            ""     | It names no issuer
            "x"    | Its issuer is x
            """)
    void aForeignIssuerIsNamedAsItIs(String issuer, String start) {
        assertEquals(
                start + "; Chainloop gives every token of kind user the issuer cp.chainloop.",
                findings(TokenMint.token(user("iss", issuer)))
                        .get(0)
                        .get("message")
                        .asText());
    }

    @Test
    void findingsNeverChangeTheStatus() {
        assertEquals(
                0, run(TokenMint.token("{\"alg\":\"none\"}", user("exp", "1"))).status());
        assertEquals(1, run(TokenMint.token(user("aud", "[]"))).status());
    }

    private static String user(String... changes) {
        return Payload.of(USER, changes);
    }

    private static String api(String... changes) {
        return Payload.of(API_TOKEN, changes);
    }

    private static String federated(String... changes) {
        return Payload.of(FEDERATED, changes);
    }

    private List<String> rules(String token) {
        List<String> rules = new ArrayList<>();
        findings(token)
                .forEach(one -> rules.add(
                        one.get("severity").asText() + " " + one.get("id").asText()));
        return rules;
    }

    private List<JsonNode> findings(String token) {
        List<JsonNode> findings = new ArrayList<>();
        Payload.read(run(token).out()).get("findings").forEach(findings::add);
        return findings;
    }

    private CliRun.Result run(String token) {
        return CliRun.withHome(home).stdin(token + "\n").run("-o", "json");
    }
}
