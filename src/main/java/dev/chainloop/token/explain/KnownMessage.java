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
import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;

/**
 * The messages about a token that users of the Chainloop CLI meet, and those that falsely accuse it: where the server stopped,
 * what the message means, what cannot be seen here, what helps, and its texts, the title first. Letter case, quotes,
 * hyphens, white space and line breaks of a text do not matter. A comment names the Chainloop thread that has the message, or the code
 * of Chainloop v1.106.1. If its causes depend on more than findings and the kind of token, {@link Causes} has a method.
 */
public enum KnownMessage implements Keyword {
    // Authentication: the server does not know whose token it is. The token, or the lack of one, may be the cause.
    ISSUER_NOT_FOUND( // #2812, #2434, #3226
            Stage.HANDED_ON,
            "The control plane did not accept the token as its own, then looked for a CI provider "
                    + KnownMessage.PROVIDER + " and found none.",
            KnownMessage.SECRET,
            Cure.CHECK_CONTROL_PLANE,
            "issuer not found",
            "failed to load issuer",
            "no issuers configured"),
    TOKEN_EXPIRED( // #2922, #2892, #2434
            List.of(EXPIRY),
            "By the server's clock, the token has expired or is not valid yet.",
            Cure.GET_TOKEN,
            "your authentication token has expired",
            "JWT token has expired"),
    TOKEN_INVALID( // app/cli/main.go
            List.of(FORM),
            "The server could not read the token: it is not a JWT, or its algorithm is none or unknown.",
            Cure.STORE_WHOLE,
            "your authentication token is invalid",
            "Token is invalid",
            "'none' signature type is not allowed"),
    SIGNATURE_INVALID( // #317
            List.of(SIGNATURE, TYPES),
            "It was not signed with the server's secret, or exp or nbf is not a number.",
            KnownMessage.SIGNED,
            Cure.CHECK_CONTROL_PLANE,
            "signature is invalid",
            "failed to parse authentication token",
            "Fail to parse JWT token"),
    WRONG_ALGORITHM( // app/controlplane/internal/usercontext/attjwtmiddleware; golang-jwt
            List.of(SIGNATURE, ALGORITHM),
            "The token's signing algorithm is not HS256, the only one the server accepts.",
            Cure.GET_TOKEN,
            "Wrong signing method",
            "key is of invalid type"),
    WRONG_TYPE( // golang-jwt
            List.of(TYPES), "The token's exp or nbf is not a number.", Cure.GET_TOKEN, "invalid type for claim"),
    TOKEN_MISSING( // #967, #2932; the last text of CLIs before v0.181.0, #894
            List.of(PRESENCE),
            "No token reached the server.",
            Cure.HAND_IN,
            "JWT token is missing",
            "authentication required",
            "chainloop Token required"),
    TOKEN_NOT_HANDED_IN( // Shells, Docker Compose; GitHub for a called workflow
            List.of(PRESENCE),
            "The command was not given the token where it ran. On GitHub, a called workflow gets only the secrets"
                    + " that its caller passes on (`secrets:`).",
            Cure.HAND_IN,
            "CHAINLOOP_TOKEN: command not found",
            "CHAINLOOP_TOKEN: not found",
            "CHAINLOOP_TOKEN: unbound variable",
            "CHAINLOOP_TOKEN: parameter not set",
            "\"CHAINLOOP_TOKEN\" variable is not set",
            "Secret CHAINLOOP_TOKEN is required, but not provided while calling",
            "Secret api_token is required, but not provided while calling"),
    NO_ID_TOKEN( // #1734; pkg/attestation/crafter/runners/oidc/github.go
            List.of(PRESENCE),
            "The job could not get a federated token from GitHub; the CLI says so only with --debug.",
            "Whether the job, and the workflow that calls it, may request a federated token (`id-token: write`); if so,"
                    + " whether the request failed.",
            Cure.REQUEST_FEDERATED,
            "does your workflow have id-token: write scope?",
            "error retrieving request token",
            "is requesting 'id-token: write', but is only allowed"),
    GITLAB_DROPPED( // pkg/attestation/crafter/runners/oidc/gitlab.go
            List.of(SIGNATURE, EXPIRY, AUDIENCE),
            "The CLI dropped the token in $GITLAB_OIDC; it says so only with --debug.",
            "Whether the token in $GITLAB_OIDC is for the audience chainloop, and whether the job can reach the GitLab server.",
            Cure.REQUEST_AUDIENCE,
            "invalid audience: expected \"chainloop\"",
            "failed to connect to OIDC provider"),
    NO_PROVIDER( // #2434
            Stage.HANDED_ON,
            "All of the control plane's own checks rejected the token, and it does not accept tokens from"
                    + " CI providers.",
            KnownMessage.SECRET,
            Cure.CHECK_CONTROL_PLANE,
            "couldn't match JWT provider"),
    FEDERATION_UNREACHABLE( // app/controlplane/internal/usercontext/attjwtmiddleware
            Stage.HANDED_ON,
            "The control plane could not reach the service that checks CI providers' tokens.",
            "Why the control plane's own checks rejected the token; only then does it ask the service.",
            Cure.TRY_AGAIN,
            "couldn't authorize using the provided token"),
    FEDERATED_IN_POLICY( // #2860
            List.of(PERMISSION),
            "A policy of the attestation queries the platform, which refuses federated tokens. The attestation"
                    + " needs an API token.",
            "Which policy of the attestation it is.",
            Cure.CREATE_API_TOKEN,
            "federated accounts not allowed",
            "failed to call discover endpoint"),
    LINE_END_IN_TOKEN( // gRPC for Go, which refuses control characters in a header
            List.of(FORM),
            "The token that was sent contains a line break or another control character, which a request header"
                    + " cannot carry. The server never saw it.",
            "Whether a proxy in between lacks HTTP/2, which causes the same error.",
            Cure.STORE_ALONE,
            "PROTOCOL_ERROR",
            "invalid header field value"),
    AUTH_TYPE_UNKNOWN( // #2160
            List.of(FORM, SIGNATURE, AUDIENCE, IDENTITY),
            "The CLI itself (v1.12.0 or v1.12.1) cannot tell what kind of token this is. Those two versions"
                    + " do not know federated tokens (Chainloop #2160).",
            "Which version of the CLI it was.",
            Cure.UPDATE_CLI,
            "could not determine auth type from token"),

