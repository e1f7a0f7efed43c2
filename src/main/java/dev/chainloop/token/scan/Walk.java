package dev.chainloop.token.scan;

import dev.chainloop.token.core.Parser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows a token from its opening to its last segment, over what a program put between two letters. A line is joined to the
 * one before only where that makes one token: where an object goes on, or the signature gets a length that it can have.
 */
final class Walk {
    /** There is no token. */
    static final int NONE = -1;

    /** More bytes must tell. */
    static final int MORE = -2;

    /** A line ends, and a letter or a dot follows. */
    private static final int LINE = -3;

    /** Terminal sequences (ECMA-48), and the zeros of UTF-16. */
    private static final String SEQUENCES = "(?:\\e\\[[0-?]*+[ -/]*+[@-~]|\\e[ -/]++[0-~]|\\x00(?=[\\s\\S]\\x00))*+";

    /** A letter or a dot, which a URL may write as %2E, with what stands in front: a line end, perhaps of JSON or of a mail. */
    private static final Pattern UNIT = Pattern.compile(
            SEQUENCES + "((?:=?\\r?\\n|(?:\\\\++r)?\\\\++n)[ \\t]*+" + SEQUENCES + ")?+([\\w-]|\\.|%(?:25)*+2[eE])?+");

    private static final Pattern ALGORITHM = Pattern.compile("\"alg\"\\s*:\\s*\"(\\w*)\"");
    private static final int LONGEST_GAP = 256;
    private static final int LONGEST_HEADER = 64 << 10;

    /** So many letters of a header stand in front of a line end; else a line could not be passed on before the next one. */
    private static final int FEWEST = 4;

    /** So many letters never go on with an object by chance. */
    private static final int SURE = 16;

    /** So many letters that sixteen decode to do not belong to something else by chance. */
    private static final int SURE_DECODED = 11;

    /** What a token has in front of its first dot, and behind it; examples have less in front of their ellipsis. */
    private static final int LEAST = 10;

    /** How long a signature or a JWE's tag can be in base64url (RFC 7518, RFC 8037). */
    private static final int[] LENGTHS = {22, 32, 43, 64, 86, 128, 152, 176, 342, 512, 683};

    /** How far a segment is an object: not at all, in front of its brace, behind it, behind its quotation mark. */
    private static final int NO_OBJECT = -1;

    private static final int BLANK = 0;
    private static final int BRACE = 1;
    private static final int TEXT = 2;

    private final byte[] bytes;
    private final int start;
    private final int to;
    private final boolean last;
    private final boolean encoded;
    private int index;
    private int bits;
    private int held;

    /** How many letters this line and the one before have, and whether that was as long as the one before it. */
    private int width;

    private int lastWidth;
    private boolean full;
    private byte[] text = new byte[64];
    private int length;
    private int dots;
    private int firstDot;

    /** Behind the last letter, in the bytes and in the text. */
    private int end;

    private int textEnd;

    /** Of the segment. */
    private int letters;

    private int sextets;
    private int octet;
    private int object;

    /** Of the line: whether it goes on with an object, and whether it surely belongs to the token. */
    private int lineLetters;

    /** 1 for a small letter, 2 for a capital, 4 for a digit. */
    private int lineKinds;

    private boolean joined;
    private boolean unsigned;
    private boolean accepted;
    private boolean known = true;

    /** By the header: how many dots are to come, -1 without one, and how long the last segment can be. */
    private int left = -1;

    private int[] lengths = LENGTHS;
    private int acceptedEnd = NONE;
    private int acceptedText;
    private final int found;

    /** Begins at an index, with one of {@link Alphabet#OPENINGS}. */
    Walk(byte[] bytes, int start, int to, boolean last, int opening) {
        this.bytes = bytes;
        this.start = start;
        this.to = to;
        this.last = last;
        encoded = opening != 1;
        index = start;
        // The upper bits of the first byte, an e or one of C, D and I, stood in the letter before.
        held = opening == 4 ? 4 : opening == 8 ? 2 : 0;
        bits = opening == 8 ? 1 : Alphabet.SEXTETS[bytes[start]] >> 2 == 5 ? 6 : 4;
        found = follow();
    }

    /** The index behind the token, and behind the rest of what it is encoded in; {@link #NONE} or {@link #MORE}. */
    int end() {
        return found;
    }

