package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token that stands in a text letter for letter.
 *
 * @param text it alone; never to be printed, and {@link #toString} does not show it
 */
record EmbeddedToken(String text, DecodedToken decoded) {
    private static final Parser PARSER = new Parser();

    /** Three segments, with nothing but dots around them in their run of letters and dots; it never tries a letter twice. */
    private static final Pattern RUN = Pattern.compile(
            "(?<![A-Za-z0-9_.-])[.]*+" + "([A-Za-z0-9_-]++[.][A-Za-z0-9_-]++[.][A-Za-z0-9_-]*+)[.]*+(?![A-Za-z0-9_-])");

    /** All in a text, in their order; none in one that is longer than a token can be. */
    static List<EmbeddedToken> in(String text) {
        List<EmbeddedToken> tokens = new ArrayList<>();
        Matcher run = RUN.matcher(text.length() > Parser.MAX_LENGTH ? "" : text);
        while (run.find()) {
            try {
                tokens.add(new EmbeddedToken(run.group(1), PARSER.decode(run.group(1))));
            } catch (MalformedTokenException e) {
                // It is none.
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
