package dev.chainloop.token.render;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.source.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lays out text for a terminal: facts in two columns, sentences wrapped. */
public final class TextLayout {
    private static final int LABEL_WIDTH = 14;

    /** As long as GitHub's subjects that name an environment. */
    private static final int MAX_CLAIM = 120;

    private static final int KEPT_OF_CLAIM = 100;

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Palette palette;
    private final ViewOptions.Width width;

    TextLayout(ViewOptions view) {
        this.palette = view.palette();
        this.width = view.width();
    }

    /** A line of this tool's own text, or several of JSON, already safe. */
    void line(String line) {
        text.append(line).append('\n');
    }

    /** A headline that may be longer than a line; sanitized here. */
    void title(String words) {
        line(palette.strong(wrap("", words, "", columnsFor(columns(words))).stripTrailing()));
    }

    /** Whether a line needs no wrapping. */
    boolean fits(String line) {
        return columns(line) <= columnsFor(columns(line));
    }

    /** What fits any terminal does not wait for the size of this one. */
    private int columnsFor(int columns) {
        return columns <= ViewOptions.Width.LEAST ? Integer.MAX_VALUE : width.columns();
    }

    /** How many columns a text takes, nearly: from the scripts of East Asia on, a character counts as two. */
    private static int columns(CharSequence text) {
        int columns = text.length();
        for (int i = 0; i < text.length(); i++) {
            columns += text.charAt(i) < 0x2e80 || Character.isSurrogate(text.charAt(i)) ? 0 : 1;
        }
        return columns;
    }

    void blank() {
        text.append('\n');
    }

    /** A labeled value, if there is one, which is sanitized here; wrapped only where a usual terminal would break it. */
    void fact(String label, @Nullable String value) {
        if (value != null) {
            String padded = label + " ".repeat(Math.max(LABEL_WIDTH - label.length(), 0));
            String first = INDENT + (label.isEmpty() ? padded : palette.faint(padded));
            String indent = INDENT + " ".repeat(padded.length());
            text.append(wrap(first, value, indent, columnsFor(indent.length() + columns(value))));
        }
    }

    void fact(String label, Optional<String> value) {
        fact(label, value.orElse(null));
    }

    /** The same, cut if it would fill a screen. */
    void claim(String label, Optional<String> value) {
        fact(label, value.isPresent() ? cut(value.get()) : null);
    }

    void host(Optional<Host> host) {
        if (host.isPresent()) {
            fact("Control plane", host.get().address() + " (" + host.get().from() + ")");
        }
    }

    /** The width of the column for some labels; labels too long to leave room for a value are ignored. */
    int widest(Iterable<String> labels) {
        int widest = 0;
        for (String label : labels) {
            if (label.length() <= width.columns() / 2) {
                widest = Math.max(widest, label.length());
            }
        }
        return widest + 2;
    }

    /** A label, which is already safe, and sentences beside it; below it if the label is too long. */
    void item(String label, int column, String sentences) {
        String indent = INDENT + " ".repeat(column);
        if (label.length() + 2 > column) {
            text.append(INDENT).append(palette.faint(label)).append('\n');
            wrapped(indent, sentences, indent);
        } else {
            wrapped(INDENT + palette.faint(label + " ".repeat(column - label.length())), sentences, indent);
        }
    }

    /** A phrase below an item, sanitized here, and what is said of it, already safe. */
    void detail(String phrase, String remark) {
        text.append(wrap(INDENT + INDENT, phrase, INDENT + INDENT, columnsFor(columns(phrase) + 4)));
        text.append(remark.isEmpty() ? "" : INDENT + INDENT + remark + '\n');
    }

    /** What is wrong, if anything, after a blank line. */
    void findings(List<Check.Failure> failures, List<Finding> findings) {
        if (!failures.isEmpty() || !findings.isEmpty()) {
            blank();
        }
        for (Check.Failure failure : failures) {
            mark(Severity.ERROR, failure.message());
        }
        for (Finding finding : findings) {
            mark(finding.severity(), finding.message());
        }
    }

    /** Causes, if any, after a blank line, each after its weight. */
    void causes(List<Cause> causes) {
        if (!causes.isEmpty()) {
            blank();
        }
        for (Cause cause : causes) {
            String words = cause.weight().words();
            String padded = words + " ".repeat(Math.max(LABEL_WIDTH + 4 - words.length(), 1));
            String styled = switch (cause.weight()) {
                case CERTAIN -> palette.bad(padded);
                case LIKELY -> palette.warning(padded);
                case RULED_OUT, NOT_VISIBLE -> palette.faint(padded);
            };
            String indent = " ".repeat(INDENT.length() + LABEL_WIDTH + 4);
            wrapped(INDENT + styled, cutWords(cause.sentence()), indent);
        }
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
        wrapped(INDENT + mark + " ", cutWords(message), "    ");
    }

    private void wrapped(String first, String sentences, String indent) {
        boolean fits = indent.length() + columns(sentences) <= ViewOptions.Width.LEAST;
        text.append(wrap(first, sentences, indent, fits ? ViewOptions.Width.LEAST : width.columns()));
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
     * Sentences as lines, each with its end; sanitized, since they may contain a claim.
     *
     * @param first what the first line starts with, already safe; counts as wide as the indent
     * @param indent what the others start with
     */
    public static String wrap(String first, String sentences, String indent, int width) {
        StringBuilder text = new StringBuilder();
        String start = first;
        for (String line : lines(sentences, width - columns(indent))) {
            text.append(start).append(Sanitizer.line(line)).append('\n');
            start = indent;
        }
        return text.toString();
    }

    /** One line of a list, already safe, as several with an indent; a terminal would break it within a word. */
    static String broken(String line, String indent, int width) {
        return String.join("\n" + indent, lines(line, width - indent.length())) + "\n";
    }

    private static List<String> lines(String sentences, int room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(sentences)) {
            if (line.length() > 0 && columns(line) + 1 + columns(word) > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Splits at spaces, but neither within a command in backticks, so that it can be copied, nor within a duration. */
    private static List<String> words(String sentences) {
        List<String> words = new ArrayList<>();
        int start = 0;
        boolean command = false;
        for (int i = 0; i < sentences.length(); i++) {
            char c = sentences.charAt(i);
            if (c == '`') {
                command = !command && sentences.indexOf('`', i + 1) > 0;
            } else if (c == ' ' && !command && !Spans.isWithin(sentences, i)) {
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
