package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decodes, types and judges what the sources hold: each value once, whoever asks for it. */
final class Inspector {
    private static final Parser PARSER = new Parser();

    private Inspector() {}

    /** What is in each of some places. Where a value stands in several, or among those before, it is decoded once. */
    static List<Candidate> inspect(List<? extends SourceReading> readings, Instant at, List<Candidate> before) {
        List<Candidate> all = new ArrayList<>(before);
        for (SourceReading reading : readings) {
            all.add(inspect(reading, at, all));
        }
        return all.subList(before.size(), all.size());
    }

    private static Candidate inspect(SourceReading reading, Instant at, List<Candidate> others) {
        if (reading instanceof SourceReading.Unreadable unreadable) {
            Cure cure = Cure.of(unreadable.obstacle());
            Finding trouble = Finding.error(Rule.SOURCE_UNREADABLE, unreadable.phrase(), Optional.of(cure));
            return without(Optional.of(reading), Optional.of(trouble), at);
        }
        if (!(reading instanceof SourceReading.Found found)) {
            return without(Optional.of(reading), Optional.empty(), at);
        }
        for (Candidate other : others) {
            Candidate known = other.contained().orElse(other);
            if (known.jwt().isPresent() && known.secret().equals(Optional.of(found.secret()))) {
                return with(found, known.jwt().get(), Optional.empty(), at);
            }
        }
        return inspect(found, at);
    }

    /** Decodes and types one value, and judges it by itself. */
    private static Candidate inspect(SourceReading.Found found, Instant at) {
        try {
            return with(found, jwt(found.secret(), PARSER.decode(found.secret())), Optional.empty(), at);
        } catch (MalformedTokenException e) {
            List<EmbeddedToken> tokens = EmbeddedToken.in(found.secret());
            Optional<EmbeddedToken> only = Malformed.only(found.secret(), tokens);
            Optional<Candidate> contained = Optional.empty();
            if (only.isPresent()) {
                SourceReading.Found alone =
                        new SourceReading.Found(found.origin(), only.get().text());
                Jwt jwt = jwt(alone.secret(), only.get().decoded());
                contained = Optional.of(with(alone, jwt, Optional.empty(), at));
            }
            return new Candidate(
                    Optional.of(found),
                    Optional.empty(),
                    Optional.of(Malformed.of(found, tokens, e)),
                    contained,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    at);
        }
    }

    private static Jwt jwt(String text, DecodedToken decoded) {
        int signatureLetters = text.length() - text.lastIndexOf('.') - 1;
        return new Jwt(decoded, PARSER.type(decoded.claims()), Fingerprint.of(text), signatureLetters);
    }

    private static Candidate with(SourceReading.Found found, Jwt jwt, Optional<Verification> verification, Instant at) {
        List<Finding> faults = new ArrayList<>();
        Candidate candidate = new Candidate(
                Optional.of(found),
                Optional.of(jwt),
                Optional.empty(),
                Optional.empty(),
                verification,
                Optional.empty(),
                faults,
                at);
        new TokenRules(candidate, faults).apply();
        new SignatureRules(candidate, jwt, faults).apply();
        if (faults.size() > 1) {
            Finding.sort(faults);
        }
        return candidate;
    }

    static Candidate without(Optional<SourceReading> reading, Optional<Finding> trouble, Instant at) {
        return new Candidate(
                reading,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                trouble,
                List.of(),
                at);
    }

    /** The same token with what a key says of its signature. */
    static Candidate verified(Candidate token, Verification judgment) {
        SourceReading.Found found = (SourceReading.Found) token.reading().orElseThrow();
        return with(found, token.jwt().orElseThrow(), Optional.of(judgment), token.at());
    }
}
