package dev.chainloop.token.core;

import java.util.Optional;

/**
 * A CI provider's OIDC token with the generic audience.
 *
 * <pre>{@code
 * Optional<String> repository = token instanceof FederatedToken job ? job.repository() : Optional.empty();
 * }</pre>
 *
 * @param id the {@code iss} claim: the CI provider's issuer, a URL
 * @param namespaceId the owner of the repository: GitHub's {@code repository_owner_id}, else GitLab's
 *     {@code namespace_id}, each a string or a number
 * @param repository GitHub's {@code repository}, else GitLab's {@code project_path}
 * @param subject the {@code sub} claim
 */
public record FederatedToken(
        String id, Optional<String> namespaceId, Optional<String> repository, Optional<String> subject)
        implements Token {

    static FederatedToken of(String id, Claims claims) {
        Optional<String> github = claims.textOrNumber("repository_owner_id");
        Optional<String> repository = claims.text("repository");
        return new FederatedToken(
                id,
                github.isPresent() ? github : claims.textOrNumber("namespace_id"),
                repository.isPresent() ? repository : claims.text("project_path"),
                claims.text("sub"));
    }

    @Override
    public Audience audience() {
        return Audience.GENERIC;
    }
}
