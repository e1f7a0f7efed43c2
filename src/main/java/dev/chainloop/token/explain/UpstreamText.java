package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A text of Chainloop's, and all that is known of where it arises: a text may stand in several places. */
final class UpstreamText {
    static final String VALUE = "*";
    static final String ERROR = ">";

    /** The words between which a value stands, or the text of another error. */
    private final List<List<String>> chunks = new ArrayList<>();

    private final int literals;

    /** Whether it goes on with the text of another error. */
    final boolean wraps;

    /** Whether the text of another error comes first. */
    final boolean follows;

    final Set<Layer> layers = new TreeSet<>();
    final Set<Subject> subjects = new TreeSet<>();

    /** Whether something is looked up in the token's organization or project. */
    boolean lookup;

    /** Whether any program may say it. If it wraps another error, that one arises in the same layer, whatever it is. */
    boolean general;

    /** Whether other programs say it, too, and mean something else. */
    boolean brief;

    UpstreamText(String pattern) {
        follows = pattern.startsWith(ERROR);
        String own = follows ? pattern.substring(1).strip() : pattern;
        int wrapped = own.indexOf(ERROR);
        wraps = wrapped >= 0;
        chunks.add(new ArrayList<>());
        int count = 0;
        for (String word : (wraps ? own.substring(0, wrapped).strip() : own).split(" ", -1)) {
            if (word.equals(VALUE)) {
                chunks.add(new ArrayList<>());
            } else {
                chunks.get(chunks.size() - 1).add(word);
                count++;
            }
        }
        literals = count;
    }

    /** Its first word; empty where a value comes first. */
    String firstWord() {
        return chunks.get(0).isEmpty() ? "" : chunks.get(0).get(0);
    }

    /** How much it says: how much of it is not left open, and what follows it least of all. */
    int weight() {
        boolean open = chunks.get(chunks.size() - 1).isEmpty();
        return 3 * literals + (wraps ? (general ? 3 : 1) : open ? 0 : 2);
    }

    /**
     * Finds it where a message may begin.
     *
     * @return the longest such part, to where a message ends; {@code null} if there is none
     */
    @Nullable
    Span find(Passage passage, int start) {
        if (!passage.has(chunks.get(0), start)) {
            return null;
        }
        int position = start;
        int line = passage.endOfLine(start);
        List<Passage.Words> own = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            List<String> chunk = chunks.get(i);
            boolean last = i == chunks.size() - 1 && i > 0;
            // A gap ends with the line, and what follows it is sought in the line.
            int end = i == 0 ? position : line - chunk.size();
            int found = last ? lastOf(passage, chunk, position, end) : firstOf(passage, chunk, position, end);
            // A shell's "--project: command not found" is not about a project "command".
            boolean broken = brief && i > 0 && !chunk.isEmpty() && passage.isBroken(position, found);
            if (found < 0 || broken) {
                return null;
            }
            own.add(new Passage.Words(found, found + chunk.size()));
            position = found + chunk.size();
        }
        boolean open = chunks.get(chunks.size() - 1).isEmpty();
        int end = open ? passage.endOfValue(position, wraps) : position;
        if (wraps && !passage.ends(end) && !passage.starts(end) && !passage.isField(end)) {
            return null;
        }
        int last = wraps && general ? passage.endOfMessage(end) : end;
        return wraps || passage.ends(end) ? new Span(this, start, last, List.copyOf(own)) : null;
    }

    private static int firstOf(Passage passage, List<String> chunk, int from, int to) {
        for (int i = from; i <= to; i++) {
            if (passage.has(chunk, i)) {
                return i;
            }
        }
        return -1;
    }

    /** What comes last in a message is sought where one ends, from the end of the line. */
    private int lastOf(Passage passage, List<String> chunk, int from, int to) {
        if (chunk.isEmpty() || wraps) {
            return firstOf(passage, chunk, from, Math.max(from, to));
        }
        for (int i = to; i >= from; i--) {
            if (passage.ends(i + chunk.size()) && passage.has(chunk, i)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds where else it arises. */
    void add(Layer layer, Subject subject, List<String> marks) {
        layers.add(layer);
        subjects.add(subject);
        lookup |= marks.contains("lookup");
        general |= marks.contains("general");
        brief |= marks.contains("short");
    }

    /**
     * A text in a passage.
     *
     * @param start its first word
     * @param end the word after its last one
     * @param own the words that are its own, not a value's
     */
    record Span(UpstreamText text, int start, int end, List<Passage.Words> own) {
        /** Whether it says where what follows it arose, too. */
        boolean proves() {
            return text.general && text.wraps;
        }
    }
}
