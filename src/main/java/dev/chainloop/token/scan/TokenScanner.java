package dev.chainloop.token.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tokens in a stream of bytes, as it arrives. What cannot be the beginning of a token is handed on at once. While a run
 * goes on in which one may have begun, it is searched again only when it is twice as long.
 */
public final class TokenScanner {
    /** Receives all of a stream, in order. */
    public interface Sink {
        /** Bytes that belong to no token. */
        void text(byte[] bytes, int from, int to) throws IOException;

        /**
         * A token.
         *
         * @param compact {@code null} when it is too long to be read
         * @param cut whether it breaks off at the end of a line
         */
        void token(@Nullable String compact, boolean cut) throws IOException;
    }

    /** How often a byte was read, at most. Tests compare it with the length of the stream. */
    long work;

    private final Sink sink;

    /** How many bytes are known to be of one run that goes on, and how many there must be to search it again. */
    private int held;

    private int due;

    /** Whether what follows belongs to the token that was found last. */
    private boolean masking;

    /** A scanner of one stream. */
    public TokenScanner(Sink sink) {
        this.sink = sink;
    }

    /** The tokens in a text, in compact serialization, or what there is of them. */
    public static List<String> find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        TokenSearch search = new TokenSearch(bytes, bytes.length, true, true);
        List<String> tokens = new ArrayList<>();
        for (TokenSearch.Token token = search.next(0); token.end() >= 0; token = search.next(token.end())) {
            tokens.addAll(token.compact() == null ? List.of() : List.of(token.compact()));
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
        work += to - held;
        while (held < to && Alphabet.isInToken(bytes[held])) {
            held++;
        }
        if (!last && held == to && to < due) {
            return 0;
        }
        TokenSearch search = new TokenSearch(bytes, to, last, last);
        int written = masking ? behindMasked(bytes, 0, to) : 0;
        TokenSearch.Token token = search.next(written);
        while (token.end() >= 0) {
            text(bytes, written, token.start());
            sink.token(token.compact(), token.cut());
            written = token.goesOn() ? behindMasked(bytes, token.end(), to) : token.end();
            token = search.next(written);
        }
        text(bytes, written, token.start());
        work += search.work;
        held = to - token.start();
        due = 2 * held;
        return token.start();
    }

    private void text(byte[] bytes, int from, int to) throws IOException {
        if (to > from) {
            sink.text(bytes, from, to);
        }
    }

    /** Skips what goes on from what was masked, which may be base64. */
    private int behindMasked(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (Alphabet.isInToken(bytes[i]) || bytes[i] == '+' || bytes[i] == '/')) {
            i++;
        }
        masking = i == to;
        return i;
    }
}
