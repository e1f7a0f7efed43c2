package dev.chainloop.token.diagnosis;

/** How bad a finding is. */
public enum Severity {
    /** Chainloop refuses the token, or cannot use it. */
    ERROR("error"),
    /** Something will bite, or already does elsewhere. */
    WARNING("warning"),
    /** Worth knowing. */
    INFO("info");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The word for it in the output. */
    public String word() {
        return word;
    }
}
