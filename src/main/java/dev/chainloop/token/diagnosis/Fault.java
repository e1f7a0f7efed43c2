package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** Why there is no answer about a token; scripts may rely on the words. */
public enum Fault implements Keyword {
    KEY_UNREADABLE,

    // What keeps the control plane from being asked, or its answer from being seen.
    /** What it answered. */
    ASK,
    NOT_ASKED,
    NO_FOLDER,
    NO_CLI,
    UNREACHABLE,
    LOGIN_ASKED,
    ANSWER_UNKNOWN
}
