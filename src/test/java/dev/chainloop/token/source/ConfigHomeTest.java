package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.source.Environment.Platform;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the config file is, by platform and variables. Paths are those of the system that runs the test. */
class ConfigHomeTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void isWhereTheCliPutsIt(
            String sentence, Platform platform, Map<String, String> variables, Optional<String> expected) {
        assertEquals(expected.map(Path::of), new Environment(variables, platform).configFile(), sentence);
    }

    static Stream<Arguments> places() {
        Map<String, String> home = Map.of("HOME", "/home/ada");
        return Stream.of(
                arguments(
                        "Linux: below ~/.config",
                        Platform.LINUX,
                        home,
                        Optional.of("/home/ada/.config/chainloop/config.toml")),
                arguments(
                        "macOS: below Application Support, whatever the CLI's help says",
                        Platform.MACOS,
                        home,
                        Optional.of("/home/ada/Library/Application Support/chainloop/config.toml")),
                arguments(
                        "Windows: below %LOCALAPPDATA%",
                        Platform.WINDOWS,
                        Map.of("LOCALAPPDATA", "/ada/AppData/Local", "USERPROFILE", "/ada", "HOME", "/other"),
                        Optional.of("/ada/AppData/Local/chainloop/config.toml")),
                arguments("Windows: %USERPROFILE% is no stand-in", Platform.WINDOWS, home, Optional.empty()),
                arguments(
                        "an absolute $XDG_CONFIG_HOME wins on Linux",
                        Platform.LINUX,
                        Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", "/conf"),
                        Optional.of("/conf/chainloop/config.toml")),
                arguments(
                        "and on macOS",
                        Platform.MACOS,
                        Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", "/conf"),
                        Optional.of("/conf/chainloop/config.toml")),
                arguments(
                        "and on Windows",
                        Platform.WINDOWS,
                        Map.of("LOCALAPPDATA", "/ada/AppData/Local", "XDG_CONFIG_HOME", "/conf"),
                        Optional.of("/conf/chainloop/config.toml")),
                arguments(
                        "also without a home",
                        Platform.LINUX,
                        Map.of("XDG_CONFIG_HOME", "/conf"),
                        Optional.of("/conf/chainloop/config.toml")),
                arguments(
                        "a relative $XDG_CONFIG_HOME does not count",
                        Platform.LINUX,
                        Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", "conf"),
                        Optional.of("/home/ada/.config/chainloop/config.toml")),
                arguments(
                        "nor does an empty one",
                        Platform.LINUX,
                        Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", ""),
                        Optional.of("/home/ada/.config/chainloop/config.toml")),
                arguments(
                        "nor one that is no path",
                        Platform.LINUX,
                        Map.of("HOME", "/home/ada", "XDG_CONFIG_HOME", "/a\0b"),
                        Optional.of("/home/ada/.config/chainloop/config.toml")),
                arguments("no home is /", Platform.LINUX, Map.of(), Optional.of("/.config/chainloop/config.toml")),
                arguments(
                        "an empty home is none",
                        Platform.LINUX,
                        Map.of("HOME", ""),
                        Optional.of("/.config/chainloop/config.toml")),
                arguments(
                        "no home is / on macOS",
                        Platform.MACOS,
                        Map.of(),
                        Optional.of("/Library/Application Support/chainloop/config.toml")),
                arguments("no folder, no file on Windows", Platform.WINDOWS, Map.of(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, LINUX",
        "Mac OS X, MACOS",
        "Windows 11, WINDOWS",
        "Windows Server 2022, WINDOWS",
        "FreeBSD, LINUX",
        "Darwin, LINUX"
    })
    void thePlatformIsKnownByJavasName(String osName, Platform platform) {
        assertEquals(platform, Platform.of(osName));
    }
}
