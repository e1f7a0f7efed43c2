package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.Extraction;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.PathValue;
import java.util.Optional;

/**
 * What would make a state right. Scripts may rely on the words. They stand in the order of their steps in a plan; what one
 * makes superfluous is a matter of its group. The package {@code advice} has the steps of each.
 */
public enum Cure implements Keyword {
    // The place where the token is looked for.
    SET_HOME(Group.SOURCE),
    LIST_SOURCES(Group.SOURCE),
    /** What should have printed the token. */
    RUN_PRODUCER(Group.SOURCE),
    WAIT_FOR_WRITER(Group.SOURCE),
    OWN_CONFIG(Group.SOURCE),
    MEND_CONFIG(Group.SOURCE),
    MEND_SOURCE(Group.SOURCE),
    READ_OTHER_CONFIG(Group.SOURCE),
    MOVE_TO_AUTH(Group.SOURCE),

    // The value.
    UNSET_BLANK(Group.WHOLE_VALUE),
    HAND_IN(Group.WHOLE_VALUE),
    HAND_ON_TOKEN(Group.WHOLE_VALUE),
    /** In a workflow that calls another. */
    PASS_TO_CALLED(Group.WHOLE_VALUE),
    UPDATE_OR_HAND_IN(Group.WHOLE_VALUE),
    STORE_BARE(Group.VALUE),
    STORE_ALONE(Group.VALUE),
    RECODE(Group.VALUE),
    DECODE(Group.VALUE),
    DECODE_PART(Group.VALUE),
    KEEP_ONE(Group.VALUE),
    EXPAND(Group.VALUE),
    READ_FILE(Group.VALUE),
    TAKE_OUT(Group.VALUE),
    GIVE_AS_KEY(Group.VALUE),
    RESOLVE(Group.WHOLE_VALUE),
    FIND_FILE(Group.WHOLE_VALUE),
    STORE_OWN(Group.WHOLE_VALUE),
    STORE_WHOLE(Group.WHOLE_VALUE),
    USE_ORIGINAL(Group.VALUE),
    SEND_NO_LINE_END(Group.VALUE),

    // Which token, and how to get one.
    REQUEST_AUDIENCE(Group.REQUEST),
    REQUEST_FEDERATED(Group.FEDERATED),
    ALLOW_FEDERATED(Group.REQUEST),
    USE_LOGIN(Group.TOKEN),
    GET_TOKEN(Group.TOKEN),
    LOG_IN(Group.TOKEN),
    REPLACE_API_TOKEN(Group.TOKEN),
    RECREATE_API_TOKEN(Group.TOKEN),
    CREATE_API_TOKEN(Group.TOKEN),
    WIDEN_TOKEN(Group.AROUND),
    WORK_AS_PERSON(Group.AROUND),
    LEAVE_OUT_OPTION(Group.AROUND),
    REVOKE_LEAKED(Group.AROUND),
    TRACE_ISSUER(Group.CHOICE),
    CHOOSE_TOKEN(Group.CHOICE),
    SET_VARIABLE(Group.CHOICE),
    MOVE_TO_VARIABLE(Group.CHOICE),

    // What is around it.
    SET_CLOCK(Group.ASIDE),
    SET_CLOCK_THERE(Group.SERVER),
    CHOOSE_ORGANIZATION(Group.AROUND),
    SEND_VARIABLE(Group.AROUND),
    NAME_ORGANIZATION(Group.AROUND),
    USE_OWN_ORGANIZATION(Group.AROUND),
    NAME_PROJECT(Group.AROUND),
    USE_IN_SCOPE(Group.AROUND),
    CREATE_PROJECT(Group.AROUND),
    CLOSE_CONFIG(Group.ASIDE),
    GIVE_OTHER_KEY(Group.AROUND),
    LENGTHEN_SECRET(Group.AROUND),

