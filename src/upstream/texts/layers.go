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
	otherService   = "other-service"  // what is not Chainloop's, such as a registry or a cloud's keys
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
	ofMissing = regexp.MustCompile(`code = (NotFound|AlreadyExists)\b`)
	ofFlag    = regexp.MustCompile(`\bflags?\b|(^|\s)--[a-z]`)
	// Three words will do where one of them is Chainloop's own.
	own = regexp.MustCompile(`\b(attestations?|workflows?|contracts?|cas|materials?|api tokens?|chainloop|referrers?)\b`)
)

// Nothing here is what the CLI or a server says: generated and test code, how servers start, the auditor's feed,
// templates.
var skipped = regexp.MustCompile(`_test\.go$|\.pb\.|/(mocks|ent|testdata|testhelpers|documentation|readme-generator|` +
	`auditor|templates|telemetry|tabular)/|^app/(controlplane|artifact-cas)/cmd/|/authz/enforcer|` +
	`/cmd/(main|start)\.go$|/plugins/core/template/`)

// An origin is where texts come from that no rule reads from the checkout.
type origin struct {
	layer, subject, file string
	texts                []string
}

// What people ask about most, which is too short to be kept, or which the CLI says in words that are in no source. Many
// programs say it, so it counts only in a line of the CLI's own.
var lookups = []origin{
	{controlPlane, "projects", "app/controlplane", []string{`project not found`, `project %s not found`}},
	{controlPlane, "workflows", "app/controlplane", []string{`workflow %s not found`}},
}

// What libraries of the CLI and the operating system say, which is not in the checkout. Any program may say it, so it
// counts only where the CLI itself does. What follows a colon, `%w`, is of the same layer, whatever it is.
var libraries = []origin{
	{commandLine, "the command", "github.com/spf13/cobra", []string{
		`unknown command %q for "chainloop"`,
		`unknown command %q for "chainloop %s"`,
		`required flag(s) %q not set`,
		`accepts %d arg(s), received %d`,
		`accepts at most %d arg(s), received %d`,
		`accepts between %d and %d arg(s), received %d`,
		`requires at least %d arg(s), only received %d`,
		`invalid argument %q for "chainloop %s"`,
		`if any flags in the group [%v] are set none of the others can be; %v were all set`,
		`if any flags in the group [%v] are set they must all be set; missing %v`,
		`at least one of the flags in the group [%v] is required`,
	}},
	{commandLine, "the command", "github.com/spf13/pflag", []string{
		`unknown flag: %s`,
		`unknown shorthand flag: %q in %s`,
		`flag needs an argument: %s`,
		`bad flag syntax: %s`,
		`invalid argument %q for %q flag: %s`,
	}},
	{progress, "the command", "github.com/spf13/pflag", []string{
		`Flag --%s has been deprecated, %s`,
		`Command %q is deprecated, %s`,
	}},
	{connection, "the connection", "google.golang.org/grpc", []string{
		`connection error: desc = %w`,
		`transport: %w`,
		`grpc: %w`,
		`name resolver error: %w`,
		`last connection error: %w`,
		`latest balancer error: %w`,
		`failed to exit idle mode: %w`,
		`failed to do connect handshake, %w`,
		`error reading from server: %w`,
		`error reading server preface: %w`,
		`received prior goaway: code: %w`,
		`stream terminated by RST_STREAM with error code: %w`,
		`the connection is draining`,
		`transport is closing`,
		`rpc error: code = Unavailable desc = %w`,
		`rpc error: code = DeadlineExceeded desc = %w`,
	}},
	{connection, "the connection", "Go's net and crypto", []string{
		`dial tcp %s: %w`,
		`lookup %s: %w`,
		`read tcp %s: %w`,
		`write tcp %s: %w`,
		`proxyconnect tcp: %w`,
		`socks connect %s: %w`,
		`tls: %w`,
		`remote error: tls: %w`,
		`x509: %w`,
		`http2: %w`,
		`net/http: %w`,
		`http: server gave HTTP response to HTTPS client`,
		`malformed HTTP response %q`,
	}},
	{otherService, "another server", "Go's net/http, google/go-containerregistry", []string{
		`Get "https://%s": %w`,
		`Get "http://%s": %w`,
		`Head "https://%s": %w`,
		`Head "http://%s": %w`,
		`Post "https://%s": %w`,
		`Post "http://%s": %w`,
		`Put "https://%s": %w`,
		`Put "http://%s": %w`,
		`Patch "https://%s": %w`,
	}},
	// The codes of gRPC that say where an error arose; Unknown and Internal do not.
	{authentication, "logins", "google.golang.org/grpc", []string{
		`rpc error: code = Unauthenticated desc = %w`,
		`authentication error: %w`,
	}},
	{authorization, "the request", "google.golang.org/grpc", []string{
		`rpc error: code = PermissionDenied desc = %w`,
		`authorization error: %w`,
	}},
	{request, "the request", "google.golang.org/grpc", []string{
		`rpc error: code = InvalidArgument desc = %w`,
		`rpc error: code = FailedPrecondition desc = %w`,
		`rpc error: code = OutOfRange desc = %w`,
		`rpc error: code = NotFound desc = %w`,
		`rpc error: code = AlreadyExists desc = %w`,
		`rpc error: code = Unimplemented desc = %w`,
		`rpc error: code = ResourceExhausted desc = %w`,
		`validation error: %w`,
	}},
	{cli, "files", "Go's os", []string{
		`open %s: %w`,
		`stat %s: %w`,
		`lstat %s: %w`,
		`mkdir %s: %w`,
		`rename %s: %w`,
		`unlink %s: %w`,
		`remove %s: %w`,
		`chmod %s: %w`,
		`read %s: is a directory`,
		`write %s: no space left on device`,
		`write %s: read-only file system`,
		`fork/exec %s: %w`,
		`%s: no space left on device`,
		`no space left on device`,
		`too many open files`,
	}},
	{cli, "signatures", "Go's crypto/x509", []string{`x509: %w`}},
	{cliFiles, "the config file", "github.com/pelletier/go-toml", []string{`toml: %w`}},
	{cliFiles, "plugins", "github.com/hashicorp/go-plugin", []string{
		`Unrecognized remote plugin message: %w`,
		`timeout while waiting for plugin to start`,
		`plugin exited before we could connect`,
		`Incompatible API version with plugin. %s`,
	}},
	{cli, "files", "gopkg.in/yaml.v3, Go's encoding/json, go-git", []string{
		`yaml: %w`,
		`unexpected end of JSON input`,
		`repository does not exist`,
	}},
	{otherService, "another service", "AWS, Google Cloud, Azure, Vault", []string{
		`api error %s: %w`,
		`operation error %s: %w`,
		`googleapi: Error %d: %w`,
		`oauth2: %w`,
		`Permission %q denied on resource %s`,
		`%s is not authorized to perform: %s`,
		`Error making API request`,
		`Code: %d. Errors`,
		`DefaultAzureCredential: %w`,
		`ClientSecretCredential authentication failed`,
	}},
	{otherService, "a registry", "github.com/google/go-containerregistry", []string{
		`could not parse reference: %s`,
		`error getting credentials - err: %w`,
		`MANIFEST_UNKNOWN: %w`,
		`NAME_UNKNOWN: %w`,
		`NAME_INVALID: %w`,
		`TOOMANYREQUESTS: %w`,
		`unexpected status code %d %s`,
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
