package dev.chainloop.token.scan;

import dev.chainloop.token.core.Parser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Searches bytes for tokens: compact JWS and JWE (RFC 7515, RFC 7516), as they are or in one run of base64.
 *
 * <p>A run is letters of base64url and dots in a row. A token begins where the letters up to the next dot are an object, and ends
 * with its run. Each byte is read a bounded number of times: where a token may begin only the beginning and the end of its header
 * are, and letters are decoded once in each of the three ways in which base64 of a token can be grouped, if one may be there.
 */
final class TokenSearch {
    /** Whatever is found has so many letters in a row, so most of a log can be skipped. */
    private static final int LEAST = 20;

    /** The fewest letters behind the first dot. Examples have fewer before their ellipsis. */
    private static final int LEAST_BEHIND = 10;

    private static final int ELLIPSIS = 3;
    private static final int LONGEST_HEADER = 64 << 10;

    /** The first name of a header ends within so many letters. */
    private static final int BEGINNING = 64;

    /**
     * What was found.
     *
     * @param end negative when there is no token: one may begin at {@code start}, if more follows, but none in front of that
     * @param compact {@code null} when it is too long to be read
     * @param cut whether it breaks off at the end of a line
     * @param goesOn whether it has no end of its own
     */
    record Token(int start, int end, @Nullable String compact, boolean cut, boolean goesOn) {
        static Token none(int start) {
            return new Token(start, -1, null, false, false);
        }
    }

    /** How often a byte was read beyond the first time. */
    long work;

    private final byte[] bytes;
    private final int to;

    /** Whether nothing follows, and whether the end is that of a line. */
    private final boolean last;

    private final boolean lineEnds;

    /** Whether the bytes were decoded, and are not decoded once more. */
    private boolean decoded;

    TokenSearch(byte[] bytes, int to, boolean last, boolean lineEnds) {
        this.bytes = bytes;
        this.to = to;
        this.last = last;
        this.lineEnds = lineEnds;
    }

    /** The first token that begins at an index or behind it. */
    Token next(int from) {
        byte[] kinds = Alphabet.KINDS;
        int i = from;
        while (i + LEAST <= to) {
            int before = i + LEAST - 1;
            while (before >= i && kinds[bytes[before] & 0xff] != 0) {
                before--;
            }
            if (before >= i) {
                i = before + 1;
                continue;
            }
            int begin = -1;
            int end = i + 1;
            for (int kind = 1; end < to && (kind = kinds[bytes[end] & 0xff]) != 0; end++) {
                if (kind == 2 && begin < 0 && Alphabet.mayBegin(bytes, end - 1, to)) {
                    begin = end - 1;
                }
            }
            if (begin >= 0 || (end == to && !last)) {
                Token token = new Run(begin < 0 ? end - 1 : begin, end).first();
                if (token.start < end) {
                    return token;
                }
            }
            i = end;
        }
        // What is left has no token, but one may begin in it.
        int begin = to;
        while (begin > i && Alphabet.isInToken(bytes[begin - 1])) {
            begin--;
        }
        return last ? Token.none(to) : new Run(begin, to).first();
    }

    /** Letters and dots in a row, from where a token may begin. */
    private final class Run {
        private final int from;
        private final int end;
        private final boolean ended;

        /** Whether a line ends with it. */
        private final boolean line;

        /** The first dot behind where a token may begin. */
        private int dot;

        Run(int from, int end) {
            this.from = from;
            this.end = end;
            ended = end < to || last;
            line = end < to ? bytes[end] == '\n' || bytes[end] == '\r' : lineEnds;
            dot = from;
            work += end - from;
        }

        Token first() {
            int[] tried = new int[3];
            Token hidden = Token.none(end);
            for (int i = from; i < end; i++) {
                boolean begins = i + 1 < end && Alphabet.mayBegin(bytes, i, end);
                if (begins && bytes[i] == 'e') {
                    Token token = at(i);
                    if (token.start == i) {
                        return token;
                    }
                } else if (begins && !decoded && i >= tried[Alphabet.missing(bytes[i + 1])]) {
                    tried[Alphabet.missing(bytes[i + 1])] = dotBehind(i);
                    Token other = hiddenFrom(i);
                    hidden = other.start < hidden.start ? other : hidden;
                }
                if (i == hidden.start) {
                    return hidden;
                }
                if (i + 1 == end && !ended && Alphabet.isFirst(bytes[i])) {
                    return Token.none(i);
                }
            }
            return Token.none(end);
        }

