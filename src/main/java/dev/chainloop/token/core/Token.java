package dev.chainloop.token.core;

/**
 * A token of a known kind, with its identity; each kind has its record.
 *
 * <pre>{@code
 * boolean mayAttestOnly = token instanceof FederatedToken;
 * String recorded = token.audience().authType() + " " + token.id();
 * }</pre>
 */
public sealed interface Token permits ApiToken, UserToken, FederatedToken {
    /** The audience that decided the kind. */
    Audience audience();

    /** The value of the kind's {@linkplain Audience#identityClaim() identity claim}, as the server compares it. */
    String id();
}
