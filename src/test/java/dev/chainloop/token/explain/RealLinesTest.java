package dev.chainloop.token.explain;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.*;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text is found in the lines that real logs hold, with each of its frames, and in no line of another program. */
class RealLinesTest {
    /** What a line of a log makes of a text; an em dash is a frame and what divides it from the text. */
    private enum Line {
        GO_CHAIN("ERR pushing: —%s: context"),
        GO_CHAIN_WITHOUT_LEVEL("exit: —%s"),
        WITH_A_TIME("2026-11-28T06:03:01.123Z 6:03AM DBG retrying: —%s error=\"attempt 2\""),
        JSON("{\"level\":\"error\",\"error\":\"—%s\",\"message\":\"failed\"}"),
        LOGFMT("time=2026-11-28T06:03:01Z level=error msg=\"—%s\" attempt=2"),
        LOGFMT_BARE("level=error msg=failed —err=%s attempt=2");

        private final String format;

        Line(String format) {
            this.format = format;
        }

        String of(String text, String frame) {
            boolean quotes = this == JSON || this == LOGFMT;
            String line = format.replace("—", frame.isEmpty() ? "" : frame + " x: ");
            return String.format(line.replace("%s", "%1$s"), quotes ? text.replace("\"", "\\\"") : text);
        }
    }

