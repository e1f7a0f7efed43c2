package dev.chainloop.token.advice;

import dev.chainloop.token.core.Form;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log tells a plan beside its message: a value that the group of a pattern takes out of a line. Of several, the last
 * one before the message counts.
 */
public enum Detail {
    /** What a command names by its options. */
    NAMED_PROJECT("\\s--project[ =][\"']?([a-z0-9-]{1,63})\\b", Detail.OF_COMMAND),
    NAMED_ORGANIZATION("\\s--org[ =][\"']?([a-z0-9-]{1,63})\\b", Detail.OF_COMMAND),
    NAMED_CONTROL_PLANE("\\s--control-plane[ =][\"']?([\\w.-]{1,99}:\\d{1,5})(?!\\w)", Detail.OF_COMMAND),
    /** How `chainloop version`, a variable, and the tag of an image name the version of the CLI. */
    VERSION("(?:Client Version: ?|CHAINLOOP_VERSION[=:] ?|chainloop version |CLI |chainloop(?:-dev)?/cli:)"
            + "(v?\\d{1,3}\\.\\d{1,4}\\.\\d{1,4})(?![\\w.])"),
    /** The control plane, where a command has no option for it. */
    CONTROL_PLANE("CHAINLOOP_CONTROL_PLANE_API[=:] ?[\"']?([a-z0-9.-]{1,99}:\\d{1,5})(?!\\w)"),
    /** The artifact store, where a command has no option for it. */
    STORE_ADDRESS("(?:CHAINLOOP_ARTIFACT_CAS_API[=:]|--artifact-cas[ =]) ?[\"']?([a-z0-9.-]{1,99}:\\d{1,5})(?!\\w)"),
    /** What the CLI did with the artifact store when it failed, in the line of the message. */
    STORE(
            "((?:up|down)loading (?:the )?(?:material|artifact|file)|creating the gRPC client|sending the finished upload message"
                    + "|contacting API to get (?:resource Info|status))(?=:? (?:rpc error|connection|context|\\w[^\n]*: ))",
            Detail.OF_MESSAGE),
    /** The name that was asked for, without a port. */
    HOST("lookup ([a-z0-9][a-z0-9.-]{1,99})(?: on|:) "),
    /** Why the CI provider's keys could not be fetched. */
    PROVIDER_FAULT(
            "failed to connect to OIDC provider: [^\n]{0,200}?"
                    + "(x509: [a-zA-Z ]{5,60}?(?= error=|[^a-zA-Z ]|$)|no such host|connection refused|i/o timeout|[45]\\d\\d [A-Z][a-z ]{2,30})"),
    /** What ended a handshake of TLS. */
    HANDSHAKE_END("handshake failed: (?:tls: failed to verify certificate: )?([a-zA-Z][^\"\n]{1,120})"),
    /** The method that a server does not have. */
    METHOD("unknown method (\\w{1,63} for service [\\w.]{1,63}\\w)"),
    /** Another service's word for credentials that have expired. */
    EXPIRED_THERE(
            "(ExpiredToken\\w{0,12}|RequestExpired|AADSTS70008\\d|invalid_grant|(?:token|session|credentials)[^\n:.]{0,60}"
                    + " (?:has|have|is|are) expired)",
            Detail.OF_MESSAGE),
    /** Another service's word for what it does not have. */
    MISSING_THERE(
            "(NotFoundException|ResourceNotFound\\w{0,12}|KeyNotFound|code = NotFound|StatusCode: 404)",
            Detail.OF_MESSAGE),
    /** Another service's word for a key or a password that it does not know. */
    BAD_KEY_THERE(
            "(InvalidAccessKeyId|SignatureDoesNotMatch|AADSTS7000\\d{3}|AuthenticationFailed)", Detail.OF_MESSAGE),
    /** What shows the kind of storage behind the artifact store. */
    STORAGE(
            "(operation error S3|[.]blob[.]core[.]windows[.]net/|https://[a-z0-9.-]{1,99}(?::\\d{1,5})?/(?:v2/|token\\?))"),
    /** A word by which a cloud's own service is known. */
    CLOUD("(awskms|gcpkms|azurekms|api error|AADSTS\\d|oauth2: )"),
    AWS_PROFILE("AWS_PROFILE[=:] ?[\"']?([\\w.-]{1,64})"),
    /** The name server that was asked. */
    RESOLVER("\\blookup \\S{1,253} on (\\S{1,99}:53): "),
    /** A variable, a key of the config file, or a line of the table that `attestation init` prints. */
    ORGANIZATION(
            "(?m)(?:CHAINLOOP_ORGANIZATION[=:]|\\borganization =|\\bOrganization(?= [a-z0-9-]{1,63} ?$)) ?[\"']?([a-z0-9-]{1,63})\\b"),
    /** The host of the proxy, with or without a port: a proxy names itself behind its refusal. */
    PROXY(
            "(?:\\bVia: ?[\\d.]{1,4} |(?i:https?_proxy)[=:] ?[\"']?(?:http://)?)"
                    + "([a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})+(?::\\d{1,5})?)(?![\\w:@.-])",
            400),
    /** A Kubernetes secret is there, without the key that is read. */
    KEY_NOT_FOUND("(couldn't find key) \\S{1,63} in Secret ", 100),
    /** With which status a proxy answered. */
    PROXY_STATUS("connect handshake, response: [\\\\\"]{0,3}HTTP/[\\d.]{1,3} (\\d{3})\\b", 60),
    /** The URL of the CI provider whose token was requested, or that is not enrolled. */
    ISSUER("(?:providerURL=|issuer not found: )(https://[a-z0-9.:/-]{1,99})", 40),
    /** A config file in the root folder: the home folder is no user's. */
    ROOT("(?:creating config file|mkdir|config file:[^\n]{0,20}?) (/\\.config)\\b"),
    /** What the clock of the machine said, and one end of the time for which the server's certificate is valid. */
    CERTIFICATE_TIME("current time ([\\dTZ:.+-]{20,35} is (?:before|after) [\\dTZ:.+-]{20,35})"),
    /** What is wrong with a contract's file, which is read in both forms that there are: the one whose key is known counts. */
    CONTRACT_FAULT(
            "(?:Contract|CraftingSchema) format error: (?:validation error:[ \n-]{0,5})?"
                    + "((?![^\n]*\"(?:schemaVersion|apiVersion)\")[a-z][^\n`]{5,120}?)(?= \\[[a-z]|\n|$)",
            600),
    /** The version of the CLI that its installer was to get, and did not find. */
    NO_SUCH_VERSION("install[.]sh [^\\n]{0,80}--version[ =](v?\\d{1,3}(?:[.]\\d{1,4}){2})"
            + "(?=[^\\n]{0,40}\\n(?:[^\\n]{0,150}\\n){0,2}[^\\n]{0,60}error: 404)"),
    /** What an attestation lacks. */
    MISSING_MATERIALS(
            "materials have not been crafted yet: ([a-z0-9][a-z0-9-]{0,62}(?:, [a-z0-9][a-z0-9-]{0,62}){0,9})(?![^\\s;])",
            Detail.OF_MESSAGE),
    /** The standard of a bill of materials that was expected, and the form in which a command made one. */
    SBOM_STANDARD("invalid (cyclonedx|spdx) sbom file", Detail.OF_MESSAGE),
    SBOM_FORMAT(
            "\\b(?:syft|trivy) [^\n]{0,150}?(?:-o|-f|--output|--format)[ =][\"']?((?:spdx|cyclonedx|syft|github)[a-z-]*"
                    + "|json|table|text|sarif)(?=[@=\"'\\s])"),
    /** The artifact store whose limit a file exceeds, by its kind. */
    BACKEND("file is too big for the ([\\w-]{1,30}) CAS backend"),
    FILE_SIZE("fileSize=([\\w.]{1,15})"),
    BACKEND_LIMIT("maxSize=([\\w.]{1,15})"),
    /** The status with which a web server answered a page. */
    PAGE_STATUS("HTTP status code received from server: ((?:200|404)\\b)(?=[^\n]{0,120}text/html)", 80),
    /** Who may create contracts. */
    CONTRACT_CREATORS("contract creation is restricted to ([a-z ]{5,80})", 40),
    RELEASED_VERSION("version \"?([^\\s\"]{1,63})\"? is released and immutable"),
    /** The file that the version of a project came from. */
    VERSION_FILE("loaded version \\S{1,63} from config file (\\S{1,200})"),
    /** The host that a policy may not call. */
    POLICY_HOST("(?:unallowed host: |request blocked - hostname ')([a-z0-9][a-z0-9.-]{1,99})\\b", 60),
    /** The policy that stopped a push after it was done. */
    GATE("the policy \"([\\w.-]{1,63})\" is configured as a gate"),
    /** What a policy found, in a line of the table that a push prints: the policy, the material, and the violation. */
    VIOLATION("(?<![\\w.-])([\\w.-]{1,63} \\([\\w.-]{1,63}\\): [^\n]{1,150})"),
    /** Where the contract wants the attestation made; the CLI puts the text of an error in the place of the name. */
    RUNNER("crafted in a runner of type \"?(?:runner not found )?(\\w{1,40})"),
    /** The path of the program that ran. */
    PROGRAM("(?m)^(?:\\+ )?(/[\\w./-]{1,150}/chainloop)(?: |$)"),
    /** Where a shell sought programs. */
    SEARCH_PATH("\\bPATH=[\"']?([\\w./:-]{1,200})"),
    /** What follows the program's name in a command with dashes or quotes of a word processor, which no shell knows. */
    TYPESET("(?<=chainloop )((?=[^\n]{0,150}[\u2010-\u2015\u2212\u2018-\u201f])[a-z][^\n]{1,180})"),
    /** The project and the workflow of an attestation. */
    PROJECT("(?<!\\w)att(?:estation)? init\\b[^\n]{0,200}?\\s--project[ =][\"']?([a-z0-9-]{1,63})\\b"),
    WORKFLOW("(?<!\\w)att(?:estation)? init\\b[^\n]{0,200}?\\s--(?:workflow|name)[ =][\"']?([a-z0-9-]{1,63})\\b"),
    /** What the CLI last said of an attestation: that it was begun, or that it ended. */
    ATTESTATION(
            "(?:(?<=INF |\")(?!Init)|chainloop att(?:estation)? init\\b[^\n]{0,300}\n(?:[^\n\\w+$%#>][^\n]{0,150}\n){0,3}[^\n\\w]{0,9}(?=Init))"
                    + "(Attestation initialized|Initialized At|push completed|Attestation canceled)"),
    ATTESTATION_ID("Attestation ID [^\n\\w]{0,20}([\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12})"),
    REMOTE_STATE("chainloop att(?:estation)? init\\b[^\n]{0,300}?\\s(--remote-state)(?![\\w-]|=false)"),
    /** The program's subcommand, and all that follows its name, if no shell reads a letter of it as more than itself. */
    COMMAND(
            "(?<=chainloop )(?m)(?<=(?:^|[$+%#>] |]Run |^Run )(?:/[\\w./-]{1,150}/)?chainloop )((?:att(?:estation)?|org(?:anization)?"
                    + "|workflow|wf|auth|artifact|config|integration|cas-backend|discover|policy|apply)(?: [a-z][a-z-]{2,20}){0,2})"
                    + "(?= -|$| ')"),
    ARGUMENTS(
            "(?<=chainloop )(?m)(?<=(?:^|[$+%#>] |]Run |^Run )(?:/[\\w./-]{1,150}/)?chainloop )([a-z][\\w ./:=@,+-]{2,190}?)"
                    + "(?= ' ?'$|$)"),
    /** The options that a command lacks. */
    MISSING_OPTIONS("required flag\\(s\\) (\"[\\w-]{1,40}\"(?:, \"[\\w-]{1,40}\"){0,9}) not set"),
    /** A duration in days, weeks, months or years, which Go does not know. */
    DAYS("invalid argument \"(\\d{1,4}(?:d|w|mo|y)[a-z]{0,6})\"", 100),
    /** A blank that a command got as an argument, as behind the backslash at the end of a line. */
    BLANK_ARGUMENT("(?m)(?<= )(' ')$"),
    /** What a shell took for a command of its own: an option, where that stands, and the whole line. */
    CUT_OPTION(
            "(?m)(?:command not found: (?=\\S{1,40}$)|: (?=\\S{1,40}: (?:command )?not found))(--?[a-z][\\w-]{0,39})"),
    CUT_AT("(?<!\\S)([\\w./-]{1,100}:(?: line)? ?\\d{1,6})(?=:(?: command not found:)? --?[a-z])"),
    CUT_LINE("(?m)(?<=^|[ \\]])[+]{1,9} (--?[a-z][\\w ./:=@,+-]{1,150})$"),
    /** The role in the organization in use, in the table of `organization list` or in `organization describe`. */
    ROLE("(?:\\b[a-z0-9-]{1,63} true (?:true|false) |\\(role=)(owner|admin|member|viewer|contributor)\\b"),
    /** What runs the CLI in a container of its own, as a command. */
    CONTAINER_RUN(
            "(?m)(?:^|[+$%#>] )((?:docker|podman|nerdctl)(?: compose|-compose)? run [\\w ./:=@,+-]{0,200}?)(?= chainloop )"),
    /** The port of this machine, or of the container, that nothing listens at. */
    LOOPBACK("dial tcp (?:127\\.[\\d.]{5,11}|\\[::1\\]):(\\d{1,5}): connect: connection refused", 200),
    /** A folder that is in such a container, and on the machine: where it is mounted, or where a material was found. */
    MOUNT("(?: -v| --volume)[ =]\\S{1,150}?:(/[\\w./-]{1,100})(?=[\\s:,\"'])"),
    VALUE_FOLDER(" --value[ =](/[\\w.-]{1,60}(?:/[\\w.-]{1,60}){0,6}?)(?=/[^\\s/]{1,100}(?:\\s|$))"),
    LOGGED_IN("INF (login successful)!"),
    SERVER_VERSION("Server Version: ?(v?\\d{1,3}\\.\\d{1,4}\\.\\d{1,4})(?![\\w.])"),
    /** The variable that a command gives by {@code --token}. */
    TOKEN_VARIABLE(" (?:--token|-t)[ =][\"']?[$][{]?(?!CHAINLOOP_TOKEN\\b)([A-Za-z_]\\w{0,40})\\b"),
    /** The variable of a signing key that is not set. */
    KEY_VARIABLE("env var [$]?([A-Za-z_]\\w{0,60}) not found", 30),
    /** The variable by which Codex says that its sandbox has no network. */
    NO_NETWORK("(?<![\\w$])CODEX_SANDBOX_NETWORK_DISABLED[\"']?(?:=|: ?)[\"']?(1)\\b"),
    /** The host of a container registry that refused the CLI, and the image's name there. */
    REGISTRY("(?:GET|HEAD|POST|PUT|PATCH) \"?https://([a-z0-9.-]{1,99}(?::\\d{1,5})?)/(?:v2/|(?:oauth2/)?token\\?)"),
    REPOSITORY(
            "(?:GET|HEAD|POST|PUT|PATCH) \"?https://[a-z0-9.:-]{1,105}/(?:v2/|(?:oauth2/)?token\\?[^\n ]{0,99}?repository(?::|%3A))"
                    + "([a-z0-9][a-z0-9._/-]{0,150}?)(?=/(?:manifests|blobs|referrers|tags)/|:|%3A)"),
    /** An image that a command or its output shows pushed, without its tag. */
    PUSHED("(?:The push refers to repository \\[|pushing manifest for |\\sdocker://"
            + "|(?<!\\w)(?:docker|podman|buildah|nerdctl) push (?:-\\S{1,40} ){0,4})"
            + "([a-z0-9.-]{1,99}(?::\\d{1,5})?/[a-z0-9][a-z0-9._/-]{0,150})(?![a-z0-9._/-])"),
    /** The variable without a value: among those of a step, or where a shell shows it set. */
    EMPTY_VARIABLE("(?m)(?:\\benv:\n(?:[^\n]{0,150}?\\b[A-Z][A-Z\\d_]{0,60}:(?: [^\n]{0,300})?\n){0,30}?[^\n]{0,150}?"
            + "(?<![\\w.$-])(?=CHAINLOOP_TOKEN: ?$)|(?<![\\w.$-])(?=CHAINLOOP_TOKEN=(?:''|\"\")?$))(CHAINLOOP_TOKEN)"),
    /** The option or the command that stands behind {@code --token} in the place of its value. */
    TAKEN_FOR_TOKEN(
            " (?:--token|-t) ?(?<=\\bchainloop\\b[^\n]{0,90} )(--?[a-z][\\w-]{0,39}|(?:att(?:estation)?|org(?:anization)?"
                    + "|workflow|wf|auth|artifact|config|integration|cas-backend|discover|policy|apply)(?=[ \n]|$))"),
    /** The file that the operating system refused, and why. */
    FILE(Names.DONE + " (" + Names.FILE + "): [a-z]"),
    FILE_ERROR(Names.DONE + " " + Names.FILE + ": ([a-z][a-z -]{5,40})"),
    /** What `ls -l` shows of a file, from its owner to its name. */
    LISTING("(?<!\\S)[-dl][rwxsStT-]{9}[.+@]? \\d{1,6} ([a-z_][\\w.-]{0,31} [^\n]{5,60} [\\w./~@+-]{1,150})(?=\n|$)"),
    /** The owner of the file for an attestation's state, which may be listed among others. */
    STATE_OWNER(
            "(?<!\\S)-[rwxsStT-]{9}[.+@]? \\d{1,6} ([a-z_][\\w.-]{0,31}) [^\n]{5,180}\\bchainloop-attestation[.]tmp[.]json(?=\n|$)"),
    /** The user as whom it ran. */
    RUNNING_USER("(?:\\buid=\\d{1,10}\\(|\\b(?:whoami|id -un)\n)([a-z_][\\w.-]{0,31})(?=[)\n]|$)"),
    /** The host of another server than the control plane. */
    URL("(?:Get|Head|Post|Put|Patch|GET|HEAD|POST|PUT) \"?(https?://[a-z0-9.-]{1,99}(?::\\d{1,5})?)(?=[/\":])"),
    /** The file from which a container gets its variables, where the command hands in no other token. */
    FILE_OF_CONTAINER(
            "(?<!\\w)(?:docker|podman|nerdctl) (?:container )?(?:run|create|exec) (?![^\n]{0,300}\\bCHAINLOOP_TOKEN)"
                    + "[^\n]{0,200}?--env-file[ =](?=[^\n]{0,400}chainloop)" + Names.PATH),
    /** A command line that starts the CLI by another program, or that PowerShell read. */
    STARTED_BY(
            "(?m)(?:^|[$+%#>] |]Run |^Run )((?:PS [^>\n]{1,150}> (?=[^\n]{0,300}[$]\\{?CHAINLOOP_TOKEN)|(?:sudo|su|docker|podman|nerdctl|nix-shell"
                    + "|systemd-run|env|ssh) )(?=[^\n]{0,300}\\bchainloop\\b)[^\n]{1,300})$"),
    /** A file of variables that a program reads for the commands that it starts. */
    FILE_OF_VARIABLES("(?:(?<!\\w)(?:docker[ -]compose|op run|node|uv run) (?:[^\n]{0,100} )?--env-file[ =]"
            + "|\\bdotenv (?:run )?(?:-f|-e|--file)[ =]|\\benv_file: (?:- )?"
            + "|\\b(?:env|export) [$][(](?:cat|grep [^\n|]{1,40}) )" + Names.VARIABLES),
    /** The same that a shell reads as its own lines. */
    FILE_OF_SHELL("(?:(?m:^|[+$%#>;&] )(?:source|[.]) |\\bdirenv: loading )" + Names.VARIABLES),
    /** What a command line holds that its CLI does not know. */
    UNKNOWN_WORD("unknown (?:shorthand )?(?:flag|command):? ([\"'\\w-]{1,63})"),
    /** The option, or what stands behind the hyphen of which each letter is one. */
    UNKNOWN_OPTION("unknown (?:flag: |shorthand flag: '.' in )(--?[a-zA-Z][\\w-]{0,40})(?![\\w-])"),
    /** The word, and the command that does not know it. */
    UNKNOWN_COMMAND("unknown command (\"[a-z][\\w-]{0,39}\" for \"chainloop[a-z -]{0,60}\")");

