package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.cli.doc.Help;
import dev.chainloop.token.cli.doc.Manual;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.diagnosis.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.Model.ArgSpec;

/** Compares the manual's pages with the help. */
final class ManualTest {
    private static final String DATE = "January 1, 2026";

    /** Wide, so that no description of an exit status is broken. */
    private static final int WIDTH = 160;

    @ParameterizedTest
    @EnumSource
    void pageHasTheHelpsOptionsAndExitStatuses(Subcommand subcommand) {
        String help = help(Invocation.of(subcommand.word()));
        String page = Manual.of(Invocation.of(subcommand.word()).model(), "1.0", DATE);

        List<String> options = optionsOfPage(page);
        List<String> exits = exitsOfPage(page);
        assertTrue(options.containsAll(optionsOfHelp(help)));
        assertTrue(exits.containsAll(exitsOfHelp(help)));
        // What several commands share stands in the tool's help, or in that of the command that the help names.
        String shared = help(Invocation.of())
                + (help.contains("see `chainloop-token check") ? help(Invocation.of("check")) : "");
        options.removeAll(optionsOfHelp(help));
        exits.removeAll(exitsOfHelp(help));
        assertTrue(optionsOfHelp(shared).containsAll(options), options.toString());
        assertTrue(exitsOfHelp(shared).containsAll(exits), exits.toString());
    }

    @Test
    void mainPageHasTheHelpsOptionsCommandsAndExitStatuses() {
        String help = help(Invocation.of());
        String page = Manual.main(Subcommand.models(), "1.0", DATE, "@EXIT STATUS@\n");

        assertTrue(optionsOfPage(page).containsAll(optionsOfHelp(help)));
        assertEquals(exitsOfHelp(help), exitsOfPage(page));
        assertEquals(
                find("(?m)^  ([a-z]+) +[A-Z]", help.substring(help.indexOf("\nCommands"), help.indexOf("\nOptions"))),
                find("(?m)^\\.It Cm (?!help)(\\w+)$", page));
    }

    @Test
    void mainPageHasEveryFinding() {
        List<String> expected = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            expected.add(rule.id() + " Pq " + rule.severity().word() + "\n" + rule.meaning() + ".");
        }
        assertEquals(
                expected,
                find("(?m)^\\.It Cm (.* Pq .*\n.*)$", Manual.main(Subcommand.models(), "1.0", DATE, "@FINDINGS@\n")));
    }

    @ParameterizedTest
    @EnumSource
    void pageHasTheValuesOfTheModel(Subcommand subcommand) {
        List<String> values = new ArrayList<>();
        CommandModel model = Invocation.of(subcommand.word()).model();
        model.arguments().forEach(one -> add(one, values));
        model.options().forEach(one -> add(one, values));

        assertEquals(
                values,
                find(
                        "(?m)^Values(?:, separated by commas)?: (.*)\\.$",
                        Manual.of(Invocation.of(subcommand.word()).model(), "1.0", DATE)));
    }

    private static String help(Invocation invocation) {
        return Help.of(invocation.model(), Subcommand.models(), WIDTH);
    }

    private static void add(ArgSpec argument, List<String> all) {
        if (argument.completionCandidates() != null) {
            all.add(String.join(", ", argument.completionCandidates()));
        }
    }

    /** Names with the label of their value, as in {@code -t, --token=TOKEN}. */
    private static List<String> optionsOfHelp(String help) {
        return find("(?m)^ {2,6}(-\\S.*?)(?: {2,}.*)?$", help);
    }

    private static List<String> optionsOfPage(String page) {
        List<String> options = new ArrayList<>();
        for (String line : find("(?m)^\\.It (Fl .*)$", page)) {
            List<String> forms = new ArrayList<>();
            for (String form : line.split(" , ", -1)) {
                String[] words = form.split(" Ar ", -1);
                forms.add("-" + words[0].substring("Fl ".length()) + (words.length > 1 ? "=" + words[1] : ""));
            }
            // The help names the value once.
            String last = forms.remove(forms.size() - 1);
            forms.replaceAll(form -> form.replaceFirst("=.*", ""));
            forms.add(last);
            options.add(String.join(", ", forms));
        }
        return options;
    }

    private static List<String> exitsOfHelp(String help) {
        return find("(?m)^  (\\d+ .*)$", help.substring(help.indexOf("\nExit status"))).stream()
                .map(line -> line.replaceFirst(" +", " "))
                .toList();
    }

    private static List<String> exitsOfPage(String page) {
        return new ArrayList<>(find("(?m)^\\.It (\\d+\\n.*)\\.$", page).stream()
                .map(line -> line.replace('\n', ' '))
                .toList());
    }

    private static List<String> find(String regex, String text) {
        String plain = text.replace("\\-", "-")
                .replace("\\[u2026]", "…")
                .replace("\\(ga", "`")
                .replace("\\(aq", "'");
        return Pattern.compile(regex)
                .matcher(plain)
                .results()
                .map((MatchResult one) -> one.group(1))
                .toList();
    }
}
