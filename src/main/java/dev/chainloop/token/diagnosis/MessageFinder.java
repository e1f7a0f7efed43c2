package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.TokenShape;
import dev.chainloop.token.diagnosis.KnownMessage.Naming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds known messages in a plain text, in time that is linear in its length. Blanks, line ends, quotes and hyphens are
 * ignored, so a message is found even where a terminal or a mail broke it.
 */
final class MessageFinder {
    private static final int MAX_NAME = 200;

    /** The most ignored characters that are skipped at once: with more in between, it is hardly one message. */
    private static final int MAX_GAP = 64;

    /** A shorter part of a message could belong to anything. */
    private static final int MIN_PART = 8;

    /** Shorter messages also occur as parts of sentences. */
    private static final int SHORT = 3;

    /** What may follow a message without punctuation: fields of the server's errors, and the CLI's request. */
    private static final Set<String> FOLLOWING = Set.of("metadata", "cause", "code", "please");

    /** What a character becomes that is not UTF-8, such as an apostrophe of Windows. */
    private static final char UNREADABLE = '\ufffd';

    private static final List<String> ISSUERS =
            List.of("cp.chainloop", "https://token.actions.githubusercontent.com", "https://gitlab.com");

    private static final int MAX_NEAREST = 3;
    private static final int MAX_WORDS = 2000;

    /** Known texts by their first letter. */
    private static final Map<Character, List<Text>> TEXTS = texts();

    private final EnumMap<KnownMessage, Hit> hits = new EnumMap<>(KnownMessage.class);

    /** The part of the text that is being read. */
    private String plain = "";

    /** How long the parts before it are. */
    private long before;

    /** Where a person's own words before a message end: on one line without a level, and before any colon. */
    private int prose;

    /** The level of the log's entry that is being read, and where that starts. */
    private LogLevel level = LogLevel.NONE;

    private boolean leveled;
    private long entry;

    /** A known text, in lower case, and the characters that are compared. */
    private record Text(KnownMessage message, String text, String compact) {
        /** Whether it is so short that other programs' sentences contain it. */
        boolean isShort() {
            return text.split(" ").length <= SHORT;
        }
    }

    /** Where a message was found. */
    private record Hit(Text text, long start, LogLevel level, long entry, Optional<String> name) {
        /** Orders by how likely it is to be what ended the command, the likeliest first. */
        static final Comparator<Hit> ORDER = Comparator.comparing((Hit hit) -> hit.level)
                .thenComparing(hit -> hit.text.message.naming() == Naming.WRAPPER)
                .thenComparing(Comparator.comparingLong((Hit hit) -> hit.entry).reversed())
                .thenComparingLong(hit -> hit.start);
    }

    /** Reads the next part of a text, which ends with a line. */
    void add(String plain) {
        before += this.plain.length();
        this.plain = plain;
        int colon = plain.indexOf(':');
        boolean person = before == 0 && plain.indexOf('\n') < 0 && LogLevel.ofLine(plain, 0) == LogLevel.NONE;
        prose = !person ? 0 : colon < 0 ? plain.length() : colon;
        scan();
    }

    /**
     * The messages in the text. An error comes before what has no level, and that before warnings and notes; a later
     * entry of a log before an earlier one; within one the earlier message. A message that wraps others comes behind them.
     */
    List<MessageMatch> matches() {
        List<Hit> ordered = new ArrayList<>(hits.values());
        ordered.sort(Hit.ORDER);
        List<MessageMatch> matches = new ArrayList<>();
        for (Hit hit : ordered) {
            matches.add(new MessageMatch(hit.text.message(), hit.text.text(), hit.name));
        }
        return matches.isEmpty() && before == 0 ? part(plain) : matches;
    }

    private void scan() {
        boolean startsLine = true;
        for (int i = 0; i < plain.length(); ) {
            if (startsLine) {
                LogLevel own = LogLevel.ofLine(plain, i);
                // A line without a level goes on with the one before it, unless none has one.
                if (own != LogLevel.NONE || !leveled) {
                    level = own;
                    entry = before + i;
                }
                leveled |= own != LogLevel.NONE;
            }
            startsLine = plain.charAt(i) == '\n';
            @Nullable Text found = startsWord(i) ? at(i) : null;
            if (found == null) {
                i++;
                continue;
            }
            int end = end(found.compact, i);
            if (found.isShort() && !standsAlone(i, end)) {
                i++;
                continue;
            }
            add(new Hit(found, before + i, level, entry, name(found, end)));
            i = end;
        }
    }