    // The control plane, and who runs it.
    CHECK_CONTROL_PLANE(Group.SERVER),
    TRUST_AUTHORITY(Group.SERVER),
    RENEW_CERTIFICATE(Group.SERVER),
    MATCH_VERSIONS(Group.SERVER),
    SPEAK_PLAINLY(Group.SERVER),
    SPEAK_TLS(Group.SERVER),
    RESOLVE_NAME(Group.SERVER),
    CHECK_ADDRESS(Group.SERVER),
    NAME_STORE(Group.SERVER),
    REACH_SERVER(Group.SERVER),
    ALLOW_CONNECTION(Group.SERVER),
    PASS_PROXY(Group.SERVER),
    OPEN_PROXY(Group.SERVER),
    PASS_HTTP2(Group.SERVER),
    REACH_GITLAB(Group.SERVER),
    TRUST_GITLAB(Group.SERVER),
    REACH_GITHUB(Group.SERVER),
    ENROLL(Group.FEDERATED),
    KEEP_ONE_TOKEN(Group.SERVER),
    FREE_NAME(Group.SERVER),
    LIST_TOKENS(Group.SERVER),
    CORRECT_ARGUMENT(Group.SERVER),
    NAME_WORKFLOW(Group.SERVER),
    PREPARE_ATTESTATION(Group.SERVER),
    BEGIN_ATTESTATION(Group.SERVER),
    HAND_ON_STATE(Group.SERVER),
    SIGN_WITH_KEY(Group.SERVER),
    GIVE_SIGNING_KEY(Group.SERVER),
    GIVE_SIGNING_PASSWORD(Group.SERVER),
    SEPARATE_ATTESTATIONS(Group.SERVER),
    CREATE_WORKFLOW(Group.SERVER),
    MEND_BACKEND(Group.SERVER),
    LOG_IN_ANEW(Group.SERVER),
    LOG_IN_WITHOUT_BROWSER(Group.SERVER),
    LEAVE_OUT_LOGIN(Group.SERVER),
    RENEW_ACCOUNT(Group.SERVER),
    UPDATE_CLI(Group.SERVER),
    INSTALL_CLI(Group.SERVER),
    GIVE_RESOURCES(Group.SERVER),
    RUN_LONGER(Group.SERVER),
    ASK_ADMINISTRATOR(Group.SERVER),
    ASK_FOR_ROLE(Group.SERVER),
    ASK_FOR_RIGHTS(Group.SERVER),
    JOIN_ORGANIZATION(Group.SERVER),
    TRY_AGAIN(Group.SERVER),
    LOG_IN_TO_REGISTRY(Group.SERVER),
    CHECK_POLICY(Group.SERVER),
    ALLOW_HOST(Group.SERVER),
    MEND_POLICY(Group.SERVER),
    CHECK_SUBJECT(Group.SERVER),
    BEGIN_AGAIN(Group.SERVER),
    GO_ON(Group.SERVER),

    // Where nothing certain is known.
    FIND_OPTION(Group.UNCERTAIN),
    FIND_TOKEN(Group.UNCERTAIN),
    EXPLAIN_WITH_CONFIG(Group.UNCERTAIN),
    LOOK_THERE(Group.UNCERTAIN),
    ASK_SERVER(Group.UNCERTAIN);

    /** What a cure is about, which says what it makes superfluous; the groups are weighed in their order. */
    public enum Group {
        /** It lets a source be read; until then, the rest cannot be seen. */
        SOURCE,
        /** It puts in a whole value, and says where that comes from; the one that is there needs no mending. */
        WHOLE_VALUE,
        /** It has a CI provider's token made that will do. */
        REQUEST,
        /** It gets a token; one serves all such cures, and the value that it replaces needs no mending. */
        TOKEN,
        /** It mends a value. */
        VALUE,
        /** It says which token is meant. */
        CHOICE,
        /** It is about a CI provider's token. */
        FEDERATED,
        AROUND,
        /** It concerns neither the token nor the server. */
        ASIDE,
        SERVER,
        UNCERTAIN;

        public boolean supersedes(Group other) {
            return switch (this) {
                case SOURCE -> other != SOURCE && other != ASIDE;
                case WHOLE_VALUE -> other == TOKEN || other == VALUE;
                case REQUEST -> other == TOKEN || other == FEDERATED;
                case TOKEN -> other == VALUE || other == CHOICE;
                case VALUE, CHOICE, FEDERATED, AROUND, ASIDE, SERVER, UNCERTAIN -> false;
            };
        }
    }

    private final Group group;

    Cure(Group group) {
        this.group = group;
    }

    public Group group() {
        return group;
    }

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

    /** How a value that is a path is put right. */
    static Cure of(PathValue path) {
        return switch (path) {
            case FOLDER, MISSING -> FIND_FILE;
            case SPECIAL -> READ_FILE;
            case UNREADABLE -> MEND_SOURCE;
            case LARGE, EMPTY, WITHOUT_TOKEN -> STORE_WHOLE;
            case WITH_SEVERAL -> KEEP_ONE;
        };
    }

    /** How a token is taken out of what it stands in. */
    static Cure of(Extraction way) {
        return switch (way) {
            case READ, READ_ALONE -> READ_FILE;
            case ALONE -> STORE_ALONE;
            case BARE -> STORE_BARE;
            case RECODE -> RECODE;
            case DECODE, DECODE_TWICE -> DECODE;
            case DECODE_PART -> DECODE_PART;
            case ONCE, HALF, NONE -> TAKE_OUT;
        };
    }

    /** Whether it puts the same token where it belongs. */
    public boolean storesAgain() {
        return group == Group.VALUE || this == STORE_WHOLE;
    }

    /** Whether it changes a token, or which one is used. */
    public boolean changesToken() {
        return switch (group) {
            case WHOLE_VALUE, REQUEST, TOKEN, VALUE, CHOICE -> true;
            case SOURCE, FEDERATED, AROUND, ASIDE, SERVER, UNCERTAIN ->
                this == WIDEN_TOKEN
                        || this == WORK_AS_PERSON
                        || this == LOG_IN_ANEW
                        || this == LOG_IN_WITHOUT_BROWSER
                        || this == LEAVE_OUT_LOGIN
                        || this == RENEW_ACCOUNT;
        };
    }

    /** Whether it gets a new token; one token serves all such cures. */
    public boolean getsToken() {
        return group == Group.TOKEN;
    }
}
