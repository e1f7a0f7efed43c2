package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import java.util.Optional;

/** How a user comes by a token that works, by kind: the cure for a person is useless for a pipeline. */
final class Remedies {
    static final String LOGIN = "Run `chainloop auth login`.";
    static final String NEW_API_TOKEN =
            "Run `chainloop organization api-token create --name NAME`, and revoke this one with"
                    + " `chainloop organization api-token revoke --id ID`.";
    static final String FIRST_API_TOKEN =
            "Run `chainloop organization api-token create --name NAME`, and store the token as the secret"
                    + " CHAINLOOP_TOKEN.";
    static final String NEW_FEDERATED =
            "Mint a new one just before use (on GitHub the job needs `permissions: id-token: write`).";
    static final String FIND_OTHER = "Run `chainloop-token sources` in the very place where the command failed.";
    static final String UNKNOWN = "Run `chainloop auth login`, or in CI use an API token.";

    private Remedies() {}

    static String renewal(Optional<Audience> kind) {
        if (kind.isEmpty()) {
            return UNKNOWN;
        }
        return switch (kind.get()) {
            case API_TOKEN -> NEW_API_TOKEN;
            case USER -> LOGIN;
            case GENERIC -> NEW_FEDERATED;
        };
    }
}
