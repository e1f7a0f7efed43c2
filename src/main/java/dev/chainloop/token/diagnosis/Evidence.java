package dev.chainloop.token.diagnosis;

import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was seen; findings, checks, explanations and advice depend on nothing else.
 *
 * @param inspection the token and the time
 * @param search what the sources held
 * @param surroundings where this runs
 * @param ofPlan where a plan is carried out: there, or in the place that the user names
 * @param candidates the values that the sources held, in order
 * @param strays tokens in variables that nothing reads
 * @param otherConfigs config files that nothing reads
 * @param configWritten when the config file was written, if it holds a token
 * @param configOpen whether every user of the machine can read the config file that the token is from
 */
public record Evidence(
        Inspection inspection,
        Search.Seen search,
        Surroundings surroundings,
        Surroundings ofPlan,
        List<Candidate> candidates,
        List<Candidate> strays,
        List<Path> otherConfigs,
        Optional<Instant> configWritten,
        boolean configOpen) {
    /** The value that the source of a kind holds, if it has been read. */
    public Optional<Candidate> candidate(SourceKind kind) {
        for (Candidate one : candidates) {
            if (one.found().origin().kind() == kind) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether no token is stored, but the CLI would get a federated one for attestations. */
    public boolean isMinted() {
        return surroundings.canMint()
                && !surroundings.variableSet()
                && !search.asked()
                && inspection.status() == Status.NONE
                && search.deciding().isEmpty();
    }

    /** Whether the login's file was written within the hour after its end: a clock is wrong, or the old one was put back. */
    public boolean expiredBeforeWritten() {
        Optional<Instant> expiry = inspection.time("exp");
        return inspection.isFrom(SourceKind.CONFIG)
                && configWritten.isPresent()
                && expiry.isPresent()
                && !configWritten.get().isBefore(expiry.get())
                && configWritten.get().isBefore(expiry.get().plusSeconds(TokenRules.HOUR));
    }

    /** The same, as if nothing were known of any token. */
    public Evidence withoutTokens() {
        Search.Seen none = new Search.Seen(List.of(), ConfigReading.NONE, search.host(), false);
        Inspection nothing = Inspection.without(Status.NONE, null, inspection.at(), null);
        return new Evidence(
                nothing, none, surroundings, ofPlan, List.of(), List.of(), List.of(), Optional.empty(), false);
    }

    /** The same, as if nobody knew when the config file was written. */
    public Evidence withoutWriting() {
        return new Evidence(
                inspection,
                search,
                surroundings,
                ofPlan,
                candidates,
                strays,
                otherConfigs,
                Optional.empty(),
                configOpen);
    }

    /** The same, where the user named the place that a plan is for. */
    Evidence in(Place place) {
        Surroundings there = place.isLike(surroundings.place())
                ? surroundings
                : Surroundings.elsewhere(place, surroundings.redacted());
        return new Evidence(
                inspection, search, surroundings, there, candidates, strays, otherConfigs, configWritten, configOpen);
    }

    /** The same with the inspection of another search. */
    Evidence with(Search.Seen other, Inspection inspection) {
        return new Evidence(
                inspection, other, surroundings, ofPlan, candidates, strays, otherConfigs, configWritten, configOpen);
    }
}
