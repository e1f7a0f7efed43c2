package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.FakeControlPlane;
import dev.chainloop.token.testing.TlsServer;
import dev.chainloop.token.testing.TokenMint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ask --source github} in a GitHub job whose token service is on this machine. */
class AskGithubTest {
    private static final String BEARER = "the-jobs-own-secret-bearer-0123456789";

    private static final String WHOLE = TokenMint.FEDERATED.replace(
            "\"repository\"",
            "\"repository_owner\":\"acme\",\"ref\":\"refs/heads/main\",\"environment\":\"production\","
                    + "\"job_workflow_ref\":\"acme/web/.github/workflows/ci.yml@refs/heads/main\","
                    + "\"runner_environment\":\"github-hosted\",\"repository\"");

    @RegisterExtension
    static final FakeControlPlane server = new FakeControlPlane();

    private static String minted(String payload) {
        return TokenMint.token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", payload);
    }

    private static TlsServer service(String answer) throws Exception {
        return TlsServer.with(server.folder().resolve("github.pem"), answer.getBytes(StandardCharsets.UTF_8));
    }

    private static TlsServer handing(String token) throws Exception {
        return service("{\"count\":1,\"value\":\"" + token + "\"}");
    }

    private static CliRun job(TlsServer github) {
        return CliRun.withHome(server.folder())
                .env("CI", "true")
                .env("GITHUB_ACTIONS", "true")
                .env("GITHUB_REPOSITORY", "acme/web")
                .env("GITHUB_RUN_ID", "1")
                .env("ACTIONS_ID_TOKEN_REQUEST_URL", "https://127.0.0.1:" + github.port() + "/token?api-version=2.0")
                .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", BEARER)
                .env("SSL_CERT_FILE", server.folder().resolve("github.pem").toString())
                .env("CHAINLOOP_CONTROL_PLANE_API", server.address("plain"))
                .env("CHAINLOOP_API_INSECURE", "true");
    }

    private static CliRun.Result ask(CliRun job, String token, String... more) {
        String[] args = Arrays.copyOf(new String[] {"ask", "--source", "github"}, 3 + more.length);
        System.arraycopy(more, 0, args, 3, more.length);
        CliRun.Result result = job.run(args);
        for (String secret : List.of(BEARER, token.substring(token.lastIndexOf('.') + 1))) {
            assertFalse((result.out() + result.err()).contains(secret), "a token is shown");
        }
        return result;
    }

