package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Cause;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lays out text for 80 columns: facts in two columns, sentences wrapped. */
final class TextLayout {
    private static final int WIDTH = 80;
    private static final int LABEL_WIDTH = 14;
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Set<String> remedies = new HashSet<>();
    private final Palette palette;

    TextLayout(Palette palette) {
        this.palette = palette;
    }

    /** A line of this tool's own words, already safe. */
    void line(String line) {
        text.append(line).append('\n');
    }

    void blank() {
        text.append('\n');
    }

    /** Several lines that are already safe, such as JSON. */
    void raw(String block) {
        text.append(block).append('\n');
    }

    /** A labelled value, which is sanitized here; values are not wrapped, so that they can be copied whole. */
    void fact(String label, String value) {
        row(label, LABEL_WIDTH, value);
    }

    /** Labelled values in columns of their own width; the labels are already safe. */
    void table(Map<String, String> rows) {
        int width = 0;
        for (String label : rows.keySet()) {
            width = Math.max(width, label.length() + 2);
        }
        for (Map.Entry<String, String> row : rows.entrySet()) {
            row(row.getKey(), width, row.getValue());
        }
    }

    /** A label of a given width, which is already safe, and a value. */
    void row(String label, int width, String value) {
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

    /** A mark, what was found, and what to do. */
    void finding(Finding finding) {
        mark(finding.severity(), finding.message());
        remedy(finding.remedy());
    }

    /** Findings, if any, after a blank line. */
    void findings(List<Finding> findings) {
        if (!findings.isEmpty()) {
            blank();
        }
        for (Finding finding : findings) {
            finding(finding);
        }
    }

    /** A cause, after its weight. */
    void cause(Cause cause) {
        String words = cause.weight().words();
        String padded = words + " ".repeat(Math.max(LABEL_WIDTH + 4 - words.length(), 1));
        String styled = switch (cause.weight()) {
            case CERTAIN -> palette.bad(padded);
            case LIKELY -> palette.warning(padded);
            case RULED_OUT, NOT_VISIBLE -> palette.faint(padded);
        };
        wrapped(INDENT + styled, cause.sentence(), " ".repeat(INDENT.length() + LABEL_WIDTH + 4));
    }

    /** Sentences, wrapped. */
    void paragraph(String sentences) {
        wrapped("", sentences, "");
    }

    /** A sentence, after a mark for its severity. */
    void mark(Severity severity, String message) {
        String mark = switch (severity) {
            case ERROR -> palette.bad("✗");
            case WARNING -> palette.warning("!");
            case INFO -> palette.faint("i");
        };
        wrapped(INDENT + mark + " ", message, "    ");
    }

    /** What to do, after an arrow; what was said before is not repeated. */
    void remedy(String remedy) {
        if (remedies.add(remedy)) {
            wrapped("    → ", remedy, "      ");
        }
    }

    /** Sentences, wrapped; each line is sanitized, since it may contain a claim. */
    private void wrapped(String first, String sentences, String indent) {
        StringBuilder line = new StringBuilder();
        String start = first;
        for (String word : words(sentences)) {
            if (line.length() > 0 && indent.length() + line.length() + 1 + word.length() > WIDTH) {
                text.append(start).append(Sanitizer.line(line.toString())).append('\n');
                line.setLength(0);
                start = indent;
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        text.append(start).append(Sanitizer.line(line.toString())).append('\n');
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

    @Override
    public String toString() {
        return text.toString();
    }
}
