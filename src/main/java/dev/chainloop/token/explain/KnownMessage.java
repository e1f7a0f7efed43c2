package dev.chainloop.token.explain;

import static dev.chainloop.token.core.Audience.API_TOKEN;
import static dev.chainloop.token.core.Audience.GENERIC;
import static dev.chainloop.token.core.Audience.USER;
import static dev.chainloop.token.diagnosis.Stage.ALGORITHM;
import static dev.chainloop.token.diagnosis.Stage.AUDIENCE;
import static dev.chainloop.token.diagnosis.Stage.EXPIRY;
import static dev.chainloop.token.diagnosis.Stage.FORM;
import static dev.chainloop.token.diagnosis.Stage.IDENTITY;
import static dev.chainloop.token.diagnosis.Stage.PERMISSION;
import static dev.chainloop.token.diagnosis.Stage.PRESENCE;
import static dev.chainloop.token.diagnosis.Stage.RECORD;
import static dev.chainloop.token.diagnosis.Stage.SCOPE;
import static dev.chainloop.token.diagnosis.Stage.SIGNATURE;
import static dev.chainloop.token.diagnosis.Stage.TYPES;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that users of the Chainloop CLI bring about a token, and those that falsely accuse it. A new one is a
 * constant, its texts in {@link #TEXTS}, and an arm of {@link #row}; where its causes depend on more than findings and the
 * kind of token, {@link Weighing} has a method for it. Behind it stands the thread of Chainloop's that has the message, or
 * where Chainloop v1.106.1 has it.
 */
public enum KnownMessage implements Keyword {
    // Authentication: the server does not know whose token it is. The token, or the lack of one, may be the cause.
    ISSUER_NOT_FOUND(FORM, SIGNATURE, EXPIRY, TYPES, ALGORITHM, AUDIENCE), // #2812, #2434, #3226
    TOKEN_EXPIRED(EXPIRY), // #2922, #2892, #2434
    TOKEN_INVALID(FORM), // app/cli/main.go
    SIGNATURE_INVALID(SIGNATURE, TYPES), // #317
    WRONG_ALGORITHM(SIGNATURE, ALGORITHM), // app/controlplane/internal/usercontext/attjwtmiddleware; golang-jwt
    WRONG_TYPE(TYPES), // golang-jwt
    TOKEN_MISSING(PRESENCE), // #967, #2932; the last text of CLIs before v0.181.0, #894
    TOKEN_NOT_HANDED_IN(PRESENCE), // Shells, Docker Compose; GitHub for a called workflow
    NO_ID_TOKEN(PRESENCE), // #1734; pkg/attestation/crafter/runners/oidc/github.go
    GITLAB_DROPPED(SIGNATURE, EXPIRY, AUDIENCE), // pkg/attestation/crafter/runners/oidc/gitlab.go
    NO_PROVIDER(FORM, SIGNATURE, EXPIRY, TYPES, ALGORITHM, AUDIENCE), // #2434
    FEDERATION_UNREACHABLE(
            FORM, SIGNATURE, EXPIRY, TYPES, ALGORITHM,
            AUDIENCE), // app/controlplane/internal/usercontext/attjwtmiddleware
    FEDERATED_IN_POLICY(GENERIC, PERMISSION), // #2860
    LINE_END_IN_TOKEN(FORM), // gRPC for Go, which refuses control characters in a header
    AUTH_TYPE_UNKNOWN(FORM, SIGNATURE, AUDIENCE, IDENTITY), // #2160

    // Authorization: the server knows whose token it is. Its rights, its scope, or whom it is for may be the cause.
    INVALID_AUDIENCE(
            AUDIENCE, IDENTITY), // app/controlplane/internal/usercontext/attjwtmiddleware, pkg/authz/middleware
    API_TOKEN_REVOKED(API_TOKEN, RECORD), // #783, #2734
    CLAIMS_MISSING(AUDIENCE, IDENTITY), // app/controlplane/internal/usercontext
    CLAIMS_OUTDATED(API_TOKEN, RECORD), // #3116; the last text later than v1.106.1
    PEOPLE_ONLY(PERMISSION), // app/controlplane/internal/service/service.go
    USER_NOT_FOUND(USER, RECORD), // #1071
    NOT_ON_THE_ALLOW_LIST(USER, RECORD), // app/controlplane/internal/usercontext/allowlist_middleware.go
    ORGANIZATION_SUSPENDED(RECORD), // app/controlplane/internal/usercontext/suspension_middleware.go
    ORGANIZATION_GONE(RECORD, SCOPE), // app/controlplane/internal/usercontext/apitoken_middleware.go
    NO_MEMBERSHIP(USER, PERMISSION), // #967
    NOT_A_MEMBER(USER, PERMISSION), // #2088; app/cli/cmd/organization_set.go
    NO_CURRENT_ORGANIZATION(API_TOKEN, SCOPE), // app/controlplane/internal/service/service.go
    WRONG_SCOPE(API_TOKEN, SCOPE), // #2143
    OPERATION_NOT_ALLOWED(PERMISSION), // #2219, #2811
    TOKEN_MANAGEMENT(PERMISSION), // app/controlplane/internal/service/apitoken.go
    NAME_TAKEN(PERMISSION), // app/controlplane/pkg/biz/apitoken.go
    RIGHTS(PERMISSION), // app/controlplane/internal/service, pkg/biz
    ROBOT_ACCOUNT(IDENTITY), // #891, #876
    TOKEN_CHANGED(PERMISSION), // #1713
    NOT_FOUND_THERE(SCOPE), // FindByNameInOrg in app/controlplane/pkg/data
    POLICY_PROVIDER(PERMISSION), // app/controlplane/pkg/policies

    // Neither: it seems to be about the token, and is not.
    BOTH_CREDENTIALS(Layer.PROGRESS), // #3215, #897; app/cli/cmd/root.go
    STORE_REFUSES(Layer.STORAGE), // #1533, #1539, #1073
    EMPTY_OPTION(Layer.COMMAND_LINE), // spf13/cobra, spf13/pflag
    UNATTENDED(Layer.CLI); // app/cli/cmd/root.go

    /** In a text, one word that is a name. */
    static final char HOLE = '…';

    /** In a meaning, what a message that names a provider says in its place. */
    static final String PROVIDER = "of its issuer's name";

    /**
     * Each message, followed by its texts, the title first. Each layer, followed by texts that contain a message's text and mean
     * something else. No letter case, quote, hyphen, blank or line end of theirs counts.
     */
    static final Object[] TEXTS = {
        ISSUER_NOT_FOUND,
        "issuer not found",
        "failed to load issuer",
        "no issuers configured",
        "FEDERATED_AUTH_ERROR_UNAUTHORIZED",
        TOKEN_EXPIRED,
        "your authentication token has expired",
        "JWT token has expired",
        TOKEN_INVALID,
        "your authentication token is invalid",
        "Token is invalid",
        "'none' signature type is not allowed",
        SIGNATURE_INVALID,
        "signature is invalid",
        "failed to parse authentication token",
        "Fail to parse JWT token",
        WRONG_ALGORITHM,
        "Wrong signing method",
        "key is of invalid type",
        WRONG_TYPE,
        "invalid type for claim",
        TOKEN_MISSING,
        "JWT token is missing",
        "authentication required",
        "chainloop Token required",
        TOKEN_NOT_HANDED_IN,
        "CHAINLOOP_TOKEN: command not found",
        "CHAINLOOP_TOKEN: not found",
        "CHAINLOOP_TOKEN: unbound variable",
        "CHAINLOOP_TOKEN: parameter not set",
        "\"CHAINLOOP_TOKEN\" variable is not set",
        "Secret CHAINLOOP_TOKEN is required, but not provided while calling",
        "Secret api_token is required, but not provided while calling",
        NO_ID_TOKEN,
        "does your workflow have id-token: write scope?",
        "error retrieving request token",
        "is requesting 'id-token: write', but is only allowed",
        GITLAB_DROPPED,
        "invalid audience: expected \"chainloop\"",
        "failed to connect to OIDC provider",
        NO_PROVIDER,
        "couldn't match JWT provider",
        FEDERATION_UNREACHABLE,
        "couldn't authorize using the provided token",
        FEDERATED_IN_POLICY,
        "federated accounts not allowed",
        "failed to call discover endpoint",
        "failed to call project compliance endpoint",
        LINE_END_IN_TOKEN,
        "PROTOCOL_ERROR",
        "invalid header field value",
        AUTH_TYPE_UNKNOWN,
        "could not determine auth type from token",
        INVALID_AUDIENCE,
        "invalid audience",
        "missing authentication",
        "logged in user nor API token found",
        API_TOKEN_REVOKED,
        "API token revoked",
        "API token not found",
        "error retrieving the API token",
        CLAIMS_MISSING,
        "error mapping the API-token claims",
        "error mapping the user claims",
        "error mapping the claims",
        CLAIMS_OUTDATED,
        "API token project mismatch",
        "API token workflow mismatch",
        "API token scope mismatch",
        "API token organization mismatch",
        "API token could not be verified",
        PEOPLE_ONLY,
        "logged in user",
        USER_NOT_FOUND,
        "user not found",
        NOT_ON_THE_ALLOW_LIST,
        "not in the allowList",
        "ALLOW_LIST_ERROR_NOT_IN_LIST",
        ORGANIZATION_SUSPENDED,
        "organization is suspended",
        ORGANIZATION_GONE,
        "organization not found",
        NO_MEMBERSHIP,
        "you are not part of any organization",
        "has no current organization",
        "USER_WITH_NO_MEMBERSHIP_ERROR_NOT_IN_ORG",
        NOT_A_MEMBER,
        "user is not a member of organization",
        "the organization you are trying to access does not exist",
        "org not found",
        "user membership not found",
        "organization … not found",
        "USER_NOT_MEMBER_OF_ORG_ERROR_NOT_IN_ORG",
        NO_CURRENT_ORGANIZATION,
        "current organization not set",
        WRONG_SCOPE,
        "valid only with the project",
        "valid only with this organization",
        "scoped to a different workflow",
        "API token is workflow-scoped",
        OPERATION_NOT_ALLOWED,
        "operation not allowed",
        TOKEN_MANAGEMENT,
        "org-level API tokens must specify a project",
        "cannot revoke org-level tokens",
        "you can not manage a global API token",
        "project is required",
        NAME_TAKEN,
        "name already taken",
        RIGHTS,
        "your user doesn't have permissions to perform attestations",
        "you do not have permissions to access",
        "you are not allowed to create projects",
        "requester does not have permission to",
        "contract creation is restricted to",
        "only organization admins can",
        "only organization admins or owners",
        "only organization owners can",
        "creation of organizations is restricted to instance admins",
        "not allowed to perform this operation",
        ROBOT_ACCOUNT,
        "robot account revoked",
        "robot account not found",
        "workflow mismatch",
        TOKEN_CHANGED,
        "the attestation state was created with a different token",
        "incorrect passphrase",
        NOT_FOUND_THERE,
        "project … not found",
        "workflow … not found",
        "project not found",
        "workflow not found",
        POLICY_PROVIDER,
        "failed to resolve policy",
        "failed to resolve group",
        BOTH_CREDENTIALS,
        "Both user credentials and $CHAINLOOP_TOKEN set",
        STORE_REFUSES,
        "crypto/ecdsa: verification error",
        EMPTY_OPTION,
        "flag needs an argument: --token",
        "unknown command \"init\" for \"chainloop\"",
        "unknown command \"add\" for \"chainloop\"",
        "unknown command \"push\" for \"chainloop\"",
        UNATTENDED,
        "command canceled by user",
        Layer.PROGRESS,
        "API token revoked!",
        "can't extract info for the auth token",
        Layer.OTHER_SERVICE,
        "UNAUTHORIZED: authentication required",
        Layer.CONNECTION,
        "Proxy Authentication Required",
        Layer.COMMAND_LINE,
        "project is required, set it via",
        Layer.SERVER,
        "finding token: API token not found",
        "workflow run not found"
    };

    private final Layer layer;
    private final @Nullable Audience only;

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<Stage> stages;

    /** The token has no part in it, although it seems so. */
    KnownMessage(Layer layer) {
        this.layer = layer;
        only = null;
        stages = List.of();
    }

    KnownMessage(Stage... stages) {
        this(null, stages);
    }

    KnownMessage(@Nullable Audience only, Stage... stages) {
        // It takes a token that has not expired and has the right signature to get as far as its audience.
        layer = stages[0].compareTo(AUDIENCE) < 0 ? Layer.AUTHENTICATION : Layer.AUTHORIZATION;
        this.only = only;
        this.stages = List.of(stages);
    }

    public String meaning() {
        return row(null).meaning();
    }

    /** The texts by which it is known, the title first. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        boolean own = false;
        for (Object one : TEXTS) {
            if (!(one instanceof String text)) {
                own = equals(one);
            } else if (own) {
                texts.add(text);
            }
        }
        return texts;
    }

    public Layer layer() {
        return layer;
    }

    /** The one kind of token that gets it; {@code null} when others do, too. */
    @Nullable
    Audience only() {
        return only;
    }

    /** Where the server stopped that says a text; nowhere, where it is not about the token. */
    List<Stage> stages(String text) {
        return switch (text) {
            case "signature is invalid", "key is of invalid type" -> List.of(SIGNATURE);
            case "Wrong signing method" -> List.of(ALGORITHM);
            case "invalid audience" -> List.of(AUDIENCE);
            default -> stages;
        };
    }

    /** What would make it right if no finding says more. */
    public Cure cure() {
        return row(null).cure();
    }

    /** Whether other programs have a text of this message, too, so that it counts only in a line of Chainloop's own. */
    boolean isCommon(String text) {
        return switch (this) {
            case GITLAB_DROPPED, LINE_END_IN_TOKEN, CLAIMS_OUTDATED, NOT_FOUND_THERE, UNATTENDED -> true;
            case EMPTY_OPTION -> text.startsWith("flag");
            default -> false;
        };
    }

    /** Whether it says why no token was sent, and so comes before the message that none was. */
    boolean isReason() {
        return this == TOKEN_NOT_HANDED_IN || this == NO_ID_TOKEN || this == GITLAB_DROPPED;
    }

    /** Whether only a CI system's job has a text of this message. */
    boolean isOfJob(String text) {
        return this == NO_ID_TOKEN || this == GITLAB_DROPPED || text.endsWith("while calling");
    }

    /** Whether a name that tells which token was meant follows a text. */
    static boolean isNamed(String text) {
        return text.equals("issuer not found") || text.equals("valid only with the project");
    }

    /**
     * What is known of it.
     *
     * @param kind the kind of token that was sent; {@code null} when that is not known
     */
    Row row(@Nullable Audience kind) {
        return switch (this) {
            case ISSUER_NOT_FOUND ->
                new Row(
                        "The control plane did not accept the token as its own, then looked for a CI provider "
                                + PROVIDER + ", and there is none. The message is about that second try.",
                        Cure.GET_TOKEN);
            case TOKEN_EXPIRED ->
                new Row("By the server's clock the token has expired, or is not valid yet.", Cure.GET_TOKEN);
            case TOKEN_INVALID ->
                new Row(
                        "The server could not read the token: it is no JWT, or its algorithm is none or unknown.",
                        Cure.STORE_WHOLE);
            case SIGNATURE_INVALID ->
                new Row(
                        "The token was not signed with the server's secret. A federated token gets the same answer"
                                + " from every call but those of `chainloop attestation`.",
                        kind == GENERIC
                                ? "Whether the command was one of `chainloop attestation`: only those take a federated"
                                        + " token like this one."
                                : secret(),
                        kind == GENERIC ? Cure.CREATE_API_TOKEN : Cure.CHECK_CONTROL_PLANE);
            case WRONG_ALGORITHM ->
                new Row("The token was signed by another algorithm than HS256, the server's only one.", Cure.GET_TOKEN);
            case WRONG_TYPE -> new Row("A time of the token, exp or nbf, is no number.", Cure.GET_TOKEN);
            case TOKEN_MISSING ->
                new Row(
                        "No token reached the server.",
                        kind == GENERIC
                                ? "Whether the command was one of `chainloop attestation`: only those use a federated"
                                        + " token."
                                : "",
                        Cure.HAND_IN);
            case TOKEN_NOT_HANDED_IN ->
                new Row(
                        "Where the command runs, nothing gives it the token. On GitHub, a workflow that is called gets"
                                + " the secrets of the one that calls it only with `secrets: inherit`.",
                        Cure.HAND_IN);
            case NO_ID_TOKEN ->
                new Row(
                        "The job could not get a federated token from GitHub; the CLI says so only with --debug.",
                        "Whether the job, and the workflow that calls it, may request one (`id-token: write`), or the"
                                + " request failed.",
                        Cure.REQUEST_FEDERATED);
            case GITLAB_DROPPED ->
                new Row(
                        "The CLI dropped the token in $GITLAB_OIDC; it says so only with --debug.",
                        "Whether that token is for the audience chainloop, and whether the job can reach GitLab itself.",
                        Cure.REQUEST_AUDIENCE);
            case NO_PROVIDER ->
                new Row(
                        "All of the control plane's own checks rejected the token, and it does not accept tokens from"
                                + " CI providers.",
                        kind == GENERIC ? "Why the job had no other token: the CLI sent a federated one." : secret(),
                        kind == GENERIC ? Cure.CREATE_API_TOKEN : Cure.CHECK_CONTROL_PLANE);
            case FEDERATION_UNREACHABLE ->
                new Row(
                        "The control plane could not reach the service that checks CI providers' tokens.",
                        "Why its own checks had rejected the token before: it asks that service only then.",
                        Cure.TRY_AGAIN);
            case FEDERATED_IN_POLICY ->
                new Row(
                        "A policy of the attestation asks the platform, which refuses that to a federated token. The"
                                + " attestation needs an API token.",
                        "Which of the attestation's policies it is.",
                        Cure.CREATE_API_TOKEN);
            case LINE_END_IN_TOKEN ->
                new Row(
                        "The token that was sent contains a line end or another control character, which a request"
                                + " header cannot carry. The server never saw it.",
                        "Whether a proxy on the way speaks HTTP/2: one that does not causes the same error.",
                        Cure.STORE_ALONE);
            case AUTH_TYPE_UNKNOWN ->
                new Row(
                        "The CLI itself (v1.12.0 or v1.12.1) cannot tell what kind of token this is. Those two versions"
                                + " do not know federated tokens (Chainloop #2160).",
                        "Which version of the CLI it was.",
                        Cure.UPDATE_CLI);
            case INVALID_AUDIENCE -> new Row("The token was issued for a different purpose.", Cure.GET_TOKEN);
            case API_TOKEN_REVOKED ->
                new Row(
                        "The API token was revoked or deleted on the server, or it comes from a copy of this"
                                + " installation.",
                        "Who revoked it: some organizations have the server revoke tokens that go unused for a long"
                                + " time.",
                        Cure.RECREATE_API_TOKEN);
            case CLAIMS_MISSING -> new Row("The token lacks the claim that says whose it is.", Cure.GET_TOKEN);
            case CLAIMS_OUTDATED ->
                new Row(
                        "The organization, project, workflow or scope in the token is not what the server has on record"
                                + " for it.",
                        "Which of them was created again or moved after this token was created.",
                        Cure.REPLACE_API_TOKEN);
            case PEOPLE_ONLY -> new Row("The command is for people, but an API token was sent.", Cure.WORK_AS_PERSON);
            case USER_NOT_FOUND ->
                new Row(
                        "The account behind the token is gone. A login creates it again.",
                        "Only the server knows its accounts.",
                        Cure.LOG_IN);
            case NOT_ON_THE_ALLOW_LIST ->
                new Row(
                        "The user is not on the control plane's allow-list.",
                        "Only the server knows the allow-list.",
                        Cure.ASK_ADMINISTRATOR);
            case ORGANIZATION_SUSPENDED ->
                new Row(
                        "The token's organization is suspended.",
                        "Only the server knows which organizations are suspended.",
                        Cure.ASK_ADMINISTRATOR);
            case ORGANIZATION_GONE ->
                new Row(
                        "The token's organization was deleted.",
                        "Only the server knows which organizations exist.",
                        Cure.CHOOSE_ORGANIZATION);
            case NO_MEMBERSHIP ->
                new Row(
                        "The user is in no organization.",
                        "Only the server knows memberships.",
                        Cure.JOIN_ORGANIZATION);
            case NOT_A_MEMBER ->
                new Row(
                        "The user is not in the organization that the command, a contract's file or the config file"
                                + " names, or there is no such organization.",
                        "Only the server knows memberships.",
                        Cure.CHOOSE_ORGANIZATION);
            case NO_CURRENT_ORGANIZATION ->
                new Row(
                        "The token is for the whole instance, and the command does not say in which organization to"
                                + " work.",
                        Cure.CHOOSE_ORGANIZATION);
            case WRONG_SCOPE ->
                new Row("The token is for a different organization, project or workflow.", Cure.USE_IN_SCOPE);
            case OPERATION_NOT_ALLOWED ->
                new Row(
                        "The token does not have the permission that this command needs.",
                        kind == API_TOKEN
                                ? "Which rights it has: API tokens have fewer than users, and those of a project fewer"
                                        + " still."
                                : kind == GENERIC
                                        ? "Which command it was: a federated token only works for attestations."
                                        : "Which rights it has: the user's role decides that.",
                        kind == API_TOKEN
                                ? Cure.WIDEN_TOKEN
                                : kind == GENERIC ? Cure.CREATE_API_TOKEN : Cure.ASK_FOR_ROLE);
            case TOKEN_MANAGEMENT ->
                new Row(
                        "This may be done only within a project, and the command names none.",
                        kind == API_TOKEN
                                ? "Whether a token of the whole organization was meant: an API token may manage only"
                                        + " those of projects."
                                : "Which role the user has: this one allows it only for single projects.",
                        Cure.NAME_PROJECT);
            case NAME_TAKEN ->
                new Row(
                        "There already is an API token with this name. One that has expired keeps its name until it is"
                                + " revoked.",
                        "Which token has the name.",
                        Cure.LIST_TOKENS);
            case RIGHTS ->
                new Row(
                        "The user's role in the organization or the project does not allow this; viewers, for one,"
                                + " cannot run attestations. An API token has no role.",
                        "Only the server knows roles.",
                        kind == API_TOKEN ? Cure.WORK_AS_PERSON : Cure.ASK_FOR_ROLE);
            case ROBOT_ACCOUNT ->
                new Row(
                        "The token belongs to a robot account. Chainloop has replaced those with API tokens.",
                        "Whether this robot account was revoked or deleted, or is for another workflow.",
                        Cure.CREATE_API_TOKEN);
            case TOKEN_CHANGED ->
                new Row(
                        "With --remote-state, the state of an attestation is encrypted with the token that began it. A"
                                + " different one was used later.",
                        kind == USER
                                ? "Whether a login in between made a new token."
                                : "Which token `attestation init` used.",
                        Cure.KEEP_ONE_TOKEN);
            case NOT_FOUND_THERE ->
                new Row(
                        "The control plane looked for it where the token works, and found none.",
                        kind == API_TOKEN
                                ? "Whether it is in another organization or project than this token's, or its name is"
                                        + " spelled differently."
                                : "Whether it is in another organization, or its name is spelled differently.",
                        kind == API_TOKEN ? Cure.USE_IN_SCOPE : Cure.CHOOSE_ORGANIZATION);
            case POLICY_PROVIDER ->
                new Row(
                        "A policy provider, which is not the control plane, answered 401 or 403.",
                        "Whether it refused the control plane's own credentials, or the token.",
                        Cure.ASK_ADMINISTRATOR);
            case BOTH_CREDENTIALS ->
                new Row(
                        "There are both a login and $CHAINLOOP_TOKEN, and the CLI says which of them it ignores.",
                        Cure.CHOOSE_TOKEN);
            case STORE_REFUSES ->
                new Row(
                        "The artifact store refused the token that the control plane makes for each transfer, which ends"
                                + " after 30 seconds (Chainloop #1533).",
                        Cure.TRY_AGAIN);
            case EMPTY_OPTION ->
                new Row(
                        "An empty variable behind `--token` makes the CLI take the next word for the token. Without the"
                                + " option, it reads $CHAINLOOP_TOKEN by itself.",
                        Cure.LEAVE_OUT_OPTION);
            case UNATTENDED ->
                new Row(
                        "The CLI asked whether to use a person's login for an attestation, and nobody was there to"
                                + " answer.",
                        kind == API_TOKEN ? Cure.LOOK_THERE : Cure.CREATE_API_TOKEN);
        };
    }

    /** What only the key tells. */
    static String secret() {
        return "Whether it was signed with the server's secret, or with another one: another installation's, or one that"
                + " has changed since.";
    }
}
