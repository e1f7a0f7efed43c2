package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline demands of its token. Names and ids are compared ignoring case.
 *
 * @param types the kinds that will do; empty for any
 * @param notTypes the kinds that will not
 * @param organization the organization's name or id
 * @param project the project's name or id
 * @param workflow the workflow's name or id
 * @param exactScope whether the token must be for just that, and not for more
 * @param issuer the {@code iss} claim, compared exactly
 * @param minRemaining seconds that must be left; a token without {@code exp} always has them
 * @param requireExpiry whether the token must expire at all
 * @param failOn the least severity of a finding that fails
 */
public record Expectations(
        Set<Audience> types,
        Set<Audience> notTypes,
        Optional<String> organization,
        Optional<String> project,
        Optional<String> workflow,
        boolean exactScope,
        Optional<String> issuer,
        Optional<Long> minRemaining,
        boolean requireExpiry,
        Severity failOn) {}
