package dev.chainloop.token.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The one argument of a command that takes a word. */
final class WordArgument {
    private final PositionalParamSpec argument;

    WordArgument(String label, List<String> words, String description) {
        // Any number, so that the command says by itself how many it takes.
        argument = PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .paramLabel(label)
                .hideParamSyntax(true)
                .completionCandidates(words)
                .description(description)
                .build();
    }

    CommandSpec spec() {
        return CommandSpec.create().addPositional(argument);
    }

    /** The word, if one is given; the message says how many there can be. */
    Optional<String> read(String message) throws UsageException {
        @Nullable List<String> words = argument.getValue();
        if (words != null && words.size() > 1) {
            throw new UsageException(message);
        }
        return words == null ? Optional.empty() : Optional.of(words.get(0));
    }
}
