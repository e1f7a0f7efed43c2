package dev.chainloop.token.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Any text gives a result or a {@link MalformedTokenException} that quotes nothing of it. The seeds are fixed. */
class ParserFuzzTest {
    private static final int ROUNDS = 10_000;

    private static final List<String> PAYLOADS = List.of(
            TokenMint.USER,
            TokenMint.API_TOKEN,
            "{\"aud\":\"chainloop\",\"iss\":\"https://ci.example\",\"sub\":\"repo:a/b\",\"repository_owner_id\":1234}",
            "{\"aud\":[1,null,\"chainloop\",{}],\"exp\":1e300,\"nbf\":-0.5,\"iat\":[],\"iss\":\"x\"}",
            "{\"a\":{\"b\":[{\"c\":\"\\ud800\\u0000é😀\"}]},\"n\":[-0,1.10,1E+300,true,false,null]}");

    private final Parser parser = new Parser();
    private final ParserOracle oracle = new ParserOracle();

    /** What the fuzzer starts from, and what it has found. */
    @Test
    void corpusOfTheFuzzer() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("src/test/resources/dev/chainloop/token/core/ParserFuzzInputs/parse"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                oracle.check(new String(bytes, UTF_8));
                oracle.check("e30." + TokenMint.encode(bytes) + ".");
            }
        }
        assertTrue(oracle.decoded() >= 3, oracle.decoded() + " decoded");
    }

    @Test
    void mutatedTokens() {
        Random random = new Random(2828);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(TokenMint.token(any(random, PAYLOADS)));
            mutate(random, text, "AZaz09-_.=+/ \n\r\0é\ud800");
            oracle.check(text.toString());
        }
        assertBothHappened();
    }

    @Test
    void mutatedPayloadsAndHeaders() {
        Random random = new Random(2812);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder json =
                    new StringBuilder(new String(any(random, PAYLOADS).getBytes(UTF_8), ISO_8859_1));
            mutate(random, json, "{}[]\",:\\u09eE+-. \n\0\u0080\u00c0\u00ed\u00ff");
            String segment = TokenMint.encode(json.toString().getBytes(ISO_8859_1));
            String fine = TokenMint.segment(TokenMint.HS256);
            oracle.check(random.nextBoolean() ? fine + "." + segment + "." : segment + "." + fine + ".AAAA");
        }
        assertBothHappened();
    }

    @Test
    void randomBytesInSegments() {
        Random random = new Random(2160);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            String segment = TokenMint.encode(bytes);
            oracle.check("e30." + segment + "." + segment);
        }
        assertEquals(0, oracle.decoded());
    }

    private void assertBothHappened() {
        assertTrue(oracle.decoded() > ROUNDS / 100, oracle.decoded() + " decoded");
        assertTrue(oracle.refused() > ROUNDS / 100, oracle.refused() + " refused");
    }

    private static void mutate(Random random, StringBuilder text, String alphabet) {
        for (int edits = random.nextInt(4); edits > 0 && !text.isEmpty(); edits--) {
            int at = random.nextInt(text.length());
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.setLength(Math.max(at, 1));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
            }
        }
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
