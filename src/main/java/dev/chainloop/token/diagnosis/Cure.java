package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.Look;
import java.util.Optional;

/**
 * What would make a state right. Scripts may rely on the words. They stand in the order in which cures are weighed: first
 * what keeps a source from being read, then the value in it, then the token, and last what the server knows. The package
 * {@code advice} has the steps of each.
 */
public enum Cure implements Keyword {
    // The place where the token is looked for.
    SET_HOME,
    LIST_SOURCES,
    WAIT_FOR_WRITER,
    OWN_CONFIG,
    MEND_CONFIG,
    MEND_SOURCE,
    READ_OTHER_CONFIG,

    // The value.
    UNSET_BLANK,
    HAND_IN,
    STORE_BARE,
    STORE_ALONE,
    RECODE,
    DECODE,
    DECODE_PART,
    KEEP_ONE,
    EXPAND,
    READ_FILE,
    GIVE_AS_KEY,
    STORE_WHOLE,
    SEND_NO_LINE_END,

    // Which token, and how to get one.
    REQUEST_AUDIENCE,
    REQUEST_FEDERATED,
    ALLOW_FEDERATED,
    GET_TOKEN,
    LOG_IN,
    REPLACE_API_TOKEN,
    RECREATE_API_TOKEN,
    CREATE_API_TOKEN,
    WIDEN_TOKEN,
    WORK_AS_PERSON,
    REVOKE_LEAKED,
    TRACE_ISSUER,
    CHOOSE_TOKEN,
    SET_VARIABLE,
    MOVE_TO_VARIABLE,

    // What is around it.
    SET_CLOCK,
    CHOOSE_ORGANIZATION,
    NAME_ORGANIZATION,
    USE_OWN_ORGANIZATION,
    NAME_PROJECT,
    USE_IN_SCOPE,
    CLOSE_CONFIG,
    GIVE_OTHER_KEY,
    LENGTHEN_SECRET,

    // The control plane, and who runs it.
    CHECK_CONTROL_PLANE,
    TRUST_AUTHORITY,
    RENEW_CERTIFICATE,
    CHECK_ADDRESS,
    REACH_GITLAB,
    ENROLL,
    KEEP_ONE_TOKEN,
    FREE_NAME,
    LIST_TOKENS,
    CORRECT_ARGUMENT,
    BEGIN_ATTESTATION,
    CREATE_WORKFLOW,
    MEND_BACKEND,
    LOG_IN_ANEW,
    RENEW_ACCOUNT,
    UPDATE_CLI,
    ASK_ADMINISTRATOR,
    ASK_FOR_ROLE,
    JOIN_ORGANIZATION,
    TRY_AGAIN,
    LOG_IN_TO_REGISTRY,
    CHECK_POLICY,

    // Where nothing certain is known.
    LOOK_THERE,
    ASK_SERVER;

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

    public static Cure of(Look.Obstacle obstacle) {
        return switch (obstacle) {
            case BROKEN -> MEND_CONFIG;
            case FOREIGN -> OWN_CONFIG;
            case BUSY -> WAIT_FOR_WRITER;
            case UNUSABLE -> MEND_SOURCE;
        };
    }

    /** Whether it gets a new token; one token serves all such cures. */
    public boolean getsToken() {
        return compareTo(GET_TOKEN) >= 0 && compareTo(CREATE_API_TOKEN) <= 0;
    }
}
