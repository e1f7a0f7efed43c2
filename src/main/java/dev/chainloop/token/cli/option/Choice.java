package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Keyword;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option whose value is one of an enum's words, or several with commas between them.
 *
 * @param <T> the enum
 */
public final class Choice<T extends Keyword> {
    private final OptionSpec option;
    private final List<T> constants;
    private final String also;

    Choice(OptionSpec option, List<T> constants, String also) {
        this.option = option;
        this.constants = constants;
        this.also = also;
    }

    /** The option in picocli's model. */
    public OptionSpec option() {
        return option;
    }

    /** Whether a value is given. */
    public boolean isGiven() {
        return option.getValue() != null;
    }

    /**
     * The constant that the value means; empty when the option is not given.
     *
     * @throws UsageException when it means none
     */
    public Optional<T> value() throws UsageException {
        @Nullable String word = option.getValue();
        return word == null ? Optional.empty() : Optional.of(meant(word));
    }

    /**
     * The constants that the value's words mean, in the order of the words; none when the option is not given.
     *
     * @throws UsageException when a word means none
     */
    public Set<T> values() throws UsageException {
        Set<T> values = new LinkedHashSet<>();
        @Nullable String words = option.getValue();
        if (words != null) {
            for (String word : words.split(",", -1)) {
                values.add(meant(word));
            }
        }
        return values;
    }

    private T meant(String word) throws UsageException {
        return meant(word, constants, option.longestName(), also);
    }

    /** The constant that a word means, else an error that lists the known ones. */
    static <T extends Keyword> T meant(String word, List<T> constants, String who, String also) throws UsageException {
        Optional<T> meant = Keyword.find(constants, word);
        if (meant.isPresent()) {
            return meant.get();
        }
        List<String> words = Keyword.words(constants);
        throw new UsageException(who + " takes " + listed(words, "or") + also + Nearest.hint(word, words));
    }

    /** Words as a sentence lists them: {@code a, b or c}. */
    public static String listed(List<String> words, String conjunction) {
        int last = words.size() - 1;
        return last == 0
                ? words.get(0)
                : String.join(", ", words.subList(0, last)) + " " + conjunction + " " + words.get(last);
    }

    /** The words of some constants, as a description lists them: {@code a, b or c}. */
    static String oneOf(List<? extends Keyword> constants) {
        return listed(Keyword.words(constants), "or");
    }
}
