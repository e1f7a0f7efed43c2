package dev.chainloop.token.core;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A short name for a token, so that two jobs can compare tokens that neither may print.
 *
 * <pre>{@code
 * log.println("sending " + Fingerprint.of(compact));
 * }</pre>
 */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * Names a token.
     *
     * @param compact the token's text; only a text that decodes, because anything else may be a guessable password
     * @return {@code sha256:} and the first 16 lower-case hex digits of the text's SHA-256
     */
    public static String of(String compact) {
        byte[] digest = Sha256.digest(compact.getBytes(StandardCharsets.UTF_8));
        return "sha256:" + HexFormat.of().formatHex(digest, 0, 8);
    }
}
