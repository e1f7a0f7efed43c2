package dev.chainloop.token.diagnosis;

import java.util.Collection;
import java.util.Optional;

/** Audiences that Chainloop uses or once used, and that have no type here; each with its history. */
enum OtherAudience {
    ROBOT_ACCOUNT(
            "attestations.chainloop",
            "a robot account's token, which the Chainloop CLI dropped in v0.91.0, though the server still accepts"
                    + " it for attestations; use an API token instead"),
    CLIENT(
            "client.chainloop",
            "a user's token from before v0.55 or an old robot account's; neither is accepted any more"),
    CAS("artifact-cas.chainloop", "a token for the artifact store, valid for 30 seconds, for one transfer"),
    MCP_USER(
            "mcp-user-auth.chainloop",
            "a user's token for the MCP server, which the control plane's API does not accept");

    private final String value;
    private final String story;

    OtherAudience(String value, String story) {
        this.value = value;
        this.story = story;
    }

    /** The first of these among a token's audiences. */
    static Optional<OtherAudience> among(Collection<String> audience) {
        for (OtherAudience other : values()) {
            if (audience.contains(other.value)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /** The string in the {@code aud} claim. */
    String value() {
        return value;
    }

    /** What such a token is and what became of it, to follow "it is". */
    String story() {
        return story;
    }
}
