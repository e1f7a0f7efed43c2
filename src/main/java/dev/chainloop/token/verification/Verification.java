package dev.chainloop.token.verification;

import java.util.Optional;

/**
 * The judgement on a token's signature.
 *
 * @param outcome what came of it
 * @param key the key that fits it, or the only one that it was held against
 * @param algorithm the token's {@code alg}, when it is one that can be judged
 * @param reason why it is not genuine, a sentence; empty when it is
 * @param shortSecret whether the key is a secret that is shorter than the algorithm asks for
 */
public record Verification(
        Outcome outcome,
        Optional<VerificationKey> key,
        Optional<Algorithm> algorithm,
        Optional<String> reason,
        boolean shortSecret) {

    /** What can come of a judgement. */
    public enum Outcome {
        /** A key fits the signature. */
        GENUINE,
        /** The signature was held against a key or several, and is none of theirs. */
        MISMATCH,
        /** It is not known whose the signature is: no key may judge it, too many could, or there is nothing to judge. */
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
