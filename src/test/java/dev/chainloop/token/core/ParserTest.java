package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about text that is not a JWT, and what decodes although it is odd: an inspector that rejects a broken token is useless. */
class ParserTest {
    private static final String TOKEN = TokenMint.token(TokenMint.USER);
    private static final Optional<Token> USER = Optional.of(new UserToken("bc0b2199-ca85-42ab-a857-042e9c109d43"));

    private final Parser parser = new Parser();

    /** T is a token, H its header, P its payload, S its signature. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            correct-horse | it has 1 segment, but a JWT has 3
            H.P           | it has 2 segments, but a JWT has 3
            T.P           | it has 4 segments, but a JWT has 3
            T...          | it has 6 segments, but a JWT has 3
            ..            | its header is empty
            .P.S          | its header is empty
            H..S          | its payload is empty
            ` T`          | its header is not base64url
            Bearer T      | its header is not base64url
            `T `          | its signature is not base64url
            `T\nT`        | it has 5 segments, but a JWT has 3
            =.=.=         | its header is not base64url
            H.=.=         | its payload is not base64url
            AAAA.AAAA.=   | its signature is not base64url
            AAAA.AAAA.    | its header is not JSON
            AAAAA.P.S     | its header is not base64url
            H.AAAA_.S     | its payload is not base64url
            H.P.AAAAAAAAA | its signature is not base64url
            """)
    void rejectsTextWithoutThreeSegmentsAndNamesTheFirstThatIsBroken(String text, String message) {
        String[] parts = TOKEN.split("\\.", -1);
        assertRejected(
                text.replaceAll("\\bT\\b", TOKEN)
                        .replaceAll("\\bH\\b", parts[0])
                        .replaceAll("\\bP\\b", parts[1])
                        .replaceAll("\\bS\\b", parts[2]),
                message);
    }

    /** Inside a segment, at its start or at its end: the last three are a fullwidth letter, half of a letter, and padding. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "+", "Ａ", "\ud800", "="})
    void rejectsForeignCharactersInEverySegment(String foreign) {
        String[] names = {"header", "payload", "signature"};
        for (int segment = 0; segment < 3; segment++) {
            String whole = TOKEN.split("\\.", -1)[segment];
            for (String broken : List.of(
                    foreign + whole, whole.substring(0, 5) + foreign + whole.substring(5), whole + foreign, foreign)) {
                assertRejected(with(segment, broken), "its " + names[segment] + " is not base64url");
            }
        }
    }

    /** golang-jwt's rows say what is JSON and what is not; here is what is said about it. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            [{}]                        | is not a JSON object
            "aud"                       | is not a JSON object
            null                        | is not a JSON object
            ` \r\n\t`                 | is not a JSON object
            chainloop                   | is not JSON
            {"aud":[                    | is not JSON
            {"\\ud800":1}              | is not JSON
            {}x                         | is not JSON
            {"n":[1.8e308]}             | has a number that no double can hold
            {}{}                        | has text after its JSON object
            {"aud":"a","aud":"a"}       | has the same name twice in one object
            {"aud":1,"b":2,"\\u0061ud":3} | has the same name twice in one object
            {"a":[{"b":{"c":[{"d":1,"d":2}]}}]} | has the same name twice in one object
            """)
    void rejectsTextThatIsNotOneJsonObject(String json, String fault) {
        assertRejected(with(0, TokenMint.segment(json)), "its header " + fault);
        assertRejected(with(1, TokenMint.segment(json)), "its payload " + fault);
    }

    @Test
    void aTokenMayBeOneMebibyteLong() throws MalformedTokenException {
        String longest = TOKEN + "A".repeat(Parser.MAX_LENGTH - TOKEN.length());
        assertEquals(1_048_576, longest.length());
        assertEquals(USER, parser.parse(longest));
        assertRejected(longest + "A", "it is longer than 1 MiB");
        assertRejected(".".repeat(Parser.MAX_LENGTH + 1), "it is longer than 1 MiB");
        assertRejected(".".repeat(Parser.MAX_LENGTH), "it has 1048577 segments, but a JWT has 3");
    }

    @Test
    void nestingMayBe512LevelsDeep() throws MalformedTokenException {
        for (String json : List.of(objects(512), arrays(512))) {
            assertEquals(json, Payload.write(claims(json).asMap()));
        }
        for (String json : List.of(objects(513), arrays(513), objects(50_000))) {
            assertRejected(with(1, TokenMint.segment(json)), "its payload is nested deeper than 512 levels");
        }
    }

    @Test
    void aTokenWithoutASignatureIsNotSigned() throws MalformedTokenException {
        assertTrue(parser.decode(TOKEN).signed());
        assertFalse(parser.decode(with(2, "")).signed());
    }

    @Test
    void anEmptyTextIsNilToParseAndMalformedToDecode() throws MalformedTokenException {
        assertEquals(Optional.empty(), parser.parse(""));
        MalformedTokenException e = assertThrows(MalformedTokenException.class, () -> parser.decode(""));
        assertEquals("it is empty", e.getMessage());
    }

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
        assertEquals(USER, parser.parse(token));
    }

    @Test
    void valuesAreWhatTheTokenSays() throws MalformedTokenException {
        assertValue("\ud800", "\"\\ud800\"");
        assertValue("\ud83d\ud83d\ude00", "\"\\ud83d\\ud83d\\ude00\"");
        assertValue("\ud83d\ude00\udbff\udfff\uffff\ufeff", "\"😀\udbff\udfff\uffff\ufeff\"");
        assertValue("\"\\/\b\f\n\r\t\0", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"");
        assertValue("\u007f\u009b", "\"\u007f\u009b\"");
        assertValue(List.of(), "[]");
        assertValue(Map.of("a", Map.of("a", true)), "{\"a\":{\"a\":true}}");
        assertValue(Map.of("é", true, "e\u0301", true, "É", true), "{\"é\":true,\"e\u0301\":true,\"É\":true}");
    }

    private void assertValue(Object value, String json) throws MalformedTokenException {
        String object = "{\"a\":" + json + "}";
        DecodedToken decoded = parser.decode(TokenMint.token(object, object));
        assertEquals(Map.of("a", value), decoded.header());
        assertEquals(Map.of("a", value), decoded.claims().asMap());
    }

    @Test
    void numbersKeepTheirText() throws MalformedTokenException {
        String numbers = "-0 -0.0 1.10 -1E+300 1e-400 0e0 1e308 5e-99999999999999999999 9223372036854775808"
                + " 123456789012345678901234567890.12345678901234567890";
        for (String number : numbers.split(" ")) {
            assertValue(new JsonNumber(number), number);
            assertValue(List.of(new JsonNumber(number)), "[" + number + "]");
            assertEquals(number, new JsonNumber(number).toString());
        }
    }

    @Test
    void decodedTokensCannotBeChanged() throws MalformedTokenException {
        DecodedToken decoded = parser.decode(TokenMint.token("{\"a\":[]}", "{\"a\":[]}"));
        Map<String, ?> claims = decoded.claims().asMap();
        List<?> array = (List<?>) decoded.claims().get("a");
        assertThrows(UnsupportedOperationException.class, () -> decoded.header().clear());
        assertThrows(UnsupportedOperationException.class, claims::clear);
        assertThrows(UnsupportedOperationException.class, array::clear);
    }

    private Claims claims(String json) throws MalformedTokenException {
        return parser.decode(TokenMint.token(json)).claims();
    }

    private void assertRejected(String text, String message) {
        MalformedTokenException decoding = assertThrows(MalformedTokenException.class, () -> parser.decode(text));
        assertEquals(message, decoding.getMessage());
        // The libraries' own exceptions quote what they could not read.
        assertNull(decoding.getCause());
        assertEquals(0, decoding.getSuppressed().length);
        MalformedTokenException parsing = assertThrows(MalformedTokenException.class, () -> parser.parse(text));
        assertEquals(message, parsing.getMessage());
    }

    private static String with(int segment, String text) {
        String[] segments = TOKEN.split("\\.", -1);
        segments[segment] = text;
        return String.join(".", segments);
    }

    private static String objects(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String arrays(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }
}
