package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.source.SourceReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that was found, inspected once, whoever asks for it. */
public record Candidate(SourceReading.Found found, Inspection inspection) {
    /** The values that were found, in their order. Where one stands in several places, it is decoded once. */
    static List<Candidate> of(List<? extends SourceReading> readings, Instant at, List<Candidate> before) {
        List<Candidate> candidates = new ArrayList<>(before);
        for (SourceReading reading : readings) {
            if (reading instanceof SourceReading.Found found) {
                candidates.add(new Candidate(found, inspection(found, at, candidates)));
            }
        }
        return candidates;
    }

    private static Inspection inspection(SourceReading.Found found, Instant at, List<Candidate> others) {
        for (Candidate other : others) {
            String value = other.found.secret();
            @Nullable Inspection contained = other.inspection.contained();
            boolean same = value.equals(found.secret()) && other.inspection.malformed() == null;
            boolean within = contained != null
                    && value.contains(found.secret())
                    && Fingerprint.of(found.secret()).equals(contained.fingerprint());
            if (same || within) {
                return (contained == null ? other.inspection : contained).at(found.origin(), null);
            }
        }
        return Inspection.of(found, at);
    }
}
