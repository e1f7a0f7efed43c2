package dev.chainloop.token.core;

import dev.chainloop.token.core.MalformedTokenException.Reason;
import io.jsonwebtoken.io.DeserializationException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a compact JWT without its key and types it as one of Chainloop's. Nothing is verified: anyone can write a token
 * that gets a type.
 *
 * <p>Two steps make up {@link #parse}: {@link #decode} reads header and claims, {@link #type} picks the kind. Call them
 * separately to show the claims of a token that has no type. Instances are thread-safe.
 *
 * <pre>{@code
 * DecodedToken decoded = new Parser().decode(compact);
 * Optional<Token> token = new Parser().type(decoded.claims());
 * }</pre>
 */
public final class Parser {
    /** The longest text that is decoded, in characters: 1 MiB. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final String[] SEGMENT_NAMES = {"header", "payload", "signature"};

    // The JDK's decoder, because jjwt's takes twice as long for many tokens, and accepts more that must be rejected.
    private static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();

    private final JsonObjectReader json = new JsonObjectReader();

    /**
     * Decodes and types a token.
     *
     * @param compact a JWS in compact serialization (RFC 7515 section 7.1), with nothing around it
     * @return the typed token; empty for an empty text, which {@link #decode} rejects, for an unknown or unusable
     *     {@code aud}, or when the identity claim of the chosen kind is missing
     * @throws MalformedTokenException when the text is not empty and not a compact JWT
     */
    public Optional<Token> parse(String compact) throws MalformedTokenException {
        return compact.isEmpty() ? Optional.empty() : type(decode(compact).claims());
    }

    /**
     * Takes a token apart: exactly three runs of {@code [A-Za-z0-9_-]} with a dot between, each of a length that
     * Base64url has (never 4n+1), the first two not empty, header and payload each one JSON object without equal names
     * and without a number that a double cannot hold. That is what golang-jwt v5.3.1 reads, which the CLI and the server
     * use, but for line breaks inside, equal names, a {@code null} object, half of a surrogate pair in a name and two
     * limits, all of which are rejected here. {@code alg} is not judged.
     *
     * @param compact a JWS in compact serialization (RFC 7515 section 7.1), with nothing around it
     * @return header and claims, whatever the token's kind
     * @throws MalformedTokenException when the text is not a compact JWS, or empty; the message names the segment
     *     and the fault
     */
    public DecodedToken decode(String compact) throws MalformedTokenException {
        byte[][] segments = segments(compact);
        return new DecodedToken(object(0, segments), new Claims(object(1, segments)), segments[2].length > 0);
    }

    /**
     * Reads only the header of a signed text, whose payload can be anything (RFC 7515). Otherwise like {@link #decode}.
     *
     * @param compact a JWS in compact serialization (RFC 7515 section 7.1), with nothing around it
     * @return the JOSE header, values as in {@link Claims}
     * @throws MalformedTokenException when the text is not a compact JWS; the message names the segment and the fault
     */
    public Map<String, ? extends @Nullable Object> header(String compact) throws MalformedTokenException {
        return object(0, segments(compact));
    }

    /** All three, decoded, whatever they stand for. */
    private static byte[][] segments(String compact) throws MalformedTokenException {
        if (compact.length() > MAX_LENGTH) {
            throw new MalformedTokenException(Reason.LENGTH, "it is longer than 1 MiB");
        }
        String[] segments = compact.split("\\.", -1);
        if (segments.length != SEGMENT_NAMES.length) {
            String count = segments.length + (segments.length == 1 ? " segment" : " segments");
            String what = compact.isEmpty() ? "it is empty" : "it has " + count + ", but a JWT has 3";
            throw new MalformedTokenException(Reason.SEGMENTS, what);
        }
        return new byte[][] {bytes(0, segments[0]), bytes(1, segments[1]), bytes(2, segments[2])};
    }

    /**
     * Picks the kind by the audiences and reads the kind's claims. The kind is chosen once: no other kind is tried
     * when the identity claim is missing (Chainloop #2828).
     *
     * @param claims a decoded token's claims
     * @return the typed token, or empty: no known audience, or the identity claim is missing, empty or not a string
     */
    public Optional<Token> type(Claims claims) {
        Optional<Audience> audience = claims.matchedAudience();
        Optional<String> id = audience.isPresent() ? claims.text(audience.get().identityClaim()) : Optional.empty();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (audience.get()) {
                    case API_TOKEN -> ApiToken.of(id.get(), claims);
                    case USER -> new UserToken(id.get());
                    case GENERIC -> FederatedToken.of(id.get(), claims);
                });
    }

    private Map<String, ? extends @Nullable Object> object(int segment, byte[][] segments)
            throws MalformedTokenException {
        try {
            return json.read(segments[segment]);
        } catch (DeserializationException e) {
            boolean whole = e instanceof JsonObjectReader.ObjectException;
            throw fault(whole ? Reason.OBJECT : Reason.NOT_JSON, segment, e.getMessage());
        }
    }

    private static byte[] bytes(int segment, String encoded) throws MalformedTokenException {
        if (encoded.isEmpty() && segment < 2) {
            throw fault(Reason.ENCODING, segment, "is empty");
        }
        try {
            // The decoder accepts padding.
            if (encoded.indexOf('=') < 0) {
                return BASE64URL.decode(encoded);
            }
        } catch (IllegalArgumentException e) {
            // Its message would quote the token.
        }
        throw fault(Reason.ENCODING, segment, "is not base64url");
    }

    private static MalformedTokenException fault(Reason reason, int segment, @Nullable String what) {
        return new MalformedTokenException(reason, "its " + SEGMENT_NAMES[segment] + " " + what);
    }
}
