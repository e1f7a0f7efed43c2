package dev.chainloop.token.explain;

import dev.chainloop.token.core.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The words of a text, and where between them a message may begin or end. */
final class Passage {
    private static final String OPENING_QUOTES = "\"'`\u201c\u2018\u00ab";
    private static final String CLOSING_QUOTES = "\"'`\u201d\u2019\u00bb";
    private static final String STOPS = ".,;!?)]";

    /** What logs and frames put before a message, and what they put after it. */
    private static final List<String> BEFORE = List.of("desc", "message", "msg", "error", "err");

    private static final List<String> AFTER = List.of("metadata", "cause");

    private static final int LONGEST_GAP = 4;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final List<Integer> from = new ArrayList<>();
    private final List<Integer> to = new ArrayList<>();

    /** Where a text that puts its own words after another error's begins. */
    private final List<Integer> cuts = new ArrayList<>();

    Passage(String text) {
        this.text = text;
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean letter = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
                from.add(start);
                to.add(i);
                start = -1;
            }
        }
    }

    int size() {
        return words.size();
    }

    String word(int index) {
        return words.get(index);
    }

    boolean has(List<String> some, int start) {
        return start >= 0
                && start + some.size() <= words.size()
                && words.subList(start, start + some.size()).equals(some);
    }

    /** Whether a message may begin with a word: a line does, or it stands after a colon, a quote or a field's name. */
    boolean starts(int word) {
        if (word == 0) {
            return true;
        }
        String gap = gap(word);
        return gap.indexOf('\n') >= 0
                || hasColon(gap)
                || opensQuote(gap)
                || (gap.strip().equals("=") && BEFORE.contains(words.get(word - 1)));
    }

    /** Whether a message may end before a word. */
    boolean ends(int word) {
        return closes(word) || (word > 0 && hasColon(gap(word)));
    }

    /** Whether what ends before a word is not followed by the text of another error. */
    boolean closes(int word) {
        if (word == 0) {
            return false;
        }
        if (word >= words.size() || cuts.contains(word)) {
            return true;
        }
        String gap = gap(word);
        return gap.indexOf('\n') >= 0
                || closesQuote(gap)
                || (AFTER.contains(words.get(word)) && text.startsWith(" =", to.get(word)));
    }

    private static boolean hasColon(String gap) {
        return gap.contains(": ") || gap.contains(":\n");
    }

    /** What stands within a word, as in "can't", is no quote. */
    private static boolean opensQuote(String gap) {
        return gap.length() > 1 && OPENING_QUOTES.indexOf(gap.charAt(gap.length() - 1)) >= 0;
    }

    private static boolean closesQuote(String gap) {
        int quote = 0;
        while (quote < gap.length() && STOPS.indexOf(gap.charAt(quote)) >= 0) {
            quote++;
        }
        return quote + 1 < gap.length() && CLOSING_QUOTES.indexOf(gap.charAt(quote)) >= 0;
    }

    /** Lets a message end before a word. */
    void cut(int word) {
        cuts.add(word);
    }

    /** Whether the text of an error stands from a word on, as in {@code error="…"}. */
    boolean isField(int word) {
        return word < words.size() && BEFORE.contains(words.get(word)) && text.startsWith("=", to.get(word));
    }

    /** The word after the last one of a word's line. */
    int endOfLine(int word) {
        int end = word + 1;
        while (end < words.size() && gap(end).indexOf('\n') < 0) {
            end++;
        }
        return Math.min(end, words.size());
    }

    /**
     * Where a value that comes last ends.
     *
     * @param wrapped whether the text of an error follows it
     */
    int endOfValue(int word, boolean wrapped) {
        int end = endOfLine(Math.max(0, word - 1));
        for (int i = word; wrapped && i < end; i++) {
            if (ends(i) || isField(i)) {
                return i;
            }
        }
        return Math.max(word, end);
    }

    /** Where a message ends that goes on at a word. */
    int endOfMessage(int word) {
        int end = Math.min(word + 1, words.size());
        while (end < words.size() && !closes(end)) {
            end++;
        }
        return end;
    }

    /** Whether it ends in the last line. */
    boolean isInLastLine(int end) {
        return endOfLine(end - 1) == words.size();
    }

    /** The first of some words, and the one after the last. */
    record Words(int from, int to) {}

    /**
     * What may be shown of a text: its own words, and some of its values.
     *
     * @param start its first word
     * @param end the word after its last one
     * @param own the words that are no values
     * @param showable whether a value may be shown
     */
    String shown(int start, int end, List<Words> own, Predicate<String> showable) {
        StringBuilder shown = new StringBuilder();
        for (int word = start; word < end; ) {
            int next = word;
            while (next < end && !isOwn(own, next)) {
                next++;
            }
            shown.append(word == start ? "" : shownGap(word));
            if (next > word) {
                String value = text.substring(from.get(word), to.get(next - 1));
                shown.append(Form.isHost(value) || showable.test(value) ? value : "…");
                word = next;
            } else {
                shown.append(text, from.get(word), to.get(word));
                word++;
            }
        }
        // The quote that was opened last.
        String rest = gap(end);
        boolean quoted =
                rest.startsWith("\"") && shown.chars().filter(c -> c == '"').count() % 2 != 0;
        return quoted ? shown + "\"" : shown.toString();
    }

    private static boolean isOwn(List<Words> own, int word) {
        return own.stream().anyMatch(some -> some.from <= word && word < some.to);
    }

    private String shownGap(int word) {
        String gap = gap(word).replace('\n', ' ');
        return gap.length() > LONGEST_GAP ? " " : gap;
    }

    /** Whether a sentence ends before a word or before one up to another. */
    boolean isBroken(int word, int last) {
        return IntStream.rangeClosed(word, last).anyMatch(one -> {
            String gap = gap(one);
            return gap.indexOf(':') >= 0 || gap.indexOf(';') >= 0;
        });
    }

    /** What stands before a word. */
    private String gap(int word) {
        int start = word == 0 ? 0 : to.get(word - 1);
        int end = word < words.size() ? from.get(word) : text.length();
        return text.substring(start, end);
    }
}
