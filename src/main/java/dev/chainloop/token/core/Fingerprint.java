package dev.chainloop.token.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short name for a token, so that two jobs can compare tokens that neither may print.
 *
 * <pre>{@code
 * log.println("sending " + Fingerprint.of(compact));
 * }</pre>
 */
public final class Fingerprint {
    /** From this many tokens on, the JDK's SHA-256 is worth its start-up: it uses the processor's instructions. */
    private static final int MANY = 64;

    private static int count;

    private Fingerprint() {}

    /**
     * Names a token.
     *
     * @param compact the token's text; only one that decodes, since anything else may be a guessable password
     * @return {@code sha256:} and the first 16 lower-case hex digits of the text's SHA-256
     */
    public static String of(String compact) {
        byte[] bytes = compact.getBytes(StandardCharsets.UTF_8);
        // Counted without a lock: a race between threads does no harm.
        boolean many = count > MANY || ++count > MANY;
        byte[] digest = many ? MessageDigests.sha256(bytes) : Sha256.digest(bytes);
        return "sha256:" + HexFormat.of().formatHex(digest, 0, 8);
    }

    /** A separate class, so that a run on one token does not load it. */
    private static final class MessageDigests {
        private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(MessageDigests::create);

        static byte[] sha256(byte[] bytes) {
            return SHA_256.get().digest(bytes);
        }

        private static MessageDigest create() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
