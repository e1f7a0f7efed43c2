package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.FoundToken;
import dev.chainloop.token.source.Looked;
import dev.chainloop.token.source.Lookup;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SearchResult;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.List;
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
 * @param looked the sources that were looked at
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
        List<Looked> looked,
        Optional<Fault> fault,
        Optional<Verification> verification) {

    private static final String WHOLE = "Check that the whole token was given, and nothing else.";

    private static final Parser PARSER = new Parser();

    /**
     * Inspects the token that a search decided on.
     *
     * @param search what the search saw
     * @param at the instant by which times are judged
     */
    public static Inspection of(SearchResult search, Instant at) {
        Optional<Looked> deciding = search.deciding();
        if (deciding.isEmpty()) {
            return none(search, at);
        }
        Origin origin = deciding.get().origin();
        Lookup lookup = deciding.get().lookup();
        if (lookup instanceof Lookup.Found found) {
            return of(found.token(), at, search.looked(), search.asked());
        }
        if (lookup instanceof Lookup.Unreadable unreadable) {
            Fault fault = new Fault("source-unreadable", unreadable.why(), unreadable.next());
            return bare(Status.ERROR, Optional.of(origin), at, search.looked(), Optional.of(fault));
        }
        return none(search, at);
    }

    /** No inspection took place, and why. */
    public static Inspection failed(Fault fault, Instant at) {
        return bare(Status.ERROR, Optional.empty(), at, List.of(), Optional.of(fault));
    }

    /** Inspects one token by itself. */
    static Inspection of(FoundToken found, Instant at) {
        return of(found, at, List.of(), true);
    }

    private static Inspection of(FoundToken found, Instant at, List<Looked> looked, boolean asked) {
        Optional<Origin> origin = Optional.of(found.origin());
        try {
            DecodedToken decoded = PARSER.decode(found.secret());
            Optional<Token> token = PARSER.type(decoded.claims());
            return new Inspection(
                    token.isPresent() ? Status.TYPED : Status.UNRECOGNIZED,
                    origin,
                    Optional.of(decoded),
                    token,
                    Optional.of(Fingerprint.of(found.secret())),
                    at,
                    looked,
                    Optional.empty(),
                    Optional.empty());
        } catch (MalformedTokenException e) {
            Fault fault =
                    new Fault("malformed", "not a JWT: " + e.getMessage(), nextOfMalformed(found.origin(), asked));
            return bare(Status.MALFORMED, origin, at, looked, Optional.of(fault));
        }
    }

    private static Inspection none(SearchResult search, Instant at) {
        return bare(Status.NONE, Optional.empty(), at, search.looked(), Optional.empty());
    }

    private static Inspection bare(
            Status status, Optional<Origin> origin, Instant at, List<Looked> looked, Optional<Fault> fault) {
        return new Inspection(
                status,
                origin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                at,
                looked,
                fault,
                Optional.empty());
    }

    /** The same with a judgement on the signature. */
    public Inspection with(Verification judgement) {
        return new Inspection(status, origin, decoded, token, fingerprint, at, looked, fault, Optional.of(judgement));
    }

    private static String nextOfMalformed(Origin origin, boolean asked) {
        return switch (origin.kind()) {
            case ARGUMENT -> WHOLE;
            case STDIN ->
                asked
                        ? WHOLE
                        : "It came from stdin; to skip stdin, add `</dev/null`, or name a source with `--source`.";
            case ENVIRONMENT, GITLAB -> "Check what sets the variable.";
            case CONFIG -> "Run `chainloop auth login` to have it written anew.";
        };
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
}
