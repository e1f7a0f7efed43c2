package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * What the parser guarantees for any text: a result, or a {@link MalformedTokenException} that quotes nothing of it.
 */
final class ParserOracle {
    /** All possible messages, so that none can contain a piece of the text. */
    private static final Pattern FAULT = Pattern.compile("it is longer than 1 MiB"
            + "|it contains white space or a newline"
            + "|it has [0-9]+ segments? where a JWT has 3"
            + "|its (header|payload|signature) (is empty|is cut off|has padding \\(=\\)"
            + "|contains white space or a newline|has a character that is not base64url"
            + "|is not JSON|is not a JSON object|has text after its JSON object"
            + "|has the same name twice in one object|is nested deeper than 512 levels"
            + "|has a number that no double can hold)");

    private final Parser parser = new Parser();
    private int decoded;
    private int refused;

    int decoded() {
        return decoded;
    }

    int refused() {
        return refused;
    }

    /** Uses all of the library's reading side; what is thrown consists of our own words alone. */
    void check(String text) {
        try {
            DecodedToken token = parser.decode(text);
            use(token);
            assertEquals(parser.type(token.claims()), parser.parse(text));
            decoded++;
        } catch (MalformedTokenException e) {
            refused++;
            assertNull(e.getCause());
            assertTrue(FAULT.matcher(e.getMessage()).matches(), e.getMessage());
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
}
