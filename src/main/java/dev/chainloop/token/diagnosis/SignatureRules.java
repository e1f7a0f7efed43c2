package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.verification.Verification;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules about a token's signature, and the key that verified it. */
final class SignatureRules {
    private final Inspection inspection;
    private final DecodedToken decoded;
    private final Optional<Audience> matched;
    private final List<Finding> findings;
    private final String shown;

    SignatureRules(Inspection inspection, DecodedToken decoded, List<Finding> findings, boolean redacted) {
        this.inspection = inspection;
        this.decoded = decoded;
        this.matched = decoded.claims().matchedAudience();
        this.findings = findings;
        this.shown = inspection.shown(decoded.algorithm(), redacted).orElse("");
    }

    void apply() {
        if (!decoded.signed() || decoded.algorithm().orElse("").equalsIgnoreCase("none")) {
            unsigned();
        } else {
            length();
            algorithm();
        }
        signature();
    }

    private void unsigned() {
        String what = decoded.signed() ? "Its algorithm is none" : "It has no signature";
        Stage stage = stage() == Stage.FORM ? Stage.FORM : Stage.SIGNATURE;
        add(Rule.UNSIGNED, stage, what + ": nothing vouches for its claims, and the server refuses it", whole());
    }

    private void length() {
        if (inspection.isDamaged()) {
            findings.add(new Finding(
                    Rule.SIGNATURE_LENGTH,
                    "Its signature has " + inspection.signatureLetters() + " letters, and one of "
                            + shown + " has "
                            + (inspection.isRsa() ? "at least 342" : "43")
                            + ": some are missing, or something else stands there",
                    "The server refuses it.",
                    whole()));
        }
    }

    /** The whole token, unless that one is of no use, either. */
    private Cure whole() {
        boolean useless = inspection.expired().orElse(false) || isFederated();
        return useless ? Cure.renewal(matched) : Cure.STORE_WHOLE;
    }

    private boolean isFederated() {
        return matched.equals(Optional.of(Audience.GENERIC));
    }

    private void algorithm() {
        String algorithm = decoded.algorithm().orElse("");
        String issuer = decoded.claims().text("iss").orElse(TokenRules.OWN_ISSUER);
        // Another issuer's, for something else.
        boolean foreign = matched.isEmpty() && !inspection.isRobot() && !issuer.equals(TokenRules.OWN_ISSUER);
        if (algorithm.isEmpty()) {
            algorithm("Its header names no algorithm, so its signature cannot be checked");
        } else if (isFederated() && !inspection.isPaired()) {
            algorithm("Its algorithm is " + shown + ", but CI providers sign with a key pair and share no secret");
        } else if (!isFederated() && !foreign && !algorithm.equals("HS256")) {
            algorithm("Its algorithm is " + shown + "; Chainloop accepts only HS256");
        }
    }

    private void algorithm(String message) {
        add(Rule.ALGORITHM, stage(), message, Cure.renewal(matched));
    }

    private void add(Rule rule, Stage stage, String message, Cure cure) {
        findings.add(new Finding(rule, rule.severity(), stage, message, "", cure));
    }

    /** Where the server stops for an algorithm other than HS256. */
    private Stage stage() {
        // It is none where it is neither, or golang-jwt does not know it.
        return inspection.isPaired()
                ? Stage.SIGNATURE
                : inspection.algorithm().startsWith("HS") ? Stage.ALGORITHM : Stage.FORM;
    }

    private void signature() {
        @Nullable Verification verification = inspection.verification();
        if (verification != null && !verification.isGenuine() && !inspection.isDamaged()) {
            // If a key was compared, the wrong key is the first suspect, not the token.
            boolean compared = verification.outcome() == Verification.Judgment.MISMATCH;
            Cure cure = compared ? Cure.GIVE_OTHER_KEY : Cure.CHECK_CONTROL_PLANE;
            findings.add(new Finding(Rule.SIGNATURE, verification.reason().orElse(""), "", cure));
        }
    }
}
