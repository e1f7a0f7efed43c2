package dev.chainloop.token.advice;

import java.util.Optional;

/**
 * What a message, or the text around it, tells a plan.
 *
 * @param config the config file that the failed command read, where another one was looked at here; hostile
 * @param expired whether the server says that the token has expired
 */
public record Told(Optional<String> config, boolean expired) {
    public static final Told NOTHING = new Told(Optional.empty(), false);
}
