package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token's text without what people paste around it.
 *
 * @param raw the text as it was found
 * @param removed what was removed, in words; a single trailing line end is not mentioned
 * @param wrapped what the token was taken out of; {@code null} where it was not among other things
 * @param path what the text names in place of a token; {@code null} unless it is a path, and where a token was found by it
 */
record Cleaned(
        String raw,
        String text,
        List<String> removed,
        Wrapping.@Nullable Wrapped wrapped,
        @Nullable PathValue path) {
    /** Those that end in a blank belong to a header, whose names ignore case (RFC 9110 sections 5.1 and 11.1). */
    private static final String[] PREFIXES = {
        "export CHAINLOOP_TOKEN=", "CHAINLOOP_TOKEN=", "Authorization: Bearer ", "Authorization:Bearer ", "Bearer "
    };

    /**
     * Removes white space, an assignment, quotes and a header, each at most once and in whatever order they nest; then takes
     * the one token out of whatever else it stands in.
     */
    static Cleaned of(String raw) {
        List<String> removed = new ArrayList<>();
        int end = raw.endsWith("\r\n") ? 2 : raw.endsWith("\n") ? 1 : 0;
        String text = raw.substring(0, raw.length() - end);
        String stripped = text.strip();
        if (!stripped.equals(text)) {
            removed.add(
                    text.equals(stripped + "\r")
                            ? "a carriage return at its end, as in files of Windows"
                            : "white space around it");
        }
        do {
            text = stripped;
            stripped = unwrapped(text, removed).strip();
        } while (!stripped.equals(text));
        Cleaned cleaned = new Cleaned(raw, text, List.copyOf(removed), null, null);
        return cleaned.isBare()
                ? cleaned
                : Wrapping.in(raw, text).map(cleaned::wrapped).orElse(cleaned);
    }

    /**
     * What it names, if it is a path.
     *
     * @param named whether any name of something here counts, as on a command line
     */
    Cleaned followed(Environment environment, boolean named) {
        return isBare() && !named ? this : PathValue.follow(this, environment, named);
    }

    /** Whether it can be nothing but a token by itself, or a part of one. */
    private boolean isBare() {
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            dots += c == '.' ? 1 : 0;
            boolean letter = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
            if (!letter) {
                return false;
            }
        }
        return text.startsWith("e") && dots == 2;
    }

    /** The token that stands in it. */
    Cleaned wrapped(Wrapping.Wrapped found) {
        return new Cleaned(raw, found.token(), removed, found, null);
    }

    /** The same, which names something that holds no token. */
    Cleaned naming(PathValue named) {
        return new Cleaned(raw, text, removed, null, named);
    }

    /** All that is around the token, in words. */
    List<String> around() {
        List<String> all = new ArrayList<>(removed);
        if (wrapped != null) {
            all.add(wrapped.what());
        }
        return all;
    }

    boolean lineEnd() {
        return raw.endsWith("\n");
    }

    private static String unwrapped(String text, List<String> removed) {
        for (String prefix : PREFIXES) {
            if (text.regionMatches(prefix.endsWith(" "), 0, prefix, 0, prefix.length())
                    && !removed.contains("`" + prefix + "`")) {
                removed.add("`" + prefix + "`");
                return text.substring(prefix.length());
            }
        }
        int last = text.length() - 1;
        boolean quoted = last > 0
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(last)
                && !removed.contains("quotes");
        if (quoted) {
            removed.add("quotes");
        }
        return quoted ? text.substring(1, last) : text;
    }

    /** The text is a secret. */
    @Override
    public String toString() {
        return "Cleaned[<redacted>]";
    }
}
