package dev.chainloop.token.diagnosis;

import java.util.List;
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
        return message.naming() == KnownMessage.Naming.WORD
                ? message.texts().get(0) + ": " + name.get()
                : text + " \"" + name.get() + "\"";
    }

    /**
     * Finds the known messages in a text, each once: first the one that ended the command.
     *
     * @param text a log or a line of it, or a part of a message; how it was pasted does not matter
     */
    public static List<MessageMatch> findAll(String text) {
        return MessageFinder.find(PastedText.plain(text));
    }

    /** Whether a text has a token in it. */
    public static boolean hasToken(String text) {
        return Misfit.hasJwt(text);
    }

    /** The known texts most similar to a text that contains none, the most similar first; a few, or none. */
    public static List<String> nearest(String text) {
        return MessageFinder.nearest(PastedText.plain(text));
    }
}
