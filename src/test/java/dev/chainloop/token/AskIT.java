package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.FakeControlPlane;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TlsServer;
import dev.chainloop.token.testing.TokenMint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The installed tool asks a control plane over TLS: the gRPC library finds everything that it looks for by name. */
@Order(1)
class AskIT {
    private static final String BEARER = "the-jobs-own-secret-bearer-0123456789";
    private static final String MINTED = TokenMint.token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", TokenMint.FEDERATED);

    @RegisterExtension
    static final FakeControlPlane server = new FakeControlPlane();

    @Test
    void theInstalledToolAsks() throws Exception {
        String where = " --control-plane " + server.address("tls") + " --control-plane-ca " + server.authority();
        CliRun.Result accepted = run("\"$L\" ask" + where);
        // Slow machines have time for a note.
        assertEquals("", accepted.err().replace("note: waiting for " + server.address("tls") + "\n", ""));
        assertTrue(accepted.out().startsWith("Accepted by " + server.address("tls")), accepted.out());
        assertEquals(0, accepted.status());
        server.set("{\"revoked\":true}");
        CliRun.Result refused = run("\"$L\" ask --source env" + where);
        assertTrue(refused.out().startsWith("Refused by " + server.address("tls")), refused.err());
        assertEquals(1, refused.status());
        CliRun.Result unreachable = run("\"$L\" ask --control-plane " + server.address("tls") + " </dev/null");
        assertTrue(unreachable.err().contains("an authority that is not trusted here"), unreachable.err());
        assertEquals(5, unreachable.status());
    }

    /** Neither the job's bearer nor the token that it buys: not in an argument, a file or an output. */
    @Test
    void aRequestedTokenLeavesNoTrace() throws Exception {
        Program.require("strace");
        String trace = "strace -f -qq -s 65536 -e trace=execve,openat,write -o trace ";
        try (TlsServer github = github(0)) {
            CliRun.Result result = job(github).script(trace + "\"$L\" ask --source github");
            assertTrue(result.out().startsWith("Accepted by " + server.address("tls")), result.err());
            String traced = Files.readString(server.folder().resolve("trace")) + result.out() + result.err();
            assertTrue(traced.contains("execve("), traced);
            for (String secret : MINTED.split("\\.")) {
                assertFalse(traced.contains(secret), "a piece of the token");
            }
            assertFalse(traced.contains(BEARER), "the bearer");
        }
    }

    /** Seven seconds for the one, and five for the other. */
    @Test
    void tenSecondsAreForGithubAndTheControlPlaneTogether() throws Exception {
        try (TlsServer github = github(7000)) {
            server.set("{\"slow\":\"GetContract\"}");
            long start = System.nanoTime();
            CliRun.Result result = job(github).script("\"$L\" ask --source github");
            assertTrue(result.err().contains("note: waiting for 127.0.0.1\n"), result.err());
            assertTrue(result.err().contains("did not send its full answer within"), result.err());
            assertEquals(5, result.status());
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 11_800, "it took too long");
        }
    }

    private TlsServer github(long delay) throws Exception {
        byte[] answer = ("{\"value\":\"" + MINTED + "\"}").getBytes(StandardCharsets.UTF_8);
        return TlsServer.with(server.folder().resolve("github.pem"), answer, delay);
    }

    private LauncherRun job(TlsServer github) {
        return LauncherRun.in(server.folder())
                .env("CI", "true")
                .env("GITHUB_ACTIONS", "true")
                .env("GITHUB_REPOSITORY", "acme/web")
                .env("GITHUB_RUN_ID", "1")
                .env("ACTIONS_ID_TOKEN_REQUEST_URL", "https://127.0.0.1:" + github.port() + "/token?a=b")
                .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", BEARER)
                .env("SSL_CERT_FILE", server.folder().resolve("github.pem").toString())
                .env("CHAINLOOP_CONTROL_PLANE_API", server.address("tls"))
                .env("CHAINLOOP_CONTROL_PLANE_API_CA", server.authority().toString());
    }

    private CliRun.Result run(String script) throws Exception {
        return LauncherRun.in(server.folder())
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN))
                .script(script);
    }
}