    // Authorization: the server knows whose token it is. Its rights, its scope, or whom it is for may be the cause.
    INVALID_AUDIENCE( // app/controlplane/internal/usercontext/attjwtmiddleware, pkg/authz/middleware
            List.of(AUDIENCE, IDENTITY),
            "The token was issued for a different purpose.",
            Cure.GET_TOKEN,
            "invalid audience",
            "missing authentication",
            "logged in user nor API token found"),
    API_TOKEN_REVOKED( // #783, #2734
            List.of(RECORD),
            "The API token was revoked or deleted on the server, or it was issued by a copy of this"
                    + " installation that has its own database.",
            "Who revoked it; the server itself may do so after long disuse.",
            Cure.RECREATE_API_TOKEN,
            "API token revoked",
            "API token not found",
            "error retrieving the API token: token not found"),
    CLAIMS_MISSING( // app/controlplane/internal/usercontext
            List.of(AUDIENCE, IDENTITY),
            "The token lacks the claim that says whose it is, or a claim has an unexpected type.",
            Cure.GET_TOKEN,
            "error mapping the API-token claims",
            "error mapping the user claims",
            "API token has no claims",
            "error mapping the claims"),
    NOT_ADMITTED( // app/controlplane/internal/usercontext
            List.of(PERMISSION),
            "The organization is suspended, or the user is not on the control plane's allow-list.",
            Cure.ASK_ADMINISTRATOR,
            "organization is suspended",
            "not in the allowList"),
    ORGANIZATION_TOKEN( // app/controlplane/internal/service/apitoken.go
            List.of(PERMISSION),
            "An API token of an organization may create tokens only for projects, and may not revoke tokens of an organization.",
            Cure.WORK_AS_PERSON,
            "org-level API tokens must specify a project",
            "org-level API tokens cannot revoke"),
    PROJECT_UNNAMED( // app/controlplane/internal/service/apitoken.go; later also of the CLI
            List.of(PERMISSION),
            "The command needs a project; only administrators may leave it out.",
            Cure.NAME_PROJECT,
            "project is required"),
    CLAIMS_OUTDATED( // #3116; the last text later than v1.106.1
            List.of(RECORD),
            "The organization, project, workflow or scope in the token does not match the server's record of it.",
            "Why the token and the record differ; a user of Chainloop can change neither.",
            Cure.ASK_ADMINISTRATOR,
            "API token project mismatch",
            "API token workflow mismatch",
            "API token scope mismatch",
            "API token organization mismatch",
            "API token could not be verified",
            "API token records no scope"),
    SCOPE_UNSIGNED( // pkg/jwt/apitoken, later than v1.106.1
            List.of(RECORD),
            "The token is for a product, and was created when the scope of such tokens was not yet covered by their"
                    + " signature. Only"
                    + " the Chainloop platform creates tokens for products.",
            Cure.ASK_ADMINISTRATOR,
            "minted before its scope was signed"),
    OTHER_ORGANIZATION( // app/cli, later than v1.106.1
            List.of(SCOPE),
            "The repository's .chainloop.yml names an organization other than the token's. The CLI stopped before"
                    + " it connected.",
            "Which organization the repository's .chainloop.yml named where the command ran.",
            Cure.CHOOSE_ORGANIZATION,
            "credentials belong to organization"),
    PEOPLE_ONLY( // app/controlplane/internal/service/service.go
            List.of(PERMISSION),
            "The command requires a user token, but an API token was sent.",
            Cure.WORK_AS_PERSON,
            "logged in user"),
    USER_NOT_FOUND( // #1071
            List.of(RECORD),
            "The user account of the token no longer exists (logging in creates it again), or the command names a"
                    + " person who has no account.",
            "Only the server knows its accounts.",
            Cure.LOG_IN,
            "user not found"),
    ORGANIZATION_GONE( // apitoken_middleware.go and orgrequirements_middleware.go in
            // app/controlplane/internal/usercontext
            List.of(RECORD, SCOPE),
            "The organization does not exist, was deleted or is spelled differently, or a token of the whole instance was"
                    + " used and no organization was named.",
            "Only the server knows which organizations exist.",
            Cure.CHOOSE_ORGANIZATION,
            "organization not found",
            "current organization not set"),
    NO_MEMBERSHIP( // #967
            List.of(PERMISSION),
            "The user is not a member of any organization.",
            "Only the server knows memberships.",
            Cure.JOIN_ORGANIZATION,
            "you are not part of any organization",
            "has no current organization"),
    NOT_A_MEMBER( // #2088; app/cli/cmd/organization_set.go
            List.of(PERMISSION),
            "The user is not a member of the organization that the command, a contract file or the config file"
                    + " names, or there is no such organization.",
            "Only the server knows memberships.",
            Cure.CHOOSE_ORGANIZATION,
            "user is not a member of organization",
            "the organization you are trying to access does not exist",
            "does not exist or you are not part of it",
            "org not found",
            "user membership not found"),
    WRONG_SCOPE( // #2143
            List.of(SCOPE),
            "The token is for a different organization, project or workflow.",
            Cure.USE_IN_SCOPE,
            "valid only with the project",
            "valid only with the projects of the product",
            "scoped to a different workflow",
            "API token is workflow-scoped"),
    OPERATION_NOT_ALLOWED( // #2219, #2811
            List.of(PERMISSION),
            "The token does not have the permission that this command needs.",
            "Which rights it has; the user's role decides that.",
            Cure.ASK_FOR_ROLE,
            "operation not allowed"),
    NAME_TAKEN( // app/controlplane/pkg/biz: API tokens, workflows, contracts, CAS backends, integrations
            List.of(PERMISSION),
            "An API token, a workflow, a contract or the like already has this name. An expired API token keeps its"
                    + " name until it is revoked.",
            "Whether an API token, a workflow, a contract or something else has the name.",
            Cure.LIST_TOKENS,
            "name already taken"),
    PROJECT_MISSING( // app/controlplane/internal/service/service.go
            List.of(PERMISSION),
            "The command names a project that does not exist. Users need a role to create one, and API tokens must be for the"
                    + " whole organization.",
            KnownMessage.ROLES,
            Cure.ASK_FOR_ROLE,
            "you are not allowed to create projects"),
    RIGHTS( // app/controlplane/internal/service, pkg/biz
            List.of(PERMISSION),
            "The user's role in the organization or the project does not allow this; viewers, for example, cannot"
                    + " run attestations. API tokens have no role.",
            KnownMessage.ROLES,
            Cure.ASK_FOR_ROLE,
            "your user doesn't have permissions to perform attestations",
            "you do not have permissions to access",
            "requester does not have permission to",
            "contract creation is restricted to",
            "only organization admins can",
            "only organization admins or owners",
            "only organization owners can",
            "creation of organizations is restricted to instance admins",
            "not allowed to perform this operation"),
    ROBOT_ACCOUNT( // #891, #876
            List.of(IDENTITY),
            "The token belongs to a robot account. Chainloop has replaced robot accounts with API tokens.",
            "Whether this robot account was revoked or deleted, or is for another workflow.",
            Cure.CREATE_API_TOKEN,
            "robot account revoked",
            "robot account not found",
            "workflow mismatch"),
    TOKEN_CHANGED( // #1713
            List.of(PERMISSION),
            "With --remote-state, the state of an attestation is encrypted with the token that started it. A"
                    + " different token was used later.",
            "Which token `attestation init` used.",
            Cure.KEEP_ONE_TOKEN,
            "incorrect passphrase"),

