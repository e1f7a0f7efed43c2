package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.SourceReading;
import java.util.Optional;

/**
 * What would make a state right. Scripts may rely on the words. They stand in the order of their weight, because a plan is
 * that of the first: what keeps a source from being read, a missing value, a CI provider's token, a new token, the
 * value of the token at hand (nobody mends a dead one), which token, the server, and last the asides. {@code Planner} in
 * the package {@code advice} has the steps of each.
 */
public enum Cure implements Keyword {
    // What keeps a source from being read.
    WAIT_FOR_WRITER,
    MEND_CONFIG,
    OWN_CONFIG,
    MEND_SOURCE,
    READ_OTHER_CONFIG,

    // No value.
    HAND_IN,
    FILL_STDIN,

    // A CI provider's token.
    REQUEST_AUDIENCE,
    REQUEST_FEDERATED,
    ALLOW_FEDERATED,

    // A new token.
    GET_TOKEN,
    LOG_IN,
    REPLACE_API_TOKEN,
    RECREATE_API_TOKEN,
    CREATE_API_TOKEN,
    WORK_AS_PERSON,

    // The value.
    EXPAND,
    READ_FILE,
    ESCAPE_DOLLAR,
    STORE_ALONE,
    STORE_WHOLE,
    STORE_OWN,

    // Which token, and for what.
    SET_VARIABLE,
    LEAVE_OUT_OPTION,
    CHOOSE_ORGANIZATION,
    USE_IN_SCOPE,
    USE_OWN_PROJECT,
    WIDEN_SCOPE,
    NAME_PROJECT,
    START_ATTESTATION,
    KEEP_ONE_TOKEN,
    LIST_TOKENS,

    // The control plane, and who runs it.
    CHECK_CONTROL_PLANE,
    GIVE_OTHER_KEY,
    ENROLL,
    UPDATE_CLI,
    ASK_FOR_ROLE,
    JOIN_ORGANIZATION,
    ASK_ADMINISTRATOR,
    TRY_AGAIN,

    // Where nothing certain is known.
    LOOK_THERE,
    ASK_SERVER,
    GIVE_LINE,

    // Beside any other.
    SET_CLOCK,
    CLOSE_CONFIG;

    /** How a token is replaced, by the kind that its audience names. */
    public static Cure renewal(Optional<Audience> kind) {
        if (kind.isEmpty()) {
            return GET_TOKEN;
        }
        return switch (kind.get()) {
            case API_TOKEN -> REPLACE_API_TOKEN;
            case USER -> LOG_IN;
            case GENERIC -> REQUEST_FEDERATED;
        };
    }

    public static Cure of(SourceReading.Obstacle obstacle) {
        return switch (obstacle) {
            case BROKEN -> MEND_CONFIG;
            case FOREIGN -> OWN_CONFIG;
            case UNUSABLE -> MEND_SOURCE;
        };
    }

    /** Whether it is about the token in use: its kind, its value, or a new one. */
    public boolean isOfToken() {
        return compareTo(REQUEST_AUDIENCE) >= 0 && compareTo(STORE_OWN) <= 0;
    }

    /** Whether it gets a new token; one token serves all such cures. */
    public boolean getsToken() {
        return compareTo(GET_TOKEN) >= 0 && compareTo(CREATE_API_TOKEN) <= 0;
    }

    /** Whether it is about a missing value. */
    public boolean isOfNoValue() {
        return this == HAND_IN || this == EXPAND;
    }

    /** Whether it concerns neither the token nor the server, and so stands beside another. */
    public boolean isAside() {
        return compareTo(SET_CLOCK) >= 0;
    }
}