    /** Keeps the better of two occurrences of a message; of two in one entry, the one that names something. */
    private void add(Hit hit) {
        @Nullable Hit old = hits.get(hit.text.message);
        if (old == null) {
            hits.put(hit.text.message, hit);
        } else if (old.entry == hit.entry && old.level == hit.level) {
            if (old.name.isEmpty() && hit.name.isPresent()) {
                hits.put(hit.text.message, new Hit(old.text, old.start, old.level, old.entry, hit.name));
            }
        } else if (Hit.ORDER.compare(hit, old) < 0) {
            hits.put(hit.text.message, hit);
        }
    }

    /**
     * Whether a text is a message and not part of a sentence: it stands between punctuation, a level, or the ends of
     * its line.
     */
    private boolean standsAlone(int start, int end) {
        if (start < prose) {
            return true;
        }
        int before = start;
        while (before > 0 && plain.charAt(before - 1) == ' ') {
            before--;
        }
        int word = before;
        while (word > 0 && Character.isLetterOrDigit(plain.charAt(word - 1))) {
            word--;
        }
        int after = end;
        while (after < plain.length() && plain.charAt(after) == ' ') {
            after++;
        }
        int next = after;
        while (next < plain.length() && Character.isLetterOrDigit(plain.charAt(next))) {
            next++;
        }
        return (word == before || LogLevel.ofWord(plain.substring(word, before) + ":") != LogLevel.NONE)
                && (next == after || FOLLOWING.contains(plain.substring(after, next)));
    }

    private boolean startsWord(int index) {
        return Character.isLetter(plain.charAt(index))
                && (index == 0 || !Character.isLetterOrDigit(plain.charAt(index - 1)));
    }

    /** The longest of the known texts that start at an index. */
    private @Nullable Text at(int index) {
        @Nullable Text best = null;
        for (Text text : TEXTS.getOrDefault(Character.toLowerCase(plain.charAt(index)), List.of())) {
            if ((best == null || text.compact.length() > best.compact.length()) && end(text.compact, index) >= 0) {
                best = text;
            }
        }
        return best;
    }

    /** Where a text ends that starts at an index; -1 when it does not start there. */
    private int end(String compact, int start) {
        int i = start;
        int gap = 0;
        for (int matched = 0; matched < compact.length(); ) {
            if (i >= plain.length()) {
                return -1;
            }
            char c = plain.charAt(i);
            if (Character.toLowerCase(c) == compact.charAt(matched)) {
                matched++;
                gap = 0;
            } else if (!isGap(c) || ++gap > MAX_GAP) {
                return -1;
            }
            i++;
        }
        return i;
    }

    private static boolean isGap(char c) {
        return c == ' '
                || c == '\n'
                || c == '\''
                || c == '"'
                || c == '-'
                || c == '_'
                || c == '>'
                || c == '|'
                || c == '*'
                || c == UNREADABLE;
    }

