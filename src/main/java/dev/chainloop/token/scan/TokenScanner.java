package dev.chainloop.token.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens in any bytes: what begins like a JSON object in base64url, up to the last segment that a dot divides from it;
 * and the base64 of that. {@link Walk} has the rules.
 */
public final class TokenScanner {
    /** What is looked for has so many bytes in a row; so most of a log is never looked at. */
    private static final int GLANCE = 20;

    /** So many letters are read again and again where objects seem to begin within each other; more are read once. */
    private static final int SHORT = 64;

    /** So many openings are tried within a token, since others may be glued to it. */
    private static final int MOST_WITHIN = 64;

    private boolean utf16;
    private boolean skipping;

    /** Up to where letters lead to no dot, by how they are grouped into bytes: in four ways, in base64 of base64 sixteen. */
    private final int[] seen = new int[20];

    private int letters;
    private int within;

    /** Receives each token, in order. */
    public interface Finder {
        /** A token is there; {@code null} for its text when it is too long to be read. */
        void found(int start, int end, @Nullable String compact);
    }

    /** The tokens in a text in compact serialization, or what there is of them. */
    public static List<String> find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        List<String> tokens = new ArrayList<>();
        new TokenScanner().scan(bytes, 0, bytes.length, true, (start, end, compact) -> {
            if (compact != null) {
                tokens.add(compact);
            }
        });
        return tokens;
    }

    /** Whether a token in UTF-16 begins where the scan stopped. */
    public boolean isUtf16() {
        return utf16;
    }

    /** The index behind what is still of a token that was too long to be read, at the beginning of the next part. */
    public int behindToken(byte[] bytes, int from, int to) {
        int end = from;
        int i = from;
        for (; skipping && i < to && Alphabet.PARTS[bytes[i] & 0xff] && i - end < GLANCE; i++) {
            end = Alphabet.SEXTETS[bytes[i] & 0xff] < 0 ? end : i + 1;
        }
        skipping = skipping && i == to;
        return end;
    }

    /**
     * Finds the tokens in a part of a stream, which may be the last.
     *
     * @return the index up to which all is decided. Behind it may be the beginning of a token: pass it again together with
     *     what follows
     */
    public int scan(byte[] bytes, int from, int to, boolean last, Finder finder) {
        boolean[] parts = Alphabet.PARTS;
        boolean[] starts = Alphabet.STARTS;
        Arrays.fill(seen, 0);
        int i = from;
        while (i < to) {
            int glance = Math.min(i + GLANCE, to);
            int foreign = glance - 1;
            while (foreign >= i && parts[bytes[foreign] & 0xff]) {
                foreign--;
            }
            if (foreign >= i || (last && glance < i + GLANCE)) {
                i = foreign >= i ? foreign + 1 : to;
                continue;
            }
            int end = glance;
            while (end < to && parts[bytes[end] & 0xff]) {
                end++;
            }
            int stop = end == to && !last ? to : end - GLANCE + 1;
            while (i >= 0 && i < stop) {
                int next = starts[bytes[i] & 0xff] ? behind(bytes, i, to, last, finder) : i + 1;
                letters += Alphabet.SEXTETS[bytes[i] & 0xff] < 0 ? 0 : 1;
                if (next != i + 1 || (Alphabet.SEXTETS[bytes[i] & 0xff] < 0 && bytes[i] != '\r' && bytes[i] != '\n')) {
                    // Letters may stand in what breaks a token.
                    Arrays.fill(seen, 0);
                }
                i = next;
            }
            if (i < 0) {
                return -i - 1;
            }
        }
        return Math.max(i, from);
    }

    /** Looks for a token at an index; returns where to go on, or the complement of the index when that is not decided. */
    private int behind(byte[] bytes, int index, int to, boolean last, Finder finder) {
        @Nullable Walk walk = walk(bytes, index, to, last, 15);
        if (walk == null) {
            return index + 1;
        }
        int end = walk.end();
        // Another may begin within it, and end behind it.
        within = 0;
        for (int i = index + 1; i < end && within < MOST_WITHIN; i++) {
            @Nullable
            Walk other = Alphabet.STARTS[bytes[i] & 0xff] ? walk(bytes, i, to, last, walk.isEncoded() ? 31 : 14) : null;
            if (other != null) {
                within++;
                end = other.end() == Walk.MORE ? Walk.MORE : Math.max(end, other.end());
            }
        }
        for (int pads = 0; pads < 2 && walk.isEncoded() && end >= 0 && end < to && bytes[end] == '='; pads++) {
            end++;
        }
        utf16 = end >= 0 && index + 1 < to && bytes[index + 1] == 0;
        if (end == Walk.MORE || utf16 || index + GLANCE > to) {
            return -index - 1;
        }
        skipping = walk.isTooLong();
        int behind = behindToken(bytes, end, to);
        finder.found(index, behind, walk.isTooLong() ? null : walk.compact());
        return behind;
    }

    /** What begins at an index, if it is a token or may be one. */
    private @Nullable Walk walk(byte[] bytes, int index, int to, boolean last, int ways) {
        int openings = openings(bytes, index, to) & ways;
        for (int opening = 1; opening <= openings; opening <<= 1) {
            int group = opening == 1 ? letters & 3 : 4 + ((3 * letters - (opening == 2 ? 0 : 8 / opening)) & 15);
            if ((openings & opening) == 0 || (ways == 15 && index < seen[group])) {
                continue;
            }
            Walk walk = new Walk(bytes, index, to, last, opening);
            if (walk.end() != Walk.NONE) {
                return walk;
            }
            seen[group] = ways == 15 ? walk.seen() : seen[group];
            within += walk.seen() - index > SHORT ? 1 : 0;
        }
        return null;
    }

    /** What two letters begin; anything where a terminal sequence stands between them, or the second is not there yet. */
    private static int openings(byte[] bytes, int index, int to) {
        int second = index + 1 < to ? bytes[index + 1] & 0xff : 0;
        boolean broken = second == 0 || second == '\u001b';
        int sextet = Alphabet.SEXTETS[second];
        return sextet < 0 ? broken ? 15 : 0 : Alphabet.OPENINGS[Alphabet.SEXTETS[bytes[index]] << 6 | sextet];
    }
}
