package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteSearchTest {
    private final Random random = new Random(18);

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
