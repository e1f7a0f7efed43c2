package dev.chainloop.token.explain;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.explain.Row.Naming;
import dev.chainloop.token.explain.Row.Reach;
import java.util.List;
import java.util.Locale;

/**
 * The messages that users of the Chainloop CLI bring: what each means, who can get it, and its causes. The first text of
 * each is its title. A new message is a row here; if its causes depend on the token, a method of {@link Weighing} weighs
 * them.
 */
public enum KnownMessage {
    ISSUER_NOT_FOUND(
            Row.anyone("All of the control plane's own checks rejected the token, so it was tried as a CI provider's"
                            + " token, and no provider of that name is enrolled. The message names the last check,"
                            + " not the cause.")
                    .byRefusals()
                    .weighed(Weighing::issuerNotFound)
                    .named(Naming.WORD)
                    .cure(Cure.GET_TOKEN)
                    .from("Chainloop's platform, not public; passed on by attjwtmiddleware/attmiddleware.go; #2812")
                    .texts(
                            "issuer not found",
                            "failed to load issuer",
                            "no issuers configured",
                            "FEDERATED_AUTH_ERROR_UNAUTHORIZED")),
    TOKEN_EXPIRED(
            Row.anyone("By the server's clock the token has expired or is not valid yet, even if only by a second. Some"
                            + " versions of the CLI say this about every token that is refused.")
                    .by(Rule.EXPIRED, Rule.NOT_YET_VALID)
                    .weighed(Weighing::expired)
                    .cure(Cure.GET_TOKEN)
                    .from("app/cli/pkg/action/auth_error.go, before app/cli/main.go; kratos middleware/auth/jwt")
                    .texts("your authentication token has expired", "JWT token has expired")),
    TOKEN_INVALID(Row.anyone("The server could not read or verify the token.")
            .by(
                    Rule.UNSIGNED,
                    Rule.ALGORITHM,
                    Rule.SIGNATURE,
                    Rule.LOGIN_ELSEWHERE,
                    Rule.CLEANED,
                    Rule.ODD_CLAIM,
                    Rule.SIGNATURE_LENGTH)
            .byFaults()
            .likely(
                    "It was not signed with the server's secret, or was damaged on the way; without the key, the"
                            + " signature cannot be checked here.",
                    Cure.CHECK_CONTROL_PLANE)
            .cure(Cure.STORE_WHOLE)
            .from("app/cli/pkg/action/auth_error.go; go-kratos/kratos middleware/auth/jwt")
            .texts("your authentication token is invalid", "Token is invalid")),
    SIGNATURE_INVALID(
            Row.anyone("The token was not signed with the server's secret. A federated token gets the same answer from"
                            + " every call that does not accept one.")
                    .by(Rule.UNSIGNED, Rule.ALGORITHM, Rule.SIGNATURE, Rule.LOGIN_ELSEWHERE, Rule.CLEANED)
                    .byFaults()
                    .likely(
                            Audience.GENERIC,
                            "This is a federated token, which only works for attestations (`attestation init`, `add`, `push`,"
                                    + " `status`, `reset`): any other call answers with this message.",
                            Cure.CREATE_API_TOKEN)
                    .likely(
                            "It comes from another installation, or the server's secret has changed since.",
                            Cure.CHECK_CONTROL_PLANE)
                    .cure(Cure.CHECK_CONTROL_PLANE)
                    .from("golang-jwt hmac.go; app/cli/pkg/action/auth_error.go; kratos middleware/auth/jwt")
                    .texts("signature is invalid", "failed to parse authentication token", "Fail to parse JWT token")),
    SIGNING_METHOD(Row.anyone("The server accepts only HS256, and the token was signed with a different algorithm,"
                    + " such as HS512.")
            .by(Rule.ALGORITHM, Rule.UNSIGNED)
            .neverWithout("uses the algorithm that the server expects")
            .cure(Cure.GET_TOKEN)
            .from("go-kratos/kratos middleware/auth/jwt; attjwtmiddleware/attmiddleware.go")
            .texts("Wrong signing method")),
    TOKEN_MISSING(Row.anyone("No token reached the server.")
            .by(Rule.NO_TOKEN, Rule.CONFIG_MID_WRITE)
            .weighed(Weighing::missing)
            .cure(Cure.HAND_IN)
            .from("app/cli/main.go; go-kratos/kratos middleware/auth/jwt")
            .texts("authentication required", "JWT token is missing")),
    NO_ID_TOKEN(Row.anyone("The CLI runs in a CI job, but could not request a federated token there. It says so only"
                    + " with --debug. If it has no other token, the command then fails with \"JWT token is missing\".")
            .never(Audience.API_TOKEN, "would have been sent")
            .never(Audience.USER, "would have been sent")
            .certain("The job is not allowed to request an ID token, or its request failed.")
            .reason()
            .cure(Cure.REQUEST_FEDERATED)
            .from("pkg/attestation/crafter/runners/oidc/github.go")
            .texts("does your workflow have id-token: write scope?")),
    OIDC_UNREACHABLE(Row.anyone("The CLI could not fetch GitLab's keys from $CI_SERVER_URL, so it dropped the token in"
                    + " $GITLAB_OIDC. It says so only with --debug.")
            .certain("The job cannot reach GitLab itself over HTTPS, or does not trust its certificate.")
            .reason()
            .cure(Cure.TRY_AGAIN)
            .from("pkg/attestation/crafter/runners/oidc/gitlab.go")
            .texts("failed to connect to OIDC provider")),
    GITLAB_AUDIENCE(
            Row.anyone("The CLI dropped the token in $GITLAB_OIDC, because its audience is not chainloop. It says so"
                            + " only with --debug.")
                    .by(Rule.UNKNOWN_AUDIENCE)
                    .certain("The job's `id_tokens` does not name the audience chainloop.")
                    .reason()
                    .cure(Cure.REQUEST_AUDIENCE)
                    .from("pkg/attestation/crafter/runners/oidc/gitlab.go")
                    .texts("invalid audience: expected \"chainloop\"")),
    TOKEN_REQUIRED(Row.anyone("From v0.87.2 to v0.180, the CLI ran attestations only with a token in --token or"
                    + " $CHAINLOOP_TOKEN, and ignored a login.")
            .by(Rule.NO_TOKEN)
            .weighed(Weighing::tokenRequired)
            .cure(Cure.HAND_IN)
            .from("app/cli/cmd/errors.go; in use from v0.87.2 to v0.180")
            .texts("chainloop Token required")),
    NO_PROVIDER(Row.anyone("All of the control plane's own checks rejected the token, and it does not accept tokens"
                    + " from CI providers.")
            .byRefusals()
            .weighed(Weighing::turnedAway)
            .named(Naming.WRAPPER)
            .cure(Cure.GET_TOKEN)
            .from("app/controlplane/internal/usercontext/attjwtmiddleware/attmiddleware.go")
            .texts("couldn't match JWT provider")),
    FEDERATION_UNREACHABLE(Row.anyone("The control plane could not reach the service that checks CI providers' tokens.")
            .by(Rule.EXPIRED)
            .hidden("That service is asked only about a token that the control plane's own checks rejected.")
            .cure(Cure.TRY_AGAIN)
            .from("app/controlplane/internal/usercontext/attjwtmiddleware/attmiddleware.go")
            .texts("couldn't authorize using the provided token")),
    FEDERATED_IN_POLICY(
            Row.anyone("A policy of the attestation calls the platform, which refuses such calls with a federated"
                            + " token. The attestation needs an API token.")
                    .never(Audience.API_TOKEN, "is an API token")
                    .never(Audience.USER, "is a user token")
                    .certain("A policy of this attestation does not work with a federated token.")
                    .cure(Cure.CREATE_API_TOKEN)
                    .from("the platform, not public, reported in #2860; pkg/policies/engine/builtins/rego.go")
                    .texts(
                            "federated accounts not allowed",
                            "failed to call discover endpoint",
                            "failed to call project compliance endpoint")),
    INVALID_AUDIENCE(Row.genuine("The signature is right, but the token was issued for a different purpose.")
            .by(Rule.UNKNOWN_AUDIENCE, Rule.ODD_CLAIM, Rule.MIXED_AUDIENCE)
            .neverWithout("has the control plane's audience")
            .cure(Cure.GET_TOKEN)
            .from("app/controlplane: attmiddleware.go, authz/middleware/middleware.go, service/service.go")
            .texts("invalid audience", "missing authentication", "logged in user nor API token found")),
    REVOKE_NOT_FOUND(Row.noToken(
                    "`api-token revoke` found no token with the given ID. The message is not about the token that was"
                            + " sent.")
            .certain("The token with that ID was revoked already, or belongs to another organization.")
            .cure(Cure.LIST_TOKENS)
            .from("app/controlplane/pkg/biz/apitoken.go with app/controlplane/pkg/data/apitoken.go")
            .texts("finding token: API token not found")),
    API_TOKEN_REVOKED(Row.apiToken("The API token was revoked or deleted on the server.")
            .likely("Somebody revoked or deleted the API token.")
            .hidden("Perhaps nobody did: some organizations have the server revoke tokens that go unused for a long"
                    + " time (`chainloop organization describe` shows it).")
            .cure(Cure.RECREATE_API_TOKEN)
            .from("app/controlplane/internal/usercontext/apitoken_middleware.go")
            .texts("API token revoked", "API token not found")),
    API_TOKEN_REVOKED_JUST_NOW(
            Row.harmless("This is not an error: the CLI reports that it has revoked a token, as requested.")
                    .certain("`chainloop organization api-token revoke` did what it should.")
                    .not("a refused token: a refusal has no exclamation mark")
                    .from("app/cli/cmd/organization_apitoken_revoke.go")
                    .texts("API token revoked!")),
    API_TOKEN_GONE(Row.apiToken("The signature is right, but the server has no such API token on record.")
            .likely("It was deleted, or it comes from an installation with the same secret but a different database,"
                    + " such as a restored or copied one.")
            .cure(Cure.RECREATE_API_TOKEN)
            .from("usercontext/apitoken_middleware.go; app/controlplane/pkg/biz/apitoken.go")
            .texts("error retrieving the API token", "token not found")),
    CLAIMS_MISSING(Row.genuine("The token lacks the claim that says whose it is.")
            .by(Rule.IDENTITY_MISSING, Rule.UNKNOWN_AUDIENCE)
            .neverWithout("has that claim")
            .cure(Cure.GET_TOKEN)
            .from("app/controlplane/internal/usercontext: apitoken_middleware.go, currentuser_middleware.go")
            .texts(
                    "error mapping the API-token claims",
                    "error mapping the user claims",
                    "user claims",
                    "API token has no claims")),
    CLAIMS_OUTDATED(Row.apiToken("The organization, project, workflow or scope in the token is not what the server has"
                    + " on record for it.")
            .by(Rule.SCOPE_INCONSISTENT)
            .weighed(Weighing::outdated)
            .cure(Cure.REPLACE_API_TOKEN)
            .from("app/controlplane/pkg/biz/apitoken.go; workflow: v1.96.3, then in the middleware, #3116")
            .texts(
                    "API token project mismatch",
                    "API token workflow mismatch",
                    "API token scope mismatch",
                    "API token organization mismatch",
                    "API token claims do not match its row",
                    "API token records no scope",
                    "API token was minted before its scope was signed")),
    BOTH_CREDENTIALS(
            Row.harmless("The CLI warns that there are both a login and $CHAINLOOP_TOKEN, and says which one it"
                            + " ignores. It continues anyway.")
                    .by(Rule.SHADOWED)
                    .not("a failure caused by this: it is only a warning, and the actual error comes after it")
                    .cure(Cure.CHOOSE_TOKEN)
                    .from("app/cli/cmd/root.go; ends in 'Ignoring user credentials' since v1.100.10")
                    .texts("Both user credentials and $CHAINLOOP_TOKEN set")),
    CONFIG_BROKEN(Row.noToken("The CLI cannot read its config file, and stops before it looks for a token.")
            .weighed(Weighing::configBroken)
            .cure(Cure.MEND_CONFIG)
            .from("spf13/viper util.go, called by app/cli/cmd/root.go")
            .texts("While parsing config")),
    CONFIG_HOME(Row.noToken("The CLI cannot write its config file, and stops.")
            .certain("The folder or the file belongs to somebody else, or is read-only.")
            .cure(Cure.OWN_CONFIG)
            .from("app/cli/cmd/root.go; the last text from the operating system")
            .texts("panic: creating config file", "writing config file:", "config.toml: permission denied")),
    AUTH_TYPE_UNKNOWN(Row.anyone("The CLI itself (v1.12.0 or v1.12.1) cannot tell what kind of token this is.")
            .by(Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.MIXED_AUDIENCE)
            .byFaults()
            .weighed(Weighing::authType)
            .cure(Cure.UPDATE_CLI)
            .from("app/cli/pkg/action/attestation_init.go; an error in v1.12.0 and v1.12.1, #2160")
            .texts("could not determine auth type from token")),
    AUTH_TYPE_WARNING(Row.harmless("The CLI (v1.12.2 or later) warns that it cannot tell what kind of token this is. It"
                    + " continues anyway.")
            .by(Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.MIXED_AUDIENCE)
            .not("a failure caused by this: it is only a warning, and the actual error comes after it")
            .cure(Cure.LOOK_THERE)
            .from("app/cli/pkg/action/attestation_init.go, v1.12.2")
            .texts("can't extract info for the auth token")),
    PEOPLE_ONLY(Row.genuine("The command is for people, but an API token was sent.")
            .never(Audience.USER, "is a user token")
            .certain("The token here is not a user token.")
            .cure(Cure.WORK_AS_PERSON)
            .from("app/controlplane/internal/service/service.go")
            .texts("logged in user")),
    USER_NOT_FOUND(Row.user("The token is genuine, but the account behind it is gone. A login creates it again.")
            .hidden("Only the server knows its accounts; this one was deleted, or exists only in another database.")
            .cure(Cure.LOG_IN)
            .from("app/controlplane/internal/usercontext/currentuser_middleware.go")
            .texts("user not found")),
    NOT_ON_THE_ALLOW_LIST(Row.user("The token is genuine, but its user is not on the control plane's allow-list.")
            .hidden("Only the server knows the allow-list.")
            .cure(Cure.ASK_ADMINISTRATOR)
            .from("usercontext/allowlist_middleware.go; controlplane/v1/response_messages.proto")
            .texts("not in the allowList", "ALLOW_LIST_ERROR_NOT_IN_LIST")),
    ORGANIZATION_SUSPENDED(Row.genuine("The token is genuine, but its organization is suspended.")
            .hidden("Only the server knows which organizations are suspended.")
            .cure(Cure.ASK_ADMINISTRATOR)
            .from("app/controlplane/internal/usercontext/suspension_middleware.go")
            .texts("organization is suspended")),
    ORGANIZATION_GONE(Row.genuine("The token is genuine, but its organization was deleted.")
            .by(Rule.ORGANIZATION_MISMATCH)
            .hidden("Only the server knows which organizations exist.")
            .within("rpc error: code =", "authorization error", "authentication error")
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("app/controlplane/internal/usercontext: apitoken_middleware.go, federated_middleware.go")
            .texts("organization not found")),
    NO_MEMBERSHIP(Row.user("The token is genuine, but its user is in no organization.")
            .hidden("Only the server knows memberships.")
            .cure(Cure.JOIN_ORGANIZATION)
            .from("app/cli/main.go; app/controlplane: usercontext/currentorganization_middleware.go")
            .texts(
                    "you are not part of any organization",
                    "has no current organization",
                    "USER_WITH_NO_MEMBERSHIP_ERROR_NOT_IN_ORG")),
    NOT_A_MEMBER(Row.user("The token is genuine, but its user is not in the organization that the command names, or"
                    + " there is no such organization. The name comes from `metadata.organization` in a contract's"
                    + " file, from --org, or from `organization` in the config file.")
            .weighed(Weighing::notAMember)
            .hidden("Only the server knows memberships.")
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("usercontext/currentorganization_middleware.go; app/cli/main.go (third text not read)")
            .texts(
                    "user is not a member of organization",
                    "the organization you are trying to access does not exist or you are not part of it",
                    "the organization you are trying to access does not exist, please run",
                    "org not found",
                    "USER_NOT_MEMBER_OF_ORG_ERROR_NOT_IN_ORG")),
    ORGANIZATION_SET(Row.user("`organization set` or `organization leave` did not find that name among the user's"
                    + " organizations.")
            .hidden("The name is spelled differently, or the user is not a member.")
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("app/cli/cmd/organization_leave.go; not read in organization_set.go")
            .texts("organization NAME not found")),
    NO_CURRENT_ORGANIZATION(Row.apiToken("The token is for the whole instance, so it names no organization.")
            .certain("The command must be told which organization to work in.")
            .weighed(Weighing::noOrganization)
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("app/controlplane/internal/service/service.go")
            .texts("current organization not set")),
    WRONG_SCOPE(Row.apiToken("The token is genuine, but it is for a different organization, project or workflow.")
            .weighed(Weighing::scope)
            .cure(Cure.USE_IN_SCOPE)
            .named(Naming.QUOTED)
            .from("app/controlplane/internal/service/service.go, v1.12.0; the workflow's not read, #3116")
            .texts(
                    "valid only with the project",
                    "this auth token is valid only with this organization",
                    "this token is scoped to",
                    "scoped to a different workflow",
                    "API token is workflow-scoped and cannot create")),
    OPERATION_NOT_ALLOWED(
            Row.genuine("The token is genuine, but it or its user's role lacks the permission for this command.")
                    .likely(
                            Audience.API_TOKEN,
                            "API tokens may do less than users may, and those of a project even less.",
                            Cure.WIDEN_TOKEN)
                    .likely(Audience.GENERIC, "A federated token only works for attestations.", Cure.CREATE_API_TOKEN)
                    .likely("The user's role does not allow it.", Cure.ASK_FOR_ROLE)
                    .hidden("Only the server knows permissions and roles.")
                    .named(Naming.WRAPPER)
                    .cure(Cure.ASK_FOR_ROLE)
                    .from("app/controlplane: pkg/authz/middleware/middleware.go, internal/service/service.go")
                    .texts("operation not allowed")),
    OPERATION_DENIED(
            Row.genuine("The token is genuine, but an authorizer that the operator runs denied the operation. The"
                            + " words of the message are the operator's.")
                    .certain("The operator's rules deny this operation to this user or token.")
                    .cure(Cure.ASK_ADMINISTRATOR)
                    .from("app/controlplane/internal/usercontext/operation_authorization_middleware.go")
                    .texts("operation_denied")),
    TOKEN_MANAGEMENT(Row.genuine("The token is genuine, but it may not manage API tokens in this way.")
            .likely(
                    Audience.USER,
                    "The user's role in the organization allows this only for single projects.",
                    Cure.NAME_PROJECT)
            .likely(
                    "An API token was sent, which may create and revoke tokens of a project, but not of the whole"
                            + " organization.",
                    Cure.NAME_PROJECT)
            .cure(Cure.NAME_PROJECT)
            .from("app/controlplane/internal/service/apitoken.go")
            .texts(
                    "org-level API tokens must specify a project",
                    "cannot revoke org-level tokens",
                    "you can not manage a global API token",
                    "project is required")),
    NAME_TAKEN(Row.genuine("There already is an API token with this name.")
            .certain("A token that has expired keeps its name until it is revoked.")
            .cure(Cure.LIST_TOKENS)
            .from("app/controlplane/pkg/biz/apitoken.go")
            .texts("name already taken")),
    NO_PROJECT_ROLE(Row.user("The token is genuine, but its user has no role in the project that allows this.")
            .hidden("Only the server knows roles.")
            .cure(Cure.ASK_FOR_ROLE)
            .from("app/controlplane/internal/service/service.go")
            .texts(
                    "you do not have permissions to access the",
                    "you do not have permissions to access to the project",
                    "you are not allowed to create projects")),
    VIEWER(Row.user("The token is genuine, but its user is a viewer, and viewers cannot run attestations.")
            .hidden("Only the server knows roles.")
            .cure(Cure.ASK_FOR_ROLE)
            .from("app/controlplane/internal/usercontext/currentuser_middleware.go")
            .texts("your user doesn't have permissions to perform attestations")),
    RIGHTS(Row.genuine("The token is genuine, but only an administrator may do this.")
            .hidden("Only the server knows roles.")
            .cure(Cure.ASK_FOR_ROLE)
            .from("service/workflowcontract.go, service/organization.go; first and last text not read")
            .texts(
                    "contract creation is restricted to",
                    "only organization admins can",
                    "creation of organizations is restricted to instance admins",
                    "only organization owners can delete the organization",
                    "you can not manage a global contract",
                    "not allowed to perform this operation")),
    ROBOT_ACCOUNT(Row.genuine("The token belongs to a robot account. Chainloop has replaced those with API tokens.")
            .by(Rule.UNKNOWN_AUDIENCE)
            .neverWithout("is not a robot account's")
            .hidden("This robot account was revoked or deleted, or is for another workflow.")
            .cure(Cure.CREATE_API_TOKEN)
            .from("app/controlplane/internal/usercontext/robotaccount_middleware.go")
            .texts("robot account revoked", "robot account not found", "workflow mismatch")),
    INVALID_TOKEN(
            Row.anyone("What was pasted into `chainloop auth login` is not a token of this control plane, or a server"
                            + " answered HTTP 401.")
                    .by(Rule.EXPIRED, Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.UNSIGNED, Rule.CLEANED)
                    .hidden("Part of what was pasted may be missing, or it belongs to another control plane.")
                    .cure(Cure.LOG_IN)
                    .named(Naming.WRAPPER)
                    .within("auth login", "ERR invalid token", "error: invalid token", "401", "rpc error: code =")
                    .from("app/cli/cmd/auth_login.go")
                    .texts("invalid token")),
    LINE_END_IN_TOKEN(
            Row.anyone("The token that was sent contains a line end or another control character, which a request"
                            + " header cannot carry. The server never saw it.")
                    .by(Rule.CLEANED)
                    .weighed(Weighing::lineEnd)
                    .cure(Cure.STORE_ALONE)
                    .from("gRPC for Go; the last text from Go's net/http")
                    .texts(
                            "stream terminated by RST_STREAM with error code: PROTOCOL_ERROR",
                            "PROTOCOL_ERROR",
                            "invalid header field value")),
    TOKEN_CHANGED(
            Row.genuine("With --remote-state, the state of an attestation is encrypted with the API or user token that"
                            + " began it. A different token was used later.")
                    .never(Audience.GENERIC, "is a federated token, with which the state is not encrypted")
                    .likely(Audience.USER, "A login in between made a new token.", Cure.KEEP_ONE_TOKEN)
                    .likely(
                            "`add`, `push` or `status` did not use the token that `attestation init` used.",
                            Cure.KEEP_ONE_TOKEN)
                    .cure(Cure.KEEP_ONE_TOKEN)
                    .within("server error", "incorrect passphrase", "different token")
                    .from("statemanager/remote/remote.go; app/controlplane/pkg/biz/attestationstate.go; #1713")
                    .texts(
                            "failed to read state",
                            "the attestation state was created with a different token",
                            "incorrect passphrase")),
    LOGIN_FAILED(Row.noToken("A login was not completed: its page was open for too long or returned no token, or the"
                    + " browser did not keep the cookie (over plain http it never does).")
            .certain("The message is about a login in progress, not about a token that was sent.")
            .cure(Cure.LOG_IN)
            .from("app/controlplane/internal/service/auth.go")
            .texts(
                    "the authentication process has expired",
                    "the authentication was invalid, please try again",
                    "retrieved invalid Token")),
    LOGIN_WITHOUT_TERMINAL(Row.noToken("`chainloop auth login` needs a terminal, and there is none.")
            .never(Audience.API_TOKEN, "is an API token, which needs no login")
            .certain("Nobody can log in where there is no terminal.")
            .cure(Cure.CREATE_API_TOKEN)
            .from("the operating system, when app/cli/cmd/auth_login.go reads the terminal")
            .texts("inappropriate ioctl for device")),
    UNATTENDED(Row.noToken("The CLI asked whether to use a login for an attestation, and nobody was there to answer.")
            .never(Audience.API_TOKEN, "is an API token, and the CLI asks nothing before it sends one")
            .certain("The command ran with a person's login, and without a terminal.")
            .cure(Cure.CREATE_API_TOKEN)
            .within("User-attended mode")
            .from("app/cli/cmd/root.go")
            .texts("command canceled by user")),
    SERVER_CERTIFICATE(Row.noToken("The CLI does not trust the server's certificate.")
            .certain("The certificate was issued by an authority that this machine does not trust.")
            .named(Naming.WRAPPER)
            .cure(Cure.ASK_SERVER)
            .from("gRPC for Go; Go's crypto/x509/verify.go")
            .texts("transport: authentication handshake failed", "x509: certificate signed by unknown authority")),
    CERTIFICATE_NAME(Row.noToken("The server's certificate is not for the address that the CLI uses.")
            .certain("The address is not the control plane's, or something on the network path answers in its place.")
            .cure(Cure.ASK_SERVER)
            .from("Go's crypto/x509/verify.go")
            .texts(
                    "x509: certificate is valid for",
                    "x509: certificate is not valid for any names",
                    "x509: cannot validate certificate for")),
    CERTIFICATE_EXPIRED(
            Row.noToken("By this machine's clock, the server's certificate has expired or is not valid yet.")
                    .certain("It was not renewed in time, or the clock is wrong.")
                    .cure(Cure.ASK_SERVER)
                    .from("Go's crypto/x509/verify.go")
                    .texts("x509: certificate has expired or is not yet valid")),
    SERVER_UNREACHABLE(Row.noToken("The CLI cannot reach the control plane at the address that it uses.")
            .certain("The address is wrong, only one of the two sides uses TLS, or a proxy is in the way.")
            .cure(Cure.ASK_SERVER)
            .within("rpc error: code =", "dial tcp", "lookup ", "transport:", "address ", "name resolver error")
            .from("the operating system; Go's net, crypto/tls and context; gRPC for Go")
            .texts(
                    "connection refused",
                    "no such host",
                    "produced zero addresses",
                    "missing port in address",
                    "too many colons in address",
                    "first record does not look like a TLS handshake",
                    "server preface",
                    "context deadline exceeded")),
    CAS_BACKEND(Row.noToken("The organization has no working store for artifacts.")
            .certain("It has none, or the one it has is invalid or cannot be reached.")
            .from("app/cli/main.go; app/controlplane: usercontext/orgrequirements_middleware.go")
            .texts(
                    "you need to enable a CAS backend first",
                    "the CAS backend you provided is invalid",
                    "your CAS backend can't be reached")),
    WORKFLOW_CREATION(Row.noToken("The organization does not let attestations create workflows.")
            .certain("The workflow that the attestation names does not exist yet.")
            .from("not read in the source; shown in #2527")
            .texts("creating workflows during the attestation process is disabled for this organization")),
    BAD_ARGUMENT(Row.noToken("A name, a duration or an ID on the command line has a form that the CLI rejects.")
            .certain("Names consist of lower-case letters, digits and hyphens; durations are in hours, as in 720h; IDs"
                    + " are UUIDs.")
            .from("k8s.io/apimachinery by app/controlplane/pkg/biz/biz.go; Go's time; last text not read")
            .texts(
                    "a lowercase RFC 1123 label must consist of",
                    "unknown unit \"d\" in duration",
                    "value must be a valid UUID")),
    CHECKSUM_MISMATCH(
            Row.noToken("The artifact was damaged in storage. The answer has the status 401, which the CLI always"
                            + " calls an authentication error.")
                    .certain("What the store returned is not what was put into it.")
                    .cure(Cure.ASK_ADMINISTRATOR)
                    .from("app/artifact-cas/internal/service/bytestream.go; the CLI's prefix since v1.89.7")
                    .texts(
                            "authentication error: checksum mismatch",
                            "stored content does not match the requested digest",
                            "uploaded content does not match the declared digest")),
    ATTESTATION_NOT_BEGUN(Row.noToken("There is no open attestation where the command looked for one.")
            .certain("`attestation init` was not run here, or its state is kept elsewhere.")
            .from("app/cli/cmd/errors.go")
            .texts("attestation not yet initialized")),
    AUTHORIZER_DOWN(Row.noToken("The control plane could not reach the authorizer that its operator runs.")
            .certain("The outage is on the server's side.")
            .cure(Cure.TRY_AGAIN)
            .from("app/controlplane/internal/usercontext/operation_authorization_middleware.go")
            .texts("unable to verify operation authorization")),
    POLICY_PROVIDER(Row.anyone("A policy provider, which is not the control plane, answered 401 or 403.")
            .by(Rule.EXPIRED)
            .hidden("The provider refused the control plane's own credentials, or the token.")
            .from("app/controlplane/pkg/policies/policyprovider.go")
            .texts("failed to resolve policy", "failed to resolve group")),
    REGISTRY_LOGIN(Row.noToken("A container registry, which is not the control plane, wants a login.")
            .certain("The image is private or its name is wrong, and this machine is not logged in to the registry.")
            .from("the container registry: distribution/distribution registry/api/errcode/register.go")
            .texts("UNAUTHORIZED: authentication required", "DENIED: requested access to the resource is denied")),
    SERVER_ERROR(Row.noToken("The server failed; only its own log says why.")
            .certain("The fault is on the server's side.")
            .cure(Cure.TRY_AGAIN)
            .within("rpc error: code = Internal", "rpc error: code = Unknown")
            .from("pkg/servicelogger/logger.go")
            .texts("desc = server error"));

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    @SuppressWarnings("ImmutableEnumChecker") // Nothing changes it once it is written.
    private final Row row;

    KnownMessage(Row row) {
        this.row = row;
    }

    public String id() {
        return id;
    }

    public String meaning() {
        return row.meaning;
    }

    public List<String> texts() {
        return row.texts;
    }

    /** Where the texts stand in Chainloop, and since when; or who else says so. */
    public String source() {
        return row.source;
    }

    /** Whether the token has no part in it. */
    public boolean isForeign() {
        return row.reach == Reach.NO_TOKEN;
    }

    Row row() {
        return row;
    }
}