    @ParameterizedTest
    @EnumSource(KnownMessage.class)
    void aTextAloneIsFoundWithoutAFrame(KnownMessage message) {
        for (String text : message.texts()) {
            for (String log : List.of(
                    text,
                    text + "\n",
                    "ERR " + text,
                    "ERR " + text + ".",
                    "6:03AM ERR " + text,
                    "2026-11-28T06:03:01.123Z ERR " + text,
                    "INF starting\nERR " + text + "\nexit status 1",
                    "init | 2026-11-28T06:03:01.123Z 6:03AM \u001b[31mERR\u001b[0m " + text + "\n")) {
                assertFound(message, text, log);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KnownMessage.class)
    void aTextIsFoundInEveryFormOfLineWithEachOfItsFrames(KnownMessage message) {
        for (String text : message.texts()) {
            List<String> frames = frames(message, text).toList();
            for (String frame : frames.isEmpty() ? List.of("") : frames) {
                for (Line line : Line.values()) {
                    assertFound(message, text, line.of(text, frame));
                }
            }
        }
    }

    private static void assertFound(KnownMessage message, String text, String log) {
        List<String> found = MessageSearch.findAll(log).stream()
                .filter(match -> match.message() == message)
                .map(MessageMatch::text)
                .toList();
        assertEquals(List.of(text), found, log);
    }

    /** A line for each frame that is a message by that frame only, so that none can be dropped unnoticed. ~ is a line's end. */
    private static final String FRAMES = """
            ORGANIZATION_GONE | rpc error: code = | exit: rpc error: code = Unknown desc = organization not found: x
            ORGANIZATION_GONE | authorization error | exit: authorization error: organization not found: x
            ORGANIZATION_GONE | authentication error | exit: authentication error: organization not found: x
            INVALID_TOKEN | auth login | $ chainloop auth login~Enter Token: invalid token
            INVALID_TOKEN | error: invalid token | exit status 1~error: invalid token
            INVALID_TOKEN | 401 | status 401: invalid token
            INVALID_TOKEN | rpc error: code = | exit: rpc error: code = Unauthenticated desc = invalid token
            UNATTENDED | User-attended mode | WRN User-attended mode detected~exit: command canceled by user
            GITLAB_PROBE | Gitlab OIDC client | DBG failed to create Gitlab OIDC client: invalid authentication token\
             provided, x
            GITLAB_PROBE | token verification failed | DBG x: invalid authentication token provided, token verification\
             failed: oidc: malformed jwt
            GITLAB_EXPIRED | Gitlab OIDC client | DBG failed to create Gitlab OIDC client: x: oidc: token is expired\
             (Token Expiry: x)
            GITLAB_EXPIRED | token verification failed | DBG x: token verification failed: oidc: token is expired (x)
            GITLAB_ISSUER | Gitlab OIDC client | DBG failed to create Gitlab OIDC client: x: oidc: id token issued by a\
             different provider, expected x
            GITLAB_ISSUER | token verification failed | DBG token verification failed: oidc: id token issued by a\
             different provider, expected x
            EMPTY_OPTION | chainloop | $ chainloop attestation push --token~exit: flag needs an argument: --token
            CONFIG_HOME | .toml | ERR writing config file: open /home/ann/chainloop/config.toml: read-only file system
            CREDENTIALS_ELSEWHERE | configured | ERR credentials belong to organization "a" but "b" is configured
            NOBODY_BEHIND_IT | code = PermissionDenied | exit: rpc error: code = PermissionDenied desc = authentication\
             not found: x
            RIGHTS | code = PermissionDenied | exit: rpc error: code = PermissionDenied desc = not allowed: x
            TOKEN_CHANGED | server error | ERR failed to read state: x: server error: x
            TOKEN_CHANGED | incorrect passphrase | ERR failed to read state: x: incorrect passphrase: x
            TOKEN_CHANGED | loading state | exit: loading state: decrypting: incorrect passphrase
            TOKEN_CHANGED | read the state | DBG failed to read the state: decrypting: incorrect passphrase
            TOKEN_CHANGED | attestation | exit: decrypting the attestation: incorrect passphrase
            TOKEN_CHANGED | rpc error: code = | exit: rpc error: code = Unknown desc = incorrect passphrase: x
            CLAIMS_UNVERIFIED | rpc error: code = | exit: rpc error: code = Unknown desc = API token could not be verified
            CLAIMS_UNVERIFIED | authentication error | exit: authentication error: API token could not be verified
            ATTESTATION_NOT_BEGUN | attestation.tmp.json | exit: loading: state not found: /tmp/chainloop-attestation.tmp.json
            SIGNING_KEY | creating signer from keyref | exit: creating signer from keyref: decryption failed: x
            SECRET_NOT_FOUND | chainloop | ERROR: Could not find credentials entry with ID 'chainloop-token'
            SECRET_NOT_FOUND | kubelet | Warning  Failed  kubelet  Error: couldn't find key api in Secret ci/attest
            SECRET_NOT_FOUND | CHAINLOOP | unable to pull secrets or registry auth: CHAINLOOP_TOKEN
            NOT_PASSED_TO_CALLED | api_token | Secret api_token is required, but not provided while calling.
            NOT_PASSED_TO_CALLED | chainloop | Secret chainloop is required, but not provided while calling.
            NOT_PASSED_TO_CALLED | CHAINLOOP | Secret CHAINLOOP_TOKEN is required, but not provided while calling.
            SERVER_UNREACHABLE | rpc error: code = | exit: rpc error: code = Unavailable desc = connection refused: x
            SERVER_UNREACHABLE | transport: | exit: transport: connection refused: x
            SERVER_UNREACHABLE | dial tcp | INF x~ERR dial tcp 10.0.0.1:443: connect: connection refused
            SERVER_UNREACHABLE | address  | INF x~ERR address api.cp.example: missing port in address
            NAME_UNKNOWN | rpc error: code = | exit: rpc error: code = Unavailable desc = no such host: x
            NAME_UNKNOWN | transport: | exit: transport: server misbehaving: x
            NAME_UNKNOWN | name resolver error | exit: name resolver error: produced zero addresses
            NAME_UNKNOWN | dial tcp | INF x~ERR dial tcp: no such host
            NAME_UNKNOWN | lookup  | INF x~ERR lookup api.cp.example: no such host
            PLAIN_SERVER | rpc error: code = | exit: rpc error: code = Unavailable desc = x: first record does not look\
             like a TLS handshake
            PLAIN_SERVER | transport: | exit: transport: first record does not look like a TLS handshake
            PLAIN_SERVER | tls: | INF x~ERR tls: first record does not look like a TLS handshake
            NO_WAY_TO_SERVER | rpc error: code = | exit: rpc error: code = Unavailable desc = x: i/o timeout
            NO_WAY_TO_SERVER | transport: | exit: transport: connect: no route to host
            NO_WAY_TO_SERVER | dial tcp | INF x~ERR dial tcp 10.0.0.1:443: connect: network is unreachable
            CONNECTION_FORBIDDEN | rpc error: code = | exit: rpc error: code = Unavailable desc = x: connect: permission denied
            CONNECTION_FORBIDDEN | transport: | exit: transport: socket: permission denied
            CONNECTION_FORBIDDEN | dial tcp | INF x~ERR dial tcp 10.0.0.1:443: connect: operation not permitted
            CONNECTION_FORBIDDEN | lookup  | exit: lookup x: operation not permitted
            CONNECTION_CUT | rpc error: code = | exit: rpc error: code = Unavailable desc = connection reset by peer
            CONNECTION_CUT | transport: | exit: transport: connection reset by peer
            CONNECTION_CUT | read tcp | INF x~ERR read tcp 10.0.0.1:5->10.0.0.2:443: connection reset by peer
            CONNECTION_CUT | write tcp | INF x~ERR write tcp 10.0.0.1:5->10.0.0.2:443: connection reset by peer
            PROXY_LOGIN | failed to do connect handshake | exit: failed to do connect handshake, response: "HTTP/1.1 407\
             Proxy Authentication Required
            PROXY_LOGIN | transport: | exit: transport: 407 Proxy Authentication Required
            PROXY_LOGIN | rpc error: code = | exit: rpc error: code = Unavailable desc = x: Proxy Authentication Required
            GATEWAY | rpc error: code = | exit: rpc error: code = Unavailable desc = no healthy upstream: x
            SERVER_CERTIFICATE | x509: | exit: x509: “cp” certificate is not trusted
            REGISTRY_LOGIN | /v2/ | GET https://registry.acme.example/v2/web/manifests/1.2: unexpected status code 401 Unauthorized
            NOT_STARTED | sh: | bash: ./chainloop: Permission denied
            NOT_STARTED | exec | exec /opt/chainloop: Text file busy
            NOT_STARTED | env: | env: 'chainloop': No such file or directory
            NOT_STARTED | sudo: | sudo: chainloop: Permission denied
            SERVER_ERROR | rpc error: code = Internal | exit: rpc error: code = Internal desc = server error: x
            SERVER_ERROR | rpc error: code = Unknown | exit: rpc error: code = Unknown desc = server error: x
            """;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = FRAMES)
    void eachFrameAloneMakesALineAMessage(KnownMessage message, String frame, String line) {
        String log = line.replace('~', '\n');
        String text = MessageSearch.findAll(log).stream()
                .filter(match -> match.message() == message)
                .map(MessageMatch::text)
                .findFirst()
                .orElseGet(() -> fail("no message: " + log));
        List<String> near =
                frames(message, text).filter(log::contains).map(String::strip).toList();
        assertEquals(List.of(frame), near, log);
        String unframed = log.replace(frame, "x").replace("ERR ", "exit: ");
        assertTrue(
                MessageSearch.findAll(unframed + "\nx").stream().noneMatch(match -> match.message() == message),
                () -> "a message: " + unframed);
    }

    @ParameterizedTest
    @EnumSource(KnownMessage.class)
    void eachFrameHasItsLine(KnownMessage message) {
        TreeSet<String> tested = FRAMES.lines()
                .filter(row -> row.startsWith(message.name() + " "))
                .map(row -> row.split("\\|", -1)[1].strip())
                .collect(toCollection(TreeSet::new));
        TreeSet<String> frames = message.texts().stream()
                .flatMap(text -> frames(message, text))
                .map(String::strip)
                .collect(toCollection(TreeSet::new));
        assertEquals(frames, tested);
    }

    private static Stream<String> frames(KnownMessage message, String text) {
        return Stream.concat(message.row().framesOf(text).stream(), message.row().marks.stream());
    }

    /** What other programs say in the log of the same job; ~ is a line's end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl: (7) Failed to connect to api.example port 443: Connection refused",
                "psql: error: connection to server failed: Connection refused~\tIs the server running?",
                "redis: dial tcp 10.0.0.1:6379: connect: connection refused~make: *** [test] Error 1",
                "kubectl get pods~Get \"http://localhost:8080/api\": dial tcp 127.0.0.1:8080: connect: connection refused",
                "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io"
                        + " on 10.0.0.2:53: no such host~exit status 1",
                "ERR adding material: Get \"https://ghcr.io/v2/\": dial tcp: lookup ghcr.io: no such host",
                "ERR Get \"https://ghcr.io/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown"
                        + " authority",
                "ERR Get \"https://ghcr.io/v2/\": dial tcp 1.2.3.4:443: i/o timeout",
                "ssh: connect to host build.example port 22: No route to host~exit 255",
                "fatal: read error: Connection reset by peer~fatal: early EOF",
                "wget: unable to resolve host address 'example.org': Temporary failure in name resolution~exit 4",
                "pip: Tunnel connection failed: 407 Proxy Authentication Required~exit 1",
                "npm ERR! network request failed, reason: connect ETIMEDOUT~npm ERR! network i/o timeout",
                "HTTP/1.1 503 Service Unavailable~no healthy upstream",
                "nginx: [error] 500: internal server error~retrying",
                "kubelet: E1128 error writing config file: open /etc/kubernetes/kubelet.conf: permission denied~x",
                "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
                "ERROR: failed to solve: rpc error: code = Unknown desc = dial tcp: lookup ghcr.io: no such host",
                "kubelet: rpc error: code = Unknown desc = failed to pull image: dial tcp 10.0.0.1:443: i/o timeout",
                "Error: flag needs an argument: --token~Usage: helm login [flags]",
                "Error: unknown command \"push\" for \"helm\"~Run 'helm --help' for usage.",
                "Error: unknown command \"foo\" for \"chainloop\"~x",
                "kube-apiserver: [invalid bearer token, oidc: verify token: oidc: token is expired]~x",
                "PUT /v1/things: 405 Method not allowed~exit 22",
                "terraform: Error: failed to read state: no such file~exit 1",
                "gpg: decryption failed: incorrect passphrase~exit 2",
                "sh: 1: command canceled by user~exit 130",
                "vault: Error: the credentials belong to organization admins only~exit 2",
                "Error: the referrer not allowed by the bucket's policy~exit 1",
                "wrangler: API token could not be verified~exit 1",
                "etcd: unknown service etcdserverpb.Watch~exit 1",
                "bash: helm: command not found~exit 127",
                "cp: cannot stat '/etc/chainloop': No such file or directory~exit 1",
            })
    void aLineOfAnotherProgramIsNoMessage(String log) {
        assertEquals(
                List.of(),
                MessageSearch.findAll("$ make\n" + log.replace('~', '\n')).stream()
                        .map(MessageMatch::title)
                        .toList());
    }

    /** Bugs of single lines. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ERR no such host | NAME_UNKNOWN
            ERR connection refused | SERVER_UNREACHABLE
            ERR command canceled by user | UNATTENDED
            ERR server error | SERVER_ERROR
            build init 2026-11-28T06:03:01.1234567Z ERR server error | SERVER_ERROR
            2026-11-28 06:03:01 ERR no such host | NAME_UNKNOWN
            [pod/build-1/init] ERR error reading server preface: EOF | NO_PREFACE
            ERR error reading from server: EOF | CONNECTION_CUT
            INF x~ERR organization not found | ORGANIZATION_GONE
            INF x~ERR organization not found today |
            ERR writing config file: open /root/.config/chainloop/config.toml: permission denied | CONFIG_HOME
            rpc error: code = Unavailable desc = error reading server preface: http2: frame too large |\
             NO_PREFACE
            dial tcp: lookup cp.example on 10.0.0.2:53: no such host | NAME_UNKNOWN
            ERR project is required, set it via --project or projectName in .chainloop.yml | NAMES_REQUIRED
            ERR project is required | PROJECT_REQUIRED
            ERR authentication error: unexpected HTTP status code received from server: 401 (Unauthorized) | WEB_SERVER
            ERR unexpected HTTP status code received from server: 503 (Service Unavailable) | GATEWAY
            ERR unknown command "push" for "chainloop" | EMPTY_OPTION
            ERR unknown command "list" for "chainloop organization" | EMPTY_OPTION
            ERR unknown method DescribeAll for service controlplane.v1.AttestationService | SERVER_OLDER
            ERR unknown service controlplane.v1.StatusService | SERVICE_UNKNOWN
            DBG failed to create Gitlab OIDC client: failed to load token: invalid authentication token provided, token\
             verification failed: oidc: id token issued by a different provider, expected "x" got "cp.chainloop" |\
             GITLAB_PROBE
            """)
    void whatALineMeans(String log, KnownMessage message) {
        List<KnownMessage> found = MessageSearch.findAll(log.replace('~', '\n')).stream()
                .map(MessageMatch::message)
                .toList();
        assertEquals(message == null ? List.of() : Arrays.asList(message), found);
    }
}
