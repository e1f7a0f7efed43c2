package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.JsonNumber;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place where a token can be, and what is in it, inspected once, whoever asks for it.
 *
 * @param reading the place, and what it holds; empty if there is no place, or if it holds nothing
 * @param malformed what the value is, if it is not a JWT
 * @param contained the one token that such a value contains letter for letter
 * @param trouble why there is no answer about a token
 * @param faults what is wrong with the token by itself, the worst first
 * @param at the instant at which times are evaluated
 */
public record Candidate(
        Optional<SourceReading> reading,
        Optional<Jwt> jwt,
        Optional<Malformed> malformed,
        Optional<Candidate> contained,
        Optional<Finding> trouble,
        List<Finding> faults,
        Instant at) {
    private static final String OWN_ISSUER = "cp.chainloop";

    /** The claims that say what an API token is for; the last two are newer than v1.106.1. */
    static final String SCOPE =
            "org_id org_name project_id project_name workflow_id workflow_name scope scope_type scope_id";

    static final List<String> SCOPES = List.of("", "instance", "organization", "project", "product");

    /** What many tokens have as audience, issuer, scope or algorithm, between spaces. */
    private static final String COMMON = " cp.chainloop https://token.actions.githubusercontent.com https://gitlab.com"
            + " api-token-auth.chainloop user-auth.chainloop chainloop attestations.chainloop client.chainloop"
            + " artifact-cas.chainloop INSTANCE_ADMIN instance organization project product none EdDSA"
            + " HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512 ";

    /** Nothing, or what keeps a place from being read. */
    Candidate(Optional<SourceReading> reading, Optional<Finding> trouble, Instant at) {
        this(reading, Optional.empty(), Optional.empty(), Optional.empty(), trouble, List.of(), at);
    }

    public Status status() {
        return jwt.isPresent()
                ? jwt.get().token().isPresent() ? Status.TYPED : Status.UNRECOGNIZED
                : malformed.isPresent() ? Status.MALFORMED : trouble.isPresent() ? Status.ERROR : Status.NONE;
    }

    /** The place of a value that is there, or that cannot be read. */
    public Optional<Origin> origin() {
        return reading.isPresent() && status() != Status.NONE
                ? Optional.of(reading.get().origin())
                : Optional.empty();
    }

    /** The value. Never to be printed. */
    public Optional<String> secret() {
        return reading.isPresent() && reading.get() instanceof SourceReading.Found found
                ? Optional.of(found.secret())
                : Optional.empty();
    }

    /** Its claims; none if it is not a JWT. */
    public Claims claims() {
        return jwt.isPresent() ? jwt.get().decoded().claims() : Claims.NONE;
    }

    /** The typed token; empty when it has no type. */
    public Optional<Token> token() {
        return jwt.isPresent() ? jwt.get().token() : Optional.empty();
    }

    public Optional<ApiToken> api() {
        return token().orElse(null) instanceof ApiToken api ? Optional.of(api) : Optional.empty();
    }

    /** What a key says about its signature, if that was asked for. */
    public Optional<Verification> verification() {
        return jwt.isPresent() ? jwt.get().verification() : Optional.empty();
    }

    public boolean isOfInstance() {
        return api().isPresent() && api().get().isOfInstance();
    }

    /** The name of the organization that it is for, if it says that. */
    public Optional<String> organization() {
        return token().isPresent() ? token().get().organization().name() : Optional.empty();
    }

    /** A name for the token that may be shown. */
    public Optional<String> fingerprint() {
        return jwt.isPresent() ? Optional.of(jwt.get().fingerprint()) : Optional.empty();
    }

    public Optional<Instant> time(String claim) {
        return claims().time(claim);
    }

    /** Whether now is at or past {@code exp}; empty when the token has no {@code exp} that can be read. */
    public Optional<Boolean> expired() {
        Optional<Instant> exp = time("exp");
        return exp.isPresent()
                ? Optional.of(!at.isBefore(exp.get()))
                : claims().isLongPast("exp") ? Optional.of(true) : Optional.empty();
    }

    /** Whether it has expired, as far as its {@code exp} can be read. */
    public boolean isExpired() {
        return expired().orElse(false);
    }

    /** Whether {@code exp} is 0, which attestations treat as expired and golang-jwt's map of claims as no expiry. */
    public boolean isExpiryZero() {
        return claims().get("exp") instanceof JsonNumber number && Double.parseDouble(number.text()) == 0;
    }

    /** Whole seconds until {@code exp}, negative past it; empty when there is none that can be read. */
    public Optional<Long> secondsToExpiry() {
        Optional<Instant> exp = time("exp");
        return exp.isPresent()
                ? Optional.of(Math.floorDiv(exp.get().toEpochMilli() - at.toEpochMilli(), 1000L))
                : Optional.empty();
    }

    /** The issuer; empty when there is none that can be read. */
    public Optional<String> issuer() {
        return claims().text("iss");
    }

    boolean isForeign() {
        return !issuer().orElse(OWN_ISSUER).equals(OWN_ISSUER);
    }

    /** The kind that the audience gives it, whether or not it has its identity; empty for none. */
    public Optional<Audience> matched() {
        return claims().matchedAudience();
    }

    public boolean isMatched(Audience audience) {
        return matched().equals(Optional.of(audience));
    }

    /** The token's kind; empty when it has no type. */
    public Optional<Audience> kind() {
        return token().isPresent() ? Optional.of(token().get().audience()) : Optional.empty();
    }

    public boolean isKind(Audience audience) {
        return kind().equals(Optional.of(audience));
    }

    /** Whether an audience makes it a robot account token; Chainloop v0.91.0 dropped these, but still accepts them for attestations. */
    public boolean isRobot() {
        List<String> audience = claims().audience();
        return audience.contains("attestations.chainloop") || audience.contains("client.chainloop");
    }

    /** Whether the token, or the value in its place, comes from a kind of source. */
    public boolean isFrom(SourceKind kind) {
        return origin().isPresent() && origin().get().kind() == kind;
    }

    /** Whether a person passed the token to this command. */
    public boolean isGiven() {
        return origin().isPresent() && origin().get().isGiven();
    }

    /** Whether the server may accept it: it is typed, and has no error. */
    public boolean isUsable() {
        return token().isPresent() && first(faults).isEmpty();
    }

    /** The first of some findings, the worst first, if it is an error. */
    static Optional<Finding> first(List<Finding> findings) {
        return findings.isEmpty() || !findings.get(0).isError() ? Optional.empty() : Optional.of(findings.get(0));
    }

    /** An audience, issuer, scope or algorithm; in public, only a common one or the host of a CI provider. */
    public Optional<String> shown(Optional<String> value) {
        if (value.isEmpty()) {
            return value;
        }
        String text = value.get();
        boolean url = text.startsWith("https://") && isMatched(Audience.GENERIC);
        boolean common = COMMON.contains(" " + text + " ") || (url && Form.isHost(text.substring(8)));
        return Optional.of(common ? text : Redaction.of(text, "(left out)"));
    }

    /** The audiences; in public, only what may be shown there. */
    public List<String> audience() {
        List<String> shown = new ArrayList<>();
        for (String one : claims().audience()) {
            shown.add(shown(Optional.of(one)).orElseThrow());
        }
        return shown;
    }

    /** Why the scope of an API token is unknown, a phrase; empty if it is known. A claim that is not a string is not a missing claim. */
    public Optional<String> obscureScope() {
        Optional<String> odd = unreadableScope();
        if (odd.isPresent()) {
            return Optional.of("its " + odd.get() + " is not a string");
        }
        String scope = claims().text("scope").orElse("").replace("INSTANCE_ADMIN", "instance");
        String type = claims().text("scope_type").orElse(scope).replace("INSTANCE_ADMIN", "instance");
        if (!SCOPES.contains(scope) || !SCOPES.contains(type)) {
            return Optional.of("its scope is of a kind that this tool does not know");
        }
        if (type.isEmpty() && claims().has("scope_id")) {
            return Optional.of("its scope_id belongs to no scope");
        }
        return scope.isEmpty() || scope.equals(type)
                ? Optional.empty()
                : Optional.of("its scope and its scope_type differ");
    }

    /** A claim of an API token's scope that is not a string, so that nothing is known of its limit. */
    public Optional<String> unreadableScope() {
        for (String name : api().isPresent() ? SCOPE.split(" ", -1) : new String[0]) {
            if (claims().has(name) && !(claims().get(name) instanceof String)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
