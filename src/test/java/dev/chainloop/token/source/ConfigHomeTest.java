package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the config file is, on macOS or not, by the variables. Paths are those of the system that runs the test. */
class ConfigHomeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Linux: below ~/.config                       | false | HOME=/a                           | /a/.config
            macOS: whatever the CLI's help says          | true  | HOME=/a                           | /a/Library/Application Support
            an absolute $XDG_CONFIG_HOME wins on Linux   | false | HOME=/a XDG_CONFIG_HOME=/conf     | /conf
            and on macOS                                 | true  | HOME=/a XDG_CONFIG_HOME=/conf     | /conf
            a relative $XDG_CONFIG_HOME does not count   | false | HOME=/a XDG_CONFIG_HOME=conf      | /a/.config
            nor does another user's home folder          | false | HOME=/a XDG_CONFIG_HOME=~b/conf   | /a/.config
            its home folder may be a variable            | false | HOME=/a XDG_CONFIG_HOME=$HOME/conf | /a/conf
            or a tilde, and all of it                    | false | HOME=/a XDG_CONFIG_HOME=~         | /a
            nor does an empty one                        | false | HOME=/a XDG_CONFIG_HOME=          | /a/.config
            nor one that is no path                      | false | HOME=/a XDG_CONFIG_HOME=/a\0b     | /a/.config
            no home is /                                 | false | X=                                | /.config
            an empty home is none                        | false | HOME=                             | /.config
            """)
    void isWhereTheCliPutsIt(String sentence, boolean mac, String set, @Nullable String folder) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : set.split(" ", -1)) {
            variables.put(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*?=", ""));
        }
        assertEquals(
                Optional.ofNullable(folder).map(above -> Path.of(above, "chainloop/config.toml")),
                new Environment(variables, mac, new Machine()).configFile());
    }

    @ParameterizedTest
    @CsvSource({"/home/ada/x, ~/x", "/home/adam/x, /home/adam/x", "/home/ada, /home/ada"})
    void theHomeFolderIsATilde(String path, String shown) {
        assertEquals(shown, Environment.shortened(path, Optional.of(Path.of("/home/ada"))));
    }

    @ParameterizedTest
    @CsvSource({"false, '', /home/bob", "true, '', /Users/bob", "true, /h, /h"})
    void theCallersHomeIsWhereTheSystemHasIt(boolean mac, String named, String home) {
        Map<String, String> variables = Map.of("SUDO_USER", "bob", "SUDO_HOME", named);
        assertEquals(home, new Environment(variables, mac, new Machine()).callersHome());
    }
}