        private int dotBehind(int index) {
            while (dot < index || (dot < end && bytes[dot] != '.')) {
                dot++;
            }
            return dot;
        }

        /** The token that begins at an index; another start when none does. */
        private Token at(int start) {
            Token none = Token.none(end);
            int header = dotBehind(start);
            work += 2 * BEGINNING;
            String json = Alphabet.decoded(bytes, start, Math.min(header, start + BEGINNING), 0);
            boolean whole = header < end;
            if (!beginsAsObject(json, !whole && !ended)
                    || header - start > LONGEST_HEADER
                    || (whole && !endsAsObject(start, header))) {
                return none;
            }
            if (end - start > Parser.MAX_LENGTH) {
                return new Token(start, end, null, false, true);
            }
            if (!ended) {
                return Token.none(start);
            }
            int tail = end;
            while (end - tail < ELLIPSIS && bytes[tail - 1] == '.') {
                tail--;
            }
            if (tail - header > LEAST_BEHIND) {
                int second = header + 1;
                while (second < tail && bytes[second] != '.') {
                    second++;
                }
                // A token without a signature ends with a dot.
                boolean unsigned = second == tail && end - tail == 1;
                return token(start, unsigned ? end : tail, line && second == end);
            }
            boolean begun = whole ? end - tail < 2 : isHeader(json);
            return line && begun && end - start >= LEAST ? token(start, end, true) : none;
        }

        private Token token(int start, int behind, boolean cut) {
            String compact = new String(bytes, start, behind - start, StandardCharsets.US_ASCII);
            return new Token(start, behind, compact, cut, false);
        }

        /** The first token in the base64 between an index and the next dot, by where its letters begin. */
        private Token hiddenFrom(int start) {
            int stop = dotBehind(start);
            int missing = Alphabet.missing(bytes[start + 1]);
            byte[] text = Alphabet.decoded(bytes, start, stop, missing).getBytes(StandardCharsets.ISO_8859_1);
            TokenSearch search = new TokenSearch(text, text.length, ended || stop < end, line && stop == end);
            search.decoded = true;
            Token token = search.next(0);
            work += stop - start + text.length + search.work;
            int octet = token.start + Math.max(missing - 1, 0);
            int letter = start + Math.max(octet * 4 / 3 - missing, 0);
            return token.end >= 0
                    ? new Token(letter, end, token.compact, token.cut, true)
                    : Token.none(search.last ? end : letter);
        }

        private boolean endsAsObject(int start, int stop) {
            int over = (stop - start) % 4;
            String json = Alphabet.decoded(bytes, Math.max(start, stop - over - BEGINNING), stop, 0);
            return over != 1 && json.stripTrailing().endsWith("}");
        }
    }

    /** Whether a text is a brace, a name and a colon, or as much of that as is there of an {@code open} one. */
    private static boolean beginsAsObject(String text, boolean open) {
        String json = text.replace(" ", "").replace("\t", "").replace("\r", "").replace("\n", "");
        int colon = json.indexOf("\":");
        for (int i = 1; i < (colon < 0 ? json.length() : colon); i++) {
            if (json.charAt(i) < ' ' || json.charAt(i) > '~') {
                return false;
            }
        }
        boolean quoted = json.length() < 2 || json.charAt(1) == '"';
        return quoted && (colon > 1 || (colon < 0 && open && text.length() < BEGINNING * 3 / 4));
    }

    /** Whether a name that headers begin with is there: other JSON in base64 is no secret. */
    private static boolean isHeader(String json) {
        return json.contains("\"alg\"")
                || json.contains("\"typ\"")
                || json.contains("\"kid\"")
                || json.contains("\"enc\"");
    }
}
