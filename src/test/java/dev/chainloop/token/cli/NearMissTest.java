package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Words that are mistyped by one letter: which one was meant? */
final class NearMissTest {
    /** A word of one or two letters is near to all others. */
    private static final int SHORT = 2;

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

    @ParameterizedTest
    @EnumSource
    void ofAValue(Subcommand subcommand) {
        for (OptionSpec option : options(subcommand)) {
            for (String word : words(option)) {
                if (word.length() > SHORT) {
                    List<String> args = new ArrayList<>(List.of(subcommand.word(), option.longestName()));
                    args.add(mistyped(word));
                    if (List.of(Subcommand.VERIFY, Subcommand.EXPLAIN).contains(subcommand)) {
                        args.addAll(List.of("--secret-file", "none")); // Which --alg and --secret-encoding go with.
                    }
                    assertHint(word, error(args.toArray(new String[0])));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAnArgument(Subcommand subcommand) {
        for (PositionalParamSpec argument :
                Invocation.of(subcommand.word()).model().parameters().arguments()) {
            for (String word : words(argument)) {
                assertHint(word, error(subcommand.word(), mistyped(word)));
            }
        }
    }

    /** Values that may be anything, a secret too: nothing of them is guessed at or told. */
    @ParameterizedTest
    @CsvSource({
        "3, 'error: --token: not a JWT: it has 1 segment where a JWT has 3. Check that the whole token was given, and nothing else.', --token",
        "3, 'error: --token: not a JWT: it has 1 segment where a JWT has 3. Check that the whole token was given, and nothing else.', -t",
        "4, 'error: chekc: no such file. Check the path.', --config",
    })
    void neverOfAnyOtherValue(int status, String error, String option) {
        assertEquals(
                new CliRun.Result(status, "\n", error + "\n"), new CliRun().run("--field", "kind", option, "chekc"));
    }

    private static List<OptionSpec> options(Subcommand subcommand) {
        return Invocation.of(subcommand.word()).model().parameters().options();
    }

    private static Iterable<String> words(ArgSpec argument) {
        return argument.completionCandidates() == null ? List.of() : argument.completionCandidates();
    }

    /** With its last letter twice. */
    private static String mistyped(String word) {
        return word + word.charAt(word.length() - 1);
    }

    private static void assertHint(String word, String error) {
        assertEquals("did you mean " + word + "? Try", error.replaceFirst("(?s).*(did you mean .*? Try).*", "$1"));
    }

    private static String error(String... args) {
        CliRun.Result result = new CliRun().run(args);
        assertEquals(2, result.status(), String.join(" ", args) + "\n" + result.err());
        return result.err();
    }
}
