package dev.chainloop.token.check;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.PlanContext;
import dev.chainloop.token.advice.WantedToken;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Durations;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether a token meets expectations about its signature, times and names. Every expectation is checked, so that
 * one run reports all that are not met; a failure that only follows from another one is left out.
 */
public final class Check {
    private static final String GITHUB = "https://token.actions.githubusercontent.com";

    private static final List<Expectation> TIMES = List.of(Expectation.EXP, Expectation.NBF);

    private final Diagnosis diagnosis;
    private final Candidate used;
    private final Expectations expectations;

    /** Whether the federated token that attestations would use here counts as present. */
    private final boolean minted;

    private final List<Failure> failures = new ArrayList<>();
    private final List<Finding> others = new ArrayList<>();

    /** The rules whose findings an expectation reports, so that nothing is reported twice. */
    private final List<Keyword> told = new ArrayList<>();

    private Check(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        this.diagnosis = diagnosis;
        this.used = diagnosis.used();
        this.expectations = expectations;
        this.minted = allowFederated
                && !expectations.genuine()
                && diagnosis.evidence().isMinted();
    }

    public static Result of(Diagnosis diagnosis, Expectations expectations) {
        // Whoever expects only a federated token also means the token that is requested.
        boolean federated = expectations.types().equals(Set.of(Audience.GENERIC));
        return of(diagnosis, expectations, federated || expectations.federated());
    }

    private static Result of(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        Check check = new Check(diagnosis, expectations, allowFederated);
        if (check.hasToken()) {
            if (expectations.genuine()) {
                check.genuine();
            }
            check.readable();
            check.expected();
        }
        check.findings();
        return new Result(check.failures, check.others, check.plan());
    }

    /** One plan for all that is not met, or for the findings that do not fail the check. */
    private Optional<Plan> plan() {
        WantedToken asked = expectations.wanted();
        // Without an expectation about the kind, a token like this one will do.
        boolean anything = expectations.types().isEmpty() && !expectations.isScoped();
        WantedToken like = asked.like(used);
        WantedToken wanted = anything && like.canBeMet() ? like : asked;
        List<Finding> findings = new ArrayList<>(others);
        failures.forEach(failure -> findings.add(failure.finding()));
        return Plan.ofFindings(PlanContext.of(diagnosis, wanted), findings);
    }

    /** Whether there is a token to look at; if not, that is the only failure. */
    private boolean hasToken() {
        Set<Audience> types = expectations.types();
        String any = "a token of a known kind";
        String wanted = types.isEmpty() ? any : Expectations.words(types, Audience::one);
        switch (used.status()) {
            case TYPED -> {}
            case UNRECOGNIZED -> {
                Finding unknown = diagnosis
                        .finding(Rule.UNKNOWN_AUDIENCE)
                        .or(() -> diagnosis.finding(Rule.IDENTITY_MISSING))
                        .orElseThrow();
                // A robot account token works for attestations; nothing else is known of it.
                boolean asked = !types.isEmpty() || expectations.isScoped();
                if (asked || unknown.isError()) {
                    fail(Expectation.TOKEN, any, Optional.of("an unrecognized one"), unknown);
                }
            }
            case MALFORMED -> {
                Finding malformed = diagnosis.finding(Rule.MALFORMED).orElseThrow();
                fail(Expectation.TOKEN, wanted, Optional.of("not a token"), malformed);
            }
            case ERROR -> {
                Optional<Cure> cure = used.trouble().orElseThrow().cure();
                unmet(Expectation.TOKEN, wanted, Optional.empty(), "its source cannot be read", cure);
            }
            case NONE -> {
                if (!minted) {
                    Finding none = diagnosis.finding(Rule.NO_TOKEN).orElseThrow();
                    told.add(Rule.NO_TOKEN);
                    // A job gets no login.
                    boolean login = types.equals(Set.of(Audience.USER));
                    boolean made = making() == Cure.REQUEST_FEDERATED || login;
                    Cure own = made ? making() : none.cure().orElse(making());
                    Cure cure = mayAllowFederated() ? Cure.ALLOW_FEDERATED : own;
                    String[] expected = types.isEmpty() ? new String[0] : new String[] {"Expected " + wanted + "."};
                    Finding unmet = Finding.error(Expectation.TOKEN, none.headline(), Optional.of(cure), expected);
                    failures.add(new Failure(Expectation.TOKEN, wanted, Optional.empty(), unmet));
                }
            }
        }
        return used.jwt().isPresent() || minted;
    }

