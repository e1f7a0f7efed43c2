package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The one argument of a command that takes one of an enum's words.
 *
 * @param <T> the enum
 */
public final class WordArgument<T extends Keyword> {
    private final List<T> constants;
    private final PositionalParamSpec argument;

    /** An argument with a label, the constants to choose from, and a description. */
    public WordArgument(String label, List<T> constants, String description) {
        this.constants = constants;
        this.argument = SourceOptions.arguments(label)
                .completionCandidates(Keyword.words(constants))
                .description(description)
                .build();
    }

    /** The argument in picocli's model. */
    public PositionalParamSpec argument() {
        return argument;
    }

    /**
     * The constant that the word means.
     *
     * @param command whose argument it is
     * @throws UsageException when there is not exactly one word, or when it means none
     */
    public T required(String command) throws UsageException {
        Optional<T> word = optional(command);
        if (word.isEmpty()) {
            throw new UsageException(oneOf(command));
        }
        return word.get();
    }

    /**
     * Like {@link #required}, but empty when no word is given.
     *
     * @throws UsageException when there are several words, or when the one means none
     */
    public Optional<T> optional(String command) throws UsageException {
        @Nullable List<String> words = argument.getValue();
        if (words == null) {
            return Optional.empty();
        }
        if (words.size() > 1) {
            throw new UsageException(oneOf(command));
        }
        return Optional.of(Choice.meant(words.get(0), constants, command, ""));
    }

    private String oneOf(String command) {
        return command + " takes " + Choice.listed(Keyword.words(constants), "or");
    }
}
