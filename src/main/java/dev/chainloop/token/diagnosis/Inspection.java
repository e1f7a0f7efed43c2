package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.Optional;

/**
 * All that is known about one token; holds neither its text nor its signature.
 *
 * @param status how it went
 * @param origin where the token was; empty when there is none
 * @param decoded header and claims; empty unless the token is a JWT
 * @param token the typed token; empty for nil
 * @param fingerprint a name for the token that may be shown; empty unless it is a JWT
 * @param at the instant by which times are judged
 * @param fault why there is no answer
 * @param verification the judgement on its signature; empty when nobody asked for one
 */
public record Inspection(
        Status status,
        Optional<Origin> origin,
        Optional<DecodedToken> decoded,
        Optional<Token> token,
        Optional<String> fingerprint,
        Instant at,
        Optional<Fault> fault,
        Optional<Verification> verification) {

    /** No token was looked into. */
    static Inspection without(Status status, Optional<Origin> origin, Instant at, Optional<Fault> fault) {
        return new Inspection(
                status, origin, Optional.empty(), Optional.empty(), Optional.empty(), at, fault, Optional.empty());
    }

    /** The same with a judgement on the signature. */
    Inspection with(Verification judgement) {
        return new Inspection(status, origin, decoded, token, fingerprint, at, fault, Optional.of(judgement));
    }

    /** The instant of a time claim, when the token has one that can be read. */
    public Optional<Instant> time(String claim) {
        return decoded.isPresent() ? decoded.get().claims().time(claim) : Optional.empty();
    }

    /** Whether now is at or past {@code exp}; empty when the token has no {@code exp} that can be read. */
    public Optional<Boolean> expired() {
        Optional<Instant> exp = time("exp");
        return exp.isPresent() ? Optional.of(!at.isBefore(exp.get())) : Optional.empty();
    }

    /** Whole seconds until {@code exp}, negative past it; empty when there is none that can be read. */
    public Optional<Long> secondsToExpiry() {
        Optional<Instant> exp = time("exp");
        return exp.isPresent()
                ? Optional.of(Math.floorDiv(exp.get().toEpochMilli() - at.toEpochMilli(), 1000L))
                : Optional.empty();
    }

    /** Whether the token names more than one audience. */
    boolean hasSeveralAudiences() {
        return decoded.isPresent() && decoded.get().claims().audience().size() > 1;
    }
}
