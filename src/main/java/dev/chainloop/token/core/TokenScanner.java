package dev.chainloop.token.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens in any bytes: each JWS and JWE in compact serialization (RFC 7515 section 7.1, RFC 7516 section 7.1),
 * whatever surrounds it. That includes tokens with {@code .} written as {@code %2E} or {@code %252E}, tokens that a terminal wrapped or
 * coloured, and base64 of a whole token. A token is recognized by its header, which must decode to a JSON object that names an algorithm.
 * A token that was cut off is one, too, if it has its header and the beginning of a JSON object as its payload.
 *
 * <p>What is found reaches as far as any token that begins within it: a cut token takes the beginning of the one that is
 * glued to it for its own payload or signature, and both are found as one.
 *
 * <p>Tokens are rare, and logs are long. A header has at least 18 characters, so shorter runs of base64url are passed over,
 * and most of their bytes never looked at.
 */
public final class TokenScanner {
    /** The shortest header is <code>{"alg":"dir"}</code>. */
    private static final int SHORTEST_HEADER = 18;

    /** The least of a header that must be on a line for the line end to count as a terminal's wrap. */
    private static final int SHORTEST_WRAPPED = 20;

    /** The least of a payload that must be on a line for the same, unless it begins like JSON. */
    private static final int SHORTEST_WRAPPED_PAYLOAD = 40;

    /** Base64 of the shortest token. */
    private static final int SHORTEST_BASE64 = 24;

    /** How many bytes it takes to tell base64 of a token from other text. */
    private static final int UNDECIDED = 8;

    /** A longer header is none, but for example base64 of a source map. */
    private static final int LONGEST_HEADER = 64 << 10;

    /**
     * Limits the work on base64url, as a multiple of its length, beyond what is always done. Text with more places where a
     * token could begin was made to be slow, and is taken for a token without reading it.
     */
    private static final int PATIENCE = 16;

    private static final int RESERVE = 16 * LONGEST_HEADER;

    /** Enough base64 to rule out nearly everything that is no token. */
    private static final int GLANCE = 64;

    private static final int NO = -1;
    private static final int MORE = -2;

