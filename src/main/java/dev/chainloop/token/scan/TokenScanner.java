package dev.chainloop.token.scan;

import dev.chainloop.token.core.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens in a stream of bytes, as it arrives: compact JWS and JWE (RFC 7515, RFC 7516), as they are or in one run of
 * Base64. Text that cannot be the beginning of a token is passed on at once.
 *
 * <p>A run is a row of base64url characters and dots, and a token ends with its run. So a run in which a token may begin is kept until
 * the run has ended, and searched once; if it is too long to be kept, each part is searched.
 */
public final class TokenScanner {
    /** How much of a run is kept at most: more than the longest token, and than the longest header in Base64. */
    private static final int MOST = Parser.MAX_LENGTH + (256 << 10);

    /** How far after its first character it is known whether a token begins, in Base64, too. */
    private static final int DECIDED = 2 * TokenRun.LONGEST_HEADER;

    /** Fewer characters do not tell whether a token may begin. */
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

    /** How many bytes in front are known to belong to one run that goes on. */
    private int held;

    /** Whether the characters in front belong to what was masked last. */
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
     * Passes on a part of a stream, up to where an incomplete token may begin. Pass the rest again, in front of
     * what follows.
     *
     * @param last whether nothing follows
     * @return how many bytes were passed on
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

    /** The first run that is long enough, or a run at the end that may become long enough. */
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

    /** Skips the rest of what was masked, which may be Base64. */
    private int behindMasked(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (TokenRun.KINDS[bytes[i] & 0xff] != 0 || bytes[i] == '+' || bytes[i] == '/')) {
            i++;
        }
        masking = i == to;
        return i;
    }
}
