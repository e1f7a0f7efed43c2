package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.MalformedTokenException.Reason;
import dev.chainloop.token.source.SourceReading;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a value is that is not a token.
 *
 * @param around what stands around or inside the one token in it; empty where there is none, or several
 * @param extraction what takes the one token out; empty where there is none, or several
 * @param what what it is, a phrase; never with a piece of the value
 * @param cure what would make it right; empty if the stored token may be in order
 */
public record Malformed(List<Wrapping> around, Optional<Extraction> extraction, String what, Optional<Cure> cure) {
    /** How a token is taken out of a value. */
    public enum Extraction {
        /** It stands there letter for letter. */
        FIND,
        /** Something came into it. */
        JOIN,
        /** It is encoded in base64. */
        DECODE
    }

    /** What keeps a value from being a token although one stands in it. Scripts may rely on the words. */
    public enum Wrapping implements Keyword {
        TEXT_BEFORE("other text before it"),
        BEARER("`Bearer ` before it"),
        ASSIGNMENT("a variable's name before it"),
        QUOTES("quotes around it"),
        LEADING_SPACE("white space before it"),
        LEADING_LINE_END("a line break before it"),
        TRAILING_SPACE("white space at its end"),
        TRAILING_LINE_END("a line break at its end"),
        TRAILING_CARRIAGE_RETURN("a carriage return at its end"),
        PADDING("`=` padding at its end"),
        TRAILING_DOT("a dot at its end"),
        INVISIBLE("an invisible character around it"),
        TEXT_AFTER("other text after it"),

        /** After these, the phrase names the place. */
        INNER_SPACE("white space"),
        INNER_LINE_END("a line break"),
        INNER_PADDING("`=` padding"),
        INNER_INVISIBLE("an invisible character");

        final String phrase;

        Wrapping(String phrase) {
            this.phrase = phrase;
        }

        /** Whether a copy by hand may have added it. */
        boolean isWhiteSpace() {
            return compareTo(LEADING_SPACE) >= 0 && compareTo(TRAILING_CARRIAGE_RETURN) <= 0;
        }

        /** Whether no header can carry it (RFC 9110 section 5.5). */
        boolean isUnsendable() {
            return switch (this) {
                case LEADING_LINE_END, TRAILING_LINE_END, TRAILING_CARRIAGE_RETURN, INNER_LINE_END -> true;
                default -> false;
            };
        }
    }

    private static final Pattern FOREIGN = Pattern.compile("[\\s\\p{Z}\\p{Cf}\\\\=]");
    private static final Pattern BEARER = Pattern.compile("Bearer ", Pattern.CASE_INSENSITIVE);
    private static final Pattern ASSIGNMENT = Pattern.compile("(export )?CHAINLOOP_TOKEN=");

    /**
     * @param tokens the tokens in it
     * @param fault why it is not a token itself
     */
    static Malformed of(SourceReading.Found found, List<Jwt.Embedded> tokens, MalformedTokenException fault) {
        String value = found.secret();
        boolean given = found.origin().isGiven();
        Optional<Jwt.Embedded> token = only(value, tokens);
        if (token.isPresent()) {
            List<Wrapping> around = around(value, token.get().text());
            boolean copied = given && around.stream().allMatch(Wrapping::isWhiteSpace);
            List<String> phrases = around.stream().map(one -> one.phrase).toList();
            String what = "a token with " + Phrases.list(phrases, "and");
            Optional<Cure> cure = copied ? Optional.empty() : Optional.of(Cure.STORE_ALONE);
            return new Malformed(around, Optional.of(Extraction.FIND), what, cure);
        }
        Optional<Extraction> single = tokens.size() == 1 ? Optional.of(Extraction.FIND) : Optional.empty();
        if (fault.reason() != Reason.LENGTH) {
            Optional<Malformed> broken = broken(value);
            if (broken.isPresent()) {
                return broken.get();
            }
            Optional<Lookalike> like = Lookalike.of(value, tokens.size());
            // Nothing is missing from complete JSON.
            boolean whole = fault.reason() == Reason.OBJECT && like.equals(Optional.of(Lookalike.CUT));
            if (like.isPresent() && !whole) {
                boolean shown = given && like.get() == Lookalike.MASK;
                Cure cure = shown ? Cure.LOOK_THERE : like.get().cure;
                Optional<Extraction> out = like.get() == Lookalike.BASE64 ? Optional.of(Extraction.DECODE) : single;
                return new Malformed(List.of(), out, like.get().what, Optional.of(cure));
            }
        }
        boolean likely = fault.reason() == Reason.LENGTH || value.strip().startsWith("ey");
        Cure cure = likely ? Cure.STORE_WHOLE : Cure.STORE_OWN;
        return new Malformed(List.of(), single, String.valueOf(fault.getMessage()), Optional.of(cure));
    }

