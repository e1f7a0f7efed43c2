package dev.chainloop.token.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a token may have been signed with.
 *
 * @param keys in the order in which they are tried
 * @param isSet whether they are a JWK set, whose keys are chosen by {@code kid}
 */
record KeySet(List<VerificationKey> keys, boolean isSet) {
    static KeySet of(VerificationKey key) {
        return new KeySet(List.of(key), false);
    }

    /**
     * The keys with the token's {@code kid}. When none has it, those without a {@code kid}, which a set of one key often
     * lacks. A key that was given by itself is used whatever its {@code kid} is.
     */
    List<VerificationKey> named(Optional<String> kid) {
        if (!isSet || kid.isEmpty()) {
            return keys;
        }
        List<VerificationKey> named = new ArrayList<>();
        List<VerificationKey> nameless = new ArrayList<>();
        for (VerificationKey key : keys) {
            if (key.kid().equals(kid)) {
                named.add(key);
            } else if (key.kid().isEmpty()) {
                nameless.add(key);
            }
        }
        return named.isEmpty() ? nameless : named;
    }
}
