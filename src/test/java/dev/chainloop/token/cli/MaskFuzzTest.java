package dev.chainloop.token.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.cli.mask.MaskedStream;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A token is found in whatever bytes, nothing else is changed, and where the stream is cut makes no difference. With
 * {@code -Dfuzz.rounds=N} it takes as long as one likes, each time with other bytes; {@code -Dfuzz.seed=N} repeats one of them.
 */
@Order(2)
class MaskFuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 300);
    private static final long SEED = ROUNDS == 300 ? 18 : Long.getLong("fuzz.seed", System.nanoTime());

    private static final String API = TokenMint.described("API");
    private static final String OTHER = TokenMint.token("{\"user\":\"" + "0123456789".repeat(9)
            + "\",\"more\":{\"deep\":[\"" + "abc def ghi ".repeat(10) + "\"]}}");
    private static final String RSA = TokenMint.token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", "{\"sub\":\"somebody\"}");
    private static final String LONG = TokenMint.segment("{\"alg\":\"PS512\"}") + "."
            + TokenMint.segment("{\"name\":\"nobody at all\"}") + "." + random(512);
    private static final String UNSIGNED =
            TokenMint.segment("{\"alg\":\"none\"}") + "." + TokenMint.segment("{\"org\":\"nobody's\"}") + ".";

    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\n    ", "\r\n\t", "\\n", "\\r\\n", "=\r\n");

    private static final String HEADER = TokenMint.segment(TokenMint.HS256);
    private static final List<String> PIECES =
            List.of(("eyJ,ZXlK,.,%2E,%,\n,\r\n,\n  ,\\n,\u001b[0m,\u001b[,=,\", ,\0,\u00e9," + HEADER + "," + HEADER
                            + ".," + "x".repeat(20) + ",ICAg,eyIi," + TokenMint.segment("{\"a\":1}"))
                    .split(","));

    /** A token as it stands in a text, and what of it must not be left: {@code secret} in no piece as long as {@code piece}. */
    private record Planted(String text, String secret, int piece) {
        static Planted plain(String token) {
            return new Planted(token, token.substring(token.indexOf('.') + 1), 16);
        }

        /** Pieces of 16 characters, which stand for 12. */
        static Planted base64(String before, String token) {
            String text = MaskFuzzTest.base64(before + token);
            int start = (before.length() + token.indexOf('.')) * 4 / 3 + 3;
            return new Planted(text, text.substring(start).replace("=", ""), 16);
        }

        Planted with(String changed) {
            return new Planted(changed, secret, piece);
        }

        boolean isIn(String text) {
            Set<String> pieces = new HashSet<>();
            for (int i = 0; i + piece <= secret.length(); i++) {
                pieces.add(secret.substring(i, i + piece));
            }
            String unbroken = text.replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b\\(B|\\\\r|\\\\n|=?[\r\n\t ]", "")
                    .replaceAll("%(25)*2E", ".");
            for (int i = 0; i + piece <= unbroken.length(); i++) {
                if (pieces.contains(unbroken.substring(i, i + piece))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Planted planted(Random random, List<String> tokens) {
        String token = pick(random, tokens);
        Planted planted = switch (random.nextInt(5)) {
            case 0 -> Planted.base64("", token);
            case 1 -> Planted.base64("user:".substring(random.nextInt(5)), token);
            default -> Planted.plain(token);
        };
        String text = planted.text();
        String sequence = pick(random, SEQUENCES);
        return switch (random.nextInt(8)) {
            case 0 -> planted.with(text.replace(".", random.nextBoolean() ? "%2E" : "%252E"));
            case 1 -> planted.with(text.replace(".", "\u001b[0m.\u001b[35m"));
            case 2 -> planted.with(wrapped(text, 40 + random.nextInt(100), pick(random, LINE_ENDS)));
            case 3 -> {
                int at = random.nextInt(text.length() - 2);
                int to = at + random.nextInt(text.length() - 2 - at);
                yield planted.with(text.substring(0, at) + "\u001b[01;31m\u001b[K" + text.substring(at, to)
                        + "\u001b[m\u001b[K" + text.substring(to));
            }
            case 4 -> {
                int at = 4 + random.nextInt(text.length() - 7);
                yield planted.with(
                        text.substring(0, at) + pick(random, List.of("\n", "\r\n", "\\n")) + text.substring(at));
            }
            case 5 -> planted.with(text.replaceAll("(?<=.)(?=[^=])", sequence));
            default -> planted;
        };
    }

    private static final List<String> SEQUENCES =
            List.of("\u001b[0m", "\u001b(B", "\u001b[38;5;1m\u001b[K", "\u001b[?25l");

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String wrapped(String text, int width, String lineEnd) {
        return text.replaceAll("(.{" + width + "})(?!=*$)", "$1" + Matcher.quoteReplacement(lineEnd));
    }

    private static String random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return TokenMint.encode(bytes);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }

    /** Gives as many bytes at a time as it likes. */
    private static InputStream cut(byte[] bytes, Random random) {
        int most = 1 + random.nextInt(random.nextInt(8) == 0 ? 3 : 500);
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }

    private static String marked(InputStream in) throws IOException {
        StringBuilder marked = new StringBuilder();
        new MaskedStream(new MaskedStream.Sink() {
                    @Override
                    public void text(byte[] bytes, int from, int to) {
                        marked.append(new String(bytes, from, to - from, ISO_8859_1));
                    }

                    @Override
                    public void hidden(byte[] bytes, int from, int to) {
                        text(bytes, from, to);
                    }

                    @Override
                    public void cutOff() {}

                    @Override
                    public void token(byte[] bytes, int from, int to, String compact) {
                        marked.append('\u00ab')
                                .append(new String(bytes, from, to - from, ISO_8859_1))
                                .append('\u00bb');
                    }

                    @Override
                    public void pause() {}
                })
                .read(in);
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
            String other = planted(random, List.of(OTHER)).text();
            noise.append(
                    switch (random.nextInt(8)) {
                        case 0 -> other;
                        case 1 -> other.substring(0, random.nextInt(other.length()));
                        default -> pick(random, PIECES);
                    });
        }
        return noise.toString();
    }

    @Test
    void aTokenNeverSurvivesAndNothingElseIsChanged() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            aTextThatOncePassedIsMasked(SEED + round);
        }
    }

    /** By their seeds: a header behind what is left of another, sequences that ended in a header, masks of different lengths. */
    @ParameterizedTest
    @ValueSource(longs = {201, 5401138779443L, 1559, 214126, 218054, 5016302, 5020232, 31000792})
    void aTextThatOncePassedIsMasked(long seed) throws IOException {
        Random random = new Random(seed);
        Planted token = planted(random, List.of(API, RSA, LONG));
        // Bytes that are no UTF-16 come first.
        String text = "log: " + noise(random) + token.text() + noise(random);
        byte[] input = text.getBytes(ISO_8859_1);
        String whole = marked(new ByteArrayInputStream(input));
        assertEquals(whole, marked(cut(input, random)), () -> "seed " + seed);
        assertEquals(text, whole.replaceAll("[\u00ab\u00bb]", ""), () -> "seed " + seed);
        String outside = whole.replaceAll("(?s)\u00ab[^\u00bb]*\u00bb", "\u00ab\u00bb");
        assertFalse(token.isIn(outside), () -> "seed " + seed + ": " + token.text() + " in " + whole);
    }

    /** A color, and behind it a line end, within the first characters of what could be a header. */
    @Test
    void whereTheStreamIsCutNearAColorAndALineEndMakesNoDifference() throws IOException {
        byte[] input = ("x".repeat(10) + "ICAg\u001b[0m\n" + RSA + "\"").getBytes(ISO_8859_1);
        String whole = marked(new ByteArrayInputStream(input));
        assertTrue(whole.endsWith(RSA + "\u00bb\""), whole);
        for (int at = 1; at < 60; at++) {
            InputStream in = new SequenceInputStream(
                    new ByteArrayInputStream(input, 0, at), new ByteArrayInputStream(input, at, input.length - at));
            assertEquals(whole, marked(in), "cut at " + at);
        }
    }

    @Test
    void betweenWordsATokenIsAllThatIsMasked() throws IOException {
        List<String> words = List.of(
                "INF sent", "{\"a\":\"", "https://h/?t=", "a.b.c", "2026-11-25T18:00:00Z", "\u001b[1m", "eyJ", "x=y");
        List<String> marks = List.of(" ", "\"", "\n", "'", "\r\n\r\n");
        for (int round = 0; round < ROUNDS; round++) {
            long own = SEED + round;
            Random random = new Random(own);
            String token;
            do {
                // Not base64 of something in front of the token, which is no part of it.
                token = planted(random, List.of(API, RSA, LONG, OTHER)).text();
            } while (!token.startsWith("eyJ") && !token.startsWith("ZXlK"));
            String masked = "\u00ab" + token.replaceFirst("((=|\u001b\\[m\u001b\\[K)*)$", "\u00bb$1");
            String expected = pick(random, words) + pick(random, marks) + masked + pick(random, marks)
                    + pick(random, words) + "\n";
            String text = expected.replaceAll("[\u00ab\u00bb]", "");
            assertEquals(expected, marked(cut(text.getBytes(ISO_8859_1), random)), () -> "seed " + own);
        }
    }
}
