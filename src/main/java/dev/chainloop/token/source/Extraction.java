package dev.chainloop.token.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which a command takes a token out of what is around it, in the order in which they are tried. Each is tried here,
 * as the command would do it, so that no plan offers one that gives something else.
 */
public enum Extraction {
    /** It is in a file that the value names. */
    READ,
    READ_ALONE,
    /** It is among other text: what looks like a token is kept. */
    ALONE,
    /** The same, where it stands there more than once. */
    ONCE,
    /** What no token contains is dropped, line ends too. */
    BARE,
    RECODE,
    DECODE,
    DECODE_TWICE,
    DECODE_PART,
    /** It stands there twice, with nothing in between. */
    HALF,
    /** No command does it. */
    NONE;

    /** What {@code grep -o} finds; where the first {@code eyJ} of a word begins no token, none in it does. */
    private static final Pattern TOKEN =
            Pattern.compile("(?<![\\w-])(?>[\\w-]*?(?=eyJ))(eyJ[\\w-]++[.][\\w-]++[.][\\w-]++)");

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{40,}=*");
    private static final Pattern UNPRINTED = Pattern.compile("[^\\n -~]");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\w.-]");
    private static final Pattern ENCODED_DOT = Pattern.compile("%2[eE]");

    /** The first way that takes a token out of a text. */
    static Extraction of(String text, String token) {
        for (Extraction way : List.of(ALONE, ONCE, BARE, RECODE, DECODE, DECODE_TWICE, DECODE_PART, HALF)) {
            if (way.apply(text).equals(Optional.of(token))) {
                return way;
            }
        }
        return NONE;
    }

    /** What it gives; empty when that is not one word. */
    private Optional<String> apply(String text) {
        return switch (this) {
            case ALONE -> one(tokens(text));
            case ONCE -> tokens(text).stream().findFirst();
            case BARE -> bare(text);
            case RECODE ->
                Optional.of(ENCODED_DOT
                        .matcher(text.strip())
                        .replaceAll(".")
                        .replace('+', '-')
                        .replace('/', '_')
                        .replace("=", ""));
            case DECODE -> decoded(text).map(String::strip);
            case DECODE_TWICE -> decoded(text).flatMap(Extraction::decoded).map(String::strip);
            case DECODE_PART -> one(parts(text));
            case HALF -> Optional.of(text.strip().substring(0, text.strip().length() / 2));
            case READ, READ_ALONE, NONE -> Optional.empty();
        };
    }

    private static Optional<String> one(List<String> all) {
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    static List<String> tokens(String text) {
        return TOKEN.matcher(UNPRINTED.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Optional<String> bare(String text) {
        String letters = NO_LETTER.matcher(text).replaceAll("");
        int start = letters.indexOf("eyJ");
        return start < 0 ? Optional.empty() : Optional.of(letters.substring(start));
    }

    private static List<String> parts(String text) {
        List<String> all = new ArrayList<>();
        Matcher part = BASE64.matcher(text);
        while (part.find()) {
            all.addAll(decoded(part.group()).map(Extraction::tokens).orElse(List.of()));
        }
        return all;
    }

    /** What {@code base64 -d} makes of a text without an error. */
    private static Optional<String> decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace("\n", ""));
            boolean padded = text.replace("\n", "").length() % 4 == 0;
            return padded ? Optional.of(new String(bytes, StandardCharsets.ISO_8859_1)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
