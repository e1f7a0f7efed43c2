package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.source.SourceKind;
import java.util.Optional;
import java.util.regex.Pattern;

/** The CI systems whose tokens for jobs Chainloop accepts. Both can be self-hosted, at any address. */
public enum CiProvider {
    GITHUB,
    GITLAB;

    /** A class of its own: most tokens are of no CI provider. */
    private static final class Patterns {
        static final Pattern GITHUBS_ISSUER = Pattern.compile(
                "^https?://(?:token\\.actions\\.(?:githubusercontent|[\\w-]+\\.ghe)\\.com(?:/.*)?|[^/]+/_services/token)$");
    }

    /**
     * Whose token it is: by the issuer, by a claim that only one of them writes, or as a GitLab job has it in {@code
     * $GITLAB_OIDC}, where GitLab puts what the job requests.
     *
     * @return empty for all other tokens
     */
    public static Optional<CiProvider> of(Inspection inspection) {
        DecodedToken decoded = inspection.decoded();
        if (decoded == null) {
            return Optional.empty();
        }
        Claims claims = decoded.claims();
        String issuer = claims.text("iss").orElse("");
        if (!issuer.startsWith("https://") && !issuer.startsWith("http://")) {
            return Optional.empty();
        }
        if (claims.get("repository_owner_id") != null
                || Patterns.GITHUBS_ISSUER.matcher(issuer).matches()) {
            return Optional.of(GITHUB);
        }
        boolean ofGitlab = claims.get("namespace_id") != null
                || claims.get("project_path") != null
                || claims.text("sub").orElse("").startsWith("project_path:")
                || (inspection.isFrom(SourceKind.GITLAB) && Lookalike.of(claims).isEmpty());
        return ofGitlab ? Optional.of(GITLAB) : Optional.empty();
    }
}
