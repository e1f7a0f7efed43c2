package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
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
    public Diagnosis inspect(Search.Selection request, Instant at) {
        return diagnose(search.run(request), at);
    }

    /** The same for every place where a token can be, and what is known of the config file. */
    public Survey survey(Search.Selection request, Instant at) {
        Optional<Path> file = request.config().or(environment::configFile);
        return Survey.of(
                diagnose(search.survey(request), at),
                new Survey.ConfigFacts(
                        file.isPresent(), file.map(NamedFile::mode).orElse(""), file.flatMap(NamedFile::written)));
    }

    /**
     * Diagnoses what a search saw.
     *
     * @param at the instant at which times are evaluated
     */
    public Diagnosis diagnose(Search.Seen found, Instant at) {
        List<Candidate> candidates = Candidate.of(found.readings(), at, List.of());
        List<Candidate> all =
                found.asked() ? candidates : Candidate.of(Surroundings.strays(environment), at, candidates);
        Inspection inspection = inspect(found, candidates, at);
        @Nullable Origin origin = inspection.origin();
        Surroundings here = Surroundings.of(environment, redacted);
        return Diagnosis.of(new Evidence(
                inspection,
                found,
                here,
                here,
                candidates,
                all.subList(candidates.size(), all.size()),
                !found.asked() && !found.config().isRead() ? environment.otherConfigFiles() : List.of(),
                found.reading(SourceKind.CONFIG).orElse(null) instanceof SourceReading.Found config
                        ? NamedFile.written(Path.of(config.origin().name()))
                        : Optional.empty(),
                origin != null
                        && origin.kind() == SourceKind.CONFIG
                        && NamedFile.isOpenToOthers(Path.of(origin.name()))));
    }

    /** Diagnoses what the CLI sent after it had ignored a source. */
    public static Diagnosis without(Diagnosis diagnosis, SourceKind ignored) {
        Evidence evidence = diagnosis.evidence();
        Search.Seen seen = evidence.search();
        List<SourceReading> readings = seen.readings().stream()
                .filter(reading -> reading.origin().kind() != ignored)
                .toList();
        Search.Seen rest = new Search.Seen(readings, seen.config(), seen.host(), seen.asked());
        Instant at = diagnosis.inspection().at();
        return Diagnosis.of(evidence.with(rest, inspect(rest, evidence.candidates(), at)));
    }

    /**
     * Verifies a token's signature and diagnoses the token again; changes nothing if there is no token.
     *
     * @throws KeyException when there is no usable key
     */
    public static Diagnosis verify(Diagnosis diagnosis, Verifier verifier) throws KeyException {
        Evidence evidence = diagnosis.evidence();
        @Nullable DecodedToken decoded = evidence.inspection().decoded();
        Optional<SourceReading.Found> found = evidence.search().found();
        if (decoded == null || found.isEmpty()) {
            return diagnosis;
        }
        try {
            Verification verification = verifier.verify(found.get().secret());
            Inspection inspection = evidence.inspection();
            return Diagnosis.of(evidence.with(evidence.search(), inspection.at(inspection.origin(), verification)));
        } catch (MalformedTokenException e) {
            throw new IllegalStateException("it was decoded before");
        }
    }

    private static Inspection inspect(Search.Seen search, List<Candidate> candidates, Instant at) {
        @Nullable SourceReading reading = search.deciding().orElse(null);
        for (Candidate one : candidates) {
            if (one.found() == reading) {
                return one.inspection();
            }
        }
        if (reading instanceof SourceReading.Unreadable unreadable) {
            Fault fault = new Fault("source-unreadable", unreadable.why(), "", Cure.of(unreadable.obstacle()));
            return Inspection.without(Status.ERROR, unreadable.origin(), at, fault);
        }
        return Inspection.without(Status.NONE, null, at, null);
    }
}
