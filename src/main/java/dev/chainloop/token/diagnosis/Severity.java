package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** How bad a finding is. */
public enum Severity implements Keyword {
    /** Chainloop refuses the token, or cannot use it. */
    ERROR("error"),
    /** It will cause trouble, or already does elsewhere. */
    WARNING("warning"),
    /** Worth knowing. */
    INFO("info");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