    private int follow() {
        int unit;
        do {
            unit = encoded ? decoded() : next();
            if (unit == NONE || unit == LINE) {
                accept();
            }
        } while (unit > 0 ? unit == '.' ? dot() : letter(unit) : unit == LINE && goesOn());
        return unit == MORE ? MORE : encoded && accepted ? behindBase64(unit) : acceptedEnd;
    }

    /** The index behind the base64 that the token stands in: on its last line, and on further lines of the same width. */
    private int behindBase64(int stopped) {
        boolean own = stopped != LINE;
        int unit = stopped;
        int behind = end;
        while (own || (unit == LINE && full)) {
            do {
                unit = next();
                end = unit >= 0 ? index : end;
            } while (unit >= 0 && !isTooLong());
            boolean padded = end < to && bytes[end] == '=';
            behind = own || padded || (unit == LINE ? full : width == lastWidth) ? end : behind;
            own = false;
        }
        return unit == MORE ? MORE : behind;
    }

    boolean isEncoded() {
        return encoded;
    }

    /** Up to where letters lead to no dot; 0 where they do. */
    int seen() {
        return dots > 0 ? 0 : index;
    }

    /** Whether it is too long to be read, and may go on behind its end. */
    boolean isTooLong() {
        return end - start > Parser.MAX_LENGTH;
    }

    /** The token in compact serialization, or what there is of it. */
    String compact() {
        return new String(text, 0, acceptedText, StandardCharsets.US_ASCII);
    }

    private boolean letter(int letter) {
        append(letter);
        letters++;
        lineLetters++;
        lineKinds |= Character.isLowerCase(letter)
                ? 1
                : Character.isUpperCase(letter) ? 2 : Character.isDigit(letter) ? 4 : 0;
        sextets = sextets << 6 | Alphabet.SEXTETS[letter];
        if (letters % 4 != 1) {
            octet = (sextets >> ((-letters & 3) * 2)) & 0xff;
            object = object(object, octet);
        }
        end = index;
        textEnd = length;
        if (isTooLong()) {
            accept();
            return false;
        }
        return object != NO_OBJECT ? dots > 0 || letters <= LONGEST_HEADER : dots > 0 && !joined;
    }

    /** How far it is an object with the next byte; behind {@link #TEXT}, UTF-8 is short of some. */
    private static int object(int before, int octet) {
        boolean blank = octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
        boolean lead = octet >= 0xc2 && octet <= 0xf4;
        return switch (before) {
            case BLANK -> octet == '{' ? BRACE : blank ? BLANK : NO_OBJECT;
            case BRACE -> octet == '"' || octet == '}' ? TEXT : blank ? BRACE : NO_OBJECT;
            case TEXT ->
                blank || (octet >= ' ' && octet < 0x7f)
                        ? TEXT
                        : lead ? TEXT + (octet < 0xe0 ? 1 : octet >> 4 & 3) : NO_OBJECT;
            default -> before > TEXT && octet >> 6 == 0b10 ? before - 1 : NO_OBJECT;
        };
    }

    private boolean isWhole() {
        return object == TEXT && octet == '}';
    }

    private boolean dot() {
        boolean signature = left == 0 && lengths != LENGTHS;
        boolean glued = unsigned && lineLetters >= SURE && lineKinds == 7;
        known |= lineLetters > 0 && (isSigned() || glued || (isWhole() && (joined || !signature)));
        if (index - end > LONGEST_GAP
                || (dots == 0
                        ? object < TEXT || letters < LEAST
                        : signature && !known && !(isWhole() && lineLetters == 0))) {
            return false;
        }
        if (!isWhole() || !isHeader()) {
            lengths = isWhole() && left <= 0 ? LENGTHS : lengths;
            left = left > 0 ? left - 1 : isWhole() ? 0 : -1;
        }
        firstDot = dots++ == 0 ? length : firstDot;
        append('.');
        if (dots == 2 && letters > 0) {
            // There may be no signature.
            end = index;
            textEnd = length;
        }
        letters = 0;
        object = BLANK;
        joined = false;
        unsigned = left == 0;
        return true;
    }