    @Test
    void theTokenIsRequestedOnceAsTheCliDoesAndSentToTheControlPlane() throws Exception {
        String token = minted(WHOLE);
        try (TlsServer github = handing(token)) {
            // Never the one that is there.
            CliRun job = job(github).env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN));
            CliRun.Result result = ask(job, token, "-o", "json");
            assertEquals(0, result.status(), result.err());
            SchemaTest.assertFollows("ask", result.out());
            assertEquals(
                    "{\"kind\":\"github\",\"name\":\"github\"}",
                    new ObjectMapper().readTree(result.out()).get("source").toString());
            assertEquals(List.of("GET /token?api-version=2.0&audience=chainloop bearer " + BEARER), github.asked());
            assertEquals(
                    "Bearer " + token,
                    server.calls().get(1).get("metadata").get("authorization").asText());
            assertFalse(result.err().contains("drops"), result.err());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://token.actions.githubusercontent.com | https://github.acme.example | its issuer is not
            job_workflow_ref | x | it has no job_workflow_ref
            runner_environment | x | it has no runner_environment
            """)
    void whatTheCliDropsWithoutAWordIsTold(String claim, String other, String told) throws Exception {
        String token = minted(WHOLE.replace(claim, other));
        try (TlsServer github = handing(token)) {
            CliRun.Result result = ask(job(github), token);
            assertTrue(result.err().contains("the Chainloop CLI silently drops this token: " + told), result.err());
        }
    }

    @Test
    void notEnrolledComesWithWhatOneEnrolsBy() throws Exception {
        server.set("{\"issuers\":[]}");
        String token = minted(WHOLE);
        try (TlsServer github = handing(token)) {
            CliRun.Result result = ask(job(github), token);
            assertEquals(1, result.status(), result.err());
            for (String fact : List.of(
                    "Repository    acme/web",
                    "Owner         acme",
                    "Owner's ID    1234",
                    "Branch        refs/heads/main",
                    "Environment   production")) {
                assertTrue(result.out().contains("\n  " + fact + "\n"), result.out());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<html>",
                "{\"value\":\"\"}",
                "{\"value\":5}",
                "{\"value\":\"a.b.c\"} and more",
                "{\"value\":\"a.b.c\",\"value\":\"a.b.c\"}"
            })
    void anAnswerWithoutATokenIsNone(String answer) throws Exception {
        try (TlsServer github = service(answer)) {
            CliRun.Result result = ask(job(github), "a.b.the-signature");
            assertEquals(5, result.status());
            assertTrue(result.err().contains("GitHub's token service answers without a token"), result.err());
            assertEquals(List.of(), server.calls());
        }
    }

    @Test
    void aHugeAnswerIsNone() throws Exception {
        try (TlsServer github = handing("x".repeat(1 << 16))) {
            CliRun.Result result = ask(job(github), "a.b.the-signature");
            assertEquals(5, result.status());
            assertTrue(result.err().contains("answers with more than 64 KiB"), result.err());
        }
    }

    @Test
    void whatIsNoTokenIsNotSent() throws Exception {
        try (TlsServer github = handing("no.token")) {
            assertEquals(3, ask(job(github), "a.b.the-signature").status());
            assertEquals(List.of(), server.calls());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CI || cannot be asked: this is not a job that may request a token
            GITHUB_RUN_ID || cannot be asked: this is not a job that may request a token
            ACTIONS_ID_TOKEN_REQUEST_URL || cannot be asked: this is not a job that may request a token
            ACTIONS_ID_TOKEN_REQUEST_TOKEN || cannot be asked: this is not a job that may request a token
            ACTIONS_ID_TOKEN_REQUEST_URL | http://127.0.0.1:1/?a=b | is not an HTTPS URL
            ACTIONS_ID_TOKEN_REQUEST_URL | https://127.0.0.1 :1/ | its URL is malformed
            ACTIONS_ID_TOKEN_REQUEST_URL | https://127.0.0.1:1/?a=b | cannot be reached: the connection is refused
            SSL_CERT_FILE | /dev/null | an authority that is not trusted here
            """)
    void whereNoneCanBeRequestedNothingIsSent(String variable, String value, String told) throws Exception {
        try (TlsServer github = handing(minted(WHOLE))) {
            CliRun.Result result = ask(job(github).env(variable, value == null ? "" : value), "a.b.the-signature");
            assertEquals(5, result.status());
            assertTrue(result.err().contains("GitHub's token service"), result.err());
            assertTrue(result.err().contains(told), result.err());
            assertEquals("", result.out());
            assertEquals(List.of(), server.calls());
            assertEquals(List.of(), github.asked());
        }
    }

    /** A line end in it would begin another header; the client's own error quotes it. */
    @Test
    void aBearerThatCannotBeSentIsNotShown() throws Exception {
        try (TlsServer github = handing(minted(WHOLE))) {
            CliRun job = job(github).env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", BEARER + "\nx: y");
            assertEquals(5, ask(job, "a.b.the-signature").status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "check", "verify --key x", "explain"})
    void noOtherCommandRequestsOne(String command) throws Exception {
        try (TlsServer github = handing(minted(WHOLE))) {
            CliRun.Result result = job(github).run((command + " --source github").split(" "));
            assertEquals(2, result.status());
            assertTrue(result.err().contains("only `ask` requests a token"), result.err());
            assertEquals(List.of(), github.asked());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "sources", "ask"})
    void noneIsRequestedUnlessTheWordIsGiven(String command) throws Exception {
        try (TlsServer github = handing(minted(WHOLE))) {
            CliRun.Result result = job(github).run(command);
            assertEquals(command.equals("ask") ? 1 : 0, result.status(), result.err());
            assertEquals(List.of(), github.asked());
            assertEquals(
                    command.equals("sources"),
                    result.out().replaceAll("\\s+", " ").contains("`ask --source github` does"));
        }
    }
}
