package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.verification.Verification;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules about a token's signature, and the key that verified it. */
final class SignatureRules {
    /** The signature algorithms that RFC 7518 section 3.1, RFC 8037, RFC 8812 and RFC 9864 register. */
    private static final Set<String> ASYMMETRIC = Set.of(
            "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA", "ES256K",
            "Ed25519", "Ed448");

    private static final Set<String> HMAC = Set.of("HS256", "HS384", "HS512");

    private final Inspection inspection;
    private final DecodedToken decoded;
    private final Optional<Audience> matched;
    private final List<Finding> findings;

    SignatureRules(Inspection inspection, DecodedToken decoded, List<Finding> findings) {
        this.inspection = inspection;
        this.decoded = decoded;
        this.matched = decoded.claims().matchedAudience();
        this.findings = findings;
    }

    void unsigned() {
        if (isUnsigned()) {
            findings.add(new Finding(
                    Rule.UNSIGNED,
                    decoded.signed()
                            ? "Its algorithm is none: nothing vouches for its claims, and the server refuses it."
                            : "It has no signature: nothing vouches for its claims, and the server refuses it.",
                    Cure.STORE_WHOLE));
        }
    }

    private boolean isUnsigned() {
        return !decoded.signed() || decoded.algorithm().orElse("").equalsIgnoreCase("none");
    }

    void algorithm() {
        String algorithm = decoded.algorithm().orElse("");
        boolean hmac = HMAC.contains(algorithm);
        boolean federated = matched.equals(Optional.of(Audience.GENERIC));
        if (isUnsigned()) {
            return;
        }
        if (decoded.algorithm().isEmpty()) {
            algorithm(Severity.ERROR, "Its header names no algorithm, so its signature cannot be checked.");
        } else if (!hmac && !ASYMMETRIC.contains(algorithm)) {
            algorithm(Severity.ERROR, "Its algorithm " + algorithm + " is not one that JWTs are signed with.");
        } else if (federated && hmac) {
            algorithm(
                    Severity.ERROR,
                    "Its algorithm is " + algorithm + ", which needs a shared secret, but CI providers share none.");
        } else if (federated && !algorithm.equals("RS256")) {
            algorithm(
                    Severity.WARNING,
                    "Its algorithm is " + algorithm + "; CI providers sign with RS256, and any other may be refused.");
        } else if (!federated && matched.isPresent() && !algorithm.equals("HS256")) {
            algorithm(Severity.ERROR, "Its algorithm is " + algorithm + ", but Chainloop uses and accepts only HS256.");
        }
    }

    private void algorithm(Severity severity, String message) {
        findings.add(new Finding(Rule.ALGORITHM, severity, message, Cure.renewal(matched)));
    }

    void signature() {
        @Nullable Verification verification = inspection.verification();
        if (verification != null && !verification.isGenuine()) {
            findings.add(new Finding(Rule.SIGNATURE, verification.reason().orElse(""), cureOfSignature(verification)));
        }
    }

    /** If a key was compared, the wrong key is the first suspect, not the token. */
    private static Cure cureOfSignature(Verification verification) {
        boolean compared = verification.outcome() == Verification.Outcome.MISMATCH
                || verification.key().isPresent();
        return compared ? Cure.GIVE_OTHER_KEY : Cure.CHECK_CONTROL_PLANE;
    }

    void weakSecret() {
        @Nullable Verification verification = inspection.verification();
        if (verification != null && verification.shortSecret()) {
            findings.add(new Finding(
                    Rule.WEAK_SECRET,
                    "The secret is shorter than "
                            + verification.algorithm().orElseThrow().word()
                            + " requires (RFC 7518 section 3.2). The control plane accepts it, but anyone who has a"
                            + " token can try to guess it.",
                    Cure.ASK_ADMINISTRATOR));
        }
    }
}
