package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.scan.TokenScanner;
import java.util.ArrayList;
import java.util.List;

/**
 * A token that stands in a text letter for letter.
 *
 * @param text it alone; never to be printed, and {@link #toString} does not show it
 */
record EmbeddedToken(String text, DecodedToken decoded) {
    private static final Parser PARSER = new Parser();

    /** All tokens in a text, in their order; none if the text is longer than a token can be. */
    static List<EmbeddedToken> in(String text) {
        List<EmbeddedToken> tokens = new ArrayList<>();
        for (String one : TokenScanner.find(text.length() > Parser.MAX_LENGTH ? "" : text)) {
            try {
                if (text.contains(one)) {
                    tokens.add(new EmbeddedToken(one, PARSER.decode(one)));
                }
            } catch (MalformedTokenException e) {
                // It is not a token.
            }
        }
        return tokens;
    }

    static boolean isToken(String text) {
        try {
            PARSER.decode(text);
            return true;
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "EmbeddedToken[<redacted>]";
    }
}
