package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import java.util.ArrayList;
import java.util.List;

/**
 * A token that stands in a text letter for letter.
 *
 * @param text it alone; never to be printed, and {@link #toString} does not show it
 */
record EmbeddedToken(String text, DecodedToken decoded) {
    private static final Parser PARSER = new Parser();

    /** All in a text, in their order; none in one that is longer than a token can be. */
    static List<EmbeddedToken> in(String text) {
        List<EmbeddedToken> tokens = new ArrayList<>();
        int start = text.length() > Parser.MAX_LENGTH ? text.length() : 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && (isLetter(text.charAt(end)) || text.charAt(end) == '.')) {
                end++;
            }
            add(text.substring(start, end), tokens);
            start = end + 1;
        }
        return tokens;
    }

    /** Adds the token that a run of letters and dots is but for dots around it. */
    private static void add(String run, List<EmbeddedToken> tokens) {
        int start = 0;
        while (run.startsWith(".", start)) {
            start++;
        }
        String[] segments = run.substring(start).split("\\.", -1);
        for (int i = 3; i < segments.length; i++) {
            if (!segments[i].isEmpty()) {
                return;
            }
        }
        if (segments.length >= 3) {
            String token = segments[0] + "." + segments[1] + "." + segments[2];
            try {
                tokens.add(new EmbeddedToken(token, PARSER.decode(token)));
            } catch (MalformedTokenException e) {
                // It is none.
            }
        }
    }

    static boolean isToken(String text) {
        try {
            PARSER.decode(text);
            return true;
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    static boolean isLetter(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    @Override
    public String toString() {
        return "EmbeddedToken[<redacted>]";
    }
}
