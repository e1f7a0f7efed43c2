package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** The help against the model. */
final class HelpTest {
    @ParameterizedTest
    @EnumSource
    void everyOptionIsShownInOneGroup(Subcommand subcommand) {
        Invocation invocation = Invocation.of(subcommand.word());
        List<OptionSpec> shown = new ArrayList<>();
        Help.groups(invocation).forEach(group -> shown.addAll(group.options()));

        assertEquals(invocation.spec().options().size(), shown.size());
        assertEquals(new HashSet<>(invocation.spec().options()), new HashSet<>(shown));
    }

    @ParameterizedTest
    @EnumSource
    void everyValueOfAnOptionIsNamedInItsDescription(Subcommand subcommand) {
        for (OptionSpec option : Invocation.of(subcommand.word()).spec().options()) {
            if (option.completionCandidates() != null && !option.longestName().equals("--field")) {
                String words = " " + option.description()[0].replaceAll("[^A-Za-z0-9-]+", " ") + " ";
                for (String value : option.completionCandidates()) {
                    assertTrue(words.contains(" " + value + " "), option.longestName() + ": " + value);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void noLineIsWiderThanTheTerminal(int width) {
        for (Subcommand subcommand : Subcommand.values()) {
            List<String> wide = Help.of(Invocation.of(subcommand.word()), width)
                    .lines()
                    .filter(line -> line.length() > width)
                    .filter(line -> !line.contains("chainloop-token")) // Examples are to be copied whole.
                    .toList();
            assertEquals(List.of(), wide, subcommand.word());
        }
    }
}
