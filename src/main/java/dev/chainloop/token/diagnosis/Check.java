package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a token meets expectations: its signature, times and names. Every expectation is checked, so that one
 * run reports all that are not met.
 */
public final class Check {
    private final Diagnosis diagnosis;
    private final Inspection inspection;
    private final Advice advice;

    /** Whether the federated token that attestations would use here counts as present. */
    private final boolean minted;

    private final Expectations expectations;
    private final List<Failure> failures = new ArrayList<>();
    private final List<Finding> others = new ArrayList<>();

    /** The rules whose findings a failure reports already. */
    private final List<Rule> told = new ArrayList<>();

    private Check(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.advice = new Advice(diagnosis.evidence());
        this.minted = allowFederated
                && !expectations.genuine()
                && diagnosis.evidence().isMinted();
        this.expectations = expectations;
    }

    /** Checks a token, or the lack of one. */
    public static Result of(Diagnosis diagnosis, Expectations expectations) {
        return of(diagnosis, expectations, expectations.allowFederated());
    }

    private static Result of(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        Check check = new Check(diagnosis, expectations, allowFederated);
        check.token();
        check.genuine();
        check.inTime();
        check.types();
        check.scope();
        check.issuer();
        check.remaining();
        check.expiry();
        check.findings();
        return new Result(check.failures, check.others);
    }

    private void token() {
        String wanted = expectations.knownKind() ? "a token of a known kind" : "a token";
        switch (inspection.status()) {
            case TYPED -> {}
            case UNRECOGNIZED -> {
                if (expectations.knownKind()) {
                    unmet(
                            "token",
                            wanted,
                            Optional.of("an unrecognized one"),
                            "this one is of an unknown kind",
                            seeFindings());
                }
            }
            case MALFORMED ->
                unmet(
                        "token",
                        wanted,
                        Optional.of("not a JWT"),
                        "this is not a JWT",
                        Objects.requireNonNull(inspection.fault()).remedy());
            case NONE -> {
                if (minted) {
                    return;
                }
                Finding finding = finding(Rule.NO_TOKEN);
                told.add(Rule.NO_TOKEN);
                failures.add(new Failure(
                        "token",
                        wanted,
                        Optional.empty(),
                        "Expected " + wanted + ". " + finding.message(),
                        mayAllowFederated()
                                ? "Add `--allow-federated` where the job only makes attestations. " + finding.remedy()
                                : advice.first(expectations)));
            }
            case ERROR ->
                unmet(
                        "token",
                        wanted,
                        Optional.empty(),
                        "its source cannot be read",
                        Objects.requireNonNull(inspection.fault()).remedy());
        }
    }

    /** Whether the federated token that attestations would use here meets all else that is expected. */
    private boolean mayAllowFederated() {
        return diagnosis.evidence().isMinted()
                && !expectations.allowFederated()
                && of(diagnosis, expectations, true).passed();
    }

    /** The remedy of the finding that says why the token is of no known kind. */
    private String seeFindings() {
        @Nullable Finding unknown = findingOrNull(Rule.UNKNOWN_AUDIENCE);
        return (unknown != null ? unknown : finding(Rule.IDENTITY_MISSING)).remedy();
    }

    private Finding finding(Rule rule) {
        @Nullable Finding finding = findingOrNull(rule);
        if (finding == null) {
            throw new IllegalStateException("no finding of " + rule.id());
        }
        return finding;
    }

