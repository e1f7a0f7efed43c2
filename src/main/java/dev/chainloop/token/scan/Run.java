package dev.chainloop.token.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Letters and dots in a row, followed in all four ways in which letters can be grouped into bytes: each may be an object in
 * base64url, and base64 of another run. A token begins with an object. The next line belongs to it where an object goes on, the
 * signature gets a length that it can have, or the line looks random.
 *
 * <pre>
 * letters  u s e r _ e y J h b G c i O i J    Four letters are three bytes, and a way is where the
 * way 0    |-------|-------|-------|------    groups begin: at each letter whose number has the
 * way 1      |-------|--{"a--|--lg"--|----    way as its remainder by four. Here way 1 is an object;
 * way 2        |-------|-------|-------|--    the others are noise.
 * way 3          |-------|-------|-------|
 *
 *        e            {           "          }            a dot
 * NONE ----> LETTER ----> BRACE ----> TEXT ----> WHOLE --------> an object: a token begins or goes on
 *                                     TEXT <---- WHOLE   by another character; what fits nowhere leads to NONE
 * </pre>
 */
final class Run {
    /** What is neither a letter nor a dot: the end of a line as long as lines of base64, of another line, of the run. */
    static final int WIDE = -1;

    static final int LINE = -2;
    static final int END = -3;

    /** How far a way is an object: not, its first letter, its brace; below text, within a character; its end. */
    private static final int NONE = 0;

    private static final int LETTER = 1;
    private static final int BRACE = 2;
    private static final int TEXT = 6;
    private static final int WHOLE = 7;

    private static final int LONGEST_HEADER = 64 << 10;

    /** With so many letters, a line does not look like the rest of an object by chance. */
    private static final int SURE = 16;

    /** The fewest letters of a wrapped line. Names are shorter, or do not mix small letters and capitals. */
    static final int NARROWEST = 40;

    /** The fewest letters of a token on either side of its first dot; examples have fewer before their ellipsis. */
    private static final int LEAST = 10;

    /** The fewest letters of the beginning of a header at the end of a line. */
    private static final int SHORTEST = 20;

    private static final int LONGEST_BEGINNING = 4096;

    /** How long a signature or a JWE's tag can be in base64url (RFC 7518, RFC 8037). */
    private static final int[] LENGTHS = {22, 32, 43, 64, 86, 128, 152, 176, 342, 512, 683};

    private static final Pattern ALGORITHM = Pattern.compile("\"alg\"\\s{0,9}:\\s{0,9}\"(\\w{1,9})\"");

    private final Finder finder;
    private final boolean encoded;

    /** What each way is base64 of. */
    private final Run[] decoded;

    /** Whether nothing has begun, so that all but an e can be skipped; in what is decoded this is the rule. */
    private boolean idle;

    private final StringBuilder text = new StringBuilder();
    private int behind;

    /** Of the segment: its letters, their bits, and by way how far it is an object, and where that begins. */
    private int letters;

    private int bits;
    private final int[] states = new int[4];
    private final int[] starts = new int[4];
    private final int[] places = new int[4];

    /** Of the line: where it begins in the text, its kinds of letters, and whether it surely belongs to the token. */
    private int line;

    private int kinds;
    private boolean sure;

    /** Of the token: where it begins, where its first dot is, and where it ends for sure. */
    private boolean open;

    private int start;
    private int place;
    private int dot;
    private int end;
    private int endPlace;

    /** By the last object: how many segments are to come, and how long the last one can be. */
    private int left;

    private int[] lengths = LENGTHS;

    Run(Finder finder, boolean encoded) {
        this.finder = finder;
        this.encoded = encoded;
        decoded = new Run[encoded ? 0 : 4];
        Arrays.setAll(decoded, way -> new Run(finder, true));
    }

    private void beginSegment() {
        letters = 0;
        bits = 0;
        Arrays.fill(states, NONE);
    }

    /** Where the first of what may be a token begins. */
    int earliest() {
        int first = open ? start : Integer.MAX_VALUE;
        for (int way = 0; way < 4; way++) {
            first = states[way] == NONE ? first : Math.min(first, starts[way]);
            first = encoded || decoded[way].idle ? first : Math.min(first, decoded[way].earliest());
        }
        return first;
    }

    /** Whether it has read a header and its dot. */
    boolean isOpen() {
        return open;
    }

    /** Whether a header, a payload or a signature has begun that is not whole. */
    boolean isUnfinished() {
        boolean begun = open && left > 0 && !isExact();
        for (int way = 0; way < 4; way++) {
            boolean header = !open && states[way] > BRACE && states[way] < WHOLE;
            begun |= header && text.length() - places[way] < LONGEST_BEGINNING && isHeader(text.substring(places[way]));
        }
        return begun;
    }

    /** Whether a header is whole, and its dot has not come. */
    boolean lacksDot() {
        boolean whole = false;
        for (int way = 0; way < 4; way++) {
            whole |= !open
                    && states[way] == WHOLE
                    && text.length() - places[way] < LONGEST_BEGINNING
                    && isHeader(text.substring(places[way]));
        }
        return whole;
    }

    /** Hands on what begins as a token, if a line has no more of it; an example has an ellipsis there. */
    void begun(Finder cut, int behind) {
        int begin = open ? place : text.length();
        int from = start;
        for (int way = 0; way < 4; way++) {
            if (!open && states[way] > BRACE && places[way] < begin) {
                begin = places[way];
                from = starts[way];
            }
        }
        if (text.length() - begin > LONGEST_BEGINNING) {
            return; // Else each line of a long object would be read again.
        }
        String letters = text.substring(begin);
        boolean more = open && (end > start || text.length() - dot > LEAST);
        if (!more && letters.length() >= SHORTEST && !letters.endsWith("...") && isHeader(letters)) {
            cut.found(from, behind, letters);
        }
    }

    private static boolean isHeader(String beginning) {
        int dot = beginning.indexOf('.');
        String json = decoded(dot < 0 ? beginning : beginning.substring(0, dot));
        return json.contains("\"alg\"") || json.contains("\"typ\"") || json.contains("\"kid\"");
    }

    private static String decoded(String letters) {
        // A letter alone stands for no byte.
        String whole = letters.substring(0, letters.length() - (letters.length() % 4 == 1 ? 1 : 0));
        return new String(Base64.getUrlDecoder().decode(whole), StandardCharsets.ISO_8859_1);
    }

    /** Takes a letter, a dot or a constant; {@code from} is where a letter begins, {@code to} where reading goes on. */
    void push(int unit, int from, int to) {
        if (idle && unit != 'e') {
            return;
        }
        if (unit >= 0 && unit != '.') {
            letter(unit, from, to);
        } else if (text.length() > (unit == '.' || unit == END ? 0 : line)) {
            for (Run run : decoded) {
                run.push(unit == '.' ? END : unit, from, to);
            }
            if (unit == '.') {
                dot(to);
            } else {
                endLine(unit);
            }
        }
        idle = encoded && !open && (states[0] | states[1] | states[2] | states[3]) == NONE;
        if (idle) {
            line = 0;
            text.setLength(0);
        }
    }

    private void letter(int letter, int from, int to) {
        int sextet = Alphabet.SEXTETS[letter];
        int own = letters++ & 3;
        if (letter == 'e' && states[own] < TEXT) {
            states[own] = LETTER;
            starts[own] = from;
            places[own] = text.length();
        }
        text.append((char) letter);
        bits = bits << 6 | sextet;
        kinds |= sextet < 62 ? 1 << (sextet / 26) : 0;
        for (int nth = 1; nth < 4; nth++) {
            int way = own - nth & 3;
            int octet = bits >> (6 - 2 * nth) & 0xff;
            if (states[way] != NONE) {
                boolean tooLong = !open && from - starts[way] > LONGEST_HEADER;
                states[way] = tooLong ? NONE : next(states[way], octet);
            }
            if (!encoded && octet != '\r') {
                boolean plain = octet == '.' || Alphabet.SEXTETS[octet] >= 0;
                decoded[way].push(plain ? octet : octet == '\n' ? WIDE : END, behind - 1, to);
            }
        }
        behind = to;
        sure = sure || belongs();
    }

    /** How far it is an object with the next byte of UTF-8. */
    private static int next(int state, int octet) {
        boolean blank = octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
        return switch (state) {
            case LETTER -> octet == '{' ? BRACE : NONE;
            case BRACE -> octet == '"' ? TEXT : octet == '}' ? WHOLE : blank ? BRACE : NONE;
            case TEXT, WHOLE -> {
                if (blank || octet == '}') {
                    yield blank ? state : WHOLE;
                }
                int more = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
                yield octet >= ' ' && octet < 0x7f ? TEXT : octet < 0xc2 || octet > 0xf4 ? NONE : TEXT - more;
            }
            default -> octet >> 6 == 0b10 ? state + 1 : NONE;
        };
    }

    /** Whether the line belongs to the token by its letters so far. Hashes and names of variables have two kinds at most. */
    private boolean belongs() {
        int since = text.length() - line;
        if (since < (encoded ? SURE * 3 / 4 : SURE)) {
            return false;
        }
        for (int way = 0; way < 4; way++) {
            if (states[way] > BRACE && places[way] <= line) {
                return goesOn(way);
            }
        }
        return left > 0 && (encoded || kinds == 7 || (kinds == 3 && since >= NARROWEST));
    }

    /** Whether a way is an object that goes on from the line before, or is the payload. */
    private boolean goesOn(int way) {
        return places[way] < line || (places[way] == line && left == 2);
    }

    private boolean isExact() {
        return left == 1 && Arrays.binarySearch(lengths, letters) >= 0;
    }

    private void dot(int to) {
        int object = -1;
        for (int way = 0; way < 4; way++) {
            object = states[way] == WHOLE && text.length() - places[way] >= LEAST ? way : object;
        }
        sure = sure || isExact() || (object >= 0 && goesOn(object));
        accept();
        if (!sure && (object >= 0 || left < 2)) {
            close();
        }
        if (!open && object >= 0) {
            open = true;
            sure = true;
            start = starts[object];
            place = places[object];
            dot = text.length();
            lengths = LENGTHS;
        }
        left = Math.max(left - 1, 0);
        if (object >= 0) {
            readObject(places[object]);
        }
        text.append('.');
        if (left == 1) {
            // There may be no signature.
            behind = to;
            accept();
        }
        beginSegment();
    }

    /** A header tells how many segments follow, and how long the signature can be. */
    private void readObject(int from) {
        String json = decoded(text.substring(from));
        // The last: what is left of another header may be glued to this one.
        int algorithm = json.lastIndexOf("\"alg\"");
        boolean payload = left == 1 && algorithm < 0;
        left = json.contains("\"enc\"") ? 4 : algorithm < 0 ? 1 : 2;
        if (!payload) {
            lengths = lengthsOf(json.substring(Math.max(algorithm, 0)));
        }
    }

    /** How long a signature of the algorithm that a header names first is (RFC 7518, RFC 8037). */
    private static int[] lengthsOf(String header) {
        Matcher algorithm = ALGORITHM.matcher(header);
        return switch (algorithm.lookingAt() ? algorithm.group(1) : "") {
            case "none" -> new int[] {0};
            case "HS256" -> new int[] {43};
            case "HS384" -> new int[] {64};
            case "HS512", "ES256" -> new int[] {86};
            case "ES384" -> new int[] {128};
            case "ES512" -> new int[] {176};
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> new int[] {342, 512, 683};
            default -> LENGTHS;
        };
    }

    private void endLine(int unit) {
        sure = sure || isExact();
        accept();
        boolean complete = left == 0 || (left == 1 && letters == lengths[lengths.length - 1]);
        if (unit == END || !sure || complete) {
            close();
        }
        // A line of words is not held back for its last letter.
        for (int way = 0; way < 4 && !open && unit != WIDE; way++) {
            states[way] = states[way] > BRACE ? states[way] : NONE;
        }
        if (unit == END) {
            text.setLength(0);
            beginSegment();
        }
        line = text.length();
        kinds = 0;
        sure = false;
    }

    /** Takes what was read for the token. */
    private void accept() {
        if (open && sure && letters > 0 && text.length() - dot > LEAST) {
            end = behind;
            endPlace = text.length();
        }
    }

    private void close() {
        if (open && end > start) {
            finder.found(start, end, text.substring(place, endPlace));
        }
        open = false;
        end = 0;
    }
}
