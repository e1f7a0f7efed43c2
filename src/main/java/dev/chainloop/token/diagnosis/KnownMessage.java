package dev.chainloop.token.diagnosis;

import java.util.List;

/**
 * The messages about a token that the Chainloop CLI and its control plane show: the parts that stay the same, what they
 * mean, and what weighs their causes. The first text of each is its title. A new message is a constant here, with a
 * method that weighs its causes if no existing one fits.
 */
public enum KnownMessage {
    ISSUER_NOT_FOUND(
            "issuer-not-found",
            TokenCauses::issuerNotFound,
            "All of the control plane's own checks rejected the token, so it was tried as a CI provider's token,"
                    + " and no provider of that name is enrolled. The message names the last check, not the cause.",
            Naming.WORD,
            "issuer not found",
            "failed to load issuer",
            "no issuers configured",
            "FEDERATED_AUTH_ERROR_UNAUTHORIZED"),
    EXPIRED(
            "token-expired",
            TokenCauses::expired,
            "To the server, the token has expired or is not valid yet; it allows no leeway. Some servers say this of"
                    + " every refused token.",
            "your authentication token has expired",
            "JWT token has expired"),
    INVALID(
            "token-invalid",
            TokenCauses::invalid,
            "The server could not make sense of the token, or could not verify it.",
            "your authentication token is invalid",
            "Token is invalid"),
    SIGNATURE(
            "signature-invalid",
            TokenCauses::signature,
            "The token was signed with another secret than the server's: by another installation, or before the"
                    + " secret was changed. A federated token gets the same answer from every call that does not"
                    + " accept one.",
            "signature is invalid",
            "failed to parse authentication token",
            "Fail to parse JWT token"),
    SIGNING_METHOD(
            "signing-method",
            TokenCauses::signingMethod,
            "The token is signed with another algorithm than the server's HS256, such as HS384 or HS512.",
            "Wrong signing method"),
    MISSING(
            "token-missing",
            TokenCauses::missing,
            "No token reached the server.",
            "authentication required",
            "JWT token is missing"),
    TOKEN_REQUIRED(
            "token-required",
            TokenCauses::tokenRequired,
            "CLIs from v0.87.2 to v0.180 ran attestations only with a token in --token or $CHAINLOOP_TOKEN, and"
                    + " ignored a login.",
            "chainloop Token required"),
    NO_PROVIDER(
            "no-provider",
            TokenCauses::turnedAway,
            "All of the control plane's own checks rejected the token, and it accepts no CI providers' tokens.",
            Naming.WRAPPER,
            "couldn't match JWT provider"),
    FEDERATION_UNREACHABLE(
            "federation-unreachable",
            ServerCauses::federationUnreachable,
            "The control plane could not reach the service that checks CI providers' tokens.",
            "couldn't authorize using the provided token"),
    AUDIENCE(
            "invalid-audience",
            TokenCauses::audience,
            "The signature is right, but the token was issued for another purpose.",
            "invalid audience",
            "missing authentication",
            "logged in user nor API token found"),
    REVOKED(
            "api-token-revoked",
            TokenCauses::revoked,
            "The API token was revoked or deleted on the server.",
            "API token revoked",
            "API token not found"),
    REVOKED_JUST_NOW(
            "api-token-revoked-just-now",
            AccountCauses::revokedJustNow,
            "This is not an error: the CLI reports that it has revoked a token, as requested.",
            "API token revoked!"),
    TOKEN_GONE(
            "api-token-gone",
            TokenCauses::gone,
            "The signature is right, but the server has no such API token on record.",
            "error retrieving the API token",
            "token not found"),
    CLAIMS(
            "claims-missing",
            TokenCauses::claims,
            "The token lacks the claim that says whose it is.",
            "error mapping the API-token claims",
            "error mapping the user claims",
            "user claims"),
    CLAIMS_OUTDATED(
            "claims-outdated",
            RightsCauses::outdated,
            "The project or workflow in the token is not the one that the server has on record for it.",
            "API token project mismatch",
            "API token workflow mismatch"),
    BOTH_CREDENTIALS(
            "both-credentials",
            AccountCauses::bothCredentials,
            "A warning of the CLI that there are a login and $CHAINLOOP_TOKEN, and which of them it ignores; it"
                    + " continues anyway.",
            "Both user credentials and $CHAINLOOP_TOKEN set"),
    CONFIG_BROKEN(
            "config-broken",
            AccountCauses::configBroken,
            "The CLI cannot read its config file. It stops before it looks for a token.",
            "While parsing config"),
    AUTH_TYPE(
            "auth-type-unknown",
            TokenCauses::authType,
            "The CLI itself (v1.12.0 to v1.12.1) found no type for the token.",
            "could not determine auth type from token"),
    AUTH_TYPE_WARNING(
            "auth-type-warning",
            TokenCauses::authTypeWarning,
            "A warning of the CLI (v1.12.2 and later) that it found no type for the token; it continues anyway.",
            "can't extract info for the auth token"),
    PEOPLE_ONLY(
            "people-only",
            RightsCauses::peopleOnly,
            "The command is for people, and an API token was sent.",
            "logged in user"),
    USER_NOT_FOUND(
            "user-not-found",
            AccountCauses::userNotFound,
            "The token is genuine; the account behind it is gone.",
            "user not found"),
    ALLOW_LIST(
            "not-on-the-allow-list",
            AccountCauses::allowList,
            "The token is genuine; its user is not on the control plane's allow-list.",
            "not in the allowList",
            "ALLOW_LIST_ERROR_NOT_IN_LIST"),
    SUSPENDED(
            "organization-suspended",
            AccountCauses::suspended,
            "The token is genuine; its organization is suspended.",
            "organization is suspended"),
    ORGANIZATION_GONE(
            "organization-gone",
            AccountCauses::organizationGone,
            "The token is genuine; its organization was deleted.",
            "organization not found"),
    NO_ORGANIZATION(
            "no-membership",
            AccountCauses::noMembership,
            "The token is genuine; its user is in no organization.",
            "you are not part of any organization",
            "has no current organization",
            "USER_WITH_NO_MEMBERSHIP_ERROR_NOT_IN_ORG"),
    OTHER_ORGANIZATION(
            "not-a-member",
            AccountCauses::notAMember,
            "The token is genuine; its user is not in the organization that the CLI works in, or no organization"
                    + " has that name.",
            "user is not a member of organization",
            "the organization you are trying to access does not exist or you are not part of it",
            "the organization you are trying to access does not exist, please run",
            "org not found",
            "USER_NOT_MEMBER_OF_ORG_ERROR_NOT_IN_ORG"),
    SCOPE(
            "wrong-scope",
            RightsCauses::scope,
            "The token is genuine; it is for another project or workflow than the one in use.",
            Naming.QUOTED,
            "valid only with the project",
            "scoped to a different workflow",
            "API token is workflow-scoped and cannot create"),
    NOT_ALLOWED(
            "operation-not-allowed",
            RightsCauses::notAllowed,
            "The token is genuine; it, or its user's role, lacks the permission for this command.",
            Naming.WRAPPER,
            "operation not allowed",
            "federated accounts not allowed"),
    TOKEN_MANAGEMENT(
            "token-management",
            RightsCauses::tokenManagement,
            "The token is genuine; it may not manage API tokens in this way.",
            "org-level API tokens must specify a project",
            "cannot revoke org-level tokens",
            "you can not manage a global API token",
            "project is required"),
    NAME_TAKEN(
            "name-taken", RightsCauses::nameTaken, "There is an API token of this name already.", "name already taken"),
    PROJECT_ROLE(
            "no-project-role",
            RightsCauses::projectRole,
            "The token is genuine; its user has no role in the project that would allow this.",
            Naming.QUOTED,
            "you do not have permissions to access the",
            "you are not allowed to create projects"),
    VIEWER(
            "viewer",
            RightsCauses::viewer,
            "The token is genuine; its user is a viewer, and viewers cannot run attestations.",
            "your user doesn't have permissions to perform attestations"),
    AUTHORIZER_DOWN(
            "authorizer-down",
            ServerCauses::authorizerDown,
            "The control plane could not reach the operator's external authorizer.",
            "unable to verify operation authorization"),
    POLICY_PROVIDER(
            "policy-provider",
            ServerCauses::policyProvider,
            "A policy provider, which is not the control plane, answered 401 or 403.",
            "failed to resolve policy"),
    REGISTRY(
            "registry-login",
            ServerCauses::registry,
            "A container registry, which is not the control plane, wants a login.",
            "UNAUTHORIZED: authentication required",
            "DENIED: requested access to the resource is denied"),
    ROBOT_ACCOUNT(
            "robot-account",
            AccountCauses::robotAccount,
            "The token is a robot account's, which Chainloop has replaced with API tokens.",
            "robot account revoked",
            "robot account not found",
            "workflow mismatch"),
    LOGIN(
            "login-failed",
            AccountCauses::login,
            "A login was not completed: its page was open for too long, or returned no token.",
            "the authentication process has expired",
            "retrieved invalid Token"),
    BAD_PASTE(
            "invalid-token",
            TokenCauses::badPaste,
            "What was pasted into `chainloop auth login` is not a token of this control plane, or a server answered"
                    + " HTTP 401.",
            Naming.WRAPPER,
            "invalid token"),
    LINE_END(
            "line-end-in-token",
            TokenCauses::lineEnd,
            "The token that was sent contains a newline or another control character, which a request header cannot"
                    + " carry. The server never saw it.",
            "stream terminated by RST_STREAM with error code: PROTOCOL_ERROR",
            "PROTOCOL_ERROR",
            "invalid header field value"),
    TOKEN_CHANGED(
            "token-changed",
            TokenCauses::changed,
            "An attestation's state is encrypted with the token that started it, and this is a different one.",
            "incorrect passphrase");

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // It is a static method.
    private final Weigher weigher;

