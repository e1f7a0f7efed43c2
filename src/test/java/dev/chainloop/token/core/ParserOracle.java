package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.temporal.ChronoUnit;
import java.util.List;

/** What holds of the parser whatever the text: a result, or a {@link MalformedTokenException} that tells nothing of it. */
final class ParserOracle {
    /** So many characters in a row are a piece of the input, fewer may be chance. */
    private static final int PIECE = 5;

    private final Parser parser = new Parser();
    private int decoded;
    private int refused;

    int decoded() {
        return decoded;
    }

    int refused() {
        return refused;
    }

    /** Uses all of the library's reading side; what is thrown must not show a piece of the text or its content. */
    void check(String text, List<String> content) {
        try {
            DecodedToken token = parser.decode(text);
            use(token);
            assertEquals(parser.type(token.claims()), parser.parse(text));
            decoded++;
        } catch (MalformedTokenException e) {
            refused++;
            assertNull(e.getCause());
            assertNoPiece(e.getMessage(), text);
            for (String secret : content) {
                assertNoPiece(e.getMessage(), secret);
            }
        }
    }

    private static void use(DecodedToken token) {
        assertEquals(
                "DecodedToken[header " + token.header().size() + ", claims "
                        + token.claims().asMap().size() + "]",
                token.toString());
        assertTrue(token.algorithm().orElse("x").length()
                        + token.keyId().orElse("x").length()
                > 1);
        for (String name : token.claims().asMap().keySet()) {
            assertTrue(token.claims().has(name));
            token.claims().text(name).ifPresent(text -> assertFalse(text.isEmpty()));
            token.claims().textOrNumber(name).ifPresent(text -> assertFalse(text.isEmpty()));
            token.claims().time(name).ifPresent(time -> assertEquals(time.truncatedTo(ChronoUnit.SECONDS), time));
        }
    }

    private static void assertNoPiece(String message, String secret) {
        for (int i = 0; i + PIECE <= message.length(); i++) {
            assertFalse(secret.contains(message.substring(i, i + PIECE)), message);
        }
    }
}
