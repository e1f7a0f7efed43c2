package dev.chainloop.token.advice;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A word that the CLI did not know, compared with the commands and options of the newest CLI whose reference was read.
 *
 * @param word with its hyphens, for an option
 * @param command the full name of the command that did not know it; empty for the program itself
 */
record UnknownWord(String word, Optional<String> command, CliReference reference) {
    private static final Pattern COMMAND = Pattern.compile("\"([\\w-]{1,40})\" for \"chainloop ?([a-z -]*)\"");

    /** @param command what has the right word */
    record Correction(String wrong, String right, String command) {}

    private static Optional<UnknownWord> of(State state) {
        Optional<String> option = state.said(Detail.UNKNOWN_OPTION);
        if (option.isPresent()) {
            CliReference reference = CliReference.read();
            Optional<String> command = state.said(Detail.COMMAND).flatMap(reference::command);
            return option.map(word -> new UnknownWord(word, command, reference));
        }
        return state.said(Detail.UNKNOWN_COMMAND)
                .map(COMMAND::matcher)
                .filter(Matcher::matches)
                .flatMap(found -> {
                    CliReference reference = CliReference.read();
                    return (found.group(2).isEmpty() ? Optional.of("") : reference.command(found.group(2)))
                            .map(parent -> new UnknownWord(found.group(1), Optional.of(parent), reference));
                });
    }

    /** What was meant, if that is clear. */
    static Optional<Correction> correction(State state) {
        return of(state)
                .filter(word -> !word.isKnown() && word.others().isEmpty())
                .flatMap(UnknownWord::corrected);
    }

    /** That the newest CLI has it, where the one that ran does not. */
    static Optional<String> known(State state) {
        return of(state)
                .filter(word -> word.isKnown() && state.mayBeOlderThan(word.reference.version))
                .map(word -> word.reference.version + " has `" + word.spelled(word.word) + "`");
    }

    /** The command that has the option, if there is one with the same first word. */
    static Optional<String> commandThatKnows(State state) {
        return of(state)
                .filter(word -> !word.isKnown())
                .map(UnknownWord::others)
                .filter(others -> others.size() == 1)
                .map(others -> others.get(0));
    }

    private boolean isOption() {
        return word.startsWith("-");
    }

    private boolean isKnown() {
        return command.filter(name -> isOption()
                        ? reference.option(name, word).isPresent()
                        : reference.below(name).contains(word))
                .isPresent();
    }

    private List<String> others() {
        return isOption()
                ? command.map(name -> name.substring(0, (name + " ").indexOf(' ')))
                        .map(first -> reference.withOption(word).stream()
                                .filter(name -> name.startsWith(first + " "))
                                .toList())
                        .orElse(List.of())
                : List.of();
    }

    private Optional<Correction> corrected() {
        return isOption()
                ? option().map(right -> new Correction(word, right, command.orElse("")))
                : CliReference.like(word, reference.below(command.orElseThrow()))
                        .map(right -> new Correction(word, right, command.orElseThrow()));
    }

    /** A letter stands for the only option that begins with it, and a word behind one hyphen for itself behind two. */
    private Optional<String> option() {
        List<String> names = command.map(Stream::of)
                .orElseGet(() -> reference.all())
                .flatMap(name -> reference.options(name).stream())
                .map(CliReference.Option::name)
                .distinct()
                .toList();
        if (word.startsWith("--")) {
            return CliReference.like(word, names);
        }
        if (word.length() == 2) {
            List<String> begun =
                    names.stream().filter(name -> name.startsWith("-" + word)).toList();
            return Optional.of(begun).filter(all -> all.size() == 1).map(all -> all.get(0));
        }
        return Optional.of("-" + word).filter(names::contains);
    }

    private String spelled(String right) {
        return command.filter(name -> !name.isEmpty()).map(name -> name + " ").orElse("") + right;
    }
}
