package dev.chainloop.token.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A short name for a token, so that two jobs can compare tokens that neither may print.
 *
 * <pre>{@code
 * log.println("sending " + Fingerprint.of(compact));
 * }</pre>
 */
public final class Fingerprint {
    private static final int DIGITS = 16;
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
        byte[] digest = isOneOfMany() ? MessageDigests.sha256(bytes) : Sha256.digest(bytes);
        byte[] digits = new byte[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            int four = digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
            digits[i] = (byte) Character.forDigit(four, 16);
        }
        return "sha256:" + new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** Counts without a lock: a race between threads does no harm. */
    private static boolean isOneOfMany() {
        return count > MANY || ++count > MANY;
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
