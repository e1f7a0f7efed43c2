package dev.chainloop.token.advice;

import java.util.Optional;

/**
 * What a message, or the text around it, tells a plan.
 *
 * @param config the config file that the failed command read, where another one was looked at here; hostile
 * @param expired whether the server says that the token has expired
 * @param version the version of its CLI
 * @param project the project that it named, where the message is about one; empty text where the reader knows
 * @param controlPlane the address that it named; hostile
 */
public record Told(
        Optional<String> config,
        boolean expired,
        Optional<String> version,
        Optional<String> project,
        Optional<String> controlPlane) {
    public static final Told NOTHING = ofServer(false);

    /** What only the server's answer tells. */
    public static Told ofServer(boolean expired) {
        return new Told(Optional.empty(), expired, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