    private boolean isHeader() {
        // A letter alone stands for no byte.
        byte[] json = Arrays.copyOfRange(text, length - letters, length - (letters % 4 == 1 ? 1 : 0));
        String header = new String(Base64.getUrlDecoder().decode(json), StandardCharsets.ISO_8859_1);
        String algorithm = "";
        for (Matcher named = ALGORITHM.matcher(header); named.find(); ) {
            // The last: what is left of another header may be glued to this one.
            algorithm = named.group(1);
        }
        boolean encrypted = header.contains("\"enc\"");
        if (algorithm.isEmpty() && !encrypted) {
            return false;
        }
        left = encrypted ? 3 : 1;
        lengths = switch (encrypted ? "" : algorithm) {
            case "none" -> new int[] {0};
            case "HS256" -> new int[] {43};
            case "HS384" -> new int[] {64};
            case "HS512", "ES256", "ES256K", "Ed25519" -> new int[] {86};
            case "ES384" -> new int[] {128};
            case "ES512" -> new int[] {176};
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> new int[] {342, 512, 683};
            default -> LENGTHS;
        };
        return true;
    }

    /** Takes what was read for the token, where something on the line shows that it belongs to it. */
    private void accept() {
        boolean sure = lineLetters >= (encoded ? SURE_DECODED : SURE)
                && (encoded || (object != NO_OBJECT && letters >= SURE) || (unsigned && lineKinds == 7));
        accepted = dots > 0 && length - firstDot > LEAST && (known || sure || (lineLetters > 0 && isSigned()));
        if (accepted) {
            acceptedEnd = end;
            acceptedText = textEnd;
        }
    }

    private boolean isSigned() {
        return left == 0 && Arrays.binarySearch(lengths, letters) >= 0;
    }

    /** Whether the token may go on behind a line end. */
    private boolean goesOn() {
        joined = letters > 0 && object != NO_OBJECT && (object != BLANK || left < 0);
        boolean more = left == 0 ? !isComplete() : left > 0 || encoded;
        boolean hash = unsigned && lineLetters >= 2 * SURE && (lineKinds & 2) == 0;
        if (hash || !(joined || more) || (dots == 0 && !encoded && isWhole() && bytes[index] != '.')) {
            return false;
        }
        unsigned = left == 0 && !isSigned();
        known = false;
        accepted = false;
        lineLetters = 0;
        lineKinds = 0;
        return true;
    }

    private boolean isComplete() {
        return left == 0 && letters == lengths[lengths.length - 1] && (letters == 0 || object == NO_OBJECT);
    }

    private void append(int unit) {
        text = length < text.length ? text : Arrays.copyOf(text, 2 * length);
        text[length++] = (byte) unit;
    }

    /** The next letter or dot that base64 decodes to. */
    private int decoded() {
        while (held < 8) {
            int letter = next();
            if (letter < 0 || Alphabet.SEXTETS[letter] < 0) {
                return letter < 0 ? letter : NONE;
            }
            bits = bits << 6 | Alphabet.SEXTETS[letter];
            held += 6;
        }
        held -= 8;
        int decoded = bits >> held & 0xff;
        if (decoded == '\r' || decoded == '\n') {
            return decoded == '\n' ? LINE : decoded();
        }
        return decoded == '.' || Alphabet.SEXTETS[decoded] >= 0 ? decoded : NONE;
    }

    /** The next letter or dot; else {@link #NONE}, {@link #MORE} or {@link #LINE}. */
    private int next() {
        int letter = index < to ? bytes[index] : 0;
        if (letter > 0 && (Alphabet.SEXTETS[letter] >= 0 || (encoded && (letter == '+' || letter == '/')))) {
            index++;
            width++;
            return letter;
        }
        boolean flows = isComplete() && !(encoded && width == lastWidth);
        if ("\r\n\\".indexOf(letter) >= 0 && (flows || index - start < FEWEST)) {
            return NONE;
        }
        int stop = Math.min(to, index + LONGEST_GAP);
        Matcher unit = UNIT.matcher(new String(bytes, index, stop - index, StandardCharsets.ISO_8859_1));
        @Nullable String found = unit.lookingAt() ? unit.group(2) : null;
        if (found == null || unit.hitEnd()) {
            return unit.hitEnd() && stop == to && !last ? MORE : NONE;
        }
        boolean line = unit.group(1) != null;
        index += line ? unit.start(2) : unit.end(2);
        if (line) {
            full = width == lastWidth;
            lastWidth = width;
            width = 0;
        }
        return line ? LINE : Alphabet.SEXTETS[found.charAt(0)] < 0 ? '.' : found.charAt(0);
    }
}