    // Neither: it seems to be about the token, and is not.
    BOTH_CREDENTIALS( // #3215, #897; app/cli/cmd/root.go
            Layer.PROGRESS,
            "Where the command ran, there were a login and $CHAINLOOP_TOKEN. The CLI said which of them it ignored; this is"
                    + " only a warning, and the command went on.",
            Cure.UPDATE_CLI,
            "Both user credentials and $CHAINLOOP_TOKEN set"),
    STORE_REFUSES( // #1533, #1539, #1073
            Layer.STORAGE,
            "The artifact store refused the token that the control plane makes for each transfer, which expires"
                    + " after 30 seconds (Chainloop #1533).",
            Cure.TRY_AGAIN,
            "crypto/ecdsa: verification error"),
    EMPTY_OPTION( // spf13/cobra, spf13/pflag
            Layer.COMMAND_LINE,
            "If the variable after `--token` is empty, the CLI takes the next word as the token. Without the"
                    + " option, it reads $CHAINLOOP_TOKEN itself.",
            Cure.LEAVE_OUT_OPTION,
            "flag needs an argument: --token",
            "unknown command \"init\" for \"chainloop\"",
            "unknown command \"add\" for \"chainloop\"",
            "unknown command \"push\" for \"chainloop\""),
    UNATTENDED( // app/cli/cmd/root.go
            Layer.CLI,
            "The CLI asked whether to use a person's login for an attestation. The answer was no, or there was none.",
            Cure.HAND_IN,
            "command canceled by user");

