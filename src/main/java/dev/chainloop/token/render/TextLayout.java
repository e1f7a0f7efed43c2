package dev.chainloop.token.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lays out text for a terminal: sentences wrapped, facts in two columns. Hostile text is sanitized here. */
public final class TextLayout {
    private static final int LABEL_WIDTH = 14;

    /** As long as GitHub's subjects that name an environment. */
    private static final int MAX_CLAIM = 120;

    private static final int KEPT_OF_CLAIM = 100;

    /** The longest name in quotes; longer quotes are texts. */
    private static final int MAX_NAME = 40;

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final ViewOptions view;

    TextLayout(ViewOptions view) {
        this.view = view;
    }

    /**
     * @param color the word's color, as a terminal's code
     * @param word how bad it is, with a colon; empty for not at all
     */
    void title(String color, String word, String words) {
        String title = wrap("", word + cutWords(words), INDENT, view.width()).stripTrailing();
        text.append(word.isEmpty() ? "" : view.sgr(color, word.stripTrailing()) + " ")
                .append(view.strong(title.substring(word.length())))
                .append('\n');
    }

    void sentences(String sentences) {
        wrapped(INDENT, sentences, INDENT);
    }

    /** Labeled values, after a blank line; all go below their labels if one label leaves no room beside it. */
    void facts(List<Fact> facts) {
        int column = LABEL_WIDTH;
        for (Fact fact : facts) {
            column = Math.max(column, fact.label().length() + (fact.label().length() < LABEL_WIDTH ? 1 : 2));
        }
        boolean beside = column <= view.width() / 2;
        String indent = INDENT + (beside ? " ".repeat(column) : INDENT);
        text.append(facts.isEmpty() ? "" : "\n");
        for (Fact fact : facts) {
            String label = Sanitizer.line(fact.label());
            String first = INDENT + (label.equals("certain") ? view.strong(label) : view.faint(label));
            if (beside) {
                wrapped(first + " ".repeat(column - label.length()), fact.value(), indent);
            } else {
                text.append(first).append('\n');
                wrapped(indent, fact.value(), indent);
            }
        }
    }

    /** An object under its name, after a blank line. */
    void json(String name, Map<String, ?> object) {
        text.append("\n" + view.strong(name) + "\n" + JsonWriter.indented(object, view) + "\n");
    }

    private void wrapped(String first, String sentences, String indent) {
        text.append(wrap(first, cutWords(sentences), indent, view.width()));
    }

    /** A claim; if it would fill a screen, its start and the number of characters left out. JSON has all of it. */
    static String cut(String claim) {
        if (claim.length() <= MAX_CLAIM) {
            return claim;
        }
        int end = Character.isHighSurrogate(claim.charAt(KEPT_OF_CLAIM - 1)) ? KEPT_OF_CLAIM - 1 : KEPT_OF_CLAIM;
        return claim.substring(0, end) + "… and " + (claim.length() - end) + " more";
    }

    /** A sentence in which each claim that would fill a screen is cut. */
    private static String cutWords(String sentence) {
        if (sentence.length() <= MAX_CLAIM) {
            return sentence;
        }
        StringBuilder cut = new StringBuilder();
        for (int start = 0; start <= sentence.length(); ) {
            int blank = sentence.indexOf(' ', start);
            int next = blank < 0 ? sentence.length() : blank;
            int end = next > start && ".,;:".indexOf(sentence.charAt(next - 1)) >= 0 ? next - 1 : next;
            cut.append(start == 0 ? "" : " ")
                    .append(cut(sentence.substring(start, end)))
                    .append(sentence, end, next);
            start = next + 1;
        }
        return cut.toString();
    }

    /**
     * Sentences as lines, each with its line break; sanitized, because they may contain a claim.
     *
     * @param first what the first line starts with, already safe; counts as wide as the indent
     * @param indent what the others start with
     */
    public static String wrap(String first, String sentences, String indent, int width) {
        StringBuilder text = new StringBuilder(first);
        StringBuilder line = new StringBuilder();
        for (String word : words(sentences)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width - indent.length()) {
                text.append(Sanitizer.line(line.toString())).append('\n').append(indent);
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        return text.append(Sanitizer.line(line.toString())).append('\n').toString();
    }

    /** Splits at spaces, but not within a span of time, nor within a command in backticks or a quoted name, so that it can be copied. */
    private static List<String> words(String sentences) {
        List<String> words = new ArrayList<>();
        int start = 0;
        int kept = 0; // Where what is not split ends.
        for (int i = 0; i < sentences.length(); i++) {
            char c = sentences.charAt(i);
            if ((c == '`' || c == '"') && i >= kept) {
                int end = sentences.indexOf(c, i + 1);
                kept = end > 0 && (c == '`' || end - i <= MAX_NAME) ? end + 1 : kept;
            } else if (c == ' ' && i >= kept && !isWithinSpan(sentences, i)) {
                words.add(sentences.substring(start, i));
                start = i + 1;
            }
        }
        words.add(sentences.substring(start));
        return words;
    }

    /** Whether a space is within {@code 2 d 7 h}. */
    private static boolean isWithinSpan(String sentences, int blank) {
        boolean more = blank + 1 < sentences.length() && Character.isDigit(sentences.charAt(blank + 1));
        return isBeforeUnit(sentences, more ? sentences.lastIndexOf(' ', blank - 1) : blank);
    }

    /** Whether a space is between a number and its unit of time. */
    private static boolean isBeforeUnit(String sentences, int blank) {
        boolean number = blank > 0 && Character.isDigit(sentences.charAt(blank - 1));
        int end = sentences.startsWith("min", blank + 1) ? blank + 4 : blank + 2;
        return number
                && end <= sentences.length()
                && "dhms".indexOf(sentences.charAt(blank + 1)) >= 0
                && (end == sentences.length() || !Character.isLetterOrDigit(sentences.charAt(end)));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
