package dev.chainloop.token.diagnosis;

import java.util.List;

/** Searches a text of any length for known messages, part by part. */
public final class MessageSearch {
    private final MessageFinder finder = new MessageFinder();
    private String beginning = "";
    private boolean hasToken;

    /** A search of a text that is still empty. */
    public MessageSearch() {}

    /**
     * Adds the next part of the text.
     *
     * @param part a message, a part of one, or lines of a log; how it was pasted does not matter
     */
    public void add(String part) {
        String plain = PastedText.plain(part);
        beginning = beginning.isEmpty() ? plain : beginning;
        hasToken = hasToken || Misfit.hasJwt(part);
        finder.add(plain);
    }

    /** The known messages, each once: first the one that ended the command. */
    public List<MessageMatch> matches() {
        return finder.matches();
    }

    /** The known texts most similar to a text that contains none, the most similar first; a few, or none. */
    public List<String> nearest() {
        return MessageFinder.nearest(beginning);
    }

    /** Whether there is a token in the text. */
    public boolean hasToken() {
        return hasToken;
    }

    /** Whether there is nothing in the text but blanks. */
    public boolean isBlank() {
        return beginning.isBlank();
    }
}
