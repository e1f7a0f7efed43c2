package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Native;
import dev.chainloop.token.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plays what the document on installation says, with what was just built in place of the release on GitHub. The
 * Debian package has its own test.
 */
class InstallIT {
    private static final String VERSION = System.getProperty("project.version");
    private static final Path DOCUMENT = Path.of("src/site/markdown/installation.md");
    private static final String NOTHING = "";
    /** Whether it is installed, as a user would find out. */
    private static final String USE =
            "\n\"$HOME/.local/bin/chainloop-token\" --version && \"$HOME/.local/bin/chainloop-token\" --field kind";

    private static final CliRun.Result WORKS = new CliRun.Result(0, "chainloop-token " + VERSION + "\nuser\n", NOTHING);

    /** The release as it was packed; each test has its own copy. */
    @TempDir
    static Path packed;

    @TempDir
    Path home;

    @BeforeAll
    static void pack() throws Exception {
        LauncherRun.need("curl");
        assertEquals(
                0,
                runIn(packed)
                        .script("sh \"$S/assets.sh\" java \"$V\" \"$R\" && sh \"$S/sums.sh\" \"$R\"")
                        .status());
    }

    @BeforeEach
    void publish() throws Exception {
        Program.run("cp", "-R", packed + "/.", home.toString());
    }

    private LauncherRun run() {
        return runIn(home);
    }

    private static LauncherRun runIn(Path home) {
        return LauncherRun.in(home)
                .env("S", Path.of("src/release").toAbsolutePath().toString())
                .env("V", VERSION)
                .env("R", home.resolve("releases/download/v" + VERSION).toString());
    }

    /** The first shell block below a heading. */
    private static String block(String heading) throws IOException {
        String document = "\n" + Files.readString(DOCUMENT);
        Matcher block = Pattern.compile(
                        "\n#+ " + Pattern.quote(heading) + "\n(?:(?!\n#)(?s:.))*?```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(document);
        assertTrue(block.find(), heading);
        return block.group(1);
    }

    /** The variables that the document tells its reader to set, with the values of this build. */
    private String variables() throws IOException {
        List<String> lines = block("Installation").lines().toList();
        assertEquals(
                List.of("version", "releases"),
                lines.stream().map(line -> line.replaceFirst("=.*", "")).toList());
        return "version=" + VERSION + "\nreleases=file://" + home.resolve("releases") + "\n";
    }

    @Test
    void jarFolder() throws Exception {
        String shown = "chainloop-token-" + VERSION + "-java.tar.gz: OK\n";
        assertEquals(
                new CliRun.Result(0, shown + WORKS.out(), NOTHING),
                run().script(variables() + block("Jar and JDK") + USE));
    }

    /** As on Alpine, with BusyBox in place of GNU's programs. */
    @Test
    void jarFolderWithBusyBox() throws Exception {
        LauncherRun.need("busybox");
        String links =
                "mkdir bb; for p in sh tar gzip gunzip grep sha256sum mkdir ln readlink dirname mktemp touch chmod mv rm cat; do"
                        + " ln -s \"$(command -v busybox)\" bb/$p; done; ln -s \"$(command -v curl)\" bb/; PATH=$HOME/bb\n";
        CliRun.Result result = run().script(links + variables() + block("Jar and JDK") + USE);
        // JUnit warns of each link out of a folder that it has to delete.
        run().script("rm -r bb");
        assertEquals(
                new CliRun.Result(0, "chainloop-token-" + VERSION + "-java.tar.gz: OK\n" + WORKS.out(), NOTHING),
                result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo | tee -a \"$R\"/*-java.tar.gz >log",
                "rm \"$R\"/*-java.tar.gz",
                "sed -i /java/d \"$R/SHA256SUMS\""
            })
    void jarFolderThatIsNotTheReleasesIsNotInstalled(String fault) throws Exception {
        CliRun.Result result = run().script(fault + "\n" + variables() + block("Jar and JDK"));
        assertTrue(result.status() != 0, result::toString);
        assertFalse(Files.exists(home.resolve(".local")));
        assertFalse(Files.exists(home.resolve("chainloop-token-" + VERSION)));
    }

    /** Maven would build the same again, so a program replaces it that checks how it is called. */
    @Test
    void fromSource() throws Exception {
        assertEquals(
                WORKS,
                run().env(
                                "FROM",
                                Path.of("target/chainloop-token")
                                        .toAbsolutePath()
                                        .toString())
                        .script("""
                mkdir bin
                printf '#!/bin/sh\\n[ "$*" = "-q -DskipTests package" ] && mkdir target && cp -R "$FROM" target/\\n' >bin/mvn
                chmod +x bin/mvn
                PATH=$HOME/bin:$PATH
                """ + block("From source") + USE));
    }

    @Test
    void executable() throws Exception {
        LauncherRun.skipUnless(Native.isBuilt(), "only the Maven profile `native` builds the executable");
        String name = Native.archive().getFileName().toString();
        LauncherRun run =
                run().unset("JAVA_HOME").env("ARCHIVE", Native.archive().toString());
        assertEquals(
                new CliRun.Result(0, name + ": OK\n" + WORKS.out(), NOTHING),
                run.script("cp \"$ARCHIVE\" \"$R/\"; sh \"$S/sums.sh\" \"$R\"\n" + variables() + block("Executable")
                        + USE));

        Path link = home.resolve(".local/bin/chainloop-token");
        Files.delete(link);
        // A file that was changed; and one that the list lacks, although it has another file that is here.
        for (String fault :
                List.of("echo >>\"$R/" + name + "\"", "cp \"$R\"/*-java.tar.gz .; sed -i /glibc/d \"$R/SHA256SUMS\"")) {
            CliRun.Result changed = run.script(fault + "\n" + variables() + block("Executable"));
            assertEquals(1, changed.status(), fault);
            assertFalse(Files.exists(link));
        }
    }

    /** What the document offers in place of a launcher for Windows. */
    @Test
    void jarAlone() throws Exception {
        String instead = "java -jar lib/chainloop-token.jar";
        assertTrue(Files.readString(DOCUMENT).contains("`" + instead + "`"));
        assertEquals(
                new CliRun.Result(0, "user\n", NOTHING),
                run().script("cd \"${JAR%/lib/*}\"; PATH=$JAVA_HOME/bin:$PATH; " + instead + " --field kind"));
    }
}
