package dev.chainloop.token.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One attempt to match a token in compact serialization, which a program may have broken into lines or coloured. */
final class TokenMatch {
    /** The shortest header is <code>{"alg":"dir"}</code>. */
    static final int SHORTEST_HEADER = 18;

    /** A longer header is none, but for example base64 of a source map. */
    static final int LONGEST_HEADER = 64 << 10;

    /** The least of a header that must be on a line for the line end to count as a terminal's wrap. */
    private static final int SHORTEST_WRAPPED = 20;

    /** The least of a payload that must be on a line for the same, unless it begins like JSON. */
    private static final int SHORTEST_WRAPPED_PAYLOAD = 40;

    /** The least of a payload that a cut token has; examples in documents have less in front of their ellipsis. */
    private static final int SHORTEST_CUT = 10;

    private static final int NO = -1;
    private static final int MORE = -2;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Parser.MAX_LENGTH)
                    .maxStringLength(Parser.MAX_LENGTH)
                    .maxNumberLength(Parser.MAX_LENGTH)
                    .build())
            .build();

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

    private int least;
    private boolean complete;
    private boolean sure;
    private int tried;

    TokenMatch(byte[] bytes, int to, boolean last) {
        this.bytes = bytes;
        this.to = to;
        this.last = last;
    }

    /** How many bytes were tried for a header. */
    int tried() {
        return tried;
    }

    /** Matches a token that begins at an index. */
    Found run(int from) {
        int payload = behindSegment(from, true);
        if (payload < 0) {
            return payload == MORE ? Found.MORE : Found.NO;
        }
        int headerEnd = length - 1;
        int signature = behindSegment(payload, false);
        boolean enough = named && cutLength - headerEnd > SHORTEST_CUT;
        if (signature == NO && enough && Base64Url.opensObject(text, headerEnd + 1, length, false)) {
            return new Found(cutEnd, text(cutLength), cutEnd, false, false);
        }
        if (signature < 0) {
            return signature == MORE ? Found.MORE : Found.NO;
        }
        int payloadLength = length - 2 - headerEnd;
        if (!named && !isOnlyPayload(headerEnd + 1, length - 1)) {
            return Found.NO;
        }
        int end = encryption == null
                ? lastEnd(signature, SegmentLengths.ofSignature(algorithm))
                : encryptedEnd(signature, SegmentLengths.ofTag(encryption));
        if (end == MORE) {
            return Found.MORE;
        }
        boolean ellipsis = payloadLength < SHORTEST_CUT
                && text[length - 1] == '.'
                && !isObject(headerEnd + 1, headerEnd + 1 + payloadLength);
        return ellipsis ? Found.NO : new Found(end, text(length), least, complete, sure);
    }

    private @Nullable String text(int count) {
        return count > Parser.MAX_LENGTH ? null : new String(text, 0, count, StandardCharsets.US_ASCII);
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
            int end = Base64Url.runEnd(bytes, i, to);
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
            if (separator(i) == 0 && (!isIn(i) || shape.isWhole())) {
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
        while (code + 1 < to && bytes[code] == '2' && bytes[code + 1] == '5') {
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

    /**
     * Reads the last segment. Only its length tells whether a line end behind it is a terminal's wrap, or the token's
     * end: lines are joined when they together reach a length that the algorithm gives. What is more than that on the
     * last of them is glued to the token.
     */
    private int lastEnd(int from, int[] lengths) {
        int end = Base64Url.runEnd(bytes, from, to);
        if (end == to && !last) {
            return MORE;
        }
        for (int whole : lengths) {
            // Two tokens, with nothing between them.
            end = end - from > whole && Base64Url.opensObject(bytes, from + whole, end, false) ? from + whole : end;
        }
        append(from, end);
        int sum = end - from;
        int longest = lengths.length == 0 ? 0 : lengths[lengths.length - 1];
        int reached = SegmentLengths.within(lengths, sum);
        least = reached < 0 ? end : from + reached;
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
            int lineEnd = Base64Url.runEnd(bytes, line, to);
            if (lineEnd == to && !last) {
                return MORE;
            }
            if (line == i || lineEnd == line || Base64Url.opensObject(bytes, line, lineEnd, false)) {
                break;
            }
            append(line, lineEnd);
            sum += lineEnd - line;
            reached = SegmentLengths.within(lengths, sum);
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
        for (int i = index; i < to && isIn(i); i++) {
            if (header && i - index == LONGEST_HEADER) {
                return false;
            }
            tried += header ? 1 : 0;
            bits = bits << 6 | Base64Url.SEXTETS[bytes[i]];
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
        for (byte octet : Base64Url.decode(segment, segment.length)) {
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
        String json = new String(Base64Url.decode(segment, segment.length), StandardCharsets.ISO_8859_1);
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

    private boolean isIn(int index) {
        return Base64Url.ALPHABET[bytes[index] & 0xff];
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
