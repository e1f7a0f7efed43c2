package dev.chainloop.token.advice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The commands of Chainloop's CLI and their options, from the newest reference that was read: the resource
 * {@code commands.txt}, which {@code src/upstream/texts} writes.
 */
final class CliReference {
    private static final String RESOURCE = "commands.txt";

    /** How many letters may be wrong in a word that is taken for another. */
    private static final int MOST_SLIPS = 2;

    private static final String VERSION = "# The commands of Chainloop ";

    /** The version whose commands these are, such as {@code v1.106.1}. */
    final String version;

    private final Map<String, List<Option>> commands;

    /** What a name may be called instead; some names are so only below one command, which does not matter here. */
    private final Map<String, String> names;

    private CliReference(String version, Map<String, List<Option>> commands, Map<String, String> names) {
        this.version = version;
        this.commands = commands;
        this.names = names;
    }

    /**
     * @param letter its short form with its hyphen, or empty
     * @param name with its hyphens
     */
    record Option(String letter, String name, boolean takesValue) {
        private static Option of(String entry) {
            int slash = entry.indexOf('/');
            String name = entry.substring(slash + 1);
            return new Option(slash < 0 ? "" : entry.substring(0, slash), name.replace("=", ""), name.endsWith("="));
        }
    }

    /** Reads the resource. */
    static CliReference read() {
        try (InputStream resource = CliReference.class.getResourceAsStream(RESOURCE)) {
            byte[] bytes = Objects.requireNonNull(resource).readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CliReference parse(List<String> lines) {
        Map<String, List<Option>> commands = new TreeMap<>();
        Map<String, String> names = new HashMap<>();
        List<Option> everybodys = new ArrayList<>();
        for (String line : lines) {
            int tab = line.indexOf('\t');
            if (line.startsWith("= ")) {
                int blank = line.lastIndexOf(' ');
                names.put(line.substring(blank + 1), line.substring(2, blank));
            } else if (tab > 0) {
                List<Option> options = Stream.of(line.substring(tab + 1).split(" ", -1))
                        .filter(entry -> !entry.isEmpty())
                        .map(Option::of)
                        .toList();
                commands.put(line.substring(0, tab), options);
            }
        }
        everybodys.addAll(commands.remove("*"));
        commands.replaceAll((name, options) ->
                Stream.concat(options.stream(), everybodys.stream()).toList());
        String head = lines.get(0);
        int start = VERSION.length();
        return new CliReference(head.substring(start, head.indexOf(':', start)), commands, names);
    }

    /** The full name of a command, which may be given by its aliases; empty for one that the reference does not have. */
    Optional<String> command(String words) {
        String full = String.join(
                " ",
                Arrays.stream(words.strip().split(" ", -1))
                        .map(word -> names.getOrDefault(word, word))
                        .toList());
        return Optional.of(full).filter(commands::containsKey);
    }

    /** The options of a command, with those that all have. */
    List<Option> options(String command) {
        return commands.getOrDefault(command, List.of());
    }

    Optional<Option> option(String command, String name) {
        return options(command).stream()
                .filter(option -> option.name.equals(name))
                .findFirst();
    }

    /** The full names of all commands. */
    Stream<String> all() {
        return commands.keySet().stream();
    }

    /** The commands that have an option. */
    List<String> withOption(String name) {
        return all().filter(command -> option(command, name).isPresent()).toList();
    }

    /** The last words of the commands right below one; of the first level, if that is empty. */
    List<String> below(String command) {
        String start = command.isEmpty() ? "" : command + " ";
        return commands.keySet().stream()
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .filter(name -> !name.isEmpty() && name.indexOf(' ') < 0)
                .toList();
    }

    /** The commands, not of the first level, whose last word is this one or an alias of it. */
    List<String> endingIn(String word) {
        String end = " " + names.getOrDefault(word, word);
        return commands.keySet().stream().filter(name -> name.endsWith(end)).toList();
    }

    /**
     * What was meant by a word that none of these is: the one that begins it or that it begins, or the only one that differs
     * by at most two slips; empty where that is not clear.
     */
    static Optional<String> like(String word, List<String> all) {
        List<String> grown = all.stream()
                .filter(one -> begins(word, one) || begins(one, word))
                .toList();
        if (grown.size() == 1) {
            return Optional.of(grown.get(0));
        }
        for (int slips = 1; slips <= Math.min(MOST_SLIPS, word.length() / 3); slips++) {
            int most = slips;
            List<String> near =
                    all.stream().filter(one -> slips(word, one) == most).toList();
            if (!near.isEmpty()) {
                return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether a word is another one and more behind a hyphen, or has its first four letters or more and no others. */
    private static boolean begins(String word, String start) {
        return word.startsWith(start + "-")
                || (word.startsWith(start) && start.replace("-", "").length() >= 4);
    }

    /** How many letters have to be changed, swapped, put in or left out to make one word of the other. */
    private static int slips(String from, String to) {
        int[][] least = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                least[i][j] = Math.min(least[i - 1][j - 1] + other, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
                }
            }
        }
        return least[from.length()][to.length()];
    }
}