    /** Whether the federated token that attestations would use here meets all else that is expected. */
    private boolean mayAllowFederated() {
        return diagnosis.evidence().isMinted()
                && !expectations.genuine() // No key can vouch for what is not made yet.
                && of(diagnosis, expectations, true).passed();
    }

    private void genuine() {
        Optional<Finding> signature =
                diagnosis.finding(Rule.SIGNATURE).or(() -> diagnosis.finding(Rule.SIGNATURE_LENGTH));
        if (signature.isPresent()) {
            // A finding that it is unsigned would say the same.
            told.add(Rule.UNSIGNED);
            fail(Expectation.SIGNATURE, "a signature by the given key", Optional.empty(), signature.get());
        }
    }

    /**
     * RFC 7519 demands numbers (section 4.1.4, 4.1.5), without which nobody can say that a genuine token is valid in time. An
     * expectation about the expiry says itself that it cannot be read.
     */
    private void readable() {
        boolean said = expectations.least().isPresent() || expectations.most().isPresent() || expectations.expiry();
        boolean unreadable = used.claims().has("exp")
                && used.time("exp").isEmpty()
                && !used.claims().isFarAhead("exp");
        Optional<Finding> odd = diagnosis.finding(Rule.ODD_CLAIM);
        if (said && unreadable && odd.isPresent() && !odd.get().headline().contains(", ")) {
            told.add(Rule.ODD_CLAIM);
        }
        for (Expectation time : expectations.genuine() ? TIMES : List.<Expectation>of()) {
            String claim = time.word();
            if (used.claims().has(claim) && used.time(claim).isEmpty()) {
                told.addAll(List.of(Rule.ODD_CLAIM, Rule.EXPIRED, Rule.NOT_YET_VALID));
                String found =
                        "it has a validity period that cannot be checked: " + claim + " is not a time in seconds";
                Finding finding = Finding.error(time, found, Optional.of(making()));
                failures.add(new Failure(time, "a time in " + claim, Optional.of("none"), finding));
            }
        }
    }

    /** A name that was asked for; in public, no ID. */
    private String named(String name) {
        return Form.isId(name) ? Redaction.of(Phrases.quoted(name), "with that ID") : Phrases.quoted(name);
    }

    /** What gets a token that meets all expectations. */
    private Cure making() {
        List<Audience> kinds = expectations.kinds();
        return Cure.renewal(
                used.kind().filter(kinds::contains).or(() -> kinds.stream().findFirst()));
    }

    /** The kind of the token that is or would be used. */
    private Optional<Audience> kind() {
        return minted ? Optional.of(Audience.GENERIC) : used.kind();
    }

    private void findings() {
        for (Finding finding : diagnosis.findings()) {
            boolean said = told.contains(finding.id());
            boolean timed = expectations.genuine() && finding.isError();
            if (!said && expectations.genuine() && finding.id() == Rule.EXPIRED) {
                fail(Expectation.EXP, "a token that has not expired", Optional.of("expired"), finding);
            } else if (!said && timed && finding.id() == Rule.NOT_YET_VALID) {
                fail(Expectation.NBF, "a token that is already valid", Optional.of("not yet"), finding);
            } else if (!said && finding.severity().compareTo(expectations.failOn()) <= 0) {
                String wanted =
                        "no finding of severity " + expectations.failOn().word();
                Optional<String> id = Optional.of(finding.id().word());
                failures.add(new Failure(Expectation.FINDINGS, wanted, id, finding.as(finding.id())));
            } else if (!said) {
                others.add(finding);
            }
        }
    }

