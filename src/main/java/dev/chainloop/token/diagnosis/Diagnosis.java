package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Inputs;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.source.Surroundings.Variable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A token with what is wrong with it. It never says that a token is valid: signature, revocation and membership cannot
 * be checked offline.
 *
 * @param findings the worst first, of one severity in the order of {@link Rule}; none for a healthy token
 * @param contained the token that stands in a malformed value, letter for letter, with what is wrong with it
 */
public record Diagnosis(Evidence evidence, List<Finding> findings, Optional<Diagnosis> contained) {
    public static Diagnosis of(Evidence evidence) {
        List<Finding> findings = new ArrayList<>(evidence.used().faults());
        new SourceRules(evidence, evidence.used(), evidence.there(), evidence.inputs(), findings).apply();
        if (findings.size() > 1) {
            Finding.sort(findings);
        }
        Optional<Candidate> inner = evidence.used().contained();
        Optional<Host> host = evidence.inputs().host();
        Optional<Diagnosis> contained = inner.isEmpty() ? Optional.empty() : Optional.of(alone(inner.get(), host));
        return new Diagnosis(evidence, findings, contained);
    }

    /** The diagnosis of a value by itself; nobody knows where it would be used. */
    private static Diagnosis alone(Candidate used, Optional<Host> host) {
        Surroundings here = Surroundings.elsewhere(Place.TERMINAL, Variable.UNSEEN);
        Evidence evidence = new Evidence(Inputs.nothing(true, host, here), used, List.of(), List.of(), here, false);
        return new Diagnosis(evidence, used.faults(), Optional.empty());
    }

    /** For a trouble because of which nothing was looked at. */
    public static Diagnosis failed(Finding trouble, Instant at) {
        return alone(new Candidate(Optional.empty(), Optional.of(trouble), at), Optional.empty());
    }

    /** The same, as if nothing were known of any token, with a plan for a place whose log may show the variable. */
    public Diagnosis elsewhere(Place place, Variable shown) {
        Candidate nothing = new Candidate(Optional.empty(), Optional.empty(), used().at());
        Inputs none = Inputs.nothing(false, evidence.inputs().host(), evidence.here());
        Surroundings there =
                shown == Variable.UNSEEN ? evidence.here().in(place) : Surroundings.elsewhere(place, shown);
        Evidence unseen = new Evidence(none, nothing, List.of(), List.of(), there, true);
        return new Diagnosis(unseen, List.of(), Optional.empty());
    }

    /** The same, but a token expires soon with fewer seconds left than this, in place of the usual number for its kind. */
    public Diagnosis warningBelow(long seconds) {
        long left = used().secondsToExpiry().orElse(Long.MAX_VALUE);
        List<Finding> all = new ArrayList<>(findings);
        all.removeIf(one -> one.id() == Rule.EXPIRES_SOON);
        // A CI provider's token is for its job, however long that may take.
        if (left > 0 && left < seconds && !used().isMatched(Audience.GENERIC)) {
            all.add(TokenRules.endsSoon(used(), left));
        }
        Finding.sort(all);
        return new Diagnosis(evidence, all, contained);
    }

    /** Whether no token is stored and nothing is wrong: attestation commands request a federated one of this job's CI provider. */
    public boolean requestsFederated() {
        return evidence.isMinted() && findings.stream().allMatch(one -> one.severity() == Severity.INFO);
    }

    /** What makes the server refuse it. */
    public Optional<Finding> firstError() {
        return Candidate.first(findings);
    }

    public Optional<Finding> finding(Rule rule) {
        for (Finding finding : findings) {
            if (finding.id() == rule) {
                return Optional.of(finding);
            }
        }
        return Optional.empty();
    }

    /** Whether standard input was meant to be the token, but is empty. */
    public boolean isOfEmptyStdin() {
        Optional<Finding> none = finding(Rule.NO_TOKEN);
        return none.isPresent() && none.get().cure().equals(Optional.of(Cure.FILL_STDIN));
    }

    /** The finding that it has expired, if every call refuses it for that. */
    public Optional<Finding> expired() {
        return finding(Rule.EXPIRED).filter(Finding::isError);
    }

    /** The error at the earliest stage, which no call of the server gets past, whoever signed the token. */
    public Optional<Finding> stop() {
        Optional<Finding> first = Optional.empty();
        for (Finding finding : findings) {
            if (finding.isError()
                    && (first.isEmpty() || finding.isBefore(first.get().stage().orElseThrow()))) {
                first = Optional.of(finding);
            }
        }
        return first;
    }

    public Candidate used() {
        return evidence.used();
    }
}