    /** The token that stands in a value, if there is exactly one; JSON is not opened. */
    static Optional<Jwt.Embedded> only(String value, List<Jwt.Embedded> tokens) {
        return tokens.size() == 1 && !Lookalike.isJson(value.strip()) ? Optional.of(tokens.get(0)) : Optional.empty();
    }

    /** The token that a command takes out of a value, which is inspected like any other. */
    Optional<Jwt.Embedded> contained(String value, List<Jwt.Embedded> tokens) {
        if (extraction.isEmpty()) {
            return Optional.empty();
        }
        return switch (extraction.get()) {
            case FIND -> only(value, tokens);
            case JOIN -> Jwt.Embedded.of(FOREIGN.matcher(value).replaceAll(""));
            case DECODE -> Jwt.Embedded.of(Lookalike.decoded(value.strip()));
        };
    }

    private static List<Wrapping> around(String value, String token) {
        int start = value.indexOf(token);
        String before = value.substring(0, start);
        String unnamed = ASSIGNMENT.matcher(before).replaceAll("");
        String bare = BEARER.matcher(unnamed).replaceAll("");
        Set<Wrapping> around = all(bare, false);
        if (!around.contains(Wrapping.TEXT_BEFORE) && !unnamed.equals(before)) {
            around.add(Wrapping.ASSIGNMENT);
        }
        if (!bare.equals(unnamed)) {
            around.add(Wrapping.BEARER);
        }
        around.addAll(all(value.substring(start + token.length()).replace("\r\n", "\n"), true));
        return List.copyOf(around);
    }

    /** What stands on one side; white space within other text is a part of that text. */
    private static Set<Wrapping> all(String text, boolean behind) {
        Set<Wrapping> all = EnumSet.noneOf(Wrapping.class);
        for (int i = 0; i < text.length(); i++) {
            all.add(of(text.charAt(i), behind));
        }
        Wrapping other = behind ? Wrapping.TEXT_AFTER : Wrapping.TEXT_BEFORE;
        return all.contains(other) ? EnumSet.of(other) : all;
    }

    private static Wrapping of(char c, boolean behind) {
        if (c == '\n' || c == '\r') {
            Wrapping trailing = c == '\n' ? Wrapping.TRAILING_LINE_END : Wrapping.TRAILING_CARRIAGE_RETURN;
            return behind ? trailing : Wrapping.LEADING_LINE_END;
        }
        if (behind && (c == '=' || c == '.')) {
            return c == '=' ? Wrapping.PADDING : Wrapping.TRAILING_DOT;
        }
        if (isSpace(c)) {
            return behind ? Wrapping.TRAILING_SPACE : Wrapping.LEADING_SPACE;
        }
        if ("\"'`\u2018\u2019\u201c\u201d".indexOf(c) >= 0) {
            return Wrapping.QUOTES;
        }
        boolean invisible = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
        return invisible ? Wrapping.INVISIBLE : behind ? Wrapping.TEXT_AFTER : Wrapping.TEXT_BEFORE;
    }

    /** A token into which something came, such as the line breaks of a narrow terminal. */
    private static Optional<Malformed> broken(String value) {
        Matcher foreign = FOREIGN.matcher(value);
        String letters = foreign.replaceAll("");
        if (letters.equals(value) || !Jwt.Embedded.isToken(letters)) {
            return Optional.empty();
        }
        int at = 0;
        while (foreign.find(at) && foreign.start() == at) {
            at++;
        }
        if (!foreign.find(at)) {
            return Optional.empty();
        }
        Wrapping around = switch (value.charAt(foreign.start())) {
            // A backslash continues a line.
            case '\n', '\r', '\\' -> Wrapping.INNER_LINE_END;
            case '=' -> Wrapping.INNER_PADDING;
            default -> isSpace(value.charAt(foreign.start())) ? Wrapping.INNER_SPACE : Wrapping.INNER_INVISIBLE;
        };
        String what = "a token with " + around.phrase + " after character " + (foreign.start() - at);
        return Optional.of(
                new Malformed(List.of(around), Optional.of(Extraction.JOIN), what, Optional.of(Cure.STORE_ALONE)));
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
