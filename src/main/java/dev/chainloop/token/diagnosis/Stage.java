package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/**
 * What the server looks at in a token, in its order (Chainloop v1.106.1, kratos v2.9.2, golang-jwt v5.3.1). It stops at the
 * first that it refuses, and its message is about that one.
 */
public enum Stage implements Keyword {
    /** Whether a token was sent. */
    PRESENCE,
    /** Whether it is a JWT with an algorithm that is known and not none. */
    FORM,
    /** With the server's secret; a key pair's is refused here, too. */
    SIGNATURE,
    /** Both exp and nbf: the server says of either that it has expired. */
    EXPIRY,
    /** Those of exp and nbf. */
    TYPES,
    /** Whether it is HS256, of those with a secret. */
    ALGORITHM,
    /** Only for attestations; with it, the types of the other claims. */
    AUDIENCE,
    /** Whether it says whose it is. */
    IDENTITY,
    /** Whether the user, the API token and the organization are on record. */
    RECORD,
    SCOPE,
    PERMISSION;

    /** Whether all that counts there is in the token; elsewhere it is a secret, a clock or a record of the server's. */
    public boolean isInToken() {
        return this == FORM || (compareTo(TYPES) >= 0 && compareTo(IDENTITY) <= 0);
    }
}
