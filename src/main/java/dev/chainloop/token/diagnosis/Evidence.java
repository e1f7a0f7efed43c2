package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Seen;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.verification.KeyException;
import dev.chainloop.token.verification.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was seen, each value inspected; findings, checks, explanations and advice depend on nothing else.
 *
 * @param used the token that is used, or what is in its place
 * @param candidates what the sources held, in their order
 * @param strays tokens in variables that nothing reads
 * @param there where a plan is carried out: where this runs, or in the place that the user names
 */
public record Evidence(
        Seen seen, Candidate used, List<Candidate> candidates, List<Candidate> strays, Surroundings there) {
    /** Why a token is not used, unless it is said what wins. */
    public static final String BEHIND = "the search ends with an earlier source";

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
     * Inspects what was read.
     *
     * @param named the place that the user names for a plan
     * @param at the instant at which times are evaluated
     */
    public static Evidence of(Seen seen, Optional<Place> named, Instant at) {
        List<Candidate> candidates = Inspector.inspect(seen.readings(), at, List.of());
        List<Candidate> strays = Inspector.inspect(seen.strays(), at, candidates);
        Surroundings there = named.isPresent() ? seen.here().in(named.get()) : seen.here();
        return new Evidence(seen, used(seen, candidates, at), candidates, strays, there);
    }

    private static Candidate used(Seen seen, List<Candidate> candidates, Instant at) {
        Optional<SourceReading> deciding = seen.deciding();
        for (Candidate one : candidates) {
            if (deciding.isPresent() && one.isFrom(deciding.get().origin().kind())) {
                return one;
            }
        }
        return new Candidate(Optional.empty(), Optional.empty(), at);
    }

    /** The value that the source of a kind holds, if it has been read. */
    public Optional<Candidate> candidate(SourceKind kind) {
        for (Candidate one : candidates) {
            if (one.isFrom(kind) && one.trouble().isEmpty()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    public State state(Candidate one) {
        SourceReading reading = one.reading().orElseThrow();
        if (reading instanceof SourceReading.Found) {
            return one.equals(used) ? State.USED : State.IGNORED;
        }
        return reading instanceof SourceReading.Blank
                ? State.BLANK
                : reading instanceof SourceReading.Unreadable ? State.UNREADABLE : State.ABSENT;
    }

    public Surroundings here() {
        return seen.here();
    }

    /**
     * The organization that an API token is told to work in, where that is not its own.
     *
     * @param unasked who does not count: a login's config file says nothing about this token, nor a repository about a command
     */
    public Optional<Organization> otherOrganization(Organization.From unasked) {
        Optional<String> own = used.organization();
        for (Organization one : used.isGiven() ? List.<Organization>of() : seen.organizations()) {
            // The first that is named decides.
            if (own.isPresent() && one.name().isPresent() && one.from() != unasked) {
                return one.name().equals(own) ? Optional.empty() : Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether no token is stored, but the CLI would get a federated one for attestations. */
    public boolean isMinted() {
        return here().canMint()
                && !here().variableSet()
                && !seen.asked()
                && seen.deciding().isEmpty();
    }

    /** The control plane in the config file, where a token from that file is sent to another one. */
    public Optional<Host> ownHost() {
        Optional<String> stored = seen.config().api();
        Optional<Host> host = seen.host();
        if (!used.isFrom(SourceKind.CONFIG) || stored.isEmpty() || host.isEmpty()) {
            return Optional.empty();
        }
        Host own = new Host(stored.get(), Host.OF_CONFIG);
        // Where either is no address, nothing is known.
        boolean other = own.isAddress()
                && host.get().isAddress()
                && !own.address().equals(host.get().address());
        return other ? Optional.of(own) : Optional.empty();
    }

    /** The same, as if nothing were known of any token, with a plan for a place, whose log may show the variable empty. */
    public Evidence elsewhere(Place place, boolean empty) {
        Candidate nothing = new Candidate(Optional.empty(), Optional.empty(), used.at());
        Seen none = Seen.nothing(false, seen.host(), here());
        return new Evidence(
                none, nothing, List.of(), List.of(), empty ? Surroundings.showingEmpty(place) : here().in(place));
    }

    /** What the CLI sent after it had ignored a source. */
    public Evidence without(SourceKind ignored) {
        Seen rest = seen.without(ignored);
        return new Evidence(rest, used(rest, candidates, used.at()), candidates, strays, there);
    }

    /**
     * The same with the token's signature verified; unchanged if there is no token.
     *
     * @throws KeyException when there is no usable key
     */
    public Evidence verified(Verifier verifier) throws KeyException {
        try {
            if (used.jwt().isEmpty()) {
                return this;
            }
            Candidate verified =
                    Inspector.verified(used, verifier.verify(used.secret().orElseThrow()));
            return new Evidence(seen, verified, candidates, strays, there);
        } catch (MalformedTokenException e) {
            throw new IllegalStateException("it was decoded before");
        }
    }
}
