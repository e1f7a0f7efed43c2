package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to an answer: full disks, readers that have gone, and colors. */
class OutputTest {
    private static final String USER = TokenMint.token(TokenMint.USER);

    @TempDir
    Path home;

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("a typed token", 0, List.of(USER)),
                arguments("a typed token as JSON", 0, List.of(USER, "-o", "json")),
                arguments("a field", 0, List.of(USER, "--field", "kind")),
                arguments("a field that is absent", 1, List.of(USER, "--field", "orgId")),
                arguments("nil", 1, List.of(TokenMint.token("{\"aud\":\"else\"}"))),
                arguments("no token", 1, List.of()),
                arguments("a malformed token as JSON", 3, List.of("a.b", "-o", "json")),
                arguments("a malformed token's field", 3, List.of("a.b", "--field", "kind")),
                arguments("a file that is not there as JSON", 4, List.of("-c", "nowhere", "-o", "json")),
                arguments("help", 0, List.of("--help")),
                arguments("the version", 0, List.of("--version")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aFullDiskIsStatus74(String answer, int status, List<String> args) {
        CliRun.Result result = withHome().outFails(false).run(args);
        assertEquals(74, result.status(), answer + ", else " + status);
        assertEquals(
                "error: the output cannot be written. Check the disk, and where stdout goes.",
                result.err().lines().reduce((first, last) -> last).orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aClosedPipeEndsQuietlyWithTheAnswersOwnStatus(String answer, int status, List<String> args) {
        CliRun.Result read = withHome().run(args);
        CliRun.Result unread = withHome().outFails(true).run(args);
        assertEquals(status, read.status(), answer);
        assertEquals(status, unread.status(), answer);
        assertEquals(read.err(), unread.err(), answer);
    }

    @ParameterizedTest(name = "{0} on a terminal {1}, {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ''|true|''|true
            ''|false|''|false
            --color=always|false|''|true
            --color=never|true|''|false
            --color=auto|true|''|true
            --color=auto|false|''|false
            ''|true|NO_COLOR=1|false
            ''|true|NO_COLOR=|true
            ''|false|CLICOLOR_FORCE=1|true
            ''|false|FORCE_COLOR=1|true
            ''|false|FORCE_COLOR=|false
            ''|false|FORCE_COLOR=0|false
            ''|false|CLICOLOR_FORCE=0|false
            ''|false|FORCE_COLOR=false|false
            ''|false|CLICOLOR_FORCE=false|false
            ''|true|FORCE_COLOR=0|true
            ''|true|TERM=dumb|false
            ''|true|TERM=xterm|true
            ''|true|NO_COLOR=1 FORCE_COLOR=1|false
            ''|false|TERM=dumb FORCE_COLOR=1|true
            --color=always|true|NO_COLOR=1 TERM=dumb|true
            --color=never|true|FORCE_COLOR=1 CLICOLOR_FORCE=1|false
            --color=auto|true|NO_COLOR=1|false
            """)
    void colors(String option, boolean terminal, String variables, boolean expected) {
        CliRun run = withHome();
        if (terminal) {
            run.terminal();
        }
        if (!variables.isEmpty()) {
            for (String variable : variables.split(" ", -1)) {
                int equals = variable.indexOf('=');
                run.env(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        CliRun.Result result = option.isEmpty() ? run.run(USER) : run.run(USER, option);
        String plain = withHome().run(USER).out();
        assertEquals(expected, result.out().contains("\u001b["), result.out());
        assertEquals(plain, result.out().replaceAll("\u001b\\[[0-9]*m", ""), "color carries no meaning");
    }

    private CliRun withHome() {
        return CliRun.withHome(home);
    }

    /** A single word may be longer: it would not be the same in pieces. */
    @Test
    void valuesFitANarrowTerminal() {
        CliRun run = withHome().terminal().env("NO_COLOR", "1").env("COLUMNS", "40");
        List<String> wide = run.run(TokenMint.token(TokenMint.API_TOKEN))
                .out()
                .lines()
                .filter(line -> line.length() > 40)
                .filter(line -> line.substring("  Control plane ".length()).contains(" "))
                .toList();
        assertEquals(List.of(), wide);
    }

    /** Nothing is wider than a usual terminal that could have been broken; commands are to be copied whole. */
    @ParameterizedTest
    @ValueSource(strings = {"src/test/golden", "src/test/ask"})
    void noScreenIsBrokenWithinAWordOrADuration(Path folder) throws IOException {
        List<String> broken = new ArrayList<>();
        Pattern wide = Pattern.compile("(?m)^(?! {4}|  Token name|note: |error: )(?=.{81}).* .*");
        Pattern cut = Pattern.compile("\\d\n +(?:d|h|min|s)\\b|\\d (?:d|h|min|s)\n +(?:\\d+ (?:h|min|s)|ago)\\b");
        // For one that is ruled out, a statement would read as true.
        Pattern statement = Pattern.compile("(?m)^  ruled out ++(?!(?:an?|the) [a-z ]+: |expiry(?: or [a-z ]+)?: ).*");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                boolean isText = text.contains("-- stdout --")
                        && !text.matches("(?s)([^\n]* (-o (?!text)|--field|mask|completion)|.*COLUMNS=).*");
                String screen = text.replaceFirst("(?s).*?-- stdout --\n", "")
                        .replaceFirst("(?s)-- stderr --.*", "")
                        .replaceAll("@U\\+1B@\\[\\d*m", "");
                for (Pattern pattern : List.of(wide, cut, statement)) {
                    pattern.matcher(isText ? screen : "")
                            .results()
                            .forEach(one -> broken.add(file + ": " + one.group()));
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    /** Commands are broken where a shell reads on; a log has them whole. */
    @Test
    void commandsAreBrokenOnATerminalAlone() {
        CliRun run = withHome().env("CHAINLOOP_TOKEN", TokenMint.described("API exp=now+3d"));
        String out = run.terminal().run("--color", "never").out();
        assertTrue(out.lines().allMatch(line -> line.length() <= 80), out);
        String log = withHome()
                .env("CHAINLOOP_TOKEN", TokenMint.described("API exp=now+3d"))
                .run()
                .out();
        assertEquals(log, out.replaceAll(" \\\\\n {6}(?! )", " "));
    }
}
