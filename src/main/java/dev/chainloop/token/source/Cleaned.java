package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;

/** A token's text without what people paste around it, and a list of what was removed. */
final class Cleaned {
    static final String WHITE_SPACE = "white space around it";

    /** Those that end in a blank belong to a header, whose names ignore case (RFC 9110 sections 5.1 and 11.1). */
    private static final String[] PREFIXES = {
        "export CHAINLOOP_TOKEN=", "CHAINLOOP_TOKEN=", "Authorization: Bearer ", "Authorization:Bearer ", "Bearer "
    };

    private final List<String> removed = new ArrayList<>();
    private final String raw;
    private final boolean lineEnd;
    private String text;

    private Cleaned(String raw) {
        this.raw = raw;
        int end = raw.endsWith("\r\n") ? 2 : raw.endsWith("\n") ? 1 : 0;
        lineEnd = end > 0;
        text = raw.substring(0, raw.length() - end);
    }

    /** Removes white space, an assignment, quotes and a header, each at most once and in whatever order they nest. */
    static Cleaned of(String raw) {
        Cleaned cleaned = new Cleaned(raw);
        String stripped = cleaned.text.strip();
        if (!stripped.equals(cleaned.text)) {
            cleaned.removed.add(WHITE_SPACE);
        }
        cleaned.text = stripped;
        while (cleaned.prefix() || cleaned.quotes()) {
            cleaned.text = cleaned.text.strip();
        }
        return cleaned;
    }

    /** The text as it was found. */
    String raw() {
        return raw;
    }

    String text() {
        return text;
    }

    /** What was removed, in words; a single trailing line end is not mentioned. */
    List<String> removed() {
        return List.copyOf(removed);
    }

    /** Whether it ended in a line end. */
    boolean lineEnd() {
        return lineEnd;
    }

    private boolean prefix() {
        for (String prefix : PREFIXES) {
            if (text.regionMatches(prefix.endsWith(" "), 0, prefix, 0, prefix.length())
                    && cut(prefix.length(), text.length(), "`" + prefix + "`")) {
                return true;
            }
        }
        return false;
    }

    private boolean quotes() {
        int last = text.length() - 1;
        return last > 0
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(last)
                && cut(1, last, "quotes");
    }

    private boolean cut(int from, int to, String word) {
        if (removed.contains(word)) {
            return false;
        }
        removed.add(word);
        text = text.substring(from, to);
        return true;
    }
}
