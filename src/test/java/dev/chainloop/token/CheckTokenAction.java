package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.GithubRunner;
import dev.chainloop.token.testing.GithubRunner.Played;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Release;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A job that plays the action for GitHub, with the runner's files and a release from loopback. */
abstract class CheckTokenAction {
    static final Path ACTION = Path.of(".github/actions/check-token");
    /** A token that no other process on this machine has. */
    static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN.replace(
            "\"token_name\":\"ci\"", "\"token_name\":\"ci\",\"r\":\"" + UUID.randomUUID() + "\""));

    static final String PASSED = "chainloop-token: check passed; API token \"ci\" of acme: never expires\n";

    /** The programs that the scripts, the launcher and its Java start. */
    static final List<String> PROGRAMS = List.of(
            "cat",
            "curl",
            "getconf",
            "gzip",
            "java",
            "ldd",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sha256sum",
            "tar",
            "tr",
            "uname");

    @TempDir
    Path folder;

    @AutoClose
    Release release;

    @BeforeAll
    static void needPrograms() {
        Program.require("curl", "tar", "gzip", "sha256sum");
    }

    @BeforeEach
    void publish() throws IOException {
        release = Release.http();
    }

    GithubRunner job() throws IOException {
        return GithubRunner.in(folder.resolve("job")).env("CHAINLOOP_TOKEN_RELEASES", release.url());
    }

    /** A folder of programs for the {@code PATH}, some of them replaced by scripts, and some left out. */
    String path(Map<String, String> scripts, String... without) throws IOException {
        Path programs = Files.createTempDirectory(folder, "path");
        for (String name : PROGRAMS) {
            Path real = real(name);
            if (real != null && !List.of(without).contains(name)) {
                write(programs.resolve(name), "exec '" + real + "' \"$@\"");
            }
        }
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            write(programs.resolve(script.getKey()), script.getValue());
        }
        return programs.toString();
    }

    static Path real(String name) {
        for (String place : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(place, name))) {
                return Path.of(place, name);
            }
        }
        return null;
    }

    static void write(Path program, String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    static String outputs(Played played) {
        String map = played.outputs().toString();
        return map.substring(1, map.length() - 1);
    }

    String inTerms(String text) {
        return text.replace(release.url(), "RELEASES")
                .replace(Release.BUNDLE, "BUNDLE")
                .replace(Release.VERSION, "VERSION")
                .replaceAll("\\b[0-9a-f]{64}\\b", "SHA256")
                .replace(folder.toString(), "FOLDER");
    }

    static void assertHidden(String text) {
        // All tokens have the same header.
        for (String segment : TOKEN.substring(TOKEN.indexOf('.') + 1).split("\\.", -1)) {
            assertFalse(text.contains(segment), "a piece of the token");
        }
    }
}
