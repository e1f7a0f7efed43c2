package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tmux;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The help at a real terminal. */
class HelpIT {
    private static final Path PROGRAM =
            Path.of("target/chainloop-token/bin/chainloop-token").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void isAsWideAsTheTerminal() throws Exception {
        Program.require("tmux", "stty");
        List<String> expected = new ArrayList<>();
        for (String line : Program.run("env", "COLUMNS=100", PROGRAM.toString(), "help", "completion")
                .lines()
                .toList()) {
            if (!line.isBlank()) {
                expected.add(line);
            }
        }
        expected.add(">");

        try (Tmux tmux = new Tmux(folder, "env -u COLUMNS PS1='> ' sh")) {
            tmux.type("clear; " + PROGRAM + " help completion");
            tmux.press("Enter");

            assertEquals(expected, tmux.screen(expected));
        }
    }
}
