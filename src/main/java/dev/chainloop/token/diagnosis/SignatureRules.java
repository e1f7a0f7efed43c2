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
                    whole()));
        }
    }

    /** The whole token, unless that one is of no use, either. */
    private Cure whole() {
        boolean dead = inspection.expired().orElse(false) || matched.equals(Optional.of(Audience.GENERIC));
        return dead ? Cure.renewal(matched) : Cure.STORE_WHOLE;
    }

    void signatureLength() {
        if (inspection.isDamaged()) {
            findings.add(new Finding(
                    Rule.SIGNATURE_LENGTH,
                    inspection.faultOfSignature().orElseThrow() + " The server refuses it.",
                    whole()));
        }
    }

    void signatureLeftOut() {
        if (inspection.isWithoutSignature()) {
            findings.add(new Finding(
                    Rule.SIGNATURE_LEFT_OUT, inspection.faultOfSignature().orElseThrow(), Cure.USE_ORIGINAL));
        }
    }

    private boolean isUnsigned() {
        return !decoded.signed() || decoded.algorithm().orElse("").equalsIgnoreCase("none");
    }

    void algorithm() {
        String algorithm = decoded.algorithm().orElse("");
        boolean hmac = HMAC.contains(algorithm);
        boolean federated = matched.isPresent() && !matched.get().isIssuedByChainloop();
        if (isUnsigned()) {
            return;
        }
        if (decoded.algorithm().isEmpty()) {
            algorithm("Its header names no algorithm, so its signature cannot be checked.");
        } else if (!hmac && !ASYMMETRIC.contains(algorithm)) {
            algorithm("Its algorithm " + algorithm + " is not one that JWTs are signed with.");
        } else if (federated && hmac) {
            algorithm("Its algorithm is " + algorithm + ", which needs a shared secret, but CI providers share none.");
        } else if (federated && !algorithm.equals("RS256")) {
            // Another provider may sign in its own way; only the control plane knows what it accepts.
            String message = "Its algorithm is " + algorithm + ", which is unusual: GitHub and GitLab sign with RS256.";
            findings.add(new Finding(Rule.ALGORITHM, Severity.INFO, message, null));
        } else if (!federated && matched.isPresent() && !algorithm.equals("HS256")) {
            algorithm("Its algorithm is " + algorithm + ", but Chainloop uses and accepts only HS256.");
        }
    }

    private void algorithm(String message) {
        findings.add(new Finding(Rule.ALGORITHM, message, Cure.renewal(matched)));
    }

    void signature() {
        @Nullable Verification verification = inspection.verification();
        if (verification != null
                && !verification.isGenuine()
                && inspection.faultOfSignature().isEmpty()) {
            findings.add(new Finding(Rule.SIGNATURE, verification.reason().orElse(""), cureOfSignature(verification)));
        }
    }

    /** If a key was compared, the wrong key is the first suspect, not the token. */
    private static Cure cureOfSignature(Verification verification) {
        boolean compared = verification.outcome() == Verification.Outcome.MISMATCH
                || verification.key().isPresent();
        return compared ? Cure.GIVE_OTHER_KEY : Cure.TRACE_ISSUER;
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
                    Cure.LENGTHEN_SECRET));
        }
    }
}
