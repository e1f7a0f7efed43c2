package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Compares the help with the model. */
final class HelpTest {
    @ParameterizedTest
    @EnumSource
    void everyValueOfAnOptionIsNamedInItsDescription(Subcommand subcommand) {
        for (OptionSpec option : Invocation.of(subcommand.word()).spec().options()) {
            // Some of the places are enough, and the names of the fields are not needed.
            boolean all = !List.of("--field", "--in").contains(option.longestName());
            if (option.completionCandidates() != null && all) {
                String words = " " + option.description()[0].replaceAll("[^A-Za-z0-9-]+", " ") + " ";
                for (String value : option.completionCandidates()) {
                    assertTrue(words.contains(" " + value + " "), option.longestName() + ": " + value);
                }
            }
        }
    }

    /** A topic is a section of the document that is written so that it can be read on a terminal, and fits one. */
    @ParameterizedTest
    @EnumSource
    void aTopicFitsAScreen(Topic topic) {
        List<String> lines =
                new CliRun().run("help", topic.word()).out().lines().toList();
        assertTrue(lines.size() > 8 && lines.size() < 24, () -> lines.size() + " lines");
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(one -> one.length() > 80 || one.matches(".*(]\\(|\\*\\*|```).*"))
                        .toList());
    }

    @Test
    void everySectionOfTheDocumentIsATopic() throws IOException {
        assertEquals(Keyword.words(List.of(Topic.values())), sections("Questions about tokens"));
        List<String> commands = new ArrayList<>(List.of("chainloop-token"));
        commands.addAll(Keyword.words(List.of(Subcommand.values())));
        List<String> described = sections("What each command does");
        assertTrue(commands.containsAll(described), described.toString());
        String listed = new CliRun().run("help").out();
        for (Topic topic : Topic.values()) {
            assertTrue(listed.contains("\n  " + topic.word() + " "), topic.word());
            assertTrue(listed.contains(" " + topic.summary() + "\n"), topic.word());
        }
    }

    /** The headings in a part of the document. */
    private static List<String> sections(String part) throws IOException {
        String document = "\n" + Files.readString(Path.of("src/site/markdown/topics.md"));
        String text = document.split("\n# " + part + "\n", -1)[1].split("\n# ", -1)[0];
        return text.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring("## ".length()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void isAskedForInThreeWays(Subcommand subcommand) {
        CliRun.Result help = new CliRun().run("help", subcommand.word());
        assertEquals(0, help.status());
        assertEquals(help, new CliRun().run(subcommand.word(), "-h"));
        assertEquals(help, new CliRun().run(subcommand.word(), "--help"));
    }

    /** Each option of a command is explained in its help, or in the help that it names. */
    @ParameterizedTest
    @EnumSource
    void everyOptionIsExplainedSomewhere(Subcommand subcommand) {
        CommandSpec model = Invocation.of(subcommand.word()).spec();
        String help = HelpCommand.of(model, 120);
        for (OptionSpec option : model.options()) {
            boolean here = Pattern.compile("(?m)^ +(-\\w, )?" + option.longestName() + "\\b.*")
                    .matcher(help)
                    .find();
            boolean there = Pattern.compile("(?m)^For [^`]*" + option.longestName() + "\\b")
                    .matcher(help)
                    .find();
            assertTrue(here ^ there, option.longestName() + " in:\n" + help);
        }
    }

    /** In the README, which {@code -Dgolden.update=true} writes; in the manual, those statuses that no help of a command has. */
    @Test
    void everyExitStatusIsDocumented() throws IOException {
        String manual = Files.readString(Path.of("src/main/man/chainloop-token.1"));
        List<String> rows = new ArrayList<>();
        for (ExitCode code : ExitCode.values()) {
            rows.add(Markdown.row(String.valueOf(code.status), code.meaning));
            boolean told = manual.contains("\n" + code.status + ": " + code.meaning + ".\n");
            assertEquals(code.status > ExitCode.UNREACHABLE.status, told, code.toString());
        }
        Path readme = Path.of("README.md");
        Golden.check(readme, Markdown.with(readme, "| status | meaning |", rows));
    }

    @Test
    void noTranscriptEndsWithAnotherStatusThanTheHelpLists() throws IOException {
        for (Golden golden : Golden.chosen()) {
            String[] args = golden.world().arguments(Path.of("/home")).toArray(new String[0]);
            Subcommand command = Invocation.of(args).named.orElse(Subcommand.INSPECT);
            assertTrue(
                    Invocation.of(command.word())
                            .spec()
                            .usageMessage()
                            .exitCodeList()
                            .containsKey(String.valueOf(golden.status())),
                    golden::toString);
        }
    }

    /** Each command about tokens has a row in the README. */
    @Test
    void everyCommandHasItsExample() throws IOException {
        List<String> commands = new ArrayList<>(Keyword.words(List.of(Subcommand.values())));
        commands.removeAll(List.of("help", "completion"));
        for (List<String> cells :
                Markdown.rows(Path.of("README.md"), "| command | what it shows or does | example |")) {
            String name = cells.get(0).replaceFirst("`(\\w*)`.*", "$1");
            assertTrue(name.isEmpty() || commands.remove(name), name);
            assertIsAccepted(cells.get(2).replace("`", ""), name.replace("inspect", ""));
        }
        assertEquals(List.of(), commands);
    }

    @Test
    void everyExampleOfAHelpIsOneOfItsCommand() {
        for (String example : Subcommand.tool().usageMessage().description()) {
            assertIsAccepted(example, "");
        }
        for (Subcommand one : Subcommand.values()) {
            for (String example :
                    Invocation.of(one.word()).spec().usageMessage().description()) {
                assertIsAccepted(example, one == Subcommand.INSPECT ? "" : one.word());
            }
        }
    }

    /** Up to what the shell takes, or a remark: neither a wrong command line, nor a word of it read as a token. */
    private static void assertIsAccepted(String example, String command) {
        String line = example.replaceFirst(".*\\bchainloop-token", "").split("[<>|;)]|  ", 2)[0];
        assertTrue(line.strip().startsWith(command), example);
        List<String> words = TestWorld.words(line.replace('"', '\''), Path.of("/home"));
        int status = new CliRun().stdin("").run(words).status();
        assertTrue(status != 2 && status != 3, example);
    }
}