    private final String meaning;
    private final Naming naming;

    @SuppressWarnings("ImmutableEnumChecker") // It is made by List.of.
    private final List<String> texts;

    /** Weighs the causes of a message against what was seen. */
    @FunctionalInterface
    interface Weigher {
        /** Adds the causes, and says what to do. */
        void weigh(Causes causes);
    }

    /** What follows a message's own words; only the first of its texts is followed by a name. */
    enum Naming {
        /** Nothing that matters. */
        NOTHING,
        /** A name after a colon, such as an issuer. */
        WORD,
        /** A name in quotes. */
        QUOTED,
        /** Often another message, which then says more. */
        WRAPPER
    }

    KnownMessage(String id, Weigher weigher, String meaning, String... texts) {
        this(id, weigher, meaning, Naming.NOTHING, texts);
    }

    KnownMessage(String id, Weigher weigher, String meaning, Naming naming, String... texts) {
        this.id = id;
        this.weigher = weigher;
        this.meaning = meaning;
        this.naming = naming;
        this.texts = List.of(texts);
    }

    /** A stable word for scripts. */
    public String id() {
        return id;
    }

    /** What it means, in sentences. */
    public String meaning() {
        return meaning;
    }

    /** The parts of the message that stay the same; any of them identifies it. */
    public List<String> texts() {
        return texts;
    }

    /** What follows its texts. */
    Naming naming() {
        return naming;
    }

    /** Weighs its causes. */
    void weigh(Causes causes) {
        weigher.weigh(causes);
    }
}
