package dev.chainloop.token.cli;

import java.util.List;
import java.util.Optional;

/** Commands of the Chainloop CLI and of similar tools that people try here, and what to use instead. */
enum ForeignWord {
    SHOW(
            "is not a command here; the token is shown without a command, or with `inspect`",
            "status",
            "whoami",
            "decode",
            "show",
            "print",
            "parse",
            "view",
            "dump",
            "info",
            "describe",
            "read",
            "get",
            "token",
            "jwt"),
    TEST(
            "is not a command here; `check` tells whether the token meets your requirements",
            "validate",
            "test",
            "lint",
            "assert",
            "doctor"),
    WHERE(
            "is not a command here; `sources` shows every place a token can come from",
            "list",
            "ls",
            "config",
            "find",
            "env"),
    ASK("is not a command here; `ask` asks the control plane itself", "ping", "introspect", "online"),
    LOGIN(
            "is not a command here; `chainloop auth login` of the Chainloop CLI logs in",
            "login",
            "auth",
            "signin",
            "refresh",
            "renew"),
    LOGOUT("is not a command here; `chainloop auth logout` of the Chainloop CLI logs out", "logout", "signout"),
    MANAGE(
            "is not a command here; `chainloop organization api-token` of the Chainloop CLI makes and revokes tokens",
            "create",
            "revoke",
            "delete",
            "encode",
            "sign",
            "organization",
            "org");

    private final String message;

    @SuppressWarnings("ImmutableEnumChecker") // It is made by List.of.
    private final List<String> words;

    ForeignWord(String message, String... words) {
        this.message = message;
        this.words = List.of(words);
    }

    /** The row of an argument, if it is such a word. */
    static Optional<ForeignWord> of(String argument) {
        for (ForeignWord row : values()) {
            if (row.words.contains(argument)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** The error message; it does not repeat the word. */
    String message() {
        return "this word " + message;
    }
}