    // ---------- the expectations, in the order in which help lists them

    private void expected() {
        Set<Audience> types = expectations.types();
        Optional<Audience> kind = kind();
        // If the token has no kind, another failure says so already.
        if (!types.isEmpty() && kind.isPresent() && !types.contains(kind.get())) {
            String found = found(kind.get());
            // GitLab's own token comes only after the variable.
            boolean unset = used.isFrom(SourceKind.GITLAB);
            String why = unset ? ", because $CHAINLOOP_TOKEN has no value" : "";
            Optional<Cure> cure = Optional.of(unset ? Cure.HAND_IN : making());
            String wanted = Expectations.words(types, Audience::one);
            unmet(Expectation.TYPE, wanted, kind.map(Audience::word), found + why, cure);
        }
        expectations.organization().ifPresent(this::organization);
        expectations.project().ifPresent(this::project);
        expectations.issuer().ifPresent(this::issuer);
        expectations.least().ifPresent(this::minRemaining);
        expectations.most().ifPresent(this::maxRemaining);
        if (expectations.expiry()) {
            requireExp(Expectation.REQUIRE_EXP, "a token that expires");
        }
    }

    private void organization(String name) {
        String wanted = "organization " + named(name);
        if (!(used.token().orElse(null) instanceof ApiToken api)) {
            unscoped(Expectation.ORG, wanted);
        } else if (!api.organization().isMeantBy(name)) {
            Optional<String> own = nameOf(api.organization());
            String found = "it is for " + called("organization", api.organization());
            unmet(Expectation.ORG, wanted, own, own.isPresent() ? found : "it has no organization");
        }
    }

    private void project(String name) {
        String wanted = "project " + named(name);
        if (!(used.token().orElse(null) instanceof ApiToken api)) {
            unscoped(Expectation.PROJECT, wanted);
            return;
        }
        Optional<String> actual = used.shown(api.scope());
        Optional<String> obscure = used.obscureScope();
        String found;
        if (obscure.isPresent()) {
            found = obscure.get();
        } else if (api.isOfInstance()) {
            found = "it is for the whole instance";
        } else if (api.isOfProduct()) {
            found = "it is for a product, whose projects only the server knows";
        } else if (api.isOfProject() && !api.project().isMeantBy(name)) {
            found = "it is for " + called("project", api.project());
            actual = nameOf(api.project());
        } else if (!api.isOfProject() && api.workflow().isPresent()) {
            found = "it is for a workflow of a project that it does not name";
        } else if (!api.isOfProject() && !api.organization().isPresent()) {
            found = "it has no organization that the project could be part of";
        } else {
            return;
        }
        unmet(Expectation.PROJECT, wanted, actual, found);
    }

    private void issuer(String wanted) {
        Optional<String> issuer = minted ? Optional.of(GITHUB) : used.issuer();
        if (!issuer.equals(Optional.of(wanted))) {
            Optional<String> shown = used.shown(issuer);
            String found = shown.map(one -> "it comes from issuer " + one).orElse("it has no issuer");
            String expected = "issuer " + used.shown(Optional.of(wanted)).orElseThrow();
            unmet(Expectation.ISSUER, expected, shown, found, Optional.of(Cure.CHECK_CONTROL_PLANE));
        }
    }

    private void minRemaining(long least) {
        Optional<Long> left = left();
        if (left.isPresent() && left.get() < least) {
            told.add(Rule.EXPIRES_SOON);
        }
        // A token that is requested for each command has no exp, either, because it is as good as new.
        boolean endless = !used.claims().has("exp");
        boolean expired = diagnosis.expired().isPresent(); // Another failure says so anyway.
        if (endless || expired || (left.isPresent() && left.get() >= least)) {
            return;
        }
        String wanted = "at least " + Durations.length(least);
        Optional<String> span = left.map(Durations::length);
        String found = span.map(one -> "it expires in " + one).orElse("it has an expiry that cannot be read");
        // A CI provider's token expires after minutes, however often it is requested.
        Cure cure = used.isKind(Audience.GENERIC) ? Cure.CREATE_API_TOKEN : making();
        unmet(Expectation.MIN_REMAINING, wanted, span, found, Optional.of(cure));
    }

