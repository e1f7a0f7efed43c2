package dev.chainloop.token.core;

import java.nio.charset.StandardCharsets;

/** A short name for a token, so that two jobs can compare tokens that neither may print. */
public final class Fingerprint {
    private static final int DIGITS = 16;

    private Fingerprint() {}

    /**
     * Names a token.
     *
     * @param compact the token's text; only for one that decodes, for anything else may be a guessable password
     * @return {@code sha256:} and the first 16 lower-case hex digits of the text's SHA-256
     */
    public static String of(String compact) {
        byte[] digest = Sha256.digest(compact.getBytes(StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder("sha256:");
        for (int i = 0; i < DIGITS / 2; i++) {
            text.append(Character.forDigit((digest[i] >> 4) & 0xf, 16)).append(Character.forDigit(digest[i] & 0xf, 16));
        }
        return text.toString();
    }
}
