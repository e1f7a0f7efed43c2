package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that come through a pipe: a named one or standard input. */
class KeyFromPipeTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    @TempDir
    Path home;

    private CliRun run() {
        return CliRun.withHome(home).env("CHAINLOOP_TOKEN", TOKEN);
    }

    private static void assertGenuine(CliRun.Result result) {
        assertEquals("", result.err());
        assertEquals(0, result.status(), result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
    void aKeyOnStdinLeavesStdinAloneForTheToken(String file) {
        assertGenuine(run().stdin(TokenMint.SECRET + "\n").run("verify", "--secret-file", file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--secret-file", "--key", "--jwks"})
    void stdinCannotBeBothKeyAndToken(String option) {
        for (String token : List.of("-", "--source stdin")) {
            CliRun.Result result = run().stdin(TOKEN).run(("verify " + option + " - " + token).split(" "));
            assertEquals(
                    "error: the key and the token cannot both come from stdin; give the key in a file, or name another"
                            + " source. Try `chainloop-token verify --help`.\n",
                    result.err());
            assertEquals(2, result.status());
        }
    }
}
