package dev.chainloop.token.core;

import java.util.Collection;
import java.util.Optional;

/**
 * The audiences that give a token its kind, in order of priority: when a token has several, the constant declared first
 * decides (Chainloop #2828). The Chainloop CLI itself reads only {@code aud[0]}.
 */
public enum Audience implements Keyword {
    /** An organization's or a project's API token, for pipelines. */
    API_TOKEN("api-token-auth.chainloop", "api-token", "an API token", "AUTH_TYPE_API_TOKEN", "jti"),
    /** A user token, the login that {@code chainloop auth login} stores. */
    USER("user-auth.chainloop", "user", "a user token", "AUTH_TYPE_USER", "user_id"),
    /** The generic audience: a CI provider's OIDC token, used as a federated login. */
    GENERIC("chainloop", "federated", "a federated token", "AUTH_TYPE_FEDERATED", "iss");

    private final String value;
    private final String word;
    private final String one;
    private final String authType;
    private final String identityClaim;

    Audience(String value, String word, String one, String authType, String identityClaim) {
        this.value = value;
        this.word = word;
        this.one = one;
        this.authType = authType;
        this.identityClaim = identityClaim;
    }

    /** The known audience of the highest priority among the audiences of a token, in any order. */
    static Optional<Audience> preferredOf(Collection<String> members) {
        for (Audience audience : values()) {
            if (members.contains(audience.value)) {
                return Optional.of(audience);
            }
        }
        return Optional.empty();
    }

    /** The string in the {@code aud} claim (RFC 7519 section 4.1.3); compared case-sensitively. */
    public String value() {
        return value;
    }

    /** This tool's word for the kind of token: {@code api-token}, {@code user} or {@code federated}. */
    @Override
    public String word() {
        return word;
    }

    /** Chainloop's name for the type, as recorded in an attestation's {@code auth} field. */
    public String authType() {
        return authType;
    }

    /** The claim without which a token of this kind has no identity, and so no type. */
    public String identityClaim() {
        return identityClaim;
    }

    /** Whether Chainloop issues and signs such tokens; else CI providers do. */
    public boolean isIssuedByChainloop() {
        return this != GENERIC;
    }

    /** Whether it can say which organization and project it is for. */
    public boolean hasScope() {
        return this == API_TOKEN;
    }

    /** One token of this kind, with its article: {@code a user token}. */
    public String one() {
        return one;
    }

    /** What a sentence calls a token of this kind. */
    public String noun() {
        return one.substring(one.indexOf(' ') + 1);
    }
}
