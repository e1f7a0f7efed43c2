package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Inputs;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.Organization.From;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.verification.KeySet;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that was seen, each value inspected; findings, checks, explanations and advice depend on nothing else.
 *
 * @param used the token that is used, or what is in its place
 * @param candidates what the sources held, in their order
 * @param strays tokens in variables that nothing reads
 * @param there where a plan is carried out: where this runs, or in the place that the user names
 * @param named whether the user names it, so that it is where the token is kept
 */
public record Evidence(
        Inputs inputs,
        Candidate used,
        List<Candidate> candidates,
        List<Candidate> strays,
        Surroundings there,
        boolean named) {
    /** Why a token is not used, unless another reason says what takes precedence. */
    public static final String BEHIND = "an earlier source ends the search";

    public enum State implements Keyword {
        USED,
        /** It has a token, but an earlier source takes precedence. */
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
    public static Evidence of(Inputs inputs, Optional<Place> named, Instant at) {
        List<SourceReading> readings = new ArrayList<>(inputs.readings());
        readings.addAll(inputs.strays());
        List<Candidate> all = new ArrayList<>();
        for (SourceReading reading : readings) {
            all.add(inspect(reading, at, all));
        }
        int sources = inputs.readings().size();
        List<Candidate> candidates = all.subList(0, sources);
        List<Candidate> strays = all.subList(sources, all.size());
        Surroundings there = named.isPresent() ? inputs.here().in(named.get()) : inputs.here();
        return new Evidence(inputs, used(inputs, candidates, at), candidates, strays, there, named.isPresent());
    }

    private static Candidate used(Inputs inputs, List<Candidate> candidates, Instant at) {
        Optional<SourceReading> deciding = inputs.deciding();
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
        return inputs.here();
    }

    /** The organization that an API token is told to work in, if that is not its own; the config file does not count. */
    public Optional<Organization> otherOrganization() {
        Optional<String> own = used.organization();
        for (Organization one : used.isGiven() ? List.<Organization>of() : inputs.organizations()) {
            // The first that is named decides.
            if (own.isPresent() && one.name().isPresent() && one.from() != From.CONFIG) {
                return one.name().equals(own) ? Optional.empty() : Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The organization that a command with this token works in; or, if it {@code attests}, an attestation's. */
    public Optional<Organization> organization(boolean attests) {
        return inputs.organization(used.token(), attests);
    }

    /** Whether no token is stored, but the CLI would get a federated one for attestations. */
    public boolean isMinted() {
        return here().canMint()
                && !here().variableSet()
                && !inputs.asked()
                && inputs.deciding().isEmpty();
    }

    /** The config file's control plane, if this token comes from that file but is sent to a different one; else empty. */
    public Optional<Host> bypassedHost() {
        Optional<String> stored = inputs.config().api();
        Optional<Host> host = inputs.host();
        if (!used.isFrom(SourceKind.CONFIG) || stored.isEmpty() || host.isEmpty()) {
            return Optional.empty();
        }
        Host own = new Host(stored.get(), Host.OF_CONFIG);
        // If either is not an address, nothing is known.
        boolean other = own.isAddress()
                && host.get().isAddress()
                && !own.address().equals(host.get().address());
        return other ? Optional.of(own) : Optional.empty();
    }

    /** What the CLI sent after it had ignored a source. */
    public Evidence without(SourceKind ignored) {
        Inputs rest = inputs.without(ignored);
        return new Evidence(rest, used(rest, candidates, used.at()), candidates, strays, there, named);
    }

    /** The same with the token's signature verified; there must be a token. */
    public Evidence verified(KeySet keys) {
        SourceReading.Found found = (SourceReading.Found) used.reading().orElseThrow();
        Jwt jwt = used.jwt().orElseThrow();
        try {
            Optional<Verification> told = Optional.of(keys.judge(found.secret()));
            Jwt judged = new Jwt(jwt.decoded(), jwt.token(), jwt.fingerprint(), jwt.signatureLetters(), told);
            return new Evidence(inputs, judged(found, judged, used.at()), candidates, strays, there, named);
        } catch (MalformedTokenException e) {
            throw new IllegalStateException("it was decoded before");
        }
    }

    // ---------- each value, inspected

    /** The content of a place; a value that is in another, too, is decoded once. */
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
        try {
            return judged(found, Jwt.of(found.secret()), at);
        } catch (MalformedTokenException e) {
            List<Jwt.Embedded> tokens = Jwt.Embedded.in(found.secret());
            Optional<Malformed> malformed = Optional.of(Malformed.of(found, tokens, e));
            Optional<Candidate> contained = malformed
                    .get()
                    .contained(found.secret(), tokens)
                    .map(one -> judged(new SourceReading.Found(found.origin(), one.text()), one.jwt(), at));
            return new Candidate(
                    Optional.of(found), Optional.empty(), malformed, contained, Optional.empty(), List.of(), at);
        }
    }

    private static Candidate judged(SourceReading.Found found, Jwt jwt, Instant at) {
        List<Finding> faults = new ArrayList<>();
        Candidate candidate = new Candidate(
                Optional.of(found), Optional.of(jwt), Optional.empty(), Optional.empty(), Optional.empty(), faults, at);
        Optional<Audience> kind = candidate.matched();
        new TokenRules(candidate, jwt, candidate.claims(), kind, Cure.renewal(kind), faults).apply();
        if (faults.size() > 1) {
            Finding.sort(faults);
        }
        return candidate;
    }
}
