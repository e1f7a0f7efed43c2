package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.verification.Verification;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules about a token's signature, and about the key that it was verified with. */
final class SignatureRules {
    /** The signature algorithms that RFC 7518 section 3.1, RFC 8037, RFC 8812 and RFC 9864 register. */
    private static final Set<String> ASYMMETRIC = Set.of(
            "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA", "ES256K",
            "Ed25519", "Ed448");

    private static final Set<String> HMAC = Set.of("HS256", "HS384", "HS512");

    private final Inspection inspection;
    private final DecodedToken decoded;
    private final Optional<Audience> matched;

    SignatureRules(Inspection inspection, DecodedToken decoded) {
        this.inspection = inspection;
        this.decoded = decoded;
        this.matched = decoded.claims().matchedAudience();
    }

    @Nullable
    Finding unsigned() {
        if (!isUnsigned()) {
            return null;
        }
        return new Finding(
                Rule.UNSIGNED,
                decoded.signed()
                        ? "Its algorithm is none: nothing vouches for its claims, and the server refuses it."
                        : "It has no signature: nothing vouches for its claims, and the server refuses it.",
                Cure.STORE_WHOLE);
    }

    private boolean isUnsigned() {
        return !decoded.signed() || decoded.algorithm().orElse("").equalsIgnoreCase("none");
    }

    @Nullable
    Finding algorithm() {
        if (isUnsigned()) {
            return null;
        }
        Optional<String> named = decoded.algorithm();
        if (named.isEmpty()) {
            return algorithm(Severity.ERROR, "Its header names no algorithm, so its signature cannot be checked.");
        }
        String algorithm = named.get();
        boolean hmac = HMAC.contains(algorithm);
        if (!hmac && !ASYMMETRIC.contains(algorithm)) {
            return algorithm(Severity.ERROR, "Its algorithm " + algorithm + " is not one that JWTs are signed with.");
        }
        if (matched.isEmpty()) {
            return null;
        }
        return switch (matched.get()) {
            case API_TOKEN, USER ->
                algorithm.equals("HS256")
                        ? null
                        : algorithm(
                                Severity.ERROR,
                                "Its algorithm is " + algorithm + ", but Chainloop signs with and accepts only HS256.");
            case GENERIC -> federatedAlgorithm(algorithm, hmac);
        };
    }

    private @Nullable Finding federatedAlgorithm(String algorithm, boolean hmac) {
        if (hmac) {
            return algorithm(
                    Severity.ERROR,
                    "Its algorithm is " + algorithm + ", which needs a shared secret; no CI provider has one.");
        }
        return algorithm.equals("RS256")
                ? null
                : algorithm(
                        Severity.WARNING,
                        "Its algorithm is " + algorithm + "; CI providers sign with RS256, and others may be refused.");
    }

    private Finding algorithm(Severity severity, String message) {
        return new Finding(Rule.ALGORITHM, severity, message, Cure.renewal(matched));
    }

    @Nullable
    Finding signature() {
        @Nullable Verification verification = inspection.verification();
        if (verification == null || verification.isGenuine()) {
            return null;
        }
        return new Finding(Rule.SIGNATURE, verification.reason().orElse(""), cureOfSignature(verification));
    }

    /** A key that is not the right one comes before a token that is not. */
    private static Cure cureOfSignature(Verification verification) {
        boolean compared = verification.outcome() == Verification.Outcome.MISMATCH
                || verification.key().isPresent();
        return compared ? Cure.GIVE_OTHER_KEY : Cure.TRACE_ISSUER;
    }

    @Nullable
    Finding weakSecret() {
        @Nullable Verification verification = inspection.verification();
        if (verification == null || !verification.shortSecret()) {
            return null;
        }
        return new Finding(
                Rule.WEAK_SECRET,
                "The secret is shorter than "
                        + verification.algorithm().orElseThrow().word()
                        + " requires (RFC 7518 section 3.2). The control plane accepts it, but anyone who has a"
                        + " token can try to guess it.",
                Cure.LENGTHEN_SECRET);
    }
}
