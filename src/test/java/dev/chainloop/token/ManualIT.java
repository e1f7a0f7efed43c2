package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The installed manual in the hands of the programs that show it. */
class ManualIT {
    private static final Path DIST = Path.of("target/chainloop-token").toAbsolutePath();
    private static final String PAGE = DIST + "/share/man/man1/chainloop-token.1";

    /** What a program says goes to stderr, which is told apart by leaving stdout out. */
    @ParameterizedTest
    @CsvSource({"mandoc, -T lint -W warning \"$1\"", "man, --warnings -l \"$1\" 2>&1 >/dev/null"})
    void readersHaveNothingToSay(String reader, String options) throws Exception {
        Program.require(reader, reader.equals("man") ? "groff" : reader);
        assertEquals("", Program.run("sh", "-c", "LC_ALL=C.UTF-8 " + reader + " " + options, "-", PAGE));
    }

    /** man-db looks beside the folders of the PATH, which the README relies on. */
    @Test
    void manFindsItBesideTheProgram() throws Exception {
        Program.require("man", "mandb");
        String path = "PATH=" + DIST + "/bin:" + System.getenv("PATH");
        assertEquals(PAGE + "\n", Program.run("env", "-u", "MANPATH", path, "man", "-w", "chainloop-token"));
    }

    @Test
    void fitsATerminal() throws Exception {
        assertTrue(shown().lines().allMatch(line -> line.length() <= 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "explain", "check", "sources", "ask", "mask", "verify", "help", "completion"})
    void aSectionShowsTheHelpOfACommand(String command) throws Exception {
        String help = Program.run("env", "COLUMNS=72", DIST + "/bin/chainloop-token", command, "--help");
        String section = ("\n   " + command + "\n" + help.indent(5)).replaceAll("(?m) +$", "");
        assertTrue(shown().contains(section), section);
    }

    private static String shown() throws Exception {
        Program.require("mandoc");
        return Program.run("mandoc", "-T", "utf8", "-O", "width=78", PAGE).replaceAll(".\b", "");
    }
}
