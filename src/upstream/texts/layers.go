package main

import "regexp"

// The layers that a command passes, in this order: a text of a later one proves that the earlier ones were passed.
const (
	progress       = "progress"       // a log line below an error
	commandLine    = "command-line"   // the arguments and flags of the command
	cliFiles       = "cli-files"      // the CLI's config file, plugins and state file
	connection     = "connection"     // on the way to a server
	authentication = "authentication" // who sent the token
	authorization  = "authorization"  // what the sender may do
	request        = "request"        // the form of what was asked for
	controlPlane   = "control-plane"  // the control plane's own rules and data
	storage        = "storage"        // the CAS, its backends, and services that plugins call
	cli            = "cli"            // what the CLI itself does with files and policies
)

// A verdict is what the kind of an error proves.
type verdict struct {
	layer  string // "" where the kind says nothing, and the path decides
	lookup bool   // something was looked for in the token's organization, and was missing or there already
}

// kinds has the kinds of errors by all of their names: kratos' functions, codes of gRPC and HTTP, and the types of
// biz/errors.go, which handleUseCaseErr (service/service.go) makes into kratos' errors. What it does not know is
// masked.
var kinds = []struct {
	names string
	verdict
}{
	{"Unauthorized Unauthenticated StatusUnauthorized 401", verdict{layer: authentication}},
	{"ErrorFederatedAuthErrorUnauthorized", verdict{layer: authentication}},
	{"Forbidden PermissionDenied StatusForbidden 403 ErrUnauthorized", verdict{layer: authorization}},
	{"ErrorAllowListErrorNotInList ErrorUserWithNoMembershipErrorNotInOrg", verdict{layer: authorization}},
	{"ErrorUserNotMemberOfOrgErrorNotInOrg", verdict{layer: authorization}},
	{"ErrorCasBackendErrorReasonRequired ErrorCasBackendErrorReasonInvalid", verdict{}}, // 403, but nobody's rights
	{"BadRequest InvalidArgument FailedPrecondition StatusBadRequest 400 412", verdict{layer: request}},
	{"ErrValidation ErrInvalidUUID ErrInvalidTimeWindow ErrReleasedVersionImmutable", verdict{layer: request}},
	{"CursorPaginationError OffsetPaginationError", verdict{layer: request}},
	{"ErrAttestationStateConflict ErrorAttestationStateErrorConflict", verdict{layer: request}},
	{"Conflict AlreadyExists StatusConflict 409 ErrAlreadyExists", verdict{layer: request, lookup: true}},
	{"NotFound StatusNotFound 404 ErrNotFound", verdict{lookup: true}},
	{"InternalServer ServiceUnavailable GatewayTimeout ClientClosed Internal Unavailable", verdict{}},
	{"StatusInternalServerError StatusServiceUnavailable 500 ErrNotImplemented ErrReferrerAmbiguous", verdict{}},
}

// A place says what a text proves where the kind of error does not: the first row whose path begins a file's path.
// A text of code that both the CLI and the control plane run is in two layers.
var places = []struct{ path, layers string }{
	{"app/cli/main.go", authentication}, // its words for what the server refused
	{"app/cli/cmd/config", cliFiles},
	{"app/cli/cmd/plugins", cliFiles},
	{"app/cli/pkg/plugins/", cliFiles},
	{"app/cli/internal/token/", authentication},
	{"app/cli/", cli},
	{"pkg/attestation/crafter/statemanager/filesystem/", cliFiles},
	{"pkg/attestation/crafter/runners/oidc/", authentication},
	{"pkg/grpcconn/", connection},
	{"pkg/blobmanager/", storage},
	{"pkg/credentials/", storage},
	{"internal/robotaccount/", storage},
	{"internal/ociauth/", storage},
	{"app/artifact-cas/", storage},
	{"app/controlplane/plugins/", storage},
	{"app/controlplane/internal/dispatcher/", storage},
	{"app/controlplane/internal/usercontext/orgrequirements", controlPlane},
	{"app/controlplane/internal/usercontext/operation_authorization", authorization},
	{"app/controlplane/internal/usercontext/currentorganization", authorization},
	{"app/controlplane/internal/usercontext/allowlist", authorization},
	{"app/controlplane/internal/usercontext/suspension", authorization},
	{"app/controlplane/internal/usercontext/", authentication},
	{"app/controlplane/internal/oidcauthenticator/", authentication},
	{"app/controlplane/internal/service/auth.go", authentication},
	{"app/controlplane/pkg/usercontext/", authentication},
	{"app/controlplane/pkg/jwt/", authentication},
	{"app/controlplane/pkg/authz/", authorization},
	{"app/controlplane/api/workflowcontract/", request + " " + cli},
	{"app/controlplane/api/", request},
	{"app/controlplane/pkg/unmarshal/", request + " " + cli},
	{"app/controlplane/", controlPlane},
	{"pkg/jsonfilter/", request},
	{"pkg/", cli},
	{"internal/", cli},
}

// The files that the rules of read.go and texts.go speak of.
var (
	// Only errors of one of the kinds above leave these: any other is masked, and all that is seen is "server error".
	masks = regexp.MustCompile(`^app/(controlplane|artifact-cas)/(pkg/(biz|data|ca|jwt|pagination)/|` +
		`internal/(server|dispatcher|service/auth\.go|usercontext/operation_auth))`)
	// What wraps an error of one of the kinds is seen, too.
	wrapsKinds = regexp.MustCompile(`^app/controlplane/pkg/biz/`)
	// What a server writes to its log, no user sees.
	isServer = regexp.MustCompile(`^app/(controlplane|artifact-cas)/`)
	// Who calls the CAS has a token that the control plane made for it.
	isCAS = regexp.MustCompile(`^(app/artifact-cas|internal/robotaccount)/`)
	// What the CLI makes of another's error stands in a variable named message here.
	choosesWords = regexp.MustCompile(`^(app/cli/main\.go|pkg/policies/)`)
	// What is not found here was looked for in a file of the user's, or at a service that a plugin calls.
	looksElsewhere = regexp.MustCompile(`^(pkg/(attestation/(crafter/(api|materials)|renderer)|policies|` +
		`resourceloader)|internal|app/(cli/internal|controlplane/plugins))/`)
	// Each text here is about the folder's subject, whatever else it names.
	isOfOne = regexp.MustCompile(`/(materials|plugins|blobmanager|credentials|policies|runners|signer|verifier)/`)
)