    private static final boolean[] IS_BASE64URL = new boolean[256];

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Parser.MAX_LENGTH)
                    .maxStringLength(Parser.MAX_LENGTH)
                    .maxNumberLength(Parser.MAX_LENGTH)
                    .build())
            .build();

    /** What base64url of an object can start with, even one after white space, or base64 of a whole token; and the latter alone. */
    private static final boolean[] MAY_START = new boolean[128];

    private static final boolean[] MAY_START_BASE64 = new boolean[128];

    static {
        for (int i = 0; i < Parser.SEXTETS.length; i++) {
            IS_BASE64URL[i] = Parser.SEXTETS[i] >= 0;
            MAY_START_BASE64[i] = "ZVl".indexOf(i) >= 0;
            MAY_START[i] = MAY_START_BASE64[i] || "eICD".indexOf(i) >= 0;
        }
    }

    /** Receives each token, in order. */
    public interface Finder {
        /**
         * A token was found.
         *
         * @param start the index of its first byte
         * @param end the index behind its last byte
         * @param compact the token in compact serialization, or what there is of it; the last of several that overlap; {@code null} when it is longer than {@link Parser#MAX_LENGTH}
         */
        void found(int start, int end, @Nullable String compact);
    }

    /** The token that was matched last, without what breaks it. */
    private @Nullable String matched;

    /** Where that token ends if its signature is no longer than its algorithm demands. */
    private int least;

    /** Whether its signature is as long as one of its algorithm usually is. */
    private boolean complete;

    /** Whether its signature is as long as one of its algorithm can be at most. */
    private boolean sure;

    /** How many more bytes may be tried. */
    private long patience;

    /** A scanner; it keeps no state between calls, and is not thread-safe. */
    public TokenScanner() {}

    /** Whether a byte can stand in a token's segments. */
    public static boolean isTokenByte(byte octet) {
        return IS_BASE64URL[octet & 0xff];
    }

    /**
     * Finds the tokens in a part of a stream.
     *
     * @param bytes holds the part
     * @param from where it begins
     * @param to where it ends
     * @param last whether the stream ends there
     * @param finder receives each token
     * @return the index up to which everything is decided. From there on may be the beginning of a token: pass it again
     *     together with what follows. For the last part, its end.
     */
    public int scan(byte[] bytes, int from, int to, boolean last, Finder finder) {
        int position = from;
        patience = RESERVE;
        while (true) {
            int start = nextRun(bytes, position, to);
            if (start < 0) {
                return last ? to : undecided(bytes, position, to);
            }
            int end = runEnd(bytes, start + SHORTEST_HEADER, to);
            int next = scanRun(bytes, start, end, to, last, finder);
            if (next < 0) {
                return -next - 1;
            }
            if (next == to) {
                return to;
            }
            position = next;
        }
    }

    /**
     * Looks for a token that begins in a run of base64url.
     *
     * @return where to go on; or, when that is not known yet, the complement of where the undecided part begins
     */
    private int scanRun(byte[] bytes, int start, int end, int to, boolean last, Finder finder) {
        boolean open = end == to && !last;
        boolean headerMayEnd = end == to ? !last : mayEndHeader(bytes[end]);
        if (!headerMayEnd && !open && end - start < SHORTEST_BASE64) {
            return end;
        }
        patience += (long) PATIENCE * (end - start + GLANCE);
        boolean[] mayStart = headerMayEnd ? MAY_START : MAY_START_BASE64;
        for (int i = start; i < end; i++) {
            if (!mayStart[bytes[i]]) {
                continue;
            }
            int first = match(bytes, i, end, to, last);
            patience += (long) PATIENCE * Math.max(0, first - end);
            int result = reach(bytes, i, first, to, last);
            if (result == MORE) {
                return -i - 1;
            }
            if (result >= 0) {
                finder.found(i, result, matched);
                return result;
            }
        }
        return open ? -end - 1 : end;
    }

    /** Matches a token, or base64 of one, that begins at an index of a run of base64url. */
    private int match(byte[] bytes, int index, int end, int to, boolean last) {
        boolean open = end == to && !last;
        if (!MAY_START_BASE64[bytes[index]]) {
            if (!opensObject(bytes, index, end, open)) {
                return NO;
            }
            return patience < 0 ? unread(bytes, index, to, last) : new Match(bytes, to, last).run(index);
        }
        @Nullable String shared = sharedBits(bytes, index, end, open);
        if (shared == null || (!open && end - index < SHORTEST_BASE64)) {
            return NO;
        }
        if (open && end - index < UNDECIDED) {
            return MORE;
        }
        least = patience < 0 ? unread(bytes, index, to, last) : base64Token(bytes, index, shared, to, last);
        complete = false;
        sure = false;
        return least;
    }

    /**
     * The end of a token and of all that begin within it, and within those. A token that was cut takes the beginning of what
     * is glued to it for its own.
     */
    private int reach(byte[] bytes, int from, int end, int to, boolean last) {
        int best = end;
        @Nullable String text = matched;
        int leastOfBest = least;
        boolean completeBest = complete;
        boolean sureBest = sure;
        int run = from;
        for (int i = from + 1; i < best && patience >= 0; i++) {
            run = i < run ? run : runEnd(bytes, i, to);
            int other = i < run && MAY_START[bytes[i]] ? match(bytes, i, run, to, last) : NO;
            if (other == MORE) {
                return MORE;
            }
            if (other > best) {
                best = other;
                text = matched;
                leastOfBest = least;
                completeBest = complete;
                sureBest = sure;
            }
        }
        if (best >= 0 && patience < 0) {
            return unread(bytes, best, to, last);
        }
        matched = text;
        least = leastOfBest;
        complete = completeBest;
        sure = sureBest;
        return best;
    }

    /**
     * The start of the next run of base64url that is long enough for a header; -1 when there is none. Each is looked at from
     * its end, where most turn out to be too short.
     */
    private static int nextRun(byte[] bytes, int from, int to) {
        int start = from;
        while (start + SHORTEST_HEADER <= to) {
            int i = start + SHORTEST_HEADER - 1;
            while (i >= start && IS_BASE64URL[bytes[i] & 0xff]) {
                i--;
            }
            if (i < start) {
                return start;
            }
            start = i + 1;
        }
        return -1;
    }

    private static int runEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && IS_BASE64URL[bytes[end] & 0xff]) {
            end++;
        }
        return end;
    }

    private static boolean mayEndHeader(byte octet) {
        return octet == '.' || octet == '%' || Gap.mayBegin(octet);
    }

    /** Where the last run of base64url may begin a token that the end of the part cuts off. */
    private static int undecided(byte[] bytes, int from, int to) {
        int start = to;
        while (start > from && IS_BASE64URL[bytes[start - 1] & 0xff]) {
            start--;
        }
        for (int i = start; i < to; i++) {
            boolean base64 = MAY_START_BASE64[bytes[i]] && sharedBits(bytes, i, to, true) != null;
            if (base64 || opensObject(bytes, i, to, true)) {
                return i;
            }
        }
        return to;
    }

    /** Whether base64url that begins at an index begins like a JSON object with a member. */
    private static boolean opensObject(byte[] bytes, int from, int end, boolean open) {
        boolean brace = false;
        int bits = 0;
        int held = 0;
        int glance = Math.min(end, from + GLANCE);
        for (int i = from; i < glance; i++) {
            bits = bits << 6 | Parser.SEXTETS[bytes[i]];
            held += 6;
            if (held < 8) {
                // The first character alone proves little.
                if (i == from && "eICD".indexOf(bytes[i]) < 0) {
                    return false;
                }
                continue;
            }
            held -= 8;
            int octet = bits >> held & 0xff;
            if (octet == '"') {
                return brace;
            }
            boolean blank = octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
            if (octet == '{' && !brace) {
                brace = true;
            } else if (!blank) {
                return false;
            }
        }
        return open && glance == end;
    }

    /** Treats all base64url and separators from an index on as a token. */
    private int unread(byte[] bytes, int from, int to, boolean last) {
        int end = from;
        while (end < to && (IS_BASE64URL[bytes[end] & 0xff] || bytes[end] == '.')) {
            end++;
        }
        matched = null;
        least = end;
        return end == to && !last ? MORE : end;
    }

    /**
     * Whether base64 at an index reads {@code eyJ}, in one of the three ways that depend on what was encoded before it.
     *
     * @return base64 to put in front, so that a whole number of bytes stands before {@code eyJ}; {@code null} when not
     */
    private static @Nullable String sharedBits(byte[] bytes, int index, int end, boolean open) {
        return switch (bytes[index]) {
            case 'Z' -> is(bytes, index, end, "ZXlK", open) || is(bytes, index, end, "ZXlB", open) ? "" : null;
            case 'V' -> is(bytes, index, end, "V5S", open) ? "AG" : null;
            default -> is(bytes, index, end, "leUp", open) ? "AAB" : null;
        };
    }

    /** Whether a text begins at an index, or may begin there when the end is open. */
    private static boolean is(byte[] bytes, int index, int end, String text, boolean open) {
        int i = 0;
        while (i < text.length() && index + i < end && bytes[index + i] == text.charAt(i)) {
            i++;
        }
        return i == text.length() || (open && index + i == end);
    }

    /**
     * Matches base64 of a token, which may be broken into lines. All but the first and the last have the same width; what
     * stands in front of the first and behind the last is not known.
     */
    private int base64Token(byte[] bytes, int from, String shared, int to, boolean last) {
        byte[] encoded = Arrays.copyOf(shared.getBytes(StandardCharsets.US_ASCII), GLANCE);
        int length = shared.length();
        int glance = runEnd(bytes, from, Math.min(to, from + GLANCE - length));
        System.arraycopy(bytes, from, encoded, length, glance - from);
        if (!mayBecomeToken(encoded, length + glance - from)) {
            return NO;
        }
        int due = 0;
        int width = 0;
        int start = from;
        while (true) {
            int end = runEnd(bytes, start, to);
            if (length + end - start > 2 * Parser.MAX_LENGTH) {
                matched = null;
                return end;
            }
            encoded = Arrays.copyOf(encoded, Math.max(encoded.length, 2 * (length + end - start)));
            System.arraycopy(bytes, start, encoded, length, end - start);
            length += end - start;
            int next = end + Gap.length(bytes, end, to);
            boolean lastLine = next == end || (width != 0 && end - start != width);
            boolean open = !last && (end == to || (!lastLine && runEnd(bytes, next, to) == to));
            boolean ended = !open && (lastLine || next == to || !isTokenByte(bytes[next]));
            // All of it is decoded again each time that it has doubled.
            if (open || ended || length >= due) {
                due = 2 * length;
                patience -= length / 4;
                if (patience < 0) {
                    matched = null;
                    return end == to && !last ? MORE : end;
                }
                byte[] decoded = decode(encoded, length);
                int whole = tokenIn(decoded, ended);
                if (whole == NO) {
                    return NO;
                }
                boolean fills = whole == MORE && tokenIn(decoded, true) >= 0;
                if (whole >= 0 || (fills && (sure || (complete && start == from)))) {
                    return behindPadding(
                            bytes, endOfLine(bytes, from, (4 * least + 2) / 3 - shared.length(), to), to, last);
                }
                if (open) {
                    return MORE;
                }
            }
            width = start == from ? 0 : end - start;
            start = next;
        }
    }

    /** The end of the line on which a text that is broken into lines has so many characters. */
    private static int endOfLine(byte[] bytes, int from, int count, int to) {
        int start = from;
        int left = count;
        while (true) {
            int end = runEnd(bytes, start, to);
            left -= end - start;
            if (left <= 0) {
                return end;
            }
            start = end + Gap.length(bytes, end, to);
        }
    }

    private static int behindPadding(byte[] bytes, int index, int to, boolean last) {
        int end = index;
        while (end < to && end < index + 2 && bytes[end] == '=') {
            end++;
        }
        return end == to && !last ? MORE : end;
    }

    private boolean mayBecomeToken(byte[] encoded, int length) {
        return tokenIn(decode(encoded, length), false) != NO;
    }

    /** Matches a token among the first bytes of decoded base64, behind those of a shared quantum. */
    private int tokenIn(byte[] decoded, boolean last) {
        for (int i = 0; i < Math.min(3, decoded.length); i++) {
            if (opensObject(decoded, i, runEnd(decoded, i, decoded.length), false)) {
                int end = new Match(decoded, decoded.length, last).run(i);
                return reach(decoded, i, end, decoded.length, last);
            }
        }
        return NO;
    }

    /** Decodes as far as there are whole bytes. */
    private static byte[] decode(byte[] encoded, int length) {
        byte[] decoded = new byte[length * 6 / 8];
        int bits = 0;
        int held = 0;
        int count = 0;
        for (int i = 0; i < length; i++) {
            bits = bits << 6 | Parser.SEXTETS[encoded[i]];
            held += 6;
            if (held >= 8) {
                held -= 8;
                decoded[count++] = (byte) (bits >> held);
            }
        }
        return decoded;
    }

    /** One attempt to match a token. */
    private final class Match {
        private final byte[] bytes;
        private final int to;
        private final boolean last;

        /** The token without line ends, its separators as dots. */
        private byte[] text = new byte[1024];

        private int length;
        private String algorithm = "";
        private @Nullable String encryption;
        private boolean named;

        /** Whether anything breaks it so far. */
        private boolean broken;

        /** Where the lines end that belong to the payload in any case, and how much of the text that is. */
        private int cutEnd;

        private int cutLength;

        /** What is left of a segment's base64url behind whole bytes. */
        private int bits;

        private int held;

        Match(byte[] bytes, int to, boolean last) {
            this.bytes = bytes;
            this.to = to;
            this.last = last;
        }

        int run(int from) {
            int payload = behindSegment(from, true);
            if (payload < 0) {
                return payload;
            }
            int headerEnd = length - 1;
            int signature = behindSegment(payload, false);
            if (signature == NO && named && opensObject(text, headerEnd + 1, length, false)) {
                return cut();
            }
            if (signature < 0) {
                return signature;
            }
            int payloadLength = length - 2 - headerEnd;
            if (!named && !isOnlyPayload(headerEnd + 1, length - 1)) {
                return NO;
            }
            int end = encryption == null ? signatureEnd(signature) : encryptedEnd(signature, tagLengths(encryption));
            boolean ellipsis = payloadLength == 0 && end >= 0 && text[length - 1] == '.';
            if (end < 0 || ellipsis) {
                return ellipsis ? NO : end;
            }
            matched = length > Parser.MAX_LENGTH ? null : new String(text, 0, length, StandardCharsets.US_ASCII);
            return end;
        }

        /** Takes what there is of a token that ends within its payload. */
        private int cut() {
            matched = new String(text, 0, cutLength, StandardCharsets.US_ASCII);
            least = cutEnd;
            complete = false;
            sure = false;
            return cutEnd;
        }

        /** Reads a segment and its separator: where the next segment begins, or {@link #NO}, or {@link #MORE}. */
        private int behindSegment(int from, boolean header) {
            JsonShape shape = new JsonShape();
            bits = 0;
            held = 0;
            int start = length;
            int i = from;
            while (true) {
                boolean fits = goesOn(shape, i, header);
                if (header && (!fits || length > LONGEST_HEADER)) {
                    return NO;
                }
                int end = runEnd(bytes, i, to);
                append(i, end);
                if (cutLength <= start || (fits && end - i >= SHORTEST_WRAPPED)) {
                    cutEnd = end;
                    cutLength = length;
                }
                int separator = separator(end);
                if (separator == MORE) {
                    return MORE;
                }
                if (separator > 0) {
                    if (header && !isHeader(start, length)) {
                        return NO;
                    }
                    append((byte) '.');
                    return end + separator;
                }
                int gap = Gap.length(bytes, end, to);
                if (gap == 0 || !goesOnBehind(bytes[end], header, fits, end - i)) {
                    return NO;
                }
                broken = true;
                i = end + gap;
                if (i >= to) {
                    return last ? NO : MORE;
                }
                if (separator(i) == 0 && (!isTokenByte(bytes[i]) || shape.isWhole())) {
                    return NO;
                }
            }
        }

        /** Whether what a segment has so far is enough to take a gap for one within it. */
        private boolean goesOnBehind(byte gap, boolean header, boolean fits, int onLine) {
            if (header) {
                return gap == Gap.ESCAPE || length >= SHORTEST_WRAPPED;
            }
            return fits || encryption != null || (named && onLine >= SHORTEST_WRAPPED_PAYLOAD);
        }

        /** The length of the separator at an index; 0 where there is none, {@link #MORE} where that is not known yet. */
        private int separator(int index) {
            if (index == to) {
                return last ? 0 : MORE;
            }
            if (bytes[index] == '.') {
                return 1;
            }
            if (bytes[index] != '%') {
                return 0;
            }
            int code = index + 1;
            // A URL within a URL has %25 for each %.
            while (is(bytes, code, to, "25", false)) {
                code += 2;
            }
            if (code + 1 < to) {
                return bytes[code] == '2' && (bytes[code + 1] | 0x20) == 'e' ? code + 2 - index : 0;
            }
            return !last && (code == to || bytes[code] == '2') ? MORE : 0;
        }

        /** Reads a JWE's segments behind the first two, as many as there are. */
        private int encryptedEnd(int from, int[] lengths) {
            int i = from;
            for (int segment = 2; segment < 4; segment++) {
                int kept = length;
                int next = behindSegment(i, false);
                if (next == MORE) {
                    return MORE;
                }
                if (next == NO) {
                    length = kept;
                    return plainEnd(i);
                }
                i = next;
            }
            return lastEnd(i, lengths);
        }

        private int plainEnd(int from) {
            return lastEnd(from, new int[0]);
        }

        private int signatureEnd(int from) {
            return lastEnd(from, signatureLengths(algorithm));
        }

        /**
         * Reads the last segment. Only its length tells whether a line end behind it is a terminal's wrap, or the token's
         * end: lines are joined when they together reach a length that the algorithm gives. What is more than that on the
         * last of them is glued to the token.
         */
        private int lastEnd(int from, int[] lengths) {
            int end = runEnd(bytes, from, to);
            if (end == to && !last) {
                return MORE;
            }
            for (int whole : lengths) {
                // Two tokens, with nothing between them.
                end = end - from > whole && opensObject(bytes, from + whole, end, false) ? from + whole : end;
            }
            append(from, end);
            int sum = end - from;
            int longest = lengths.length == 0 ? 0 : lengths[lengths.length - 1];
            int reached = lengthWithin(lengths, sum);
            least = reached == NO ? end : from + reached;
            // A signature with several possible lengths can have the shortest of them at a line's end by chance.
            complete = reached == sum && (sum == longest || sum > lengths[0]);
            sure = lengths.length > 0 && sum >= longest;
            int best = end;
            int kept = length;
            int width = 0;
            boolean ended = sum >= longest || (complete && !broken);
            int i = end;
            while (!ended) {
                int line = i + Gap.length(bytes, i, to);
                int lineEnd = runEnd(bytes, line, to);
                if (lineEnd == to && !last) {
                    return MORE;
                }
                if (line == i || lineEnd == line || opensObject(bytes, line, lineEnd, false)) {
                    break;
                }
                append(line, lineEnd);
                sum += lineEnd - line;
                reached = lengthWithin(lengths, sum);
                if (sum - reached < lineEnd - line) {
                    best = lineEnd - (sum - reached);
                    kept = length - (sum - reached);
                    least = best;
                    complete = true;
                    sure = sum >= longest;
                }
                ended = sum >= longest || (width != 0 && lineEnd - line != width);
                width = lineEnd - line;
                i = lineEnd;
            }
            length = kept;
            return best;
        }

        /** Whether a segment is an object, but no header: that would be the next token's. */
        private boolean isOnlyPayload(int start, int end) {
            return isObject(start, end) && !(readHeader(Arrays.copyOfRange(text, start, end)) && named);
        }

        private boolean isHeader(int start, int end) {
            return end - start >= SHORTEST_HEADER
                    && isObject(start, end)
                    && readHeader(Arrays.copyOfRange(text, start, end));
        }

        /** Whether a JSON object can go on with the run of base64url at an index. */
        private boolean goesOn(JsonShape shape, int index, boolean header) {
            for (int i = index; i < to && isTokenByte(bytes[i]); i++) {
                if (header && i - index == LONGEST_HEADER) {
                    return false;
                }
                patience -= header ? 1 : 0;
                bits = bits << 6 | Parser.SEXTETS[bytes[i]];
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    if (!shape.take(bits >> held & 0xff)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private boolean isObject(int start, int end) {
            JsonShape shape = new JsonShape();
            byte[] segment = Arrays.copyOfRange(text, start, end);
            for (byte octet : decode(segment, segment.length)) {
                if (!shape.take(octet & 0xff)) {
                    return false;
                }
            }
            return shape.isWhole();
        }

        /**
         * Whether it is JSON; notes its algorithm. Whatever bytes are in its strings, and names that occur twice, are
         * taken.
         */
        private boolean readHeader(byte[] segment) {
            String json = new String(decode(segment, segment.length), StandardCharsets.ISO_8859_1);
            try (JsonParser parser = FACTORY.createParser(json)) {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (name.equals("alg") && value == JsonToken.VALUE_STRING) {
                        algorithm = parser.getText();
                        named = true;
                    }
                    if (name.equals("enc") && value == JsonToken.VALUE_STRING) {
                        encryption = parser.getText();
                        named = true;
                    }
                    parser.skipChildren();
                }
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private void append(int start, int end) {
            if (text.length < length + end - start + 1) {
                text = Arrays.copyOf(text, 2 * (length + end - start + 1));
            }
            System.arraycopy(bytes, start, text, length, end - start);
            length += end - start;
        }

        private void append(byte octet) {
            if (text.length == length) {
                text = Arrays.copyOf(text, 2 * length);
            }
            text[length++] = octet;
        }
    }

    /** The greatest of some lengths in ascending order that is no greater than another; {@link #NO} when there is none. */
    private static int lengthWithin(int[] lengths, int most) {
        int within = NO;
        for (int length : lengths) {
            within = length <= most ? length : within;
        }
        return within;
    }

    /** The lengths in base64url that an authentication tag can have (RFC 7518 section 5), ascending. */
    private static int[] tagLengths(String encryption) {
        return switch (encryption) {
            case "A192CBC-HS384" -> new int[] {32};
            case "A256CBC-HS512" -> new int[] {43};
            default -> new int[] {22};
        };
    }

    /** The lengths in base64url that a signature of an algorithm can have (RFC 7518 section 3, RFC 8037), ascending. */
    private static int[] signatureLengths(String algorithm) {
        return switch (algorithm) {
            case "none" -> new int[] {0};
            case "HS256" -> new int[] {43};
            case "HS384" -> new int[] {64};
            case "HS512", "ES256", "ES256K" -> new int[] {86};
            case "ES384" -> new int[] {128};
            case "ES512" -> new int[] {176};
            case "EdDSA", "Ed25519", "Ed448" -> new int[] {86, 152};
            // Keys of 1024, 2048, 3072, 4096 and 8192 bits.
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> new int[] {171, 342, 512, 683, 1366};
            default -> new int[0];
        };
    }
}
