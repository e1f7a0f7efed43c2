package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** How bad a finding is. */
public enum Severity implements Keyword {
    /** Chainloop refuses the token, or cannot use it. */
    ERROR,
    /** It will cause trouble, or already causes it elsewhere. */
    WARNING,
    /** Worth knowing. */
    INFO
}
