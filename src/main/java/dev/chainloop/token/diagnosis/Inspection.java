package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one token; holds neither its text nor its signature.
 *
 * @param status how it went
 * @param origin where the token was; {@code null} when there is none
 * @param decoded header and claims; {@code null} unless the token is a JWT
 * @param signatureLetters how many letters its signature has
 * @param token the typed token; {@code null} when it has no type
 * @param fingerprint a name for the token that may be shown; {@code null} unless it is a JWT
 * @param at the instant at which times are evaluated
 * @param fault why there is no answer; {@code null} when there is one
 * @param malformed what the value is; {@code null} unless it is no token
 * @param contained the one token that stands in such a value letter for letter; {@code null} where there is none
 * @param verification the result of verifying its signature; {@code null} when it was not verified
 */
public record Inspection(
        Status status,
        @Nullable Origin origin,
        @Nullable DecodedToken decoded,
        int signatureLetters,
        @Nullable Token token,
        @Nullable String fingerprint,
        Instant at,
        @Nullable Fault fault,
        @Nullable Malformed malformed,
        @Nullable Inspection contained,
        @Nullable Verification verification) {
    private static final String[] SCOPE = ("org_id org_name project_id project_name workflow_id workflow_name scope"
                    + " scope_type scope_id")
            .split(" ", -1);

    private static final List<String> SCOPES = List.of("", "instance", "organization", "project", "product");

    /** What many tokens have as audience, issuer, scope or algorithm, between blanks. */
    private static final String COMMON = " cp.chainloop https://token.actions.githubusercontent.com https://gitlab.com"
            + " api-token-auth.chainloop user-auth.chainloop chainloop attestations.chainloop client.chainloop"
            + " artifact-cas.chainloop INSTANCE_ADMIN instance organization project product none EdDSA"
            + " HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512 ";

    /** The letters of an HS256 signature, and the fewest of one by RSA, for keys of 2048 bits (RFC 7518 section 3). */
    private static final int LETTERS_OF_HS256 = 43;

    private static final int LEAST_LETTERS_OF_RSA = 342;

    private static final Parser PARSER = new Parser();

    /** Decodes and types one value, and judges nothing yet. */
    static Inspection of(SourceReading.Found found, Instant at) {
        try {
            return of(found.origin(), found.secret(), PARSER.decode(found.secret()), at);
        } catch (MalformedTokenException e) {
            List<EmbeddedToken> tokens = EmbeddedToken.in(found.secret());
            Malformed malformed = Malformed.of(found, tokens, e);
            @Nullable
            Inspection contained = Malformed.only(found.secret(), tokens)
                    .map(one -> of(found.origin(), one.text(), one.decoded(), at))
                    .orElse(null);
            return new Inspection(
                    Status.MALFORMED, found.origin(), null, 0, null, null, at, null, malformed, contained, null);
        }
    }

    private static Inspection of(Origin origin, String text, DecodedToken decoded, Instant at) {
        @Nullable Token token = PARSER.type(decoded.claims()).orElse(null);
        return new Inspection(
                token != null ? Status.TYPED : Status.UNRECOGNIZED,
                origin,
                decoded,
                text.length() - text.lastIndexOf('.') - 1,
                token,
                Fingerprint.of(text),
                at,
                null,
                null,
                null,
                null);
    }

    /** The same value in a place, and what a key says of its signature. */
    Inspection at(@Nullable Origin place, @Nullable Verification verified) {
        return new Inspection(
                status,
                place,
                decoded,
                signatureLetters,
                token,
                fingerprint,
                at,
                fault,
                malformed,
                contained,
                verified);
    }

    /** Without a decoded token. */
    static Inspection without(Status status, @Nullable Origin origin, Instant at, @Nullable Fault fault) {
        return new Inspection(status, origin, null, 0, null, null, at, fault, null, null, null);
    }

    /** The instant of a time claim, when the token has one that can be read. */
    public Optional<Instant> time(String claim) {
        return decoded != null ? decoded.claims().time(claim) : Optional.empty();
    }

    /** Whether now is at or past {@code exp}; empty when the token has no {@code exp} that can be read. */
    public Optional<Boolean> expired() {
        Optional<Instant> exp = time("exp");
        return exp.isPresent()
                ? Optional.of(!at.isBefore(exp.get()))
                : decoded != null && decoded.claims().isLongPast("exp") ? Optional.of(true) : Optional.empty();
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
        return decoded != null ? decoded.claims().text("iss") : Optional.empty();
    }

    /** The kind that the audience gives it, whether or not it has its identity; empty for none. */
    public Optional<Audience> matched() {
        return decoded == null ? Optional.empty() : decoded.claims().matchedAudience();
    }

    /** The token's kind; empty when it has no type. */
    public Optional<Audience> kind() {
        return token != null ? Optional.of(token.audience()) : Optional.empty();
    }

    /** Whether it is a robot account's by an audience: Chainloop v0.91.0 dropped those, and still accepts them for attestations. */
    public boolean isRobot() {
        List<String> audience = decoded == null ? List.of() : decoded.claims().audience();
        return audience.contains("attestations.chainloop") || audience.contains("client.chainloop");
    }

    boolean isKind(Audience audience) {
        return token != null && token.audience() == audience;
    }

    /** Whether the token, or the value in its place, comes from a kind of source. */
    public boolean isFrom(SourceKind kind) {
        return origin != null && origin.kind() == kind;
    }

    /** Whether letters of its signature are missing, or too many: only of HS256 and RSA, which all of Chainloop's have. */
    boolean isDamaged() {
        return signatureLetters > 0
                && (isRsa()
                        ? signatureLetters < LEAST_LETTERS_OF_RSA
                        : algorithm().equals("HS256") && signatureLetters != LETTERS_OF_HS256);
    }

    boolean isRsa() {
        return algorithm().startsWith("RS") || algorithm().startsWith("PS");
    }

    /** Whether it is signed with a key pair, and so not with the server's secret. */
    boolean isPaired() {
        return isRsa() || algorithm().startsWith("ES") || algorithm().startsWith("Ed");
    }

    String algorithm() {
        return decoded == null ? "" : decoded.algorithm().orElse("");
    }

    /** Whether it cannot work, whoever signed it. */
    boolean isDead() {
        return token == null
                || signatureLetters == 0
                || isDamaged()
                || expired().orElse(false);
    }

    /** Whether a person gave the token to this command. */
    public boolean isGiven() {
        return isFrom(SourceKind.ARGUMENT) || isFrom(SourceKind.STDIN);
    }

    /** An audience, issuer, scope or algorithm; in public, only a common one or the host of a CI provider. */
    public Optional<String> shown(Optional<String> value, boolean redacted) {
        String text = value.orElse("");
        boolean url = text.startsWith("https://") && matched().equals(Optional.of(Audience.GENERIC));
        boolean common = COMMON.contains(" " + text + " ") || (url && Form.isHost(text.substring(8)));
        return redacted && value.isPresent() && !common ? Optional.of("(left out)") : value;
    }

    /** The audiences, in public as they are shown there. */
    public List<String> audience(boolean redacted) {
        List<String> shown = new ArrayList<>();
        for (String one : decoded == null ? List.<String>of() : decoded.claims().audience()) {
            shown.add(shown(Optional.of(one), redacted).orElseThrow());
        }
        return shown;
    }

    /** Why it is not known what an API token is for, a phrase; empty if it is. A claim that is no string is not an absent one. */
    public String obscureScope() {
        List<String> odd = unreadableScope();
        if (!odd.isEmpty()) {
            return "its " + odd.get(0) + " is not a string";
        }
        Claims claims = Objects.requireNonNull(decoded).claims();
        String scope = claims.text("scope").orElse("").replace("INSTANCE_ADMIN", "instance");
        String type = claims.text("scope_type").orElse(scope).replace("INSTANCE_ADMIN", "instance");
        if (!SCOPES.contains(scope) || !SCOPES.contains(type)) {
            return "its scope is of a kind that is not known here";
        }
        return scope.isEmpty() || scope.equals(type) ? "" : "its scope and its scope_type differ";
    }

    /** The claims that say what an API token is for and are no strings, so that nothing is known of what they limit. */
    public List<String> unreadableScope() {
        List<String> odd = new ArrayList<>();
        if (token instanceof ApiToken && decoded != null) {
            for (String name : SCOPE) {
                if (decoded.claims().has(name) && !(decoded.claims().get(name) instanceof String)) {
                    odd.add(name);
                }
            }
        }
        return odd;
    }
}
