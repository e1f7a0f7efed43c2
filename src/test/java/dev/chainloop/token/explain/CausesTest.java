package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each message against each kind of token, in codes: {@code src/test/states/messages.txt}, which says at its head how it is read. */
class CausesTest {
    private static final Path TABLE = Path.of("src/test/states/messages.txt");

    private static final String USER = "variable: @USER@";
    private static final String API =
            "variable: @API project_id=\"6c1d2b3c-0000-4000-8000-000000000001\" project_name=\"web\"@";

    private static final List<TestWorld> KINDS = List.of(
            inCi("nothing", ""),
            inCi("user", USER),
            inCi("api", API),
            inCi("federated", "variable: @FEDERATED header={\"alg\":\"RS256\"}@"),
            inCi("expired", "variable: @API expired@"),
            inCi("malformed", "variable: ghp_0123"));

    private static TestWorld inCi(String kind, String variable) {
        return TestWorld.of(kind, List.of("env: CI=true", variable));
    }

    @TempDir
    Path home;

    @Test
    void eachMessageIsWeighedAgainstEachKindOfToken() throws IOException {
        List<String> table = new ArrayList<>(Files.readString(TABLE)
                .lines()
                .takeWhile(line -> !line.startsWith("# "))
                .toList());
        for (KnownMessage message : KnownMessage.values()) {
            table.add("# " + message.word() + ": " + message.layer.word());
            Map<String, String> kinds = new LinkedHashMap<>();
            for (TestWorld kind : KINDS) {
                JsonNode answer = explained(message, kind);
                assertEquals(message.word(), answer.at("/message/id").asText());
                kinds.merge(codes(answer), kind.title(), (one, more) -> one + ", " + more);
            }
            kinds.forEach((codes, names) -> table.add(names + ": " + codes));
            table.add("");
        }
        Golden.compare(TABLE, String.join("\n", table));
    }

    /** If a message does not tell for certain that it is this token, and nothing else is wrong with it. */
    @Test
    void nothingThatMayWorkIsReplaced() throws IOException {
        for (KnownMessage message : KnownMessage.values()) {
            for (String token : List.of(USER, API)) {
                for (String place : List.of("env: CI=1", "in: terminal")) {
                    JsonNode answer = explained(message, TestWorld.of(place, token));
                    boolean certain = answer.path("causes").toString().contains("\"weight\":\"certain\"");
                    String plan = answer.path("plan").toString();
                    assertTrue(
                            certain
                                    || !message.layer.isOfToken()
                                    || message == KnownMessage.NO_ID_TOKEN
                                    || message == KnownMessage.GITLAB_DROPPED
                                    // It stays beside another.
                                    || plan.contains("\"cure\":\"widen-scope\"")
                                    || !plan.matches(".*(api-token (create|revoke)|\"cure\":\"(log-in|get-token)).*"),
                            message + ": " + plan);
                }
            }
        }
    }

    private JsonNode explained(KnownMessage message, TestWorld world) throws IOException {
        String text = message.texts.get(0);
        return Payload.read(world.run(home, "explain", "-o", "json", text).out());
    }