    /** A token that is requested for the job expires after minutes. */
    private void maxRemaining(long most) {
        Optional<Long> left = left();
        String wanted = "at most " + Durations.length(most);
        if (left.isPresent() && left.get() > most) {
            String span = Durations.length(left.get());
            boolean alike = span.equals(Durations.length(most));
            String found = "it expires in " + (alike ? "more than " : "") + span;
            unmet(Expectation.MAX_REMAINING, wanted, Optional.of(span), found);
        } else if (!minted && !expectations.expiry()) {
            requireExp(Expectation.MAX_REMAINING, wanted);
        }
    }

    private void requireExp(Expectation expectation, String wanted) {
        boolean unreadable = used.claims().has("exp");
        if (left().isEmpty() && !minted) {
            Optional<String> own = unreadable ? Optional.of("an expiry that cannot be read") : Optional.empty();
            unmet(expectation, wanted, own, unreadable ? "it has an expiry that cannot be read" : "it never expires");
        }
    }

    /** Seconds to its expiry; empty if none can be read, or if it is 0, which some calls treat as expired and some as no expiry. */
    private Optional<Long> left() {
        return used.isExpiryZero() ? Optional.empty() : used.secondsToExpiry();
    }

    /** Its name; IDs are private. */
    private static Optional<String> nameOf(Token.Named named) {
        return named.name().or(() -> named.id().map(id -> "one without a name"));
    }

    private static String called(String what, Token.Named named) {
        Optional<String> name = named.name();
        return name.isPresent() ? what + " " + Phrases.quoted(name.get()) : "an unnamed " + what;
    }

    /** For a token of a kind that does not say what it is for; what failed before is enough. */
    private void unscoped(Expectation expectation, String expected) {
        if (failures.isEmpty()) {
            String found = found(kind().orElseThrow()) + ", which does not say what it is for";
            unmet(expectation, expected, Optional.empty(), found);
        }
    }

    private String found(Audience kind) {
        return (minted ? "attestation commands would request " : "it is ") + kind.one();
    }

    private void unmet(Expectation expectation, String expected, Optional<String> actual, String found) {
        unmet(expectation, expected, actual, found, Optional.of(making()));
    }

    private void unmet(
            Expectation expectation, String expected, Optional<String> actual, String found, Optional<Cure> cure) {
        Finding finding = Finding.error(expectation, found + ", but " + expected + " was expected", cure);
        failures.add(new Failure(expectation, expected, actual, finding));
    }

    /** A finding as an expectation that is not met. */
    private void fail(Expectation unmet, String expected, Optional<String> actual, Finding finding) {
        told.add(finding.id());
        failures.add(new Failure(unmet, expected, actual, finding.as(unmet)));
    }

    /** What can be expected; scripts may rely on the words. */
    public enum Expectation implements Keyword {
        TOKEN,
        SIGNATURE,
        EXP,
        NBF,
        TYPE,
        ORG,
        PROJECT,
        ISSUER,
        MIN_REMAINING,
        MAX_REMAINING,
        REQUIRE_EXP,
        /** That no finding is so severe. */
        FINDINGS
    }

    /**
     * An expectation that a token does not meet.
     *
     * @param actual what was found; empty when there was nothing to compare
     * @param finding both, and what would make it right
     */
    public record Failure(Expectation expectation, String expected, Optional<String> actual, Finding finding) {}

    /** Every expectation that is not met, the findings that do not fail the check, and what to do. */
    public record Result(List<Failure> failures, List<Finding> others, Optional<Plan> plan) {
        public boolean passed() {
            return failures.isEmpty();
        }
    }
}
