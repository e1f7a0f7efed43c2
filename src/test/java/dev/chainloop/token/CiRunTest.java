package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code .ci/run} runs, and as whom; Maven, the installers and what makes users are replaced. */
class CiRunTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exit 69 | true  | 1 | error: here the stand-in for a GraalVM should have been made
            exit 69 | false | 0 | note: neither a GraalVM nor the stand-in
            exit 0  | true  | 0 | mvn -B -ntp -Pnative verify
            """)
    void theExecutableIsBuiltOrTheRunFailsOnDebianAlone(String makeStandIn, String ci, int status, String said)
            throws Exception {
        LauncherRun.skipUnless(status == 0 || isDebian(), "this is not x86-64 Debian");
        CliRun.Result result = run(makeStandIn, ci, 1000);
        assertEquals(status, result.status());
        assertTrue((result.out() + result.err()).contains(said), result::toString);
    }

    private static boolean isDebian() throws IOException {
        Path release = Path.of("/etc/os-release");
        return Files.exists(release)
                && Files.readAllLines(release).contains("ID=debian")
                && System.getProperty("os.arch").equals("amd64");
    }

    /** With variables that no test may obey, on both JDKs; what needs root is apart. */
    @ParameterizedTest
    @CsvSource({"1000, ann", "0, chainloop-token"})
    void anOrdinaryUserRunsTheTestsInAFolderWithABlank(int id, String user) throws Exception {
        List<String> ran = run("exit 0", "true", id).out().lines().toList();
        String there = ": " + user + " in my projects with a.b.c";
        assertTrue(ran.contains("mvn -B -ntp verify" + there + " on 17"), ran::toString);
        assertTrue(
                ran.contains("mvn -B -ntp failsafe:integration-test failsafe:verify" + there + " on 25"),
                ran::toString);
        String rootsOwn =
                "mvn -B -ntp failsafe:integration-test failsafe:verify -Dgroups=root: ann elsewhere with none on 17";
        assertEquals(id == 0, ran.contains(rootsOwn), ran::toString);
    }

    private CliRun.Result run(String makeStandIn, String ci, int id) throws Exception {
        Files.createDirectory(folder.resolve(".ci"));
        Files.copy(Path.of(".ci/run"), folder.resolve(".ci/run"));
        Files.createDirectories(folder.resolve("src/native/stand-in"));
        Files.writeString(folder.resolve("src/native/stand-in/make.sh"), makeStandIn);
        Files.createDirectories(folder.resolve("src/release"));
        Files.writeString(folder.resolve("src/release/dry-run.sh"), "");
        Files.writeString(folder.resolve("src/release/same.sh"), "");
        return LauncherRun.withoutTool(folder).env("CI", ci).env("ID", "" + id).script("""
                        mkdir -p bin schemastore jdk/25/bin
                        for program in dpkg apt-get npm action-validator useradd chown; do
                            echo 'echo "${0##*/} $*"' >bin/$program
                        done
                        echo 'echo "$ID"' >bin/id
                        echo 'echo "x:x:0:0::$HOME/user:/bin/sh"' >bin/getent
                        echo 'shift 3; exec "$@"' >bin/runuser
                        cat >bin/mvn <<'END'
                        case $PWD in */'my projects'/*) where='in my projects' ;; *) where=elsewhere ;; esac
                        echo "mvn $*: $USER $where with ${CHAINLOOP_TOKEN:-none} on ${JAVA_HOME##*/}"
                        mkdir -p target
                        END
                        touch jdk/25/bin/javac
                        chmod +x bin/* jdk/25/bin/javac
                        export USER=ann JAVA_HOME=$HOME/jdk/17 JAVA_HOME_25=$HOME/jdk/25 PATH=$HOME/bin:$PATH
                        bash .ci/run
                        """);
    }
}
