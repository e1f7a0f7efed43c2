package dev.chainloop.token.check;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a token meets expectations about its signature, times and names. Every expectation is checked, so that
 * one run reports all that are not met; a failure that only follows from another one is left out.
 */
public final class Check {
    final Diagnosis diagnosis;
    final Inspection inspection;
    final Expectations expectations;

    /** Whether the federated token that attestations would use here counts as present. */
    final boolean minted;

    private final List<Failure> failures = new ArrayList<>();
    private final List<Finding> others = new ArrayList<>();

    /** The rules whose findings an expectation reports, so that nothing is reported twice. */
    final List<Rule> told = new ArrayList<>();

    private Check(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.expectations = expectations;
        this.minted = allowFederated
                && !expectations.genuine()
                && diagnosis.evidence().isMinted();
    }

    public static Result of(Diagnosis diagnosis, Expectations expectations) {
        return of(diagnosis, expectations, expectations.has(Expectation.ALLOW_FEDERATED));
    }

    private static Result of(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        Check check = new Check(diagnosis, expectations, allowFederated);
        if (check.hasToken()) {
            if (expectations.genuine()) {
                check.genuine();
                check.inTime();
            } else {
                check.readable();
            }
            for (Map.Entry<Expectation, Object> one : expectations.values().entrySet()) {
                one.getKey().judge(check, one.getValue());
            }
        }
        check.findings();
        return new Result(check.failures, check.others);
    }

    /** One plan for all that is not met, or for the findings that do not fail the check. */
    public static Optional<Plan> plan(Diagnosis diagnosis, Expectations expectations, Result result) {
        Inspection inspection = diagnosis.inspection();
        Demand wanted = expectations.demand();
        // Without an expectation about the kind, a token like this one will do.
        boolean anything = expectations.types().isEmpty() && !expectations.isScoped();
        Demand like = Demand.like(inspection).lastingAs(wanted);
        Demand demand = anything && like.canBeMet() ? like : wanted;
        Situation situation = Situation.here(diagnosis.evidence(), demand);
        List<Cure> cures = result.failures().stream()
                .map(Failure::cure)
                .filter(Objects::nonNull)
                .toList();
        if (result.passed()) {
            return Plan.ofFindings(situation, result.others());
        }
        boolean works =
                inspection.status() == Status.TYPED && diagnosis.firstError().isEmpty();
        return Plan.of(works ? situation.working() : situation, cures);
    }

    /** Whether there is a token to look at; if not, that is the only failure. */
    private boolean hasToken() {
        List<String> types = Keyword.words(List.copyOf(expectations.types()));
        String any = "a token of a known kind";
        String wanted = types.isEmpty() ? any : "a token of type " + String.join(" or ", types);
        @Nullable
        Cure fault = inspection.fault() == null ? null : inspection.fault().cure();
        switch (inspection.status()) {
            case TYPED -> {}
            case UNRECOGNIZED -> {
                Finding unknown = diagnosis
                        .finding(Rule.UNKNOWN_AUDIENCE)
                        .or(() -> diagnosis.finding(Rule.IDENTITY_MISSING))
                        .orElseThrow();
                // A robot account's is good for attestations; nothing else is known of it.
                boolean asked = !expectations.types().isEmpty() || expectations.isScoped();
                if (asked || unknown.severity() == Severity.ERROR) {
                    told.add(unknown.rule());
                    fail("token", any, Optional.of("an unrecognized one"), unknown.message(), unknown.cure());
                }
            }
            case MALFORMED -> {
                Finding malformed = diagnosis.finding(Rule.MALFORMED).orElseThrow();
                told.add(Rule.MALFORMED);
                fail("token", wanted, Optional.of("not a token"), malformed.message(), malformed.cure());
            }
            case ERROR -> unmet("token", wanted, Optional.empty(), "its source cannot be read", fault);
            case NONE -> {
                if (!minted) {
                    Finding none = diagnosis.finding(Rule.NO_TOKEN).orElseThrow();
                    told.add(Rule.NO_TOKEN);
                    // A job is handed no login.
                    boolean login = expectations.types().equals(Set.of(Audience.USER));
                    boolean made = making() == Cure.REQUEST_FEDERATED || login || none.cure() == null;
                    @Nullable Cure cure = mayAllowFederated() ? Cure.ALLOW_FEDERATED : made ? making() : none.cure();
                    String expected = types.isEmpty() ? "" : " Expected " + wanted + ".";
                    fail("token", wanted, Optional.empty(), none.message() + expected, cure);
                }
            }
        }
        return inspection.decoded() != null || minted;
    }

    /** Whether the federated token that attestations would use here meets all else that is expected. */
    private boolean mayAllowFederated() {
        return diagnosis.evidence().isMinted()
                && !expectations.has(Expectation.ALLOW_FEDERATED)
                && of(diagnosis, expectations, true).passed();
    }

    /** A key signed it. */
    private void genuine() {
        diagnosis
                .finding(Rule.SIGNATURE)
                .or(() -> diagnosis.finding(Rule.SIGNATURE_LENGTH))
                .ifPresent(signature -> {
                    // A finding that it is unsigned would say the same.
                    told.addAll(List.of(signature.rule(), Rule.UNSIGNED));
                    fail(
                            "signature",
                            "a signature by the given key",
                            Optional.empty(),
                            signature.message(),
                            signature.cure());
                });
    }

