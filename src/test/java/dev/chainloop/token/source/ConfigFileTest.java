package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.source.SourceReading.Obstacle;
import dev.chainloop.token.testing.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings that the CLI's library accepts, spellings that it rejects, and an empty file. */
class ConfigFileTest {
    private static final String SECRET = "zq7vk0.wj4xhd.pm9gtb";

    private static final String WHOLE = "organization = 'acme'\n\n[auth]\ntoken = '" + SECRET + "'\n";

    private static final Origin ORIGIN = new Origin(SourceKind.CONFIG, "config.toml");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("config.toml");
    }

    /** ~ stands for a line break, ^ for a carriage return, S for the token. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            as the CLI writes it                        | organization = 'acme'~~[auth]~token = 'S'~
            escapes in double quotes                    | [auth]~token = "\\u007aq7vk0.wj4xhd.pm9gtb"~
            names in other cases                        | [Auth]~Token = 'S'~
            a dotted name                               | auth.token = 'S'~
            an inline table with more                   | auth = { a = 1, Token = 'S', z = [2] }~
            one quoted name of two                      | "auth.token" = 'S'~
            line ends of Windows                        | organization = 'acme'^~^~[auth]^~token = 'S'^~
            comments                                    | # token = 'no'~[auth] # here~token = 'S' # it is~
            other things before and behind              | a = 1979-05-27~[auth]~x = { token = 'no' }~token = 'S'~\
            [[b]]~token = 'no'~[control-plane]~token = 'no'~
            a table below the table                     | [auth.token-of-old]~a = 1~[auth]~token = 'S'~
            values of every kind                        | a = 1979-05-27T07:32:00Z~b = [1, 2.5, "x", {c = 07:32:00}]~\
            "auth.token" = \"""~S\"""~[[d]]~e = 0xff~f = inf~
            a quoted name before the table              | "auth.token" = 'S'~[auth]~token = 'no'~
            the quoted name in another case             | "AUTH.token" = 'S'~auth = { token = 'no' }~
            """)
    void understands(String sentence, String toml) throws IOException {
        String text = toml.replace('~', '\n').replace('^', '\r').replace("S", SECRET);
        assertEquals(new SourceReading.Found(ORIGIN, SECRET), found(text));
    }

    /** Viper turns them into text, which the CLI sends. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1", "0xff", "2.5", "inf", "true", "false", "1979-05-27", "1979-05-27T07:32:00Z", "07:32:00"})
    void aValueThatIsNotTextIsStillAValue(String value) throws IOException {
        SourceReading reading = read("auth.token = " + value + "\n").source();
        assertTrue(reading instanceof SourceReading.Found, reading::toString);
    }

    @Test
    void rejectsTextThatIsNotUtf8() throws IOException {
        Files.write(file, (WHOLE + "# caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(unreadable("not valid TOML", Obstacle.BROKEN), reading());
    }

    @Test
    void readsTheOrganizationAndTheControlPlane() throws IOException {
        assertTrue(read("api-insecure = true\n").insecure());
        assertFalse(read("api-insecure = false\n").insecure());
        assertEquals(
                Optional.empty(),
                read("control-plane = { api = '', api-ca = '' }\n").authority());
        assertEquals(Optional.of("acme"), read(WHOLE).organization());
        assertEquals(Optional.empty(), read("organization = 5\n").organization());
    }

    /** Nothing more is said: no word of the file is repeated. ~ stands for a line break. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a name twice                 | [auth]~token = 'zq7vk0'~token = 'wj4xhd'~       | not valid TOML at line 4, column 1
            a string without its end     | [auth]~token = 'zq7vk0~                         | not valid TOML at line 2, column 16
            a value cut off              | [auth]~token =                                  | not valid TOML at line 2, column 8
            a date that no calendar has  | when = 2026-11-31~auth.token = 'zq7vk0'~        | not valid TOML
            a list                       | auth.token = ['zq7vk0']~                        | its auth.token is a list or a table
            a table                      | [auth.token]~a = 'zq7vk0'~                      | its auth.token is a list or a table
            a time zone that is nowhere  | when = 2026-01-01T00:00:00+99:00~auth.token = 'zq7vk0'~ | not valid TOML
            """)
    void rejects(String sentence, String toml, String why) throws IOException {
        Files.writeString(file, toml.replace("~", "\n"));
        assertEquals(unreadable(why, Obstacle.BROKEN), reading());
    }

    @Test
    void rejectsAFolder() {
        file = folder;
        assertEquals(unreadable("a folder", Obstacle.UNUSABLE), reading());
    }

    @Test
    void takesSoManyKibibytesAndNotOneByteMore() throws IOException {
        String most = WHOLE + "#" + "x".repeat((256 << 10) - WHOLE.length() - 1);
        assertEquals(new SourceReading.Found(ORIGIN, SECRET), found(most));
        Files.writeString(file, most + "x");
        assertEquals(unreadable("larger than 256 KiB", Obstacle.BROKEN), reading());
    }

    /** Inline tables so deep that the library overflows the stack, too. */
    @Test
    void rejectsDeepNesting() throws IOException {
        for (String deep : List.of(
                WHOLE + "a = " + "[".repeat(100_000) + "]".repeat(100_000) + "\n",
                WHOLE + "a = " + "{a=".repeat(60_000) + "1" + "}".repeat(60_000) + "\n",
                "a" + ".a".repeat(20_000) + " = 1\n" + WHOLE)) {
            Files.writeString(file, deep);
            assertTrue(
                    reading().source().phrase().startsWith("not valid TOML"),
                    () -> reading().toString());
        }
    }

    @Test
    void doesNotOpenAPipeUnlessItWasNamed() throws Exception {
        assertEquals("", Program.run("mkfifo", file.toString()));
        for (Path unopened : List.of(file, Path.of("/dev/zero"))) {
            assertEquals(
                    unreadable("a pipe or a device", Obstacle.UNUSABLE),
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(10),
                            () -> ConfigFile.read(unopened, ORIGIN, false, InstantSource.system())));
        }
    }

    /** What a program prints, as in {@code --config <(true)}, is complete, while an empty file may be written just now. */
    @Test
    void aPipeOfNothingHoldsNoToken() throws IOException {
        ConfigFile none = ConfigFile.read(Path.of("/dev/null"), ORIGIN, true, InstantSource.system());
        assertEquals(found("# nothing"), none.source());
    }

    private static ConfigFile unreadable(String why, Obstacle obstacle) {
        return ConfigFile.without(new SourceReading.Unreadable(ORIGIN, why, obstacle));
    }

    private SourceReading found(String toml) throws IOException {
        return read(toml).source();
    }

    private ConfigFile read(String toml) throws IOException {
        Files.writeString(file, toml);
        return reading();
    }

    private ConfigFile reading() {
        return ConfigFile.read(file, ORIGIN, true, InstantSource.system());
    }
}
