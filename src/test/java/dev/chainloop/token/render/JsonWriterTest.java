package dev.chainloop.token.render;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.chainloop.token.core.JsonNumber;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.testing.TokenMint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonWriterTest {
    static Stream<Arguments> values() {
        return Stream.of(
                argumentSet("null", null, "null"),
                argumentSet("a string", "a", "\"a\""),
                argumentSet("quotes and backslashes", "\"\\/", "\"\\\"\\\\/\""),
                argumentSet("controls", "\b\t\n\f\r\0\u001f", "\"\\b\\t\\n\\f\\r\\u0000\\u001f\""),
                argumentSet("an old command", "##[error]", "\"#\\u0023[error]\""),
                argumentSet("a number as written", new JsonNumber("-1.10E+400"), "-1.10E+400"),
                argumentSet("an empty array", List.of(), "[]"),
                argumentSet("an empty object", Map.of(), "{}"),
                argumentSet("an array", Arrays.asList("a", null, List.of(false)), "[\"a\",null,[false]]"),
                argumentSet("hostile names", Map.of("\u001b##[x\u202e", 1L), "{\"\\u001b#\\u0023[x\\u202e\":1}"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsWrittenOnOneLine(Object value, String json) {
        assertEquals(json, JsonWriter.compact(value, ViewOptions.PLAIN));
    }

    @Test
    void indentationEndsAtSixteenLevels() {
        Object value = "x";
        StringBuilder expected = new StringBuilder();
        for (int level = 0; level < 18; level++) {
            value = List.of(value);
            expected.append("[\n").append("  ".repeat(Math.min(level + 1, 16)));
        }
        expected.append("\"x\"");
        for (int level = 17; level >= 0; level--) {
            expected.append('\n').append("  ".repeat(Math.min(level, 16))).append(']');
        }
        assertEquals(expected.toString(), JsonWriter.indented(value, ViewOptions.PLAIN));
    }

    /** Every character except lone surrogates, in a name and in a value, is read back as it was written. */
    @Test
    void escapedTextMeansTheSame() throws MalformedTokenException {
        for (int block = 0; block <= Character.MAX_CODE_POINT; block += block < 0x30000 ? 0x400 : 0x8000) {
            StringBuilder text = new StringBuilder("##[");
            for (int point = block; point < block + 0x400; point++) {
                text.appendCodePoint(point);
            }
            if (block < 0xd800 || block > 0xdfff) {
                Map<String, Object> value = Map.of(text.toString(), List.of(text.toString()));
                assertEquals(value, claims(JsonWriter.compact(value, ViewOptions.PLAIN)));
                assertEquals(value, claims(JsonWriter.indented(value, ViewOptions.PLAIN)));
            }
        }
    }

    @Test
    void anUnknownTypeIsADefectOfOurs() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> JsonWriter.compact(Optional.of("x"), ViewOptions.PLAIN));
        assertEquals("no JSON for class java.util.Optional", e.getMessage());
    }

    private static Map<String, ?> claims(String json) throws MalformedTokenException {
        return new Parser().decode(TokenMint.token(json)).claims().asMap();
    }
}
