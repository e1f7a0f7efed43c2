package dev.chainloop.token.render;

import java.util.List;
import java.util.Map;

/**
 * What a report says, and where it goes.
 *
 * @param text for stdout
 * @param notes lines for stderr, each without its end
 * @param appended what to append to files, by the variables that name the files
 */
public record Answer(String text, List<String> notes, Map<String, String> appended) {
    /** An answer for stdout alone. */
    static Answer of(String text) {
        return new Answer(text, List.of(), Map.of());
    }
}
