package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** Words that are mistyped by one letter: which one was meant? */
final class NearMissTest {
    static Stream<String> commands() {
        return Stream.of(Subcommand.values()).map(Subcommand::word);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void ofACommand(String word) {
        assertEquals(
                "error: there is no such command; did you mean `" + word + "`? Try `chainloop-token --help`.\n",
                error(mistyped(word)));
    }

    @ParameterizedTest
    @EnumSource
    void ofAnOption(Subcommand subcommand) {
        for (OptionSpec option : options(subcommand)) {
            String name = option.longestName();
            assertHint(name, error(subcommand.word(), mistyped(name)));
            assertHint(name, error(subcommand.word(), mistyped(name) + "=" + TokenMint.token(TokenMint.USER)));
        }
    }

    private static List<OptionSpec> options(Subcommand subcommand) {
        return Invocation.of(subcommand.word()).spec().options();
    }

    private static String mistyped(String word) {
        return word + word.charAt(word.length() - 1);
    }

    private static void assertHint(String word, String error) {
        assertTrue(error.matches("(?s).*; did you mean (.*(, | or ))?" + word + "((, | or ).*)?\\? Try.*"), error);
    }

    private static String error(String... args) {
        CliRun.Result result = new CliRun().run(args);
        assertEquals(2, result.status(), String.join(" ", args) + "\n" + result.err());
        return result.err();
    }
}
