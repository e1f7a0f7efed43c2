package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a value is that is no token.
 *
 * @param around what stands around or inside the one token in it; empty where there is none, or several
 * @param what what it is, a phrase; never with a piece of the value
 * @param cure what would make it right; {@code null} where the stored token may be in order
 */
public record Malformed(
        List<Around> around, String what, @Nullable Cure cure) {
    private static final Parser PARSER = new Parser();

    private static final String BEARER = "Bearer ";
    private static final String EXPORT = "export ";
    private static final String ASSIGNMENT = "CHAINLOOP_TOKEN=";

    /**
     * Finds out what a value is.
     *
     * @param token the one token that stands in it
     * @param fault what the parser says of it
     */
    static Malformed of(Look.Found found, Optional<String> token, String fault) {
        if (token.isPresent()) {
            List<Around> around = around(found.secret(), token.get());
            boolean given = found.origin().kind() == SourceKind.ARGUMENT
                    || found.origin().kind() == SourceKind.STDIN;
            boolean copied = given && around.stream().allMatch(Around::isWhiteSpace);
            return new Malformed(around, "a token with " + phrases(around), copied ? null : Cure.STORE_ALONE);
        }
        if (found.secret().length() > Parser.MAX_LENGTH) {
            return new Malformed(List.of(), fault, Cure.STORE_WHOLE);
        }
        return broken(found.secret())
                .or(() -> Lookalike.of(found.secret())
                        .filter(like -> like != Lookalike.CUT || !isOfWholeJson(fault))
                        .map(like -> new Malformed(List.of(), like.what(found.secret()), like.cure)))
                .orElseGet(() -> new Malformed(List.of(), fault, Cure.STORE_WHOLE));
    }

    /** Whether the parser has read all of a header and a payload, so that nothing of them is missing. */
    private static boolean isOfWholeJson(String fault) {
        return fault.endsWith("JSON object")
                || fault.endsWith("in one object")
                || fault.endsWith("double can hold")
                || fault.endsWith("levels");
    }

    /** The token that stands in a value letter for letter, if there is exactly one; JSON is not opened. */
    static Optional<String> token(String value) {
        if (value.length() > Parser.MAX_LENGTH) {
            return Optional.empty();
        }
        List<String> tokens = tokens(value);
        return tokens.size() == 1
                        && Lookalike.of(value).filter(Lookalike.JSON::equals).isEmpty()
                ? Optional.of(tokens.get(0))
                : Optional.empty();
    }

    /** The tokens that stand in a text letter for letter. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && (isLetter(text.charAt(end)) || text.charAt(end) == '.')) {
                end++;
            }
            within(text.substring(start, end)).ifPresent(tokens::add);
            start = end + 1;
        }
        return tokens;
    }

    /** The token that a run of letters and dots is but for dots around it. */
    private static Optional<String> within(String run) {
        int start = 0;
        while (run.startsWith(".", start)) {
            start++;
        }
        String[] segments = run.substring(start).split("\\.", -1);
        if (segments.length < 3) {
            return Optional.empty();
        }
        for (int i = 3; i < segments.length; i++) {
            if (!segments[i].isEmpty()) {
                return Optional.empty();
            }
        }
        String token = segments[0] + "." + segments[1] + "." + segments[2];
        return isToken(token) ? Optional.of(token) : Optional.empty();
    }

    private static List<Around> around(String value, String token) {
        int start = value.indexOf(token);
        List<Around> around = new ArrayList<>();
        before(value.substring(0, start), around);
        behind(value.substring(start + token.length()), around);
        return around.stream().distinct().sorted().toList();
    }

    private static void before(String text, List<Around> around) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.regionMatches(true, at, BEARER, 0, BEARER.length())) {
                around.add(Around.BEARER);
                at += BEARER.length();
            } else if (text.startsWith(ASSIGNMENT, at) || text.startsWith(EXPORT + ASSIGNMENT, at)) {
                around.add(Around.ASSIGNMENT);
                at = text.indexOf('=', at) + 1;
            } else if (c == '\n' || c == '\r') {
                around.add(Around.LEADING_LINE_END);
                at++;
            } else {
                around.add(of(c, Around.LEADING_SPACE, Around.TEXT_BEFORE));
                at++;
            }
        }
        if (around.contains(Around.TEXT_BEFORE)) {
            // Its blanks are part of the text.
            around.removeIf(one -> one != Around.TEXT_BEFORE && one != Around.BEARER);
        }
    }

    private static void behind(String text, List<Around> around) {
        List<Around> behind = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            behind.add(
                    switch (text.charAt(i)) {
                        case '\n' -> Around.TRAILING_LINE_END;
                        case '\r' ->
                            text.startsWith("\n", i + 1) ? Around.TRAILING_LINE_END : Around.TRAILING_CARRIAGE_RETURN;
                        case '=' -> Around.PADDING;
                        case '.' -> Around.TRAILING_DOT;
                        default -> of(text.charAt(i), Around.TRAILING_SPACE, Around.TEXT_AFTER);
                    });
        }
        around.addAll(behind.contains(Around.TEXT_AFTER) ? List.of(Around.TEXT_AFTER) : behind);
    }

    private static Around of(char c, Around space, Around otherwise) {
        return isSpace(c)
                ? space
                : "\"'`\u2018\u2019\u201c\u201d".indexOf(c) >= 0
                        ? Around.QUOTES
                        : Character.isISOControl(c) || isFormat(c) ? Around.INVISIBLE : otherwise;
    }

    /** A token into which something came, such as the line ends of a narrow terminal. */
    private static Optional<Malformed> broken(String value) {
        StringBuilder letters = new StringBuilder();
        int foreign = -1;
        int at = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isLetter(c) || c == '.') {
                letters.append(c);
            } else if (inner(c).isEmpty()) {
                return Optional.empty();
            } else if (foreign < 0 && letters.length() > 0) {
                foreign = i;
                at = letters.length();
            }
        }
        if (foreign < 0 || !isToken(letters.toString())) {
            return Optional.empty();
        }
        Around around = inner(value.charAt(foreign)).orElseThrow();
        String what = "a token with " + around.phrase + " after letter " + at;
        return Optional.of(new Malformed(List.of(around), what, Cure.STORE_WHOLE));
    }

    private static Optional<Around> inner(char c) {
        // A backslash continues a line.
        return c == '\n' || c == '\r' || c == '\\'
                ? Optional.of(Around.INNER_LINE_END)
                : c == '='
                        ? Optional.of(Around.INNER_PADDING)
                        : isSpace(c)
                                ? Optional.of(Around.INNER_SPACE)
                                : isFormat(c) ? Optional.of(Around.INNER_INVISIBLE) : Optional.empty();
    }

    private static String phrases(List<Around> around) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < around.size(); i++) {
            text.append(i == 0 ? "" : i + 1 < around.size() ? ", " : " and ").append(around.get(i).phrase);
        }
        return text.toString();
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

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isFormat(char c) {
        return Character.getType(c) == Character.FORMAT;
    }
}
