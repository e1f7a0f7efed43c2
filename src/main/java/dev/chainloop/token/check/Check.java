package dev.chainloop.token.check;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Spans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a token meets expectations about its signature, times and names. Every expectation is checked, so that
 * one run reports all that are not met; a failure that only follows from another one is left out.
 */
public final class Check {
    private final Diagnosis diagnosis;
    private final Inspection inspection;
    private final Expectations expectations;

    /** Whether the federated token that attestations would use here counts as present. */
    private final boolean minted;

    private final List<Failure> failures = new ArrayList<>();
    private final List<Finding> others = new ArrayList<>();

    /** The rules whose findings a failure reports already. */
    private final List<Rule> told = new ArrayList<>();

    private Check(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.expectations = expectations;
        this.minted = allowFederated
                && !expectations.genuine()
                && diagnosis.evidence().isMinted();
    }

    public static Result of(Diagnosis diagnosis, Expectations expectations) {
        return of(diagnosis, expectations, expectations.allowFederated());
    }

    private static Result of(Diagnosis diagnosis, Expectations expectations, boolean allowFederated) {
        Check check = new Check(diagnosis, expectations, allowFederated);
        if (check.hasToken()) {
            check.genuine();
            check.inTime();
            check.types();
            check.scope();
            check.issuer();
            check.remaining();
            check.expiry();
        }
        check.findings();
        return new Result(check.failures, check.others, check.plan());
    }

    /** One plan for all that is not met, or for the findings that do not fail the check. */
    private Optional<Plan> plan() {
        Demand wanted = expectations.demand();
        // Without an expectation about the kind, a token like this one will do.
        boolean anything = expectations.types().isEmpty() && !expectations.haveScope();
        Demand like = Demand.like(inspection, wanted.remaining());
        Demand demand = anything && like.canBeMet() ? like : wanted;
        Situation situation = Situation.here(diagnosis.evidence(), demand);
        List<Cure> cures =
                failures.stream().map(Failure::cure).filter(Objects::nonNull).toList();
        return failures.isEmpty() ? Plan.ofFindings(situation, others) : Plan.of(situation, cures);
    }

    /** Whether there is a token to look at; if not, that is the only failure. */
    private boolean hasToken() {
        String wanted = expectations.knownKind() ? "a token of a known kind" : "a token";
        @Nullable
        Cure fault = inspection.fault() == null ? null : inspection.fault().cure();
        switch (inspection.status()) {
            case TYPED -> {}
            case UNRECOGNIZED -> {
                if (expectations.knownKind()) {
                    Finding unknown = finding(Rule.UNKNOWN_AUDIENCE)
                            .or(() -> finding(Rule.IDENTITY_MISSING))
                            .orElseThrow();
                    unmet("token", wanted, "an unrecognized one", "this one is of an unknown kind", unknown.cure());
                }
            }
            case MALFORMED -> unmet("token", wanted, "not a JWT", "this is not a JWT", fault);
            case ERROR -> unmet("token", wanted, null, "its source cannot be read", fault);
            case NONE -> {
                if (!minted) {
                    Finding none = finding(Rule.NO_TOKEN).orElseThrow();
                    told.add(Rule.NO_TOKEN);
                    failures.add(new Failure(
                            "token",
                            wanted,
                            Optional.empty(),
                            "Expected " + wanted + ". " + none.message(),
                            mayAllowFederated()
                                    ? Cure.ALLOW_FEDERATED
                                    : making() == Cure.REQUEST_FEDERATED || none.cure() == null
                                            ? making()
                                            : none.cure()));
                }
            }
        }
        return inspection.decoded() != null || minted;
    }

    /** Whether the federated token that attestations would use here meets all else that is expected. */
    private boolean mayAllowFederated() {
        return diagnosis.evidence().isMinted()
                && !expectations.allowFederated()
                && of(diagnosis, expectations, true).passed();
    }

    private Optional<Finding> finding(Rule rule) {
        return diagnosis.findings().stream().filter(one -> one.rule() == rule).findFirst();
    }

