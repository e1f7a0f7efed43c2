package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline demands of its token. Names and ids are compared ignoring case.
 *
 * @param genuine whether a key must have signed it; the findings about signature and times then fail by names of their own
 * @param knownKind whether it must be of a known kind
 * @param allowFederated whether no stored token will do where the CLI would be given a federated one
 * @param types the kinds that will do; empty for any
 * @param notTypes the kinds that will not
 * @param organization the organization's name or id
 * @param project the project's name or id
 * @param workflow the workflow's name or id
 * @param exactScope whether the token must be for just that, and not for more
 * @param issuer the {@code iss} claim, compared exactly
 * @param audience a member of the {@code aud} claim, compared exactly
 * @param leeway seconds that clocks may differ by
 * @param minRemaining seconds that must be left; a token without {@code exp} always has them
 * @param requireExpiry whether the token must expire at all
 * @param failOn the least severity of a finding that fails; empty when findings fail nothing
 */
public record Expectations(
        boolean genuine,
        boolean knownKind,
        boolean allowFederated,
        Set<Audience> types,
        Set<Audience> notTypes,
        Optional<String> organization,
        Optional<String> project,
        Optional<String> workflow,
        boolean exactScope,
        Optional<String> issuer,
        Optional<String> audience,
        long leeway,
        Optional<Long> minRemaining,
        boolean requireExpiry,
        Optional<Severity> failOn) {}
