package dev.chainloop.token.explain;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.explain.Row.Naming;
import java.util.List;
import java.util.Locale;

/**
 * The messages that users of the Chainloop CLI bring: what each means, who can get it, and its causes. The first text of
 * each is its title. A new message is a row here, whose parts {@link Row} explains; causes that need more than that are a
 * method of {@link TokenCauses}, {@link CommandCauses} or {@link ConnectionCauses}.
 */
public enum KnownMessage {
    ISSUER_NOT_FOUND(Row.anyone(
                    "All of the control plane's own checks rejected the token, so it was tried as a CI provider's"
                            + " token, and no provider of that name is enrolled. Unless a CI provider's token was sent,"
                            + " the message names the last check, not the cause.")
            .ofProvider("The token that was sent is of the issuer that the message names, and no CI provider of that"
                    + " name is enrolled.")
            .byRefusals()
            .weighed(TokenCauses::issuerNotFound)
            .ofSent(TokenCauses::ofIssuer)
            .answer(
                    Asked::namesStranger,
                    "Chainloop accepts only its own tokens, and those of GitHub and GitLab.",
                    Asked::errorsOrRenewal)
            .answer(
                    Asked::namesProvider,
                    "The CI provider or the repository is not enrolled with the organization.",
                    Asked::errorsOrEnrollment)
            .answersOfFederated()
            .answer(
                    Asked::isExpiredUntold,
                    "It has expired; servers before v1.101.0 report that in these words.",
                    Asked::renewal)
            .answer(
                    Asked::isUntyped,
                    "The server does not know its audience, or it was not signed with the server's secret.",
                    Asked::errorsOrControlPlane)
            .answerElseOfSignature()
            .notForExpiry()
            .named(Naming.WORD)
            .cure(Cure.GET_TOKEN)
            .from("Chainloop's platform, not public; passed on by attjwtmiddleware/attmiddleware.go; #2812")
            .texts(
                    "issuer not found",
                    "failed to load issuer",
                    "no issuers configured",
                    "FEDERATED_AUTH_ERROR_UNAUTHORIZED")),
    TOKEN_EXPIRED(Row.anyone("By the server's clock the token has expired, or is not valid yet.")
            .by(Rule.EXPIRED, Rule.NOT_YET_VALID)
            .perhapsOfSent(TokenCauses::perhapsExpired)
            .weighed(TokenCauses::expired)
            .ofKind(
                    Audience.GENERIC,
                    "GitHub's federated tokens end five minutes after the CLI requests them, so one command ran"
                            + " longer (Chainloop #2892), which an API token would outlast; GitLab's end with the"
                            + " job's time limit.",
                    Cure.CREATE_API_TOKEN)
            .answer(Asked::hasExpiry, "It has expired by the server's clock.", Asked::renewal)
            .answerElse(
                    "The server says that it has expired, although it has no expiry, so the real reason is a"
                            + " different one.",
                    Asked::renewal)
            .cure(Cure.GET_TOKEN)
            .from("app/cli/pkg/action/auth_error.go, before app/cli/main.go; kratos middleware/auth/jwt")
            .texts("your authentication token has expired", "JWT token has expired")),
    TOKEN_INVALID(Row.anyone("The server could not read or verify the token.")
            .named(Naming.GENERAL)
            .by(
                    Rule.UNSIGNED,
                    Rule.SIGNATURE_LENGTH,
                    Rule.SIGNATURE_LEFT_OUT,
                    Rule.ALGORITHM,
                    Rule.SIGNATURE,
                    Rule.LOGIN_ELSEWHERE,
                    Rule.CLEANED,
                    Rule.ODD_CLAIM,
                    Rule.ODD_ENCODING)
            .byFaults()
            .ofAny(
                    "It was not signed with the server's secret, or was damaged on the way; without the key, the"
                            + " signature cannot be checked here.",
                    Cure.CHECK_CONTROL_PLANE)
            .answerCuredBy(Asked::errorsOrRenewal)
            .cure(Cure.STORE_WHOLE)
            .from("app/cli/pkg/action/auth_error.go; go-kratos/kratos middleware/auth/jwt")
            .texts("your authentication token is invalid", "Token is invalid")),
    SIGNATURE_INVALID(
            Row.anyone("The token was not signed with the server's secret. A federated token gets the same answer from"
                            + " every call that does not accept one.")
                    .by(
                            Rule.UNSIGNED,
                            Rule.SIGNATURE_LENGTH,
                            Rule.SIGNATURE_LEFT_OUT,
                            Rule.ALGORITHM,
                            Rule.SIGNATURE,
                            Rule.LOGIN_ELSEWHERE,
                            Rule.CLEANED)
                    .byFaults()
                    .ofKind(
                            Audience.GENERIC,
                            "This is a federated token, which only works for attestations (`attestation init`, `add`, `push`,"
                                    + " `status`, `reset`): any other call answers with this message.",
                            Cure.CREATE_API_TOKEN)
                    .ofOthers(
                            "It comes from another installation, its signature is damaged, or the server's secret has changed"
                                    + " (`chainloop-token help secret`).",
                            Cure.CHECK_CONTROL_PLANE)
                    .answersOfFederated()
                    .answerElseOfSignature()
                    .notForExpiry()
                    .cure(Cure.CHECK_CONTROL_PLANE)
                    .from("golang-jwt hmac.go; app/cli/pkg/action/auth_error.go; kratos middleware/auth/jwt")
                    .texts("signature is invalid", "failed to parse authentication token", "Fail to parse JWT token")),
    SIGNING_METHOD(Row.anyone("The server accepts only HS256, and the token was signed with a different algorithm,"
                    + " such as HS512.")
            .by(Rule.ALGORITHM, Rule.UNSIGNED)
            .clearsWithoutFinding("uses the algorithm that the server expects")
            .answersOfFederated()
            .answerElseOfSignature()
            .cure(Cure.GET_TOKEN)
            .from("go-kratos/kratos middleware/auth/jwt; attjwtmiddleware/attmiddleware.go")
            .texts("Wrong signing method")),
    TOKEN_MISSING(Row.anyone("No token reached the server.")
            .by(Rule.NO_TOKEN, Rule.CONFIG_MID_WRITE, Rule.CONFIG_ELSEWHERE)
            .weighed(TokenCauses::missing)
            .cure(Cure.HAND_IN)
            .from("app/cli/main.go; go-kratos/kratos middleware/auth/jwt")
            .texts("authentication required", "JWT token is missing")),
    NAME_RUN_AS_COMMAND(Row.anyone(
                    "A shell took the variable's name for a command. It reads `$(CHAINLOOP_TOKEN)` so, which Azure"
                            + " Pipelines leaves as it is if no variable has that name, and `CHAINLOOP_TOKEN = …` with blanks.")
            .by(Rule.NO_TOKEN)
            .weighed(TokenCauses::missing)
            .reason()
            .cure(Cure.HAND_IN)
            .from("shells and PowerShell")
            .texts(
                    "CHAINLOOP_TOKEN: command not found",
                    "CHAINLOOP_TOKEN: not found",
                    "command not found: CHAINLOOP_TOKEN",
                    "term 'CHAINLOOP_TOKEN' is not recognized")),
    NAME_NOT_REPLACED(Row.anyone("A script or a file has the name of a variable that holds no value where it was read.")
            .by(Rule.NO_TOKEN)
            .weighed(TokenCauses::missing)
            .reason()
            .cure(Cure.HAND_IN)
            .from("shells, Docker Compose, Groovy, Ansible")
            .texts(
                    "CHAINLOOP_TOKEN: unbound variable",
                    "CHAINLOOP_TOKEN: parameter not set",
                    "CHAINLOOP_TOKEN: parameter null or not set",
                    "secrets.CHAINLOOP_TOKEN }}: bad substitution",
                    "\"CHAINLOOP_TOKEN\" variable is not set",
                    "required variable CHAINLOOP_TOKEN is missing a value",
                    "such property: CHAINLOOP_TOKEN",
                    "'chainloop_token' is undefined")),
    SECRET_NOT_FOUND(Row.anyone("The place did not find the secret that it was to hand in, or may not read it.")
            .by(Rule.NO_TOKEN)
            .weighed(TokenCauses::missing)
            .reason()
            .cure(Cure.HAND_IN)
            .from(
                    "Jenkins, Kubernetes, BuildKit, Amazon ECS, AWS Secrets Manager, Google Cloud Build, systemd, Concourse")
            .texts(
                    "secret CHAINLOOP_TOKEN: not found",
                    "secret CHAINLOOP_TOKEN not found",
                    "undefined vars: chainloop-token")
            .textsWithin(
                    List.of("chainloop", "CHAINLOOP", "kubelet"),
                    "secret \"NAME\" not found",
                    "couldn't find key NAME in Secret")
            .textsWithin(
                    List.of("chainloop", "CHAINLOOP"),
                    "find credentials entry with ID",
                    "unable to pull secrets or registry auth",
                    "can't find the specified secret",
                    "failed to access secret version for secret",
                    "to load environment files")),
    NOT_PASSED_TO_CALLED(Row.anyone(
                    "The workflow that was called got neither a secret nor a permission that it asks for from"
                            + " the one that calls it.")
            .reason()
            .cure(Cure.PASS_TO_CALLED)
            .from("GitHub Actions")
            .texts("is requesting 'id-token: write', but is only allowed")
            .textsWithin(
                    List.of("api_token", "chainloop", "CHAINLOOP"), "is required, but not provided while calling")),
    NO_ID_TOKEN(Row.anyone("The CLI runs in a CI job, but could not request a federated token there. It says so only"
                    + " with --debug. If it has no other token, the command then fails with \"JWT token is missing\".")
            .clears(Audience.API_TOKEN, "would have been sent")
            .clears(Audience.USER, "would have been sent")
            .certain("The job is not allowed to request an ID token, or its request failed.")
            .reason()
            .cure(Cure.REQUEST_FEDERATED)
            .from("pkg/attestation/crafter/runners/oidc/github.go")
            .texts("does your workflow have id-token: write scope?")),
    OIDC_UNREACHABLE(Row.anyone("The CLI could not fetch GitLab's keys from $CI_SERVER_URL, so it dropped the token in"
                    + " $GITLAB_OIDC. It says so only with --debug.")
            .weighed(ConnectionCauses::providerUnreachable)
            .reason()
            .cure(Cure.REACH_GITLAB)
            .from("pkg/attestation/crafter/runners/oidc/gitlab.go")
            .texts("failed to connect to OIDC provider")),
    ID_TOKEN_REQUEST_FAILED(
            Row.anyone("The CLI asked GitHub for a federated token, and got none. It says so only with --debug. If it"
                            + " has no other token, the command then fails with \"JWT token is missing\".")
                    .clears(Audience.API_TOKEN, "would have been sent")
                    .clears(Audience.USER, "would have been sent")
                    .certain("The job cannot reach GitHub's token service, or that refused the request.")
                    .reason()
                    .cure(Cure.REACH_GITHUB)
                    .from("pkg/attestation/crafter/runners/oidc/github.go")
                    .texts("error retrieving request token")),
    GITLAB_PROBE(Row.harmless("In a GitLab job without $GITLAB_OIDC, the CLI looks whether the token that it has is"
                    + " GitLab's. It says with --debug that it is not, and sends it all the same.")
            .not("a failure caused by this: an API token in a GitLab job always has this line")
            .within("Gitlab OIDC client", "token verification failed")
            .from("pkg/attestation/crafter/runners/oidc/gitlab.go")
            .texts("invalid authentication token provided")),
    GITLAB_EXPIRED(Row.anyone("The CLI dropped the token in $GITLAB_OIDC, because it has expired. It says so only with"
                    + " --debug.")
            .by(Rule.EXPIRED)
            .clears(Audience.API_TOKEN, "would have been sent")
            .clears(Audience.USER, "would have been sent")
            .certain("The job ran for longer than its token lives, or got it from an earlier job.")
            .reason()
            .within("Gitlab OIDC client", "token verification failed")
            .unlessWith("invalid authentication token provided")
            .cure(Cure.REQUEST_FEDERATED)
            .from("coreos/go-oidc verify.go; pkg/attestation/crafter/runners/oidc/gitlab.go")
            .texts("oidc: token is expired")),
    GITLAB_ISSUER(Row.anyone("The CLI dropped the token in $GITLAB_OIDC, because its issuer is not the GitLab in"
                    + " $CI_SERVER_URL. It says so only with --debug.")
            .clears(Audience.API_TOKEN, "would have been sent")
            .clears(Audience.USER, "would have been sent")
            .certain("The token in $GITLAB_OIDC was not made by this GitLab for this job.")
            .reason()
            .within("Gitlab OIDC client", "token verification failed")
            .unlessWith("invalid authentication token provided")
            .cure(Cure.REQUEST_AUDIENCE)
            .from("coreos/go-oidc verify.go; pkg/attestation/crafter/runners/oidc/gitlab.go")
            .texts("id token issued by a different provider")),
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
            .weighed(TokenCauses::tokenRequired)
            .cure(Cure.UPDATE_OR_HAND_IN)
            .from("app/cli/cmd/errors.go; the first text from v0.91.0 to v0.180, the second from v0.87.2 to v0.90.1")
            .texts(
                    "chainloop Token required",
                    "token required, please provide it via the pre-defined env variable or command flag")),
    EMPTY_OPTION(
            Row.noToken("The CLI does not understand the command: a word of it is missing, or went to `--token` as its"
                            + " value.")
                    .weighed(CommandCauses::emptyOption)
                    .cure(Cure.LEAVE_OUT_OPTION)
                    .from("spf13/cobra command.go, spf13/pflag errors.go")
                    .texts("unknown command \"NAME\" for \"chainloop\"")
                    .textsWithin(List.of("chainloop"), "flag needs an argument: --token")),
    NO_PROVIDER(Row.anyone("All of the control plane's own checks rejected the token, and it does not accept tokens"
                    + " from CI providers.")
            .byRefusals()
            .weighed(TokenCauses::ownChecks)
            .ofKind(
                    Audience.GENERIC,
                    "The job had no other token, so the CLI sent a federated one, which this control plane accepts only if"
                            + " its operator sets that up.",
                    Cure.CREATE_API_TOKEN)
            .answersOfFederated()
            .answerElseOfSignature()
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
                    .clears(Audience.API_TOKEN, "is an API token")
                    .clears(Audience.USER, "is a user token")
                    .certain("A policy of this attestation does not work with a federated token.")
                    .cure(Cure.CREATE_API_TOKEN)
                    .from("the platform, not public, reported in #2860; pkg/policies/engine/builtins/rego.go")
                    .texts(
                            "federated accounts not allowed",
                            "failed to call discover endpoint",
                            "failed to call project compliance endpoint")),
    INVALID_AUDIENCE(Row.genuine("The token was issued for a different purpose.")
            .by(Rule.UNKNOWN_AUDIENCE, Rule.ODD_AUDIENCE, Rule.MIXED_AUDIENCE)
            .clearsWithoutFinding("has the control plane's audience")
            .answerCuredBy(Asked::errorsOrRenewal)
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
            .clearsWithoutFinding("has that claim")
            .cure(Cure.GET_TOKEN)
            .from("app/controlplane/internal/usercontext: apitoken_middleware.go, currentuser_middleware.go")
            .texts(
                    "error mapping the API-token claims",
                    "error mapping the user claims",
                    "user claims",
                    "API token has no claims",
                    "error mapping the claims",
                    "error retrieving the key ID from the API token")),
    CLAIMS_OUTDATED(Row.apiToken("The organization, project, workflow or scope in the token is not what the server has"
                    + " on record for it.")
            .by(Rule.SCOPE_INCONSISTENT)
            .clears(Facts::isUntyped, "has no ID, and the server would have said so")
            .weighed(TokenCauses::outdated)
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
    CLAIMS_UNVERIFIED(Row.apiToken("What the token says of its organization, project, workflow or scope is not what the"
                    + " server has on record for it. Only the server's log says which.")
            .by(Rule.SCOPE_INCONSISTENT)
            .clears(Facts::isUntyped, "has no ID, and the server would have said so")
            .hidden("Its organization or project was created again or moved, or the server's record was changed.")
            .cure(Cure.REPLACE_API_TOKEN)
            .within("rpc error: code =", "authentication error")
            .from("app/controlplane/pkg/biz/apitoken.go, later than v1.106.1")
            .texts("API token could not be verified")),
    BOTH_CREDENTIALS(
            Row.harmless("The CLI warns that there are both a login and $CHAINLOOP_TOKEN, and says which one it"
                            + " ignores. It continues anyway.")
                    .by(Rule.SHADOWED)
                    .not("a failure caused by this: it is only a warning, and the actual error comes after it")
                    .cure(Cure.CHOOSE_TOKEN)
                    .from("app/cli/cmd/root.go; ends in 'Ignoring user credentials' since v1.100.10")
                    .texts("Both user credentials and $CHAINLOOP_TOKEN set")),
    CONFIG_BROKEN(Row.noToken("The CLI cannot read its config file, and stops before it looks for a token.")
            .weighed(CommandCauses::configBroken)
            .cure(Cure.MEND_CONFIG)
            .from("spf13/viper util.go, called by app/cli/cmd/root.go")
            .texts("While parsing config")),
    CONFIG_HOME(Row.noToken("The CLI cannot write its config file, and stops.")
            .told(CommandCauses::homeAtRoot)
            .certain("The folder or the file belongs to somebody else, or is read-only.")
            .cure(Cure.OWN_CONFIG)
            .from("app/cli/cmd/root.go; the last text from the operating system")
            .texts("panic: creating config file", "config.toml: permission denied")
            .textsWithin(List.of(".toml"), "writing config file:")),
    AUTH_TYPE_UNKNOWN(Row.anyone("The CLI itself (v1.12.0 or v1.12.1) cannot tell what kind of token this is.")
            .by(Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.MIXED_AUDIENCE)
            .byFaults()
            .weighed(TokenCauses::authType)
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
            .clears(Audience.USER, "is a user token")
            .certain("The token that was sent is not a user token.")
            .cure(Cure.WORK_AS_PERSON)
            .from("app/controlplane/internal/service/service.go")
            .texts("logged in user", "requester ID is required for inviting new users")),
    USER_NOT_FOUND(Row.user("The token is genuine, but the account behind it is gone. A login creates it again.")
            .hidden("Only the server knows its accounts; this one was deleted, or exists only in another database.")
            .cure(Cure.RENEW_ACCOUNT)
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
            .weighed(TokenCauses::notAMember)
            .hidden("Only the server knows memberships.")
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("usercontext/currentorganization_middleware.go; app/cli/main.go (third text not read)")
            .texts(
                    "user is not a member of organization",
                    "the organization you are trying to access does not exist or you are not part of it",
                    "the organization you are trying to access does not exist, please run",
                    "org not found",
                    "user membership not found",
                    "requester is not a member of the organization",
                    "USER_NOT_MEMBER_OF_ORG_ERROR_NOT_IN_ORG")),
    NO_ROLE(Row.user("The token is genuine, but its user has no role in the organization in use.")
            .hidden("Only the server knows roles.")
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("app/controlplane: internal/service/group.go, internal/service/service.go, usercontext")
            .texts("current membership not found", "authorization subject not set", "missing authorization subject")),
    ORGANIZATION_NOT_SELECTED(Row.genuine(
                    "The token is genuine, but `organization update` changes only the organization in use, and"
                            + " another was named.")
            .ofKind(Audience.API_TOKEN, "An API token works only in its own organization.", Cure.USE_OWN_ORGANIZATION)
            .ofOthers("The login works in another organization.", Cure.CHOOSE_ORGANIZATION)
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("app/controlplane/internal/service/organization.go")
            .texts("the organization to update must be the currently selected one")),
    CREDENTIALS_ELSEWHERE(Row.anyone(
                    "The token is of one organization, and another one is configured: with --org, in the config file"
                            + " or in .chainloop.yml.")
            .ofKind(Audience.API_TOKEN, "An API token works only in its own organization.", Cure.USE_OWN_ORGANIZATION)
            .ofOthers("The login works in another organization.", Cure.CHOOSE_ORGANIZATION)
            .cure(Cure.CHOOSE_ORGANIZATION)
            .within("configured")
            .from("later than v1.106.1; not read in the source")
            .texts("credentials belong to organization")),
    NOBODY_BEHIND_IT(
            Row.genuine("The control plane accepted the token, but found neither an account nor an API token that this"
                            + " call could act for.")
                    .hidden("Only the server's own log says why.")
                    .cure(Cure.ASK_SERVER)
                    .from("app/controlplane/internal/service: attestation.go, attestationstate.go, signing.go")
                    .texts("failed to authenticate request", "authentication data is required")
                    .textsWithin(List.of("code = PermissionDenied"), "authentication not found")),
    ORGANIZATION_SET(Row.user("`organization set` or `organization leave` did not find that name among the user's"
                    + " organizations.")
            .hidden("The name is spelled differently, or the user is not a member.")
            .cure(Cure.CHOOSE_ORGANIZATION)
            .from("app/cli/cmd/organization_leave.go; not read in organization_set.go")
            .texts("organization NAME not found")),
    NO_CURRENT_ORGANIZATION(Row.apiToken("The token is for the whole instance, so it names no organization.")
            .certain("The command must be told which organization to work in.")
            .clears(Facts::namesOrganization, "names an organization")
            .cure(Cure.NAME_ORGANIZATION)
            .from("app/controlplane/internal/service/service.go")
            .texts("current organization not set")),
    WRONG_SCOPE(Row.apiToken("The token is genuine, but it is for a different organization, project or workflow.")
            .clears(Facts::isUntyped, "has no ID, and the server would have said so")
            .weighed(TokenCauses::scope)
            .cure(Cure.USE_IN_SCOPE)
            .named(Naming.QUOTED)
            .from("app/controlplane/internal/service/service.go, v1.12.0; the workflow's not read, #3116")
            .texts(
                    "valid only with the project",
                    "this auth token is valid only with this organization",
                    "this token is scoped to",
                    "scoped to a different workflow",
                    "API token is workflow-scoped and cannot create",
                    "on API Token does not match the organization")),
    OPERATION_NOT_ALLOWED(
            Row.genuine("The token is genuine, but it does not have the permission that this command needs.")
                    .outOfScope()
                    .ofKind(
                            Audience.API_TOKEN,
                            "API tokens may do less than users may, and those of a project even less.",
                            Cure.WIDEN_TOKEN)
                    .ofKind(Audience.GENERIC, "A federated token only works for attestations.", Cure.CREATE_API_TOKEN)
                    .ofOthers("The user's role does not allow it.", Cure.ASK_FOR_ROLE)
                    .hidden("Only the server knows permissions.")
                    .named(Naming.WRAPPER)
                    .cure(Cure.ASK_FOR_RIGHTS)
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
            .ofKind(
                    Audience.USER,
                    "The user's role in the organization allows this only for single projects.",
                    Cure.NAME_PROJECT)
            .ofOthers(
                    "An API token was sent, which may create and revoke tokens of a project, but not of the whole"
                            + " organization.",
                    Cure.NAME_PROJECT)
            .cure(Cure.NAME_PROJECT)
            .from("app/controlplane/internal/service/apitoken.go")
            .texts(
                    "org-level API tokens must specify a project",
                    "cannot revoke org-level tokens",
                    "you can not manage a global API token")),
    PROJECT_REQUIRED(Row.genuine("The token is genuine, but this may be done with it only within a project, and the"
                    + " command names none.")
            .ofKind(Audience.API_TOKEN, "A token of a project works only within that project.", Cure.NAME_PROJECT)
            .ofOthers("The user's role in the organization allows this only for single projects.", Cure.NAME_PROJECT)
            .cure(Cure.NAME_PROJECT)
            .from("app/controlplane/internal/service: apitoken.go, workflowcontract.go")
            .texts("project is required")),
    NAMES_REQUIRED(Row.noToken("The attestation does not say which project or which workflow it is for.")
            .certain("Neither the command line nor .chainloop.yml names it.")
            .cure(Cure.NAME_WORKFLOW)
            .from(
                    "app/cli/cmd/attestation_init.go, later than v1.106.1; app/controlplane/internal/service/attestation.go")
            .texts(
                    "project is required, set it via",
                    "when using an API Token, workflow name is required as parameter")),
    CONTRACT_SCOPE(Row.noToken("The contract that the command names is for another project than the workflow's.")
            .certain("A contract of one project cannot be used in another.")
            .cure(Cure.CORRECT_ARGUMENT)
            .from("app/controlplane/pkg/data/workflow.go")
            .texts("is scoped to a different project")),
    REFERRER(Row.genuine("The token is genuine, but what was asked for is in a project that it may not see.")
            .outOfScope()
            .ofKind(
                    Audience.API_TOKEN,
                    "An API token sees only its organization, and one of a project only that project.",
                    Cure.WIDEN_TOKEN)
            .ofOthers("The user has no role in that project.", Cure.ASK_FOR_ROLE)
            .hidden("Only the server knows permissions and roles.")
            .cure(Cure.ASK_FOR_RIGHTS)
            .from("app/controlplane/pkg/data/referrer.go")
            .texts("referrer not allowed", "referrer not part of the requested project")),
    NAME_TAKEN(Row.genuine("There already is an API token with this name.")
            .certain("A token that has expired keeps its name until it is revoked.")
            .cure(Cure.FREE_NAME)
            .from("app/controlplane/pkg/biz/apitoken.go")
            .texts("name already taken")),
    NO_PROJECT_ROLE(Row.user("The token is genuine, but its user has no role in the project or group that allows this.")
            .hidden("Only the server knows roles.")
            .cure(Cure.ASK_FOR_ROLE)
            .from("app/controlplane: internal/service/service.go, pkg/biz/project.go, pkg/biz/group.go")
            .texts(
                    "requester does not have permission to",
                    "you do not have permissions to access the",
                    "you do not have permissions to access to the project")),
    PROJECT_CREATION(Row.genuine("The token is genuine, but it may not create the project that the command names, which"
                    + " the organization does not have.")
            .weighed(TokenCauses::projectCreation)
            .ofSent(facts -> new Cause(
                    Weight.NOT_VISIBLE,
                    "A token of one project may create no other, nor may a user without the role.",
                    Cure.CREATE_PROJECT))
            .ofKind(Audience.USER, "The user's role does not allow it.", Cure.ASK_FOR_ROLE)
            .cure(Cure.CREATE_PROJECT)
            .from("app/controlplane/internal/service/service.go")
            .texts("you are not allowed to create projects")),
    VIEWER(Row.user("The token is genuine, but its user is a viewer, and viewers cannot run attestations.")
            .roles()
            .cure(Cure.ASK_FOR_ROLE)
            .from("app/controlplane/internal/usercontext/currentuser_middleware.go")
            .texts("your user doesn't have permissions to perform attestations")),
    RIGHTS(Row.genuine("The token is genuine, but only an administrator may do this.")
            .ofKind(
                    Audience.API_TOKEN,
                    "An API token has no role; a person who has the right one can do this.",
                    Cure.WORK_AS_PERSON)
            .roles()
            .cure(Cure.ASK_FOR_RIGHTS)
            .from("service/workflowcontract.go, service/organization.go; first and last text not read")
            .texts(
                    "contract creation is restricted to",
                    "only organization admins can",
                    "creation of organizations is restricted to instance admins",
                    "only organization owners can delete the organization",
                    "only organization admins or owners",
                    "only organization owners can invite owners",
                    "only organization owners can manage owner memberships",
                    "you can not manage a global contract",
                    "not allowed to perform this operation")
            .textsWithin(List.of("code = PermissionDenied"), "not allowed")),
    ROBOT_ACCOUNT(Row.genuine("The token belongs to a robot account. Chainloop has replaced those with API tokens.")
            .by(Rule.UNKNOWN_AUDIENCE)
            .clearsWithoutFinding("is not a robot account's")
            .hidden("This robot account was revoked or deleted, or is for another workflow.")
            .cure(Cure.CREATE_API_TOKEN)
            .from("app/controlplane/internal/usercontext/robotaccount_middleware.go")
            .texts("robot account revoked", "robot account not found", "workflow mismatch")),
    INVALID_TOKEN(
            Row.anyone("What was pasted into `chainloop auth login` is not a token of this control plane, or a server"
                            + " answered HTTP 401.")
                    .by(
                            Rule.EXPIRED,
                            Rule.UNKNOWN_AUDIENCE,
                            Rule.IDENTITY_MISSING,
                            Rule.UNSIGNED,
                            Rule.SIGNATURE_LENGTH,
                            Rule.CLEANED)
                    .hidden("Part of what was pasted may be missing, or it belongs to another control plane.")
                    .cure(Cure.LOG_IN_ANEW)
                    .named(Naming.WRAPPER)
                    .within("auth login", "error: invalid token", "401", "rpc error: code =")
                    .from("app/cli/cmd/auth_login.go")
                    .texts("invalid token")),
    LINE_END_IN_TOKEN(
            Row.anyone("The token that was sent contains a line end or another control character, which a request"
                            + " header cannot carry. The server never saw it.")
                    .by(Rule.CLEANED)
                    .byFaults(Facts::isUnsendable, "holds a line end or another control character, and ")
                    .weighed(TokenCauses::lineEnd)
                    .cure(Cure.SEND_NO_LINE_END)
                    .from("gRPC for Go; the last text from Go's net/http")
                    .texts(
                            "stream terminated by RST_STREAM with error code: PROTOCOL_ERROR",
                            "PROTOCOL_ERROR",
                            "invalid header field value")),
    TOKEN_CHANGED(
            Row.genuine("With --remote-state, the state of an attestation is encrypted with the API or user token that"
                            + " began it. A different token was used later.")
                    .clears(Audience.GENERIC, "is a federated token, with which the state is not encrypted")
                    .ofKind(Audience.USER, "A login in between made a new token.", Cure.KEEP_ONE_TOKEN)
                    .ofOthers(
                            "`add`, `push` or `status` did not use the token that `attestation init` used.",
                            Cure.KEEP_ONE_TOKEN)
                    .cure(Cure.KEEP_ONE_TOKEN)
                    .from("statemanager/remote/remote.go; app/controlplane/pkg/biz/attestationstate.go; #1713")
                    .texts("the attestation state was created with a different token")
                    .textsWithin(List.of("server error", "incorrect passphrase"), "failed to read state")
                    .textsWithin(
                            List.of("loading state", "read the state", "attestation", "rpc error: code ="),
                            "incorrect passphrase")),
    LOGIN_FAILED(Row.noToken("A login was not completed: its page was open for too long or returned no token, or the"
                    + " browser did not keep the cookie (over plain http it never does).")
            .certain("The message is about a login in progress, not about a token that was sent.")
            .cure(Cure.LOG_IN_ANEW)
            .from("app/controlplane/internal/service/auth.go")
            .texts(
                    "the authentication process has expired",
                    "the authentication was invalid, please try again",
                    "retrieved invalid Token")),
    LOGIN_PENDING(Row.harmless("This is not an error: `chainloop auth login` waits for its page in a browser.")
            .likely("If it does not end, no browser on this machine shows the page, or the page cannot reach the CLI.")
            .cure(Cure.LOG_IN_WITHOUT_BROWSER)
            .from("app/cli/cmd/auth_login.go")
            .texts("waiting for the authentication to be completed")),
    TOKEN_TO_COME(Row.harmless("This is not an error: the workflow was created, and the CLI says what its attestations"
                    + " will need. Which token is for what: `chainloop-token help kinds`.")
            .not("a failure: nothing went wrong")
            .cure(Cure.PREPARE_ATTESTATION)
            .from("app/cli/cmd/workflow_create.go")
            .texts("you'll need to provide an API token")),
    LOGIN_WITHOUT_TERMINAL(Row.noToken("`chainloop auth login` needs a terminal, and there is none.")
            .weighed(CommandCauses::loginWithoutTerminal)
            .cure(Cure.LEAVE_OUT_LOGIN)
            .from("the operating system, when app/cli/cmd/auth_login.go reads the terminal")
            .texts("inappropriate ioctl for device")),
    UNATTENDED(Row.noToken("The CLI asked whether to use a login for an attestation, and nobody was there to answer.")
            .clears(Audience.API_TOKEN, "is an API token, and the CLI asks nothing before it sends one")
            .certain("The command ran with a person's login, and without a terminal.")
            .cure(Cure.CREATE_API_TOKEN)
            .within("User-attended mode")
            .from("app/cli/cmd/root.go")
            .texts("command canceled by user")),
    SERVER_CERTIFICATE(Row.noToken("The CLI does not trust the server's certificate.")
            .certain("The certificate was issued by an authority that is not trusted where the CLI runs.")
            .notOfOthers()
            .cure(Cure.TRUST_AUTHORITY)
            .from("Go's crypto/x509: verify.go, root_darwin.go")
            .texts("x509: certificate signed by unknown authority")
            .textsWithin(List.of("x509:"), "certificate is not trusted")),
    TLS_HANDSHAKE(
            Row.noToken("The CLI and what answers did not agree on a TLS connection; the end of the message says why.")
                    .weighed(ConnectionCauses::handshake)
                    .named(Naming.WRAPPER)
                    .notOfOthers()
                    .cure(Cure.CHECK_ADDRESS)
                    .from("gRPC for Go; Go's crypto/tls/handshake_client.go")
                    .texts("transport: authentication handshake failed", "tls: failed to verify certificate")),
    NO_HTTP2(Row.noToken("What ends the TLS connection does not agree to speak HTTP/2 (ALPN), which gRPC needs. The"
                    + " server's certificate is not at fault.")
            .certain("A proxy on the way that inspects TLS, or a load balancer in front of the server, speaks only"
                    + " HTTP/1.1.")
            .notOfOthers()
            .cure(Cure.PASS_HTTP2)
            .from("gRPC for Go since v1.67, credentials/tls.go")
            .texts(
                    "missing selected ALPN property",
                    "transport: authentication handshake failed: credentials: cannot check peer: missing selected ALPN"
                            + " property")),
    AUTHORITY_FILE(Row.noToken("What was given as the certificate of the server's authority holds no certificate.")
            .certain(
                    "The value of --control-plane-ca or --artifact-cas-ca, of its variable or in the config file, is not"
                            + " PEM, and not the path of a PEM file where the CLI runs.")
            .cure(Cure.TRUST_AUTHORITY)
            .from("pkg/grpcconn/grpcconn.go")
            .texts("failed to append CA cert to pool")),
    CERTIFICATE_NAME(Row.noToken("The server's certificate is not for the address that the CLI uses.")
            .notOfOthers()
            .certain("The address is not the server's own, or something on the network path answers in its place.")
            .cure(Cure.CHECK_ADDRESS)
            .from("Go's crypto/x509/verify.go")
            .texts(
                    "x509: certificate is valid for",
                    "x509: certificate is not valid for any names",
                    "x509: cannot validate certificate for")),
    CERTIFICATE_EXPIRED(
            Row.noToken("By the clock of the machine where the command ran, the server's certificate has expired or is"
                            + " not valid yet.")
                    .weighed(ConnectionCauses::certificate)
                    .notOfOthers()
                    .cure(Cure.RENEW_CERTIFICATE)
                    .from("Go's crypto/x509/verify.go")
                    .texts("x509: certificate has expired or is not yet valid")),
    CERTIFICATE_LEGACY(Row.noToken("The server's certificate is of an old form, which Go no longer accepts.")
            .certain("It names its host only as the Common Name. It has to be issued again, with the host as a subject"
                    + " alternative name (SAN).")
            .notOfOthers()
            .cure(Cure.ASK_ADMINISTRATOR)
            .from("Go's crypto/x509/verify.go")
            .texts("certificate relies on legacy Common Name")),
    SERVER_UNREACHABLE(Row.noToken("The CLI cannot reach the server at the address that it uses.")
            .weighed(ConnectionCauses::unreachable)
            .cure(Cure.CHECK_ADDRESS)
            .within("rpc error: code =", "transport:")
            .withinOwnLine("dial tcp", "address ")
            .notOfOthers()
            .from("the operating system; Go's net, crypto/tls and context; gRPC for Go")
            .texts(
                    "connection refused",
                    "missing port in address",
                    "too many colons in address",
                    "context deadline exceeded")),
    NAME_UNKNOWN(Row.noToken("The name of the server's host could not be resolved, so nothing was sent.")
            .weighed(ConnectionCauses::nameUnknown)
            .cure(Cure.RESOLVE_NAME)
            .within("rpc error: code =", "transport:", "name resolver error")
            .withinOwnLine("dial tcp", "lookup ")
            .notOfOthers()
            .from("Go's net; gRPC for Go; the operating system")
            .texts(
                    "no such host",
                    "produced zero addresses",
                    "server misbehaving",
                    "Temporary failure in name resolution")),
    PLAIN_SERVER(Row.noToken("The CLI speaks TLS, and what answers speaks plain text.")
            .certain("The server has no TLS at that address, or the port is another service's.")
            .cure(Cure.SPEAK_PLAINLY)
            .within("rpc error: code =", "transport:")
            .withinOwnLine("tls: ")
            .notOfOthers()
            .from("Go's crypto/tls; gRPC for Go")
            .texts("first record does not look like a TLS handshake")),
    NO_PREFACE(Row.noToken("What answers does not speak HTTP/2 in the way that the CLI does.")
            .likely("The CLI was told to speak plain text (`--insecure`), and the server speaks TLS.", Cure.SPEAK_TLS)
            .likely("A web server, a load balancer or a proxy answers there.", Cure.CHECK_ADDRESS)
            .named(Naming.WRAPPER)
            .cure(Cure.CHECK_ADDRESS)
            .notOfOthers()
            .from("gRPC for Go; golang.org/x/net/http2")
            .texts("error reading server preface", "failed to receive server preface")),
    NO_WAY_TO_SERVER(Row.noToken("The address of the server is known, but nothing answers there.")
            .certain("The CLI's machine has no way to it: its network, a VPN that is off, or a firewall.")
            .cure(Cure.REACH_SERVER)
            .within("rpc error: code =", "transport:")
            .withinOwnLine("dial tcp")
            .notOfOthers()
            .from("the operating system; Go's net")
            .texts("i/o timeout", "network is unreachable", "no route to host", "connection timed out")),
    CONNECTION_FORBIDDEN(
            Row.noToken("The machine where the command ran forbids it to connect. Nothing was sent, and the token"
                            + " has no part in it.")
                    .weighed(ConnectionCauses::connectionForbidden)
                    .cure(Cure.ALLOW_CONNECTION)
                    .within("rpc error: code =", "transport:")
                    .withinOwnLine("dial tcp")
                    .notOfOthers()
                    .unlessWith("dial unix")
                    .from("the operating system, where it returns EPERM or EACCES; Go's net")
                    .texts(
                            "connect: operation not permitted",
                            "connect: permission denied",
                            "socket: operation not permitted",
                            "socket: permission denied")
                    .textsWithin(List.of("lookup "), "operation not permitted")),
    CONNECTION_CUT(Row.noToken("The connection to the server was cut.")
            .certain("A proxy, a firewall or a load balancer on the way closed it, or the server was restarted.")
            .cure(Cure.TRY_AGAIN)
            .within("rpc error: code =", "transport:")
            .withinOwnLine("read tcp", "write tcp")
            .notOfOthers()
            .from("gRPC for Go; the operating system")
            .texts("connection reset by peer")
            .textsAnywhere("error reading from server: EOF")),
    PROXY_LOGIN(
            Row.noToken("A proxy between the CLI and the server wants a user name and a password. The control plane was"
                            + " not reached, and has seen no token.")
                    .certain("$HTTPS_PROXY names the proxy without a user and a password, or with wrong ones.")
                    .cure(Cure.PASS_PROXY)
                    .within("transport:", "rpc error: code =", "failed to do connect handshake")
                    .notOfOthers()
                    .from("the proxy, in RFC 9110; gRPC for Go")
                    .texts("407 Proxy Authentication Required", "Proxy Authentication Required")),
    PROXY_REFUSAL(Row.noToken("A proxy between the CLI and the server did not open the way to it. The control plane was"
                    + " not reached, and has seen no token.")
            .weighed(ConnectionCauses::proxyRefusal)
            .cure(Cure.OPEN_PROXY)
            .named(Naming.WRAPPER)
            .notOfOthers()
            .from("gRPC for Go internal/transport/proxy.go; the proxy, in RFC 9110")
            .texts("failed to do connect handshake")),
    GATEWAY(Row.noToken("A gateway in front of the server answered that nothing behind it does.")
            .notOfOthers()
            .certain("The server is down, is being restarted, or the gateway looks for it in the wrong place.")
            .cure(Cure.TRY_AGAIN)
            .from("gRPC for Go; the last text from Envoy")
            .texts(
                    "unexpected HTTP status code received from server: 502",
                    "unexpected HTTP status code received from server: 503",
                    "unexpected HTTP status code received from server: 504")
            .textsWithin(List.of("rpc error: code ="), "no healthy upstream")),
    WEB_SERVER(Row.noToken("What answered at the address of the server does not speak gRPC.")
            .notOfOthers()
            .weighed(ConnectionCauses::webServer)
            .cure(Cure.CHECK_ADDRESS)
            .from("gRPC for Go; a 401 begins with the CLI's authentication error")
            .texts("unexpected HTTP status code received from server")),
    SERVER_OLDER(Row.noToken(
                    "The server has the service that was called, but not this method of it: it is of another version"
                            + " than the CLI.")
            .weighed(ConnectionCauses::methodUnknown)
            .cure(Cure.MATCH_VERSIONS)
            .from("gRPC for Go")
            .texts("code = Unimplemented desc = unknown method", "unknown method NAME for service controlplane.v1")),
    SERVICE_UNKNOWN(Row.noToken("The server has no service of that name.")
            .likely("The address is that of another service, such as the artifact store's.", Cure.CHECK_ADDRESS)
            .likely("The server is much older than the CLI.", Cure.MATCH_VERSIONS)
            .cure(Cure.CHECK_ADDRESS)
            .from("gRPC for Go")
            .texts("unknown service controlplane.v1", "unknown service cas.v1")),
    CAS_BACKEND(Row.noToken("The organization has no working store for artifacts.")
            .certain("It has none, or the one it has is invalid or cannot be reached.")
            .cure(Cure.MEND_BACKEND)
            .from("app/cli/main.go; app/controlplane: usercontext/orgrequirements_middleware.go")
            .texts(
                    "you need to enable a CAS backend first",
                    "the CAS backend you provided is invalid",
                    "your CAS backend can't be reached")),
    WORKFLOW_CREATION(Row.noToken("The organization does not let attestations create workflows.")
            .certain("The workflow that the attestation names does not exist yet.")
            .cure(Cure.CREATE_WORKFLOW)
            .from("not read in the source; shown in #2527")
            .texts("creating workflows during the attestation process is disabled for this organization")),
    BAD_ARGUMENT(Row.noToken("A name, a duration or an ID on the command line has a form that the CLI rejects.")
            .certain("Names consist of lower-case letters, digits and hyphens; durations are in hours, as in 720h; IDs"
                    + " are UUIDs.")
            .cure(Cure.CORRECT_ARGUMENT)
            .from("k8s.io/apimachinery by app/controlplane/pkg/biz/biz.go; Go's time; last text not read")
            .texts(
                    "a lowercase RFC 1123 label must consist of",
                    "unknown unit \"NAME\" in duration",
                    "value must be a valid UUID")),
    STORE_REFUSES(
            Row.noToken("The artifact store (CAS) refused the short-lived token that the control plane makes for each"
                            + " transfer. The CLI's own token had been accepted before.")
                    .weighed(ConnectionCauses::storeRefuses)
                    .cure(Cure.NAME_STORE)
                    .named(Naming.WRAPPER)
                    .from("app/artifact-cas/internal/server/grpc.go; pkg/casclient; golang-jwt ecdsa.go")
                    .texts(
                            "crypto/ecdsa: verification error",
                            "token signature is invalid: crypto/ecdsa: verification error",
                            "uploading material: rpc error: code = Unauthenticated",
                            "sending the finished upload message rpc error: code = Unauthenticated",
                            "contacting API to get resource Info: rpc error: code = Unauthenticated",
                            "contacting API to get status: rpc error: code = Unauthenticated")),
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
            .weighed(CommandCauses::attestationNotFound)
            .afterFailure()
            .cure(Cure.BEGIN_ATTESTATION)
            .from("app/cli/cmd/errors.go; pkg/attestation/crafter/statemanager; pkg/data/attestationstate.go")
            .texts("attestation not yet initialized", "attestation state not found")
            .textsWithin(List.of("attestation.tmp.json"), "state not found")),
    ATTESTATION_OPEN(Row.noToken("An attestation is open already where `attestation init` would begin one.")
            .certain("Another attestation's state is in the same file, chainloop-attestation.tmp.json in the folder for"
                    + " temporary files: that of a build which still runs, or of one that did not finish.")
            .cure(Cure.SEPARATE_ATTESTATIONS)
            .from("app/cli/cmd/errors.go, app/cli/pkg/action/attestation_init.go")
            .texts("attestation already initialized")),
    KEYLESS_SIGNING(
            Row.noToken("The control plane does not sign for those who have no key: no certificate authority is set up"
                            + " there for that. The token that was sent had been accepted.")
                    .weighed(CommandCauses::keylessSigning)
                    .from(
                            "app/cli/cmd/attestation_push.go, for any answer `Unimplemented`; app/controlplane/pkg/biz/signing.go")
                    .texts("keyless signing not supported", "CAs not initialized")),
    SIGNING_KEY(Row.noToken(
                    "The CLI could not open the key that it is to sign with (`--key`). It does that itself: no token"
                            + " has a part in it.")
            .weighed(CommandCauses::signingKey)
            .from("pkg/attestation/signer/cosign/cosign.go; sigstore/cosign pkg/cosign/keys.go;"
                    + " secure-systems-lab/go-securesystemslib encrypted")
            .textsWithin(
                    List.of("creating signer from keyref"),
                    "decryption failed",
                    "decrypt: encrypt",
                    "invalid pass phrase",
                    "unsupported pem type",
                    "invalid pem block",
                    "failed to find any PEM data",
                    "loading URL: env var")),
    AUTHORIZER_DOWN(Row.noToken("The control plane could not reach the authorizer that its operator runs.")
            .certain("The outage is on the server's side.")
            .cure(Cure.TRY_AGAIN)
            .from("app/controlplane/internal/usercontext/operation_authorization_middleware.go")
            .texts("unable to verify operation authorization")),
    POLICY_PROVIDER(Row.anyone("A policy provider, which is not the control plane, answered 401 or 403.")
            .by(Rule.EXPIRED)
            .hidden("The provider refused the control plane's own credentials, or the token.")
            .cure(Cure.CHECK_POLICY)
            .from("app/controlplane/pkg/policies/policyprovider.go")
            .texts("failed to resolve policy", "failed to resolve group", "unauthorized request to policy provider")),
    POLICY_HOST(Row.noToken(
                    "A policy, which the CLI runs itself, wanted to call a host that the organization does not allow"
                            + " to policies. The network and the token have no part in it.")
            .certain("The host is not among the organization's allowed hostnames for policies.")
            .cure(Cure.ALLOW_HOST)
            .from("open-policy-agent/opa topdown/http.go; pkg/policies/engine/wasm/errors.go")
            .texts("http.send: unallowed host", "HTTP request blocked - hostname")),
    POLICY_FAILED(Row.noToken(
                    "A policy, which the CLI runs itself, could not be run to its end. It was not violated; nobody knows"
                            + " whether it is.")
            .certain("Its own code, or what it was given to judge, does not fit: the words after this say where.")
            .cure(Cure.MEND_POLICY)
            .named(Naming.WRAPPER)
            .unlessWith("\"http")
            .from("open-policy-agent/opa; pkg/policies/engine")
            .texts(
                    "eval_builtin_error",
                    "eval_conflict_error",
                    "eval_type_error",
                    "rego_type_error",
                    "rego_parse_error",
                    "rego_compile_error",
                    "rego_unsafe_var_error",
                    "policy execution timeout exceeded",
                    "policy exceeded memory limits")),
    REGISTRY_LOGIN(Row.noToken("A container registry, which is not the control plane, wants a login.")
            .weighed(CommandCauses::registry)
            .cure(Cure.LOG_IN_TO_REGISTRY)
            .from("the container registry: distribution/distribution registry/api/errcode/register.go;"
                    + " google/go-containerregistry pkg/v1/remote/transport/error.go")
            .texts("UNAUTHORIZED: authentication required", "DENIED: requested access to the resource is denied")
            .textsWithin(
                    List.of("/v2/"),
                    "unexpected status code 401 Unauthorized",
                    "unexpected status code 403 Forbidden")),
    NOT_STARTED(Row.noToken("The Chainloop CLI itself did not start, so nothing was sent.")
            .weighed(CommandCauses::notStarted)
            .cure(Cure.INSTALL_CLI)
            .from("the shell, the container runtime or the operating system")
            .texts(
                    "chainloop: command not found",
                    "chainloop: not found",
                    "command not found: chainloop",
                    "unknown command: chainloop",
                    "\"chainloop\": executable file not found in $PATH",
                    "'chainloop' is not recognized",
                    "chainloop: cannot execute",
                    "chainloop: cannot execute binary file",
                    "chainloop: cannot execute: required file not found",
                    "chainloop: Exec format error")
            .textsWithin(
                    List.of("sh: ", "exec ", "env: ", "sudo: "),
                    "chainloop: No such file or directory",
                    "chainloop: Permission denied",
                    "chainloop: Text file busy")),
    KILLED(Row.noToken("The command was ended from outside, before it was done.")
            .weighed(CommandCauses::killed)
            .named(Naming.GENERAL)
            .cure(Cure.GIVE_RESOURCES)
            .from("the shell, the container runtime or the CI system: 128 and the number of a signal")
            .texts(
                    "exit code 137",
                    "exit status 137",
                    "exited with code 137",
                    "exited with status 137",
                    "OOMKilled",
                    "Killed chainloop",
                    "signal: killed",
                    "exit code 143",
                    "exit status 143",
                    "exited with code 143",
                    "exited with status 143",
                    "The runner has received a shutdown signal",
                    "The operation was canceled.",
                    "runner lost communication with the server",
                    "execution took longer than",
                    "ran longer than the maximum time",
                    "code = Canceled desc = context canceled")),
    SERVER_ERROR(Row.noToken("The server failed; only its own log says why.")
            .certain("The fault is on the server's side.")
            .cure(Cure.TRY_AGAIN)
            .within("rpc error: code = Internal", "rpc error: code = Unknown")
            .from("pkg/servicelogger/logger.go")
            .texts("server error"));

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
        return row.isForeign();
    }

    /** Whether what is wrong with the token here is not the cause, and worth a word beside it. */
    public boolean hasAsides() {
        boolean renewed = row.cure != null && row.cure.changesToken();
        return row.isForeign() && !renewed;
    }

    Row row() {
        return row;
    }
}
