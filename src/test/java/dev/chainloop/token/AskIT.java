package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.FakeControlPlane;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed tool asks a control plane over TLS: the gRPC library finds everything that it looks for by name. */
class AskIT {
    @TempDir
    Path folder;

    @Test
    void theInstalledToolAsks() throws Exception {
        try (FakeControlPlane server = FakeControlPlane.start(folder)) {
            String where = " --control-plane " + server.address("tls") + " --control-plane-ca " + server.authority();
            CliRun.Result accepted = run("\"$L\" ask" + where);
            assertEquals("", accepted.err());
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
    }

    private CliRun.Result run(String script) throws Exception {
        return LauncherRun.in(folder)
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN))
                .script(script);
    }
}
