package dev.chainloop.token.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A token is found in whatever bytes, nothing else is changed, and where the stream is cut makes no difference. With
 * {@code -Dfuzz.rounds=N} it takes as long as one likes, each time with other bytes; {@code -Dfuzz.seed=N} repeats one of them.
 */
class MaskFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 0);

    private static final String API = TokenMint.described("API");
    private static final String RSA = TokenMint.segment("{\"alg\":\"RS256\"}") + "." + TokenMint.segment("{\"a\":1}")
            + "." + "c2ln".repeat(85) + "AA";
    private static final String UNSIGNED =
            TokenMint.segment("{\"alg\":\"none\"}") + "." + TokenMint.segment("{}") + ".";

    private static final List<String> TOKENS = List.of(
            API,
            RSA,
            UNSIGNED,
            API.replace(".", "%2E"),
            API.replace(".", "\u001b[0m.\u001b[35m"),
            API.replaceAll("(.{80})", "$1\n"),
            RSA.replaceAll("(.{60})", "$1\r\n  "),
            base64(API),
            base64("user:" + API + "\n"),
            base64(RSA).replaceAll("(.{76})", "$1\n"),
            base64(API).replaceAll("(.{60})", "$1\\\\n"));

    private static final String CUT = base64(API).substring(0, 60);

    private static final List<String> PIECES = List.of(
            "eyJ",
            "ZXlK",
            ".",
            "%2E",
            "%",
            "\n",
            "\r\n",
            "\n  ",
            "\\n",
            "\u001b[0m",
            "\u001b[",
            "=",
            "\"",
            " ",
            "\0",
            "\u00e9",
            TokenMint.segment(TokenMint.HS256),
            TokenMint.segment(TokenMint.HS256) + ".",
            CUT,
            API.substring(0, API.length() / 3),
            "x".repeat(20),
            "ICAg",
            "eyIi",
            TokenMint.segment("{\"a\":1}"));

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }

    /** Gives as many bytes at a time as it likes. */
    private static InputStream cut(byte[] bytes, Random random) {
        int most = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }

    private static String marked(InputStream in) throws IOException {
        StringBuilder marked = new StringBuilder();
        new MaskedStream().read(in, new MaskedStream.Sink() {
            @Override
            public void begin(TextEncoding encoding) {}

            @Override
            public void text(byte[] bytes, int from, int to) {
                marked.append(new String(bytes, from, to - from, ISO_8859_1));
            }

            @Override
            public void token(byte[] bytes, int from, int to, String compact) {
                marked.append('\u00ab')
                        .append(new String(bytes, from, to - from, ISO_8859_1))
                        .append('\u00bb');
            }

            @Override
            public void pause() {}
        });
        return marked.toString();
    }

    private static String noise(Random random) {
        if (random.nextInt(3) == 0) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            return new String(bytes, ISO_8859_1).replace('\u00ab', ' ').replace('\u00bb', ' ');
        }
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            noise.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return noise.toString();
    }

    @Test
    void aTokenNeverSurvivesAndNothingElseIsChanged() throws IOException {
        long seed = ROUNDS == 0 ? 18 : Long.getLong("fuzz.seed", System.nanoTime());
        int rounds = ROUNDS == 0 ? 3_000 : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            long own = seed + round;
            Random random = new Random(own);
            String token = TOKENS.get(random.nextInt(TOKENS.size()));
            // A cut token in front takes some of the next for its own; what is glued to the last line hides its end.
            String before = noise(random).replaceAll("\\.|%2E|" + CUT, "!");
            String glue = token.contains("\n") || token.contains("\\n") ? " " : "";
            String text = before + token + glue + noise(random);
            byte[] input = text.getBytes(ISO_8859_1);
            String whole = marked(new ByteArrayInputStream(input));
            assertEquals(whole, marked(cut(input, random)), () -> "seed " + own);
            assertEquals(text, whole.replaceAll("[\u00ab\u00bb]", ""), () -> "seed " + own);
            String outside = whole.replaceAll("(?s)\u00ab[^\u00bb]*\u00bb", "\u00ab\u00bb");
            for (String part :
                    Arrays.asList(token.substring(0, token.length() - 1), token.substring(token.length() / 2))) {
                assertFalse(outside.contains(part), () -> "seed " + own + ": " + whole);
            }
        }
    }
}
