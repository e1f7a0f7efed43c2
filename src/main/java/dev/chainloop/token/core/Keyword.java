package dev.chainloop.token.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A constant that is written as a word on the command line and in JSON. */
public interface Keyword {
    /** The constant's name, which every enum has. */
    String name();

    /** The word, unique among the constants of one enum: the name, as JSON and options write it. */
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a word means this constant: its own word, or a different spelling that users know. */
    default boolean isMeantBy(String typed) {
        return word().equals(typed);
    }

    /** The words of some constants, in their order. */
    static List<String> words(List<? extends Keyword> constants) {
        List<String> words = new ArrayList<>(constants.size());
        for (Keyword constant : constants) {
            words.add(constant.word());
        }
        return words;
    }

    /** The first of some constants that a word means, or empty. */
    static <T extends Keyword> Optional<T> find(List<T> constants, String typed) {
        for (T constant : constants) {
            if (constant.isMeantBy(typed)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
