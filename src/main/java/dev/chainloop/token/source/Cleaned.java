package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;

/** A token's text without what people paste around it, and a list of what was removed. */
final class Cleaned {
    static final String WHITE_SPACE = "white space around it";
    private static final String VARIABLE = "CHAINLOOP_TOKEN=";
    private static final String EXPORT = "export " + VARIABLE;
    private static final String HEADER = "Authorization:";
    private static final String SCHEME = "Bearer";

    private final List<String> removed = new ArrayList<>();
    private final String raw;
    private final boolean lineEnd;
    private String text;

    private Cleaned(String raw) {
        this.raw = raw;
        text = withoutLineEnd(raw);
        lineEnd = text.length() < raw.length();
    }

    /** Removes white space, an assignment, quotes and a header, each at most once and in whatever order they nest. */
    static Cleaned of(String raw) {
        Cleaned cleaned = new Cleaned(raw);
        cleaned.clean();
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

    private void clean() {
        if (strip()) {
            removed.add(WHITE_SPACE);
        }
        boolean again = true;
        while (again) {
            again = assignment() || quotes() || header();
            strip();
        }
    }

    private boolean assignment() {
        return prefix(EXPORT, "`" + EXPORT + "`") || prefix(VARIABLE, "`" + VARIABLE + "`");
    }

    private boolean prefix(String prefix, String word) {
        return text.startsWith(prefix) && cut(prefix.length(), text.length(), word);
    }

    private boolean quotes() {
        int last = text.length() - 1;
        return last > 0
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(last)
                && cut(1, last, "quotes");
    }

    private boolean header() {
        if (startsWithWord(0, HEADER)) {
            int start = HEADER.length();
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
            return startsWithWord(start, SCHEME + " ")
                    && cut(start + SCHEME.length(), text.length(), "`Authorization: Bearer `");
        }
        return startsWithWord(0, SCHEME + " ") && cut(SCHEME.length(), text.length(), "`Bearer `");
    }

    // Header names and schemes ignore case (RFC 9110 sections 5.1 and 11.1).
    private boolean startsWithWord(int start, String word) {
        return text.regionMatches(true, start, word, 0, word.length());
    }

    private boolean cut(int from, int to, String word) {
        if (removed.contains(word)) {
            return false;
        }
        removed.add(word);
        text = text.substring(from, to);
        return true;
    }

    private boolean strip() {
        String stripped = text.strip();
        boolean changed = stripped.length() != text.length();
        text = stripped;
        return changed;
    }

    private static String withoutLineEnd(String raw) {
        int end = raw.length();
        if (end > 0 && raw.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && raw.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return raw.substring(0, end);
    }
}
