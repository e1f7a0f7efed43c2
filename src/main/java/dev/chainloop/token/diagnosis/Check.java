package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a token against what is expected of it. Every expectation is looked at, so that one run tells all. */
public final class Check {
    private static final String OTHER_TOKEN = "Give the job a token of that ";
    private static final String KNOWN_KIND = "a token of a known kind";

    private final Diagnosis diagnosis;
    private final Inspection inspection;
    private final Expectations expectations;
    private final List<Failure> failures = new ArrayList<>();
    private final List<Finding> others = new ArrayList<>();

    private Check(Diagnosis diagnosis, Expectations expectations) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.expectations = expectations;
    }

    /** Checks a token, or the lack of one. */
    public static CheckResult of(Diagnosis diagnosis, Expectations expectations) {
        Check check = new Check(diagnosis, expectations);
        check.token();
        check.types();
        check.organization();
        check.project();
        check.workflow();
        check.exactOrganization();
        check.issuer();
        check.remaining();
        check.expiry();
        check.findings();
        return new CheckResult(check.failures, check.others);
    }

    private void token() {
        switch (inspection.status()) {
            case TYPED -> {}
            case UNRECOGNIZED ->
                fail(
                        "token",
                        KNOWN_KIND,
                        Optional.of("an unrecognized one"),
                        "this one is of none",
                        "See the findings, or give the job another token.");
            case MALFORMED -> fail("token", KNOWN_KIND, Optional.of("no JWT"), "this is no JWT", Remedies.UNKNOWN);
            case NONE -> {
                Finding finding = finding(Rule.NO_TOKEN);
                failures.add(new Failure(
                        "token",
                        KNOWN_KIND,
                        Optional.empty(),
                        "Expected " + KNOWN_KIND + ". " + finding.message(),
                        finding.remedy()));
            }
            case ERROR ->
                fail(
                        "token",
                        KNOWN_KIND,
                        Optional.empty(),
                        "its source cannot be read",
                        "Mend the source, or name another one with --source.");
        }
    }

    private Finding finding(Rule rule) {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == rule) {
                return finding;
            }
        }
        throw new IllegalStateException("no finding of " + rule.id());
    }

    private void types() {
        Optional<String> kind = inspection.token().map(token -> token.audience().kind());
        if (!expectations.types().isEmpty() && !isOneOf(expectations.types())) {
            fail(
                    "type",
                    "a token of type " + words(expectations.types(), " or "),
                    kind,
                    kind.map(one -> "this is " + article(one) + " token").orElse("there is no typed token"),
                    remedyForType());
        }
        if (isOneOf(expectations.notTypes())) {
            fail(
                    "not-type",
                    "any type but " + words(expectations.notTypes(), " and "),
                    kind,
                    "this is " + article(kind.orElseThrow()) + " token",
                    "Give the job a token of another kind.");
        }
    }

    private boolean isOneOf(Set<Audience> kinds) {
        return inspection
                .token()
                .filter(token -> kinds.contains(token.audience()))
                .isPresent();
    }

    private String remedyForType() {
        Set<Audience> types = expectations.types();
        if (types.contains(Audience.API_TOKEN)) {
            return Remedies.FIRST_API_TOKEN;
        }
        return types.contains(Audience.USER) ? Remedies.LOGIN : Remedies.NEW_FEDERATED;
    }

    private void organization() {
        if (expectations.organization().isEmpty()) {
            return;
        }
        String wanted = expectations.organization().get();
        ApiToken api = apiToken("org", "organization " + wanted);
        if (api != null && !is(api.organization(), wanted)) {
            fail(
                    "org",
                    "organization " + wanted,
                    told(api.organization()),
                    told(api.organization())
                            .map(name -> "this token is for " + name)
                            .orElse("this token names no organization"),
                    OTHER_TOKEN + "organization.");
        }
    }

    private void project() {
        if (expectations.project().isEmpty()) {
            return;
        }
        String wanted = expectations.project().get();
        ApiToken api = apiToken("project", "project " + wanted);
        if (api == null || is(api.project(), wanted)) {
            return;
        }
        if (api.project().isPresent()) {
            fail(
                    "project",
                    "project " + wanted,
                    told(api.project()),
                    told(api.project())
                            .map(name -> "this token is for project " + name)
                            .orElse("this token is for another project"),
                    OTHER_TOKEN + "project, or of its whole organization.");
        } else if (expectations.exactScope()) {
            fail(
                    "project",
                    "a token of project " + wanted + " alone",
                    api.scope(),
                    "this token is not limited to a project",
                    OTHER_TOKEN + "project alone.");
        } else {
            wider("project", wanted, api);
        }
    }

    private void workflow() {
        if (expectations.workflow().isEmpty()) {
            return;
        }
        String wanted = expectations.workflow().get();
        ApiToken api = apiToken("workflow", "workflow " + wanted);
        if (api == null || is(api.workflow(), wanted)) {
            return;
        }
        if (api.workflow().isPresent()) {
            fail(
                    "workflow",
                    "workflow " + wanted,
                    told(api.workflow()),
                    told(api.workflow())
                            .map(name -> "this token is for workflow " + name)
                            .orElse("this token is for another workflow"),
                    OTHER_TOKEN + "workflow.");
        } else if (expectations.exactScope()) {
            fail(
                    "workflow",
                    "a token of workflow " + wanted + " alone",
                    api.scope(),
                    "this token is not limited to a workflow",
                    OTHER_TOKEN + "workflow alone.");
        } else if (expectations.project().isEmpty()) {
            wider("workflow", wanted, api);
        }
    }

    /** Whether a token without a project may be used for one, or for a workflow in one. */
    private void wider(String what, String wanted, ApiToken api) {
        if (api.project().isPresent()) {
            return;
        }
        boolean product = api.scope().equals(Optional.of("product"));
        if (product || !api.organization().isPresent()) {
            fail(
                    what,
                    what + " " + wanted,
                    api.scope(),
                    product
                            ? "this token is for a product, and what is part of it cannot be told offline"
                            : "this token names no organization that it could be part of",
                    OTHER_TOKEN + what + ", or of its whole organization.");
        }
    }

    /** With an exact scope and nothing narrower named, the token must be for the organization as a whole. */
    private void exactOrganization() {
        if (!expectations.exactScope()) {
            return;
        }
        Optional<Token> token = inspection.token();
        if (token.isEmpty() || !(token.get() instanceof ApiToken api)) {
            return;
        }
        boolean anyProject =
                expectations.project().isEmpty() && expectations.workflow().isEmpty();
        boolean anyWorkflow = expectations.workflow().isEmpty();
        boolean product = anyProject && api.scope().equals(Optional.of("product"));
        boolean narrower = (anyProject && api.project().isPresent())
                || (anyWorkflow && api.workflow().isPresent());
        if (product || narrower) {
            fail(
                    "scope",
                    "exactly the scope that is named",
                    product ? api.scope() : told(api.workflow().isPresent() ? api.workflow() : api.project()),
                    "this token is for a part of it",
                    "Give the job a token of just that scope.");
        }
    }

    private void issuer() {
        if (expectations.issuer().isEmpty()) {
            return;
        }
        String wanted = expectations.issuer().get();
        Optional<String> issuer =
                inspection.decoded().flatMap(one -> one.claims().text("iss"));
        if (!issuer.equals(Optional.of(wanted))) {
            fail(
                    "issuer",
                    "issuer " + wanted,
                    issuer,
                    issuer.map(one -> "the issuer is " + one).orElse("no issuer is named"),
                    "Check which CI system or control plane made the token.");
        }
    }

    private void remaining() {
        if (expectations.minRemaining().isEmpty()) {
            return;
        }
        long wanted = expectations.minRemaining().get();
        Optional<Long> left = inspection.secondsToExpiry();
        boolean endless = inspection.decoded().isPresent() && !hasExpiry();
        if (endless || (left.isPresent() && left.get() >= wanted)) {
            return;
        }
        Optional<String> actual = left.map(one -> one < 0 ? "expired" : Spans.length(one) + " left");
        fail(
                "min-remaining",
                "at least " + Spans.length(wanted) + " left",
                actual,
                left.isEmpty()
                        ? "no expiry can be told"
                        : left.get() <= 0 ? "it has expired" : "it expires in " + Spans.length(left.get()),
                Remedies.renewal(matched()));
    }

    private void expiry() {
        if (expectations.requireExpiry() && inspection.time("exp").isEmpty()) {
            fail(
                    "require-exp",
                    "a token that expires",
                    hasExpiry() ? Optional.of("an expiry that cannot be read") : Optional.empty(),
                    hasExpiry()
                            ? "its expiry cannot be read"
                            : inspection.decoded().isPresent() ? "it never expires" : "there is no token",
                    "Run `chainloop organization api-token create --name NAME --expiration 720h`.");
        }
    }

    private boolean hasExpiry() {
        return inspection.decoded().filter(one -> one.claims().has("exp")).isPresent();
    }

    private void findings() {
        for (Finding finding : diagnosis.findings()) {
            boolean fatal = finding.severity().compareTo(expectations.failOn()) <= 0;
            // A missing token has been told already.
            boolean told = finding.rule() == Rule.NO_TOKEN;
            if (fatal && !told) {
                failures.add(new Failure(
                        "findings",
                        "no finding of severity " + expectations.failOn().word(),
                        Optional.of(finding.rule().id()),
                        finding.message(),
                        finding.remedy()));
            } else if (!told) {
                others.add(finding);
            }
        }
    }

    /** The API token, or null after a failure: only an API token says what it is for. */
    private @Nullable ApiToken apiToken(String expectation, String expected) {
        Optional<Token> token = inspection.token();
        if (token.isPresent() && token.get() instanceof ApiToken api) {
            return api;
        }
        fail(
                expectation,
                expected,
                Optional.empty(),
                token.map(one -> "that cannot be told from "
                                + article(one.audience().kind()) + " token")
                        .orElse("there is no typed token to tell it from"),
                "Use an API token, which names what it is for.");
        return null;
    }

    private static boolean is(ApiToken.Named named, String wanted) {
        return named.name().filter(wanted::equalsIgnoreCase).isPresent()
                || named.id().filter(wanted::equalsIgnoreCase).isPresent();
    }

    /** What it is called; by its name, for ids are not for every eye. */
    private static Optional<String> told(ApiToken.Named named) {
        return named.name().or(() -> named.id().map(id -> "one without a name"));
    }

    private Optional<Audience> matched() {
        return inspection.decoded().flatMap(one -> one.claims().matchedAudience());
    }

    private void fail(String expectation, String expected, Optional<String> actual, String found, String remedy) {
        failures.add(
                new Failure(expectation, expected, actual, "Expected " + expected + ", but " + found + ".", remedy));
    }

    private static String article(String kind) {
        return kind.equals(Audience.API_TOKEN.kind()) ? "an API" : "a " + kind;
    }

    private static String words(Set<Audience> kinds, String between) {
        List<String> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            if (kinds.contains(audience)) {
                words.add(audience.kind());
            }
        }
        return String.join(between, words);
    }
}
