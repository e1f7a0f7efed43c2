package dev.chainloop.token.core;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param spareBits whether unused trailing bits are set in some segment, which no encoder does (RFC 4648 section 3.5)
 */
public record DecodedToken(
        Map<String, ? extends @Nullable Object> header, Claims claims, boolean signed, boolean spareBits) {
    /** The {@code alg} header (RFC 7515 section 4.1.1) when it is a string that is not empty. */
    public Optional<String> algorithm() {
        return headerText("alg");
    }

    /** The {@code kid} header (RFC 7515 section 4.1.4) when it is a string that is not empty. */
    public Optional<String> keyId() {
        return headerText("kid");
    }

    /**
     * The same without most of what it says, for a token of which no more is to be shown.
     *
     * @param names the claims that are kept; of the header only {@code alg} is
     */
    public DecodedToken only(Collection<String> names) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(claims.asMap());
        kept.keySet().retainAll(names);
        Map<String, @Nullable Object> alg = new LinkedHashMap<>(header);
        alg.keySet().retainAll(List.of("alg"));
        return new DecodedToken(
                Collections.unmodifiableMap(alg), new Claims(Collections.unmodifiableMap(kept)), signed, spareBits);
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