// The words that the rules of texts.go look for.
var (
	// What a user lacks is not the form of a request, whatever the kind of the error.
	ofRights = regexp.MustCompile(`\b(permissions?|requester|only organization|administrators|restricted|not allowed|` +
		`unauthorized|authentication|authorization|(can not|cannot|can t|may not) manage|` +
		`current(ly)? (user|organization|membership))\b`)
	// A token that is spoken of may be the one that was sent.
	ofToken = regexp.MustCompile(`\b(auth|this|your|an|on|global|parse|from|with|chainloop|no|missing) ` +
		`((api|auth|authentication) )?tokens?\b`)
	// Why the CLI sends no token of a CI provider.
	ofOIDC = regexp.MustCompile(`\boidc\b`)
	// What is looked for in the token's organization or project.
	ofLookup = regexp.MustCompile(`\b(not found|not exist|doesn t exist|already (exists?|taken)|is already|no such|` +
		`no( \w+){1,3} exists|not (yet )?initialized|not (a )?member|not part of|does not belong|` +
		`(can not|cannot|could not|couldn t|unable to) find)\b`)
	ofFlag = regexp.MustCompile(`\bflags?\b|(^|\s)--[a-z]`)
	// Three words will do where one of them is Chainloop's own.
	own = regexp.MustCompile(`\b(attestations?|workflows?|contracts?|cas|materials?|api tokens?|chainloop|referrers?)\b`)
)

// Nothing here is what the CLI or a server says: generated and test code, how servers start, the auditor's feed,
// templates.
var skipped = regexp.MustCompile(`_test\.go$|\.pb\.|/(mocks|ent|testdata|testhelpers|documentation|readme-generator|` +
	`auditor|templates|telemetry|tabular)/|^app/(controlplane|artifact-cas)/cmd/|/authz/enforcer|` +
	`/cmd/(main|start)\.go$|/plugins/core/template/`)

// What libraries of the CLI say, which are not in the checkout.
var libraries = []struct {
	layer, subject, file string
	texts                []string
}{
	{commandLine, "the command", "github.com/spf13/cobra", []string{
		`unknown command %q for "chainloop"`,
		`unknown command %q for "chainloop %s"`,
		`required flag(s) %q not set`,
		`accepts %d arg(s), received %d`,
		`accepts at most %d arg(s), received %d`,
		`requires at least %d arg(s), only received %d`,
		`if any flags in the group [%v] are set none of the others can be; %v were all set`,
		`if any flags in the group [%v] are set they must all be set; missing %v`,
		`at least one of the flags in the group [%v] is required`,
	}},
	{commandLine, "the command", "github.com/spf13/pflag", []string{
		`unknown flag: %s`,
		`unknown shorthand flag: %q in %s`,
		`flag needs an argument: %s`,
		`invalid argument %q for %q flag: %s`,
	}},
	{connection, "the connection", "google.golang.org/grpc", []string{
		`transport: Error while dialing: %w`,
		`unexpected HTTP status code received from server: %d (%s)`,
		`transport: received unexpected content-type %q`,
		`grpc: received message larger than max (%d vs. %d)`,
		`grpc: the client connection is closing`,
	}},
}

// A subject is what a text is about: the first of these that it names, else the first that its file's path does.
type subject struct {
	name  string
	words *regexp.Regexp
	path  *regexp.Regexp
}

var subjects = []subject{
	row("API tokens", `api tokens?`, `api_?token`),
	row("the CAS backend", `cas backends?|backends?|bucket`, `cas_?backend|blobmanager`),
	row("policies", `polic(y|ies)|rego`, `polic`),
	row("contracts", `(workflow )?contracts?`, `contract|crafting_schema`),
	row("plugins", `plugins?|integrations?`, `plugin|integration|dispatcher`),
	row("project versions", `project versions?|released`, `project_?version`),
	row("workflow runs", `workflow runs?`, `workflow_?run`),
	row("workflows", `workflows?`, `workflow`),
	row("materials", `materials?|sbom`, `materials`),
	row("signatures", `sign(ing|ed|atures?|er)?|verification|certificates?|timestamps?`, `sign|verif|pkg/ca/|/ca\.go`),
	row("runners", `runners?`, `runners`),
	row("organizations", `organizations?|orgs?`, `org`),
	row("projects and members", `projects?|groups?|members?|memberships?|users?|invitations?`,
		`project|group|member|/user\.`),
	row("attestations", `attestations?`, `attestation|crafter`),
	row("artifacts", `artifacts?|referrers?|digests?`, `artifact|referrer|cas`),
	row("logins", `log ?in|credentials`, `auth|jwt|token|usercontext`),
	row("stored credentials", `secrets?`, `pkg/credentials`),
	row("the config file", `config file`, `cmd/config`),
	row("the connection", `connection`, `grpcconn`),
}

// What names the CAS backend in full is about that, wherever it stands.
var isOfCAS = regexp.MustCompile(`\bcas backends?\b`)

func row(name, words, path string) subject {
	return subject{name, regexp.MustCompile(`\b(` + words + `)\b`), regexp.MustCompile(path)}
}
