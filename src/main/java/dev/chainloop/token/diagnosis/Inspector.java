package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.verification.KeyException;
import dev.chainloop.token.verification.Verification;
import dev.chainloop.token.verification.Verifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request into a diagnosis, for every command: find, decode, type, diagnose.
 *
 * @param redacted whether the output is for the public, so that its commands have no names and IDs
 */
public record Inspector(Search search, Environment environment, boolean redacted) {
    /**
     * Finds the token that was asked for, and diagnoses it.
     *
     * @param at the instant at which times are evaluated
     */
    public Diagnosis inspect(Search.Request request, Instant at) {
        return diagnose(search.run(request), at);
    }

    /**
     * Diagnoses what a search saw.
     *
     * @param at the instant at which times are evaluated
     */
    public Diagnosis diagnose(Search.Result found, Instant at) {
        Seen seen = new Seen(at);
        Inspection inspection = inspect(found, at, seen);
        @Nullable Origin origin = inspection.origin();
        boolean looksAround = !found.asked();
        Evidence evidence = new Evidence(
                inspection,
                found,
                Surroundings.of(environment, redacted),
                looksAround ? Surroundings.strays(environment, inspection.isDead()) : List.of(),
                looksAround ? search.otherConfigs(found) : List.of(),
                written(found),
                origin != null
                        && origin.kind() == SourceKind.CONFIG
                        && NamedFile.isOpenToOthers(Path.of(origin.name())),
                seen);
        return Diagnosis.of(evidence);
    }

    /**
     * Diagnoses a token by itself, as one of many, whatever its source.
     *
     * @param redacted whether the output is for the public
     */
    public static Diagnosis inspect(Look look, Instant at, boolean redacted) {
        Search.Result found = alone(look);
        Seen seen = new Seen(at);
        return Diagnosis.of(Evidence.of(inspect(found, at, seen), found, redacted, seen));
    }

    /** Diagnoses a token that was seen beside the one in use, by itself. */
    public static Diagnosis alone(Evidence evidence, Look.Found found) {
        Inspection inspection = evidence.seen().inspection(found);
        return Diagnosis.of(Evidence.of(inspection, alone(found), true, evidence.seen()));
    }

    /** A search that looked at nothing else. */
    private static Search.Result alone(Look look) {
        return new Search.Result(List.of(look), new ConfigReading.Missing(""), Optional.empty(), true);
    }

    /** Diagnoses what was seen in sources of one kind, as if there were no others. */
    public static Diagnosis only(Diagnosis diagnosis, SourceKind kind) {
        Evidence evidence = diagnosis.evidence();
        List<Look> looked = evidence.search().looked().stream()
                .filter(look -> look.origin().kind() == kind)
                .toList();
        Search.Result rest = new Search.Result(
                looked,
                evidence.search().config(),
                evidence.search().host(),
                evidence.search().asked());
        Inspection inspection = inspect(rest, diagnosis.inspection().at(), evidence.seen());
        return Diagnosis.of(evidence.with(rest, inspection));
    }

    /**
     * Verifies a token's signature and diagnoses the token again; changes nothing if there is no token.
     *
     * @throws KeyException when there is no usable key
     */
    public static Diagnosis verify(Diagnosis diagnosis, Verifier verifier) throws KeyException {
        Evidence evidence = diagnosis.evidence();
        @Nullable DecodedToken decoded = evidence.inspection().decoded();
        Optional<Look.Found> found = evidence.search().found();
        if (decoded == null || found.isEmpty()) {
            return diagnosis;
        }
        try {
            return Diagnosis.of(
                    evidence.with(judged(evidence.inspection(), found.get().secret(), verifier)));
        } catch (MalformedTokenException e) {
            throw new IllegalStateException("it was decoded before");
        }
    }

    private static Verification judged(Inspection inspection, String secret, Verifier verifier)
            throws KeyException, MalformedTokenException {
        Optional<String> fault = inspection.faultOfSignature();
        if (fault.isEmpty()) {
            return verifier.verify(secret);
        }
        Verification unsigned = verifier.verify(SignaturePart.withoutIt(secret));
        return new Verification(Verification.Outcome.REFUSED, unsigned.key(), unsigned.algorithm(), fault, false);
    }

    private static Inspection inspect(Search.Result search, Instant at, Seen seen) {
        @Nullable Look look = search.deciding().orElse(null);
        if (look instanceof Look.Found found) {
            return seen.inspection(found);
        }
        if (look instanceof Look.Unreadable unreadable) {
            Fault fault = new Fault("source-unreadable", unreadable.why(), Cure.of(unreadable.obstacle()));
            return Inspection.without(Status.ERROR, unreadable.origin(), at, fault);
        }
        return Inspection.without(Status.NONE, null, at, null);
    }

    /** When the config file was written, if it holds a token. */
    private static Optional<Instant> written(Search.Result found) {
        for (Look look : found.looked()) {
            if (look instanceof Look.Found && look.origin().kind() == SourceKind.CONFIG) {
                return NamedFile.written(Path.of(look.origin().name()));
            }
        }
        return Optional.empty();
    }
}
