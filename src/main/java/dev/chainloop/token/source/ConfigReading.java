package dev.chainloop.token.source;

import java.util.Optional;

/** What a reading of the config file gave. */
public sealed interface ConfigReading {
    /** There is no such file, and the CLI cannot make it: it stops before it does anything. */
    Missing UNMAKEABLE = new Missing("no such file, and none can be made");

    /** There is no such file, for which {@code why} is a phrase. */
    record Missing(String why) implements ConfigReading {}

    /** {@code control-plane.api}, {@code control-plane.api-ca} and {@code api-insecure}; empty ones count as none. */
    record ControlPlaneKeys(Optional<String> api, Optional<String> authority, boolean insecure) {}

    /**
     * A file that was read.
     *
     * @param organization the one that the CLI works in
     * @param empty whether nothing at all was in it, as while the CLI writes it
     */
    record Read(Optional<String> token, Optional<String> organization, boolean empty, ControlPlaneKeys controlPlane)
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
