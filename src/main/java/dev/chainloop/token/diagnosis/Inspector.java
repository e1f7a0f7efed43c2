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
            return new Candidate(Optional.of(reading), Optional.of(trouble), at);
        }
        if (!(reading instanceof SourceReading.Found found)) {
            return new Candidate(Optional.of(reading), Optional.empty(), at);
        }
        for (Candidate other : others) {
            Candidate known = other.contained().orElse(other);
            if (known.jwt().isPresent() && known.secret().equals(Optional.of(found.secret()))) {
                return judged(found, known.jwt().get(), at);
            }
        }
        return inspect(found, at);
    }

    private static Candidate inspect(SourceReading.Found found, Instant at) {
        try {
            return judged(found, jwt(found.secret(), PARSER.decode(found.secret())), at);
        } catch (MalformedTokenException e) {
            List<EmbeddedToken> tokens = EmbeddedToken.in(found.secret());
            Optional<EmbeddedToken> only = Malformed.only(found.secret(), tokens);
            Optional<Candidate> contained = Optional.empty();
            if (only.isPresent()) {
                String text = only.get().text();
                SourceReading.Found alone = new SourceReading.Found(found.origin(), text);
                contained = Optional.of(judged(alone, jwt(text, only.get().decoded()), at));
            }
            return new Candidate(found, Malformed.of(found, tokens, e), contained, at);
        }
    }

    private static Jwt jwt(String text, DecodedToken decoded) {
        int letters = text.length() - text.lastIndexOf('.') - 1;
        return new Jwt(decoded, PARSER.type(decoded.claims()), Fingerprint.of(text), letters, Optional.empty());
    }

    private static Candidate judged(SourceReading.Found found, Jwt jwt, Instant at) {
        List<Finding> faults = new ArrayList<>();
        Candidate candidate = new Candidate(found, jwt, faults, at);
        new TokenRules(candidate, jwt, faults).apply();
        if (faults.size() > 1) {
            Finding.sort(faults);
        }
        return candidate;
    }

    /** The same token with what a key says of its signature. */
    static Candidate verified(Candidate token, Verification judgment) {
        SourceReading.Found found = (SourceReading.Found) token.reading().orElseThrow();
        Jwt jwt = token.jwt().orElseThrow();
        Optional<Verification> told = Optional.of(judgment);
        return judged(
                found,
                new Jwt(jwt.decoded(), jwt.token(), jwt.fingerprint(), jwt.signatureLetters(), told),
                token.at());
    }
}
