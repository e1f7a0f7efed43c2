package dev.chainloop.token.verification;

import java.util.Optional;

/**
 * The result of verifying a token's signature.
 *
 * @param key the key that signed it, if it is genuine
 * @param reason why it is not genuine, a sentence without its full stop; empty when it is
 */
public record Verification(Judgment outcome, Optional<VerificationKey> key, Optional<String> reason) {
    public enum Judgment {
        GENUINE,
        /** None of the keys signed it. */
        MISMATCH,
        /** It has no signature that any key can verify. */
        REFUSED
    }

    public boolean isGenuine() {
        return outcome == Judgment.GENUINE;
    }
}
