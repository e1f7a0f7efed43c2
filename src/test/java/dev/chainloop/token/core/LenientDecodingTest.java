package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What decodes although it is odd: an inspector that refuses to show a broken token is useless. */
class LenientDecodingTest {
    private final Parser parser = new Parser();

    @Test
    void headerAndClaimsStandInTheTokensOrder() throws MalformedTokenException {
        DecodedToken decoded = parser.decode(TokenMint.token(
                "{\"typ\":\"JWT\",\"kid\":\"k1\",\"alg\":\"HS256\"}",
                "{\"z\":\"1\",\"a\":[true,false,null,\"s\",{\"n\":7}],\"m\":{}}"));
        assertEquals(List.of("typ", "kid", "alg"), List.copyOf(decoded.header().keySet()));
        assertEquals(Map.of("typ", "JWT", "kid", "k1", "alg", "HS256"), decoded.header());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("z", "1");
        claims.put("a", Arrays.asList(true, false, null, "s", Map.of("n", new JsonNumber("7"))));
        claims.put("m", Map.of());
        assertEquals(claims, decoded.claims().asMap());
        assertEquals(
                List.of("z", "a", "m"), List.copyOf(decoded.claims().asMap().keySet()));
        assertTrue(decoded.signed());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"alg":"RS256","kid":"k1"}             | RS256 | k1
            {"alg":"none"}                         | none  |
            {}                                     |       |
            {"alg":"","kid":""}                    |       |
            {"alg":null,"kid":null}                |       |
            {"alg":["HS256"],"kid":5}              |       |
            {"ALG":"HS256","Kid":"k"}              |       |
            {"alg":"HS256","crit":[],"b64":false}  | HS256 |
            """)
    void theAlgorithmIsShownAndNotJudged(String header, @Nullable String algorithm, @Nullable String keyId)
            throws MalformedTokenException {
        String token = TokenMint.token(header, TokenMint.USER);
        DecodedToken decoded = parser.decode(token);
        assertEquals(Optional.ofNullable(algorithm), decoded.algorithm());
        assertEquals(Optional.ofNullable(keyId), decoded.keyId());
        assertEquals(Optional.of(new UserToken("bc0b2199-ca85-42ab-a857-042e9c109d43")), parser.parse(token));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("\"\\ud800\"", "\ud800"),
                Arguments.of("\"\\ud83d\\ud83d\\ude00\"", "\ud83d\ud83d\ude00"),
                Arguments.of("\"😀\udbff\udfff\uffff\ufeff\"", "\ud83d\ude00\udbff\udfff\uffff\ufeff"),
                Arguments.of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"", "\"\\/\b\f\n\r\t\0"),
                Arguments.of("\"\u007f\u009b\"", "\u007f\u009b"),
                Arguments.of("[]", List.of()),
                Arguments.of("{\"a\":{\"a\":true}}", Map.of("a", Map.of("a", true))),
                Arguments.of(
                        "{\"é\":true,\"e\u0301\":true,\"É\":true}", Map.of("é", true, "e\u0301", true, "É", true)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesAreWhatTheTokenSays(String json, Object value) throws MalformedTokenException {
        assertEquals(Map.of("a", value), claims("{\"a\":" + json + "}").asMap());
        assertEquals(
                Map.of("a", value),
                parser.decode(TokenMint.token("{\"a\":" + json + "}", "{}")).header());
    }

    static final List<String> NUMBERS_KEEP_THEIR_TEXT = List.of(("-0,-0.0,1.10,-1E+300,1e-400,0e0,9223372036854775808,"
                    + "123456789012345678901234567890.12345678901234567890,"
                    + "1e308,5e-99999999999999999999")
            .split(","));

    @ParameterizedTest
    @FieldSource("NUMBERS_KEEP_THEIR_TEXT")
    void numbersKeepTheirText(String number) throws MalformedTokenException {
        assertEquals(new JsonNumber(number), claims("{\"n\":" + number + "}").get("n"));
        assertEquals(
                List.of(new JsonNumber(number)),
                claims("{\"n\":[" + number + "]}").get("n"));
        assertEquals(number, new JsonNumber(number).toString());
    }

    @Test
    void nestingMayBe512LevelsDeep() throws MalformedTokenException {
        assertEquals(512, depth(claims(ParserTest.objects(512)).asMap()));
        assertEquals(512, depth(claims(ParserTest.arrays(512)).asMap()));
    }

    @Test
    void aTokenMayBeOneMebibyteLong() throws MalformedTokenException {
        String start = TokenMint.segment("{ }") + "." + TokenMint.segment(TokenMint.USER) + ".";
        String longest = start + "A".repeat(Parser.MAX_LENGTH - start.length());
        assertEquals(1_048_576, longest.length());
        assertEquals(Optional.of(new UserToken("bc0b2199-ca85-42ab-a857-042e9c109d43")), parser.parse(longest));
    }

    @Test
    void whatWasDecodedCannotBeChanged() throws MalformedTokenException {
        DecodedToken decoded = parser.decode(TokenMint.token("{\"a\":[]}", "{\"a\":[]}"));
        assertThrows(UnsupportedOperationException.class, () -> decoded.header().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> decoded.claims().asMap().clear());
        List<?> array = (List<?>) decoded.claims().get("a");
        assertThrows(UnsupportedOperationException.class, array::clear);
    }

    private Claims claims(String json) throws MalformedTokenException {
        return parser.decode(TokenMint.token(json)).claims();
    }

    private static int depth(Object value) {
        int depth = 0;
        for (Object inner = value; inner != null; depth++) {
            List<?> members = inner instanceof Map<?, ?> map ? List.copyOf(map.values()) : (List<?>) inner;
            inner = members.isEmpty() ? null : members.get(0);
        }
        return depth;
    }
}
