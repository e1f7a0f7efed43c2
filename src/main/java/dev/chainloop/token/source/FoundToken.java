package dev.chainloop.token.source;

import java.util.List;

/** A token's text with its origin. The text is a secret: it does not print itself. */
public final class FoundToken {
    private final Origin origin;
    private final Cleaned cleaned;

    FoundToken(Origin origin, Cleaned cleaned) {
        this.origin = origin;
        this.cleaned = cleaned;
    }

    /** Where it was found. */
    public Origin origin() {
        return origin;
    }

    /** The token itself, after cleaning. Never to be printed, logged or put into an exception. */
    public String secret() {
        return cleaned.text();
    }

    /** What was taken off the text besides one line end at its end; the CLI would have sent it along. */
    public List<String> removed() {
        return cleaned.removed();
    }

    @Override
    public String toString() {
        return "FoundToken[" + origin + ", <redacted>]";
    }
}
