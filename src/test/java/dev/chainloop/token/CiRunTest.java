package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code .ci/run} does where the stand-in for GraalVM cannot be made; Maven and the installers are replaced. */
class CiRunTest {
    @TempDir
    Path folder;

    @Test
    void anExecutableThatCouldNotBeBuiltFailsTheRunOnDebian() throws Exception {
        LauncherRun.skipUnless(isDebian(), "this is not x86-64 Debian");
        CliRun.Result failed = run("exit 69", "true");
        assertEquals(1, failed.status());
        assertTrue(failed.err().contains("error: here the stand-in for a GraalVM should have been made"), failed.err());
    }

    @Test
    void elsewhereItIsSaidAndTheRunPasses() throws Exception {
        CliRun.Result passed = run("exit 69", "");
        assertEquals(0, passed.status());
        assertTrue(passed.out().contains("note: neither a GraalVM nor the stand-in"), passed.out());
    }

    @Test
    void theStandInBuildsTheExecutable() throws Exception {
        CliRun.Result passed = run("exit 0", "true");
        assertEquals(0, passed.status());
        assertTrue(passed.out().contains("mvn -B -ntp -Pnative verify\n"), passed.out());
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
