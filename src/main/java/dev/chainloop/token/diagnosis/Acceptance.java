package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether to accept a token whose signature has been judged: it is genuine, in time, and what was asked for. */
public final class Acceptance {
    private final Diagnosis diagnosis;
    private final Inspection inspection;
    private final Terms terms;
    private final List<Failure> failures = new ArrayList<>();
    private final Set<Rule> told = EnumSet.noneOf(Rule.class);

    /**
     * What a token must be besides genuine.
     *
     * @param types the kinds that will do; empty for any, also none
     * @param issuer the {@code iss} claim, compared exactly
     * @param audience a member of the {@code aud} claim, compared exactly
     * @param leeway seconds that clocks may differ by
     */
    public record Terms(Set<Audience> types, Optional<String> issuer, Optional<String> audience, long leeway) {}

    private Acceptance(Diagnosis diagnosis, Terms terms) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.terms = terms;
    }

    /** Looks at every condition, so that one run tells all that speaks against a token. */
    public static CheckResult of(Diagnosis diagnosis, Terms terms) {
        Acceptance acceptance = new Acceptance(diagnosis, terms);
        if (diagnosis.inspection().decoded().isPresent()) {
            Claims claims = diagnosis.inspection().decoded().get().claims();
            acceptance.signature();
            acceptance.expiry(claims);
            acceptance.start(claims);
            acceptance.type();
            acceptance.issuer(claims);
            acceptance.audience(claims);
        } else {
            acceptance.token();
        }
        return new CheckResult(acceptance.failures, acceptance.others());
    }

    private void token() {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == Rule.NO_TOKEN) {
                fail(finding, "token", "a token");
                return;
            }
        }
        failures.add(new Failure(
                "token",
                "a token",
                Optional.of(inspection.status().word()),
                "There is no token whose signature could be judged.",
                Remedies.UNKNOWN));
    }

    private void signature() {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == Rule.SIGNATURE) {
                fail(finding, "signature", "a signature of the key given");
                // The same in other words.
                told.add(Rule.UNSIGNED);
            }
        }
    }

    private void expiry(Claims claims) {
        Optional<Instant> expiry = claims.time("exp");
        if (claims.has("exp") && expiry.isEmpty()) {
            unreadable("exp");
        } else if (expiry.isPresent() && !inspection.at().minus(leeway()).isBefore(expiry.get())) {
            told.add(Rule.EXPIRED);
            failures.add(new Failure(
                    "exp",
                    "a token that has not expired",
                    Optional.of("expired"),
                    "It expired " + Spans.distance(inspection.at(), expiry.get()) + ".",
                    Remedies.renewal(claims.matchedAudience())));
        }
    }

    private void start(Claims claims) {
        Optional<Instant> start = claims.time("nbf");
        if (claims.has("nbf") && start.isEmpty()) {
            unreadable("nbf");
        } else if (start.isPresent() && inspection.at().plus(leeway()).isBefore(start.get())) {
            told.add(Rule.NOT_YET_VALID);
            failures.add(new Failure(
                    "nbf",
                    "a token whose time has come",
                    Optional.of("not yet"),
                    "Its time comes only " + Spans.distance(inspection.at(), start.get()) + ".",
                    "Check the clock of this machine, or wait."));
        }
    }

    private Duration leeway() {
        return Duration.ofSeconds(terms.leeway());
    }

    private void unreadable(String claim) {
        failures.add(new Failure(
                claim,
                "a time in " + claim,
                Optional.of("none"),
                "Whether it is in time cannot be told: " + claim + " is no time in seconds.",
                "Find out who made it."));
    }

    private void type() {
        Optional<Audience> kind = inspection.token().map(token -> token.audience());
        if (terms.types().isEmpty() || kind.filter(terms.types()::contains).isPresent()) {
            return;
        }
        List<String> words = new ArrayList<>();
        for (Audience type : terms.types()) {
            words.add(type.kind());
        }
        failures.add(Failure.unmet(
                "type",
                "a token of type " + String.join(" or ", words),
                kind.map(Audience::kind),
                kind.map(one -> "this one is of type " + one.kind()).orElse("this one has no type"),
                "Give a token of that type."));
    }

    private void issuer(Claims claims) {
        Optional<String> issuer = claims.text("iss");
        if (terms.issuer().isPresent() && !issuer.equals(terms.issuer())) {
            failures.add(Failure.unmet(
                    "issuer",
                    "issuer " + terms.issuer().get(),
                    issuer,
                    issuer.map(one -> "the issuer is " + one).orElse("no issuer is named"),
                    "Check which CI system or control plane made the token."));
        }
    }

    private void audience(Claims claims) {
        Optional<String> wanted = terms.audience();
        if (wanted.isPresent() && !claims.audience().contains(wanted.get())) {
            String all = String.join(", ", claims.audience());
            failures.add(Failure.unmet(
                    "audience",
                    "audience " + wanted.get(),
                    all.isEmpty() ? Optional.empty() : Optional.of(all),
                    all.isEmpty() ? "it names none" : "it is for " + all,
                    "Check what the token was made for."));
        }
    }

    private void fail(Finding finding, String expectation, String expected) {
        told.add(finding.rule());
        failures.add(new Failure(expectation, expected, Optional.empty(), finding.message(), finding.remedy()));
    }

    private List<Finding> others() {
        List<Finding> others = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            if (!told.contains(finding.rule())) {
                others.add(finding);
            }
        }
        return others;
    }
}
