package dev.chainloop.token.source;

import java.util.Optional;

/** What a reading of the config file gave. */
public sealed interface ConfigReading {
    /**
     * There is no such file.
     *
     * @param why a phrase for a person
     */
    record Missing(String why) implements ConfigReading {}

    /**
     * The keys that say how to reach the control plane; an empty value counts as none.
     *
     * @param api {@code control-plane.api}
     * @param authority {@code control-plane.api-ca}
     * @param insecure {@code api-insecure}
     */
    record ControlPlaneKeys(Optional<String> api, Optional<String> authority, boolean insecure) {}

    /**
     * A file that was read.
     *
     * @param token {@code auth.token}
     * @param organization {@code organization}, the one that the CLI works in
     * @param empty whether nothing at all was in it, as while the CLI writes it
     * @param controlPlane the control plane that it names
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
     * @param why a phrase for a person, without the file's name or content
     * @param obstacle what kind of obstacle that is
     */
    record Unreadable(String why, Look.Obstacle obstacle) implements ConfigReading {}
}
