package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tmux;
import dev.chainloop.token.testing.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The help at a real terminal. */
class HelpIT {
    private static final Path PROGRAM = Tool.path();

    @TempDir
    Path folder;

    /** As wide as $COLUMNS says, between 40 and 120, else 80; it has no colors, so no variable can turn them on or off. */
    @ParameterizedTest
    @CsvSource({
        "40, 40, check -h, COLUMNS=40 NO_COLOR=1",
        "80, 80, verify -h, NO_COLOR=1",
        "80, 80, -h, CLICOLOR_FORCE=1",
        "80, 80, -h, LC_ALL=C",
        "100, 100, help completion, COLUMNS=100 TERM=dumb",
        "200, 120, help explain, COLUMNS=200 LC_ALL=C",
    })
    void isAsWideAsColumnsSaysAndPlain(int terminal, int width, String args, String variable) throws Exception {
        Program.require("tmux");
        List<String> expected = new ArrayList<>();
        for (String line : help("COLUMNS=" + width, args).lines().toList()) {
            if (!line.isBlank()) {
                expected.add(line);
            }
        }
        expected.add(">");
        try (Tmux tmux = new Tmux(folder, "env PS1='> ' sh", terminal)) {
            tmux.type("clear; " + variable + " '" + PROGRAM + "' " + args);
            tmux.press("Enter");
            assertEquals(expected, tmux.screen(expected));
        }
    }

    @Test
    void isOf80ColumnsInAPipe() throws Exception {
        String plain = help("COLUMNS=80", "check -h");
        assertNotEquals(plain, help("COLUMNS=100", "check -h"));
        for (String variable : List.of("TERM=xterm", "LC_ALL=C", "NO_COLOR=1", "CLICOLOR_FORCE=1")) {
            assertEquals(plain, help(variable, "check -h"), variable);
        }
    }

    private static String help(String variable, String args) throws Exception {
        return Program.run("sh", "-c", "export " + variable + "; \"$0\" " + args, PROGRAM.toString());
    }
}
