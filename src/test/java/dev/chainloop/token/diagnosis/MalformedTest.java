package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.testing.TokenMint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands around or inside a token, in a value that is not a token. */
class MalformedTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    private static final Origin VARIABLE = new Origin(SourceKind.ENVIRONMENT, "CHAINLOOP_TOKEN");
    private static final Origin STDIN = new Origin(SourceKind.STDIN, "stdin");

    /** T is a token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            T<LF>                            | trailing-line-end | a line break at its end
            T<CR><LF>                        | trailing-line-end | a line break at its end
            T<CR>                            | trailing-carriage-return | a carriage return at its end
            ^ T^                             | leading-space     | white space before it
            ^T ^                             | trailing-space    | white space at its end
            T<TAB>                           | trailing-space    | white space at its end
            T<NBSP>                          | trailing-space    | white space at its end
            <LF>T                            | leading-line-end  | a line break before it
            ^ T <LF>^                        | leading-space, trailing-space, trailing-line-end |\
             white space before it, white space at its end and a line break at its end
            "T"                              | quotes            | quotes around it
            'T'                              | quotes            | quotes around it
            `T`                              | quotes            | quotes around it
            “T”                              | quotes            | quotes around it
            ‘T’                              | quotes            | quotes around it
            Bearer T                         | bearer            | `Bearer ` before it
            bearer T                         | bearer            | `Bearer ` before it
            Bearer "T"<LF>                   | bearer, quotes, trailing-line-end |\
             `Bearer ` before it, quotes around it and a line break at its end
            CHAINLOOP_TOKEN=T                | assignment        | a variable's name before it
            export CHAINLOOP_TOKEN=T         | assignment        | a variable's name before it
            Authorization: Bearer T          | text-before, bearer | other text before it and `Bearer ` before it
            token: T                         | text-before       | other text before it
            T=                               | padding           | `=` padding at its end
            T.                               | trailing-dot      | a dot at its end
            .T                               | text-before       | other text before it
            T<BOM>                           | invisible         | an invisible character around it
            T<LF>junk                        | text-after        | other text after it
            [T]                              | text-before, text-after | other text before it and other text after it
            """)
    void theOneTokenAndTheTextAroundItAreShown(String value, String codes, String phrases) {
        Malformed malformed = malformed(VARIABLE, written(value));
        assertEquals(codes, String.join(", ", Keyword.words(malformed.around())));
        assertEquals("a token with " + phrases, malformed.what());
        assertEquals(Optional.of(Cure.STORE_ALONE), malformed.cure());
        assertEquals(Optional.of(TOKEN), token(written(value)));
    }

    /** Whoever copies a token by hand gets such characters, and a stored token may be in order. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            value = {"^ T^, true", "T<LF>, true", "<LF>T, true", "^ T <CR>^, true", "Bearer T, false", "^T= ^, false"})
    void whiteSpaceAroundACopyHasNoCure(String value, boolean copied) {
        assertEquals(copied, malformed(STDIN, written(value)).cure().isEmpty());
        assertTrue(malformed(VARIABLE, written(value)).cure().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "40, <LF>, inner-line-end, a line break",
        "40, <CR>, inner-line-end, a line break",
        "40, \\, inner-line-end, a line break",
        "7, ' <LF>', inner-space, white space",
        "36, =, inner-padding, `=` padding",
        "12, <ZWSP>, inner-invisible, an invisible character",
    })
    void aTokenThatIsBrokenIsNotShown(int letters, String foreign, String code, String phrase) {
        String value = TOKEN.substring(0, letters) + written(foreign) + TOKEN.substring(letters);
        Malformed malformed = malformed(VARIABLE, value);
        assertEquals(List.of(code), Keyword.words(malformed.around()));
        assertEquals("a token with " + phrase + " after character " + letters, malformed.what());
        assertEquals(malformed, malformed(VARIABLE, " \n" + value), "its own letters are counted");
        assertEquals(Optional.empty(), token(value));
    }

    /** Nothing is opened or decoded. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '^',
            value = {
                "{\"token\":\"T\"}, it is JSON with a token in it",
                "[\"T\"], it is JSON with a token in it",
                "^T T^, it is more than one token",
                "TT, it is more than one token",
                "T<LF>T<LF>, it is more than one token",
                "T.e30, ^it has 4 segments, but a JWT has 3^",
                "e30.e30, it is only part of a token",
                "., ^it has 2 segments, but a JWT has 3^",
                "e30.eyJhIjoxLCJhIjoyfQ.AA, its payload has the same name twice in one object",
                "e30.eyJhIjoxZTQwMH0.AA, its payload has a number that no double can hold",
                "e30.bnVsbA.AA, its payload is not a JSON object",
            })
    void aValueWithoutExactlyOneTokenIsNamed(String value, String what) {
        Malformed malformed = malformed(VARIABLE, written(value));
        assertEquals(what, malformed.what());
        assertEquals(List.of(), malformed.around());
        assertEquals(Optional.empty(), token(written(value)));
        assertTrue(malformed.cure().isPresent());
    }

    @Test
    void aLongValueTakesNoLongerThanItsLength() {
        List<String> values = new ArrayList<>(List.of(
                "*".repeat(300_000) + "\n" + "a".repeat(40_000),
                "projects/" + "a/secrets/".repeat(30_000) + " !",
                "ey" + ".".repeat(300_000) + "!",
                "ey" + "[".repeat(300_000) + "!"));
        for (String piece :
                ("e30.,e30.e30.\n,eyJ.,.,e, ,Bearer ,=,\u200b,e.e. ,eyJ ,eyJ,eyJhbGciOiJIUzI1NiJ9.,$,{,+,a ")
                        .split(",")) {
            values.add(piece.repeat(300_000 / piece.length()));
            values.add(piece.repeat(300_000 / piece.length()) + "!");
        }
        for (String value : values) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> malformed(VARIABLE, value));
        }
    }

    private static Malformed malformed(Origin origin, String value) {
        MalformedTokenException fault = assertThrows(MalformedTokenException.class, () -> new Parser().decode(value));
        return Malformed.of(new SourceReading.Found(origin, value), Jwt.Embedded.in(value), fault);
    }

    private static Optional<String> token(String value) {
        return Malformed.only(value, Jwt.Embedded.in(value)).map(Jwt.Embedded::text);
    }

    private static String written(String value) {
        return value.replaceAll("T(?!A|O|E|Q)", TOKEN)
                .replace("<LF>", "\n")
                .replace("<CR>", "\r")
                .replace("<TAB>", "\t")
                .replace("<NBSP>", "\u00a0")
                .replace("<ZWSP>", "\u200b")
                .replace("<BOM>", "\ufeff");
    }
}
