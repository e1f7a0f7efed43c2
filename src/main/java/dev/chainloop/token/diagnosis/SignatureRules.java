package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.verification.Verification;
import java.util.List;
import java.util.Optional;

/** The rules about a token's signature, and the key that verified it. */
final class SignatureRules {
    private final Candidate token;
    private final Jwt jwt;
    private final List<Finding> findings;
    private final String shown;

    SignatureRules(Candidate token, Jwt jwt, List<Finding> findings) {
        this.token = token;
        this.jwt = jwt;
        this.findings = findings;
        this.shown = token.shown(jwt.decoded().algorithm()).orElse("");
    }

    void apply() {
        if (!jwt.decoded().signed() || jwt.algorithm().equalsIgnoreCase("none")) {
            unsigned();
        } else {
            length();
            algorithm();
        }
        signature();
    }

    private void unsigned() {
        String what = jwt.decoded().signed() ? "its algorithm is none" : "it has no signature";
        Stage stage = stage() == Stage.FORM ? Stage.FORM : Stage.SIGNATURE;
        add(Rule.UNSIGNED, stage, what + ": nothing vouches for its claims, and the server refuses it", whole());
    }

    private void length() {
        if (jwt.isDamaged()) {
            findings.add(new Finding(
                    Rule.SIGNATURE_LENGTH,
                    "its signature has " + jwt.signatureLetters() + " letters, and one of "
                            + shown + " has "
                            + (jwt.isRsa() ? "at least 342" : "43")
                            + ": some are missing, or something else stands there",
                    Optional.of(whole()),
                    "The server refuses it."));
        }
    }

    /** The whole token, unless that one is of no use, either. */
    private Cure whole() {
        boolean useless = token.expired().orElse(false) || token.isMatched(Audience.GENERIC);
        return useless ? Cure.renewal(token.matched()) : Cure.STORE_WHOLE;
    }

    private void algorithm() {
        boolean federated = token.isMatched(Audience.GENERIC);
        // Another issuer's, for something else.
        boolean foreign = token.matched().isEmpty() && !token.isRobot() && token.isForeign();
        if (jwt.algorithm().isEmpty()) {
            algorithm("its header names no algorithm, so its signature cannot be checked");
        } else if (federated && !jwt.isPaired()) {
            algorithm("its algorithm is " + shown + ", but CI providers sign with a key pair and share no secret");
        } else if (!federated && !foreign && !jwt.algorithm().equals("HS256")) {
            algorithm("its algorithm is " + shown + "; Chainloop accepts only HS256");
        }
    }

    private void algorithm(String message) {
        add(Rule.ALGORITHM, stage(), message, Cure.renewal(token.matched()));
    }

    private void add(Rule rule, Stage stage, String message, Cure cure) {
        findings.add(new Finding(rule, rule.severity(), Optional.of(stage), message, List.of(), Optional.of(cure)));
    }

    /** Where the server stops for an algorithm other than HS256. */
    private Stage stage() {
        // It is none where it is neither, or golang-jwt does not know it.
        return jwt.isPaired() ? Stage.SIGNATURE : jwt.algorithm().startsWith("HS") ? Stage.ALGORITHM : Stage.FORM;
    }

    private void signature() {
        Optional<Verification> verification = token.verification();
        if (verification.isPresent() && !verification.get().isGenuine() && !jwt.isDamaged()) {
            // If a key was compared, the wrong key is the first suspect, not the token.
            boolean compared = verification.get().outcome() == Verification.Judgment.MISMATCH;
            Cure cure = compared ? Cure.GIVE_OTHER_KEY : Cure.CHECK_CONTROL_PLANE;
            findings.add(new Finding(Rule.SIGNATURE, verification.get().reason().orElseThrow(), Optional.of(cure)));
        }
    }
}