    private void genuine() {
        Optional<Finding> signature = finding(Rule.SIGNATURE);
        if (expectations.genuine() && signature.isPresent()) {
            // A finding that it is unsigned would say the same.
            told.addAll(List.of(Rule.SIGNATURE, Rule.UNSIGNED));
            String message = signature.get().message();
            failures.add(new Failure(
                    "signature",
                    "a signature by the given key",
                    Optional.empty(),
                    message,
                    signature.get().cure()));
        }
    }

    private void inTime() {
        if (!expectations.genuine() || inspection.decoded() == null) {
            return;
        }
        Optional<Instant> expiry = time("exp");
        if (expiry.isPresent() && !inspection.at().isBefore(expiry.get())) {
            told.add(Rule.EXPIRED);
            String message = "It expired " + Spans.distance(inspection.at(), expiry.get()) + ".";
            failures.add(new Failure("exp", "a token that has not expired", Optional.of("expired"), message, making()));
        }
        Optional<Instant> start = time("nbf");
        if (start.isPresent() && inspection.at().isBefore(start.get())) {
            told.add(Rule.NOT_YET_VALID);
            String message = "It becomes valid only " + Spans.distance(inspection.at(), start.get()) + ".";
            failures.add(new Failure(
                    "nbf", "a token that is already valid", Optional.of("not yet"), message, Cure.SET_CLOCK));
        }
    }

    /** The instant of a time claim; one that cannot be read is a failure. */
    private Optional<Instant> time(String claim) {
        Optional<Instant> time = inspection.time(claim);
        if (time.isEmpty()
                && Objects.requireNonNull(inspection.decoded()).claims().has(claim)) {
            String message = "Its validity period cannot be checked: " + claim + " is not a time in seconds.";
            failures.add(new Failure(claim, "a time in " + claim, Optional.of("none"), message, making()));
        }
        return time;
    }

    private void types() {
        @Nullable
        Audience kind = inspection.token() != null ? inspection.token().audience() : minted ? Audience.GENERIC : null;
        if (!expectations.types().isEmpty()
                && (kind == null || !expectations.types().contains(kind))) {
            String wanted = Arrays.stream(Audience.values())
                    .filter(expectations.types()::contains)
                    .map(Audience::word)
                    .collect(Collectors.joining(" or ", "a token of type ", ""));
            String found = kind == null ? "there is no typed token" : "this is " + kind.one();
            unmet("type", wanted, kind == null ? null : kind.word(), found);
        }
    }

    /** What gets a token that meets them all. */
    private Cure making() {
        return Cure.renewal(inspection
                .kind()
                .filter(expectations::accepts)
                .or(() -> Arrays.stream(Audience.values())
                        .filter(expectations::accepts)
                        .findFirst()));
    }

    /** It is for the expected organization and project; only an API token says so. */
    private void scope() {
        if (inspection.token() instanceof ApiToken api) {
            organization(api);
            project(api);
            exactScope(api);
        } else if (expectations.haveScope() && failures.isEmpty()) {
            boolean org = expectations.organization().isPresent();
            String wanted = org
                    ? "organization " + expectations.organization().get()
                    : "project " + expectations.project().orElseThrow();
            String kind = (minted || inspection.token() == null
                            ? Audience.GENERIC
                            : inspection.token().audience())
                    .one();
            unmet(org ? "org" : "project", wanted, null, kind + " does not say what it is for; only an API token does");
        }
    }

    private void organization(ApiToken api) {
        Optional<String> wanted = expectations.organization();
        if (wanted.isPresent() && !api.organization().isMeantBy(wanted.get())) {
            @Nullable String own = nameOf(api.organization());
            String found = own == null ? "this token names no organization" : "this token is for " + own;
            unmet("org", "organization " + wanted.get(), own, found);
        }
    }

    private void project(ApiToken api) {
        Optional<String> named = expectations.project();
        if (named.isEmpty() || api.project().isMeantBy(named.get())) {
            return;
        }
        String wanted = "project " + named.get();
        @Nullable String scope = api.scope().orElse(null);
        if (api.project().isPresent()) {
            @Nullable String own = nameOf(api.project());
            unmet("project", wanted, own, "this token is for project " + own);
        } else if (expectations.exactScope()) {
            unmet("project", "a token of " + wanted + " only", scope, "this token is not limited to a project");
        } else if (isForAProduct(api)) {
            unmet(
                    "project",
                    wanted,
                    scope,
                    "this token is for a product, and which projects belong to it is not known" + " offline");
        } else if (!api.organization().isPresent()) {
            unmet("project", wanted, scope, "this token names no organization that the project could be part of");
        }
    }

