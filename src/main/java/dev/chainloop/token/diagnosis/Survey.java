package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
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
        for (Look look : evidence.search().looked()) {
            places.add(place(look, decided, evidence));
            decided |= look.decides();
        }
        return new Survey(places, config, diagnosis);
    }

    private static Entry place(Look look, boolean decided, Evidence evidence) {
        if (look instanceof Look.Found) {
            return new Entry(
                    look.origin(),
                    decided ? State.IGNORED : State.USED,
                    decided ? "the search ends with an earlier source" : "",
                    evidence.candidate(look.origin().kind()).map(Candidate::inspection));
        }
        State state = look instanceof Look.Blank
                ? State.BLANK
                : look instanceof Look.Unreadable ? State.UNREADABLE : State.ABSENT;
        return new Entry(look.origin(), state, look.why(), Optional.empty());
    }

    public Origin configFile() {
        return diagnosis
                .evidence()
                .search()
                .looked(SourceKind.CONFIG)
                .orElseThrow()
                .origin();
    }

    public Optional<Entry> used() {
        return places.stream().filter(place -> place.state() == State.USED).findFirst();
    }
}