    /** What only the key can tell. */
    static final String SECRET = "Whether another installation issued it, or the server's secret has changed since.";

    /** The same if no other cause is left. */
    static final String SIGNED =
            "It was not signed with the server's current secret: another installation issued it, or the secret has"
                    + " changed since.";

    static final String ROLES = "Only the server knows roles.";

    /** What decides whether a federated token is requested and accepted. */
    static final String ATTESTING =
            "Whether it was a `chainloop attestation` command; only those use a federated token.";

    /** Words of a meaning; if the message names a provider, that name replaces them. */
    static final String PROVIDER = "with the name of the token's issuer";

    public final Layer layer;

    /** Where the server stops when it says this; empty if the token has no part in it. */
    @SuppressWarnings("ImmutableEnumChecker") // It is immutable.
    private final List<Stage> stages;

    public final String meaning;
    private final Optional<String> unseen;

    /** What would make it right if no finding says more. */
    final Cure cure;

    /** The texts by which it is known, the title first. */
    @SuppressWarnings("ImmutableEnumChecker") // It is immutable.
    public final List<String> texts;

    KnownMessage(List<Stage> stages, String meaning, Cure cure, String... texts) {
        this(layer(stages), stages, meaning, Optional.empty(), cure, texts);
    }

    KnownMessage(List<Stage> stages, String meaning, String unseen, Cure cure, String... texts) {
        this(layer(stages), stages, meaning, Optional.of(unseen), cure, texts);
    }

