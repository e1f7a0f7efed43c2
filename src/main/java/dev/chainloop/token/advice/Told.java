package dev.chainloop.token.advice;

import java.util.Map;
import java.util.Optional;

/**
 * What a message, or the text around it, tells a plan.
 *
 * @param config the config file that the failed command read, where another one was looked at here; hostile
 * @param expired whether the server says that the token has expired
 * @param version the version of its CLI
 * @param project the project that it named, where the message is about one; empty text where the reader knows
 * @param organization the organization that it named
 * @param controlPlane the address that it named; hostile
 * @param requested whether it requested a CI provider's token, as the CLI does where it gets no other
 * @param details what else it tells
 */
public record Told(
        Optional<String> config,
        boolean expired,
        Optional<String> version,
        Optional<String> project,
        Optional<String> organization,
        Optional<String> controlPlane,
        boolean requested,
        Map<Detail, String> details) {
    public static final Told NOTHING = ofServer(false);

    /** What only the server's answer tells. */
    public static Told ofServer(boolean expired) {
        Optional<String> none = Optional.empty();
        return new Told(none, expired, none, none, none, none, false, Map.of());
    }

    /** What a line of the text tells; empty where none does. */
    Optional<String> detail(Detail detail) {
        return Optional.ofNullable(details.get(detail));
    }
}
