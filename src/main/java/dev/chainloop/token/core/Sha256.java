package dev.chainloop.token.core;

import java.nio.ByteBuffer;

/**
 * SHA-256 (FIPS 180-4) of a short text. The JDK's own is faster for many tokens, but needs its security providers, which take
 * 5 to 17 ms to start. Used for the fingerprint only.
 */
final class Sha256 {
    private static final int BLOCK = 64;

    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    private Sha256() {}

    static byte[] digest(byte[] text) {
        int[] hash = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
        int[] words = new int[BLOCK];
        // The text, a one bit, zeros, and the text's length in bits as the last 8 bytes of a whole block.
        ByteBuffer padded = ByteBuffer.allocate((text.length + 8) / BLOCK * BLOCK + BLOCK);
        padded.put(text).put((byte) 0x80).putLong(padded.capacity() - 8, 8L * text.length);
        for (int start = 0; start < padded.capacity(); start += BLOCK) {
            schedule(padded, start, words);
            compress(words, hash);
        }
        ByteBuffer digest = ByteBuffer.allocate(4 * hash.length);
        for (int word : hash) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void schedule(ByteBuffer text, int start, int[] w) {
        for (int t = 0; t < 16; t++) {
            w[t] = text.getInt(start + 4 * t);
        }
        for (int t = 16; t < BLOCK; t++) {
            int far = w[t - 15];
            int near = w[t - 2];
            int low = Integer.rotateRight(far, 7) ^ Integer.rotateRight(far, 18) ^ (far >>> 3);
            int high = Integer.rotateRight(near, 17) ^ Integer.rotateRight(near, 19) ^ (near >>> 10);
            w[t] = w[t - 16] + low + w[t - 7] + high;
        }
    }

    /** The standard's variables a to h are those of an array, in this order. */
    private static void compress(int[] w, int[] hash) {
        int[] v = hash.clone();
        for (int t = 0; t < BLOCK; t++) {
            int sumE = Integer.rotateRight(v[4], 6) ^ Integer.rotateRight(v[4], 11) ^ Integer.rotateRight(v[4], 25);
            int sumA = Integer.rotateRight(v[0], 2) ^ Integer.rotateRight(v[0], 13) ^ Integer.rotateRight(v[0], 22);
            int first = v[7] + sumE + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[t] + w[t];
            int second = sumA + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            System.arraycopy(v, 0, v, 1, v.length - 1);
            v[0] = first + second;
            v[4] += first;
        }
        for (int i = 0; i < hash.length; i++) {
            hash[i] += v[i];
        }
    }
}
