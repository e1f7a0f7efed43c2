package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Native;
import dev.chainloop.token.testing.Program;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of the document about installation, with a folder in place of the release on GitHub.
 */
class InstallIT {
    private static final String VERSION = System.getProperty("project.version");
    private static final Path DOCUMENT = Path.of("src/site/markdown/installation.md");
    private static final String JAR = "chainloop-token-" + VERSION + "-java";
    private static final String DEB = "chainloop-token_" + VERSION + "_any.deb";
    /** Packs the folder as JReleaser does, and everything's checksums. */
    private static final String PACK = """
            mkdir -p "$R" && cp -R "$FROM" %1$s && tar -czf "$R/%1$s.tar.gz" %1$s && cp "${ARCHIVE:-/dev/null}" "$R/" &&
            cd "$R" && rm -f null && echo package >%2$s && sha256sum * >checksums_sha256.txt
            """.formatted(JAR, DEB);
    /** Whether it is installed, as a user would find out. */
    private static final String USE =
            "\n\"$HOME/.local/bin/chainloop-token\" --version && \"$HOME/.local/bin/chainloop-token\" --field kind";

    private static final String WORKS = "chainloop-token " + VERSION + "\nuser\n";

    /** The release as it was packed; each test has its own copy. */
    @TempDir
    static Path packed;

    @TempDir
    Path home;

    @BeforeAll
    static void pack() throws Exception {
        LauncherRun.need("curl");
        LauncherRun run = runIn(packed);
        if (Native.isBuilt()) {
            run.env("ARCHIVE", Native.archive().toString());
        }
        assertEquals(new CliRun.Result(0, "", ""), run.script(PACK));
    }

    @BeforeEach
    void publish() throws Exception {
        Program.run("cp", "-R", packed.resolve("releases").toString(), home.toString());
    }

    private static LauncherRun runIn(Path home) {
        return LauncherRun.in(home)
                .env("FROM", Path.of("target/chainloop-token").toAbsolutePath().toString())
                .env("R", home.resolve("releases/download/v" + VERSION).toString());
    }

    /** The first shell block below a heading, with the variables that the document tells its reader to set. */
    private String block(String heading) throws IOException {
        Matcher block = Pattern.compile(
                        "\n## " + Pattern.quote(heading) + "\n(?:(?!\n#)(?s:.))*?```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT));
        assertTrue(block.find(), heading);
        return "version=" + VERSION + "\nreleases=file://" + home.resolve("releases") + "\n" + block.group(1);
    }

    /** They are all in one folder there, and some are only in the repository. */
    @Test
    void noLinkOfAnInstalledDocumentIsDead() throws IOException {
        try (DirectoryStream<Path> documents =
                Files.newDirectoryStream(Path.of("target/chainloop-token/share/doc/chainloop-token"), "*.md")) {
            for (Path document : documents) {
                new DocumentsTest().everyLinkLeadsSomewhere(document);
            }
        }
    }

    @Test
    void jarFolder() throws Exception {
        assertEquals(
                new CliRun.Result(0, JAR + ".tar.gz: OK\n" + WORKS, ""),
                runIn(home).script(block("Jar and JDK") + USE));
    }

    /** As on Alpine, with BusyBox in place of GNU's programs. */
    @Test
    void jarFolderWithBusyBox() throws Exception {
        LauncherRun.need("busybox");
        String links = "mkdir bb; for p in sh tar gzip gunzip grep sha256sum mkdir ln readlink dirname rm cat; do"
                + " ln -s \"$(command -v busybox)\" bb/$p; done; ln -s \"$(command -v curl)\" bb/; PATH=$HOME/bb\n";
        CliRun.Result result = runIn(home).script(links + block("Jar and JDK") + USE);
        LauncherRun.deleteLinks(home);
        assertEquals(new CliRun.Result(0, JAR + ".tar.gz: OK\n" + WORKS, ""), result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo | tee -a \"$R\"/*-java.tar.gz >log",
                "rm \"$R\"/*-java.tar.gz",
                "sed -i /java/d \"$R/checksums_sha256.txt\""
            })
    void whatIsNotTheReleasesIsNotInstalled(String fault) throws Exception {
        CliRun.Result result = runIn(home).script(fault + "\n" + block("Jar and JDK"));
        assertTrue(result.status() != 0, result::toString);
        assertFalse(Files.exists(home.resolve(".local")));
        assertFalse(Files.exists(home.resolve(JAR)));
    }

    /** Maven would build the same again, so a program replaces it that checks how it is called. */
    @Test
    void fromSource() throws Exception {
        assertEquals(new CliRun.Result(0, WORKS, ""), runIn(home).script("""
                mkdir bin
                printf '#!/bin/sh\\n[ "$*" = "-q -DskipTests package" ] && mkdir target && cp -R "$FROM" target/\\n' >bin/mvn
                chmod +x bin/mvn
                PATH=$HOME/bin:$PATH
                """ + block("From source") + USE));
    }

    @Test
    void executable() throws Exception {
        LauncherRun.skipUnless(Native.isBuilt(), "only the Maven profile `native` builds the executable");
        LauncherRun.skipUnless(
                Native.isStatic() || !System.getProperty("os.arch").equals("amd64"), "a release's is static");
        assertEquals(
                new CliRun.Result(0, Native.archive().getFileName() + ": OK\n" + WORKS, ""),
                runIn(home).unset("JAVA_HOME").script(block("Executable") + USE));
    }

    /** What apt does with it, the package's own test shows. */
    @Test
    void debianPackage() throws Exception {
        String programs = "mkdir bin; ln -s \"$L\" bin/chainloop-token; PATH=$HOME/bin:$PATH\n"
                + "sudo() { echo \"$@\"; }; dpkg() { echo any; }\n";
        CliRun.Result result = runIn(home).script(programs + block("Debian package"));
        LauncherRun.deleteLinks(home);
        String expected = DEB + ": OK\napt install ./" + DEB + "\nchainloop-token " + VERSION + "\n";
        assertEquals(new CliRun.Result(0, expected, ""), result);
    }

    /** What the document offers in place of a launcher for Windows. */
    @Test
    void jarAlone() throws Exception {
        String instead = "java -jar lib/chainloop-token.jar";
        assertTrue(Files.readString(DOCUMENT).contains("`" + instead + "`"));
        assertEquals(
                new CliRun.Result(0, "user\n", ""),
                runIn(home).script("cd \"${JAR%/lib/*}\"; PATH=$JAVA_HOME/bin:$PATH; " + instead + " --field kind"));
    }

    /** The image is built in one way, whoever says it. */
    @Test
    void containerImage() throws IOException {
        String build = block("Container image").lines().skip(2).findFirst().orElseThrow();
        assertEquals("docker build -f src/container/Dockerfile -t chainloop-token .", build);
        assertTrue(Files.readString(Path.of("src/container/Dockerfile")).contains(build));
    }
}
