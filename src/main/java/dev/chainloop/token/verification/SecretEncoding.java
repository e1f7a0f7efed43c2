package dev.chainloop.token.verification;

import dev.chainloop.token.core.Keyword;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** How a secret is encoded. */
public enum SecretEncoding implements Keyword {
    /** Its bytes as they are, without one trailing line end. */
    RAW("raw"),
    /** Base64 in either alphabet, with padding or without; line ends are skipped. */
    BASE64("base64"),
    /** Hexadecimal digits in either case; line ends are skipped. */
    HEX("hex");

    private final String word;

    SecretEncoding(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    byte[] decode(String text) throws KeyException {
        return decode(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] decode(byte[] written) throws KeyException {
        byte[] secret;
        try {
            secret = switch (this) {
                case RAW -> withoutLineEnd(written);
                case BASE64 ->
                    Base64.getDecoder().decode(digits(written).replace('-', '+').replace('_', '/'));
                case HEX -> HexFormat.of().parseHex(digits(written));
            };
        } catch (IllegalArgumentException e) {
            throw new KeyException(
                    "is not valid " + word, "Name the secret's encoding: --secret-encoding raw, base64 or hex.");
        }
        if (secret.length == 0) {
            throw new KeyException("holds an empty secret", "Check what created it.");
        }
        return secret;
    }

    private static byte[] withoutLineEnd(byte[] written) {
        int end = written.length;
        if (end > 0 && written[end - 1] == '\n') {
            end--;
            if (end > 0 && written[end - 1] == '\r') {
                end--;
            }
        }
        return Arrays.copyOf(written, end);
    }

    // One character per byte, so that a byte that is no digit does not become one.
    private static String digits(byte[] written) {
        return new String(written, StandardCharsets.ISO_8859_1)
                .replace("\n", "")
                .replace("\r", "");
    }
}