    private static String compact(String text) {
        StringBuilder compact = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isGap(text.charAt(i))) {
                compact.append(Character.toLowerCase(text.charAt(i)));
            }
        }
        return compact.toString();
    }

    private static Map<Character, List<Text>> texts() {
        Map<Character, List<Text>> texts = new HashMap<>();
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                Text known = new Text(message, text, compact(text));
                texts.computeIfAbsent(known.compact.charAt(0), letter -> new ArrayList<>())
                        .add(known);
            }
        }
        return texts;
    }

    private Optional<String> name(Text text, int end) {
        if (!text.text.equals(text.message.texts().get(0))) {
            return Optional.empty();
        }
        int start = end;
        while (start < plain.length() && start - end < MAX_GAP && Character.isWhitespace(plain.charAt(start))) {
            start++;
        }
        String rest = plain.substring(start, Math.min(plain.length(), start + MAX_NAME + MAX_GAP));
        return switch (text.message.naming()) {
            case WORD -> rest.startsWith(":") ? issuer(start + 1).or(() -> word(rest.substring(1))) : Optional.empty();
            case QUOTED -> quoted(rest);
            case NOTHING, WRAPPER -> Optional.empty();
        };
    }

    /** The well-known issuer that starts at an index, in any case, and broken over lines as any message may be. */
    private Optional<String> issuer(int index) {
        for (String issuer : ISSUERS) {
            int end = end(compact(issuer), index);
            if (end >= 0 && !goesOn(end)) {
                return Optional.of(issuer);
            }
        }
        return Optional.empty();
    }

    /** Whether a word that ended at an index goes on: with a letter or a digit, or one after a dot or a slash. */
    private boolean goesOn(int index) {
        int i = index;
        while (i < plain.length() && ".:/-".indexOf(plain.charAt(i)) >= 0) {
            i++;
        }
        return i < plain.length() && Character.isLetterOrDigit(plain.charAt(i));
    }

    private static Optional<String> word(String text) {
        int start = 0;
        while (start < text.length() && " \n\"'*<([".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < text.length() && " \n\"'`),;]\\<>*".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > start && ".:!?".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return shown(text.substring(start, end));
    }

    private static Optional<String> quoted(String text) {
        int end = text.startsWith("\"") ? text.indexOf('"', 1) : -1;
        return end < 0 ? Optional.empty() : shown(text.substring(1, end));
    }

    /** The name, unless it looks like a token or a part of one. */
    private static Optional<String> shown(String name) {
        return name.isEmpty() || name.length() > MAX_NAME || TokenShape.isIn(name)
                ? Optional.empty()
                : Optional.of(name);
    }

    /** The one message that a text is a part of. */
    private static List<MessageMatch> part(String plain) {
        if (plain.length() > MAX_NAME) {
            return List.of();
        }
        String part = compact(withoutLevel(plain.strip()));
        int start = 0;
        int end = part.length();
        while (start < end && !Character.isLetterOrDigit(part.charAt(start))) {
            start++;
        }
        while (end > start && !Character.isLetterOrDigit(part.charAt(end - 1))) {
            end--;
        }
        part = part.substring(start, end);
        if (part.length() < MIN_PART) {
            return List.of();
        }
        List<MessageMatch> matches = new ArrayList<>();
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                if (compact(text).contains(part)) {
                    matches.add(new MessageMatch(message, text, Optional.empty()));
                    break;
                }
            }
        }
        return matches.size() == 1 ? matches : List.of();
    }

    private static String withoutLevel(String line) {
        int end = line.indexOf(' ');
        return end > 0
                        && LogLevel.ofLine(line, 0) != LogLevel.NONE
                        && LogLevel.ofWord(line.substring(0, end)) != LogLevel.NONE
                ? line.substring(end + 1)
                : line;
    }

    /** Known texts that share the most words with a text; words that many texts share count for less. */
    static List<String> nearest(String plain) {
        Set<String> words = words(plain);
        Map<String, Double> scores = new LinkedHashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (List<Text> texts : TEXTS.values()) {
            for (Text text : texts) {
                for (String word : words(text.text)) {
                    counts.merge(word, 1, Integer::sum);
                }
            }
        }
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                double all = 0;
                double shared = 0;
                for (String word : words(text)) {
                    double weight = 1.0 / counts.getOrDefault(word, 1);
                    all += weight;
                    shared += has(words, word) ? weight : 0;
                }
                if (shared > 0 && shared >= 0.4 * all) {
                    scores.put(text, shared / all);
                }
            }
        }
        List<String> nearest = new ArrayList<>(scores.keySet());
        nearest.sort(Comparator.comparing((String text) -> -scores.getOrDefault(text, 0.0)));
        return nearest.subList(0, Math.min(MAX_NEAREST, nearest.size()));
    }

    private static boolean has(Set<String> words, String word) {
        if (words.contains(word)) {
            return true;
        }
        if (words.size() > MAX_NAME || word.length() < 4) {
            return false;
        }
        for (String other : words) {
            if (isSlip(other, word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two words differ by one letter too many, too few, or wrong, or by two that changed places. */
    private static boolean isSlip(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        if (shorter < 4 || Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        int start = 0;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        int left = Math.max(one.length(), other.length()) - start - end;
        return left <= 1
                || (left == 2
                        && one.length() == other.length()
                        && one.charAt(start) == other.charAt(start + 1)
                        && one.charAt(start + 1) == other.charAt(start));
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        int start = 0;
        for (int i = 0; i <= text.length() && words.size() < MAX_WORDS; i++) {
            if (i == text.length() || !Character.isLetterOrDigit(text.charAt(i))) {
                if (i - start > 2 && i - start < 30) {
                    words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = i + 1;
            }
        }
        return words;
    }
}
