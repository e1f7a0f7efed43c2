package dev.chainloop.token.render;

import java.util.ArrayList;
import java.util.List;

/** Wraps sentences to the width of a terminal. */
public final class Wrapping {
    private Wrapping() {}

    /**
     * Sentences as lines, each with its end; sanitized, since they may contain a claim.
     *
     * @param first what the first line starts with, already safe; counts as wide as the indent
     * @param indent what the others start with
     */
    public static String wrap(String first, String sentences, String indent, int width) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder();
        String start = first;
        for (String word : words(sentences)) {
            if (line.length() > 0 && indent.length() + line.length() + 1 + word.length() > width) {
                text.append(start).append(Sanitizer.line(line.toString())).append('\n');
                line.setLength(0);
                start = indent;
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        return text.append(start)
                .append(Sanitizer.line(line.toString()))
                .append('\n')
                .toString();
    }

    /** Splits at spaces, but keeps a command in backticks on one line, so that it can be copied. */
    private static List<String> words(String sentences) {
        List<String> words = new ArrayList<>();
        int start = 0;
        boolean command = false;
        for (int i = 0; i < sentences.length(); i++) {
            char c = sentences.charAt(i);
            if (c == '`') {
                command = !command && sentences.indexOf('`', i + 1) > 0;
            } else if (c == ' ' && !command) {
                words.add(sentences.substring(start, i));
                start = i + 1;
            }
        }
        words.add(sentences.substring(start));
        return words;
    }
}
