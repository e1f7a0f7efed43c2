package dev.chainloop.token.diagnosis;

import java.util.List;

/**
 * The messages about a token that the Chainloop CLI shows, by the parts that stay the same. The first text of each is the
 * one that it goes by.
 */
public enum KnownMessage {
    ISSUER_NOT_FOUND(
            "issuer-not-found",
            "The control plane's own checks all turned the token away, so it was tried as a CI provider's token, and no"
                    + " provider of that name is enrolled. The message names the last stop, not the cause.",
            "issuer not found:",
            "failed to load issuer",
            "no issuers configured"),
    EXPIRED(
            "token-expired",
            "The server found the token's time over, or not yet come; it allows no leeway. Some servers say this of"
                    + " every refused token.",
            "your authentication token has expired",
            "JWT token has expired"),
    INVALID(
            "token-invalid",
            "The server could not make sense of the token, or could not verify it.",
            "your authentication token is invalid",
            "Token is invalid"),
    SIGNATURE(
            "signature-invalid",
            "The token was signed with another secret than the server's: by another installation, or before the secret"
                    + " was changed.",
            "signature is invalid",
            "failed to parse authentication token"),
    MISSING("token-missing", "No token reached the server.", "authentication required", "JWT token is missing"),
    NO_PROVIDER(
            "no-provider",
            "The control plane's own checks all turned the token away, and it takes no tokens of CI providers.",
            "couldn't match JWT provider"),
    FEDERATION_UNREACHABLE(
            "federation-unreachable",
            "The control plane could not reach the service that checks CI providers' tokens.",
            "couldn't authorize using the provided token"),
    AUDIENCE(
            "invalid-audience",
            "The signature is right, but the token was made for another purpose.",
            "invalid audience",
            "missing authentication"),
    REVOKED(
            "api-token-revoked",
            "The API token was revoked or deleted on the server.",
            "API token revoked",
            "API token not found"),
    CLAIMS(
            "claims-missing",
            "The token lacks the claim that says whose it is.",
            "error mapping the API-token claims",
            "error mapping the user claims",
            "user claims"),
    AUTH_TYPE(
            "auth-type-unknown",
            "The CLI itself (v1.12.0 to v1.12.1) found no type for the token.",
            "could not determine auth type from token"),
    SERVER_STATE(
            "account-state",
            "The token is genuine; the account or the organization behind it is gone, suspended or not admitted.",
            "user not found",
            "not in the allowList",
            "organization is suspended"),
    MEMBERSHIP(
            "no-membership",
            "The token is genuine; its user is not in the organization that the CLI works in.",
            "you are not part of any organization",
            "the organization you are trying to access does not exist or you are not part of it"),
    SCOPE(
            "wrong-scope",
            "The token is genuine; it is for another project or workflow than the one at work.",
            "valid only with the project",
            "scoped to a different workflow");

    private final String id;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // It is made by List.of.
    private final List<String> texts;

    KnownMessage(String id, String meaning, String... texts) {
        this.id = id;
        this.meaning = meaning;
        this.texts = List.of(texts);
    }

    /** A stable word for scripts. */
    public String id() {
        return id;
    }

    /** What the server means by it, sentences. */
    public String meaning() {
        return meaning;
    }

    /** The parts of the message that stay the same; any one of them tells it. */
    public List<String> texts() {
        return texts;
    }
}
