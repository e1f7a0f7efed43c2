package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The installed manual in the hands of the programs that show it; {@code -Dgolden.update=true} writes the render anew. */
class ManualIT {
    private static final Path PAGES = Path.of("target/chainloop-token/share/man/man1");
    private static final String RECORDED = "chainloop-token-check.1";

    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void mandocHasNothingToSay(String page) throws Exception {
        Program.require("mandoc");
        assertEquals("", Program.run("mandoc", "-T", "lint", "-W", "warning", page(page)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void groffHasNothingToSay(String page) throws Exception {
        Program.require("man", "groff");
        // What it says goes to stderr, which is told apart by leaving stdout out.
        assertEquals(
                "",
                Program.run("sh", "-c", "LC_ALL=C.UTF-8 man --warnings -l \"$1\" 2>&1 >/dev/null", "-", page(page)));
    }

    /** man-db looks beside the folders of the PATH, which the README relies on. */
    @ParameterizedTest
    @MethodSource("pages")
    void manFindsItBesideTheProgram(String page) throws Exception {
        Program.require("man", "mandb");
        Path bin = PAGES.resolve("../../../bin").toAbsolutePath().normalize();
        assertEquals(
                PAGES.resolve(page).toAbsolutePath() + "\n",
                Program.run(
                        "env",
                        "-u",
                        "MANPATH",
                        "PATH=" + bin + ":" + System.getenv("PATH"),
                        "man",
                        "-w",
                        page.replace(".1", "")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void fitsATerminal(String page) throws Exception {
        assertTrue(shown(page).lines().allMatch(line -> line.length() <= 80), page);
    }

    /** One page stands for all, which are made of the same parts. */
    @Test
    void showsAsRecorded() throws Exception {
        Golden.check(Path.of("src/test/resources/manual", RECORDED + ".txt"), withoutVersion(shown(RECORDED)));
    }

    private static String shown(String page) throws Exception {
        Program.require("mandoc");
        return Program.run("mandoc", "-T", "utf8", "-O", "width=78", page(page)).replaceAll(".\b", "");
    }

    /** The footer alone has the version, and as much space around the date as the version leaves. */
    private static String withoutVersion(String shown) {
        String name = "chainloop-token " + System.getProperty("project.version");
        return Pattern.compile(
                        "^" + Pattern.quote(name) + " +(\\S.*\\S) +" + Pattern.quote(name) + "$", Pattern.MULTILINE)
                .matcher(shown)
                .replaceFirst("chainloop-token @VERSION@ $1 chainloop-token @VERSION@");
    }

    private static String page(String name) {
        return PAGES.resolve(name).toString();
    }
}
