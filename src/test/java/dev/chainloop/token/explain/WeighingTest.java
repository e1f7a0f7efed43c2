package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
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
class WeighingTest {
    private static final Path TABLE = Path.of("src/test/states/messages.txt");

    private static final Map<String, String> TOKENS = new LinkedHashMap<>();

    static {
        TOKENS.put("nothing", "");
        TOKENS.put("user", "USER");
        TOKENS.put("api", "API project_id=\"6c1d2b3c-0000-4000-8000-000000000001\" project_name=\"web\"");
        TOKENS.put("federated", "FEDERATED header={\"alg\":\"RS256\"}");
        TOKENS.put("expired", "API expired");
        TOKENS.put("malformed", "`");
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
            table.add("# " + message.word() + ": " + message.layer().word());
            Map<String, String> kinds = new LinkedHashMap<>();
            TOKENS.forEach((kind, token) -> kinds.merge(codes(message, token), kind, (one, more) -> one + ", " + more));
            kinds.forEach((codes, names) -> table.add(names + ": " + codes));
            table.add("");
        }
        Golden.compare(TABLE, String.join("\n", table));
    }

    /** Where a message does not tell for certain that it is this token, and nothing else is wrong with it. */
    @Test
    void nothingThatMayWorkIsReplaced() {
        for (KnownMessage message : KnownMessage.values()) {
            for (String token : List.of(TOKENS.get("user"), TOKENS.get("api"))) {
                for (String place : List.of("CI", "X")) {
                    String answer = CliRun.withHome(home)
                            .env("CHAINLOOP_TOKEN", TokenMint.described(token))
                            .env(place, "1")
                            .run("explain", "-o", "json", message.texts().get(0))
                            .out();
                    boolean certain = answer.contains("\"weight\": \"certain\"");
                    String plan = Payload.read(answer).path("plan").toString();
                    assertTrue(
                            certain
                                    || !message.layer().isOfToken()
                                    || message == KnownMessage.NO_ID_TOKEN
                                    || message == KnownMessage.GITLAB_DROPPED
                                    || !plan.matches(".*(api-token (create|revoke)|\"cure\":\"(log-in|get-token)).*"),
                            message + ": " + plan);
                }
            }
        }
    }

    private String codes(KnownMessage message, String token) {
        CliRun run = CliRun.withHome(home).env("CI", "true");
        String value = token.equals("`") ? "ghp_0123" : token.isEmpty() ? "" : TokenMint.described(token);
        JsonNode answer = Payload.read((value.isEmpty() ? run : run.env("CHAINLOOP_TOKEN", value))
                .run("explain", "-o", "json", message.texts().get(0))
                .out());
        assertEquals(message.word(), answer.at("/message/id").asText());
        return codes(answer);
    }

    /** At a terminal: @ is the token, else it is in the variable; LOG begins a job's log, and ~ ends a line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -t @         | USER exp=now+9d | LOG~ERR JWT token has expired | not-visible > ask-server
            --source env | USER exp=now+9d | LOG~ERR JWT token has expired | not-visible > ask-server
            --in github  | USER exp=now+9d | LOG~ERR JWT token has expired | not-visible > get-token
            --source env --in github | USER exp=now+9d | LOG~ERR JWT token has expired | not-visible > ask-server
            -t @         | USER | ERR invalid audience: expected "chainloop" | ruled-out > look-there
            --all        | USER | LOG~ERR command canceled by user | ruled-out > hand-in
            --all        | USER | LOG~ CHAINLOOP_TOKEN:~ERR API token revoked | not-visible not-visible ruled-out > recreate-api-token
            --all        | ``   | x~CHAINLOOP_TOKEN:~ERR JWT token is missing | certain:no-token certain > hand-in
            --all        | API project_id="p" project_name="web" | valid only with the project "shop" | ruled-out > look-there
            --all        | API scope="project" | valid only with the project "web" | not-visible ruled-out > use-in-scope
            --all        | USER header={"alg":"none"} letters=0 | Token is invalid | certain:unsigned > store-whole
            --all        | API -jti | Token is invalid | behind-it > look-there
            --all        | USER expired | Fail to parse JWT token | certain behind-it > check-control-plane
            --all        | API header={"alg":"HS384"} expired | Wrong signing method | behind-it > replace-api-token
            --all        | API exp=null | couldn't authorize using the provided token | not-visible > try-again
            --all        | API exp="1900000000" | issuer not found: cp.chainloop | not-visible > check-control-plane
            --all        | USER exp="1900000000" | issuer not found: cp.chainloop | certain:odd-claim > log-in
            --all        | USER aud=["user-auth.chainloop","api-token-auth.chainloop"] jti="j" | invalid audience |\
             ruled-out > look-there
            --all        | USER aud=["user-auth.chainloop","chainloop"] | issuer not found: https://gitlab.com | ruled-out not-visible > look-there
            --all        | FEDERATED iss="https://X.example" header={"alg":"RS256"} | issuer not found: https://x.example | not-visible > enroll
            --all        | ``   | issuer not found: https://gitlab.com | not-visible > enroll
            --all        | API -org_id -org_name scope="INSTANCE_ADMIN" | current organization not set | certain not-visible ruled-out > choose-organization
            --all        | API | current organization not set | ruled-out > look-there
            --all        | API | name already taken | not-visible ruled-out > list-tokens
            --all        | API | ERR error retrieving the API token: getting APIToken: context deadline exceeded | `> ask-server`
            --all        | API | ERR error retrieving the API token: token not found | certain not-visible ruled-out > recreate-api-token
            --all        | API | ERR failed to resolve policy: dial tcp: no such host. Available providers: [x] | ruled-out > -
            --all        | API | ERR failed to resolve policy "sbom": unauthorized | `> ask-server`
            --all        | API project_id="p" workflow_id="w" workflow_name="b" | scoped to a different workflow | certain ruled-out > use-in-scope
            --all        | API project_id="p" | scoped to a different workflow | ruled-out > look-there
            --all        | API project_id="p" project_name="web" | valid only with the project "web" | certain ruled-out > use-in-scope
            --all        | API project_id="p" | valid only with the project "web" | certain ruled-out > use-in-scope
            --all        | API scope="product" | valid only with the project "web" | not-visible ruled-out > use-in-scope
            --all        | API | LOG~WRN Ignoring $CHAINLOOP_TOKEN~ERR JWT token has expired | certain not-visible > update-cli
            --all        | API | code = Unauthenticated | `> ask-server`
            --all        | ``   | ERR JWT token is missing~ERR out of cheese | certain:no-token > get-token
            --all        | API | user is not a member of organization | ruled-out > look-there
            --all        | API expired | JWT token is missing | behind-it not-visible > look-there
            --all        | API | ERR Uploading: API token revoked | ruled-out > try-again
            """)
    void aMessageIsWeighed(String options, String token, String text, String codes) {
        String value = token.isEmpty() ? "" : TokenMint.described(token);
        CliRun run = CliRun.withHome(home)
                .stdin(text.replace("LOG", "##[group]Run chainloop").replace('~', '\n'));
        run = options.contains("@") ? run : run.env("CHAINLOOP_TOKEN", value);
        String line = "explain -o json " + options.replace("@", value);
        assertEquals(codes, codes(Payload.read(run.run(line.split(" ")).out())));
    }

    /** What is said beside the codes is true of this token, too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            USER expired | issuer not found: cp.chainloop | renew it. If the message stays, the token is of another installation. The
            USER expired | issuer not found: https://gitlab.com | has expired: renew it. The control plane
            USER expired | could not determine auth type from token | has expired: renew it. The CLI itself
            API header={"alg":"HS384"} | key is of invalid type | not the cause of this message: it is not signed with a key pair
            FEDERATED header={"alg":"RS256"} | JWT token is missing | the token here: it would have been sent
            """)
    void aSentenceIsTrueOfTheTokenHere(String token, String text, String says) {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.described(token))
                .run("explain", text);
        String words = result.out().replaceAll("\\s+", " ");
        assertTrue(words.contains(says), words);
    }

    private static String codes(JsonNode answer) {
        StringBuilder codes = new StringBuilder();
        for (JsonNode cause : answer.path("causes")) {
            codes.append(cause.path("weight").asText().replace(" here", "").replace(' ', '-'))
                    .append(cause.path("finding").asText("").replaceFirst("^(?=.)", ":"))
                    .append(' ');
        }
        String cure = answer.at("/plan/steps/0/cure").asText("-");
        return codes + "> " + cure;
    }
}