    /** The token has no part in it, although it seems to. */
    KnownMessage(Layer layer, String meaning, Cure cure, String... texts) {
        this(layer, List.of(), meaning, Optional.empty(), cure, texts);
    }

    KnownMessage(Layer layer, List<Stage> stages, String meaning, Optional<String> unseen, Cure cure, String... texts) {
        this.layer = layer;
        this.stages = stages;
        this.meaning = meaning;
        this.unseen = unseen;
        this.cure = cure;
        this.texts = List.of(texts);
    }

    /** Only a token that has not expired and has the right signature gets as far as its audience. */
    private static Layer layer(List<Stage> stages) {
        return stages.get(0).compareTo(AUDIENCE) < 0 ? Layer.AUTHENTICATION : Layer.AUTHORIZATION;
    }

    /** Where the server stops when it says a text; empty if that is not about the token. */
    List<Stage> stages(String text) {
        return switch (text) {
            case "signature is invalid", "key is of invalid type" -> List.of(SIGNATURE);
            case "Wrong signing method" -> List.of(ALGORITHM);
            case "invalid audience" -> List.of(AUDIENCE);
            default -> stages;
        };
    }

    /** Whether the server says it after refusing the token for another reason; servers before v1.101.0 also do so for an expired token. */
    boolean isSecondTry() {
        return stages.equals(Stage.HANDED_ON);
    }

    /** Whether other programs have a text of this message, too, so that it counts only in one of Chainloop's own lines. */
    boolean isCommon(String text) {
        return switch (this) {
            case GITLAB_DROPPED, LINE_END_IN_TOKEN, CLAIMS_OUTDATED, UNATTENDED -> true;
            case EMPTY_OPTION -> text.startsWith("flag");
            default -> false;
        };
    }

    /** Whether the server knew whose token it was; with one message, it read only the claims, and one message is the CLI's own. */
    boolean isOfKnownToken() {
        return layer == Layer.AUTHORIZATION && this != OTHER_ORGANIZATION && this != SCOPE_UNSIGNED;
    }

    /** Whether it says why no token was sent, and so precedes the message that none was sent. */
    boolean isReason() {
        return this == TOKEN_NOT_HANDED_IN || this == NO_ID_TOKEN || this == GITLAB_DROPPED;
    }

    /** The CI system whose jobs alone get a text, or the place of any job; empty if a person may get it, too. */
    Optional<Place> job(String text) {
        if (this == NO_ID_TOKEN || text.endsWith("while calling")) {
            return Optional.of(Place.GITHUB);
        }
        return this == GITLAB_DROPPED
                ? Optional.of(Place.GITLAB)
                : this == UNATTENDED ? Optional.of(Place.ELSEWHERE) : Optional.empty();
    }

