package dev.chainloop.token.core;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWT taken apart: what it says, not whether it is genuine or of a known kind. It holds neither
 * the token's text nor its signature.
 *
 * <pre>{@code
 * boolean acceptable = decoded.signed() && decoded.algorithm().equals(Optional.of("HS256"));
 * }</pre>
 *
 * @param header the JOSE header, name to value in the token's order; values as in {@link Claims}; cannot be changed
 * @param claims the claims set
 * @param signed whether the signature segment is not empty
 */
public record DecodedToken(Map<String, ? extends @Nullable Object> header, Claims claims, boolean signed) {
    /** The {@code alg} header (RFC 7515 section 4.1.1) when it is a string that is not empty. */
    public Optional<String> algorithm() {
        return headerText("alg");
    }

    /** The {@code kid} header (RFC 7515 section 4.1.4) when it is a string that is not empty. */
    public Optional<String> keyId() {
        return headerText("kid");
    }

    private Optional<String> headerText(String name) {
        return header.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** Shows sizes only: header and claims do not belong in a log. */
    @Override
    public String toString() {
        return "DecodedToken[header " + header.size() + ", claims "
                + claims.asMap().size() + "]";
    }
}
