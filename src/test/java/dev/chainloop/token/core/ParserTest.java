package dev.chainloop.token.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.chainloop.token.testing.TokenMint;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a JWT, and what is said of it. What is one stands in {@link LenientDecodingTest}. */
class ParserTest {
    private static final String HEADER = TokenMint.segment(TokenMint.HS256);
    private static final String PAYLOAD = TokenMint.segment(TokenMint.USER);
    private static final String SIGNATURE = TokenMint.encode(new byte[32]);
    private static final String TOKEN = HEADER + "." + PAYLOAD + "." + SIGNATURE;

    private final Parser parser = new Parser();

    static Stream<Arguments> malformedTexts() {
        return Stream.of(
                argumentSet("a password", "correct-horse", "it has 1 segment where a JWT has 3"),
                argumentSet("two segments", HEADER + "." + PAYLOAD, "it has 2 segments where a JWT has 3"),
                argumentSet("four segments", TOKEN + "." + PAYLOAD, "it has 4 segments where a JWT has 3"),
                argumentSet("a dot at the end", TOKEN + ".", "it has 4 segments where a JWT has 3"),
                argumentSet("a dot at the start", "." + TOKEN, "it has 4 segments where a JWT has 3"),
                argumentSet(
                        "five segments", TOKEN + "." + PAYLOAD + "." + PAYLOAD, "it has 5 segments where a JWT has 3"),
                argumentSet("six segments", TOKEN + "...", "it has 6 segments where a JWT has 3"),
                argumentSet("one dot", ".", "it has 2 segments where a JWT has 3"),
                argumentSet("two dots", "..", "its header is empty"),
                argumentSet("an empty header", "." + PAYLOAD + "." + SIGNATURE, "its header is empty"),
                argumentSet("an empty payload", HEADER + ".." + SIGNATURE, "its payload is empty"),
                argumentSet("a leading space", " " + TOKEN, "its header contains white space or a newline"),
                argumentSet("a Bearer prefix", "Bearer " + TOKEN, "its header contains white space or a newline"),
                argumentSet("a space at the end", TOKEN + " ", "its signature contains white space or a newline"),
                argumentSet("a line end at the end", TOKEN + "\n", "its signature contains white space or a newline"),
                argumentSet("two tokens", TOKEN + "\n" + TOKEN, "it contains white space or a newline"));
    }

    @ParameterizedTest
    @MethodSource("malformedTexts")
    void refusesWhatIsNotThreeSegments(String text, String message) {
        assertRefused(text, message);
    }

