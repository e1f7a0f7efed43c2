package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Model.OptionSpec;

/** Plays {@code src/test/states/misuse.txt}; {@code -Dgolden.update=true} writes what is said there. And each mistyped word. */
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
        String said = error(TestWorld.words(words, home));
        assertTrue(said.startsWith("error: ") && said.endsWith(hint), words + ": " + said);
        return words + BAR + said.substring("error: ".length(), said.length() - hint.length());
    }

    private String error(List<String> words) {
        CliRun.Result result =
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", "hunter2").run(words);
        assertEquals(
                new CliRun.Result(ExitCode.USAGE.status, "", result.err()),
                result,
                () -> words + " is no wrong command line");
        return result.err();
    }

    /** The last letter of each is typed twice. */
    @ParameterizedTest
    @EnumSource
    void aCommandOrAnOptionThatIsMistypedIsNamed(Subcommand subcommand) {
        String word = subcommand.word();
        String hint = "error: there is no such command; did you mean `" + word + "`? Try `chainloop-token --help`.\n";
        assertEquals(hint, error(List.of(mistyped(word))));
        for (OptionSpec option : Invocation.of(word).spec().options()) {
            String name = option.longestName();
            for (String value : List.of("", "=" + TokenMint.token(TokenMint.USER))) {
                String error = error(List.of(word, mistyped(name) + value));
                assertTrue(
                        error.matches("(?s).*; did you mean (.*(, | or ))?" + name + "((, | or ).*)?\\? Try.*"), error);
            }
        }
    }

    private static String mistyped(String word) {
        return word + word.charAt(word.length() - 1);
    }
}
