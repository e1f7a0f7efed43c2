package dev.chainloop.token.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.scan.TokenScanner;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A token is found in any bytes, nothing else is changed, and where the stream is cut makes no difference. With
 * {@code -Dfuzz.rounds=N} it takes as long as one likes, each time with other bytes; {@code -Dfuzz.seed=N} repeats one round.
 */
@Order(2)
class MaskFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 3_000);
    private static final long SEED = ROUNDS == 3_000 ? 18 : Long.getLong("fuzz.seed", System.nanoTime());

    private static final List<String> TOKENS = List.of(
            TokenMint.described("API"),
            TokenMint.token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", "{\"sub\":\"somebody\"}"),
            TokenMint.token("{\"user\":\"" + "0123456789".repeat(9) + "\",\"more\":{\"deep\":[\""
                    + "abc def ghi ".repeat(10) + "\"]}}"));
    private static final String HEADER = TokenMint.segment(TokenMint.HS256);

    /** What may stand beside a token without being part of its run or its base64. */
    private static final List<String> ENDS =
            List.of(" ", "\"", "\n", "'", "\r\n", "\u001b[0m", "=", "\0", "\u00e9", "&", "\\n");

    private static final List<String> PIECES = List.of(
            ("eyJ|ZXlK|ey|ew|e|Z|GV|Bl|.|%|/|+|-|_|eyJhIjoi|ICAg|framework|user:|\n| |xxxxxxxxxxxxxxxxxxxx|eyJhIjoxfQ|"
                            + "eyJhIjoxfQ.|" + HEADER + "|" + HEADER + ".")
                    .split("[|]"));

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String noise(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            String piece = random.nextInt(8) == 0 ? new String(bytes, ISO_8859_1) : pick(random, PIECES);
            noise.append(random.nextInt(3) == 0 ? pick(random, ENDS) : "").append(piece);
        }
        return noise.toString().replace('\u00ab', ' ').replace('\u00bb', ' ');
    }

    /** The result for a text that comes in pieces of up to so many bytes; each token is in brackets. */
    private static String marked(String text, Random random, int most) throws IOException {
        StringBuilder marked = new StringBuilder();
        TokenScanner scanner = new TokenScanner(new TokenScanner.Sink() {
            @Override
            public void text(byte[] bytes, int from, int to) {
                marked.append(new String(bytes, from, to - from, ISO_8859_1));
            }

            @Override
            public void token(String compact, boolean cut) {
                marked.append('\u00ab').append(compact).append('\u00bb');
            }
        });
        byte[] rest = {};
        byte[] input = text.getBytes(ISO_8859_1);
        for (int at = 0; at <= input.length; ) {
            int to = Math.min(input.length, at + 1 + random.nextInt(most));
            byte[] all = Arrays.copyOf(rest, rest.length + to - at);
            System.arraycopy(input, at, all, rest.length, to - at);
            int decided = scanner.scan(all, all.length, to == input.length);
            rest = Arrays.copyOfRange(all, decided, all.length);
            at = to == input.length ? to + 1 : to;
        }
        return marked.toString();
    }

    @Test
    void aTokenNeverPassesAndNothingElseIsChanged() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            Random random = new Random(seed);
            String token = pick(random, TOKENS);
            String front = noise(random);
            // The characters in front of a token in base64 belong to it.
            String hidden = random.nextBoolean()
                    ? ""
                    : Base64.getEncoder().encodeToString((front + token + "\n").getBytes(ISO_8859_1));
            String text = (hidden.isEmpty() ? front + token : hidden) + pick(random, ENDS) + noise(random);
            String whole = marked(text, random, 1 << 20);
            int most = 1 + random.nextInt(random.nextBoolean() ? 3 : 100);
            assertEquals(whole, marked(text, random, most), () -> "seed " + seed);

            String outside = whole.replaceAll("(?s)\u00ab[^\u00bb]*\u00bb", "\u00ab");
            int signature = token.lastIndexOf('.') + 1;
            // In base64, the first token's mask takes the place of all that follows.
            int letter = (front.length() + signature) * 4 / 3 + 1;
            String secret = hidden.isEmpty() ? token.substring(signature) : hidden.substring(letter, letter + 12);
            assertFalse(outside.contains(secret.substring(0, 10)), () -> "seed " + seed + ": " + outside);
            if (hidden.isEmpty()) {
                assertEquals(text, whole.replaceAll("[\u00ab\u00bb]", ""), () -> "seed " + seed);
            } else {
                assertTrue(
                        text.startsWith(whole.substring(0, whole.indexOf('\u00ab'))),
                        () -> "seed " + seed + ": " + whole);
            }
        }
    }
}
