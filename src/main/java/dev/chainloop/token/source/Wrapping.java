package dev.chainloop.token.source;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.scan.TokenScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a value is that holds exactly one distinct token among other things. The first row that fits counts; a new one is a row
 * here. No phrase holds a piece of the value.
 */
public enum Wrapping {
    UTF16("the token in UTF-16, as PowerShell's `>` writes it", like("(?s)(\ufffd|.{0,3}\u0000).*")),
    INVISIBLE(
            "the token with invisible characters in it, such as a byte-order mark or a zero-width space",
            (text, token) -> without(Patterns.INVISIBLE, text).equals(token)),
    BROKEN(
            "the token broken over several lines, or with blanks in it",
            (text, token) -> unbroken(text).equals(token)),
    RECODED(
            "the token with characters that a JWT does not have: %2E, +, / or =",
            (text, token) -> recoded(text).equals(token)),
    BASE64(
            "the token in base64, as Kubernetes stores secrets",
            (text, token) -> decoded(text).strip().equals(token)),
    BASE64_TWICE(
            "the token in base64 of base64",
            (text, token) -> decoded(decoded(text)).strip().equals(token)),
    BASE64_OF_MORE(
            "base64 of a text with the token in it",
            (text, token) -> decoded(text).contains(token)),
    TYPOGRAPHIC(
            "the token in typographic quotes",
            (text, token) -> without(Patterns.TYPOGRAPHIC, text).equals(token)),
    BACKQUOTES(
            "the token in backquotes",
            (text, token) -> without(Patterns.BACKQUOTE, text).equals(token)),
    ESCAPED(
            "the token with what JSON escapes around it: `\\\"` or `\\n`",
            (text, token) -> without(Patterns.ESCAPE, text).strip().equals(token)),
    REPEATED("the token more than once", (text, token) -> text.indexOf(token) < text.lastIndexOf(token)),
    PRINTED(
            "all that `api-token create` prints for people; with `-o token` it prints the token alone",
            (text, token) -> text.contains("Save the following token")),
    JSON("JSON with the token in it", like("(?s)(\\{\\s*\"|\\[\\s*[{\"]).*")),
    ADDRESS("a URL with the token in it", like("\\w+://\\S+")),
    ASSIGNMENT("the token behind `NAME=`", like("(export |set |\\$env:)?\\w+ ?= ?\\S+")),
    USER("the token behind a name and a colon, as in `user:`", like("[\\w.@+-]+:\\S+")),
    TABLE("a table with the token in it", like("(?s)(\\+-|\\|).*|.*[\u2500-\u257f].*")),
    VARIABLES(
            "text that sets a variable to the token",
            (text, token) -> Patterns.ASSIGNED.matcher(firstLine(text)).find()),
    YAML("YAML with the token in it", like("(?s)[\\w-]+:( |\\s*\\n).*")),
    TEXT("a text with the token in it", (text, token) -> true),
    /** It is in the file that the value names. */
    FILE("the path of a file with the token in it", (text, token) -> false),
    FILE_OF_MORE("the path of a file with the token and more in it", (text, token) -> false);

    /** Longer values than a token with something around it are not searched. */
    private static final int LONGEST = Parser.MAX_LENGTH + (64 << 10);

    /** So many letters of a token that stand in a text are there as they are, even if lines break it further on. */
    private static final int FIRST_LETTERS = 16;

    private static final Parser PARSER = new Parser();

    private static final int[] USUAL_SIGNATURES = {43, 64, 86, 128, 152, 176, 342, 512, 683};

    private final String phrase;

    @SuppressWarnings("ImmutableEnumChecker") // It has no state.
    private final BiPredicate<String, String> fits;

    Wrapping(String phrase, BiPredicate<String, String> fits) {
        this.phrase = phrase;
        this.fits = fits;
    }

    /**
     * A token, and what it stands in.
     *
     * @param what what the value is, a phrase
     * @param way how a command takes the token out
     */
    record Wrapped(Wrapping kind, String token, String what, Extraction way) {
        boolean isPath() {
            return kind == FILE || kind == FILE_OF_MORE;
        }

