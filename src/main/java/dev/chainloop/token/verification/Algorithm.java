package dev.chainloop.token.verification;

import dev.chainloop.token.core.Keyword;

/**
 * The signature algorithms that can be verified: those of RFC 7518 section 3.1 except {@code none}, and EdDSA (RFC
 * 8037).
 */
public enum Algorithm implements Keyword {
    HS256("HS256", KeyKind.SECRET, 256),
    HS384("HS384", KeyKind.SECRET, 384),
    HS512("HS512", KeyKind.SECRET, 512),
    RS256("RS256", KeyKind.RSA, 2048),
    RS384("RS384", KeyKind.RSA, 2048),
    RS512("RS512", KeyKind.RSA, 2048),
    ES256("ES256", KeyKind.EC, 256),
    ES384("ES384", KeyKind.EC, 384),
    ES512("ES512", KeyKind.EC, 521),
    PS256("PS256", KeyKind.RSA, 2048),
    PS384("PS384", KeyKind.RSA, 2048),
    PS512("PS512", KeyKind.RSA, 2048),
    EDDSA("EdDSA", KeyKind.EDWARDS, 0);

    private final String word;
    private final KeyKind kind;
    private final int bits;

    Algorithm(String word, KeyKind kind, int bits) {
        this.word = word;
        this.kind = kind;
        this.bits = bits;
    }

    /** The {@code alg} value, compared exactly (RFC 7515 section 4.1.1). */
    @Override
    public String word() {
        return word;
    }

    /** The kind of key that it uses. */
    KeyKind kind() {
        return kind;
    }

    /** The key size that it takes: the minimum for a secret and RSA, the exact size for EC, otherwise any. */
    int bits() {
        return bits;
    }
}
