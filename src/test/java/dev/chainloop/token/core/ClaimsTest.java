package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.TokenMint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A single claim, read leniently. */
class ClaimsTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"c":"v"}       | true  | v   | v
            {"c":" "}       | true  | ` ` | ` `
            {"c":""}        | true  |     |
            {"c":1.10}      | true  |     | 1.10
            {"c":null}      | true  |     |
            {"c":true}      | true  |     |
            {"c":["v"]}     | true  |     |
            {"d":"v"}       | false |     |
            {"C":"v"}       | false |     |
            """)
    void aTextIsAStringThatIsNotEmpty(String json, boolean there, @Nullable String text, @Nullable String textOrNumber)
            throws MalformedTokenException {
        Claims claims = claims(json);
        assertEquals(there, claims.has("c"));
        assertEquals(Optional.ofNullable(text), claims.text("c"));
        assertEquals(Optional.ofNullable(textOrNumber), claims.textOrNumber("c"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "a"                                | [a]
            ["b","a","c","b"]                  | [b, a, c]
            [1,"a",null,["b"],{"c":"d"},"",true] | [a]
            ""                                 | []
            null                               | []
            {"a":"b"}                          | []
            """)
    void theAudienceIsASetOfStringsInTheTokensOrder(String aud, String audience) throws MalformedTokenException {
        assertEquals(audience, claims("{\"aud\":" + aud + "}").audience().toString());
    }

    private static Claims claims(String json) throws MalformedTokenException {
        return new Parser().decode(TokenMint.token(json)).claims();
    }
}