    /** What is said of a single command. */
    public static final Set<Detail> OF_ONE_COMMAND = Set.of(
            NAMED_PROJECT,
            NAMED_ORGANIZATION,
            NAMED_CONTROL_PLANE,
            TYPESET,
            TOKEN_VARIABLE,
            TAKEN_FOR_TOKEN,
            COMMAND,
            ARGUMENTS,
            MISSING_OPTIONS,
            UNKNOWN_OPTION,
            UNKNOWN_COMMAND,
            BLANK_ARGUMENT,
            CUT_OPTION,
            CUT_AT,
            CUT_LINE);

    /** What several have. */
    private static final class Names {
        static final String PATH = "([\\w.~@+/-]{1,150})(?=[ \n]|$)";

        /** What Go says was done with a file. */
        static final String DONE = "\\b(?:open|stat|lstat|mkdir|rename|unlink|remove|chmod|read|write)";

        static final String FILE = "(?=[\\w-]{0,99}[/~.])[\\w./~@+-]{1,150}";

        /** A file that is called so is made for variables. */
        static final String VARIABLES =
                "((?:[\\w.~@+/-]{0,120}/)?(?:[.]env[\\w.-]{0,20}|[\\w.-]{1,40}[.]env|env[.]sh))(?=[ \n;&|)'\"]|$)";
    }

