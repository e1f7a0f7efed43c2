package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.scan.TokenScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A token that stands in a text letter for letter.
 *
 * @param text it alone; never to be printed, and {@link #toString} does not show it
 */
record EmbeddedToken(String text, Jwt jwt) {
    /** All tokens in a text, in their order; none if the text is longer than a token can be. */
    static List<EmbeddedToken> in(String text) {
        List<EmbeddedToken> tokens = new ArrayList<>();
        for (String one : TokenScanner.find(text.length() > Parser.MAX_LENGTH ? "" : text)) {
            if (text.contains(one)) {
                of(one).ifPresent(tokens::add);
            }
        }
        return tokens;
    }

    /** The token that a text is. */
    static Optional<EmbeddedToken> of(String text) {
        try {
            return Optional.of(new EmbeddedToken(text, Jwt.of(text)));
        } catch (MalformedTokenException e) {
            return Optional.empty();
        }
    }

    static boolean isToken(String text) {
        return of(text).isPresent();
    }

    @Override
    public String toString() {
        return "EmbeddedToken[<redacted>]";
    }
}
