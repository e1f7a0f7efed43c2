package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.chainloop.token.testing.TokenMint;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decodes although it is odd: an inspector that refuses to show a broken token is useless. */
class LenientDecodingTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

    static Stream<Arguments> headers() {
        Optional<String> none = Optional.empty();
        return Stream.of(
                argumentSet("the usual one", TokenMint.HS256, Optional.of("HS256"), none),
                argumentSet(
                        "a CI provider's",
                        "{\"alg\":\"RS256\",\"kid\":\"k1\"}",
                        Optional.of("RS256"),
                        Optional.of("k1")),
                argumentSet("alg none", "{\"alg\":\"none\"}", Optional.of("none"), none),
                argumentSet("no alg", "{\"typ\":\"JWT\"}", none, none),
                argumentSet("no header at all", "{}", none, none),
                argumentSet("an unknown alg", "{\"alg\":\"HS1\"}", Optional.of("HS1"), none),
                argumentSet("an empty alg and kid", "{\"alg\":\"\",\"kid\":\"\"}", none, none),
                argumentSet("null", "{\"alg\":null,\"kid\":null}", none, none),
                argumentSet("odd types", "{\"alg\":[\"HS256\"],\"kid\":5}", none, none),
                argumentSet("another case", "{\"ALG\":\"HS256\",\"Kid\":\"k\"}", none, none),
                argumentSet(
                        "critical extensions",
                        "{\"alg\":\"HS256\",\"crit\":[],\"b64\":false}",
                        Optional.of("HS256"),
                        none));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void theAlgorithmIsShownAndNotJudged(String header, Optional<String> algorithm, Optional<String> keyId)
            throws MalformedTokenException {
        String token = TokenMint.token(header, TokenMint.USER);
        DecodedToken decoded = parser.decode(token);
        assertEquals(algorithm, decoded.algorithm());
        assertEquals(keyId, decoded.keyId());
        assertEquals(Optional.of(new UserToken("bc0b2199-ca85-42ab-a857-042e9c109d43")), parser.parse(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {TokenMint.HS256, "{\"alg\":\"none\"}", "{}"})
    void theSignatureMayBeEmpty(String header) throws MalformedTokenException {
        String token = TokenMint.segment(header) + "." + TokenMint.segment(TokenMint.USER) + ".";
        assertFalse(parser.decode(token).signed());
        assertEquals(Optional.of(new UserToken("bc0b2199-ca85-42ab-a857-042e9c109d43")), parser.parse(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AAA", "AAAA", "--__"})
    void theSignatureMayBeAnyBytes(String signature) throws MalformedTokenException {
        assertTrue(parser.decode(TokenMint.segment("{}") + "." + TokenMint.segment("{}") + "." + signature)
                .signed());
    }

    /** Each unused bit of a last character, in each segment, where the segment's bytes leave a remainder. */
    @ParameterizedTest
    @CsvSource({"0, 1, 16", "1, 1, 16", "2, 1, 16", "0, 2, 4", "1, 2, 4", "2, 2, 4"})
    void unusedTrailingBitsMayBeSet(int segment, int remainder, int values) throws MalformedTokenException {
        String[] segments = {TokenMint.segment("{}"), TokenMint.segment("{}"), TokenMint.segment("{}")};
        String clean = TokenMint.segment("{ }" + "\n".repeat(remainder));
        segments[segment] = clean;
        int last = ALPHABET.indexOf(clean.charAt(clean.length() - 1));
        for (int bits = 1; bits < values; bits++) {
            segments[segment] = clean.substring(0, clean.length() - 1) + ALPHABET.charAt(last | bits);
            DecodedToken decoded = parser.decode(join(segments));
            assertEquals(Map.of(), decoded.header());
            assertEquals(Map.of(), decoded.claims().asMap());
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                argumentSet("a lone high surrogate by an escape", "\"\\ud800\"", "\ud800"),
                argumentSet("a lone low surrogate by an escape", "\"x\\udfffy\"", "x\udfffy"),
                argumentSet("a high one before a pair", "\"\\ud83d\\ud83d\\ude00\"", "\ud83d\ud83d\ude00"),
                argumentSet("surrogates in the wrong order", "\"\\ude00\\ud83d\"", "\ude00\ud83d"),
                argumentSet("a pair by escapes", "\"\\uD83D\\ude00\"", "\ud83d\ude00"),
                argumentSet("four bytes of UTF-8", "\"😀\"", "\ud83d\ude00"),
                argumentSet("the last character there is", "\"\udbff\udfff\"", "\udbff\udfff"),
                argumentSet("a noncharacter", "\"\uffff\"", "\uffff"),
                argumentSet("a byte-order mark in a string", "\"\ufeff\"", "\ufeff"),
                argumentSet("all short escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"),
                argumentSet("NUL by an escape", "\"\\u0000\"", "\0"),
                argumentSet("raw DEL and C1", "\"\u007f\u009b\"", "\u007f\u009b"),
                argumentSet("a string like a number", "\"1\"", "1"),
                argumentSet("true", "true", true),
                argumentSet("an empty array", "[]", List.of()),
                argumentSet("an empty object", "{}", Map.of()),
                argumentSet("a name of another object", "{\"a\":{\"a\":true}}", Map.of("a", Map.of("a", true))),
                argumentSet(
                        "names that differ in case, form or blanks",
                        "{\"é\":true,\"e\u0301\":true,\"É\":true,\"é \":true}",
                        Map.of("é", true, "e\u0301", true, "É", true, "é ", true)));
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

    @ParameterizedTest
    @ValueSource(strings = {"0.", "-1.", "1.5E-"})
    void numbersOfAnyLengthKeepTheirText(String start) throws MalformedTokenException {
        String number = start + "7".repeat(700_000);
        assertEquals(new JsonNumber(number), claims("{\"n\":" + number + "}").get("n"));
    }

    @Test
    void blanksMayStandAroundTheObject() throws MalformedTokenException {
        assertEquals(
                Map.of("a", "b"), claims(" \t\r\n{ \"a\" :\r\n\"b\"\t} \t\r\n").asMap());
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
    void oneStringMayFillTheToken() throws MalformedTokenException {
        String value = "x".repeat(780_000);
        assertEquals(Map.of("a", value), claims("{\"a\":\"" + value + "\"}").asMap());
        assertEquals(Map.of(value, true), claims("{\"" + value + "\":true}").asMap());
    }

    @Test
    void tenThousandNamesAreRead() throws MalformedTokenException {
        Map<String, Object> expected = new LinkedHashMap<>();
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 10_000; i++) {
            expected.put("claim" + i, new JsonNumber(String.valueOf(i)));
            json.append(i == 0 ? "" : ",")
                    .append("\"claim")
                    .append(i)
                    .append("\":")
                    .append(i);
        }
        Claims claims = claims(json.append('}').toString());
        assertEquals(expected, claims.asMap());
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(claims.asMap().keySet()));
    }

    /** "Aa" and "BB" have the same hash, and so do all words made of them. */
    @Test
    void namesWithTheSameHashAreReadQuickly() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 1 << 14; i++) {
            json.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 14; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":true");
        }
        String token = TokenMint.token(json.append('}').toString());
        DecodedToken decoded = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> parser.decode(token));
        assertEquals(1 << 14, decoded.claims().asMap().size());
        assertEquals(
                1,
                decoded.claims().asMap().keySet().stream()
                        .map(String::hashCode)
                        .distinct()
                        .count());
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

    private static String join(String[] segments) {
        return String.join(".", segments);
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
