package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** The completions and the manual are the commands' own models; {@code -Dgolden.update=true} writes them. */
class GeneratedTest {
    private static final Path RESOURCES = Path.of("src/main/resources/dev/chainloop/token/cli");
    private static final Path MANUAL = Path.of("src/main/man/chainloop-token.1");

    /** With the indent of the manual's sections, 80 columns have room for it. */
    private static final int WIDTH = 72;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completionsFollowTheModels(String shell) throws IOException {
        CommandSpec tool = Invocation.of().spec();
        for (Subcommand one : Subcommand.values()) {
            tool.addSubcommand(one.word(), Invocation.of(one.word()).spec());
        }
        String script = switch (shell) {
            case "bash" -> Completion.bash(tool);
            case "zsh" -> Completion.zsh(tool);
            default -> Completion.fish(tool);
        };
        Golden.check(RESOURCES.resolve("completion." + shell), script);
    }

    /** The help of each command, and the date of the release. The build puts in its version. */
    @Test
    void theManualHasTheHelpOfEachCommand() throws IOException {
        StringBuilder commands = new StringBuilder(".Sh COMMANDS\n");
        for (Subcommand one : Subcommand.values()) {
            String help = HelpCommand.of(Invocation.of(one.word()).spec(), WIDTH);
            commands.append(".Ss " + one.word() + "\n.Bd -literal\n" + escaped(help) + ".Ed\n");
        }
        Matcher released = Pattern.compile("outputTimestamp>(.{10})T").matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(released.find());
        String date = LocalDate.parse(released.group(1))
                .format(DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ROOT)); // As mdoc wants it.
        Golden.check(
                MANUAL,
                Files.readString(MANUAL)
                        .replaceFirst("(?m)^\\.Dd .*$", ".Dd " + date)
                        .replaceFirst(
                                "(?s)\\.Sh COMMANDS\n.*?(?=\\.Sh )", Matcher.quoteReplacement(commands.toString())));
    }

    /** Text as it is, escaped from mdoc. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("`", "\\(ga")
                .replace("'", "\\(aq")
                .replace("~", "\\(ti")
                .replace("\"", "\\(dq")
                .replace("…", "\\[u2026]")
                .replace("\n.", "\n\\&.");
    }
}