    private void inTime() {
        Instant now = inspection.at();
        time("exp").filter(expiry -> !now.isBefore(expiry)).ifPresent(expiry -> {
            told.add(Rule.EXPIRED);
            String message = "It expired " + Spans.distance(now, expiry) + ".";
            fail("exp", "a token that has not expired", Optional.of("expired"), message, making());
        });
        time("nbf").filter(now::isBefore).ifPresent(start -> {
            told.add(Rule.NOT_YET_VALID);
            String message = "It becomes valid only " + Spans.distance(now, start) + ".";
            fail("nbf", "a token that is already valid", Optional.of("not yet"), message, Cure.SET_CLOCK);
        });
    }

    /**
     * RFC 7519 demands numbers (section 4.1.4, 4.1.5). An expiry in milliseconds is one; the server takes it for a far year. An
     * expectation about the expiry says itself that it cannot be read.
     */
    private void readable() {
        boolean said = expectations.has(Expectation.MIN_REMAINING)
                || expectations.has(Expectation.MAX_REMAINING)
                || expectations.has(Expectation.REQUIRE_EXP);
        boolean farAhead =
                inspection.decoded() != null && inspection.decoded().claims().isFarAhead("exp");
        if (!said && !farAhead) {
            time("exp");
        } else if (!farAhead && inspection.time("exp").isEmpty()) {
            told.add(Rule.ODD_CLAIM);
        }
        time("nbf");
    }

    /** The instant of a time claim; one that cannot be read is a failure. */
    private Optional<Instant> time(String claim) {
        Optional<Instant> time = inspection.time(claim);
        if (time.isEmpty() && hasClaim(claim)) {
            told.addAll(List.of(Rule.ODD_CLAIM, claim.equals("exp") ? Rule.EXPIRED : Rule.NOT_YET_VALID));
            String message = "Its validity period cannot be checked: " + claim + " is not a time in seconds.";
            fail(claim, "a time in " + claim, Optional.of("none"), message, making());
        }
        return time;
    }

    /** A name that was asked for; in public, no ID. */
    String named(String name) {
        boolean left = Form.isId(name) && diagnosis.evidence().surroundings().redacted();
        return left ? "with that ID" : Form.quoted(name);
    }

    /** What gets a token that meets them all. */
    private Cure making() {
        List<Audience> kinds = expectations.kinds();
        return Cure.renewal(inspection
                .kind()
                .filter(kinds::contains)
                .or(() -> kinds.stream().findFirst()));
    }

    /** The kind of the token that is or would be used. */
    Optional<Audience> kind() {
        return minted ? Optional.of(Audience.GENERIC) : inspection.kind();
    }

    boolean hasClaim(String claim) {
        return inspection.decoded() != null && inspection.decoded().claims().has(claim);
    }

    private void findings() {
        Optional<Severity> failOn = expectations.value(Expectation.FAIL_ON, Severity.class);
        for (Finding finding : diagnosis.findings()) {
            if (told.contains(finding.rule())) {
                continue;
            }
            if (failOn.isPresent() && finding.severity().compareTo(failOn.get()) <= 0) {
                String wanted = "no finding of severity " + failOn.get().word();
                Optional<String> id = Optional.of(finding.rule().word());
                fail("findings", wanted, id, finding.message(), finding.cure());
            } else {
                others.add(finding);
            }
        }
    }

    /** For a token of a kind that does not say what it is for; what failed before is enough. */
    void unscoped(String expectation, String expected) {
        if (failures.isEmpty()) {
            String one = kind().orElse(Audience.GENERIC).one();
            String found = one + " does not say what it is for; only an API token does";
            unmet(expectation, expected, Optional.empty(), found);
        }
    }

    void unmet(String expectation, String expected, Optional<String> actual, String found) {
        unmet(expectation, expected, actual, found, making());
    }

    void unmet(String expectation, String expected, Optional<String> actual, String found, @Nullable Cure cure) {
        fail(expectation, expected, actual, "Expected " + expected + ", but " + found + ".", cure);
    }

    private void fail(
            String expectation, String expected, Optional<String> actual, String message, @Nullable Cure cure) {
        failures.add(new Failure(expectation, expected, actual, message, cure));
    }

    /**
     * An expectation that a token does not meet.
     *
     * @param expectation a stable word: an option's name, a claim, {@code token}, {@code signature} or {@code findings}
     * @param expected what was expected
     * @param actual what was found; empty when there was nothing to compare
     * @param message both, a sentence
     * @param cure what would make it right; {@code null} for nothing
     */
    public record Failure(
            String expectation,
            String expected,
            Optional<String> actual,
            String message,
            @Nullable Cure cure) {}

    /**
     * The outcome of a check.
     *
     * @param failures every expectation that is not met
     * @param others the findings that do not fail it
     */
    public record Result(List<Failure> failures, List<Finding> others) {
        public boolean passed() {
            return failures.isEmpty();
        }
    }
}