    /** It counts only in the line of the message. */
    private static final int OF_MESSAGE = -1;

    /** It counts only in a command that the text shows. */
    private static final int OF_COMMAND = -2;

    private final Pattern pattern;
    private final int behind;

    Detail(String pattern) {
        this(pattern, 0);
    }

    /** @param behind how many letters behind a message it may stand */
    Detail(String pattern, int behind) {
        this.pattern = Pattern.compile(pattern);
        this.behind = behind;
    }

    /** Whether it counts wherever it stands. */
    public boolean isOfText() {
        return behind >= 0;
    }

    /** Whether it counts only in the line of a message. */
    public boolean isOfMessage() {
        return behind == OF_MESSAGE;
    }

    /** Whether it counts only in a command that a text shows. */
    public boolean isOfCommand() {
        return behind == OF_COMMAND;
    }

    /** From where in the text on it counts. */
    public int since(Matcher found) {
        return Math.max(0, found.start() - behind);
    }

    /** What finds it in a text. */
    public Matcher matcher(String text) {
        return pattern.matcher(text);
    }

    /** The first value in a text, if it may be shown. */
    public Optional<String> in(String text) {
        Matcher found = matcher(text);
        return found.find() ? value(found) : Optional.empty();
    }

    /** The value that a matcher found, if it may be shown. */
    public static Optional<String> value(Matcher found) {
        return Optional.of(found.group(1)).filter(Form::isPlain);
    }
}
