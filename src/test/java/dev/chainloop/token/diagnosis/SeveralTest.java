package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of several tokens in one value each is described, and the only one that works is kept. */
class SeveralTest {
    private static final String GOOD = TokenMint.described("API");
    private static final String DEAD = TokenMint.described("API expired");
    private static final String LOGIN = TokenMint.described("USER");

    @TempDir
    Path home;

    /** {@code ~} is a line end; a command that follows the sentence is not repeated here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DEAD,GOOD | it is more than one token: the first (an API token) expired 2 h ago, the second (an API token) | Keep only the second token, which alone has not expired | sed -n 2p
            GOOD~DEAD | it is more than one token: the first (an API token)                                             | Keep only the first token, which alone has not expired  | sed -n 1p
            DEAD GOOD | it is more than one token: the first (an API token) expired 2 h ago, the second                 | Keep only the second token                              | sed -n 2p
            DEADGOOD  | it is two tokens, one right behind the other: the first (an API token) expired 2 h ago          | Keep only the second token, which alone has not expired | ``
            GOOD,LOGIN | it is more than one token: the first (an API token)                                            | Keep one token; `chainloop-token inspect --lines`       | ``
            DEAD,OLD  | it is more than one token: the first (an API token) expired 2 h ago, the second (a user token) expired | Log in | chainloop auth login
            """)
    void theOneThatWorksIsKept(String value, String what, String step, String command) {
        String filled = value.replace("GOOD", GOOD)
                .replace("DEAD", DEAD)
                .replace("LOGIN", LOGIN)
                .replace("OLD", TokenMint.described("USER expired"))
                .replace("~", "\n");
        CliRun.Result result =
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", filled).run();
        String all = (result.out() + result.err()).lines().map(String::strip).collect(Collectors.joining(" "));
        assertTrue(all.contains(what), all);
        assertTrue(all.contains("What to do " + step) || all.contains("and " + step.toLowerCase()), all);
        assertTrue(all.contains(command), all);
        assertFalse(all.contains(GOOD.substring(0, 30)), all);
    }
}
