package dev.chainloop.token.source;

import java.util.List;
import java.util.Optional;

/**
 * What a search saw.
 *
 * @param looked the sources in order, each with what it gave
 * @param config the config file's content, wherever the token was
 */
public record SearchResult(List<Looked> looked, ConfigReading config) {
    /** The first source that is not absent: it alone decides. */
    public Optional<Looked> deciding() {
        return looked.stream().filter(one -> one.lookup().decides()).findFirst();
    }

    /** The sources behind the deciding one that are there and cannot be read. */
    public List<Looked> unreadableBehind() {
        return looked.stream()
                .dropWhile(one -> !one.lookup().decides())
                .skip(1)
                .filter(one -> one.lookup() instanceof Lookup.Unreadable)
                .toList();
    }
}
