package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a search saw.
 *
 * @param looked the sources in order, each with what it gave
 * @param config the config file's content, wherever the token was
 * @param asked whether the user named the one source
 */
public record SearchResult(List<Looked> looked, ConfigReading config, boolean asked) {
    /** The first source that is not absent: it alone decides. */
    public Optional<Looked> deciding() {
        for (Looked one : looked) {
            if (one.lookup().decides()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The sources behind the deciding one that are there and cannot be read. */
    public List<Looked> unreadableBehind() {
        List<Looked> unreadable = new ArrayList<>();
        boolean decided = false;
        for (Looked one : looked) {
            if (decided && one.lookup() instanceof Lookup.Unreadable) {
                unreadable.add(one);
            }
            decided |= one.lookup().decides();
        }
        return unreadable;
    }
}
