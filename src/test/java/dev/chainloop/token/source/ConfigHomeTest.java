package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.source.Environment.Platform;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the config file is, by platform and variables. Paths are those of the system that runs the test. */
class ConfigHomeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Linux: below ~/.config                       | LINUX   | HOME=/a                           | /a/.config
            macOS: whatever the CLI's help says          | MACOS   | HOME=/a                           | /a/Library/Application Support
            an absolute $XDG_CONFIG_HOME wins on Linux   | LINUX   | HOME=/a XDG_CONFIG_HOME=/conf     | /conf
            a relative $XDG_CONFIG_HOME does not count   | LINUX   | HOME=/a XDG_CONFIG_HOME=conf      | /a/.config
            nor does another user's home folder          | LINUX   | HOME=/a XDG_CONFIG_HOME=~b/conf   | /a/.config
            its home folder may be a variable            | LINUX   | HOME=/a XDG_CONFIG_HOME=$HOME/conf | /a/conf
            or a tilde, and all of it                    | LINUX   | HOME=/a XDG_CONFIG_HOME=~         | /a
            nor does an empty one                        | LINUX   | HOME=/a XDG_CONFIG_HOME=          | /a/.config
            nor one that is no path                      | LINUX   | HOME=/a XDG_CONFIG_HOME=/a\0b     | /a/.config
            no home is /                                 | LINUX   | X=                                | /.config
            an empty home is none                        | LINUX   | HOME=                             | /.config
            """)
    void isWhereTheCliPutsIt(String sentence, Platform platform, String set, @Nullable String folder) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : set.split(" ", -1)) {
            variables.put(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*?=", ""));
        }
        assertEquals(
                Optional.ofNullable(folder).map(above -> Path.of(above, "chainloop/config.toml")),
                new Environment(variables, platform).configFile());
    }

    @ParameterizedTest
    @CsvSource({"/home/ada/x, ~/x", "/home/adam/x, /home/adam/x", "/home/ada, /home/ada"})
    void theHomeFolderIsATilde(String path, String shown) {
        assertEquals(shown, Environment.shortened(path, Optional.of(Path.of("/home/ada"))));
    }

    @ParameterizedTest
    @CsvSource({"LINUX, '', /home/bob", "MACOS, '', /Users/bob", "MACOS, /h, /h"})
    void theCallersHomeIsWhereThePlatformHasIt(Platform platform, String named, String home) {
        Map<String, String> variables = Map.of("SUDO_USER", "bob", "SUDO_HOME", named);
        assertEquals(home, new Environment(variables, platform).callersHome());
    }

    @ParameterizedTest
    @CsvSource({"Linux, LINUX", "Mac OS X, MACOS", "Darwin, LINUX"})
    void thePlatformIsKnownByJavasName(String osName, Platform platform) {
        assertEquals(platform, Platform.of(osName));
    }
}