    /** What may stand inside a segment, at its start or at its end, and makes it no base64url. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a space                        | ` `      | contains white space or a newline
            a tab                          | `\t`     | contains white space or a newline
            CR                             | `\r`     | contains white space or a newline
            LF                             | `\n`     | contains white space or a newline
            CRLF                           | `\r\n`   | contains white space or a newline
            an ideographic space           | `\u3000` | contains white space or a newline
            a no-break space               | `\u00a0` | has a character that is not base64url
            NUL                            | `\0`     | has a character that is not base64url
            DEL                            | \u007f   | has a character that is not base64url
            the first character past ASCII | \u0080   | has a character that is not base64url
            a letter that is not ASCII     | é        | has a character that is not base64url
            a fullwidth letter             | Ａ        | has a character that is not base64url
            a lone surrogate               | \ud800   | has a character that is not base64url
            plus, of plain base64          | +        | has a character that is not base64url
            slash, of plain base64         | /        | has a character that is not base64url
            a quote                        | "        | has a character that is not base64url
            a percent sign                 | %        | has a character that is not base64url
            one padding character          | =        | has padding (=)
            two padding characters         | ==       | has padding (=)
            """)
    void refusesForeignCharactersInEverySegment(String what, String foreign, String fault) {
        String[] names = {"header", "payload", "signature"};
        for (int segment = 0; segment < 3; segment++) {
            String whole = TOKEN.split("\\.", -1)[segment];
            for (String broken : List.of(
                    foreign + whole, whole.substring(0, 5) + foreign + whole.substring(5), whole + foreign, foreign)) {
                assertRefused(with(segment, broken), "its " + names[segment] + " " + fault);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA", "_"})
    void refusesALoneLastCharacter(String end) {
        assertRefused(with(0, "AAAA" + end), "its header is cut off");
        assertRefused(with(1, "AAAA" + end), "its payload is cut off");
        assertRefused(with(2, "AAAA" + end), "its signature is cut off");
    }

    @Test
    void namesTheFirstBrokenSegment() {
        assertRefused("=.=.=", "its header has padding (=)");
        assertRefused(HEADER + ".=.=", "its payload has padding (=)");
        // The characters of all segments come before the content of any.
        assertRefused("AAAA.AAAA.=", "its signature has padding (=)");
        assertRefused("AAAA.AAAA.", "its header is not JSON");
    }

    static Stream<Arguments> brokenJson() {
        String noJson = "is not JSON";
        String noObject = "is not a JSON object";
        String noDouble = "has a number that no double can hold";
        String trailing = "has text after its JSON object";
        String twice = "has the same name twice in one object";
        return Stream.of(
                argumentSet("an array", "[1]", noObject),
                argumentSet("an array of objects", "[{}]", noObject),
                argumentSet("a string", "\"aud\"", noObject),
                argumentSet("a number", "1", noObject),
                argumentSet("null", "null", noObject),
                argumentSet("true", "true", noObject),
                argumentSet("false", "false", noObject),
                argumentSet("blanks", " \r\n\t", noObject),
                argumentSet("a word", "chainloop", noJson),
                argumentSet("a cut-off object", "{\"aud\":[", noJson),
                argumentSet("an open brace", "{", noJson),
                argumentSet("a closing brace", "}", noJson),
                argumentSet("a cut-off string", "{\"aud\":\"chain", noJson),
                argumentSet("a cut-off escape", "{\"aud\":\"\\u00", noJson),
                argumentSet("a bracket for a brace", "{\"aud\":1]", noJson),
                argumentSet("a name without a value", "{\"aud\"}", noJson),
                argumentSet("a name without a colon", "{\"aud\" 1}", noJson),
                argumentSet("a trailing comma in an object", "{\"aud\":1,}", noJson),
                argumentSet("a trailing comma in an array", "{\"aud\":[1,]}", noJson),
                argumentSet("a missing comma", "{\"a\":1 \"b\":2}", noJson),
                argumentSet("single quotes", "{'aud':1}", noJson),
                argumentSet("a name without quotes", "{aud:1}", noJson),
                argumentSet("a comment", "{/* */}", noJson),
                argumentSet("a hash comment", "{}#", noJson),
                argumentSet("NaN", "{\"exp\":NaN}", noJson),
                argumentSet("Infinity", "{\"exp\":-Infinity}", noJson),
                argumentSet("a leading zero", "{\"exp\":01}", noJson),
                argumentSet("a leading plus", "{\"exp\":+1}", noJson),
                argumentSet("a leading point", "{\"exp\":.5}", noJson),
                argumentSet("a trailing point", "{\"exp\":1.}", noJson),
                argumentSet("a lone minus", "{\"exp\":-}", noJson),
                argumentSet("an empty exponent", "{\"exp\":1e}", noJson),
                argumentSet("a hexadecimal number", "{\"exp\":0x10}", noJson),
                argumentSet("True", "{\"a\":True}", noJson),
                argumentSet("an unknown escape", "{\"a\":\"\\x41\"}", noJson),
                argumentSet("a raw line end in a string", "{\"a\":\"\n\"}", noJson),
                argumentSet("a raw NUL in a string", "{\"a\":\"\0\"}", noJson),
                argumentSet("a no-break space for a blank", "{\u00a0}", noJson),
                argumentSet("half of an escape in a name", "{\"\\ud80\":1}", noJson),
                argumentSet("an escape of a surrogate outside a string", "{\\ud800:1}", noJson),
                argumentSet("a high surrogate alone in a name", "{\"\\ud800\":1}", noJson),
                argumentSet("a low surrogate alone in an inner name", "{\"a\":{\"x\\uDFFFy\":1}}", noJson),
                argumentSet("a number past the largest double", "{\"n\":[1.8e308]}", noDouble),
                argumentSet("a number past the least double", "{\"n\":{\"m\":-1e400}}", noDouble),
                argumentSet("an integer of 400 digits", "{\"n\":" + "9".repeat(400) + "}", noDouble),
                argumentSet("two objects", "{}{}", trailing),
                argumentSet("two objects with a blank", "{} {}", trailing),
                argumentSet("null after the object", "{}null", trailing),
                argumentSet("a number after the object", "{}1", trailing),
                argumentSet("a string after the object", "{}\"\"", trailing),
                argumentSet("a word after the object", "{}x", noJson),
                argumentSet("a comma after the object", "{},", noJson),
                argumentSet("a second closing brace", "{}}", noJson),
                argumentSet("a NUL after the object", "{}\0", noJson),
                argumentSet("a name twice", "{\"aud\":\"a\",\"aud\":\"b\"}", twice),
                argumentSet("a name twice with the same value", "{\"aud\":\"a\",\"aud\":\"a\"}", twice),
                argumentSet("a name twice, first null", "{\"aud\":null,\"aud\":\"b\"}", twice),
                argumentSet("a name twice, not in a row", "{\"aud\":1,\"b\":2,\"aud\":3}", twice),
                argumentSet("a name twice by an escape", "{\"aud\":\"a\",\"\\u0061ud\":\"b\"}", twice),
                argumentSet("a name twice by a surrogate pair", "{\"😀\":1,\"\\ud83d\\ude00\":2}", twice),
                argumentSet("an empty name twice", "{\"\":1,\"\":2}", twice),
                argumentSet("a name twice in an inner object", "{\"a\":{\"b\":1,\"b\":2}}", twice),
                argumentSet("a name twice in an array's object", "{\"a\":[1,{\"b\":1,\"b\":2}]}", twice),
                argumentSet("a name twice far down", "{\"a\":[{\"b\":{\"c\":[{\"d\":1,\"\\u0064\":2}]}}]}", twice),
                argumentSet("an object 513 levels deep", objects(513), "is nested deeper than 512 levels"),
                argumentSet("an array 513 levels deep", arrays(513), "is nested deeper than 512 levels"),
                argumentSet("an object 50,000 levels deep", objects(50_000), "is nested deeper than 512 levels"));
    }

    @ParameterizedTest
    @MethodSource("brokenJson")
    void refusesWhatIsNotOneJsonObject(String json, String fault) {
        assertRefused(with(0, TokenMint.segment(json)), "its header " + fault);
        assertRefused(with(1, TokenMint.segment(json)), "its payload " + fault);
    }

    static Stream<Arguments> brokenText() {
        String noJson = "is not JSON";
        return Stream.of(
                argumentSet("a byte-order mark", bytes("\ufeff{}", UTF_8), noJson),
                argumentSet("a byte-order mark at the end", bytes("{}\ufeff", UTF_8), noJson),
                argumentSet("UTF-16, little end first", bytes("{\"a\":1}", UTF_16LE), noJson),
                argumentSet("UTF-16, big end first", bytes("{\"a\":1}", UTF_16BE), noJson),
                argumentSet("UTF-16 with a mark, little end first", bytes("\ufeff{}", UTF_16LE), noJson),
                argumentSet("UTF-16 with a mark, big end first", bytes("\ufeff{}", UTF_16BE), noJson),
                argumentSet("UTF-32", bytes("{}", Charset.forName("UTF-32BE")), noJson),
                argumentSet("UTF-32 with a mark", bytes("\ufeff{}", Charset.forName("UTF-32BE")), noJson),
                argumentSet("the byte ff outside of strings", around("{", "ff", "}"), noJson),
                argumentSet("the byte ff after the object", around("{}", "ff", ""), noJson),
                argumentSet("a sequence that ends with the text", around("{}", "e282", ""), noJson),
                argumentSet("an overlong brace", around("", "c1bb", "}"), noJson));
    }

    @ParameterizedTest
    @MethodSource("brokenText")
    void refusesBytesThatAreNoJson(byte[] json, String fault) {
        assertRefused(with(0, TokenMint.encode(json)), "its header " + fault);
        assertRefused(with(1, TokenMint.encode(json)), "its payload " + fault);
    }

    @Test
    void refusesATextLongerThanOneMebibyte() {
        String longest = TOKEN + "A".repeat(Parser.MAX_LENGTH - TOKEN.length());
        assertRefused(longest + "A", "it is longer than 1 MiB");
        assertRefused(".".repeat(Parser.MAX_LENGTH + 1), "it is longer than 1 MiB");
        assertRefused(".".repeat(Parser.MAX_LENGTH), "it has 1048577 segments where a JWT has 3");
    }

    @Test
    void anEmptyTextIsNilToParseAndMalformedToDecode() throws MalformedTokenException {
        assertEquals(Optional.empty(), parser.parse(""));
        MalformedTokenException e = assertThrows(MalformedTokenException.class, () -> parser.decode(""));
        assertEquals("it has 1 segment where a JWT has 3", e.getMessage());
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

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    private static byte[] around(String before, String hex, String after) {
        String latin = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
        return (before + latin + after).getBytes(ISO_8859_1);
    }
}
