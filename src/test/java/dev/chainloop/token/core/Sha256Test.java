package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
    /** NIST's examples for FIPS 180-4. */
    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    })
    void givesThePublishedDigests(String text, String digest) {
        assertEquals(digest, HexFormat.of().formatHex(Sha256.digest(text.getBytes(StandardCharsets.UTF_8))));
        assertEquals("sha256:" + digest.substring(0, 16), Fingerprint.of(text));
    }

    @Test
    void agreesWithTheJdksForEveryLengthAroundTheBlocks() throws Exception {
        Random random = new Random(180_4);
        for (int length = 0; length <= 260; length++) {
            assertAgrees(random, length);
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1 << 16, 1 << 20})
    void agreesWithTheJdksForLongTexts(int length) throws Exception {
        assertAgrees(new Random(length), length);
    }

    private static void assertAgrees(Random random, int length) throws Exception {
        byte[] text = new byte[length];
        random.nextBytes(text);
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(text), Sha256.digest(text), length + " bytes");
    }
}
