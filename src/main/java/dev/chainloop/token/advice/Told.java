package dev.chainloop.token.advice;

import java.util.Map;
import java.util.Optional;

/**
 * What a message, or the text around it, tells a plan.
 *
 * @param config the config file that the failed command read, where another one was looked at here; hostile
 * @param expired whether the server says that the token has expired
 * @param project the project that it named, where the message is about one; empty text where the reader knows
 * @param requested whether it requested a CI provider's token, as the CLI does where it gets no other
 * @param details what else it tells
 */
public record Told(
        Optional<String> config,
        boolean expired,
        Optional<String> project,
        boolean requested,
        Map<Detail, String> details) {
    public static final Told NOTHING = ofServer(false);

    /** What only the server's answer tells. */
    public static Told ofServer(boolean expired) {
        return new Told(Optional.empty(), expired, Optional.empty(), false, Map.of());
    }

    /** The version of the CLI. */
    public Optional<String> version() {
        return detail(Detail.VERSION);
    }

    /** The organization that the command named. */
    public Optional<String> organization() {
        return detail(Detail.NAMED_ORGANIZATION).or(() -> detail(Detail.ORGANIZATION));
    }

    /** The address that the command named; hostile. */
    public Optional<String> controlPlane() {
        return detail(Detail.NAMED_CONTROL_PLANE).or(() -> detail(Detail.CONTROL_PLANE));
    }

    /** What a line of the text tells; empty where none does. */
    Optional<String> detail(Detail detail) {
        return Optional.ofNullable(details.get(detail));
    }
}
