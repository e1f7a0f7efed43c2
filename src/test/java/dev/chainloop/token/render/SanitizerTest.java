package dev.chainloop.token.render;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SanitizerTest {
    static Stream<Arguments> lines() {
        return Stream.of(
                argumentSet("a lone low surrogate at the end", "a\udfff", "a\\udfff"),
                argumentSet("surrogates in the wrong order", "\udc41\udb40", "\\udc41\\udb40"),
                argumentSet("a command", "::set-output name=x::y", "\\u003a:set-output name=x::y"),
                argumentSet("a command after blanks", " \u00a0\u3000::warning::", " \u00a0\u3000\\u003a:warning::"),
                argumentSet("colons inside", "a::b", "a::b"),
                argumentSet("an old command", "##[error]x", "#\\u0023[error]x"),
                argumentSet(
                        "an old command inside", "a ##vso[x]b##teamcity[y]", "a #\\u0023vso[x]b#\\u0023teamcity[y]"),
                argumentSet("three hashes", "###[error]", "##\\u0023[error]"),
                argumentSet("a backslash", "C:\\u0041", "C:\\u0041"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsSafeToPrint(String value, String line) {
        assertEquals(line, Sanitizer.line(value));
    }

    private static final Set<UCharacter.UnicodeBlock> BLOCKS = Set.of(
            UCharacter.UnicodeBlock.EGYPTIAN_HIEROGLYPH_FORMAT_CONTROLS,
            UCharacter.UnicodeBlock.IDEOGRAPHIC_SYMBOLS_AND_PUNCTUATION,
            UCharacter.UnicodeBlock.MUSICAL_SYMBOLS);

    /** From the library, because Java knows neither the property nor code points newer than the JDK. */
    private static boolean isUnsafe(int point) {
        return switch (UCharacter.getType(point)) {
            case ECharacterCategory.CONTROL,
                    ECharacterCategory.FORMAT,
                    ECharacterCategory.LINE_SEPARATOR,
                    ECharacterCategory.PARAGRAPH_SEPARATOR,
                    ECharacterCategory.SURROGATE -> true;
            // Unicode does not say which symbols have no shape.
            default ->
                point == 0x2800
                        || (point >= 0xfdd0 && point <= 0xfdef) // Noncharacters in the midst of others.
                        || BLOCKS.contains(UCharacter.UnicodeBlock.of(point))
                        || UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
        };
    }

    @Test
    void everyInvisibleCharacterOfUnicodeIsEscaped() {
        assertEquals("18.0.0.0", UCharacter.getUnicodeVersion().toString()); // The table's.
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += isAssigned(point) ? 1 : 97) {
            String text = Character.toString(point);
            String expected = isUnsafe(point) ? escaped(text) : text;
            assertEquals("a" + expected + "b", Sanitizer.line("a" + text + "b"));
            assertTrue(
                    point < 0x7f || JsonWriter.compact(text, ViewOptions.PLAIN).equals("\"" + expected + "\""),
                    expected);
        }
    }

    /** The planes between have no characters. */
    private static boolean isAssigned(int point) {
        return point < 0x32000 || point >= 0xdff00 && point < 0xe2000;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            escaped.append("\\u").append(HexFormat.of().toHexDigits(text.charAt(i)));
        }
        return escaped.toString();
    }
}
