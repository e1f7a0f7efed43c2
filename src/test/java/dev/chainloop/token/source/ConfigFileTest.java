package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.source.Look.Obstacle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings that the CLI's library accepts, those that it refuses, and files that are being written. */
class ConfigFileTest {
    /** Stands for a token. */
    private static final String SECRET = "zq7vk0.wj4xhd.pm9gtb";

    private static final String WHOLE = "organization = 'acme'\n\n[auth]\ntoken = '" + SECRET + "'\n";
    private static final Notes NO_NOTES = sentence -> {};

    @TempDir
    Path folder;

    private Path file;
    private final List<Integer> pauses = new ArrayList<>();

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("config.toml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void understands(String sentence, String toml) throws IOException {
        assertEquals(Optional.of(SECRET), read(toml).token(), sentence);
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                arguments("as the CLI writes it", WHOLE),
                arguments("double quotes", "[auth]\ntoken = \"" + SECRET + "\"\n"),
                arguments("escapes in double quotes", "[auth]\ntoken = \"\\u007aq7vk0.wj4xhd.pm9gtb\"\n"),
                arguments("names in other cases", "[Auth]\nToken = '" + SECRET + "'\n"),
                arguments("names in capitals", "AUTH.TOKEN = '" + SECRET + "'\n"),
                arguments("a dotted name", "auth.token = '" + SECRET + "'\n"),
                arguments("a dotted name with blanks", "auth . token = '" + SECRET + "'\n"),
                arguments("a dotted name with quotes", "\"auth\".'token' = '" + SECRET + "'\n"),
                arguments("an inline table", "auth = { token = '" + SECRET + "' }\n"),
                arguments("an inline table with more", "auth = { a = 1, Token = '" + SECRET + "', z = [2] }\n"),
                arguments("one quoted name of two", "\"auth.token\" = '" + SECRET + "'\n"),
                arguments("the same in other cases", "'Auth.Token' = '" + SECRET + "'\n"),
                arguments("line ends of Windows", WHOLE.replace("\n", "\r\n")),
                arguments("a literal of several lines", "[auth]\ntoken = '''\n" + SECRET + "'''\n"),
                arguments("a string of several lines", "[auth]\ntoken = \"\"\"\\\n   " + SECRET + "\"\"\"\n"),
                arguments("no line end at the end", "[auth]\ntoken = '" + SECRET + "'"),
                arguments("comments", "# token = 'no'\n[auth] # here\ntoken = '" + SECRET + "' # it is\n"),
                arguments(
                        "other things before and behind",
                        "a = 1979-05-27\n[auth]\nx = { token = 'no' }\ntoken = '" + SECRET
                                + "'\n[[b]]\ntoken = 'no'\n[control-plane]\ntoken = 'no'\n"),
                arguments("a table below the table", "[auth.token-of-old]\na = 1\n[auth]\ntoken = '" + SECRET + "'\n"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a file without a login     | `organization = 'acme'\n`
            another table's token      | `[control-plane]\ntoken = 'a'\n`
            a token at the top         | `token = 'a'\n`
            a token deeper down        | `[x.auth]\ntoken = 'a'\n`
            auth as a string           | `auth = 'token'\n`
            auth as an array of tables | `[[auth]]\ntoken = 'a'\n`
            comments only              | `# nothing\n`
            """)
    void findsNoTokenIn(String sentence, String toml) throws IOException {
        assertEquals(Optional.empty(), read(toml).token(), sentence);
    }

    @Test
    void namesAByteOrderMark() throws IOException {
        Files.writeString(file, "\ufeff" + WHOLE);
        assertEquals(
                new ConfigReading.Unreadable(
                        "not valid TOML for the CLI: it begins with a byte-order mark", Obstacle.BROKEN),
                reading());
    }

    @Test
    void keepsAnEmptyToken() throws IOException {
        assertEquals(Optional.of(""), read("[auth]\ntoken = ''\n").token());
    }

    @Test
    void readsTheOrganization() throws IOException {
        assertEquals(Optional.of("acme"), read(WHOLE).organization());
        assertEquals(Optional.empty(), read("organization = 5\n").organization());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String sentence, String toml, String why) throws IOException {
        Files.writeString(file, toml);
        // This is all of it: no word of the file is repeated.
        Obstacle next = toml.endsWith("\n") ? Obstacle.BROKEN : Obstacle.BUSY;
        assertEquals(new ConfigReading.Unreadable(why, next), reading(), sentence);
    }

    static Stream<Arguments> refused() {
        String string = "'" + SECRET + "'";
        return Stream.of(
                arguments(
                        "a name twice",
                        "[auth]\ntoken = 'zq7vk0'\ntoken = 'wj4xhd'\n",
                        "not valid TOML at line 4, column 1"),
                arguments("a table twice", WHOLE + "[auth]\n", "not valid TOML at line 5, column 6"),
                arguments(
                        "a string without its end", "[auth]\ntoken = 'zq7vk0\n", "not valid TOML at line 2, column 16"),
                arguments("no quotes", "[auth]\ntoken = zq7vk0wj4xhd\n", "not valid TOML at line 2, column 9"),
                arguments(
                        "an unknown escape", "[auth]\ntoken = \"zq7vk0\\q\"\n", "not valid TOML at line 2, column 16"),
                arguments("a name cut off", "[auth]\ntok", "not valid TOML at line 2, column 4"),
                arguments("a table's name cut off", "[au", "not valid TOML at line 1, column 4"),
                arguments("a value cut off", "[auth]\ntoken =", "not valid TOML at line 2, column 8"),
                arguments("a text that is no TOML", "zq7vk0 wj4xhd\n", "not valid TOML at line 1, column 7"),
                arguments(
                        "the token in two tables that differ in case",
                        "[auth]\ntoken = " + string + "\n[Auth]\ntoken = " + string + "\n",
                        "auth.token is set twice, in two spellings"),
                arguments(
                        "the token in two names that differ in case",
                        "[auth]\ntoken = " + string + "\nToken = " + string + "\n",
                        "auth.token is set twice, in two spellings"),
                arguments(
                        "the token as one quoted name and in a table",
                        "\"auth.token\" = " + string + "\n[auth]\ntoken = " + string + "\n",
                        "auth.token is set twice, in two spellings"),
                arguments("a number", "[auth]\ntoken = 7391\n", "its auth.token is not a string"),
                arguments("a fraction", "[auth]\ntoken = 73.91\n", "its auth.token is not a string"),
                arguments("not a number", "[auth]\ntoken = nan\n", "its auth.token is not a string"),
                arguments("a truth value", "[auth]\ntoken = true\n", "its auth.token is not a string"),
                arguments("a date", "[auth]\ntoken = 1979-05-27\n", "its auth.token is not a string"),
                arguments("a time", "[auth]\ntoken = 07:32:00\n", "its auth.token is not a string"),
                arguments(
                        "a date and time", "[auth]\ntoken = 1979-05-27T07:32:00Z\n", "its auth.token is not a string"),
                arguments(
                        "a local date and time",
                        "auth.token = 1979-05-27T07:32:00\n",
                        "its auth.token is not a string"),
                arguments("an array", "[auth]\ntoken = [" + string + "]\n", "its auth.token is not a string"),
                arguments("a table", "[auth.token]\nvalue = " + string + "\n", "its auth.token is not a string"),
                arguments(
                        "an inline table",
                        "\"auth.token\" = { a = " + string + " }\n",
                        "its auth.token is not a string"));
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Files.write(file, WHOLE.replace("acme", "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(new ConfigReading.Unreadable("not UTF-8", Obstacle.BUSY), reading());
    }

    @Test
    void refusesUtf16() throws IOException {
        Files.write(file, WHOLE.getBytes(StandardCharsets.UTF_16));
        assertEquals(new ConfigReading.Unreadable("not UTF-8", Obstacle.BUSY), reading());
    }

    @Test
    void refusesAFolder() {
        file = folder;
        assertEquals(new ConfigReading.Unreadable("a folder", Obstacle.UNUSABLE), reading());
    }

    @Test
    void refusesAPathThroughAFile() throws IOException {
        Files.writeString(file, WHOLE);
        file = file.resolve("config.toml");
        assertEquals(new ConfigReading.Unreadable("cannot be read", Obstacle.UNUSABLE), reading());
    }

    @Test
    void treatsALinkToNowhereAsMissing() throws IOException {
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertEquals(new ConfigReading.Missing("no such file"), reading());
    }

    @Test
    void followsALink() throws IOException {
        Path target = Files.writeString(folder.resolve("elsewhere"), WHOLE);
        Files.createSymbolicLink(file, target);
        assertEquals(Optional.of(SECRET), ((ConfigReading.Read) reading()).token());
    }

    @Test
    void takesEightMebibytesAndNotOneByteMore() throws IOException {
        String most = WHOLE + "#" + "x".repeat((8 << 20) - WHOLE.length() - 1);
        assertEquals(Optional.of(SECRET), read(most).token());
        Files.writeString(file, most + "x");
        assertEquals(new ConfigReading.Unreadable("larger than 8 MiB", Obstacle.BROKEN), reading());
    }

    @Test
    void refusesArraysNestedTooDeep() throws IOException {
        Files.writeString(file, WHOLE + "a = " + "[".repeat(100_000) + "]".repeat(100_000) + "\n");
        assertEquals(new ConfigReading.Unreadable("nested too deeply", Obstacle.BROKEN), reading());
    }

    @Test
    void refusesInlineTablesNestedSoDeepThatTheLibraryOverflowsTheStack() throws IOException {
        Files.writeString(file, WHOLE + "a = " + "{ a = ".repeat(100_000) + "1" + "}".repeat(100_000) + "\n");
        assertEquals(new ConfigReading.Unreadable("nested too deeply", Obstacle.BROKEN), reading());
    }

    @Test
    void refusesNamesOfTooManyParts() throws IOException {
        Files.writeString(file, "a" + ".a".repeat(20_000) + " = 1\n" + WHOLE);
        assertEquals(new ConfigReading.Unreadable("nested too deeply", Obstacle.BROKEN), reading());
    }

    /** What the fuzzer starts from, and what it has found. */
    @Test
    void readsTheCorpusOfTheFuzzer() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("src/test/resources/dev/chainloop/token/source/ConfigFuzzInputs/read"))) {
            for (Path corpus : files.toList()) {
                file = corpus;
                ConfigReading reading = reading();
                assertFalse(reading instanceof ConfigReading.Missing, corpus.toString());
            }
        }
    }

    @Test
    void printsNoTokenItself() throws IOException {
        assertEquals("Read[<redacted>]", read(WHOLE).toString());
    }

    @Test
    void readsAWholeFileOnce() throws IOException {
        assertFalse(read(WHOLE).empty());
        assertEquals(List.of(), pauses);
    }

    @Test
    void readsAnEmptyFileAgainUntilItIsWhole() throws IOException {
        Files.writeString(file, "");
        assertEquals(reading(Optional.of(SECRET), Optional.of("acme"), false), readingThatBecomes(WHOLE, 2));
        assertEquals(List.of(10, 20), pauses);
    }

    @Test
    void readsAFileThatIsCutOffAgainAtEachOfItsLengths() throws IOException {
        for (int length = 0; length < WHOLE.length() - 1; length++) {
            if (length > 0 && WHOLE.charAt(length - 1) == '\n') {
                continue; // Looks like the complete file of a user who is logged out, so there is nothing to wait for.
            }
            Files.writeString(file, WHOLE.substring(0, length));
            ConfigReading.Read read = (ConfigReading.Read) readingThatBecomes(WHOLE, 1);
            assertEquals(Optional.of(SECRET), read.token(), "cut off at " + length);
        }
    }

    @Test
    void believesAFileThatStaysEmpty() throws IOException {
        assertEquals(reading(Optional.empty(), Optional.empty(), true), read(""));
        assertEquals(250, pauses.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void believesAFileThatStaysCutOff() throws IOException {
        Files.writeString(file, "[auth]\ntoken = '" + SECRET);
        assertEquals(new ConfigReading.Unreadable("not valid TOML at line 2, column 30", Obstacle.BUSY), reading());
        assertEquals(250, pauses.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void believesAFileThatIsCutOffInACharacter() throws IOException {
        Files.write(file, new byte[] {'#', (byte) 0xc3});
        assertEquals(new ConfigReading.Unreadable("not UTF-8", Obstacle.BUSY), reading());
        assertEquals(250, pauses.stream().mapToInt(Integer::intValue).sum());
    }

    private static final ConfigReading BEING_WRITTEN =
            new ConfigReading.Unreadable("being written by another process", Obstacle.BUSY);

    /** Each of these looked like the file of a user who is logged out. */
    @ParameterizedTest
    @ValueSource(strings = {"", "[auth]\n", "organization = 'ac", "[auth]\ntoken = '"})
    void saysThatAFileIsBeingWrittenWhichChangesAndIsNeverWhole(String text) throws IOException {
        Files.writeString(file, text);
        assertEquals(BEING_WRITTEN, readingWith(millis -> setTime(millis)));
        Files.writeString(file, text);
        assertEquals(BEING_WRITTEN, readingWith(millis -> write(millis < 100 ? text + "# 1" : text)));
    }

    private void setTime(int millis) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysOfAFileThatStaysCutOffThatItMayBeBeingWritten() throws IOException {
        Files.writeString(file, "[auth]\n");
        assertEquals(reading(Optional.empty(), Optional.empty(), false), reading());
        Files.writeString(file, "[auth]\ntoken = '" + SECRET + "\norganization = 'a");
        assertEquals(new ConfigReading.Unreadable("not valid TOML at line 2, column 30", Obstacle.BROKEN), reading());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-31",
                "2026-13-01",
                "2026-11-31T00:00:00Z",
                "2026-02-30T25:00:00",
                "24:00:60",
                "2026-01-01T00:00:00+99:00"
            })
    void refusesADateThatNoCalendarHas(String date) throws IOException {
        Files.writeString(file, "when = " + date + "\n" + WHOLE);
        assertEquals(
                "not valid TOML", ((ConfigReading.Unreadable) reading()).why().replaceFirst(" at line.*", ""));
    }

    @Test
    void doesNotOpenAPipeUnlessItWasNamed() throws Exception {
        mkfifo();
        assertEquals(
                new ConfigReading.Unreadable("a pipe or a device", Obstacle.UNUSABLE),
                assertTimeoutPreemptively(
                        Duration.ofSeconds(10), () -> new ConfigFile(file, false, pauses::add, NO_NOTES).read()));
        file = Path.of("/dev/zero");
        assertEquals(
                "a pipe or a device",
                ((ConfigReading.Unreadable) new ConfigFile(file, false, pauses::add, NO_NOTES).read()).why());
        assertEquals(List.of(), pauses);
    }

    @Test
    void readsAPipeThatWasNamedAndSaysThatItWaits() throws Exception {
        mkfifo();
        Thread writer = new Thread(() -> {
            try {
                Thread.sleep(Hint.SILENCE.toMillis() + 500);
                Files.writeString(file, WHOLE, StandardOpenOption.WRITE);
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        List<String> notes = Collections.synchronizedList(new ArrayList<>());
        ConfigReading reading = new ConfigFile(file, true, pauses::add, notes::add).read();
        writer.join();
        assertEquals(Optional.of(SECRET), ((ConfigReading.Read) reading).token());
        assertEquals(List.of("waiting for the --config file, which is a pipe or a device"), notes);
    }

    private void mkfifo() throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    }

    @Test
    void treatsAFileThatDisappearsBetweenReadingsAsMissing() throws IOException {
        Files.writeString(file, "");
        assertEquals(
                new ConfigReading.Missing("no such file"),
                new ConfigFile(file, true, millis -> delete(), NO_NOTES).read());
    }

    @Test
    void neverChangesTheFile() throws IOException {
        Files.writeString(file, WHOLE);
        var before = Files.getLastModifiedTime(file);
        reading();
        assertEquals(WHOLE, Files.readString(file));
        assertEquals(before, Files.getLastModifiedTime(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    private ConfigReading.Read read(String toml) throws IOException {
        Files.writeString(file, toml);
        return (ConfigReading.Read) reading();
    }

    private ConfigReading reading() {
        return new ConfigFile(file, true, pauses::add, NO_NOTES).read();
    }

    /** Reads while another process finishes writing during the given pause. */
    private ConfigReading readingThatBecomes(String toml, int pause) {
        pauses.clear();
        return readingWith(millis -> {
            pauses.add(millis);
            if (pauses.size() == pause) {
                write(toml);
            }
        });
    }

    private ConfigReading readingWith(IntConsumer pause) {
        return new ConfigFile(file, true, pause, NO_NOTES).read();
    }

    private void write(String toml) {
        try {
            Files.writeString(file, toml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Of a file that names no control plane. */
    private static ConfigReading reading(Optional<String> token, Optional<String> organization, boolean empty) {
        return new ConfigReading.Read(
                token,
                organization,
                empty,
                new ConfigReading.ControlPlaneKeys(Optional.empty(), Optional.empty(), false));
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
