package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.chainloop.token.testing.TokenMint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A single claim, read leniently. */
class ClaimsTest {
    static Stream<Arguments> texts() {
        Optional<String> none = Optional.empty();
        return Stream.of(
                argumentSet("a string", "{\"c\":\"v\"}", true, Optional.of("v"), Optional.of("v")),
                argumentSet("a blank", "{\"c\":\" \"}", true, Optional.of(" "), Optional.of(" ")),
                argumentSet("an empty string", "{\"c\":\"\"}", true, none, none),
                argumentSet("a number", "{\"c\":1.10}", true, none, Optional.of("1.10")),
                argumentSet("zero", "{\"c\":-0}", true, none, Optional.of("-0")),
                argumentSet("null", "{\"c\":null}", true, none, none),
                argumentSet("true", "{\"c\":true}", true, none, none),
                argumentSet("an array", "{\"c\":[\"v\"]}", true, none, none),
                argumentSet("an object", "{\"c\":{\"c\":\"v\"}}", true, none, none),
                argumentSet("absent", "{\"d\":\"v\"}", false, none, none),
                argumentSet("of another case", "{\"C\":\"v\"}", false, none, none));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextIsAStringThatIsNotEmpty(String json, boolean there, Optional<String> text, Optional<String> textOrNumber)
            throws MalformedTokenException {
        Claims claims = claims(json);
        assertEquals(there, claims.has("c"));
        assertEquals(text, claims.text("c"));
        assertEquals(textOrNumber, claims.textOrNumber("c"));
    }

    static Stream<Arguments> audiences() {
        return Stream.of(
                argumentSet("one string", "\"a\"", List.of("a")),
                argumentSet("one member", "[\"a\"]", List.of("a")),
                argumentSet("the token's order", "[\"b\",\"a\",\"c\"]", List.of("b", "a", "c")),
                argumentSet("repeats", "[\"b\",\"a\",\"b\",\"a\"]", List.of("b", "a")),
                argumentSet("members that are no strings", "[1,\"a\",null,[\"b\"],{\"c\":\"d\"},true]", List.of("a")),
                argumentSet("empty strings", "[\"\",\"a\",\"\"]", List.of("a")),
                argumentSet("an empty string", "\"\"", List.of()),
                argumentSet("no members", "[]", List.of()),
                argumentSet("null", "null", List.of()),
                argumentSet("a number", "5", List.of()),
                argumentSet("an object", "{\"a\":\"b\"}", List.of()));
    }

    @ParameterizedTest
    @MethodSource("audiences")
    void theAudienceIsASetOfStrings(String aud, List<String> audience) throws MalformedTokenException {
        assertEquals(audience, claims("{\"aud\":" + aud + "}").audience());
    }

    private static Claims claims(String json) throws MalformedTokenException {
        return new Parser().decode(TokenMint.token(json)).claims();
    }
}
