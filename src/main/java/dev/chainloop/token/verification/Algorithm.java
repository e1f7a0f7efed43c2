package dev.chainloop.token.verification;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.verification.VerificationKey.Kind;

/**
 * The signature algorithms that can be verified: those of RFC 7518 section 3.1 except {@code none}, and EdDSA (RFC
 * 8037).
 */
public enum Algorithm implements Keyword {
    HS256(Kind.SECRET, 256),
    HS384(Kind.SECRET, 384),
    HS512(Kind.SECRET, 512),
    RS256(Kind.RSA, 2048),
    RS384(Kind.RSA, 2048),
    RS512(Kind.RSA, 2048),
    ES256(Kind.EC, 256),
    ES384(Kind.EC, 384),
    ES512(Kind.EC, 521),
    PS256(Kind.RSA, 2048),
    PS384(Kind.RSA, 2048),
    PS512(Kind.RSA, 2048),
    EDDSA(Kind.EDWARDS, 0);

    final Kind kind;
    /** The key size that it takes: the minimum for a secret and RSA, the exact size for EC, otherwise any. */
    final int bits;

    Algorithm(Kind kind, int bits) {
        this.kind = kind;
        this.bits = bits;
    }

    /** The {@code alg} value, compared exactly (RFC 7515 section 4.1.1). */
    @Override
    public String word() {
        return this == EDDSA ? "EdDSA" : name();
    }
}
