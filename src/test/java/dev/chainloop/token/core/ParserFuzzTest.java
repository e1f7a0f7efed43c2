package dev.chainloop.token.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Any text returns a result or throws a {@link MalformedTokenException} that quotes nothing of it. The seeds are fixed. */
class ParserFuzzTest {
    private static final int ROUNDS = 10_000;

    private static final List<String> PAYLOADS = List.of(
            TokenMint.USER,
            TokenMint.API_TOKEN,
            "{\"aud\":\"chainloop\",\"iss\":\"https://ci.example\",\"sub\":\"repo:a/b\",\"repository_owner_id\":1234}",
            "{\"aud\":[1,null,\"chainloop\",{}],\"exp\":1e300,\"nbf\":-0.5,\"iat\":[],\"iss\":\"x\"}",
            "{\"aud\":[1,null,\"chainloop\",{}],\"exp\":0e99999999999,\"iat\":-1e-99,\"iss\":\"\\ud800\"}",
            "{\"\\ud800\":\"\\udc00\\ue000\",\"\\ud83d\\ude00\":[true,false,null,{\"\\ud83d\\ud83d\":1}]}",
            "{\"a\":{\"b\":[{\"c\":\"\\ud800\\u0000é😀\"}]},\"n\":[-0,1.10,1E+300,true,false,null]}");

    /** All possible messages, so that none can contain a piece of the text. */
    private static final Pattern FAULT = Pattern.compile("it is empty|it is longer than 1 MiB"
            + "|it has [0-9]+ segments?, but a JWT has 3"
            + "|its (header|payload|signature) (is empty|is not base64url"
            + "|is not JSON|is not a JSON object|has text after its JSON object"
            + "|has the same name twice in one object|is nested deeper than 512 levels"
            + "|has a number that no double can hold)");

    private final Parser parser = new Parser();
    private int decoded;
    private int refused;

    @Test
    void mutatedTokens() {
        Random random = new Random(2828);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(TokenMint.token(any(random, PAYLOADS)));
            mutate(random, text, "AZaz09-_.=+/ \n\r\0é\ud800");
            check(text.toString());
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
            check(random.nextBoolean() ? fine + "." + segment + "." : segment + "." + fine + ".AAAA");
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
            check("e30." + segment + "." + segment);
        }
        assertEquals(0, decoded);
    }

    private void assertBothHappened() {
        assertTrue(decoded > ROUNDS / 100, decoded + " decoded");
        assertTrue(refused > ROUNDS / 100, refused + " refused");
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

    /** Uses all of the library's reading side; what is thrown consists of our own words alone. */
    private void check(String text) {
        try {
            DecodedToken token = parser.decode(text);
            use(token);
            assertEquals(parser.type(token.claims()), parser.parse(text));
            decoded++;
        } catch (MalformedTokenException e) {
            refused++;
            assertNull(e.getCause());
            assertTrue(FAULT.matcher(e.getMessage()).matches(), e.getMessage());
        }
    }

    private static void use(DecodedToken token) {
        assertEquals(
                "DecodedToken[header " + token.header().size() + ", claims "
                        + token.claims().asMap().size() + "]",
                token.toString());
        assertTrue(token.algorithm().orElse("x").length()
                        + token.keyId().orElse("x").length()
                > 1);
        for (String name : token.claims().asMap().keySet()) {
            assertTrue(token.claims().has(name));
            token.claims().text(name).ifPresent(text -> assertFalse(text.isEmpty()));
            token.claims().textOrNumber(name).ifPresent(text -> assertFalse(text.isEmpty()));
            token.claims().time(name).ifPresent(time -> assertEquals(time.truncatedTo(ChronoUnit.SECONDS), time));
        }
    }
}
