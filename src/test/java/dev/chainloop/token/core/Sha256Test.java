package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import java.security.MessageDigest;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Sha256Test {
    /** Every length around the blocks, and long texts. */
    @Test
    void agreesWithTheJdks() throws Exception {
        Random random = new Random(180_4);
        int[] lengths = IntStream.concat(IntStream.rangeClosed(0, 260), IntStream.of(1 << 16, 1 << 20))
                .toArray();
        for (int length : lengths) {
            byte[] text = new byte[length];
            random.nextBytes(text);
            assertArrayEquals(
                    MessageDigest.getInstance("SHA-256").digest(text), Sha256.digest(text), length + " bytes");
        }
    }

    /** NIST's example for FIPS 180-4. */
    @Test
    void aFingerprintIsTheBeginningOfTheDigest() {
        assertEquals("sha256:ba7816bf8f01cfea", Fingerprint.of("abc"));
    }
}
