package dev.chainloop.token.source;

import java.util.Optional;

/** What a reading of the config file gave. */
public sealed interface ConfigReading {
    /** The organization that the CLI works in. This, like all below, is of a file that was read; of any other it is empty. */
    default Optional<String> organization() {
        return Optional.empty();
    }

    /** Whether nothing at all was in it, as while the CLI writes it. */
    default boolean empty() {
        return false;
    }

    /** Whether it is empty and so fresh that the CLI may be writing it. */
    default boolean midWrite() {
        return false;
    }

    default ControlPlaneKeys controlPlane() {
        return ControlPlaneKeys.NONE;
    }

    /** There is no such file, for which {@code why} is a phrase. */
    record Missing(String why) implements ConfigReading {}

    /** {@code control-plane.api}, {@code control-plane.api-ca} and {@code api-insecure}; empty ones count as none. */
    record ControlPlaneKeys(Optional<String> api, Optional<String> authority, boolean insecure) {
        static final ControlPlaneKeys NONE = new ControlPlaneKeys(Optional.empty(), Optional.empty(), false);
    }

    /** A file that was read. */
    record Read(
            Optional<String> token,
            Optional<String> organization,
            boolean empty,
            boolean midWrite,
            ControlPlaneKeys controlPlane)
            implements ConfigReading {
        @Override
        public String toString() {
            return "Read[<redacted>]";
        }
    }

    /**
     * A file that cannot be read or parsed.
     *
     * @param why a phrase without the file's name or content
     */
    record Unreadable(String why, Look.Obstacle obstacle) implements ConfigReading {}
}
