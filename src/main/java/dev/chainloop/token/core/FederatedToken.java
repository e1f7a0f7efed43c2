package dev.chainloop.token.core;

import java.util.Optional;

/**
 * A CI provider's OIDC token with the generic audience.
 *
 * @param id the {@code iss} claim: the CI provider's issuer, a URL
 * @param namespaceId what owns the repository: GitHub's {@code repository_owner_id}, else GitLab's
 *     {@code namespace_id}, each a string or a number
 * @param repository GitHub's {@code repository}, else GitLab's {@code project_path}
 * @param subject the {@code sub} claim
 */
public record FederatedToken(
        String id, Optional<String> namespaceId, Optional<String> repository, Optional<String> subject)
        implements Token {

    static FederatedToken of(String id, Claims claims) {
        return new FederatedToken(
                id,
                claims.textOrNumber("repository_owner_id").or(() -> claims.textOrNumber("namespace_id")),
                claims.text("repository").or(() -> claims.text("project_path")),
                claims.text("sub"));
    }

    @Override
    public Audience audience() {
        return Audience.GENERIC;
    }
}