    /** At a terminal: @ is the token, else it is in the variable; LOG begins a job's log, and ~ is a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -t @         | USER exp=now+9d | LOG~ERR JWT token has expired | unknown > ask-server
            --source env | USER exp=now+9d | LOG~ERR JWT token has expired | unknown > ask-server
            --in github  | USER exp=now+9d | LOG~ERR JWT token has expired | unknown > get-token
            --source env --in github | USER exp=now+9d | LOG~ERR JWT token has expired | unknown > ask-server
            -t @         | USER | ERR invalid audience: expected "chainloop" | ruled-out > look-there
            --all        | USER | LOG~ERR command canceled by user | ruled-out > hand-in
            --all        | USER | LOG~ CHAINLOOP_TOKEN:~ERR API token revoked | unknown unknown ruled-out > recreate-api-token
            --all        | ``   | x~CHAINLOOP_TOKEN:~ERR JWT token is missing | certain:no-token certain > hand-in
            --all        | API project_id="p" project_name="web" | valid only with the project "shop" | ruled-out > look-there
            --all        | ``   | valid only with the project "http-gateway" | unknown > look-there
            --all        | API scope="project" | valid only with the project "web" | unknown ruled-out > use-in-scope
            --all        | USER header={"alg":"none"} letters=0 | Token is invalid | certain:unsigned > store-whole
            --all        | API -jti | Token is invalid | also-wrong > look-there
            --all        | USER expired | Fail to parse JWT token | certain also-wrong > check-control-plane
            --all        | API header={"alg":"HS384"} expired | Wrong signing method | also-wrong > replace-api-token
            --all        | API exp=null | couldn't authorize using the provided token | unknown > try-again
            --all        | API exp="1900000000" | issuer not found: cp.chainloop | unknown > check-control-plane
            --all        | USER exp="1900000000" | issuer not found: cp.chainloop | certain:odd-claim > log-in
            --all        | USER aud=["user-auth.chainloop","api-token-auth.chainloop"] jti="j" | invalid audience |\
             ruled-out > look-there
            --all        | USER aud=["user-auth.chainloop","chainloop"] | issuer not found: https://gitlab.com | ruled-out unknown > look-there
            --all        | FEDERATED iss="https://X.example" header={"alg":"RS256"} | issuer not found: https://x.example | unknown > enroll
            --all        | ``   | issuer not found: https://gitlab.com | unknown > enroll
            --in gitlab  | ``   | issuer not found: https://x.example/a | unknown unknown > enroll
            --in gitlab  | USER | signature is invalid | likely unknown > check-control-plane
            --all        | API | current organization not set | ruled-out > look-there
            --all        | API | ERR error retrieving the API token: getting APIToken: context deadline exceeded | `> ask-server`
            --all        | API | ERR error retrieving the API token: token not found | certain unknown ruled-out > recreate-api-token
            --all        | API | ERR failed to resolve policy: dial tcp: no such host. Available providers: [x] | ruled-out > -
            --all        | API | ERR failed to resolve policy "sbom": unauthorized | `> ask-server`
            --all        | API project_id="p" workflow_id="w" workflow_name="b" | scoped to a different workflow | certain ruled-out > use-in-scope
            --all        | API project_id="p" | scoped to a different workflow | ruled-out > look-there
            --all        | API project_id="p" project_name="web" | valid only with the project "web" | certain ruled-out > use-in-scope
            --all        | API project_id="p" | valid only with the project "web" | certain ruled-out > use-in-scope
            --all        | API scope="product" | valid only with the project "web" | unknown ruled-out > use-in-scope
            --all        | API | LOG~WRN Ignoring $CHAINLOOP_TOKEN~ERR JWT token has expired | certain > update-cli
            --all        | API | code = Unauthenticated | `> ask-server`
            --all        | ``   | ERR JWT token is missing~ERR out of cheese | certain:no-token > get-token
            --all        | API | ERR Uploading: API token revoked | ruled-out > try-again
            """)
    void aMessageIsWeighed(String options, String token, String text, String codes) throws IOException {
        String value = token.isEmpty() ? "" : "@" + token + "@";
        TestWorld world = TestWorld.of(
                options.contains("@") ? "" : "variable: " + value,
                "$ -o json " + options.replace("@", value),
                "log: " + text.replace("LOG", "##[group]Run chainloop").replace("~", "\\n"));
        assertEquals(codes, codes(Payload.read(world.run(home).out())));
    }

    /** What is said beside the codes is true of this token, too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            USER expired | issuer not found: cp.chainloop | replace it. If the message remains, the token comes from another installation. The
            USER expired | issuer not found: https://gitlab.com | and found none. also wrong The token here is faulty, but
            USER expired | could not determine auth type from token | (Chainloop #2160). also wrong The token here is faulty, but
            API header={"alg":"HS384"} | key is of invalid type | did not cause this message: it is not signed with a key pair
            FEDERATED header={"alg":"RS256"} | JWT token is missing | the token here: the CLI would have sent the token
            """)
    void aSentenceIsTrueOfTheTokenHere(String token, String text, String says) throws IOException {
        TestWorld world = TestWorld.of("variable: @" + token + "@");
        String words = world.run(home, "explain", text).out().replaceAll("\\s+", " ");
        assertTrue(words.contains(says), words);
    }

    private static String codes(JsonNode answer) {
        StringBuilder codes = new StringBuilder();
        for (JsonNode cause : answer.path("causes")) {
            codes.append(cause.path("weight").asText())
                    .append(cause.path("finding").asText("").replaceFirst("^(?=.)", ":"))
                    .append(' ');
        }
        String cure = answer.at("/plan/steps/0/cure").asText("-");
        return codes + "> " + cure;
    }
}
