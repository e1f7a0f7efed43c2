package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a value that is a path is called, and that nothing of a file is shown but what is said of a token. */
class PathValueTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    @TempDir
    Path home;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(home.resolve("folder"));
        Files.writeString(home.resolve("token"), TOKEN + "\n");
        Files.writeString(home.resolve("env"), "SECRET=hunter2hunter2\nCHAINLOOP_TOKEN=" + TOKEN + "\n");
        Files.writeString(home.resolve("empty"), "\n");
        Files.writeString(home.resolve("other"), "hunter2hunter2");
        Files.writeString(home.resolve("large"), "hunter2hunter2 ".repeat(5000) + TOKEN);
        Files.writeString(
                home.resolve("two"), TOKEN + "\n" + TokenMint.token(TokenMint.API_TOKEN.replace("\"ci\"", "\"x\"")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HOME/folder           | it is the path of a folder
            ~                     | it is the path of a folder
            ../                   | it is the path of a folder
            HOME/absent           | it is the path of a file that is not here
            ~/absent              | it is the path of a file that is not here
            ./absent              | it is the path of a file that is not here
            @HOME/absent          | it is the path of a file that is not here
            file:///absent        | it is the path of a file that is not here
            C:\\Users\\me\\token    | it is the path of a file that is not here
            HOME/empty            | it is the path of an empty file
            HOME/other            | it is the path of a file with no token in it
            HOME/two              | it is the path of a file with more than one token in it
            HOME/large            | it is the path of a file of more than 64 KiB
            /proc/self/environ    | it is the path of a pipe, a device or a file of the system
            /dev/null             | it is the path of a pipe, a device or a file of the system
            /dev/fd/99            | it is the path of a pipe, a device or a file of the system
            HOME/token            | holds the path of a file with the token in it
            ~/token               | holds the path of a file with the token in it
            @~/token              | holds the path of a file with the token in it
            file://HOME/token     | holds the path of a file with the token in it
            HOME/env              | holds the path of a file with the token and more in it
            """)
    void aPathIsLookedAt(String value, String said) {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", value.replace("HOME", home.toString()))
                .run();
        String all = (result.out() + result.err()).replaceAll("\\s+", " ");
        assertTrue(all.contains(said), all);
        assertFalse(all.contains("hunter2"), all);
    }

    @Test
    @Timeout(20)
    void aPipeIsNotOpened() throws Exception {
        Program.require("mkfifo");
        Path pipe = home.resolve("pipe");
        assertEquals(0, Program.of("mkfifo", pipe.toString()).run().status());
        CliRun.Result result = CliRun.withHome(home).run(pipe.toString());
        assertTrue(result.err().contains("the path of a pipe"), result.err());
    }

    /** On the command line a name is enough; in a variable it is a word like any other. */
    @Test
    void anArgumentMayBeTheNameOfSomethingHere() {
        assertTrue(CliRun.withHome(home).run("src").err().contains("the path of a folder"));
        assertTrue(CliRun.withHome(home).run("pom.xml").err().contains("the path of a file"));
        CliRun.Result variable =
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", "src").run();
        assertFalse(variable.err().contains("folder"), variable.err());
    }

    @Test
    void ofATokenInAFileOnlyWhatChainloopsKindsSayIsShown() throws IOException {
        String claims = TokenMint.API_TOKEN.replaceFirst("\\{", "{\"private\":\"hunter2hunter2\",");
        Files.writeString(home.resolve("token"), TokenMint.token("{\"alg\":\"HS256\",\"kid\":\"hunter2\"}", claims));
        String path = home.resolve("token").toString();
        CliRun.Result result = CliRun.withHome(home).run(path, "--claims");
        assertEquals(0, result.status(), result.err());
        assertFalse(result.out().contains("hunter2"), result.out());
        assertFalse(CliRun.withHome(home).run(path, "-o", "json").out().contains("hunter2"));
    }

    @Test
    void whatAPathNamesIsNeverSent() {
        CliRun.Result result = CliRun.withHome(home)
                .run(
                        "ask",
                        "--control-plane",
                        "127.0.0.1:1",
                        home.resolve("token").toString());
        assertEquals(1, result.status(), result.err());
        assertTrue(result.err().contains("what a path names is never sent"), result.err());
    }
}
