package dev.chainloop.token.scan;

import dev.chainloop.token.core.Parser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens in any bytes. Wherever two bytes may begin one, it hands the letters, dots and line ends from there to a
 * {@link Run}, without what programs put between them, until no token can be there any more.
 */
public final class TokenScanner {
    /** Whatever is found has so many bytes in a row, so the scanner can skip most of a log. */
    private static final int GLANCE = 20;

    private static final int LONGEST_GAP = 256;

    /** How many bytes may be read in vain behind beginnings that are cut off, and how many more for each that is decided. */
    private static final int PATIENCE = 1 << 20;

    private static final int FACTOR = 16;

    /** How far it reads behind such a beginning once it has lost its patience: a text of beginnings takes linear time. */
    private static final int IMPATIENT = 1024;

    private static final int NONE = Integer.MAX_VALUE;

    /** Only what follows can tell. */
    private static final int MORE = -4;

    /**
     * A letter, a dot (which a URL may write as %2E) or a line end (perhaps of JSON, a mail, a shell, a URL or a page), behind
     * terminal sequences (ECMA-48, perhaps escaped for JSON or a shell; but for two that a token could go on from) and the
     * zeros of UTF-16.
     */
    private static final Pattern UNIT = Pattern.compile(
            "^(?:(?:\\e|\\\\++(?:u001[bB]|x1[bB]|033))(?:\\[[0-?]*+[ -/]*+[@-~&&[^eZ]]|\\][^\\x07\\e]*+(?:\\x07|\\e\\\\)"
                    + "|[ -/]*+[0-~&&[^eZP-_]])|\\x00(?=[\\s\\S]\\x00))*+"
                    + "(?:([\\w.-]|%(?:25)*+2[eE])|[=\\\\]?(?:\\r{0,2}+\\n|\\r(?=[^\\n])|[\\f\\x0b]|(?:\\\\++r)?\\\\++n"
                    + "|\\\\++u000[aA]|(?:%(?:25)*+0[dD])?%(?:25)*+0[aA])(?:[ \\t]|\\\\++t)*+)");

    private final Finder finder;
    private final Run run = new Run(this::token, false);
    private byte[] bytes = {};
    private int from;
    private int to;
    private boolean last;

    /** The {@link #width} in front of what is scanned. */
    private int before;

    /** The part of its line in front of that. */
    private String lead = "";

    private int index;

    /** What was found, which may be part of a longer token. */
    private int start;

    private int end;
    private @Nullable String compact;

    /** What only begins as a token at the end of a line. */
    private int cut;

    private int cutEnd;
    private String cutText = "";
    private int patience = PATIENCE;

    /** A scanner of one stream. */
    public TokenScanner(Finder finder) {
        this.finder = finder;
    }

