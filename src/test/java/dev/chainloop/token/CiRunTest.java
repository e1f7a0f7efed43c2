package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code .ci/run} does where the stand-in for GraalVM cannot be made; Maven and the installers are replaced. */
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
        CliRun.Result result = run(makeStandIn, ci);
        assertEquals(status, result.status());
        assertTrue((result.out() + result.err()).contains(said), result::toString);
    }

    private static boolean isDebian() throws IOException {
        Path release = Path.of("/etc/os-release");
        return Files.exists(release)
                && Files.readAllLines(release).contains("ID=debian")
                && System.getProperty("os.arch").equals("amd64");
    }

    private CliRun.Result run(String makeStandIn, String ci) throws Exception {
        Files.createDirectory(folder.resolve(".ci"));
        Files.copy(Path.of(".ci/run"), folder.resolve(".ci/run"));
        Files.createDirectories(folder.resolve("src/native/stand-in"));
        Files.writeString(folder.resolve("src/native/stand-in/make.sh"), makeStandIn);
        Files.createDirectories(folder.resolve("src/release"));
        Files.writeString(folder.resolve("src/release/dry-run.sh"), "");
        Files.writeString(folder.resolve("src/release/same.sh"), "");
        return LauncherRun.withoutTool(folder).unset("JAVA_HOME").env("CI", ci).script("""
                        mkdir -p bin schemastore
                        for program in mvn dpkg apt-get npm action-validator; do
                            echo 'echo "${0##*/} $*"' >bin/$program
                            chmod +x bin/$program
                        done
                        PATH=$HOME/bin:$PATH bash .ci/run
                        """);
    }
}
