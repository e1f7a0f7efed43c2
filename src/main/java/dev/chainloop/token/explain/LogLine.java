package dev.chainloop.token.explain;

import dev.chainloop.token.explain.Testimony.Age;
import dev.chainloop.token.explain.Testimony.Sent;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the CLI's log that say which token was sent, or by which CLI. They stand in its {@code app/cli/cmd/root.go},
 * and none of them is an error.
 */
enum LogLine {
    /** Not printed by attestation commands. */
    TOKEN_GIVEN("API token provided to the command line", Sent.OPTION, Age.UNKNOWN),
    LOGIN_IGNORED("Ignoring user credentials", Sent.VARIABLE, Age.CURRENT),
    VARIABLE_IGNORED("Ignoring $CHAINLOOP_TOKEN", Sent.LOGIN, Age.OLD),
    /** Since v1.65.0: the CLI asks before it uses a login for an attestation. */
    LOGIN_ATTENDED("User-attended mode detected", Sent.LOGIN, Age.UNKNOWN),
    /** Since v1.81.0, with --debug. */
    TOKEN_REQUESTED("using federated auth token", Sent.REQUESTED, Age.UNKNOWN),
    /** With --debug, on every run and before any token is chosen: it says nothing of the token. */
    CONFIG_READ("using config file path=", null, Age.UNKNOWN);

    final String text;

    /** Which token it says was sent; {@code null} for none. */
    final @Nullable Sent sent;

    /** What it says of the CLI's age. */
    final Age age;

    LogLine(String text, @Nullable Sent sent, Age age) {
        this.text = text;
        this.sent = sent;
        this.age = age;
    }
}
