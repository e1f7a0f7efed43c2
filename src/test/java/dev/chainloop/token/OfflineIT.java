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

/**
 * No command opens a socket of an internet family; the Chainloop CLI that {@code ask} starts is a stand-in that opens none.
 * Java's network library opens three when it is loaded, to see whether there are IPv4 and IPv6, and closes them unused. That
 * cannot be avoided in two cases: a native executable loads the library before {@code main}, one that only prints a word
 * does, too; and on the JVM {@code javax.crypto} reads its policy files through a channel, without which there is no HMAC.
 */
class OfflineIT {
    private static final String USED = "(?s).*(connect|bind|sendto|sendmsg)\\([^\n]*AF_INET.*";

    private static final int PROBES = 3;

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"", "check -o github", "sources", "explain", "ask", "mask", "help exit", "completion bash"})
    void opensNoConnection(String command) throws Exception {
        StandInCli cli = new StandInCli(home, "v1.106.1", "v1.106.1", "echo '{}'");
        String sockets = sockets("\"$L\" " + command + " </dev/null", cli.variables());
        assertFalse(sockets.matches(USED), sockets);
        assertTrue(opened(sockets) <= (System.getProperty(Native.PROPERTY) == null ? 0 : PROBES), sockets);
        assertEquals(command.equals("ask"), cli.started().contains("organization|describe|"));
    }

    /** Of RS256, the JDK's own signatures would need no {@code javax.crypto}, but jjwt's keys do. */
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
        assertTrue(opened(calls) <= PROBES, calls);
    }

    private static long opened(String calls) {
        return calls.lines().filter(line -> line.contains("AF_INET")).count();
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
