package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a search saw.
 *
 * @param looked what each source gave, in order
 * @param config the config file's content, wherever the token was
 * @param host the control plane that the CLI talks to; empty when the config file, which may name it, was not read
 * @param asked whether the user named the one source
 */
public record SearchResult(List<Look> looked, ConfigReading config, Optional<Host> host, boolean asked) {
    /** The first source that is not absent: it alone decides. */
    public Optional<Look> deciding() {
        for (Look one : looked) {
            if (one.decides()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The token in the deciding source. */
    public Optional<Look.Found> found() {
        Optional<Look> deciding = deciding();
        return deciding.isPresent() && deciding.get() instanceof Look.Found found
                ? Optional.of(found)
                : Optional.empty();
    }

    /** The sources after the deciding one that exist but cannot be read. */
    public List<Look.Unreadable> unreadableBehind() {
        List<Look.Unreadable> unreadable = new ArrayList<>();
        boolean decided = false;
        for (Look one : looked) {
            if (decided && one instanceof Look.Unreadable behind) {
                unreadable.add(behind);
            }
            decided |= one.decides();
        }
        return unreadable;
    }
}
