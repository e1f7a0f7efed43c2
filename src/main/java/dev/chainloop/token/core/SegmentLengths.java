package dev.chainloop.token.core;

/** How long a token's last segment can be in base64url, in characters: its header's algorithm tells. */
final class SegmentLengths {
    private SegmentLengths() {}

    /** The greatest of some lengths in ascending order that is no greater than another; -1 when there is none. */
    static int within(int[] lengths, int most) {
        int greatest = -1;
        for (int length : lengths) {
            greatest = length <= most ? length : greatest;
        }
        return greatest;
    }

    /** The lengths in base64url that an authentication tag can have (RFC 7518 section 5), ascending. */
    static int[] ofTag(String encryption) {
        return switch (encryption) {
            case "A192CBC-HS384" -> new int[] {32};
            case "A256CBC-HS512" -> new int[] {43};
            default -> new int[] {22};
        };
    }

    /** The lengths in base64url that a signature of an algorithm can have (RFC 7518 section 3, RFC 8037), ascending. */
    static int[] ofSignature(String algorithm) {
        return switch (algorithm) {
            case "none" -> new int[] {0};
            case "HS256" -> new int[] {43};
            case "HS384" -> new int[] {64};
            case "HS512", "ES256", "ES256K" -> new int[] {86};
            case "ES384" -> new int[] {128};
            case "ES512" -> new int[] {176};
            case "EdDSA", "Ed25519", "Ed448" -> new int[] {86, 152};
            // Keys of 1024, 2048, 3072, 4096 and 8192 bits.
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> new int[] {171, 342, 512, 683, 1366};
            default -> new int[0];
        };
    }
}
