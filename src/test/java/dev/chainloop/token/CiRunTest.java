package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
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
            exit 69 | debian 13 | true  | 1 | error: here the stand-in for a GraalVM should have been made
            exit 69 | debian    | true  | 1 | error: here the stand-in for a GraalVM should have been made
            exit 69 | debian 12 | true  | 0 | note: neither a GraalVM nor the stand-in
            exit 69 | ubuntu 24 | true  | 0 | note: neither a GraalVM nor the stand-in
            exit 69 | debian 13 | false | 0 | note: neither a GraalVM nor the stand-in
            exit 0  | debian 12 | true  | 0 | mvn -B -ntp -Pnative verify
            """)
    void theExecutableIsBuiltOrTheRunFailsOnDebianAlone(
            String makeStandIn, String system, String ci, int status, String said) throws Exception {
        CliRun.Result result = run(makeStandIn, system, ci, 1000, "exit 0");
        assertEquals(status, result.status());
        assertTrue((result.out() + result.err()).contains(said), result::toString);
    }

    /** Where they cannot be installed, the end of the run says what was skipped. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0    | exit 0                          | mvn -B -ntp verify -Dprograms=required: chainloop-token
            1000 | exit 0                          | mvn -B -ntp verify -Dprograms=required: ann
            0    | echo 'E: no jose' >&2; exit 100 | E: no jose
            0    | exit 100                        | note: some of these cannot be installed: jose
            1000 | exit 100                        | mvn -B -ntp verify: ann
            0    | exit 100                        | 1 there is no jose on this machine
            """)
    void aProgramThatIsMissingFailsItsTestsWhereItCanBeInstalled(int id, String aptGet, String said) throws Exception {
        CliRun.Result result = run("exit 0", "debian 13", "true", id, aptGet);
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.out().contains(said), result::toString);
    }

    /** With variables that no test may obey, on both JDKs; what needs root is apart. */
    @ParameterizedTest
    @CsvSource({"1000, ann", "0, chainloop-token"})
    void anOrdinaryUserRunsTheTestsInAFolderWithABlank(int id, String user) throws Exception {
        List<String> ran =
                run("exit 0", "debian 13", "true", id, "exit 0").out().lines().toList();
        String there = ": " + user + " in my projects with a.b.c";
        assertTrue(ran.contains("mvn -B -ntp verify -Dprograms=required" + there + " on 17"), ran::toString);
        assertTrue(
                ran.contains("mvn -B -ntp failsafe:integration-test failsafe:verify" + there + " on 25"),
                ran::toString);
        String rootsOwn =
                "mvn -B -ntp failsafe:integration-test failsafe:verify -Dgroups=root: ann elsewhere with none on 17";
        assertEquals(id == 0, ran.contains(rootsOwn), ran::toString);
    }

    private CliRun.Result run(String makeStandIn, String system, String ci, int id, String aptGet) throws Exception {
        String[] words = (system + " ").split(" ", -1);
        Files.writeString(
                folder.resolve("os-release"),
                "ID=" + words[0] + (words[1].isEmpty() ? "" : "\nVERSION_ID=\"" + words[1] + "\"") + "\n");
        Files.createDirectory(folder.resolve(".ci"));
        Files.copy(Path.of(".ci/run"), folder.resolve(".ci/run"));
        Files.createDirectories(folder.resolve("src/native/stand-in"));
        Files.writeString(folder.resolve("src/native/stand-in/make.sh"), makeStandIn);
        Files.createDirectories(folder.resolve("src/release"));
        Files.writeString(folder.resolve("src/release/dry-run.sh"), "");
        Files.writeString(folder.resolve("src/release/same.sh"), "");
        return LauncherRun.withoutTool(folder)
                .env("CI", ci)
                .env("ID", "" + id)
                .env("APT_GET", aptGet)
                .env("OS_RELEASE", folder.resolve("os-release").toString())
                .script("""
                        mkdir -p bin schemastore jdk/25/bin
                        for program in npm action-validator useradd chown; do
                            echo 'echo "${0##*/} $*"' >bin/$program
                        done
                        echo 'exit 1' >bin/dpkg
                        echo 'eval "$APT_GET"' >bin/apt-get
                        echo 'shift; exec "$@"' >bin/sudo
                        echo 'echo x86_64' >bin/uname
                        echo 'echo "$ID"' >bin/id
                        echo 'echo "x:x:0:0::$HOME/user:/bin/sh"' >bin/getent
                        echo 'shift 3; exec "$@"' >bin/runuser
                        cat >bin/mvn <<'END'
                        case $PWD in */'my projects'/*) where='in my projects' ;; *) where=elsewhere ;; esac
                        echo "mvn $*: $USER $where with ${CHAINLOOP_TOKEN:-none} on ${JAVA_HOME##*/}"
                        mkdir -p target
                        echo '<skipped message="there is no jose on this machine" type="x"/>' >target/TEST-x.xml
                        END
                        touch jdk/25/bin/javac
                        chmod +x bin/* jdk/25/bin/javac
                        export USER=ann JAVA_HOME=$HOME/jdk/17 JAVA_HOME_25=$HOME/jdk/25 PATH=$HOME/bin:$PATH
                        bash .ci/run
                        """);
    }
}
