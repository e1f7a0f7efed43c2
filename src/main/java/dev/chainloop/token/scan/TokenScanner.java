package dev.chainloop.token.scan;

import dev.chainloop.token.core.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens in a stream of bytes, as it arrives: compact JWS and JWE (RFC 7515, RFC 7516), as they are or in one run of
 * Base64. What cannot be the beginning of a token is handed on at once.
 *
 * <p>A run is letters of base64url and dots in a row, and a token ends with its run. So a run in which one may begin is kept until
 * it has ended, and searched once; of one that is too long to be kept, each part is.
 */
public final class TokenScanner {
    /** How much of a run is kept at most: more than the longest token, and than the longest header in Base64. */
    private static final int MOST = Parser.MAX_LENGTH + (256 << 10);

    /** How far behind its first letter it is known whether a token begins, in Base64, too. */
    private static final int DECIDED = 2 * TokenRun.LONGEST_HEADER;

    /** Fewer letters do not tell whether one may begin. */
    private static final int SURE = 4;

    /** Receives all of a stream, in order. */
    public interface Sink {
        /** Bytes that belong to no token; left out, unless it wants them. */
        default void text(byte[] bytes, int from, int to) throws IOException {}

        /** A token, or what is kept of it, and whether it breaks off at the end of a line. */
        void token(String compact, boolean cut) throws IOException;
    }

    /** How often a byte was read, at most. Tests compare it with the length of the stream. */
    long work;

    private final Sink sink;

    /** How many bytes in front are known to be of one run that goes on. */
    private int held;

    /** Whether the letters in front belong to what was masked last. */
    private boolean masking;

    public TokenScanner(Sink sink) {
        this.sink = sink;
    }

    /** The tokens in a text, in compact serialization, or what there is of them. */
    public static List<String> find(String text) {
        List<String> tokens = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            new TokenScanner((compact, cut) -> tokens.add(compact)).scan(bytes, bytes.length, true);
        } catch (IOException e) {
            throw new IllegalStateException(e); // It collects in memory.
        }
        return tokens;
    }

    /**
     * Hands on a part of a stream, up to where a token may begin that is not whole. Pass what is behind that again, in front of
     * what follows.
     *
     * @param last whether nothing follows
     * @return how many bytes were handed on
     */
    public int scan(byte[] bytes, int to, boolean last) throws IOException {
        byte[] kinds = TokenRun.KINDS;
        work += to - held;
        int written = masking ? behindMasked(bytes, 0, to) : 0;
        int i = written;
        int end = i + held;
        int begin = held > 0 ? i : -1;
        held = 0;
        while (i < to) {
            if (end == i) {
                i = end = nextRun(bytes, i, to);
            }
            for (int kind; end < to && (kind = kinds[bytes[end] & 0xff]) != 0; end++) {
                if (kind == 2 && begin < 0 && end > i && TokenRun.mayBegin(bytes, end - 1, to)) {
                    begin = end - 1;
                }
            }
            boolean open = end == to && !last;
            if (open && begin < 0 && end > i && TokenRun.mayBegin(bytes, end - 1, to)) {
                begin = end - 1;
            }
            if (open && begin >= 0 && end - begin < MOST) {
                held = end - begin < SURE ? 0 : end - begin;
                return handOn(bytes, written, begin);
            }
            if (begin >= 0) {
                boolean line = !open && (end == to || bytes[end] == '\n' || bytes[end] == '\r');
                TokenRun run = new TokenRun(bytes, end, line);
                TokenRun.@Nullable Match token = run.first(begin, open ? end - DECIDED : end);
                work += run.work;
                if (token != null) {
                    handOn(bytes, written, token.start());
                    sink.token(token.compact(), token.cut());
                    written = open || token.hidden() ? behindMasked(bytes, end, to) : token.end();
                    end = Math.max(end, written);
                } else if (open) {
                    held = DECIDED;
                    return handOn(bytes, written, end - DECIDED);
                }
            }
            i = end;
            begin = -1;
        }
        return handOn(bytes, written, to);
    }

    /** The first run that is long enough, or what may become one at the end. */
    private static int nextRun(byte[] bytes, int from, int to) {
        byte[] kinds = TokenRun.KINDS;
        int i = from;
        while (i + TokenRun.LEAST <= to) {
            int before = i + TokenRun.LEAST - 1;
            while (before >= i && kinds[bytes[before] & 0xff] != 0) {
                before--;
            }
            if (before < i) {
                return i;
            }
            i = before + 1;
        }
        int begin = to;
        while (begin > i && kinds[bytes[begin - 1] & 0xff] != 0) {
            begin--;
        }
        return begin;
    }

    private int handOn(byte[] bytes, int from, int to) throws IOException {
        if (to > from) {
            sink.text(bytes, from, to);
        }
        return to;
    }

    /** Skips what goes on from what was masked, which may be Base64. */
    private int behindMasked(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (TokenRun.KINDS[bytes[i] & 0xff] != 0 || bytes[i] == '+' || bytes[i] == '/')) {
            i++;
        }
        masking = i == to;
        return i;
    }
}