    /** The only kind of token that gets it; empty if other kinds do, too. */
    Optional<Audience> only() {
        return switch (this) {
            case FEDERATED_IN_POLICY -> Optional.of(GENERIC);
            case API_TOKEN_REVOKED,
                    CLAIMS_OUTDATED,
                    SCOPE_UNSIGNED,
                    OTHER_ORGANIZATION,
                    WRONG_SCOPE,
                    ORGANIZATION_TOKEN -> Optional.of(API_TOKEN);
            case USER_NOT_FOUND, NO_MEMBERSHIP, NOT_A_MEMBER -> Optional.of(USER);
            default -> Optional.empty();
        };
    }

    /** Whether a name that tells which token was meant follows a text. */
    static boolean isNamed(String text) {
        return text.equals("issuer not found") || text.equals("valid only with the project");
    }

    /** What is certain about a token that the message can be about, a sentence. */
    Optional<String> certain() {
        return switch (this) {
            case FEDERATED_IN_POLICY ->
                Optional.of("A policy of this attestation does not work with a federated token.");
            case API_TOKEN_REVOKED, CLAIMS_OUTDATED, SCOPE_UNSIGNED ->
                Optional.of("The token here is an API token, and this message is about API tokens.");
            case PEOPLE_ONLY, ORGANIZATION_TOKEN -> Optional.of("The token here is not a user token.");
            default -> Optional.empty();
        };
    }

    /**
     * What nobody can see here, a sentence.
     *
     * @param kind the kind of token that was sent; empty when that is not known
     */
    Optional<String> unseen(Optional<Audience> kind) {
        if (kind.equals(Optional.of(API_TOKEN)) && this == OPERATION_NOT_ALLOWED) {
            return Optional.of(
                    "Which rights it has; API tokens have fewer than users, and those for a project fewer still.");
        }
        if (kind.equals(Optional.of(API_TOKEN)) && this == PROJECT_MISSING) {
            return Optional.empty();
        }
        if (!kind.equals(Optional.of(GENERIC))) {
            return unseen;
        }
        return switch (this) {
            case ISSUER_NOT_FOUND ->
                Optional.of("Whether the repository or the CI provider is enrolled with the organization. A self-hosted"
                        + " open-source control plane enrolls neither, unless its operator runs a service that"
                        + " verifies CI tokens.");
            case SIGNATURE_INVALID, TOKEN_MISSING, OPERATION_NOT_ALLOWED -> Optional.of(ATTESTING);
            case NO_PROVIDER -> Optional.of("Why the job had no other token; the CLI sent a federated one.");
            default -> unseen;
        };
    }

    /** What would make it right if no finding says more, for a kind of token as above. */
    Cure cure(Optional<Audience> kind) {
        boolean api = kind.equals(Optional.of(API_TOKEN));
        boolean federated = kind.equals(Optional.of(GENERIC));
        return switch (this) {
            case ISSUER_NOT_FOUND -> federated ? Cure.ENROLL : cure;
            case OPERATION_NOT_ALLOWED -> api ? Cure.WORK_AS_PERSON : federated ? Cure.CREATE_API_TOKEN : cure;
            case RIGHTS -> api ? Cure.WORK_AS_PERSON : cure;
            case PROJECT_MISSING -> kind.equals(Optional.of(USER)) ? cure : Cure.USE_OWN_PROJECT;
            case ORGANIZATION_GONE -> api ? Cure.ASK_ADMINISTRATOR : cure;
            case UNATTENDED -> api ? Cure.LOOK_THERE : cure;
            case SIGNATURE_INVALID, NO_PROVIDER -> federated ? Cure.CREATE_API_TOKEN : cure;
            default -> cure == Cure.GET_TOKEN ? Cure.renewal(kind) : cure;
        };
    }
}
