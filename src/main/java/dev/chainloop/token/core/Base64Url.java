package dev.chainloop.token.core;

import java.util.Arrays;

/** Runs of base64url (RFC 4648 section 5) in any bytes. */
final class Base64Url {
    /** Enough base64 to rule out nearly everything that is no token. */
    static final int GLANCE = 64;

    /** What base64url of an object can start with, also of one after white space. */
    static final String OBJECT_STARTS = "eICD";

    /** The six bits that a character of ASCII stands for; -1 for one that does not belong to the alphabet. */
    static final byte[] SEXTETS = new byte[128];

    /** Whether a byte, taken without its sign, belongs to the alphabet. */
    static final boolean[] ALPHABET = new boolean[256];

    // Without another class's tables, so that the executable's builder computes these: else each use asks whether they
    // are there.
    static {
        Arrays.fill(SEXTETS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            SEXTETS[alphabet.charAt(i)] = (byte) i;
            ALPHABET[alphabet.charAt(i)] = true;
        }
    }

    private Base64Url() {}

    /** Where a run ends that is looked at from an index on. */
    static int runEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && ALPHABET[bytes[end] & 0xff]) {
            end++;
        }
        return end;
    }

    /** Whether base64url that begins at an index begins like a JSON object with a member. */
    static boolean opensObject(byte[] bytes, int from, int end, boolean open) {
        boolean brace = false;
        int bits = 0;
        int held = 0;
        int glance = Math.min(end, from + GLANCE);
        for (int i = from; i < glance; i++) {
            bits = bits << 6 | SEXTETS[bytes[i]];
            held += 6;
            if (held < 8) {
                // The first character alone proves little.
                if (i == from && OBJECT_STARTS.indexOf(bytes[i]) < 0) {
                    return false;
                }
                continue;
            }
            held -= 8;
            int octet = bits >> held & 0xff;
            if (octet == '"') {
                return brace;
            }
            boolean blank = octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
            if (octet == '{' && !brace) {
                brace = true;
            } else if (!blank) {
                return false;
            }
        }
        return open && glance == end;
    }

    /** Decodes as far as there are whole bytes. */
    static byte[] decode(byte[] encoded, int length) {
        byte[] decoded = new byte[length * 6 / 8];
        int bits = 0;
        int held = 0;
        int count = 0;
        for (int i = 0; i < length; i++) {
            bits = bits << 6 | SEXTETS[encoded[i]];
            held += 6;
            if (held >= 8) {
                held -= 8;
                decoded[count++] = (byte) (bits >> held);
            }
        }
        return decoded;
    }
}
