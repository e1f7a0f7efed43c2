package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Native;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.StandInCli;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No command opens a socket of an internet family; the Chainloop CLI that {@code ask} starts is a stand-in that opens none. */
class OfflineIT {
    private static final String USED = "(?s).*(connect|bind|sendto|sendmsg)\\([^\n]*AF_INET.*";

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"", "check -o github", "sources", "explain", "ask", "mask", "help exit", "completion bash"})
    void opensNoConnection(String command) throws Exception {
        StandInCli cli = new StandInCli(home, "v1.106.1", "v1.106.1", "echo '{}'");
        String sockets = sockets("\"$L\" " + command + " </dev/null", cli.variables());
        assertFalse(sockets.matches(USED), sockets);
        // An executable loads Java's network library when it starts, which opens a socket to see whether there is IPv6.
        assertFalse(System.getProperty(Native.PROPERTY) == null && sockets.contains("AF_INET"), sockets);
        assertEquals(command.equals("ask"), cli.started().contains("organization|describe|"));
    }

    /**
     * To verify, Java reads its own settings for cryptography through a channel, and so loads its network library, which opens
     * a socket to see whether there is IPv6. None of them goes anywhere.
     */
    @ParameterizedTest
    @CsvSource({"HS256, --secret-file secret", "RS256, --key rsa.pem"})
    void connectsNowhereToVerify(String algorithm, String option) throws Exception {
        Files.writeString(home.resolve("secret"), TokenMint.SECRET);
        Files.copy(Path.of("src/test/resources/keys/rsa.pem"), home.resolve("rsa.pem"));
        String header = "{\"alg\":\"%s\"%s}".formatted(algorithm, algorithm.equals("RS256") ? ",\"kid\":\"rsa\"" : "");
        String calls = sockets(
                "cd \"$HOME\"; \"$L\" verify " + option + " >out; grep -q ', verified' out && : >genuine",
                Map.of("CHAINLOOP_TOKEN", TokenMint.token(header, TokenMint.API_TOKEN)));
        assertTrue(Files.exists(home.resolve("genuine")));
        assertFalse(calls.matches(USED), calls);
    }

    /** That the tests above would see one. */
    @Test
    void aConnectionIsSeen() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        assertTrue(sockets("bash -c ': </dev/tcp/127.0.0.1/9' 2>/dev/null", Map.of())
                .contains("AF_INET"));
    }

    private String sockets(String command, Map<String, String> variables) throws Exception {
        assumeTrue(works(), "needs strace");
        Path trace = home.resolve("trace");
        Program.of(List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "-e",
                        "trace=execve,network",
                        "-o",
                        trace.toString(),
                        "sh",
                        "-c",
                        command))
                .withOnly(Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "HOME", home.toString(),
                        "PATH", System.getenv("PATH"),
                        "TMPDIR", home.toString(),
                        "L", Tool.path().toString(),
                        "GITHUB_OUTPUT",
                                Files.writeString(home.resolve("output"), "").toString(),
                        "CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN)))
                .with(variables)
                .run();
        String traced = Files.readString(trace);
        assertTrue(traced.contains("execve("), traced);
        return traced;
    }

    /** Not where a container forbids it. */
    private static boolean works() {
        try {
            CliRun.Result result =
                    Program.of(List.of("strace", "-o", "/dev/null", "true")).run();
            return result.status() == 0;
        } catch (Exception e) {
            return false;
        }
    }
}
