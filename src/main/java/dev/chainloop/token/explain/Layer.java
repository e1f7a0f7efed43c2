package dev.chainloop.token.explain;

import dev.chainloop.token.core.Keyword;

/**
 * Where in Chainloop a text arises, which decides whether the token can be its cause. The one that lets a token be the
 * cause most comes first.
 */
public enum Layer implements Keyword {
    /** The server's checks of who sent a request. */
    AUTHENTICATION,
    /** The server's checks of what a token may do. */
    AUTHORIZATION,
    CONNECTION,
    /** The control plane's own rules. */
    CONTROL_PLANE,
    /** Storage, and other services that a server uses. */
    STORAGE,
    /** The form of a request, as a server sees it. */
    REQUEST,
    /** What the CLI does itself: policies, files, and what is around its calls. */
    CLI,
    /** The CLI's own files, such as plugins. */
    CLI_FILES,
    /** A service that is not Chainloop's, such as a registry or a cloud's keys: its refusals are of its own callers. */
    OTHER_SERVICE,
    /** Arguments and options, before the CLI does what was asked. */
    COMMAND_LINE,
    /** No error. */
    PROGRESS;

    /** Whether a token was not the cause of what is said there about what was not looked up. */
    boolean clearsToken() {
        return switch (this) {
            case REQUEST, CLI, CLI_FILES, OTHER_SERVICE, COMMAND_LINE -> true;
            case AUTHENTICATION, AUTHORIZATION, CONNECTION, CONTROL_PLANE, STORAGE, PROGRESS -> false;
        };
    }

    /** Whether the token that was sent had been accepted before. */
    boolean isAfterAcceptance() {
        return this == CONTROL_PLANE || this == STORAGE;
    }

    /** Whether the token is weighed, as after any refusal. */
    boolean isRefusal() {
        return this == AUTHENTICATION || this == AUTHORIZATION;
    }
}
