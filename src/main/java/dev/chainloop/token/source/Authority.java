package dev.chainloop.token.source;

import dev.chainloop.token.http.TrustAnchors;
import dev.chainloop.token.http.UnreachableException;
import java.util.Optional;

/**
 * The certificate authority that the Chainloop CLI trusts besides the system's.
 *
 * @param text a file name, PEM, or base64 of PEM; it can be anything, and is not shown
 * @param from what names it: a variable, or the config file, a noun phrase
 */
public record Authority(String text, String from) {
    private static final String VARIABLE = "CHAINLOOP_CONTROL_PLANE_API_CA";

    /** A variable wins over the config file; an empty value counts as none. */
    public static Optional<Authority> of(Environment environment, ConfigReading config) {
        if (environment.isSet(VARIABLE)) {
            return environment.get(VARIABLE).map(text -> new Authority(text, "$" + VARIABLE));
        }
        Optional<String> text = config.controlPlane().authority();
        return text.isPresent()
                ? Optional.of(new Authority(text.get(), "the config file's control-plane.api-ca"))
                : Optional.empty();
    }

    /** Whether a certificate can be read from it. */
    public boolean isReadable() {
        try {
            return !TrustAnchors.own(text).isEmpty();
        } catch (UnreachableException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Authority[" + from + ", <redacted>]";
    }
}
