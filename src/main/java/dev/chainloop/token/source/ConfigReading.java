package dev.chainloop.token.source;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reading of the config file gave; everything but the first two parts is of a file that was read, and empty otherwise.
 *
 * @param why why it was not read, a phrase without its name or content; empty for a file that was
 * @param obstacle what kept it from being read; {@code null} if it was, or if there is no such file
 * @param token {@code auth.token}
 * @param organization the organization that the CLI works in
 * @param empty whether nothing at all was in it, as while the CLI writes it
 * @param midWrite whether it is empty and so fresh that the CLI may be writing it
 * @param api {@code control-plane.api}, unless it is empty
 * @param authority {@code control-plane.api-ca}, unless it is empty
 * @param insecure {@code api-insecure}
 */
public record ConfigReading(
        String why,
        SourceReading.@Nullable Obstacle obstacle,
        Optional<String> token,
        Optional<String> organization,
        boolean empty,
        boolean midWrite,
        Optional<String> api,
        Optional<String> authority,
        boolean insecure) {
    /** That nobody has looked. */
    public static final ConfigReading NONE = missing("not looked at");

    /** There is no such file. */
    static ConfigReading missing(String why) {
        return unreadable(why, null);
    }

    /** A file that cannot be read or parsed. */
    static ConfigReading unreadable(String why, SourceReading.@Nullable Obstacle obstacle) {
        Optional<String> none = Optional.empty();
        return new ConfigReading(why, obstacle, none, none, false, false, none, none, false);
    }

    public boolean isRead() {
        return why.isEmpty();
    }

    public boolean isMissing() {
        return !isRead() && obstacle == null;
    }

    @Override
    public String toString() {
        return isRead() ? "ConfigReading[<redacted>]" : "ConfigReading[" + why + "]";
    }
}
