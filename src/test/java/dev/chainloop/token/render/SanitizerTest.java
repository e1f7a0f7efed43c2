package dev.chainloop.token.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import com.ibm.icu.lang.UProperty;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SanitizerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain text                      | repo:acme/web                 | repo:acme/web
            nothing                         | ``                            | ``
            letters of the world            | Grüße, 世界, мир, 😀             | Grüße, 世界, мир, 😀
            a family, by a joiner           | 👩\u200d👧                      | 👩\\u200d👧
            a word of Persian               | می\u200cخ                     | می\\u200cخ
            joiners between other letters   | a\u200cb\u200dc               | a\\u200cb\\u200dc
            letters that are blank          | aㅤbᅟcﾠd                       | a\\u3164b\\u115fc\\uffa0d
            variation selectors             | a️b\udb40\udd00               | a\\ufe0fb\\udb40\\udd00
            a grapheme joiner               | a͏b                           | a\\u034fb
            a colour                        | `\u001b[31mred`               | \\u001b[31mred
            a title by C1                   | \u009d0;x\u009c               | \\u009d0;x\\u009c
            line ends                       | `a\r\nb`                      | a\\u000d\\u000ab
            tab, backspace, NUL and DEL     | `\t\b\0\u007f`                | \\u0009\\u0008\\u0000\\u007f
            next line                       | a\u0085b                      | a\\u0085b
            separators                      | a\u2028b\u2029c               | a\\u2028b\\u2029c
            right to left                   | a\u202egpj.exe                | a\\u202egpj.exe
            isolates and marks              | \u2066\u2069\u200e\u200f؜     | \\u2066\\u2069\\u200e\\u200f\\u061c
            invisible ones                  | a\u200bb\ufeffc\u00add\u2060e | a\\u200bb\\ufeffc\\u00add\\u2060e
            tags, past the BMP              | a\udb40\udc41b                | a\\udb40\\udc41b
            a lone high surrogate           | a\ud800b                      | a\\ud800b
            a lone low surrogate at the end | a\udfff                       | a\\udfff
            surrogates in the wrong order   | \udc41\udb40                  | \\udc41\\udb40
            a command                       | ::set-output name=x::y        | \\u003a:set-output name=x::y
            a command after blanks          | ` \u00a0\u3000::warning::`    | ` \u00a0\u3000\\u003a:warning::`
            a command after a tab           | `\t::warning::`               | \\u0009\\u003a:warning::
            only colons                     | ::                            | \\u003a:
            three colons                    | :::                           | \\u003a::
            one colon                       | :a                            | :a
            colons inside                   | a::b                          | a::b
            colons apart                    | : :                           | : :
            an old command                  | `##[error]x`                  | `#\\u0023[error]x`
            an old command inside           | a ##[group]b##[endgroup]      | a #\\u0023[group]b#\\u0023[endgroup]
            three hashes                    | `###[error]`                  | `##\\u0023[error]`
            hashes without a bracket        | `## [x] #[y] ##`              | `## [x] #[y] ##`
            a backslash                     | C:\\u0041                     | C:\\u0041
            """)
    void aLineIsSafeToPrint(String what, String value, String line) {
        assertEquals(line, Sanitizer.line(value));
    }

    /** From the library, since Java knows neither the property nor code points newer than the JDK. */
    private static boolean isUnsafe(int point) {
        return switch (UCharacter.getType(point)) {
            case ECharacterCategory.CONTROL,
                    ECharacterCategory.FORMAT,
                    ECharacterCategory.LINE_SEPARATOR,
                    ECharacterCategory.PARAGRAPH_SEPARATOR,
                    ECharacterCategory.SURROGATE -> true;
            default -> UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
        };
    }

    @Test
    void everyInvisibleCharacterOfUnicodeIsEscaped() {
        assertEquals(
                Sanitizer.UNICODE_VERSION + ".0.0",
                UCharacter.getUnicodeVersion().toString());
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = Character.toString(point);
            String expected = isUnsafe(point) ? escaped(text) : text;
            assertEquals("a" + expected + "b", Sanitizer.line("a" + text + "b"));
            assertEquals(point == '\n' ? text : expected, Sanitizer.json(text));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an indented object | `{\n  "a": 1\n}` | `{\n  "a": 1\n}`
            right to left      | "\u202e"         | "\\u202e"
            after a backslash  | "\\\\\u202e"     | "\\\\\\u202e"
            an old command     | "##[x]"          | "#\\u0023[x]"
            colons in a string | "::x"            | "::x"
            tags, past the BMP | "\udb40\udc41"   | "\\udb40\\udc41"
            """)
    void jsonKeepsItsMeaning(String what, String json, String safe) {
        assertEquals(safe, Sanitizer.json(json));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            escaped.append("\\u").append(HexFormat.of().toHexDigits(text.charAt(i)));
        }
        return escaped.toString();
    }
}
