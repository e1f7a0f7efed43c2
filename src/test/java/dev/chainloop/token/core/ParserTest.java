package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a JWT, and what is said of it. What is one stands in {@link LenientDecodingTest}. */
class ParserTest {
    private static final String HEADER = TokenMint.segment(TokenMint.HS256);
    private static final String PAYLOAD = TokenMint.segment(TokenMint.USER);
    private static final String SIGNATURE = TokenMint.encode(new byte[32]);
    private static final String TOKEN = HEADER + "." + PAYLOAD + "." + SIGNATURE;

    private final Parser parser = new Parser();

    /** T is a token, H its header, P its payload, S its signature. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            correct-horse | it has 1 segment where a JWT has 3
            H.P           | it has 2 segments where a JWT has 3
            T.P           | it has 4 segments where a JWT has 3
            T...          | it has 6 segments where a JWT has 3
            ..            | its header is empty
            .P.S          | its header is empty
            H..S          | its payload is empty
            ` T`          | its header is not base64url
            Bearer T      | its header is not base64url
            `T `          | its signature is not base64url
            `T\nT`        | it has 5 segments where a JWT has 3
            =.=.=         | its header is not base64url
            H.=.=         | its payload is not base64url
            AAAA.AAAA.=   | its signature is not base64url
            AAAA.AAAA.    | its header is not JSON
            """)
    void refusesWhatIsNotThreeSegmentsAndNamesTheFirstThatIsBroken(String text, String message) {
        String[] parts = TOKEN.split("\\.", -1);
        assertRefused(
                text.replaceAll("\\bT\\b", TOKEN)
                        .replaceAll("\\bH\\b", parts[0])
                        .replaceAll("\\bP\\b", parts[1])
                        .replaceAll("\\bS\\b", parts[2]),
                message);
    }

    /** What may stand inside a segment, at its start or at its end, and makes it no base64url. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a space                        | ` `
            LF                             | `\n`
            a fullwidth letter             | Ａ
            a lone surrogate               | \ud800
            plus, of plain base64          | +
            one padding character          | =
            """)
    void refusesForeignCharactersInEverySegment(String what, String foreign) {
        String[] names = {"header", "payload", "signature"};
        for (int segment = 0; segment < 3; segment++) {
            String whole = TOKEN.split("\\.", -1)[segment];
            for (String broken : List.of(
                    foreign + whole, whole.substring(0, 5) + foreign + whole.substring(5), whole + foreign, foreign)) {
                assertRefused(with(segment, broken), "its " + names[segment] + " is not base64url");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA", "_"})
    void refusesALoneLastCharacter(String end) {
        assertRefused(with(0, "AAAA" + end), "its header is not base64url");
        assertRefused(with(1, "AAAA" + end), "its payload is not base64url");
        assertRefused(with(2, "AAAA" + end), "its signature is not base64url");
    }

    /** What is JSON and what is none stands in golang-jwt's rows; here, what is said of it. */
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
    void refusesWhatIsNotOneJsonObject(String json, String fault) {
        assertRefused(with(0, TokenMint.segment(json)), "its header " + fault);
        assertRefused(with(1, TokenMint.segment(json)), "its payload " + fault);
    }

    @Test
    void refusesMoreThan512Levels() {
        for (String json : List.of(objects(513), arrays(513), objects(50_000))) {
            assertRefused(with(1, TokenMint.segment(json)), "its payload is nested deeper than 512 levels");
        }
    }

    @Test
    void refusesATextLongerThanOneMebibyte() {
        String longest = TOKEN + "A".repeat(Parser.MAX_LENGTH - TOKEN.length());
        assertRefused(longest + "A", "it is longer than 1 MiB");
        assertRefused(".".repeat(Parser.MAX_LENGTH + 1), "it is longer than 1 MiB");
        assertRefused(".".repeat(Parser.MAX_LENGTH), "it has 1048577 segments where a JWT has 3");
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

    private void assertRefused(String text, String message) {
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

    static String objects(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    static String arrays(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }
}
