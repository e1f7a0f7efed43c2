package dev.chainloop.token.verification;

import java.util.Optional;

/**
 * The result of verifying a token's signature.
 *
 * @param key the key that the signature matches, or the only one that was tried
 * @param algorithm the token's {@code alg}, when it is supported
 * @param reason why it is not genuine, a sentence; empty when it is
 * @param shortSecret whether the key is a secret that is shorter than the algorithm requires
 */
public record Verification(
        Outcome outcome,
        Optional<VerificationKey> key,
        Optional<Algorithm> algorithm,
        Optional<String> reason,
        boolean shortSecret) {

    public enum Outcome {
        GENUINE,
        MISMATCH,
        /** Not decided: no key fits, there are too many to try, or there is no signature. */
        REFUSED
    }

    static Verification refused(Optional<Algorithm> algorithm, Optional<VerificationKey> key, String reason) {
        return new Verification(Outcome.REFUSED, key, algorithm, Optional.of(reason), false);
    }

    /** Whether the token was signed with the key. */
    public boolean isGenuine() {
        return outcome == Outcome.GENUINE;
    }
}
