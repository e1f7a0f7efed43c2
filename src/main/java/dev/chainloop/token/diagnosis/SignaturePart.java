package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands where a token's signature belongs, as far as its letters tell. Whether a signature is genuine is another
 * question.
 *
 * @param letters how many there are
 */
public record SignaturePart(State state, int letters) {
    /** What the letters tell. */
    public enum State {
        /** A signature of that algorithm can look like this, or there is none, or the algorithm is unknown. */
        POSSIBLE,
        TOO_SHORT,
        TOO_LONG,
        /** No signature has so many letters, and which are too many or missing cannot be told. */
        IMPOSSIBLE,
        /** A placeholder, as in a copy that is shared. */
        LEFT_OUT
    }

    private static final Parser PARSER = new Parser();

    /** The fewest letters of a signature by RSA, for keys of 2048 bits (RFC 7518 sections 3.3 and 3.5). */
    private static final int LEAST_OF_RSA = 342;

    /** A class of its own, so that a run on a healthy token does not load it. */
    private static final class Placeholders {
        private static final List<Pattern> ALL = List.of(
                // One letter again and again.
                Pattern.compile("^(.)\\1{2,}+$"),
                // An ellipsis or a mask, perhaps beside some letters of the signature.
                Pattern.compile("^(?=[\\w….*•●·#-]+$).*?(…|[.]{2}|[*]{2}|[•●·]{2}|x{8}|X{8}|#{8}).*+$"),
                // Anything in brackets.
                Pattern.compile("^[\\w-]*+(<[^<>]*+>|\\[[^\\[\\]]*+\\]|\\([^()]*+\\)|\\{++[^{}]*+\\}++)[\\w-]*+$"),
                // Words for what stood there, and for why it is gone; three letters at least.
                Pattern.compile("(?i)^(?=.{3,80}$)[\\W_\\d]*+((redacted|signature|sig|signed|removed|hidden|masked|"
                        + "mask|secret|omitted|snipped|snip|stripped|deleted|censored|truncated|private|placeholder|"
                        + "dummy|fake|example|sample|invalid|left|out|cut|the|your|my|jwt|token|here|goes|was|is|not|"
                        + "no|for|of|by|me|us|from|sharing|security|blah|foo|bar|abc|etc|rest|anonymi[sz]ed|sanitized|"
                        + "obfuscated|scrubbed|elided|confidential|filtered|classified|intentionally|blank|some|thing|"
                        + "value|x)[\\W_\\d]*+)+$"));

        private static final Pattern LETTERS = Pattern.compile("[\\w-]+");
    }

    /** A decoded token with that part. */
    record Reading(DecodedToken decoded, SignaturePart part) {}

    /**
     * Decodes a token whose signature need not be one.
     *
     * @throws MalformedTokenException when header or payload cannot be read, or when what stands in the signature's place is
     *     neither a part of one nor left out
     */
    static Reading read(String text) throws MalformedTokenException {
        String signature = signature(text);
        DecodedToken decoded;
        boolean readable = false;
        try {
            decoded = PARSER.decode(text);
            readable = true;
        } catch (MalformedTokenException e) {
            boolean cut = signature.length() % 4 == 1
                    && Placeholders.LETTERS.matcher(signature).matches();
            if (text.length() > Parser.MAX_LENGTH || !(cut || isPlaceholder(signature))) {
                throw e;
            }
            decoded = signed(text);
        }
        State state = state(decoded, signature.length());
        boolean usual = state == State.POSSIBLE && readable && !lengths(decoded).isEmpty() && !isMasked(signature);
        if (!usual && !signature.isEmpty() && isPlaceholder(signature)) {
            state = State.LEFT_OUT;
        }
        return new Reading(state == State.POSSIBLE ? decoded : signed(text), of(state, signature));
    }

    private static SignaturePart of(State state, String signature) {
        return new SignaturePart(state, signature.length());
    }

    /** All that follows the second dot; empty without one. */
    private static String signature(String text) {
        int second = text.indexOf('.', text.indexOf('.') + 1);
        return second < 0 ? "" : text.substring(second + 1);
    }

    /** Header and claims of a token whose signature is damaged, so that nothing can be said about its last bits. */
    private static DecodedToken signed(String text) throws MalformedTokenException {
        DecodedToken decoded = PARSER.decode(withoutIt(text));
        return new DecodedToken(decoded.header(), decoded.claims(), true, decoded.spareBits());
    }

    /** Whether a placeholder stands in the place of a token's signature. */
    public static boolean isLeftOut(String text) {
        return isPlaceholder(signature(text));
    }

    private static boolean isPlaceholder(String part) {
        return Placeholders.ALL.stream().anyMatch(one -> one.matcher(part).matches());
    }

    /** Whether letters are crossed out in one that is as long as it should be. */
    private static boolean isMasked(String part) {
        return part.contains("xxxxxxxx") || part.contains("XXXXXXXX");
    }

    /** The same without its signature. */
    static String withoutIt(String text) {
        return text.substring(0, text.length() - signature(text).length());
    }

    private static State state(DecodedToken decoded, int letters) {
        List<Integer> possible = lengths(decoded);
        if (letters > 0 && !possible.isEmpty() && letters < possible.get(0)) {
            return State.TOO_SHORT;
        }
        boolean open = possible.isEmpty() || possible.get(0) == LEAST_OF_RSA;
        if (open) {
            return letters % 4 == 1 ? State.IMPOSSIBLE : State.POSSIBLE;
        }
        if (letters > possible.get(possible.size() - 1)) {
            return State.TOO_LONG;
        }
        return letters == 0 || possible.contains(letters) ? State.POSSIBLE : State.IMPOSSIBLE;
    }

    private static List<Integer> lengths(DecodedToken decoded) {
        return lengths(decoded.algorithm().orElse(""));
    }

    /** How many letters an algorithm's signatures have (RFC 7518 section 3, RFC 8037); none where that is not known. */
    static List<Integer> lengths(String algorithm) {
        return switch (algorithm) {
            case "HS256" -> List.of(43);
            case "HS384" -> List.of(64);
            case "HS512", "ES256", "ES256K", "Ed25519" -> List.of(86);
            case "EdDSA" -> List.of(86, 152);
            case "ES384" -> List.of(128);
            case "Ed448" -> List.of(152);
            case "ES512" -> List.of(176);
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> List.of(LEAST_OF_RSA);
            default -> List.of();
        };
    }

    /** What is wrong with it, a sentence; empty when nothing is. */
    Optional<String> fault(String algorithm) {
        String has = "Its signature has " + letters + (letters == 1 ? " letter" : " letters");
        List<Integer> possible = lengths(algorithm);
        String least = possible.isEmpty() ? "" : (possible.get(0) == LEAST_OF_RSA ? "at least " : "") + possible.get(0);
        return switch (state) {
            case POSSIBLE -> Optional.empty();
            case TOO_SHORT ->
                Optional.of(has + ", and one of " + algorithm + " has " + least + ": the token lost its end.");
            case TOO_LONG ->
                Optional.of(has + ", and one of " + algorithm + " has " + possible.get(possible.size() - 1)
                        + ": something was added to the token.");
            case IMPOSSIBLE -> Optional.of(has + ", which no signature has: the token lost some, or some were added.");
            case LEFT_OUT ->
                Optional.of(
                        "Its signature was left out, as in a copy that is shared: a placeholder stands in its place.");
        };
    }

    public boolean isLeftOut() {
        return state == State.LEFT_OUT;
    }

    /** Whether letters are missing, or too many. */
    public boolean isDamaged() {
        return state != State.POSSIBLE && state != State.LEFT_OUT;
    }
}
