package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A config file that the user may not read. Root may read everything, so root becomes another user for this. */
class ForbiddenConfigIT {
    private static final String NOBODY = "65534";
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");

    @TempDir
    Path folder;

    @Test
    void isToldAsPermissionDenied() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(folder.resolve("config.toml"), "auth.token = 'zq7vk0'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        List<String> command = new ArrayList<>();
        if (Files.isReadable(file)) {
            assumeTrue(
                    status(AS_NOBODY, "test", "-x", launcher()) == 0,
                    "this user may read every file, and cannot become one who may not but can start the launcher");
            command.addAll(AS_NOBODY);
        }
        command.addAll(List.of(launcher(), "-c", file.toString()));
        assertEquals(
                new CliRun.Result(4, "", """
                        error: %s: permission denied; it belongs to %s.

                        What to do
                          Run the command as the file's owner, or set XDG_CONFIG_HOME to a folder that
                          is yours; the Chainloop CLI stops at this file even when CHAINLOOP_TOKEN is
                          set.
                        """.formatted(file, Files.getOwner(file))),
                Program.of(command).run());
    }

    private static String launcher() {
        return Tool.path().toString();
    }

    private static int status(List<String> prefix, String... command) throws Exception {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        return Program.exists(prefix.get(0)) ? Program.of(all).run().status() : -1;
    }
}
