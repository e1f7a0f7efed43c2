package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CliReferenceTest {
    private static final CliReference REFERENCE = CliReference.read();

    /** What a plan tells people to type, up to the first word that is a value. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ {4}(?:\\S+=\\S* |env -u \\w+ )*chainloop ((?:[a-z][a-z0-9-]*(?: |$))+)([^|;&\n]*)");

    private static final Pattern OPTION = Pattern.compile("(?<=^|\\s)(--[a-z][a-z-]*|-[a-z])(?=[\\s=]|$)");

    /** What the stand-in's table has behind an option. */
    private static final Pattern VALUE = Pattern.compile("=?(?:/\\w)?=?!?(?= |$)");

    /** What cobra adds to the program, and what the reference leaves out since it is hidden or deprecated. */
    private static final Set<String> ELSEWHERE = Set.of("COMMAND", "completion", "--help", "-h");

    @ParameterizedTest
    @CsvSource({
        "attestation init, attestation init",
        "att init, attestation init",
        "org token ls, organization api-token list",
        "wf run list, workflow workflow-run list",
        "attestation, attestation",
        "attestation launch,",
        "init,",
    })
    void commandIsFoundByItsAliases(String words, String full) {
        assertEquals(Optional.ofNullable(full), REFERENCE.command(words));
    }

    @ParameterizedTest
    @CsvSource({
        "attestation init, --project, true, ''",
        "attestation init, --replace, false, -f",
        "attestation init, --org, true, -n",
        "attestation init, --local-state-path, true, ''",
        "attestation push, --key, true, -k",
    })
    void optionsAreThoseOfTheCommandAndOfAll(String command, String name, boolean takesValue, String letter) {
        assertEquals(Optional.of(new CliReference.Option(letter, name, takesValue)), REFERENCE.option(command, name));
    }

    @ParameterizedTest
    @CsvSource({
        "--projet, --project",
        "--project-name, --project",
        "--proj, --project",
        "--kye, --key",
        "--keys, --key",
        "--workflow-nam, --workflow",
        "--attestation, --attestation-id",
        "--ky, --key",
        // Two are as near, and what is too far from all.
        "--registry,",
        "--pr-number,",
        "--frobnicate,",
        "--k,",
    })
    void nearestOptionIsMeant(String word, String meant) {
        List<String> names = Stream.of("attestation init", "attestation add", "attestation push")
                .flatMap(command -> REFERENCE.options(command).stream())
                .map(CliReference.Option::name)
                .filter(name -> !name.equals("--pr"))
                .distinct()
                .toList();
        assertEquals(Optional.ofNullable(meant), CliReference.like(word, names));
    }

    /** What the plans of all answers say to type is what the CLI takes. */
    @Test
    void everyCommandOfAnAnswerIsOneOfTheClis() throws IOException {
        Set<String> wrong = new TreeSet<>();
        int commands = 0;
        for (Path file : answers()) {
            Matcher found = COMMAND.matcher(Files.readString(file));
            while (found.find()) {
                commands++;
                wrong.addAll(faults(found.group(1).strip(), found.group(2)));
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(commands > 500, commands + " commands");
    }

    /** The stand-in for the CLI, which plans are played with, takes no more than the CLI does. */
    @Test
    void standInTakesWhatTheCliTakes() throws IOException {
        List<String> faults = new ArrayList<>();
        List<String> rows = Files.readAllLines(Path.of("src/test/plans/cli-reference.txt")).stream()
                .filter(line -> line.indexOf('\t') > 1)
                .toList();
        for (String row : rows) {
            String[] columns = row.split("\t", -1);
            faults.addAll(faults(columns[0], VALUE.matcher(columns[1]).replaceAll("")));
        }
        assertEquals(List.of(), faults);
        assertTrue(rows.size() > 20, rows.size() + " commands");
    }

    private static List<Path> answers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/answers"))) {
            return files.toList();
        }
    }

    private static List<String> faults(String words, String rest) {
        if (ELSEWHERE.stream().anyMatch(rest::contains)) {
            return List.of();
        }
        Optional<String> command = REFERENCE.command(words);
        if (command.isEmpty()) {
            return List.of("no command: " + words);
        }
        List<String> faults = new ArrayList<>();
        Matcher option = OPTION.matcher(rest);
        while (option.find()) {
            String name = option.group(1);
            boolean known = REFERENCE.options(command.get()).stream()
                    .anyMatch(one -> one.name().equals(name) || one.letter().equals(name));
            if (!known) {
                faults.add(command.get() + " has no " + name);
            }
        }
        return faults;
    }
}
