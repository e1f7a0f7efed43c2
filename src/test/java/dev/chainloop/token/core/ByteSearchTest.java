package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteSearchTest {
    private final Random random = new Random(18);

    /** Whatever the bytes around it. */
    @Test
    void bytesOfBase64UrlAreRecognized() {
        byte[] bytes = new byte[Long.BYTES];
        for (int round = 0; round < 100; round++) {
            for (int value = 0; value < 256; value++) {
                for (int place = 0; place < Long.BYTES; place++) {
                    random.nextBytes(bytes);
                    bytes[place] = (byte) value;
                    long expected = 0;
                    for (int i = 0; i < Long.BYTES; i++) {
                        expected |= TokenScanner.isTokenByte(bytes[i]) ? 0 : 0x80L << (8 * i);
                    }
                    assertEquals(expected, ByteSearch.othersThanBase64Url(ByteSearch.eight(bytes, 0)));
                }
            }
        }
    }

    @Test
    void theFirstOfAValueIsFound() {
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(12) == 0 ? '\n' : random.nextInt(256));
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n') {
                expected++;
            }
            assertEquals(expected, ByteSearch.indexOf(bytes, from, to, '\n'));
        }
    }
}
