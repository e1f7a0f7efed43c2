package dev.chainloop.token.verification;

/** The kinds of key, of which each fits its own algorithms only. */
public enum KeyKind {
    /** A shared secret, for HMAC. */
    SECRET("secret", "a shared secret"),
    /** RSA. */
    RSA("rsa", "an RSA key"),
    /** An elliptic curve of NIST's. */
    EC("ec", "an EC key"),
    /** Ed25519 or Ed448. */
    EDWARDS("edwards", "an Ed25519 or Ed448 key");

    private final String word;
    private final String phrase;

    KeyKind(String word, String phrase) {
        this.word = word;
        this.phrase = phrase;
    }

    /** The word for it in JSON. */
    public String word() {
        return word;
    }

    /** The words for it in a sentence. */
    String phrase() {
        return phrase;
    }
}
