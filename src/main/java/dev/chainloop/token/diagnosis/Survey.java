package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every place where a token can be, with what is there.
 *
 * @param places in the order in which they count
 * @param config what is known about the config file
 * @param diagnosis the token that is used, or why there is none, and what is wrong with it and with the places
 */
public record Survey(List<Entry> places, ConfigFacts config, Diagnosis diagnosis) {
    public enum State implements Keyword {
        USED,
        /** It has a token, and one before it wins. */
        IGNORED,
        ABSENT,
        /** It is set to nothing that could be a token. */
        BLANK,
        UNREADABLE
    }

    /**
     * One place.
     *
     * @param origin the place
     * @param state its state
     * @param reason why, a phrase; may be empty
     * @param inspection the token there
     */
    public record Entry(Origin origin, State state, String reason, Optional<Inspection> inspection) {}

    /**
     * What is known about the config file.
     *
     * @param known whether there is a place for it
     * @param mode its permissions in octal; empty when there is none
     * @param written when it was written last
     */
    public record ConfigFacts(boolean known, String mode, Optional<Instant> written) {}

    public static Survey of(Diagnosis diagnosis, ConfigFacts config) {
        Evidence evidence = diagnosis.evidence();
        List<Entry> places = new ArrayList<>();
        boolean decided = false;
        for (SourceReading reading : evidence.search().readings()) {
            places.add(place(reading, decided, evidence));
            decided |= reading.decides();
        }
        return new Survey(places, config, diagnosis);
    }

    private static Entry place(SourceReading reading, boolean decided, Evidence evidence) {
        if (reading instanceof SourceReading.Found) {
            return new Entry(
                    reading.origin(),
                    decided ? State.IGNORED : State.USED,
                    decided ? "the search ends with an earlier source" : "",
                    evidence.candidate(reading.origin().kind()).map(Candidate::inspection));
        }
        State state = reading instanceof SourceReading.Blank
                ? State.BLANK
                : reading instanceof SourceReading.Unreadable ? State.UNREADABLE : State.ABSENT;
        return new Entry(reading.origin(), state, reading.why(), Optional.empty());
    }

    public Origin configFile() {
        return diagnosis
                .evidence()
                .search()
                .reading(SourceKind.CONFIG)
                .orElseThrow()
                .origin();
    }

    public Optional<Entry> used() {
        return places.stream().filter(place -> place.state() == State.USED).findFirst();
    }
}
