package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A token's text without what people paste around it.
 *
 * @param raw the text as it was found
 * @param removed what was removed, in words; a single trailing line end is not mentioned
 */
record Cleaned(String raw, String text, List<String> removed) {
    /** Those that end in a blank belong to a header, whose names ignore case (RFC 9110 sections 5.1 and 11.1). */
    private static final String[] PREFIXES = {
        "export CHAINLOOP_TOKEN=", "CHAINLOOP_TOKEN=", "Authorization: Bearer ", "Authorization:Bearer ", "Bearer "
    };

    /** Removes white space, an assignment, quotes and a header, each at most once and in whatever order they nest. */
    static Cleaned of(String raw) {
        List<String> removed = new ArrayList<>();
        int end = raw.endsWith("\r\n") ? 2 : raw.endsWith("\n") ? 1 : 0;
        String text = raw.substring(0, raw.length() - end);
        String stripped = text.strip();
        if (!stripped.equals(text)) {
            removed.add("white space around it");
        }
        do {
            text = stripped;
            stripped = unwrapped(text, removed).strip();
        } while (!stripped.equals(text));
        return new Cleaned(raw, text, List.copyOf(removed));
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