        /** The token is a secret. */
        @Override
        public String toString() {
            return "Wrapped[" + kind + ", <redacted>]";
        }
    }

    /**
     * Looks for the one token in a value.
     *
     * @param raw the value
     * @param text the same without white space, quotes and the like
     */
    static Optional<Wrapped> in(String raw, String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<String> token = token(text);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        String value = raw.strip();
        Wrapping kind = kind(text, value, token.get());
        boolean encoded = kind.compareTo(REPEATED) >= 0
                && !letters(text).contains(token.get())
                && !text.contains(token.get().substring(0, FIRST_LETTERS));
        String what = encoded
                ? kind.phrase.replace("the token", "the token in base64")
                : kind.phrase
                        + (kind == JSON
                                ? key(raw, token.get())
                                        .map(key -> ", under the key \"" + key + "\"")
                                        .orElse("")
                                : "");
        return Optional.of(new Wrapped(kind, token.get(), what, Extraction.of(raw, token.get())));
    }

    /** The key of a JSON object, one without further ones in it, whose value is the token. */
    static Optional<String> key(String json, String token) {
        int value = json.indexOf(token);
        String before = value < 0 ? "" : json.substring(0, value);
        Matcher key = Patterns.KEY.matcher(before);
        boolean flat =
                before.indexOf('{') >= 0 && before.indexOf('{') == before.lastIndexOf('{') && before.indexOf('[') < 0;
        return flat && key.find() && !key.group(1).startsWith("eyJ") ? Optional.of(key.group(1)) : Optional.empty();
    }

    /** In the file that a value names. */
    static Wrapped inFile(String content, Cleaned cleaned) {
        boolean alone = content.strip().equals(cleaned.text());
        Extraction way = alone
                ? Extraction.READ
                : Extraction.of(content, cleaned.text()) == Extraction.ALONE ? Extraction.READ_ALONE : Extraction.NONE;
        Wrapping kind = alone ? FILE : FILE_OF_MORE;
        return new Wrapped(kind, cleaned.text(), kind.phrase, way);
    }

    private static Wrapping kind(String text, String value, String token) {
        return Arrays.stream(values())
                .filter(row -> row.fits.test(row.compareTo(REPEATED) < 0 ? text : value, token))
                .findFirst()
                .orElse(TEXT);
    }

    private static Optional<String> token(String text) {
        String unbroken = unbroken(text);
        if (isGlued(text)) {
            return half(text);
        }
        List<String> found = tokens(text);
        if (found.size() > 1) {
            return Optional.empty();
        }
        if (found.size() == 1) {
            return Stream.of(unbroken, recoded(text))
                    .filter(whole -> isLonger(whole, found.get(0)))
                    .findFirst()
                    .or(() -> found.stream()
                            .filter(one -> !goesOnInSignature(text, one))
                            .findFirst());
        }
        for (String whole : List.of(
                unbroken,
                recoded(text),
                decoded(decoded(text)).strip(),
                half(text).orElse(""))) {
            if (isJwt(whole)) {
                return Optional.of(whole);
            }
        }
        return Optional.empty();
    }

    /** Whether there is more than one token in it. */
    public static boolean holdsSeveral(String text) {
        return tokens(text).size() > 1;
    }

    /** The distinct tokens in a text, as they are or in base64. */
    private static List<String> tokens(String text) {
        return TokenScanner.find(text).stream()
                .filter(Wrapping::isJwt)
                .distinct()
                .toList();
    }

