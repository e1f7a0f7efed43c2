package dev.chainloop.token.verification;

import dev.chainloop.token.core.Keyword;

/** The kinds of key; each fits its own algorithms only. */
public enum KeyKind implements Keyword {
    /** A shared secret, for HMAC. */
    SECRET("secret", "a shared secret"),
    /** RSA. */
    RSA("rsa", "an RSA key"),
    /** One of NIST's elliptic curves. */
    EC("ec", "an EC key"),
    /** Ed25519 or Ed448. */
    EDWARDS("edwards", "an Ed25519 or Ed448 key");

    private final String word;
    private final String phrase;

    KeyKind(String word, String phrase) {
        this.word = word;
        this.phrase = phrase;
    }

    @Override
    public String word() {
        return word;
    }

    /** The words for it in a sentence. */
    String phrase() {
        return phrase;
    }
}
