package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays {@code src/test/states/misuse.txt}; {@code -Dgolden.update=true} writes what is said there. */
class MisuseTest {
    private static final Path TABLE = Path.of("src/test/states/misuse.txt");
    private static final String BAR = " | ";

    @TempDir
    Path home;

    @Test
    void saysWhatIsWrong() throws IOException {
        List<String> seen = new ArrayList<>();
        String hint = "";
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("# ")) {
                hint = " " + line.substring(2) + "\n";
            }
            boolean row = !hint.isEmpty() && !line.isEmpty() && !line.startsWith("# ");
            seen.add(row ? played(line.split(" \\|( |$)")[0], hint) : line);
        }
        Golden.check(TABLE, String.join("\n", seen) + "\n");
    }

    private String played(String words, String hint) {
        CliRun.Result result =
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", "hunter2").run(TestWorld.words(words, home));
        String said = result.err();
        assertEquals(new CliRun.Result(ExitCode.USAGE.status, "", said), result, words);
        assertTrue(said.startsWith("error: ") && said.endsWith(hint), words + ": " + said);
        return words + BAR + said.substring("error: ".length(), said.length() - hint.length());
    }
}