    /** Whether two tokens, or more, stand there with nothing in between: where one ends, only the other tells. */
    static boolean isGlued(String text) {
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            dots += text.charAt(i) == '.' ? 1 : 0;
        }
        return dots > 3 && !Patterns.NO_LETTER.matcher(text).find();
    }

    /** Two tokens that stand there with nothing in between, where that can be told; else none. */
    static List<String> unglued(String text) {
        String[] parts = text.split("\\.", -1);
        int second = parts.length == 5 ? parts[2].lastIndexOf("eyJ") : -1;
        if (second < 0) {
            return List.of();
        }
        int start = parts[0].length() + parts[1].length() + 2 + second;
        List<String> both = List.of(text.substring(0, start), text.substring(start));
        return both.stream().allMatch(Wrapping::isJwt) ? both : List.of();
    }

    /** The first line that is no comment. */
    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    /** Whether a blank or the like within the signature hid the rest of the token: with it, the signature has a usual length. */
    private static boolean isLonger(String whole, String found) {
        return whole.length() > found.length() && whole.startsWith(found) && hasUsualSignature(whole) && isJwt(whole);
    }

    private static String unbroken(String text) {
        return without(Patterns.BREAK, text);
    }

    private static String recoded(String text) {
        return Patterns.ENCODED_DOT
                .matcher(text)
                .replaceAll(".")
                .replace('+', '-')
                .replace('/', '_')
                .replace("=", "");
    }

    private static Optional<String> half(String text) {
        String half = text.substring(0, text.length() / 2);
        return text.equals(half + half) && isJwt(half) ? Optional.of(half) : Optional.empty();
    }

    private static String letters(String text) {
        return without(Patterns.NO_PART, text);
    }

    private static String decoded(String base64) {
        try {
            String standard = without(Patterns.BLANK, base64).replace('-', '+').replace('_', '/');
            return new String(Base64.getDecoder().decode(standard), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Whether it is a token, perhaps one that lost the end of its signature. */
    public static boolean isJwt(String text) {
        boolean cut = (text.length() - text.lastIndexOf('.') - 1) % 4 == 1;
        try {
            PARSER.decode(cut ? text.substring(0, text.length() - 1) : text);
            return true;
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    /** Whether what follows belongs to a damaged signature, or stands in its place: that is no text around the token. */
    private static boolean goesOnInSignature(String text, String found) {
        return text.startsWith(found)
                && text.length() > found.length()
                && !hasUsualSignature(found)
                && !Character.isWhitespace(text.charAt(found.length()));
    }

    private static boolean hasUsualSignature(String token) {
        int length = token.length() - token.lastIndexOf('.') - 1;
        return Arrays.stream(USUAL_SIGNATURES).anyMatch(usual -> usual == length);
    }

    private static BiPredicate<String, String> like(String pattern) {
        Pattern form = Pattern.compile("^(?:" + pattern + ")");
        return (text, token) -> form.matcher(text).matches();
    }

    private static String without(Pattern part, String text) {
        return part.matcher(text).replaceAll("");
    }

    /** The constants above are made before any field of their own class. */
    private static final class Patterns {
        static final Pattern TYPOGRAPHIC = Pattern.compile("[\u2018-\u201f\u00ab\u00bb\u2039\u203a\u300c\u300d\\s]");
        static final Pattern KEY = Pattern.compile("\"([\\w.-]{1,40})\"\\s*:\\s*\"$");
        static final Pattern BACKQUOTE = Pattern.compile("[`\\s]");
        static final Pattern BLANK = Pattern.compile("\\s");
        static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
        static final Pattern ESCAPE = Pattern.compile("\\\\[rnt\"]|\"");
        static final Pattern BREAK = Pattern.compile("[\\\\=]?\\r?\\n|[\\s\\p{Cf}\\p{Zs}]");
        static final Pattern ENCODED_DOT = Pattern.compile("%2[eE]");
        static final Pattern NO_LETTER = Pattern.compile("[^\\w.-]");
        static final Pattern NO_PART = Pattern.compile("\\\\[rn]|%2[eE]|[^\\w.-]");
        static final Pattern ASSIGNED = Pattern.compile(
                "^(?:(?:export |set |\\$env[:.])?\\w+ ?=|(?:setx|setenv|set-env|set(?: -\\w+)*) \\w+ )");
    }
}