    private @Nullable Finding findingOrNull(Rule rule) {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == rule) {
                return finding;
            }
        }
        return null;
    }

    /** The given key signed it. */
    private void genuine() {
        if (!expectations.genuine() || inspection.decoded() == null) {
            return;
        }
        @Nullable Finding signature = findingOrNull(Rule.SIGNATURE);
        if (signature != null) {
            told.add(Rule.SIGNATURE);
            // It would say the same.
            told.add(Rule.UNSIGNED);
            failures.add(new Failure(
                    "signature",
                    "a signature by the given key",
                    Optional.empty(),
                    signature.message(),
                    signature.remedy()));
        }
    }

    /** It is within its validity period. */
    private void inTime() {
        if (!expectations.genuine() || inspection.decoded() == null) {
            return;
        }
        Optional<Instant> expiry = time("exp");
        if (expiry.isPresent() && !inspection.at().isBefore(expiry.get())) {
            told.add(Rule.EXPIRED);
            failures.add(new Failure(
                    "exp",
                    "a token that has not expired",
                    Optional.of("expired"),
                    "It expired " + Spans.distance(inspection.at(), expiry.get()) + ".",
                    advice.renewal()));
        }
        Optional<Instant> start = time("nbf");
        if (start.isPresent() && inspection.at().isBefore(start.get())) {
            told.add(Rule.NOT_YET_VALID);
            failures.add(new Failure(
                    "nbf",
                    "a token that is already valid",
                    Optional.of("not yet"),
                    "It becomes valid only " + Spans.distance(inspection.at(), start.get()) + ".",
                    "Check this machine's clock, or wait."));
        }
    }

    /** The instant of a time claim; one that cannot be read is a failure. */
    private Optional<Instant> time(String claim) {
        Optional<Instant> time = inspection.time(claim);
        if (time.isEmpty()
                && Objects.requireNonNull(inspection.decoded()).claims().has(claim)) {
            failures.add(new Failure(
                    claim,
                    "a time in " + claim,
                    Optional.of("none"),
                    "Its validity period cannot be checked: " + claim + " is not a time in seconds.",
                    "Find out who issued it."));
        }
        return time;
    }

    /** It is for the expected organization and project. */
    private void scope() {
        List<Failure> unmet = ScopeExpectations.unmet(inspection, expectations);
        String remedy = unmet.isEmpty() ? "" : " " + advice.scoped(expectations);
        for (Failure failure : unmet) {
            failures.add(new Failure(
                    failure.expectation(),
                    failure.expected(),
                    failure.actual(),
                    failure.message(),
                    failure.remedy() + remedy));
        }
    }

    private void types() {
        @Nullable
        Audience audience =
                inspection.token() != null ? inspection.token().audience() : minted ? Audience.GENERIC : null;
        Optional<String> kind = audience == null ? Optional.empty() : Optional.of(audience.word());
        if (!expectations.types().isEmpty()
                && (audience == null || !expectations.types().contains(audience))) {
            unmet(
                    "type",
                    "a token of type " + words(expectations.types()),
                    kind,
                    audience == null ? "there is no typed token" : "this is " + audience.one(),
                    advice.ofKind(expectations));
        }
    }

    private void issuer() {
        if (expectations.issuer().isEmpty()) {
            return;
        }
        String wanted = expectations.issuer().get();
        Optional<String> issuer =
                inspection.decoded() != null ? inspection.decoded().claims().text("iss") : Optional.empty();
        if (!issuer.equals(Optional.of(wanted))) {
            unmet(
                    "issuer",
                    "issuer " + wanted,
                    issuer,
                    issuer.map(one -> "the issuer is " + one).orElse("it names no issuer"),
                    "Check which CI system or control plane issued the token.");
        }
    }

    private void remaining() {
        if (expectations.minRemaining().isEmpty()) {
            return;
        }
        long wanted = expectations.minRemaining().get();
        Optional<Long> left = inspection.secondsToExpiry();
        boolean endless = inspection.decoded() != null && !hasExpiry();
        if (endless || (left.isPresent() && left.get() >= wanted)) {
            return;
        }
        told.add(Rule.EXPIRES_SOON);
        boolean expired = inspection.expired().orElse(false);
        Optional<String> actual = left.map(one -> expired ? "expired" : Spans.length(one) + " left");
        unmet(
                "min-remaining",
                "at least " + Spans.length(wanted) + " left",
                actual,
                left.isEmpty()
                        ? "its expiry is not known"
                        : expired ? "it has expired" : "it expires in " + Spans.length(left.get()),
                advice.renewal());
    }

    private void expiry() {
        if (expectations.requireExpiry() && inspection.time("exp").isEmpty()) {
            unmet(
                    "require-exp",
                    "a token that expires",
                    hasExpiry() ? Optional.of("an expiry that cannot be read") : Optional.empty(),
                    hasExpiry()
                            ? "its expiry cannot be read"
                            : inspection.decoded() != null ? "it never expires" : "there is no token",
                    advice.expiring());
        }
    }

    private boolean hasExpiry() {
        return inspection.decoded() != null && inspection.decoded().claims().has("exp");
    }

    private void findings() {
        for (Finding finding : diagnosis.findings()) {
            if (told.contains(finding.rule())) {
                continue;
            }
            Optional<Severity> failOn = expectations.failOn();
            if (failOn.isPresent() && finding.severity().compareTo(failOn.get()) <= 0) {
                failures.add(new Failure(
                        "findings",
                        "no finding of severity " + failOn.get().word(),
                        Optional.of(finding.rule().id()),
                        finding.message(),
                        finding.remedy()));
            } else {
                others.add(finding);
            }
        }
    }

    private void unmet(String expectation, String expected, Optional<String> actual, String found, String remedy) {
        failures.add(Failure.unmet(expectation, expected, actual, found, remedy));
    }

    private static String words(Set<Audience> kinds) {
        List<String> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            if (kinds.contains(audience)) {
                words.add(audience.word());
            }
        }
        return String.join(" or ", words);
    }

    /**
     * An expectation that a token does not meet.
     *
     * @param expectation a stable word: the option's name, {@code token}, or {@code findings}
     * @param expected what was expected
     * @param actual what was found; empty when there was nothing to compare
     * @param message both, a sentence
     * @param remedy what to do
     */
    public record Failure(String expectation, String expected, Optional<String> actual, String message, String remedy) {
        /** A failure whose message says what was expected and what was found, both phrases. */
        static Failure unmet(
                String expectation, String expected, Optional<String> actual, String found, String remedy) {
            return new Failure(expectation, expected, actual, "Expected " + expected + ", but " + found + ".", remedy);
        }
    }

    /**
     * The outcome of a check.
     *
     * @param failures every expectation that is not met
     * @param others the findings that do not fail it
     */
    public record Result(List<Failure> failures, List<Finding> others) {
        /** Whether every expectation is met. */
        public boolean passed() {
            return failures.isEmpty();
        }
    }
}
