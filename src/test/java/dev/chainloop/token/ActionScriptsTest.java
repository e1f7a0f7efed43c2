package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the action's scripts must do whatever the tool does; {@link CheckTokenActionIT} runs them with the tool. */
class ActionScriptsTest {
    private static final Path SCRIPTS = Path.of(".github/actions/check-token").toAbsolutePath();

    @TempDir
    Path folder;

    private static Program script(String name) {
        return Program.of("sh", SCRIPTS.resolve(name).toString());
    }

    /** Before the tool runs, which may fail and print what it was given. */
    @Test
    void masksTheTokenAndTheSigningSecret() throws Exception {
        Program check = script("check.sh")
                .env("CHECK_TOOL", "true")
                .env("CHECK_TOKEN", "a-token-of-some-length")
                .env("CHECK_SIGNING_SECRET", "a%secret")
                .env("CHECK_ARGS", "");
        for (String expectation : "TYPE ORG PROJECT MIN_REMAINING".split(" ")) {
            check.env("CHECK_" + expectation, "*");
        }
        String masks =
                "::add-mask::a-token-of-some-length\n::add-mask::a-token-of-some-length\n::add-mask::a%25secret\n";
        assertEquals(new CliRun.Result(0, masks, ""), check.run());
    }

    /** The tags of releases have a v, which the input may leave out. */
    @Test
    void fetchesTheReleaseByItsTag() throws Exception {
        Path curl = Files.writeString(folder.resolve("curl"), "#!/bin/sh\necho \"$*\" >>fetched\nexit 22\n");
        assertTrue(curl.toFile().setExecutable(true));
        for (String version : new String[] {"1.2.3", "v1.2.3"}) {
            script("get-tool.sh")
                    .in(folder)
                    .env("PATH", folder + ":" + System.getenv("PATH"))
                    .env("CHECK_VERSION", version)
                    .env("ACTION_REF", "")
                    .env("RUNNER_TEMP", folder.toString())
                    .env("CHAINLOOP_TOKEN_RELEASES", "https://mirror")
                    .run();
        }
        for (String fetched : Files.readAllLines(folder.resolve("fetched"))) {
            assertTrue(fetched.contains(" https://mirror/download/v1.2.3/"), fetched);
        }
    }
}
