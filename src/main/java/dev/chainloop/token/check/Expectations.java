package dev.chainloop.token.check;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Severity;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline requires of its token. A value with the form of a UUID is compared with IDs, any other with names.
 *
 * @param genuine whether a key must have signed it; signature and times are then expectations of their own
 * @param knownKind whether it must be of a known kind
 * @param allowFederated whether a stored token may be missing where the CLI would get a federated one
 * @param types the accepted kinds; empty for any
 * @param organization the organization's name or id
 * @param project the project's name or id
 * @param exactScope whether a wider scope is refused
 * @param issuer the {@code iss} claim, compared exactly
 * @param minRemaining seconds that must be left; a token without {@code exp} always has them
 * @param warnRemaining when fewer seconds than these are left, a warning says so
 * @param requireExpiry whether the token must expire at all
 * @param failOn the lowest severity of a finding that fails the check; empty when no finding does
 */
public record Expectations(
        boolean genuine,
        boolean knownKind,
        boolean allowFederated,
        Set<Audience> types,
        Optional<String> organization,
        Optional<String> project,
        boolean exactScope,
        Optional<String> issuer,
        Optional<Long> minRemaining,
        Optional<Long> warnRemaining,
        boolean requireExpiry,
        Optional<Severity> failOn) {

    /** Whether a kind is accepted, and can meet the other expectations: only an API token says what it is for. */
    boolean accepts(Audience kind) {
        return (types.isEmpty() || types.contains(kind)) && (kind == Audience.API_TOKEN || !haveScope());
    }

    /** Whether only a token that names what it is for can meet them. */
    boolean haveScope() {
        return organization.isPresent() || project.isPresent();
    }

    Demand demand() {
        return new Demand(
                Arrays.stream(Audience.values()).filter(this::accepts).toList(),
                organization,
                project,
                exactScope,
                minRemaining.orElse(0L),
                false);
    }
}
