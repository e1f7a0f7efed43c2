package dev.chainloop.token.render;

import java.util.Map;
import java.util.Optional;

/** Lays out text for 80 columns: facts in two columns, sentences wrapped. */
final class Lines {
    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 14;
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Palette palette;

    Lines(Palette palette) {
        this.palette = palette;
    }

    /** A line of our own making, safe already. */
    void line(String line) {
        text.append(line).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    /** Lines of our own making, such as JSON. */
    void raw(String block) {
        text.append(block).append('\n');
    }

    /** A labelled value, which is made safe here; values are not wrapped, so that they can be copied whole. */
    void fact(String label, String value) {
        row(label, LABEL_WIDTH, value);
    }

    /** Labelled values in columns of their own width; the labels are safe already. */
    void table(Map<String, String> rows) {
        int width = 0;
        for (String label : rows.keySet()) {
            width = Math.max(width, label.length() + 2);
        }
        for (Map.Entry<String, String> row : rows.entrySet()) {
            row(row.getKey(), width, row.getValue());
        }
    }

    private void row(String label, int width, String value) {
        String padded = label + " ".repeat(Math.max(width - label.length(), 0));
        text.append(INDENT)
                .append(label.isEmpty() ? padded : palette.faint(padded))
                .append(Sanitizer.line(value))
                .append('\n');
    }

    void fact(String label, Optional<String> value) {
        if (value.isPresent()) {
            fact(label, value.get());
        }
    }

    /** Sentences of our own making, wrapped. */
    void paragraph(String sentences) {
        int column = 0;
        for (String word : sentences.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
