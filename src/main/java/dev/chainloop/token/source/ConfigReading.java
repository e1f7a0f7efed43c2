package dev.chainloop.token.source;

import java.util.Optional;

/**
 * What a reading of the config file gave; everything but the first two parts is of a file that was read, and empty otherwise.
 *
 * @param missing whether there is no such file, or nobody has looked
 * @param fault what kept it from being read, without its name or content; empty for a file that was, or is missing
 * @param token {@code auth.token}
 * @param organization the organization that the CLI works in, unless it is empty
 * @param empty whether nothing at all was in it, as while the CLI writes it
 * @param midWrite whether it is empty and so fresh that the CLI may be writing it
 * @param api {@code control-plane.api}, unless it is empty
 * @param authority {@code control-plane.api-ca}, unless it is empty
 * @param insecure {@code api-insecure}
 */
public record ConfigReading(
        boolean missing,
        Optional<Unread> fault,
        Optional<String> token,
        Optional<String> organization,
        boolean empty,
        boolean midWrite,
        Optional<String> api,
        Optional<String> authority,
        boolean insecure) {
    /** There is no such file, or nobody has looked. */
    public static final ConfigReading MISSING = without(true, Optional.empty());

    /** What keeps a file from being read, and the same in words. */
    record Unread(SourceReading.Obstacle obstacle, String phrase) {}

    static ConfigReading unreadable(String phrase, SourceReading.Obstacle obstacle) {
        return without(false, Optional.of(new Unread(obstacle, phrase)));
    }

    private static ConfigReading without(boolean missing, Optional<Unread> fault) {
        Optional<String> none = Optional.empty();
        return new ConfigReading(missing, fault, none, none, false, false, none, none, false);
    }

    public boolean isRead() {
        return !missing && fault.isEmpty();
    }

    @Override
    public String toString() {
        return isRead() ? "ConfigReading[<redacted>]" : "ConfigReading[" + fault + "]";
    }
}
