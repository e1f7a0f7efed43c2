package dev.chainloop.token.explain;

import java.util.Optional;

/**
 * A known message found in a text.
 *
 * @param message which one
 * @param text the part that identified it
 * @param name what the message names, such as an issuer or a project; hostile
 */
public record MessageMatch(KnownMessage message, String text, Optional<String> name) {
    /** The message in short, as a user would search for it; hostile where it ends in a name. */
    public String title() {
        if (name.isEmpty()) {
            return text;
        }
        return message.row().naming == Row.Naming.WORD
                ? message.texts().get(0) + ": " + name.get()
                : text + " \"" + name.get() + "\"";
    }
}
