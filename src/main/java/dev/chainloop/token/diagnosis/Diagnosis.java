package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.Surroundings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token with what is wrong with it. It never says that a token is valid: signature, revocation and membership cannot
 * be checked offline.
 *
 * @param evidence what was seen
 * @param findings the worst first, of one severity in the order of {@link Rule}; none for a healthy token
 * @param contained the token that stands in a malformed value, letter for letter, with what is wrong with it
 */
public record Diagnosis(Evidence evidence, List<Finding> findings, Optional<Diagnosis> contained) {
    /** A token by itself, of which nobody knows where it would be used. */
    public static Diagnosis alone(Inspection inspection, Optional<Host> host, boolean redacted) {
        Search.Seen none = new Search.Seen(List.of(), ConfigReading.NONE, host, true);
        Surroundings here = Surroundings.unknown(redacted);
        return of(new Evidence(inspection, none, here, here, List.of(), List.of(), List.of(), Optional.empty(), false));
    }

    static Diagnosis of(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        new SourceRules(evidence, findings).apply();
        Inspection inspection = evidence.inspection();
        boolean redacted = evidence.surroundings().redacted();
        @Nullable DecodedToken decoded = inspection.decoded();
        if (decoded != null) {
            new TokenRules(inspection, decoded, findings, redacted).apply();
            new SignatureRules(inspection, decoded, findings, redacted).apply();
        }
        sort(findings);
        @Nullable Inspection contained = inspection.contained();
        return new Diagnosis(
                evidence,
                findings,
                contained == null
                        ? Optional.empty()
                        : Optional.of(alone(contained, evidence.search().host(), redacted)));
    }

    private static void sort(List<Finding> findings) {
        if (findings.size() > 1) {
            findings.sort(Comparator.comparing(Finding::severity).thenComparing(Finding::rule));
        }
    }

    /** The same where a token ends soon with fewer seconds left than that, in place of what is usual for its kind. */
    public Diagnosis warningBelow(long seconds) {
        long left = inspection().secondsToExpiry().orElse(Long.MAX_VALUE);
        List<Finding> all = new ArrayList<>(findings);
        all.removeIf(one -> one.rule() == Rule.EXPIRES_SOON);
        if (left > 0 && left < seconds) {
            Cure renewal = Cure.renewal(inspection().kind());
            all.add(new Finding(Rule.EXPIRES_SOON, "It expires in " + Spans.length(left), "", renewal));
        }
        sort(all);
        return new Diagnosis(evidence, all, contained);
    }

    /** The same, with a plan for another place than this, which the user named. */
    public Diagnosis in(Place place) {
        return new Diagnosis(evidence.in(place), findings, contained);
    }

    /** The same, as if nothing were known of any token. */
    public Diagnosis withoutTokens() {
        return new Diagnosis(evidence.withoutTokens(), List.of(), Optional.empty());
    }

    /** For a fault because of which nothing was looked at. */
    public static Diagnosis failed(Fault fault, Instant at) {
        return alone(Inspection.without(Status.ERROR, null, at, fault), Optional.empty(), false);
    }

    /** Whether no token is stored and nothing is wrong: attestation commands request a federated one of this job's CI provider. */
    public boolean requestsFederated() {
        return evidence.isMinted() && findings.stream().allMatch(one -> one.severity() == Severity.INFO);
    }

    /** What makes the server refuse it. */
    public Optional<Finding> firstError() {
        // The worst stands first.
        return findings.isEmpty() || findings.get(0).severity() != Severity.ERROR
                ? Optional.empty()
                : Optional.of(findings.get(0));
    }

    /** The first finding of a rule. */
    public Optional<Finding> finding(Rule rule) {
        for (Finding finding : findings) {
            if (finding.rule() == rule) {
                return Optional.of(finding);
            }
        }
        return Optional.empty();
    }

    /** Whether standard input was to be the token, and has none. */
    public boolean isOfEmptyStdin() {
        Optional<Finding> none = finding(Rule.NO_TOKEN);
        return none.isPresent() && none.get().cure() == Cure.FILL_STDIN;
    }

    /** That it has expired, where every call refuses it for that. */
    public Optional<Finding> expired() {
        return finding(Rule.EXPIRED).filter(one -> one.severity() == Severity.ERROR);
    }

    /** Where every call of the server stops at the latest, whoever signed it; empty where no error is seen. */
    public Optional<Finding> stop() {
        @Nullable Finding first = null;
        for (Finding finding : findings) {
            if (finding.severity() == Severity.ERROR && finding.stage() != null) {
                first = first == null || finding.isBefore(first.stage()) ? finding : first;
            }
        }
        return Optional.ofNullable(first);
    }

    /** What of an issuer or a scope of the token may be shown. */
    public Optional<String> shown(Optional<String> claim) {
        return inspection().shown(claim, evidence.surroundings().redacted());
    }

    public Inspection inspection() {
        return evidence.inspection();
    }
}
