package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    /** The first and third are test vectors of FIPS 180-2; the others are what {@code sha256sum} says. */
    @ParameterizedTest
    @CsvSource({
        "abc, sha256:ba7816bf8f01cfea",
        "'', sha256:e3b0c44298fc1c14",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, sha256:248d6a61d20638b8",
        "e30.e30., sha256:2c168bb011ce2543",
        "é, sha256:4a99557e4033c353"
    })
    void isTheStartOfTheTextsSha256(String text, String fingerprint) {
        assertEquals(fingerprint, Fingerprint.of(text));
    }
}