    private static boolean isForAProduct(ApiToken api) {
        return api.scope().equals(Optional.of("product"));
    }

    /** With an exact scope and nothing narrower named, the token must be for the organization as a whole. */
    private void exactScope(ApiToken api) {
        boolean any = expectations.project().isEmpty();
        boolean narrower = (any && (isForAProduct(api) || api.project().isPresent()))
                || api.workflow().isPresent();
        if (expectations.exactScope() && narrower) {
            @Nullable
            String own = api.workflow().isPresent()
                    ? nameOf(api.workflow())
                    : api.project().isPresent() ? nameOf(api.project()) : "product";
            unmet("scope", "exactly the given scope", own, "this token is for a part of it");
        }
    }

    /** Its name; IDs are private. */
    private static @Nullable String nameOf(ApiToken.Named named) {
        return named.name().or(() -> named.id().map(id -> "one without a name")).orElse(null);
    }

    private void issuer() {
        Optional<String> issuer = inspection.issuer();
        if (expectations.issuer().isPresent() && !issuer.equals(expectations.issuer())) {
            String found = issuer.map(one -> "the issuer is " + one).orElse("it names no issuer");
            unmet("issuer", "issuer " + expectations.issuer().get(), issuer.orElse(null), found, Cure.TRACE_ISSUER);
        }
    }

    private void remaining() {
        if (expectations.minRemaining().isEmpty()) {
            return;
        }
        long wanted = expectations.minRemaining().get();
        Optional<Long> left = inspection.secondsToExpiry();
        // The lifetime is reported once.
        told.add(Rule.EXPIRES_SOON);
        boolean endless = inspection.decoded() != null && !hasExpiry();
        boolean expired = inspection.expired().orElse(false);
        boolean saidAnyway =
                expired && (told.contains(Rule.EXPIRED) || expectations.failOn().isPresent());
        if (endless || saidAnyway || (left.isPresent() && left.get() >= wanted)) {
            return;
        }
        String span = left.map(one -> Spans.length(Math.max(one, 0))).orElse("");
        unmet(
                "min-remaining",
                "at least " + Spans.length(wanted) + " left",
                left.isEmpty() ? null : expired ? "expired" : span + " left",
                left.isEmpty() ? "its expiry is not known" : expired ? "it has expired" : "it expires in " + span);
    }

    private void expiry() {
        if (expectations.requireExpiry() && inspection.time("exp").isEmpty()) {
            String found = hasExpiry()
                    ? "its expiry cannot be read"
                    : inspection.decoded() != null ? "it never expires" : "its expiry is not known";
            unmet("require-exp", "a token that expires", hasExpiry() ? "an expiry that cannot be read" : null, found);
        }
    }

    private boolean hasExpiry() {
        return inspection.decoded() != null && inspection.decoded().claims().has("exp");
    }

    private void findings() {
        for (Finding finding : diagnosis.findings()) {
            Optional<Severity> failOn = expectations.failOn();
            if (told.contains(finding.rule())) {
                continue;
            }
            if (failOn.isPresent() && finding.severity().compareTo(failOn.get()) <= 0) {
                String wanted = "no finding of severity " + failOn.get().word();
                Optional<String> id = Optional.of(finding.rule().word());
                failures.add(new Failure("findings", wanted, id, finding.message(), finding.cure()));
            } else {
                others.add(finding);
            }
        }
    }

    private void unmet(String expectation, String expected, @Nullable String actual, String found) {
        unmet(expectation, expected, actual, found, making());
    }

    private void unmet(
            String expectation, String expected, @Nullable String actual, String found, @Nullable Cure cure) {
        String message = "Expected " + expected + ", but " + found + ".";
        failures.add(new Failure(expectation, expected, Optional.ofNullable(actual), message, cure));
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
     * @param plan what to do
     */
    public record Result(List<Failure> failures, List<Finding> others, Optional<Plan> plan) {
        public boolean passed() {
            return failures.isEmpty();
        }
    }
}
