package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.scan.TokenScanner;
import dev.chainloop.token.verification.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value that is a JWT; holds neither its text nor its signature.
 *
 * @param token the typed token; empty when it has no type
 * @param fingerprint a name for it that may be shown
 * @param signatureLetters how many characters its signature has
 * @param verification what a key says of its signature, if that was asked for
 */
public record Jwt(
        DecodedToken decoded,
        Optional<Token> token,
        String fingerprint,
        int signatureLetters,
        Optional<Verification> verification) {
    private static final Parser PARSER = new Parser();

    /** The length of an HS256 signature, and the least length of an RSA signature, for keys of 2048 bits (RFC 7518 section 3). */
    private static final int LETTERS_OF_HS256 = 43;

    private static final int LEAST_LETTERS_OF_RSA = 342;

    static Jwt of(String text) throws MalformedTokenException {
        DecodedToken decoded = PARSER.decode(text);
        int letters = text.length() - text.lastIndexOf('.') - 1;
        return new Jwt(decoded, PARSER.type(decoded.claims()), Fingerprint.of(text), letters, Optional.empty());
    }

    /** Whether its signature is too short or too long; only for HS256 and RSA, with which all of Chainloop's tokens are signed. */
    boolean isDamaged() {
        return signatureLetters > 0
                && (isRsa()
                        ? signatureLetters < LEAST_LETTERS_OF_RSA
                        : algorithm().equals("HS256") && signatureLetters != LETTERS_OF_HS256);
    }

    boolean isRsa() {
        return algorithm().startsWith("RS") || algorithm().startsWith("PS");
    }

    /** Whether it is signed with a key pair, and so not with the server's secret. */
    boolean isPaired() {
        return isRsa() || algorithm().startsWith("ES") || algorithm().startsWith("Ed");
    }

    String algorithm() {
        return decoded.algorithm().orElse("");
    }

    /**
     * A token that stands in a text letter for letter.
     *
     * @param text it alone; never to be printed, and {@link #toString} does not show it
     */
    record Embedded(String text, Jwt jwt) {
        /** All tokens in a text, in their order; none if the text is longer than a token can be. */
        static List<Embedded> in(String text) {
            List<Embedded> tokens = new ArrayList<>();
            for (String one : TokenScanner.find(text.length() > Parser.MAX_LENGTH ? "" : text)) {
                if (text.contains(one)) {
                    of(one).ifPresent(tokens::add);
                }
            }
            return tokens;
        }

        /** The token that a text is. */
        static Optional<Embedded> of(String text) {
            try {
                return Optional.of(new Embedded(text, Jwt.of(text)));
            } catch (MalformedTokenException e) {
                return Optional.empty();
            }
        }

        static boolean isToken(String text) {
            return of(text).isPresent();
        }

        @Override
        public String toString() {
            return "Embedded[<redacted>]";
        }
    }
}
