package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tmux;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code mask} and {@code --lines} in real pipes, and at a real terminal. */
@Order(1)
class StreamsIT {
    private static final String NO_OUTPUT =
            "error: the output cannot be written. Check the disk, and where stdout goes.\n";

    @TempDir
    Path home;

    static List<Arguments> scripts() {
        String slow =
                "mkfifo p; : >o; \"$L\" mask <p >o & exec 3>p; until_there() { until [ \"$(cat o)\" = \"$1\" ]; do sleep 0.05;"
                        + " done; }\n";
        return List.of(
                arguments(
                        "bytes that are no text stay",
                        "printf 'caf\\303' | \"$L\" mask | od -An -tx1",
                        0,
                        " 63 61 66 c3\n",
                        ""),
                arguments("a closed stdin is empty", "\"$L\" mask <&-", 0, "", ""),
                arguments("a closed stdout cannot be written", "echo x | \"$L\" mask >&-", 74, "", NO_OUTPUT),
                arguments("a full disk cannot be written", "echo x | \"$L\" mask >/dev/full", 74, "", NO_OUTPUT),
                arguments("a closed stderr does not matter", "echo x | \"$L\" mask - no/such/file 2>&-", 4, "x\n", ""),
                arguments(
                        "what has passed stays when it is stopped",
                        slow + "printf 'one\\ntwo e' >&3; until_there 'one\n"
                                + "two '; kill $!; { wait $! || echo $?; } 2>e; cat o",
                        0,
                        "143\none\ntwo ",
                        ""),
                arguments(
                        "the end of a line waits where it may begin a token",
                        slow
                                + "printf 'one\\ntwo e' >&3; until_there 'one\ntwo '; printf nd. >&3; until_there 'one\ntwo end.'",
                        0,
                        "",
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void fitsIntoScripts(String name, String script, int status, String out, String err) throws Exception {
        CliRun.Result result = LauncherRun.in(home).script(script);
        assertEquals(new CliRun.Result(status, out, err), result);
    }

    /** Takes some milliseconds; on a busy machine a test must wait longer. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void eachLineLeavesAtOnce() throws Exception {
        Process process = Program.of(Tool.path().toString(), "mask").start();
        try (OutputStream in = process.getOutputStream();
                BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long longest = 0;
            for (int line = 0; line < 20; line++) {
                String token = TokenMint.described("USER user_id=\"u" + line + "\"");
                long start = System.nanoTime();
                in.write((token + "\n").getBytes(StandardCharsets.US_ASCII));
                in.flush();
                String answer = out.readLine();
                assertTrue(answer.contains("sha256:"), answer);
                longest = line == 0 ? 0 : Math.max(longest, (System.nanoTime() - start) / 1_000_000);
            }
            assertTrue(longest < 10_000, longest + " ms");
        }
        assertEquals(0, process.waitFor());
    }

    /** It is shown with what arrives from the third second on, and leaves nothing on the terminal. */
    @Test
    void progressIsShownOnTheTerminal() throws Exception {
        Program.require("tmux");
        Files.writeString(home.resolve("t"), "one\ntwo\n".repeat(400));
        try (Tmux tmux = new Tmux(home, "env PS1='> ' sh", 40)) {
            tmux.type("clear; (cat t; sleep 3; echo; sleep 2) | '" + Tool.path() + "' mask >o");
            tmux.press("Enter");
            for (List<String> lines : List.of(List.of("3 KiB"), List.of("note: masked no token", ">"))) {
                assertEquals(lines, tmux.screen(lines));
            }
        }
        assertTrue(Files.size(home.resolve("o")) > 0);
    }
}
