package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** How asking the control plane went. */
public enum Outcome implements Keyword {
    /** It takes the token. */
    ACCEPTED("accepted"),
    /** It does not. */
    REFUSED("refused"),
    /** It could not be asked, or could not judge the token. */
    UNREACHABLE("unreachable"),
    /** Nothing was sent: there is no token, or none that can be sent. */
    NOT_ASKED("not-asked");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