    /** The tokens in a text in compact serialization, or what there is of them. */
    public static List<String> find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        List<String> tokens = new ArrayList<>();
        Finder finder = (start, end, compact) -> tokens.addAll(compact == null ? List.of() : List.of(compact));
        new TokenScanner(finder).scan(bytes, 0, bytes.length, true);
        return tokens;
    }

    /** Whether a byte is a letter of base64url, a dot or a line end. */
    public static boolean isLetter(byte octet) {
        return Alphabet.SEXTETS[octet & 0xff] >= 0 || octet == '.' || octet == '\r' || octet == '\n';
    }

    /**
     * Finds the tokens in a part of a stream, which may be the last.
     *
     * @return the index up to which all is decided. Behind it may be the beginning of a token: pass it again together with
     *     what follows
     */
    public int scan(byte[] bytes, int from, int to, boolean last) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.last = last;
        byte[] sextets = Alphabet.SEXTETS;
        int i = from;
        while (i >= 0 && i < to) {
            int glance = Math.min(i + GLANCE, to);
            int foreign = glance - 1;
            while (foreign >= i
                    && (sextets[bytes[foreign] & 0xff] > -2
                            || (foreign > i && bytes[foreign - 1] <= ' ' && isIndentation(foreign, i)))) {
                foreign--;
            }
            if (foreign >= i || (last && glance < i + GLANCE)) {
                i = foreign >= i ? foreign + 1 : to;
                continue;
            }
            int behind = glance;
            while (behind < to && (sextets[bytes[behind] & 0xff] > -2 || isIndentation(behind, behind - 1))) {
                behind++;
            }
            int stop = behind == to && !last ? to : behind - GLANCE + 1;
            while (i >= 0 && i < stop) {
                i = mayBegin(i) ? follow(i) : i + 1;
            }
        }
        int decided = i < 0 ? -i - 1 : Math.max(i, from);
        before = width(decided);
        lead = lineUpTo(decided);
        return decided;
    }

    /** The part of its line in front of an index; nothing if that is longer than a frame. */
    private String lineUpTo(int index) {
        int begin = index;
        while (begin > from && bytes[begin - 1] != '\n' && index - begin <= LONGEST_GAP) {
            begin--;
        }
        String line = new String(bytes, begin, index - begin, StandardCharsets.ISO_8859_1);
        line = begin == from ? lead + line : line;
        return line.length() > LONGEST_GAP ? "" : line;
    }

    /** Whether only blanks stand between a line end, or {@code from}, and an index. */
    private boolean isIndentation(int index, int from) {
        int i = index;
        while (i > from && (bytes[i] == ' ' || bytes[i] == '\t')) {
            i--;
        }
        return i < index && (bytes[i] == '\n' || bytes[i] == ' ' || bytes[i] == '\t');
    }

    private boolean mayBegin(int index) {
        int second = index + 1 < to ? bytes[index + 1] & 0xff : 0;
        return Alphabet.BEGINNINGS[(bytes[index] & 0xff) << 8 | second];
    }

    /** Reads while there may be a token; returns where to go on, or the complement of the index when that is not decided. */
    private int follow(int from) {
        run.push(Run.END, from, from);
        start = NONE;
        cut = NONE;
        index = from;
        int letter = from;
        int tail = from;
        int skipped = NONE;
        int first = NONE;
        while (index <= from + 1 || first < NONE) {
            int behind = index;
            int unit = next();
            int plain = index;
            boolean ends = unit == Run.LINE || unit == Run.WIDE || (unit == Run.END && last && index == to);
            if (unit < 0 && unit != MORE && isCutOff(bytes, tail, to)) {
                if (run.isUnfinished()) {
                    // A sentence may end behind a header.
                    ends |= bytes[tail - 1] != '.';
                    unit = nextLine(unit, lineUpTo(from), tail);
                } else if (run.lacksDot()) {
                    unit = nextDot(unit, lineUpTo(from), tail);
                }
            }
            if (unit == MORE) {
                return -(start < NONE ? from : Math.min(first, letter)) - 1;
            }
            letter = unit >= 0 && unit != '.' ? index - 1 : letter;
            if (cut == NONE && ends && skipped == NONE) {
                run.begun(this::cutOff, behind);
            }
            skipped = index > plain ? Math.min(skipped, tail) : skipped;
            tail = unit >= 0 ? index : tail;
            run.push(unit, letter, index);
            first = run.earliest();
            if (index - Math.min(first, start) > Parser.MAX_LENGTH) {
                token(first, index, null);
                first = NONE;
            }
            boolean vain = cut < NONE && patience <= 0 && !run.isOpen() && index - cutEnd > IMPATIENT;
            if (vain || (cut < start && (first == NONE || (end <= first && start < NONE)))) {
                // What is glued to it may be a token in base64.
                int decided = Math.min(cutEnd, start);
                patience = Math.min(PATIENCE, patience + FACTOR * (decided - from) - (index - decided));
                finder.found(cut, decided, cutText);
                return decided;
            }
            if (end <= first && start < NONE) {
                // In base64, a letter may end another byte, too: leave it, since it may be that of \t in JSON.
                finder.found(bytes[start] == 'e' || bytes[start] == 'Z' ? start : start + 1, end, compact);
                return compact == null ? -end - 1 : end;
            }
            if (unit == Run.END) {
                return Math.max(from + 1, Math.min(index, skipped));
            }
        }
        return Math.max(from + 1, Math.min(letter, skipped));
    }

    /** Whether a token that is not whole at an index was cut off there: not in an example, nor within other base64. */
    public static boolean isCutOff(byte[] bytes, int index, int to) {
        String behind = new String(bytes, index, Math.min(3, to - index), StandardCharsets.UTF_8);
        return behind.isEmpty() || !(behind.startsWith("…") || behind.startsWith("<") || isInBase64(bytes[index]));
    }

    /**
     * Goes on behind the frame of the next line: what it shares with the first line, but for numbers and blanks, and what is
     * no letter. A log has a prefix, a table has borders.
     */
    private int nextLine(int unit, String first, int tail) {
        int behind = tail;
        int letters = 0;
        while (behind < to && bytes[behind] != '\n' && behind - tail < LONGEST_GAP && letters < GLANCE) {
            letters = isInToken(bytes[behind++]) ? letters + 1 : 0;
        }
        // It is another line end, or there may be another token.
        if ((unit != Run.END && behind >= index) || letters == GLANCE) {
            return unit;
        }
        int begin = behind + 1;
        int shared = begin;
        while (shared < to && shared - begin < first.length() && isSame(first.charAt(shared - begin), bytes[shared])) {
            shared++;
        }
        int letter = shared;
        while (letter > begin && isInToken(bytes[letter - 1])) {
            letter--;
        }
        while (letter < to && letter - begin < LONGEST_GAP && bytes[letter] != '\n' && !isInToken(bytes[letter])) {
            letter++;
        }
        if (behind == to || shared == to || letter == to) {
            return last ? unit : MORE;
        }
        if (bytes[behind] != '\n' || !isInToken(bytes[letter])) {
            return unit;
        }
        index = letter;
        return unit == Run.END ? Run.LINE : unit;
    }

    /** The same, if there is a dot behind that frame. */
    private int nextDot(int unit, String first, int tail) {
        int plain = index;
        int next = nextLine(unit, first, tail);
        if (next == MORE || index == plain || bytes[index] == '.') {
            return next;
        }
        index = plain;
        return unit;
    }

    private static boolean isSame(char first, byte next) {
        boolean number = next >= '0' && next <= '9';
        return next == ' ' || next == (byte) first || (number && (first == ' ' || (first >= '0' && first <= '9')));
    }

    private static boolean isInToken(byte octet) {
        return octet == '.' || Alphabet.SEXTETS[octet & 0xff] >= 0;
    }

    private void cutOff(int from, int behind, @Nullable String text) {
        cut = from;
        cutEnd = behind;
        cutText = String.valueOf(text);
    }

    /** A token, which may be part of what was found before, or the other way round. */
    private void token(int from, int behind, @Nullable String text) {
        compact = from < start || text == null ? text : compact;
        end = start < NONE ? Math.max(end, behind) : behind;
        start = Math.min(start, from);
    }

    /** The next letter or dot, which of the constants of {@link Run}, or {@link #MORE}. */
    private int next() {
        if (index < to && Alphabet.SEXTETS[bytes[index] & 0xff] >= 0) {
            return bytes[index++];
        }
        int stop = Math.min(to, index + LONGEST_GAP);
        Matcher unit = UNIT.matcher(new String(bytes, index, stop - index, StandardCharsets.ISO_8859_1));
        if (!unit.lookingAt()) {
            return unit.hitEnd() && stop == to && !last ? MORE : Run.END;
        }
        boolean wide = width(index) >= Run.NARROWEST;
        index += unit.end();
        @Nullable String found = unit.group(1);
        return found != null ? found.length() > 1 ? '.' : found.charAt(0) : wide ? Run.WIDE : Run.LINE;
    }

    /** How many letters of base64 stand right in front of an index; it stops counting at {@link Run#NARROWEST}. */
    private int width(int index) {
        int begin = index;
        while (begin > from && index - begin < Run.NARROWEST && isInBase64(bytes[begin - 1])) {
            begin--;
        }
        return index - begin + (begin == from ? before : 0);
    }

    /** Whether a byte is a letter of base64, of either alphabet. */
    public static boolean isInBase64(byte octet) {
        return Alphabet.SEXTETS[octet & 0xff] >= 0 || octet == '+' || octet == '/';
    }
}
