package dev.chainloop.token.controlplane;

import java.time.Instant;
import java.util.Optional;

/**
 * The server's answer to one question: hostile text, but without anything that could be a piece of the token.
 *
 * @param code the gRPC status code
 * @param message the status message, of a bounded length
 * @param reason the reason in the status's details ({@code google.rpc.ErrorInfo}), as in
 *     {@code ALLOW_LIST_ERROR_NOT_IN_LIST}
 * @param date the server's clock, where a proxy or the server tells it
 */
public record Reply(Question question, int code, String message, Optional<String> reason, Optional<Instant> date) {
    public static final int OK = 0;
    public static final int INVALID_ARGUMENT = 3;
    public static final int PERMISSION_DENIED = 7;
    public static final int UNIMPLEMENTED = 12;
    public static final int UNAUTHENTICATED = 16;

    /** The same, in this tool's own words. */
    public Reply inWords(String words) {
        return new Reply(question, code, words, reason, date);
    }

    /**
     * Whether the token was accepted. An empty request for a contract lacks the workflow's name, which the server
     * notices only after accepting the token.
     */
    public boolean accepts() {
        return code == OK || (question == Question.GET_CONTRACT && code == INVALID_ARGUMENT);
    }
}
